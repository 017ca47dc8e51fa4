"""Checking the record of a session because somebody asks for it on a page: what the audit last said of each.

Why in a process of its own, with the settings of this one: an audit computes all that was ever made from a record once
more, and deliberations go on meanwhile. Why one at a time, the same for all who ask: it costs a core while it lasts.
"""

import asyncio
import json
import sys
from dataclasses import dataclass
from typing import Any

import structlog

from ledger.occasion import now
from polylogue.vocabulary import Instant, SessionId

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

PATIENCE_SECONDS = 900.0


@dataclass(frozen=True, slots=True)
class Checked:
    """What an audit said, and when; null: it could not be made, and the log says why."""

    at: Instant
    finding: dict[str, Any] | None


class Checks:
    """The audits of this process."""

    def __init__(self) -> None:
        self._one_at_a_time = asyncio.Lock()
        self._running: dict[SessionId, asyncio.Task[Checked]] = {}
        self._last: dict[SessionId, Checked] = {}

    def last(self, session: SessionId) -> Checked | None:
        return self._last.get(session)

    async def check(self, session: SessionId) -> Checked:
        """Audit a session, or wait for the audit that runs; who goes away meanwhile does not end it."""
        task = self._running.get(session)
        if task is None:
            task = self._running[session] = asyncio.create_task(self._check(session), name=f"check {session}")
        return await asyncio.shield(task)

    async def _check(self, session: SessionId) -> Checked:
        try:
            async with self._one_at_a_time:
                self._last[session] = Checked(now(), await self._audit(session))
            return self._last[session]
        finally:
            del self._running[session]

    async def _audit(self, session: SessionId) -> dict[str, Any] | None:
        command = (sys.executable, "-m", "server.cli", "audit", session, "--json")
        process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                said, _ = await process.communicate()
            return json.loads(said)
        except (TimeoutError, ValueError):
            log.exception("no audit", session=session)
            return None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
