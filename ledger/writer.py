"""The one writer: commands wait in queues, and whatever waits is done together in one transaction.

Why a task per queue that ends with it: nothing idles and nothing races, because a queue is seen empty, taken away and
its writer ended without an await in between. A lone command goes at once; under load the cost of a commit is shared.
"""

import asyncio
import zlib
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Sequence

import structlog

from ledger.database import Database
from ledger.known import FAR, Behind, Known, read_far
from ledger.transaction import Asked, Outcome, write
from polylogue.refusals import Refusal, RefusalCode
from polylogue.vocabulary import Seq, SessionId
from schema.api.context import Receipt
from schema.circumstances import circumstances, clash, lock_not_had

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

RULE = "0.5"

Committed = Callable[[Sequence[tuple[SessionId, Seq]]], None]
"""Told, after a commit, which sessions moved and how far; must neither wait nor raise."""


class Stopped(RuntimeError):
    """The writer ended before it came to this command."""


class Writer:
    """Queues of commands, one a lane; the sessions are shared out over the lanes by their hash."""

    def __init__(self, database: Database, committed: Committed, *, depth: int, at_once: int, remembered: int) -> None:
        self._database, self._committed = database, committed
        self._depth, self._at_once, self._remembered = depth, at_once, remembered
        self._waiting: dict[int, deque[Asked]] = {}
        self._length: Counter[SessionId] = Counter()
        self._tasks: set[asyncio.Task[None]] = set()
        self._memory: OrderedDict[SessionId, Known] = OrderedDict()
        self._closing = False

    async def submit(self, asked: Asked) -> Receipt | Refusal:
        """The command's receipt or refusal; raises what a bug or the database raised."""
        if self._closing or self._length[asked.session] >= self._depth:
            return Refusal(RefusalCode.SESSION_BUSY, RULE)
        lane = zlib.crc32(asked.session.encode(errors="surrogatepass")) % self._database.lanes
        if lane not in self._waiting:
            self._waiting[lane] = deque()
            task = asyncio.create_task(self._drain(lane), name=f"writer {lane}")
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        self._waiting[lane].append(asked)
        self._length[asked.session] += 1
        return await asked.answer

    async def close(self) -> None:
        """Take nothing new, finish what waits."""
        self._closing = True
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _drain(self, lane: int) -> None:
        waiting, batch = self._waiting[lane], list[Asked]()
        try:
            while waiting:
                batch = self._take(waiting)
                if batch:
                    await self._write(batch)
        finally:  # no await since the queue was seen empty, so nothing slips in; and after a bug of ours nobody hangs
            del self._waiting[lane]
            for asked in (*batch, *waiting):
                _answer(asked, Stopped("the writer ended"))
            for asked in waiting:
                self._forget_place(asked)

    def _take(self, waiting: deque[Asked]) -> list[Asked]:
        """Up to `at_once` commands from the front, without those whose callers have left."""
        batch: list[Asked] = []
        while waiting and len(batch) < self._at_once:
            asked = waiting.popleft()
            self._forget_place(asked)
            if not asked.answer.done():
                batch.append(asked)
        return batch

    def _forget_place(self, asked: Asked) -> None:
        self._length[asked.session] -= 1
        if not self._length[asked.session]:
            del self._length[asked.session]

    async def _write(self, batch: Sequence[Asked], *, again: bool = True) -> None:
        """Do these commands and answer them.

        A failure through circumstances: once more whole, or where a lock is to blame session by session. Any other:
        once more one at a time, so that only the guilty command fails. Where it is not known whether a commit happened,
        the idempotency keys tell when it is done again.
        """
        outcomes: Sequence[Outcome]
        try:
            outcomes = await self._transact(batch)
        except Exception as error:  # noqa: BLE001 -- whatever it is, the callers wait for an answer
            if parts := _parts(batch, error, again=again):
                log.warning("transaction is done again", commands=len(batch), parts=len(parts), error=_short(error))
                for part in parts:
                    await self._write(part, again=not circumstances(error) and len(parts) > 1)
                return
            # without its traceback, which goes to the callers with the error
            log.warning("transaction failed", commands=len(batch), error=_short(error))
            outcomes = [error] * len(batch)
        for asked, outcome in zip(batch, outcomes, strict=True):
            _answer(asked, outcome)
        self._tell(outcomes)

    def _tell(self, outcomes: Sequence[Outcome]) -> None:
        """Say which sessions moved. Repeats count too: the commit before may be the one whose outcome was not known."""
        moved: dict[SessionId, Seq] = {}
        for receipt in outcomes:
            if isinstance(receipt, Receipt):
                moved[receipt.session] = max(receipt.seq, moved.get(receipt.session, receipt.seq))
        if moved:
            self._committed(tuple(moved.items()))

    async def _transact(self, batch: Sequence[Asked]) -> Sequence[Outcome]:
        sessions = dict.fromkeys(asked.session for asked in batch)
        # taken out of memory meanwhile: a state that a failed transaction has touched is never seen again
        known = {session: state for session in sessions if (state := self._memory.pop(session, None))}
        try:
            outcomes = await self._database.transact(lambda connection: write(connection, batch, known, far=FAR))
        except Behind as behind:
            for session in behind.sessions:
                known[session] = await read_far(self._database, session, known.pop(session, None))
            outcomes = await self._database.transact(lambda connection: write(connection, batch, known, far=None))
        self._remember(known)
        return outcomes

    def _remember(self, known: dict[SessionId, Known]) -> None:
        self._memory.update((session, mine) for session, mine in known.items() if mine.seq)
        while len(self._memory) > self._remembered:
            self._memory.popitem(last=False)


def _parts(batch: Sequence[Asked], error: Exception, *, again: bool) -> Sequence[Sequence[Asked]]:
    """The parts in which a failed batch is done again; none when it has failed for good."""
    if circumstances(error):
        if not again:
            return ()
        if not lock_not_had(error):
            return (batch,)
        sessions: dict[SessionId, list[Asked]] = {}
        for asked in batch:
            sessions.setdefault(asked.session, []).append(asked)
        return tuple(sessions.values())
    if len(batch) > 1:
        return tuple((asked,) for asked in batch)
    return (batch,) if again and clash(error) else ()


def _short(error: Exception) -> str:
    return repr(error)[:500]


def _answer(asked: Asked, outcome: Outcome) -> None:
    if asked.answer.done():  # the caller has left
        return
    if isinstance(outcome, Exception):
        asked.answer.set_exception(outcome)
    else:
        asked.answer.set_result(outcome)
