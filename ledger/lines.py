"""The lines of a session's record, page by page, for whoever goes through all of them."""

from collections.abc import Iterator

import sqlalchemy as sa

from ledger.raw import Raw, raw
from polylogue.occasion import Entry
from polylogue.record import envelope
from schema.tables import Event

PAGE = 1000
"""Lines that are read at once."""

_event = Event.metadata.tables["event"].c
_PAGE = (
    raw(Event.metadata.tables["event"], "seq", "command", "stored", "leaf")
    .where(_event.session == sa.bindparam("session"), _event.seq > sa.bindparam("after"))
    .order_by(_event.seq)
    .limit(PAGE)
)

Line = Raw


def pages(connection: sa.Connection, session: str) -> Iterator[list[Line]]:
    """All lines in order, as (seq, command, stored, leaf)."""
    after = -(2**62)  # whatever was put in, below 1 too
    while page := list(connection.execute(_PAGE, {"session": session, "after": after})):
        yield page
        after = page[-1].seq


def entry_of(line: Line) -> Entry:
    """The entry of a line, not checked; raises whatever its bytes deserve."""
    if not isinstance(line.stored, bytes):
        raise TypeError("it is not stored as bytes")
    return envelope.read(line.stored)
