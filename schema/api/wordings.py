"""Wordings with their language versions, by what they are of and its revision.

Why by themselves: a clause, an alternative, an amendment and a draft all have them, and are read in the same way.
"""

from collections import defaultdict
from typing import Any

import sqlalchemy as sa

from schema import tables
from schema.api.rows import PROSE, by, columns
from schema.api.values import LanguageVersion

WORDING = columns(tables.Wording)

Versions = dict[tuple[str, int], list[LanguageVersion]]
"""Wordings by what they are of and its revision."""


def versions_of(connection: sa.Connection, wordings: sa.FromClause, *conditions: Any) -> Versions:
    """Wordings by what they are of and its revision, authentic ones first, then by language."""
    there = sa.and_(PROSE.session == WORDING.session, PROSE.seq == WORDING.seq, PROSE.pointer == WORDING.pointer)
    query = (
        sa.select(WORDING.of, WORDING.revision, WORDING.language, WORDING.status, PROSE.text)
        .select_from(wordings.outerjoin(PROSE.text.table, there))
        .where(*conditions)
    )
    found: Versions = defaultdict(list)
    for of, revision, language, status, words in by(connection.execute(query), "status", "language"):
        found[of, revision].append(LanguageVersion(language=language, status=status, text=words, erased=words is None))
    return found
