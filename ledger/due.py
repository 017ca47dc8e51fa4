"""What is due, as the database knows it: works whose input has moved on, and failures that wait.

Why the database: a queue can be lost, this cannot. Redis only wakes somebody up.

Sessions pile up and only few of them go on. One that is closed gets no further input, so once nothing of the closed
ones is behind, and as long as they are the same ones, a look at those that go on is a look at everything.

Works are named "convergence:<session>/<item>", "overview:<session>" and "drafting:<session>/<request>".
"""

import random
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from ledger.database import Database
from ledger.occasion import now
from ledger.statements import upsert
from polylogue.convergence.scope import SESSION
from polylogue.procedure.time import instant
from polylogue.vocabulary import SessionPhase
from schema import tables

LOOK_AT_ALL = 60.0
"""Seconds after which closed sessions are looked at whatever is remembered of them: rows may be put back by hand."""

MAX_ATTEMPTS = 5
"""Failures after which a work is parked."""

WORDED = ("WORKING", "CIRCULATED", "BLOCKED")
UNDER_WAY = ("DELIBERATION", "NEGOTIATION", "DECISION")

_item = tables.AgendaItem.metadata.tables["agenda_item"]
_progress = tables.Progress.metadata.tables["progress"]
_whole = _progress.alias("whole")
_report = tables.Report.metadata.tables["report"]
_failure = tables.Failure.metadata.tables["failure"]
_request = tables.DraftRequest.metadata.tables["draft_request"]
_session = tables.Session.metadata.tables["session"]
Select = sa.Select[*tuple[Any, ...]]
_Sessions = tuple[int, frozenset[str]]
"""How many are closed, and which go on."""
_keep = upsert(_failure)


def _convergence(*conditions: sa.ColumnElement[bool]) -> Select:
    work = sa.literal("convergence:") + _item.c.session + "/" + _item.c.id
    mine = sa.and_(_progress.c.session == _item.c.session, _progress.c.item == _item.c.id)
    return (
        sa.select(work.label("work"), _item.c.input_seq.label("basis"), _item.c.session.label("session"))
        .select_from(_item.outerjoin(_progress, mine))
        .where(_item.c.input_seq > sa.func.coalesce(_progress.c.computed_seq, 0), *conditions)
    )


def _overview(*conditions: sa.ColumnElement[bool]) -> Select:
    """Sessions whose own report is behind one of their items, or that have an item's report without pictures."""
    work = sa.literal("overview:") + _item.c.session
    of_whole = sa.and_(_whole.c.session == _item.c.session, _whole.c.item == SESSION)
    of_item = sa.and_(_progress.c.session == _item.c.session, _progress.c.item == _item.c.id)
    undrawn = sa.and_(
        _report.c.session == _item.c.session,
        _report.c.item == _item.c.id,
        _report.c.basis == _progress.c.computed_seq,
        _report.c.pictures.is_(None),
        _report.c.input.is_not(None),
    )
    newest = sa.func.max(_item.c.input_seq)
    return (
        sa.select(work.label("work"), newest.label("basis"), _item.c.session.label("session"))
        .select_from(_item.outerjoin(_whole, of_whole).outerjoin(_progress, of_item).outerjoin(_report, undrawn))
        .where(*conditions)
        .group_by(_item.c.session, _whole.c.computed_seq)
        .having(sa.or_(newest > sa.func.coalesce(_whole.c.computed_seq, 0), sa.func.count(_report.c.basis) > 0))
    )


def _drafting() -> Select:
    work = sa.literal("drafting:") + _request.c.session + "/" + _request.c.id
    item = sa.and_(_item.c.session == _request.c.session, _item.c.id == _request.c.item)
    return (
        sa.select(work.label("work"), _item.c.input_seq.label("basis"), _request.c.session.label("session"))
        .select_from(_request.join(_item, item).join(_session, _session.c.id == _request.c.session))
        .where(
            _request.c.state == "PENDING",
            _session.c.phase == SessionPhase.OPEN,
            _item.c.text_state.in_(WORDED),
            _item.c.phase.in_(UNDER_WAY),
        )
    )


def _due(works: sa.Subquery) -> Select:
    """Those works that do not wait for another try and are not parked."""
    # Another build's parked work is not ours, but its pause is: of two builds side by side, each would else free the
    # work again as soon as the other has failed.
    ours = sa.or_(_failure.c.build == sa.bindparam("build"), _failure.c.retry_at.is_not(None))
    return (
        sa.select(works.c.work, works.c.basis)
        .select_from(works.outerjoin(_failure, sa.and_(_failure.c.work == works.c.work, ours)))
        .where(sa.or_(_failure.c.work.is_(None), _failure.c.retry_at <= sa.bindparam("now")))
    )


def _some(due: Select) -> Select:
    return due.order_by(sa.func.random()).limit(sa.bindparam("limit", type_=sa.Integer))


GOING_ON = (SessionPhase.SCHEDULED, SessionPhase.OPEN, SessionPhase.SUSPENDED)
"""Phases in which there may be further input."""
_going_on = sa.select(_session.c.id).where(_session.c.phase.in_(GOING_ON))
_waited_for = sa.union_all(_convergence(), _drafting()).subquery("works")
_works = sa.union_all(_convergence(), _overview(), _drafting()).subquery("works")
_of_going_on = _item.c.session.in_(_going_on)
_works_going_on = sa.union_all(_convergence(_of_going_on), _overview(_of_going_on), _drafting()).subquery("works")
DUE = _due(_works)
ALL = _some(DUE)
OF_GOING_ON = _some(_due(_works_going_on))
CLOSED = sa.select(sa.func.count()).where(_session.c.phase.in_([p for p in SessionPhase if p not in GOING_ON]))
_of_closed = _item.c.session.not_in(_going_on)
BEHIND = sa.select(sa.or_(sa.exists(_convergence(_of_closed)), sa.exists(_overview(_of_closed))))
# by session as well, which is a key: a name put together in the query would be compared with every item there is
ONE = DUE.where(_works.c.work == sa.bindparam("one"), _works.c.session == sa.bindparam("of"))
OF_SESSIONS = _due(_waited_for).where(_waited_for.c.session.in_(sa.bindparam("sessions", expanding=True)))
_FAILED_DRAFTS = sa.select(_failure.c.work).where(_failure.c.work.startswith("drafting:"))
_PENDING_DRAFTS = sa.select(sa.literal("drafting:") + _request.c.session + "/" + _request.c.id).where(
    _request.c.session.in_(sa.bindparam("sessions", expanding=True)), _request.c.state == "PENDING"
)


def forget(connection: sa.Connection, work: str) -> bool:
    """Delete a work's failure, now that it has been done or is to be tried anew; false where there was none."""
    return bool(connection.execute(sa.delete(_failure).where(_failure.c.work == work)).rowcount)


def _ended(connection: sa.Connection) -> list[str]:
    """Drafts that failed and that nobody waits for any more: tabled by another build, or lapsed meanwhile."""
    failed = connection.execute(_FAILED_DRAFTS).scalars().all()
    if not failed:
        return []
    pending = set(
        connection.execute(_PENDING_DRAFTS, {"sessions": sorted({_session_of(work) for work in failed})}).scalars()
    )
    return [work for work in failed if work not in pending]


def _session_of(work: str) -> str:
    return work.partition(":")[2].partition("/")[0]


class Due:
    """The worker engine's truth. `build` names the software: what another build has parked, this one tries again."""

    def __init__(self, database: Database, *, build: str, backoff: float = 1.0) -> None:
        self._database, self._build, self._backoff = database, build, backoff
        self._settled: _Sessions | None = None  # as they were when nothing of the closed ones was behind
        self._looked = 0.0  # when last at everything, by the monotonic clock

    async def all_due(self, limit: int) -> list[str]:
        """At most `limit` works that are due now, in no order; forgets failures of drafts that nobody waits for.

        Of a session that was reopened and closed again between two looks it may tell as late as LOOK_AT_ALL.
        """
        if ended := await self._database.read(_ended):
            await self._database.transact(lambda connection: [forget(connection, work) for work in ended])
        stale = time.monotonic() > self._looked + LOOK_AT_ALL

        def look(connection: sa.Connection) -> tuple[list[str], _Sessions | None]:
            values = {"build": self._build, "now": now(), "limit": limit}
            # Both: a session that closes while another is reopened leaves the count as it was, and one that was
            # scheduled and closed since the last look has never been among those that go on.
            sessions = connection.execute(CLOSED).scalar_one(), frozenset(connection.execute(_going_on).scalars())
            if sessions == self._settled and not stale:
                return list(connection.execute(OF_GOING_ON, values).scalars()), sessions
            found = list(connection.execute(ALL, values).scalars())
            return found, None if connection.execute(BEHIND).scalar_one() else sessions

        works, self._settled = await self._database.read(look)
        if stale:
            self._looked = time.monotonic()
        return works

    async def of_sessions(self, sessions: Sequence[str]) -> list[str]:
        """Works of these sessions that are due now and that somebody waits for: not overviews."""
        return await self._works(OF_SESSIONS, {"sessions": list(sessions)})

    async def due(self, work: str) -> int | None:
        """The seq up to which a run would compute now, or None: nothing to do, parked, or not yet time."""
        asked = {"one": work, "of": _session_of(work), "build": self._build, "now": now()}
        row = await self._database.read(lambda connection: connection.execute(ONE, asked).one_or_none())
        return row.basis if row else None

    async def failed(self, work: str, error: str, *, build: str) -> str | None:
        """Keep a failure: to be tried again after 1, 2, 4 … times the backoff, when is given; after five attempts
        parked.
        """
        return await self._database.transact(self._failure(work, error, build))

    async def retry(self, work: str) -> bool:
        """Free a work that waits or is parked; for an operator. False when there is no such failure."""
        return await self._database.transact(lambda connection: forget(connection, work))

    async def failures(self) -> Sequence[sa.Row[*tuple[Any, ...]]]:
        """All failures that are kept, the newest first."""
        query = sa.select(_failure).order_by(_failure.c.failed_at.desc())
        return await self._database.read(lambda connection: connection.execute(query).all())

    async def _works(self, statement: Select, asked: dict[str, object]) -> list[str]:
        values = {"build": self._build, "now": now(), **asked}
        return await self._database.read(lambda connection: list(connection.execute(statement, values).scalars()))

    def _failure(self, work: str, error: str, build: str) -> Callable[[sa.Connection], str | None]:
        def body(connection: sa.Connection) -> str | None:
            held = connection.execute(sa.select(_failure).where(_failure.c.work == work)).one_or_none()
            attempts = (held.attempts if held and held.build == build else 0) + 1
            wait = self._backoff * 2 ** (attempts - 1) * random.uniform(0.5, 1)  # noqa: S311 -- spreads retries
            retry_at = instant(datetime.now(UTC) + timedelta(seconds=wait)) if attempts < MAX_ATTEMPTS else None
            row = {
                "work": work,
                "attempts": attempts,
                "retry_at": retry_at,
                "error": error,
                "build": build,
                "failed_at": now(),
            }
            _keep(connection, [row])
            return retry_at

        return body
