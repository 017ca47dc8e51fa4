"""Rows as the API reads them: tables by their columns, free texts by their place in the record.

Why Core and not objects: a board is hundreds of rows, and as plain tuples they cost a third of what mapped objects do.
"""

import json
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from polylogue.vocabulary import SessionId
from schema import tables
from schema.api.values import Text, text_of

Place = tuple[int, str]
"""Where a text stands: the entry's seq, and the RFC 6901 pointer in its payload."""


def columns(table: type[SQLModel]) -> Any:
    """The columns of a table, for plain selects."""
    return table.metadata.tables[str(table.__tablename__)].c


EVENT, PROSE = columns(tables.Event), columns(tables.Prose)


def padded(values: Iterable[Any]) -> Sequence[Any]:
    """The values sorted, the last one repeated up to a power of two: each length of an IN list is another statement."""
    found = sorted(values)
    return found + found[-1:] * ((1 << (len(found) - 1).bit_length()) - len(found)) if found else ()


def among(column: Any, values: Iterable[Any] | None) -> Any:
    """That a column holds one of these; null asks for nothing."""
    return sa.true() if values is None else column.in_(padded(values))


def by(rows: Iterable[Any], *columns: str) -> list[Any]:
    """Rows in the order of the characters: a database may sort codes by the rules of some language."""
    return sorted(rows, key=attrgetter(*columns))


def texts_at(
    connection: sa.Connection, session: SessionId, seqs: Iterable[int], pointers: str = "/%"
) -> dict[Place, Text]:
    """The texts of these entries, where they have not been erased; `pointers` is a pattern for LIKE."""
    wanted = padded(set(seqs))
    if not wanted:
        return {}
    query = sa.select(PROSE.seq, PROSE.pointer, PROSE.text, PROSE.language).where(
        PROSE.session == session, PROSE.seq.in_(wanted), PROSE.pointer.like(pointers)
    )
    return {(seq, pointer): text_of(words, language) for seq, pointer, words, language in connection.execute(query)}


def erased_at(connection: sa.Connection, session: SessionId, places: Iterable[Place]) -> dict[Place, Text]:
    """For each of these places at which a text once stood, that it is erased; its language is in the entry for ever."""
    asked = list(places)
    if not asked:
        return {}
    query = sa.select(EVENT.seq, EVENT.stored).where(
        EVENT.session == session, EVENT.seq.in_(padded({seq for seq, _ in asked}))
    )
    payloads = {seq: json.loads(stored)["payload"] for seq, stored in connection.execute(query)}
    found = ((place, _reference(payloads.get(place[0]), place[1])) for place in asked)
    return {place: text_of(None, reference["language"]) for place, reference in found if reference}


def complete(
    connection: sa.Connection, session: SessionId, texts: dict[Place, Text], places: Iterable[Place]
) -> dict[Place, Text]:
    """The texts together with those of `places` that have been erased."""
    return texts | erased_at(connection, session, [place for place in places if place not in texts])


def _reference(payload: Any, pointer: str) -> dict[str, str] | None:
    for token in pointer.split("/")[1:]:
        if payload is None:
            return None
        payload = payload[int(token)] if isinstance(payload, list) else payload.get(token)
    return payload
