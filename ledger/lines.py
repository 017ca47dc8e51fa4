"""The lines of a session's record, page by page, for whoever goes through all of them."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from schema.tables import Event

PAGE = 1000
"""Lines that are read at once."""

_event = Event.metadata.tables["event"].c
_PAGE = (
    sa.select(_event.seq, _event.command, _event.stored, _event.leaf)
    .where(_event.session == sa.bindparam("session"), _event.seq > sa.bindparam("after"))
    .order_by(_event.seq)
    .limit(PAGE)
)

Line = sa.Row[*tuple[Any, ...]]


def pages(connection: sa.Connection, session: str) -> Iterator[list[Line]]:
    """All lines in order, as (seq, command, stored, leaf)."""
    after = -(2**62)  # whatever was put in, below 1 too
    while page := list(connection.execute(_PAGE, {"session": session, "after": after})):
        yield page
        after = page[-1].seq
