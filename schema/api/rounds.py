"""Rounds read from their entries: candidates in their present order, with their words, sources, rankings and answers.

Why from the entries: a round is proposed once, and only who ranks, answers and takes leaves rows of its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from polylogue import events
from polylogue.record import envelope
from polylogue.vocabulary import (
    ClauseForm,
    DraftId,
    ItemId,
    SessionId,
)
from schema import tables
from schema.api.candidates import (
    Candidate,
    CandidateClause,
    CandidateSource,
    CandidateStance,
    PredictedStance,
    Ranking,
    Round,
)
from schema.api.rows import EVENT, PROSE, Place, among, by, complete, texts_at
from schema.api.selection import Selection
from schema.api.standpoint import Reader
from schema.api.values import LanguageVersion, Text, text_of
from schema.api.wordings import WORDING, Versions, versions_of
from schema.columns import columns
from schema.lists import padded

ROUND, RANKING, ANSWER = columns(tables.Round), columns(tables.Ranking), columns(tables.Answer)


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
                brackets=list(w.brackets),
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
