"""Revoked tokens end on the sockets that are open, in every process.

Why a nudge and a look: Redis tells the other processes at once that some token has ended, and they read in the database
which; since Redis may be away, each looks every second anyway.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog

from ledger.nudges import Client, Nudges
from ledger.occasion import now
from polylogue.procedure.time import instant
from polylogue.vocabulary import Instant
from schema.circumstances import circumstances
from server.access import Access
from server.api.sockets import Sockets

CHANNEL = "polylogue:revoked"
EVERY = 1.0
"""Seconds between two looks at the database where nothing is heard: without Redis a token is dead within two."""
OVERLAP = timedelta(seconds=60)
"""How far back a look reaches beyond the one before: the clocks of two machines differ."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Revocations:
    """Closes the sockets of tokens that have ended, here or elsewhere. `redis` decodes text."""

    def __init__(self, sockets: Sockets, redis: Client | None) -> None:
        self._sockets = sockets
        self._nudges = Nudges(redis, lambda _channel, _words: self._look_now.set()) if redis else None
        self._look_now = asyncio.Event()

    def tell(self, ended: Sequence[bytes]) -> None:
        """For `Access`: tokens have ended here, by their hashes."""
        self._close(ended)
        if self._nudges:
            self._nudges.say(CHANNEL, "look")

    async def watch(self, access: Access) -> None:
        """Find what has ended elsewhere; until cancelled."""
        if self._nudges:
            self._nudges.want(CHANNEL)
        try:
            since = now()
            while True:
                self._look_now.clear()
                since = await self._look(access, since)
                try:
                    async with asyncio.timeout(EVERY):
                        await self._look_now.wait()
                except TimeoutError:
                    pass
        finally:
            if self._nudges:
                await self._nudges.close()

    async def _look(self, access: Access, since: Instant) -> Instant:
        """Close what has ended since then; gives the time up to which all is known."""
        at = now()
        try:
            ended = await access.revoked_since(_before(since))
        except Exception as error:
            if circumstances(error):
                log.warning("revocations_not_read", error=type(error).__name__)
            else:  # whatever is wrong, a watch that has ended would leave sockets open
                log.exception("revocations_bug")
            return since
        access.forget(ended)
        self._close(ended)
        return at

    def _close(self, ended: Sequence[bytes]) -> None:
        tokens = frozenset(ended)
        if tokens:
            self._sockets.close_where(lambda principal: principal.token in tokens)


def _before(at: Instant) -> Instant:
    return instant(datetime.fromisoformat(at) - OVERLAP)
