"""Sessions as a worker knows them: folded once, read on from where it stood, with the points that each entry gave.

Why kept between runs: a storm of stances means many runs on the same session, and folding it anew for each would cost
more than computing. Why it may be thrown away at any time: it is a function of the record.
"""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import sqlalchemy as sa

from ledger.database import Database
from polylogue.convergence.change import Point
from polylogue.convergence.track import Tracker
from polylogue.record import envelope
from polylogue.vocabulary import ItemId, Seq, SessionId
from schema.tables import Event

PAGE = 1_000
REMEMBERED = 64

EVENT = Event.metadata.tables["event"]
_SINCE = (
    sa.select(EVENT.c.seq, EVENT.c.leaf, EVENT.c.stored)
    .where(EVENT.c.session == sa.bindparam("session"), EVENT.c.seq >= sa.bindparam("since"))
    .order_by(EVENT.c.seq)
    .limit(PAGE)
)


@dataclass
class Folded:
    """A session up to its entry `seq`; `points` wait, by item, for the timeline to be written."""

    tracker: Tracker = field(default_factory=Tracker)
    seq: Seq = Seq(0)
    leaf: bytes = b""
    points: dict[ItemId, list[Point]] = field(default_factory=dict[ItemId, list[Point]])
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    def take(self, rows: list[tuple[int, bytes, bytes]]) -> None:
        for seq, leaf, stored in rows:
            for item, point in self.tracker.apply(envelope.read(stored)):
                self.points.setdefault(item, []).append(point)
            self.seq, self.leaf = Seq(seq), leaf


class Sessions:
    """The sessions that this process has computed on lately."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: OrderedDict[SessionId, Folded] = OrderedDict()

    @asynccontextmanager
    async def newest(self, session: SessionId) -> AsyncGenerator[Folded]:
        """The session folded up to the end of its record, for one run at a time."""
        folded = self._known.setdefault(session, Folded())
        self._known.move_to_end(session)
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        async with folded.turn:
            try:
                while not await self._read_on(session, folded):
                    self._forget(folded)
            except BaseException:
                self._known.pop(session, None)  # half an entry may have been applied
                raise
            yield folded

    async def _read_on(self, session: SessionId, folded: Folded) -> bool:
        """Fold what came since; false where the record is not the one we knew, such as after a restored backup."""
        while True:
            rows = await self._database.read(_since(session, max(folded.seq, Seq(1))))
            if folded.seq:
                if not rows or rows[0].leaf != folded.leaf:
                    return False
                rows = rows[1:]
            tail = [(row.seq, row.leaf, row.stored) for row in rows]
            await asyncio.to_thread(folded.take, tail)
            if len(tail) < PAGE - 1:
                return True

    def _forget(self, folded: Folded) -> None:
        folded.tracker, folded.seq, folded.leaf, folded.points = Tracker(), Seq(0), b"", {}


def _since(session: SessionId, since: Seq) -> Callable[[sa.Connection], Sequence[sa.Row[int, bytes, bytes]]]:
    asked = {"session": session, "since": since}
    return lambda connection: connection.execute(_SINCE, asked).all()
