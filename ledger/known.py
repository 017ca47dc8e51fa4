"""Sessions as this process knows them: a folded state and how far in the record it reaches.

Why compared with the head each time: other processes write too, and a database may be put back from a backup. A state
that is behind reads on; one whose last entry is not in the record is folded anew.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import sqlalchemy as sa

from ledger.canonical import read
from ledger.database import Database
from polylogue.evolve import evolve
from polylogue.occasion import Entry
from polylogue.state import State
from polylogue.vocabulary import Instant, Seq, SessionId
from schema.lists import padded
from schema.tables import Event, Head

FAR = 300
"""Entries that are folded inside a transaction at most: beyond it the fold would hold the lock, and the event loop."""

PAGE = 1000
"""Entries read at once when a state is far behind."""

EVENT = Event.metadata.tables["event"]
HEAD = Head.metadata.tables["head"]
HASH_BYTES = 32

_LOCK = (
    sa.select(*HEAD.c)
    .where(HEAD.c.session.in_(sa.bindparam("sessions", expanding=True)))
    .order_by(HEAD.c.session)  # every transaction locks in the same order, so that no two wait for each other
    .with_for_update()
)
_TAIL = (
    sa.select(EVENT.c.seq, EVENT.c.leaf, EVENT.c.stored)
    .where(EVENT.c.session == sa.bindparam("session"), EVENT.c.seq >= sa.bindparam("since"))
    .order_by(EVENT.c.seq)
    .limit(sa.bindparam("most"))
)
_RECORDED = sa.select(EVENT.c.stored).where(
    EVENT.c.session == sa.bindparam("session"), EVENT.c.seq == sa.bindparam("seq")
)


@dataclass(slots=True)
class Locked:
    """The end of a session's record, locked: seq and hash of the last entry, its time, the tree's frontier."""

    seq: Seq = Seq(0)
    leaf: bytes = b""
    at: Instant = Instant("")
    frontier: list[bytes] = field(default_factory=list[bytes])


@dataclass(slots=True)
class Known:
    """A session folded up to the entry `seq`, whose leaf hash is `leaf`. Private to whoever writes the session."""

    state: State = field(default_factory=State)
    seq: Seq = Seq(0)
    leaf: bytes = b""


class Behind(Exception):
    """The states of these sessions are too far behind to be folded inside a transaction."""

    def __init__(self, sessions: Sequence[SessionId]) -> None:
        super().__init__(f"{len(sessions)} sessions")
        self.sessions = tuple(sessions)


def lock(connection: sa.Connection, sessions: Sequence[SessionId]) -> dict[SessionId, Locked]:
    """Lock the heads of these sessions until the transaction ends; those not begun have none to lock."""
    heads = {session: Locked() for session in sessions}
    for row in connection.execute(_LOCK, {"sessions": padded(sorted(heads))}):
        frontier = [row.frontier[i : i + HASH_BYTES] for i in range(0, len(row.frontier), HASH_BYTES)]
        heads[row.session] = Locked(Seq(row.seq), row.leaf, Instant(row.at), frontier)
    return heads


def head_row(session: SessionId, head: Locked) -> dict[str, Any]:
    return {
        "session": session,
        "seq": head.seq,
        "leaf": head.leaf,
        "frontier": b"".join(head.frontier),
        "at": head.at,
    }


def catch_up(
    connection: sa.Connection, known: dict[SessionId, Known], heads: dict[SessionId, Locked], *, far: int | None
) -> None:
    """Bring what is known of these sessions up to their heads, in place; raises Behind for those over `far` back."""
    late: list[SessionId] = []
    for session, head in heads.items():
        if mine := _caught_up(connection, session, known.get(session) or Known(), head, far):
            known[session] = mine
        else:
            late.append(session)
    if late:
        raise Behind(late)


def _caught_up(
    connection: sa.Connection, session: SessionId, mine: Known, head: Locked, far: int | None
) -> Known | None:
    if (mine.seq, mine.leaf) == (head.seq, head.leaf):
        return mine
    if far is not None and head.seq - mine.seq > far:
        return None
    read = read_on(connection, session, mine)
    # not the record we knew: a backup was put back, so begin anew
    return read or _caught_up(connection, session, Known(), head, far)


def read_on(connection: sa.Connection, session: SessionId, known: Known) -> Known | None:
    """Fold what the record holds beyond `known`, in place; null if the record is not the one we knew."""
    while True:
        rows = _tail(connection, session, known)
        if not follows(known, rows):
            return None
        fold(known, rows)
        if len(rows) < PAGE:
            return known


async def read_far(database: Database, session: SessionId, known: Known | None) -> Known:
    """As `read_on`, in pages and outside any transaction that writes, folding in a thread; begins anew where the record
    is not the one we knew.
    """
    mine = known or Known()
    while True:
        rows = await database.read(partial(_tail, session=session, known=mine))
        if not follows(mine, rows):
            mine = Known()
            continue
        await asyncio.to_thread(fold, mine, rows)
        if len(rows) < PAGE:
            return mine


def follows(known: Known, rows: Sequence[sa.Row[Any, Any, Any]]) -> bool:
    """Whether rows of the record, the first being the last one known, continue what is known."""
    return known.seq == 0 or (bool(rows) and (rows[0].seq, rows[0].leaf) == (known.seq, known.leaf))


def fold(known: Known, rows: Sequence[sa.Row[Any, Any, Any]]) -> None:
    """Apply rows of the record that are not known yet."""
    for row in rows:
        if row.seq > known.seq:
            evolve(known.state, read(row.stored)[0])
            known.seq, known.leaf = Seq(row.seq), row.leaf


def recorded(connection: sa.Connection, session: SessionId, seq: Seq) -> Entry | None:
    """An entry of the record; null where there is none of that number."""
    stored = connection.execute(_RECORDED, {"session": session, "seq": seq}).scalar_one_or_none()
    return read(stored)[0] if stored else None


def _tail(connection: sa.Connection, session: SessionId, known: Known) -> Sequence[sa.Row[Any, Any, Any]]:
    return connection.execute(_TAIL, {"session": session, "since": max(known.seq, 1), "most": PAGE}).all()
