"""What the wordings of clauses in brackets say, and what was answered in rounds to these words, read from the rows.

Why the words: who objects to a wording objects to every one with the same words, and rows do not tell which have them.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from polylogue.convergence.alike import Answers, Given, newest, saying
from polylogue.events import CandidatesProposed
from polylogue.procedure.answers import text_at
from polylogue.record import envelope
from polylogue.vocabulary import AlternativeId, ItemId, ProvisionId, Seq, SessionId
from schema import tables
from schema.api.rows import EVENT, among, texts_at
from schema.api.wordings import WORDING, versions_of
from schema.columns import columns
from schema.lists import padded

ROUND, ANSWER = columns(tables.Round), columns(tables.Answer)


class Bracketed(NamedTuple):
    """A clause in brackets: its present revision, and its open alternatives in the order of the bracket."""

    id: ProvisionId
    revision: int
    alternatives: Sequence[AlternativeId]


def load_says(
    connection: sa.Connection, session: SessionId, clauses: Sequence[Bracketed]
) -> dict[ProvisionId, dict[AlternativeId | None, Hashable]]:
    """What each wording of these clauses says in its first language, the present text first; not what was erased."""
    ids = {id for clause in clauses for id in (clause.id, *clause.alternatives)}
    mine = (WORDING.session == session, WORDING.ordinal == 0, among(WORDING.of, ids))
    versions = versions_of(connection, WORDING.of.table, *mine) if ids else {}
    found: dict[ProvisionId, dict[AlternativeId | None, Hashable]] = {}
    for clause in clauses:
        of: dict[AlternativeId | None, tuple[str, int]] = {None: (clause.id, clause.revision)}
        of |= {id: (id, 1) for id in clause.alternatives}
        first = {id: version for id, key in of.items() for version in versions.get(key, ())}
        found[clause.id] = {id: saying(v.language, v.text) for id, v in first.items() if v.text is not None}
    return found


def load_answers(
    connection: sa.Connection, session: SessionId, items: Iterable[ItemId]
) -> tuple[Answers, Sequence[Any]]:
    """What was answered in the rounds on these items, and the rows of it."""
    both = sa.and_(ROUND.session == ANSWER.session, ROUND.draft == ANSWER.draft)
    query = (
        sa.select(*ANSWER, ROUND.seq.label("round"))
        .select_from(ANSWER.seat.table.join(ROUND.seq.table, both))
        .where(ANSWER.session == session, among(ROUND.item, items))
    )
    rows: Sequence[Any] = connection.execute(query).all()
    proposed = _proposed(connection, session, {row.round for row in rows})
    texts = texts_at(connection, session, proposed, "/wordings/%/text")
    given: list[Given] = []
    for row in rows:
        text = texts.get((row.round, text_at(row.wording)))
        if text and text.text is not None:
            provision = proposed[row.round].wordings[row.wording].provision
            given.append(Given(provision, saying(text.language, text.text), row.seat, row))
    return newest(given), rows


def _proposed(connection: sa.Connection, session: SessionId, rounds: set[Seq]) -> Mapping[Seq, CandidatesProposed]:
    if not rounds:
        return {}
    query = sa.select(EVENT.seq, EVENT.stored).where(EVENT.session == session, EVENT.seq.in_(padded(rounds)))
    events = {Seq(seq): envelope.read(stored).event for seq, stored in connection.execute(query)}
    return {seq: event for seq, event in events.items() if isinstance(event, CandidatesProposed)}
