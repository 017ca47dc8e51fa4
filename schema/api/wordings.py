"""Wordings with their language versions, by what they are of and its revision.

Why by themselves: a clause, an alternative, an amendment and a draft all have them, and are read in the same way.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from polylogue.vocabulary import LanguageStatus, LanguageTag
from schema import tables
from schema.api.rows import PROSE, by
from schema.api.values import LanguageVersion
from schema.columns import columns

WORDING = columns(tables.Wording)

Versions = dict[tuple[str, int], list[LanguageVersion]]
"""Wordings by what they are of and its revision."""


def versions_of(connection: sa.Connection, wordings: sa.FromClause, *conditions: Any) -> Versions:
    """Wordings by what they are of and its revision; the first version is the one that is never stale."""
    there = sa.and_(PROSE.session == WORDING.session, PROSE.seq == WORDING.seq, PROSE.pointer == WORDING.pointer)
    query = sa.select(*WORDING, PROSE.text).select_from(wordings.outerjoin(PROSE.text.table, there)).where(*conditions)
    found: Versions = defaultdict(list)
    for row in by(connection.execute(query), "ordinal"):
        found[row.of, row.revision].append(
            LanguageVersion(
                language=row.language,
                status=row.status,
                text=row.text,
                erased=row.text is None,
                stale=row.stale,
                revision=row.fits,
            )
        )
    return found


def with_missing(versions: list[LanguageVersion], languages: Iterable[LanguageTag]) -> list[LanguageVersion]:
    """The versions of a clause, and behind them, as MISSING, the languages of the session that it does not have."""
    there = {version.language for version in versions}
    missing = (tag for tag in languages if tag not in there)
    return [
        *versions,
        *(LanguageVersion(language=tag, status=LanguageStatus.MISSING, text=None, erased=False) for tag in missing),
    ]
