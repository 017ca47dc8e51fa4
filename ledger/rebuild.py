"""The tables that are read, dropped and made anew from the record.

Why worth having: a projection that turns out wrong, or was made by an older version of the software, is never mended
row by row; a migration may leave its tables to be rebuilt instead of rewriting them.
"""

from collections.abc import Callable
from typing import Protocol, TypeVar

import sqlalchemy as sa

from ledger.lines import entry_of, pages
from ledger.projections import Rows, project, write_rows
from ledger.projections.rows import TABLES, session_of
from ledger.statements import upsert
from ledger.unread import NotRebuilt, Unreadable
from polylogue.evolve import evolve
from polylogue.state import State
from polylogue.vocabulary import Seq, SessionId
from schema.tables import PROJECTIONS_VERSION, Head, Kept

T = TypeVar("T")

KEPT_AS = "projections version"

_head = Head.metadata.tables["head"]
_kept = Kept.metadata.tables["kept"]
_SESSIONS = sa.select(_head.c.session).order_by(_head.c.session)
_LOCK = sa.select(_head.c.seq).where(_head.c.session == sa.bindparam("session")).with_for_update()
_VERSION = sa.select(_kept.c.value).where(_kept.c.name == KEPT_AS)
_keep = upsert(_kept)


class Transact(Protocol):
    async def __call__(self, body: Callable[[sa.Connection], T], /) -> T:
        """Run a plain function over a connection in one transaction."""
        ...


def rebuild_session(connection: sa.Connection, session: SessionId) -> Seq:
    """Make a session's rows anew in the caller's transaction, while nobody else writes it; its last entry.

    Raises Unreadable where the record holds what this software does not know.
    """
    connection.execute(_LOCK, {"session": session}).all()
    for table in TABLES.values():
        connection.execute(sa.delete(table).where(session_of(table) == session))
    state = State()
    for lines in pages(connection, session):
        rows: Rows = {}
        for line in lines:
            try:
                entry = entry_of(line)
                evolve(state, entry)
                project(session, state, entry, rows)
            except Exception as error:
                raise Unreadable(session, line.seq, error if isinstance(error, ValueError) else repr(error)) from error
        write_rows(connection, rows)
    return state.seq


async def rebuild_all(transact: Transact, progress: Callable[[SessionId, int, int], None] | None = None) -> int:
    """Make the rows of every session anew, each in a transaction of its own; how many sessions there are.

    `progress` is told which session is done, its number from 1, and how many there are. A session whose record cannot
    be folded keeps its rows; when the others are done, NotRebuilt names it. Then, and broken off, some sessions are
    done whole and others not at all, and the version kept is still the old one.
    """
    sessions = await transact(_begin)
    faults: list[Unreadable] = []
    for number, session in enumerate(sessions, 1):
        try:
            await transact(lambda connection, session=session: rebuild_session(connection, session))
        except Unreadable as fault:
            faults.append(fault)
        if progress:
            progress(session, number, len(sessions))
    if faults:
        raise NotRebuilt(faults)
    await transact(_keep_version)
    return len(sessions)


def outdated(connection: sa.Connection) -> bool:
    """Whether the rows were made by another version of the projections; where none is noted, it was the first."""
    return (connection.execute(_VERSION).scalar_one_or_none() or "1") != str(PROJECTIONS_VERSION)


def has_sessions(connection: sa.Connection) -> bool:
    """Whether there is anything to make rows of; a new database has no version noted, and nothing that is old."""
    return connection.execute(_SESSIONS.limit(1)).first() is not None


def _keep_version(connection: sa.Connection) -> None:
    _keep(connection, [{"name": KEPT_AS, "value": str(PROJECTIONS_VERSION)}])


def _begin(connection: sa.Connection) -> list[SessionId]:
    """Take away the rows of sessions that have no record; the sessions that have one."""
    for table in TABLES.values():
        connection.execute(sa.delete(table).where(session_of(table).not_in(sa.select(_head.c.session))))
    return [SessionId(session) for session in connection.execute(_SESSIONS).scalars()]
