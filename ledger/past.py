"""A session as it stood: the same tables, made from the record up to an entry, in a database of their own.

Why the same tables: whatever reads the present reads the past in the same way, so no resolver knows of it.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool
from sqlmodel import SQLModel

from ledger.database import Database
from ledger.projections import Rows, project, write_rows
from polylogue.evolve import evolve
from polylogue.record import envelope
from polylogue.record.tree import grow
from polylogue.state import State
from polylogue.vocabulary import Seq, SessionId
from schema.api.context import Read
from schema.tables import Event, Head, Progress, Prose, Report, ReportsHead, Timeline

T = TypeVar("T")

KEPT = 8
"""Moments that are remembered; another look at one of them costs no folding."""

Tables = dict[str, Sequence[dict[str, Any]]]

EVENT = Event.metadata.tables["event"]
PROSE = Prose.metadata.tables["prose"]
REPORT = Report.metadata.tables["report"]
TIMELINE = Timeline.metadata.tables["timeline"]
HEAD = Head.metadata.tables["head"]
PROGRESS = Progress.metadata.tables["progress"]
REPORTS_HEAD = ReportsHead.metadata.tables["reports_head"]


@dataclass(frozen=True)
class Moment:
    """A database that holds one session as it stood."""

    engine: sa.Engine
    turn: asyncio.Lock

    async def read(self, body: Callable[[sa.Connection], T], /) -> T:
        async with self.turn:
            return await asyncio.to_thread(self._read, body)

    def _read(self, body: Callable[[sa.Connection], T]) -> T:
        with self.engine.connect() as connection:
            return body(connection)


class Past:
    """Moments of the record, made when somebody asks for them."""

    def __init__(self, database: Database, *, kept: int = KEPT) -> None:
        self._database, self._kept = database, kept
        self._moments: OrderedDict[tuple[SessionId, Seq], asyncio.Task[Moment]] = OrderedDict()

    def as_of(self, session: SessionId, seq: Seq) -> Read:
        """How to read a session as it stood after an entry."""

        async def read(body: Callable[[sa.Connection], T], /) -> T:
            return await (await self._moment(session, seq)).read(body)

        return read

    async def _moment(self, session: SessionId, seq: Seq) -> Moment:
        key = (session, seq)
        task = self._moments.get(key)
        if task is None or (task.done() and task.exception()):
            task = self._moments[key] = asyncio.create_task(self._made(session, seq))
        self._moments.move_to_end(key)
        while len(self._moments) > self._kept:
            self._moments.popitem(last=False)
        return await asyncio.shield(task)

    async def _made(self, session: SessionId, seq: Seq) -> Moment:
        found = await self._database.read(lambda connection: _up_to(connection, session, seq))
        engine = await asyncio.to_thread(_fill, session, found)
        return Moment(engine, asyncio.Lock())


def _up_to(connection: sa.Connection, session: SessionId, seq: Seq) -> Tables:
    """What the tables that are not made from the record held up to the entry."""
    asked = {
        "event": sa.select(EVENT).where(EVENT.c.session == session, EVENT.c.seq <= seq).order_by(EVENT.c.seq),
        "prose": sa.select(PROSE).where(PROSE.c.session == session, PROSE.c.seq <= seq),
        "report": sa.select(REPORT).where(REPORT.c.session == session, REPORT.c.basis <= seq),
        "timeline": sa.select(TIMELINE).where(TIMELINE.c.session == session, TIMELINE.c.seq <= seq),
    }
    return {name: [dict(row) for row in connection.execute(query).mappings()] for name, query in asked.items()}


def _fill(session: SessionId, found: Tables) -> sa.Engine:
    engine = sa.create_engine(
        "sqlite://",
        poolclass=StaticPool,
        connect_args={"check_same_thread": False},
        hide_parameters=True,  # in errors, which are logged: parameters hold what people said
    )
    state, rows, frontier = State(), Rows(), list[bytes]()
    for size, event in enumerate(found["event"]):
        entry = envelope.read(event["stored"])
        evolve(state, entry)
        project(session, state, entry, rows)
        grow(frontier, size, event["leaf"])
    last = found["event"][-1]
    head = {
        "session": session,
        "seq": last["seq"],
        "leaf": last["leaf"],
        "frontier": b"".join(frontier),
        "at": state.at,
    }
    computed = {
        r["item"]: {"session": session, "item": r["item"], "computed_seq": r["basis"], "at": r["made_at"]}
        for r in sorted(found["report"], key=lambda r: r["basis"])
    }
    with engine.begin() as connection:
        SQLModel.metadata.create_all(connection)
        for table in (EVENT, PROSE, REPORT, TIMELINE):
            if found[table.name]:
                connection.execute(sa.insert(table), found[table.name])
        write_rows(connection, rows)
        connection.execute(sa.insert(HEAD), head)
        connection.execute(sa.insert(REPORTS_HEAD), {"session": session, "revision": len(found["report"])})
        if computed:
            connection.execute(sa.insert(PROGRESS), list(computed.values()))
    return engine
