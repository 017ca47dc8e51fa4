"""The ledger: the one way to change a session, and the ways to read and follow it.

Why one face: whoever wants to write, read or follow a session needs to know nothing of queues, lanes and nudges.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import TypeVar

import sqlalchemy as sa
import structlog

from ledger import idempotency
from ledger.database import Database
from ledger.occasion import By, fresh_id, now
from ledger.transaction import Asked
from ledger.writer import Committed, Writer
from polylogue.commands import Command
from polylogue.refusals import Refusal
from polylogue.vocabulary import Instant, SeatCode, Seq, SessionId
from schema.api.context import Receipt

__all__ = ["By", "Ledger"]

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

T = TypeVar("T")


class Ledger:
    """A database's record. `depth` is how many commands may wait for a session, `at_once` how many one transaction
    does, `remembered` how many folded sessions are kept. `after_commit` is told which sessions moved and how far.
    """

    def __init__(
        self,
        database: Database,
        *,
        depth: int = 256,
        at_once: int = 64,
        remembered: int = 256,
        after_commit: Committed | None = None,
    ) -> None:
        self._database, self._after_commit = database, after_commit
        self._writer = Writer(database, self._committed, depth=depth, at_once=at_once, remembered=remembered)

    async def submit(
        self,
        command: Command,
        *,
        by: By,
        key: str,
        session: SessionId | None = None,
        seat: SeatCode | None = None,
        occurred_at: Instant | None = None,
        expected_seq: Seq | None = None,
    ) -> Receipt | Refusal:
        """Have a command decided and recorded: its receipt when it is committed, or why it is refused.

        `session` is null for ScheduleSession only, and then a new one is begun. The same key and command from the same
        person again give the same receipt. Raises what the database raised when it could not be asked.
        """
        asked = Asked(
            session=session or SessionId(fresh_id()),
            command=command,
            by=by,
            key=key,
            seat=seat,
            occurred_at=occurred_at,
            expected_seq=expected_seq,
            digest=idempotency.digest(command, session, seat, occurred_at),
            at=now(),
            answer=asyncio.get_running_loop().create_future(),
        )
        return await self._writer.submit(asked)

    async def read(self, body: Callable[[sa.Connection], T], /) -> T:
        """Run a body that only reads, on one snapshot."""
        return await self._database.read(body)

    async def close(self) -> None:
        """Take nothing new, finish what waits. The database stays open: it belongs to whoever opened it."""
        await self._writer.close()

    def _committed(self, moved: Sequence[tuple[SessionId, Seq]]) -> None:
        if self._after_commit:
            try:
                self._after_commit(moved)
            except Exception:
                log.exception("after_commit failed")
