"""Following sessions: every entry once, in order, from the record and then as they come.

Why the record and not the nudge is read: a nudge only says where a session has got to, so one that is lost costs at
most the time between two polls. One reader per session and process reads each entry once and decodes it once, into a
list that all followers share; each follower only keeps its place in it.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import sqlalchemy as sa
import structlog

from ledger import canonical
from ledger.database import Database
from ledger.known import EVENT, HEAD
from ledger.nudges import Client, Nudges
from polylogue.vocabulary import Seq, SessionId
from schema.api.context import Lagging, Line
from schema.lists import padded
from schema.tables import ReportsHead

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

T = TypeVar("T")

SESSION, REPORTS = "polylogue:session:", "polylogue:reports:"
PAGE = 500  # entries read at once
FEW = 20  # entries decoded on the event loop at most; more go to a thread
KEPT = 64  # entries kept for those who join a little behind, however long ago everybody got them
TOGETHER = 512  # sessions asked about in one statement

REPORTS_HEAD = ReportsHead.metadata.tables["reports_head"]

_PAGE = (
    sa.select(EVENT.c.seq, EVENT.c.leaf, EVENT.c.stored)
    .where(EVENT.c.session == sa.bindparam("session"), EVENT.c.seq > sa.bindparam("after"))
    .order_by(EVENT.c.seq)
    .limit(PAGE)
)
_of: sa.BindParameter[Any] = sa.bindparam("sessions", expanding=True)
_HEADS = sa.select(HEAD.c.session, HEAD.c.seq).where(HEAD.c.session.in_(_of))
_REVISIONS = sa.select(REPORTS_HEAD.c.session, REPORTS_HEAD.c.revision).where(REPORTS_HEAD.c.session.in_(_of))


@dataclass(slots=True, eq=False)
class _Follower:
    seq: Seq
    wake: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(slots=True, eq=False)
class _Watched:
    """A session somebody follows here. `lines` are the newest entries, the last of them `seq`; null: none read yet.
    `heard` is how far others say it has got; `revision` that of its reports, null while it has to be read again.
    """

    lines: deque[Line]
    seq: Seq | None = None
    heard: Seq = Seq(0)
    revision: int | None = None
    stir: asyncio.Event = field(default_factory=asyncio.Event)
    backlog: asyncio.Lock = field(default_factory=asyncio.Lock)
    followers: set[_Follower] = field(default_factory=set[_Follower])
    report_followers: set[asyncio.Event] = field(default_factory=set[asyncio.Event])

    def line(self, seq: int) -> Line | None:
        """The entry if it is among the newest."""
        back = (self.seq or 0) - seq
        return self.lines[-1 - back] if 0 <= back < len(self.lines) else None

    def add(self, lines: Iterable[Line]) -> None:
        for line in lines:
            self.lines.append(line)
            self.seq = line.seq
        for follower in self.followers:
            follower.wake.set()

    def trim(self) -> None:
        """Forget what everybody has got."""
        slowest = min((follower.seq for follower in self.followers), default=self.seq or 0)
        while len(self.lines) > KEPT and self.lines[0].seq <= slowest:
            self.lines.popleft()

    def hear(self, seq: int) -> None:
        if seq > self.heard:
            self.heard = Seq(seq)
            self.stir.set()

    def read_reports_again(self) -> None:
        if self.report_followers:
            self.revision = None
            self.stir.set()


class Watch:
    """The sessions followed in this process. `buffer` is how many entries a follower may be behind, `poll` the seconds
    after which a lost nudge is made good.
    """

    def __init__(self, database: Database, redis: Client | None, *, buffer: int, poll: float) -> None:
        self._database, self._buffer, self._poll = database, buffer, poll
        self._nudges = Nudges(redis, self._heard) if redis else None
        self._watched: dict[SessionId, _Watched] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False

    async def follow(self, session: SessionId, after: Seq) -> AsyncIterator[Line]:
        """Every entry after `after`, once, in order; raises Lagging when more than the buffer holds came meanwhile."""
        watched, me = self._watch(session), _Follower(after)
        watched.followers.add(me)
        joined = False  # whether all was read that was there before
        try:
            while not self._closed:
                if line := watched.line(me.seq + 1):
                    me.seq = line.seq
                    yield line
                elif watched.seq is not None and me.seq >= watched.seq:
                    joined = True
                    me.wake.clear()
                    await me.wake.wait()
                elif joined:
                    raise Lagging(me.seq)
                else:
                    for line in await self._backlog(session, watched, me.seq):
                        me.seq = line.seq
                        yield line
        finally:
            watched.followers.discard(me)

    async def follow_reports(self, session: SessionId) -> AsyncIterator[int]:
        """The revision of the session's reports now, then each time they have changed; of several changes, the last."""
        watched, wake = self._watch(session), asyncio.Event()
        watched.report_followers.add(wake)
        watched.read_reports_again()
        told = -1
        try:
            while not self._closed:
                wake.clear()
                if watched.revision is not None and watched.revision != told:
                    told = watched.revision
                    yield told
                else:
                    await wake.wait()
        finally:
            watched.report_followers.discard(wake)

    def moved(self, heads: Iterable[tuple[SessionId, Seq]]) -> None:
        """Say, here and to other processes, how far sessions have got: after the commit."""
        for session, seq in heads:
            if watched := self._watched.get(session):
                watched.hear(seq)
            if self._nudges:
                self._nudges.say(SESSION + session, str(seq))

    def reported(self, session: SessionId) -> None:
        """Say, here and to other processes, that results of a session have been stored: after the commit."""
        if watched := self._watched.get(session):
            watched.read_reports_again()
        if self._nudges:
            self._nudges.say(REPORTS + session, "")

    async def close(self) -> None:
        """End what is followed."""
        self._closed = True
        for watched in self._watched.values():
            for wake in (*(follower.wake for follower in watched.followers), *watched.report_followers):
                wake.set()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._nudges:
            await self._nudges.close()

    # ── whom to ask again ────────────────────────────────────────────────────────────────────────────────────────────

    def _watch(self, session: SessionId) -> _Watched:
        if watched := self._watched.get(session):
            return watched
        watched = _Watched(deque(maxlen=self._buffer))
        if not self._watched:
            self._start(self._keep_polling())
        self._watched[session] = watched
        self._start(self._keep_reading(session, watched))
        if self._nudges:
            self._nudges.want(SESSION + session, REPORTS + session)
        return watched

    def _start(self, job: Any) -> None:
        task: asyncio.Task[None] = asyncio.create_task(job)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _heard(self, channel: str, words: str | None) -> None:
        of_reports = channel.startswith(REPORTS)
        watched = self._watched.get(SessionId(channel.removeprefix(REPORTS if of_reports else SESSION)))
        if watched is None:
            return
        if of_reports:
            watched.read_reports_again()
        elif words:
            watched.hear(int(words))
        else:  # the subscription has only begun, so anything may have been missed
            watched.stir.set()

    async def _keep_polling(self) -> None:
        """Make good lost nudges, and let go of the sessions that nobody follows any more; ends with the last one."""
        while self._watched:
            await asyncio.sleep(self._poll)
            try:
                for session, watched in tuple(self._watched.items()):
                    watched.trim()
                    if not (watched.followers or watched.report_followers):
                        self._let_go(session, watched)
                sessions = list(self._watched)
                for i in range(0, len(sessions), TOGETHER):
                    await self._poll_once(sessions[i : i + TOGETHER])
            except Exception as error:  # noqa: BLE001 -- mostly the database is away; the next poll asks again
                log.warning("poll failed", error=repr(error))

    async def _poll_once(self, sessions: list[SessionId]) -> None:
        asked = {"sessions": padded(sessions)}

        def both(connection: sa.Connection) -> tuple[Sequence[sa.Row[Any, Any]], Sequence[sa.Row[Any, Any]]]:
            return connection.execute(_HEADS, asked).all(), connection.execute(_REVISIONS, asked).all()

        heads, revisions = await self._database.read(both)
        for session, seq in heads:
            if watched := self._watched.get(session):
                watched.hear(seq)
                if seq != watched.seq:  # what was heard before may not have been read
                    watched.stir.set()
        for session, revision in revisions:
            if (watched := self._watched.get(session)) and watched.revision != revision:
                watched.read_reports_again()
        for watched in self._watched.values():
            if watched.revision is None and watched.report_followers:
                watched.stir.set()

    def _let_go(self, session: SessionId, watched: _Watched) -> None:
        del self._watched[session]
        watched.stir.set()  # its reader sees that it is not wanted
        if self._nudges:
            self._nudges.leave(SESSION + session, REPORTS + session)

    # ── reading the record ───────────────────────────────────────────────────────────────────────────────────────────

    async def _keep_reading(self, session: SessionId, watched: _Watched) -> None:
        """Read on whenever the session has moved, for all its followers; ends when it is watched no longer."""
        while True:
            await watched.stir.wait()
            watched.stir.clear()
            if self._watched.get(session) is not watched:
                return
            try:
                if watched.seq is not None:
                    await self._read_on(session, watched, watched.seq)
                if watched.revision is None and watched.report_followers:
                    await self._read_revision(session, watched)
            except Exception as error:  # noqa: BLE001 -- the database is away; the next poll stirs again
                log.warning("record is not read", session=session, error=repr(error))

    async def _read_on(self, session: SessionId, watched: _Watched, seq: Seq) -> None:
        while lines := await self._page(session, seq):
            watched.add(lines)
            seq = lines[-1].seq
            if len(lines) < PAGE:
                return

    async def _backlog(self, session: SessionId, watched: _Watched, seq: Seq) -> Sequence[Line]:
        """What a follower lacks before it can share the newest; the first to reach them shares what it has read."""
        async with watched.backlog:
            if watched.line(seq + 1):
                return ()
            lines = await self._page(session, seq)
            if watched.seq is None and len(lines) < PAGE:
                # a follower may ask for what is not there yet, so where the record ends is read, not guessed
                watched.seq = lines[-1].seq if lines else await self._head(session)
                watched.lines.extend(lines)
                watched.stir.set()
            return lines

    async def _page(self, session: SessionId, after: Seq) -> Sequence[Line]:
        asked = {"session": session, "after": after}
        rows = await self._database.read(lambda connection: connection.execute(_PAGE, asked).all())
        return await asyncio.to_thread(_decoded, rows) if len(rows) > FEW else _decoded(rows)

    async def _head(self, session: SessionId) -> Seq:
        found = await self._database.read(_first(_HEADS, session))
        return Seq(found.seq if found else 0)

    async def _read_revision(self, session: SessionId, watched: _Watched) -> None:
        found = await self._database.read(_first(_REVISIONS, session))
        watched.revision = found.revision if found else 0
        for wake in watched.report_followers:
            wake.set()


def _first(statement: sa.Select[Any, Any], session: SessionId) -> Callable[[sa.Connection], sa.Row[Any, Any] | None]:
    return lambda connection: connection.execute(statement, {"sessions": [session]}).one_or_none()


def _decoded(rows: Sequence[sa.Row[Any, Any, Any]]) -> list[Line]:
    return [Line(row.seq, row.leaf, row.stored, *canonical.read(row.stored)) for row in rows]
