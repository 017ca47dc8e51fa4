"""Where the words of a text come from: each sentence with the wordings, amendments and positions that it rests on.

Why looked for in the words: a clause that was merged, split and closed has many origins, and no entry names them all.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from polylogue import events
from polylogue.drafting.provenance import Sources, support
from polylogue.record import envelope
from polylogue.vocabulary import (
    AlternativeId,
    AmendmentId,
    ItemId,
    LanguageTag,
    PositionId,
    ProvisionId,
    SeatCode,
    Seq,
    SessionId,
)
from schema import tables
from schema.api.rows import EVENT, PROSE, among
from schema.api.values import shown
from schema.api.wordings import WORDING
from schema.columns import columns
from schema.lists import padded

PROVISION, ALTERNATIVE, AMENDMENT, DRAFT = (
    columns(tables.Provision),
    columns(tables.Alternative),
    columns(tables.Amendment),
    columns(tables.Draft),
)
POSITION, REVISION = columns(tables.Position), columns(tables.PositionRevision)


@shown
class SentenceSource:
    """Something that was put forward by a seat (null: by the chair) in the entry `seq`: a clause's first wording, an
    alternative, an amendment in its edition `revision`, or a position in its `revision`. What a draft or candidate has
    made of such words is none.
    """

    seat: SeatCode | None
    seq: Seq
    provision: ProvisionId | None = None
    alternative: AlternativeId | None = None
    amendment: AmendmentId | None = None
    position: PositionId | None = None
    revision: int | None = None


@shown
class TracedSentence:
    """A sentence as it stands in a wording, and the sources of its words, the one that has most of them first. It is
    not `supported` when words in it, or the way they are put together, stand in none.
    """

    text: str
    sources: list[SentenceSource]
    supported: bool


@dataclass(slots=True)
class Traced:
    """All that was put forward on an item, by language; what was erased is no source any more."""

    texts: dict[str, list[tuple[SentenceSource, str]]] = field(
        default_factory=dict[str, list[tuple[SentenceSource, str]]]
    )
    _ready: dict[str, Sources[int]] = field(default_factory=dict[str, Sources[int]])

    def trace(self, text: str, language: LanguageTag) -> list[TracedSentence]:
        """The sentences of a text; all text is in one of them."""
        known = self.texts.get(language, [])
        if language not in self._ready:
            self._ready[language] = Sources({number: words for number, (_, words) in enumerate(known)}, language)
        return [
            TracedSentence(
                text=sentence.text,
                sources=[known[number][0] for number in sentence.sources],
                supported=not sentence.faults,
            )
            for sentence in support(text, self._ready[language], language)
        ]


def load_sources(connection: sa.Connection, session: SessionId, items: Iterable[ItemId] | None) -> dict[ItemId, Traced]:
    """Sources by item: wordings, alternatives and amendments as they came, then positions as they came."""
    found: dict[ItemId, Traced] = {}
    for rows in (_worded(connection, session, items), _positions(connection, session, items)):
        for item, language, text, source in sorted(rows, key=lambda found: found[3].seq):
            found.setdefault(item, Traced()).texts.setdefault(language, []).append((source, text))
    return found


_Row = tuple[ItemId, str, str, SentenceSource]


def _worded(connection: sa.Connection, session: SessionId, items: Iterable[ItemId] | None) -> list[_Row]:
    """First wordings of clauses, alternatives, and amendments in all their editions."""
    there = sa.and_(PROSE.session == WORDING.session, PROSE.seq == WORDING.seq, PROSE.pointer == WORDING.pointer)
    words = sa.join(WORDING.of.table, PROSE.text.table, there)
    owned = among(PROVISION.item, items)
    clause = sa.and_(PROVISION.session == WORDING.session, PROVISION.id == WORDING.of, WORDING.revision == 1)
    other = sa.and_(ALTERNATIVE.session == WORDING.session, ALTERNATIVE.id == WORDING.of)
    of_clause = sa.and_(PROVISION.session == ALTERNATIVE.session, PROVISION.id == ALTERNATIVE.provision)
    amended = sa.and_(AMENDMENT.session == WORDING.session, AMENDMENT.id == WORDING.of)
    said = (WORDING.language, PROSE.text, WORDING.seq, WORDING.pointer, WORDING.of, WORDING.revision)
    found: list[_Row] = []
    drafted = _drafted(connection, session, items)

    def add(name: str, query: Any) -> None:
        rows = connection.execute(query.where(WORDING.session == session)).all()
        others = {(row.seq, row.pointer) for row in rows if row.amends}
        for row in rows:
            if row.amends is None and (row.seq, row.pointer) in others:
                continue  # the words of an amendment to this one, which was accepted: whose they are stands there
            seat = row.seat or drafted.get((row.seq, row.of))
            if seat is None and (name == "alternative" or (row.seq, row.of) in drafted):
                continue  # nobody's; or words that stood in the text before, which are found there
            named: dict[str, Any] = {name: row.of} | ({"revision": row.revision} if name == "amendment" else {})
            source = SentenceSource(seat=seat, seq=row.seq, **named)
            found.append((row.item, row.language, row.text, source))

    add(
        "provision",
        sa.select(PROVISION.item, PROVISION.sponsor.label("seat"), sa.null().label("amends"), *said)
        .select_from(words.join(PROVISION.id.table, clause))
        .where(owned),
    )
    add(
        "alternative",
        sa.select(PROVISION.item, ALTERNATIVE.seat, sa.null().label("amends"), *said)
        .select_from(words.join(ALTERNATIVE.id.table, other).join(PROVISION.id.table, of_clause))
        .where(owned),
    )
    add(
        "amendment",
        sa.select(AMENDMENT.item, AMENDMENT.seat, AMENDMENT.amends, *said)
        .select_from(words.join(AMENDMENT.id.table, amended))
        .where(among(AMENDMENT.item, items)),
    )
    return found


def _drafted(
    connection: sa.Connection, session: SessionId, items: Iterable[ItemId] | None
) -> dict[tuple[Seq, str], SeatCode | None]:
    """The clauses that drafts have brought, by entry and id, and the delegation whose own words they are."""
    seqs = connection.execute(sa.select(DRAFT.seq).where(DRAFT.session == session, among(DRAFT.item, items))).scalars()
    query = sa.select(EVENT.seq, EVENT.stored).where(EVENT.session == session, EVENT.seq.in_(padded(list(seqs))))
    found: dict[tuple[Seq, str], SeatCode | None] = {}
    for seq, stored in connection.execute(query):
        event = envelope.read(stored).event
        for clause in event.clauses if isinstance(event, events.DraftTabled) else ():
            if clause.versions:
                own = (source.seat for source in clause.sources if not source.drawn)
                found[Seq(seq), clause.id] = next(filter(None, own), None)
    return found


def _positions(connection: sa.Connection, session: SessionId, items: Iterable[ItemId] | None) -> list[_Row]:
    """Positions in all their revisions and languages; interests are nobody's source."""
    there = sa.and_(PROSE.session == REVISION.session, PROSE.seq == REVISION.seq)
    mine = sa.and_(POSITION.session == REVISION.session, POSITION.id == REVISION.position)
    query = (
        sa.select(
            POSITION.item, POSITION.seat, POSITION.id, REVISION.revision, REVISION.seq, PROSE.language, PROSE.text
        )
        .select_from(REVISION.position.table.join(POSITION.id.table, mine).join(PROSE.text.table, there))
        .where(
            REVISION.session == session,
            among(POSITION.item, items),
            sa.or_(
                PROSE.pointer == REVISION.pointer + "/text", PROSE.pointer.like(REVISION.pointer + "/translations/%")
            ),
        )
    )
    return [
        (
            row.item,
            row.language,
            row.text,
            SentenceSource(seat=row.seat, seq=row.seq, position=row.id, revision=row.revision),
        )
        for row in connection.execute(query)
    ]
