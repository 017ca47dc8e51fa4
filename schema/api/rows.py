"""Rows as the API reads them: tables by their columns, free texts by their place in the record.

Why Core and not objects: a board is hundreds of rows, and as plain tuples they cost a third of what mapped objects do.
"""

import json
from collections import Counter
from collections.abc import Iterable
from operator import attrgetter
from typing import Any

import sqlalchemy as sa

from polylogue.occasion import Actor
from polylogue.vocabulary import Role, SessionId
from schema import tables
from schema.api.values import Text, text_of
from schema.columns import columns
from schema.lists import padded

Place = tuple[int, str]
"""Where a text stands: the entry's seq, and the RFC 6901 pointer in its payload."""


_REFERENCE = b'{"c":"'
"""How a free text begins in an entry's bytes (docs/record.md); inside a text the quotation marks would be escaped."""

_ENTERED = b'"enteredBy":{'
"""How it is said in an entry's bytes that somebody else than the delegation made it."""

EVENT, PROSE = columns(tables.Event), columns(tables.Prose)


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


def entered_by(connection: sa.Connection, session: SessionId, seqs: Iterable[int]) -> dict[int, Actor]:
    """Who made these entries for a delegation, where that was somebody else."""
    wanted = padded(set(seqs))
    if not wanted:
        return {}
    query = sa.select(EVENT.seq, EVENT.stored).where(EVENT.session == session, EVENT.seq.in_(wanted))
    found = {seq: stored for seq, stored in connection.execute(query) if _ENTERED in stored}
    said = {seq: json.loads(stored)["enteredBy"] for seq, stored in found.items()}
    return {seq: Actor(each["person"], Role(each["role"])) for seq, each in said.items()}


def complete(
    connection: sa.Connection, session: SessionId, texts: dict[Place, Text], places: Iterable[Place]
) -> dict[Place, Text]:
    """The texts together with those of `places` at which one stood that has been erased since.

    Its language is in the entry for ever. A place of a list stands for all in it; one at which nothing was ever said
    is not in the answer.
    """
    missing = [place for place in places if place not in texts]
    if not missing:
        return texts
    query = sa.select(EVENT.seq, EVENT.stored).where(
        EVENT.session == session, EVENT.seq.in_(padded({seq for seq, _ in missing}))
    )
    there = Counter(seq for seq, _ in texts)
    payloads = {
        seq: json.loads(stored)["payload"]
        for seq, stored in connection.execute(query)
        if stored.count(_REFERENCE) > there[seq]  # else all its texts are there: most entries need not be taken apart
    }
    erased = {
        (seq, at): text_of(None, language)
        for seq, pointer in missing
        for at, language in _languages(payloads.get(seq), pointer)
    }
    return erased | texts


def _languages(payload: Any, pointer: str) -> list[tuple[str, str]]:
    """Where in a payload a text stands or stood, at a pointer or in the list there, and its language."""
    for token in pointer.split("/")[1:]:
        if payload is None:
            return []
        payload = payload[int(token)] if isinstance(payload, list) else payload.get(token)
    if isinstance(payload, list):
        return [(f"{pointer}/{place}", reference["language"]) for place, reference in enumerate(payload)]
    return [(pointer, payload["language"])] if payload else []
