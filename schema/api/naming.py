"""Titles and names in all their languages, by what they are of: a session, an item, a delegation by its code."""

from collections import defaultdict

import sqlalchemy as sa

from polylogue.vocabulary import SessionId
from schema import tables
from schema.api.rows import PROSE
from schema.api.values import Text, text_of
from schema.columns import columns

NAMING = columns(tables.Naming)


def load_names(connection: sa.Connection, session: SessionId, of: str | None = None) -> dict[str, list[Text]]:
    """Those of one thing (null: of all in the session), in the order in which they were given."""
    there = sa.and_(PROSE.session == NAMING.session, PROSE.seq == NAMING.seq, PROSE.pointer == NAMING.pointer)
    query = (
        sa.select(NAMING.of, NAMING.language, PROSE.text)
        .outerjoin_from(NAMING.of.table, PROSE.text.table, there)
        .where(NAMING.session == session, sa.true() if of is None else NAMING.of == of)
        .order_by(NAMING.ordinal)
    )
    found: dict[str, list[Text]] = defaultdict(list)
    for named, language, words in connection.execute(query):
        found[named].append(text_of(words, language))
    return found
