"""The ledger: the one way to change a session, and the ways to read and follow it.

Why one face: whoever wants to write, read or follow a session needs to know nothing of queues, lanes and nudges.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from typing import TypeVar

import sqlalchemy as sa
import structlog

from ledger import idempotency
from ledger.database import Database
from ledger.newest import NewestSessions
from ledger.nudges import Client
from ledger.occasion import By, fresh_id, now
from ledger.transaction import Asked
from ledger.watch import Watch
from ledger.writer import Committed, Writer
from polylogue.commands import Command
from polylogue.refusals import Refusal
from polylogue.vocabulary import Instant, SeatCode, Seq, SessionId
from schema.api.context import Lagging, Line, Newest, Receipt

__all__ = ["By", "Lagging", "Ledger"]

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

T = TypeVar("T")


class Ledger:
    """A database's record. `redis` is null where one process has the database to itself.

    `depth` is how many commands may wait for a session, `at_once` how many one transaction does, `remembered` how many
    folded sessions are kept, `buffer` how many entries a follower may be behind, `poll` the seconds after which a lost
    nudge is made good. `after_commit` is told which sessions moved and how far; `model`: drafts may be asked of
    a language model.
    """

    def __init__(  # noqa: PLR0913 -- settings, each by its name
        self,
        database: Database,
        redis: Client | None = None,
        *,
        depth: int = 256,
        at_once: int = 64,
        remembered: int = 256,
        buffer: int = 2048,
        poll: float = 2.0,
        after_commit: Committed | None = None,
        model: bool = False,
    ) -> None:
        self._database, self._after_commit, self._model = database, after_commit, model
        self._watch = Watch(database, redis, buffer=buffer, poll=poll)
        self._newest = NewestSessions(database, model=model)
        self._writer = Writer(database, self._committed, depth=depth, at_once=at_once, remembered=remembered)

    async def submit(  # noqa: PLR0913 -- what surrounds a command, each by its name
        self,
        command: Command,
        *,
        by: By,
        key: str,
        session: SessionId | None = None,
        seat: SeatCode | None = None,
        occurred_at: Instant | None = None,
        expected_seq: Seq | None = None,
        reachable: frozenset[SeatCode] | None = None,
    ) -> Receipt | Refusal:
        """Have a command decided and recorded: its receipt when it is committed, or why it is refused.

        `session` is null for ScheduleSession only, and then a new one is begun. The same key and command from the same
        person again give the same receipt. `reachable` are seats whose devices answer. Raises what the database raised
        when it could not be asked.
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
            model=self._model,
            reachable=reachable,
            answer=asyncio.get_running_loop().create_future(),
        )
        return await self._writer.submit(asked)

    async def read(self, body: Callable[[sa.Connection], T], /) -> T:
        """Run a body that only reads, on one snapshot."""
        return await self._database.read(body)

    async def newest(self, session: SessionId, body: Callable[[Newest], T], /) -> T | None:
        """Ask about a session as it stands at the end of its record; null where there is none."""
        return await self._newest.ask(session, body)

    def follow(self, session: SessionId, after: Seq) -> AsyncIterator[Line]:
        """Every entry after `after`, once, in order: from the record, then as they come.

        Raises Lagging for a follower that is further behind than the buffer reaches. Ends when the ledger is closed.
        """
        return self._watch.follow(session, after)

    def follow_reports(self, session: SessionId) -> AsyncIterator[int]:
        """The revision of the session's reports now, then whenever it has changed; of several changes, the last."""
        return self._watch.follow_reports(session)

    def reported(self, session: SessionId) -> None:
        """Tell followers that results of a session have been stored; for whoever has just committed them."""
        self._watch.reported(session)

    async def close(self) -> None:
        """Take nothing new, finish what waits, end what is followed. The database stays open: it is its opener's."""
        await self._writer.close()
        await self._watch.close()

    def _committed(self, moved: Sequence[tuple[SessionId, Seq]]) -> None:
        self._watch.moved(moved)
        if self._after_commit:
            try:
                self._after_commit(moved)
            except Exception:
                log.exception("after_commit failed")
