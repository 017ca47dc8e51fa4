"""Free texts beside the record: salted and set aside when an entry is written, looked up when a rule needs the words.

Why beside it: the record holds only a commitment, so a text can be erased while every hash still holds
(docs/record.md, prose).
"""

import os
from collections.abc import Callable, Collection, Mapping
from typing import Any

import sqlalchemy as sa

from ledger.canonical import canonical
from polylogue.record.prose import SALT_BYTES, Said, commitment, field_of
from polylogue.vocabulary import Seq, SessionId
from schema.lists import padded
from schema.tables import Prose

Place = tuple[str, int, str]
"""Session, seq and pointer of a text."""

Rows = dict[Place, dict[str, Any]]

PROSE = Prose.metadata.tables["prose"]
_row = PROSE.c
_SEVERAL = sa.select(_row.seq, _row.pointer, _row.text).where(
    _row.session == sa.bindparam("session"), _row.seq.in_(sa.bindparam("seqs", expanding=True))
)
_WORDS = sa.select(_row.text).where(
    _row.session == sa.bindparam("session"), _row.seq == sa.bindparam("seq"), _row.pointer == sa.bindparam("pointer")
)


def sealing(session: SessionId, seq: Seq, rows: Rows) -> Callable[[str, Said], str]:
    """A seal for the texts of one entry: draws a salt, sets the text aside in `rows`, answers the commitment."""

    def seal(pointer: str, said: Said) -> str:
        salt = os.urandom(SALT_BYTES)
        rows[session, seq, pointer] = {
            "session": session,
            "seq": seq,
            "pointer": pointer,
            "language": said.language,
            "text": said.words,
            "salt": salt,
        }
        return commitment(salt, field_of(pointer), said.language, said.words, canonical=canonical)

    return seal


def words(
    connection: sa.Connection, session: SessionId, waiting: Mapping[Place, Mapping[str, Any]]
) -> Callable[[Seq, str], str | None]:
    """A look-up of the text at a place of the session's record, null if erased; `waiting` are rows not written yet."""

    def look_up(seq: Seq, pointer: str) -> str | None:
        if row := waiting.get((session, seq, pointer)):
            return row["text"]
        place = {"session": session, "seq": seq, "pointer": pointer}
        return connection.execute(_WORDS, place).scalar_one_or_none()

    return look_up


def several(
    connection: sa.Connection, session: SessionId, waiting: Mapping[Place, Mapping[str, Any]]
) -> Callable[[Collection[tuple[Seq, str]]], dict[tuple[Seq, str], str]]:
    """A look-up of the texts at many places by one statement, without those erased; `waiting` as in `words`."""

    def look_up(places: Collection[tuple[Seq, str]]) -> dict[tuple[Seq, str], str]:
        found = {(seq, at): waiting[session, seq, at]["text"] for seq, at in places if (session, seq, at) in waiting}
        if left := set(places) - found.keys():
            given = {"session": session, "seqs": padded(sorted({seq for seq, _ in left}))}
            rows = connection.execute(_SEVERAL, given)
            found |= {place: row.text for row in rows if (place := (row.seq, row.pointer)) in left}
        return found

    return look_up
