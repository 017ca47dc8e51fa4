"""Rounds of candidates: what is proposed for a text, how far each seat is expected to go with it, and how it answers.

Why a seat's predictions are not for everybody: they are figures about one delegation, which nobody has said
(docs/drafting.md, rounds); counts over all seats are.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from strawberry import Private

from polylogue import events
from polylogue.record import envelope
from polylogue.vocabulary import (
    AlternativeId,
    CandidateId,
    ClauseForm,
    DraftId,
    DraftStop,
    Instant,
    ItemId,
    PredictionBasis,
    ProvisionId,
    RequestId,
    SeatCode,
    Seq,
    SessionId,
    SourceKind,
    StanceLevel,
)
from schema import tables
from schema.api.rows import EVENT, PROSE, Place, among, by, columns, complete, texts_at
from schema.api.selection import Selection
from schema.api.standpoint import Reader
from schema.api.values import NOT_ASKED, LanguageVersion, Text, shown, text_of
from schema.api.wordings import WORDING, Versions, versions_of
from schema.lists import padded

ROUND, RANKING, ANSWER = columns(tables.Round), columns(tables.Ranking), columns(tables.Answer)


@shown
class CandidateSource:
    """Where a candidate's words come from: a wording, what a seat said would remove its objection, or an answer, in the
    entry `seq`; or the `seat` named. `erased`: those words have been erased since.
    """

    kind: SourceKind
    seat: SeatCode | None
    alternative: AlternativeId | None
    seq: Seq | None
    erased: bool


@shown
class PredictedStance:
    """How far a seat is expected to go with a wording, `figure` on the scale from 0 to 4, and what that rests on. It is
    for the seat itself, the chair and facilitators; what a seat has stated is among its stances.
    """

    seat: SeatCode
    level: StanceLevel
    figure: str
    basis: PredictionBasis
    nearest: AlternativeId | None
    candidates: Private[tuple[int, ...]] = ()


@shown
class CandidateStance:
    """What a seat has answered to a wording that only candidates have; of one on the table it is among its stances."""

    seat: SeatCode
    level: StanceLevel
    importance: int
    seq: Seq
    at: Instant
    reason: Text | None
    would_be_removed_by: Text | None


@shown
class CandidateClause:
    """What a candidate does with a clause as it stood at `revision`; left out, it has no versions. `objected` are seats
    that had said OBJECT to it when it was proposed, `expectedObjections` how many more were expected to.
    `inputErased`: a text that it was made of has been erased.
    """

    provision: ProvisionId
    revision: int
    form: ClauseForm
    alternative: AlternativeId | None
    seats: list[SeatCode]
    versions: list[LanguageVersion]
    sources: list[CandidateSource]
    input_erased: bool
    objected: list[SeatCode]
    expected_objections: int
    predictions: list[PredictedStance] = NOT_ASKED
    answers: list[CandidateStance] = NOT_ASKED


@shown
class Candidate:
    """A text that a round proposes. `number` names it in the round, `place` is where it stands now, 1 the best. The
    status quo is no text at all; `present` is the text as it stands. `lowest` and `mean` are exact fractions.
    """

    id: CandidateId
    number: int
    place: int
    status_quo: bool
    present: bool
    objections: int
    expected_objections: int
    lowest: str
    mean: str
    words: int
    explanation: Text | None = None
    clauses: list[CandidateClause] = NOT_ASKED


@shown
class Ranking:
    """How a seat has ranked the candidates, best first, those of one group tied."""

    seat: SeatCode
    seq: Seq
    at: Instant
    groups: list[list[CandidateId]]


@shown
class Round:
    """A round of candidates for the text of a draft, made from the record up to `basis`; candidates in their order now.

    `stop` says why no further round is held until something changes. `taken` is the candidate that became the text.
    """

    number: int
    draft: DraftId
    request: RequestId
    seq: Seq
    at: Instant
    basis: Seq
    members: list[SeatCode]
    winner: CandidateId
    stop: DraftStop | None
    taken: CandidateId | None
    taken_seq: Seq | None
    choice: events.Choice
    candidates: list[Candidate] = NOT_ASKED
    rankings: list[Ranking] = NOT_ASKED


@dataclass(frozen=True, slots=True)
class _Desk:
    """The rounds that are loaded: their rows and entries, and in whose eyes."""

    connection: sa.Connection
    session: SessionId
    rows: list[Any]
    entries: Mapping[int, Any]
    asked: Selection
    reader: Reader

    def of_drafts(self, owner: Any) -> list[Any]:
        drafts = padded([row.draft for row in self.rows])
        query = sa.select(*owner).where(owner.session == self.session, owner.draft.in_(drafts))
        return by(self.connection.execute(query), "draft", "seat")


def load_rounds(
    connection: sa.Connection,
    session: SessionId,
    items: Iterable[ItemId] | None,
    asked: Selection,
    reader: Reader,
    *,
    newest: bool = False,
) -> dict[ItemId, list[Round]]:
    """Rounds by item in the order of their numbers, or the newest of each only."""
    query = sa.select(*ROUND).where(ROUND.session == session, among(ROUND.item, items)).order_by(ROUND.number)
    rows = list(connection.execute(query))
    if newest:
        rows = list({row.item: row for row in rows}.values())
    if not rows:
        return {}
    wanted = {seq for row in rows for seq in (row.seq, row.choice_seq)}
    desk = _Desk(connection, session, rows, _events(connection, session, wanted), asked, reader)
    candidates = _candidates(desk) if "candidates" in asked else {}
    rankings = _rankings(desk) if "rankings" in asked else {}
    found: dict[ItemId, list[Round]] = defaultdict(list)
    for row in rows:
        proposed = desk.entries[row.seq]
        found[row.item].append(
            Round(
                number=row.number,
                draft=row.draft,
                request=row.request,
                seq=row.seq,
                at=row.at,
                basis=proposed.basis,
                members=list(proposed.members),
                winner=row.winner,
                stop=row.stop,
                taken=row.taken,
                taken_seq=row.taken_seq,
                choice=desk.entries[row.choice_seq].choice,
                candidates=candidates.get(row.draft, []),
                rankings=rankings.get(row.draft, []),
            )
        )
    return found


def _events(connection: sa.Connection, session: SessionId, seqs: Iterable[int]) -> dict[int, Any]:
    query = sa.select(EVENT.seq, EVENT.stored).where(EVENT.session == session, EVENT.seq.in_(padded(set(seqs))))
    return {seq: envelope.read(stored).event for seq, stored in connection.execute(query)}


def _rankings(desk: _Desk) -> dict[DraftId, list[Ranking]]:
    rows = desk.of_drafts(RANKING)
    said = _events(desk.connection, desk.session, [row.seq for row in rows])
    proposed = {row.draft: desk.entries[row.seq].candidates for row in desk.rows}
    found: dict[DraftId, list[Ranking]] = defaultdict(list)
    for row in rows:
        names = proposed[row.draft]
        groups = [[names[number - 1].id for number in group] for group in said[row.seq].ballot]
        found[row.draft].append(Ranking(seat=row.seat, seq=row.seq, at=row.at, groups=groups))
    return found


def _candidates(desk: _Desk) -> dict[DraftId, list[Candidate]]:
    """The candidates of each round, best first as it stands now."""
    asked = desk.asked.below("candidates")
    seqs = [row.seq for row in desk.rows]
    texts = texts_at(desk.connection, desk.session, seqs) if asked.any("explanation", "clauses") else {}
    clauses = _clauses(desk, texts) if "clauses" in asked else {}
    found: dict[DraftId, list[Candidate]] = {}
    for row in desk.rows:
        listed = desk.entries[row.seq].candidates
        order = desk.entries[row.choice_seq].choice.order
        found[row.draft] = [
            _candidate(row, listed[number - 1], number, place, texts, clauses) for place, number in enumerate(order, 1)
        ]
    return found


def _candidate(
    row: Any,
    proposed: events.Candidate,
    number: int,
    place: int,
    texts: Mapping[Place, Text],
    clauses: Mapping[DraftId, list[CandidateClause]],
) -> Candidate:
    said = texts.get((row.seq, f"/candidates/{number - 1}/explanation"))
    return Candidate(
        id=proposed.id,
        number=number,
        place=place,
        status_quo=proposed.status_quo,
        present=proposed.present,
        objections=proposed.objections,
        expected_objections=proposed.expected_objections,
        lowest=proposed.lowest,
        mean=proposed.mean,
        words=proposed.words,
        explanation=said or text_of(None, proposed.explanation.language),
        clauses=[
            _in_candidate(clauses[row.draft][wording], number, against)
            for wording, against in zip(proposed.wordings, proposed.expected_against, strict=True)
        ]
        if clauses
        else [],
    )


def _in_candidate(clause: CandidateClause, number: int, against: int) -> CandidateClause:
    """The clause as this candidate has it: some stances wait for what it does with another clause."""
    mine = [p for p in clause.predictions or () if not p.candidates or number in p.candidates]
    return replace(clause, expected_objections=against, predictions=mine)


def _clauses(desk: _Desk, texts: Mapping[Place, Text]) -> dict[DraftId, list[CandidateClause]]:
    """What the candidates of each round do with clauses, by its place in the round."""
    asked = desk.asked.below("candidates").below("clauses")
    wordings = [(row, place, w) for row in desk.rows for place, w in enumerate(desk.entries[row.seq].wordings)]
    before = _before(desk, [w for _, _, w in wordings]) if "versions" in asked else {}
    there = _there(desk, [w for _, _, w in wordings]) if asked.any("sources", "inputErased") else frozenset()
    predictions = _predictions(desk) if "predictions" in asked else {}
    answers = _answers(desk, asked.below("answers")) if "answers" in asked else {}
    found: dict[DraftId, list[CandidateClause]] = defaultdict(list)
    for row, place, w in wordings:
        sources = [
            CandidateSource(
                kind=s.kind,
                seat=s.seat,
                alternative=s.alternative,
                seq=s.seq,
                erased=s.seq is not None and (s.seq, s.pointer) not in there,
            )
            for s in w.sources
        ]
        found[row.draft].append(
            CandidateClause(
                provision=w.provision,
                revision=w.revision,
                form=w.form,
                alternative=w.alternative,
                seats=list(w.seats),
                versions=_versions(row.seq, place, w, texts, before),
                sources=sources,
                input_erased=any(source.erased for source in sources),
                objected=list(w.objected),
                expected_objections=0,
                predictions=predictions.get((row.draft, place), []),
                answers=answers.get((row.draft, place), []),
            )
        )
    return found


def _versions(
    seq: int, place: int, w: events.CandidateWording, texts: Mapping[Place, Text], before: Versions
) -> list[LanguageVersion]:
    if w.alternative:
        return before.get((w.alternative, 1), [])
    if w.form is ClauseForm.PRESENT:
        return before.get((w.provision, w.revision), [])
    said = [(v, texts.get((seq, f"/wordings/{place}/versions/{i}/text"))) for i, v in enumerate(w.versions)]
    return [
        LanguageVersion(language=v.language, status=v.status, text=text and text.text, erased=text is None)
        for v, text in said
    ]


def _before(desk: _Desk, wordings: list[events.CandidateWording]) -> Versions:
    """The words of present texts and alternatives."""
    named = {w.alternative or w.provision for w in wordings if not w.versions}
    return versions_of(desk.connection, WORDING.of.table, WORDING.session == desk.session, among(WORDING.of, named))


def _there(desk: _Desk, wordings: list[events.CandidateWording]) -> frozenset[tuple[int, str]]:
    """The places of sources at which there still is a text."""
    seqs = {s.seq for w in wordings for s in w.sources if s.seq is not None}
    if not seqs:
        return frozenset()
    query = sa.select(PROSE.seq, PROSE.pointer).where(
        PROSE.session == desk.session, PROSE.seq.in_(padded(sorted(seqs)))
    )
    return frozenset((seq, pointer) for seq, pointer in desk.connection.execute(query))


def _predictions(desk: _Desk) -> dict[tuple[DraftId, int], list[PredictedStance]]:
    """What is predicted of the seats that the reader may see, by draft and wording, in the order of the seats."""
    behind = {
        row.seq + i: (row.draft, seat)
        for row in desk.rows
        for i, seat in enumerate(desk.entries[row.seq].members, 1)
        if desk.reader.may_see(seat)
    }
    found: dict[tuple[DraftId, int], list[PredictedStance]] = defaultdict(list)
    for seq, event in sorted(_events(desk.connection, desk.session, behind).items()):
        draft, seat = behind[seq]
        for p in event.predictions:
            found[draft, p.wording].append(
                PredictedStance(
                    seat=seat,
                    level=p.level,
                    figure=p.figure,
                    basis=p.basis,
                    nearest=p.nearest,
                    candidates=p.candidates,
                )
            )
    return found


def _answers(desk: _Desk, asked: Selection) -> dict[tuple[DraftId, int], list[CandidateStance]]:
    rows = desk.of_drafts(ANSWER)
    texts: dict[Place, Text] = {}
    if asked.any("reason", "wouldBeRemovedBy"):
        texts = texts_at(desk.connection, desk.session, {row.seq for row in rows}, "/stances/%")
        places = ((row.seq, f"/stances/{row.place}/{name}") for row in rows for name in ("reason", "wouldBeRemovedBy"))
        texts = complete(desk.connection, desk.session, texts, places)
    found: dict[tuple[DraftId, int], list[CandidateStance]] = defaultdict(list)
    for row in rows:
        found[row.draft, row.wording].append(
            CandidateStance(
                seat=row.seat,
                level=row.level,
                importance=row.importance,
                seq=row.seq,
                at=row.at,
                reason=texts.get((row.seq, f"/stances/{row.place}/reason")),
                would_be_removed_by=texts.get((row.seq, f"/stances/{row.place}/wouldBeRemovedBy")),
            )
        )
    return found
