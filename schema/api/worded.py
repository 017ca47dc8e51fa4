"""What a rolling text is made from, read from the rows: clauses in order, their open wordings, and who holds what.

Why not by the loaders of the board: the words are compared in one language, in the order in which the record has them,
and each needs the entry in which it stands.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from polylogue.record import envelope
from polylogue.vocabulary import AlternativeId, Instant, ItemId, LanguageTag, ProvisionState, SeatCode, Seq, SessionId
from schema import tables
from schema.api.attendance import load_eligible
from schema.api.bracket_acts import proposers
from schema.api.positions import Stance, Target, load_stances
from schema.api.rows import EVENT, PROSE, among, complete, texts_at
from schema.api.selection import Selection, together
from schema.api.texts import label
from schema.api.tracing import Traced, load_sources
from schema.api.values import BEFORE_ALL, Text
from schema.api.wordings import WORDING
from schema.columns import columns
from schema.lists import padded

PRESENT = ""
"""The key of the present text among the wordings of a clause."""

PROVISION, ALTERNATIVE, AMENDMENT = (
    columns(tables.Provision),
    columns(tables.Alternative),
    columns(tables.Amendment),
)


@dataclass(slots=True)
class Worded:
    """A wording of a clause with its words by language (null: erased), in the order of the record.

    Keys are in the order of the bracket, which ids are not. `seats` put it on the table; `seq` is the entry in which
    its words stand, and `reason` that of the amendment which brought it.
    """

    key: str
    id: AlternativeId | None
    label: str
    seats: list[SeatCode]
    amendment: str | None = None
    seq: Seq = BEFORE_ALL
    reason: Text | None = None
    words: dict[LanguageTag, str | None] = field(default_factory=dict[LanguageTag, str | None])
    stances: list[Stance] = field(default_factory=list[Stance])

    @property
    def readable(self) -> dict[LanguageTag, str]:
        return {language: text for language, text in self.words.items() if text is not None}


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause in the text: its row, its place from 1, and its open wordings, the present one first."""

    row: Any
    number: int
    wordings: list[Worded]


@dataclass(slots=True)
class Rolling:
    """An item's clauses, the seats whose stances count, when entries were made, and what sentences rest on."""

    clauses: list[Clause] = field(default_factory=list[Clause])
    members: frozenset[SeatCode] = frozenset()
    times: Mapping[int, Instant] = field(default_factory=dict[int, Instant])
    sources: Traced = field(default_factory=Traced)


def load_rolling(
    connection: sa.Connection, session: SessionId, items: Iterable[ItemId] | None, asked: Selection
) -> dict[ItemId, Rolling]:
    """What is asked of rolling texts, by item; an item without clauses is not in the answer."""
    query = (
        sa.select(*PROVISION)
        .where(
            PROVISION.session == session,
            among(PROVISION.item, items),
            PROVISION.state != ProvisionState.WITHDRAWN.value,
        )
        .order_by(PROVISION.item, PROVISION.ordinal)
    )
    rows = connection.execute(query).all()
    wordings = _wordings(connection, session, rows)
    clauses = asked.below("clauses")
    pieces = together(clauses.below("pieces"), clauses.below("options").below("pieces"))
    readings = pieces.below("readings")
    members: frozenset[SeatCode] = frozenset()
    backed = clauses.below("options", "pieces").below("pieces", "readings")
    if asked.any("text") or clauses.any("text", "pieces", "options") or "backers" in backed:
        members = frozenset(load_eligible(connection, session))
        _add_stances(connection, session, items, (rows, wordings), together(readings.below("stances"), _why(pieces)))
    if "reasons" in readings:
        _add_reasons(connection, session, wordings)
    seqs = {each.seq for held in wordings.values() for each in held}
    times = _times(connection, session, seqs) if "sinceAt" in pieces or "sinceAt" in readings else {}
    sources = load_sources(connection, session, items) if "sentences" in clauses else {}
    found: dict[ItemId, Rolling] = {}
    for row in rows:
        rolling = found.setdefault(row.item, Rolling([], members, times, sources.get(row.item, Traced())))
        rolling.clauses.append(Clause(row, len(rolling.clauses) + 1, wordings[row.id]))
    return found


def _why(pieces: Selection) -> Selection:
    """What is asked of the conditions of brackets; which they are is seen from two fields."""
    if "conditions" not in pieces:
        return Selection()
    return together(pieces.below("conditions"), Selection({"wouldBeRemovedBy": []}))


def _wordings(connection: sa.Connection, session: SessionId, rows: Iterable[Any]) -> dict[str, list[Worded]]:
    """The open wordings of clauses, by clause."""
    found = {row.id: [Worded(PRESENT, None, "", json.loads(row.authors))] for row in rows}
    owners = {row.id: (row.revision, found[row.id][0]) for row in rows}
    query = sa.select(*ALTERNATIVE).where(ALTERNATIVE.session == session, among(ALTERNATIVE.provision, found))
    alternatives = connection.execute(query.order_by(ALTERNATIVE.seq, ALTERNATIVE.id)).all()
    seats = proposers(alternatives)
    for row in sorted((row for row in alternatives if row.open), key=lambda row: (row.ordinal, row.seq)):
        held = found[row.provision]
        held.append(worded := Worded(f"{len(held):04}", row.id, label(row.ordinal), seats[row.id], row.amendment))
        owners[row.id] = 1, worded
    there = sa.and_(PROSE.session == WORDING.session, PROSE.seq == WORDING.seq, PROSE.pointer == WORDING.pointer)
    words = (
        sa.select(*WORDING, PROSE.text)
        .select_from(WORDING.of.table.outerjoin(PROSE.text.table, there))
        .where(WORDING.session == session, among(WORDING.of, owners))
    )
    for row in sorted(connection.execute(words), key=lambda row: row.ordinal):
        revision, worded = owners[row.of]
        if row.revision == revision and not row.stale:
            worded.words[LanguageTag(row.language)] = row.text
            worded.seq = worded.seq if row.ordinal else row.seq
    return found


def _add_stances(
    connection: sa.Connection,
    session: SessionId,
    items: Iterable[ItemId] | None,
    known: tuple[Iterable[Any], Mapping[str, list[Worded]]],
    asked: Selection,
) -> None:
    rows, wordings = known
    agreed: set[str] = set()
    if "conditionMet" in asked:
        query = sa.select(PROVISION.id).where(
            PROVISION.session == session, PROVISION.state == ProvisionState.AGREED.value
        )
        agreed.update(connection.execute(query).scalars())
    revisions = {row.id: row.revision for row in rows}
    stances = load_stances(connection, session, items, revisions, agreed, asked, None)
    for clause, held in wordings.items():
        for worded in held:
            target: Target = (clause, worded.id or PRESENT)
            worded.stances = stances.get(target, [])


def _add_reasons(connection: sa.Connection, session: SessionId, wordings: Mapping[str, list[Worded]]) -> None:
    """The reasons that were given with amendments which have become alternatives."""
    brought = {each.amendment: each for held in wordings.values() for each in held if each.amendment}
    query = sa.select(AMENDMENT.id, AMENDMENT.seq).where(
        AMENDMENT.session == session, AMENDMENT.has_reason == sa.true(), among(AMENDMENT.id, brought)
    )
    given = {seq: id for id, seq in connection.execute(query)}
    texts = texts_at(connection, session, given, "/reason")
    for (seq, _), text in complete(connection, session, texts, ((seq, "/reason") for seq in given)).items():
        brought[given[seq]].reason = text


def _times(connection: sa.Connection, session: SessionId, seqs: set[Seq]) -> dict[int, Instant]:
    query = sa.select(EVENT.seq, EVENT.stored).where(EVENT.session == session, EVENT.seq.in_(padded(seqs)))
    return {seq: envelope.read(stored).at for seq, stored in connection.execute(query)}
