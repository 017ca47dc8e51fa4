"""A round of candidates in a course: a model is asked, seats rank and answer, and one candidate is taken."""

from typing import Any

from polylogue import commands as c
from polylogue import events as e
from polylogue.vocabulary import (
    ClauseForm,
    ItemId,
    LanguageTag,
    PersonId,
    PredictionBasis,
    SeatCode,
    SourceKind,
    StanceLevel,
    WordingFault,
    WriterKind,
    WriterOutcome,
)

EN = LanguageTag("en")
WORKER = PersonId("worker")


def held(course: Any, item: ItemId, one: SeatCode, other: SeatCode) -> None:
    """A round on an item with one clause; `one` ranks the candidates, `other` answers one twice, and it is taken."""
    (clause,) = course.state.in_text(course.state.items[item])
    request = course.go(c.RequestDraft(item=item, candidates=4, writer=WriterKind.MODEL))[0].event.request
    lies = next(version for version in clause.wording if version.language == EN)
    said = course.prose[lies.seq, lies.pointer]["text"]
    expected = c.DraftedPrediction(seat=other, level=StanceLevel.OBJECT, figure="1/3", basis=PredictionBasis.SILENT)
    wordings = (
        c.DraftedWording(provision=clause.id, revision=1, form=ClauseForm.PRESENT, predictions=(expected,)),
        c.DraftedWording(
            provision=clause.id,
            revision=1,
            form=ClauseForm.WRITTEN,
            text=f"{said} {said}",
            language=EN,
            sources=(c.CandidateSource(kind=SourceKind.WORDING, seq=lies.seq, pointer=lies.pointer),),
        ),
        c.DraftedWording(provision=clause.id, revision=1, form=ClauseForm.OMITTED),
    )
    course.go(
        c.ProposeCandidates(
            item=item,
            request=request,
            basis=course.state.seq,
            clauses=(c.DraftedClause(provision=clause.id, revision=1),),
            wordings=wordings,
            candidates=(_text(0, present=True), _text(1), _text(2, status_quo=True)),
            ballots=(
                c.DraftedBallot(seat=one, groups=((1,), (2, 3))),
                c.DraftedBallot(seat=other, groups=((1, 2, 3),)),
            ),
            consultations=(
                c.Consultation(
                    provisions=(clause.id,),
                    outcome=WriterOutcome.ANSWERED,
                    model="model/1",
                    requests=2,
                    prompt="What would you write?",
                    reply="Twice, and 40 million.",
                    taken=1,
                    refused=(c.RefusedWording(provision=clause.id, fault=WordingFault.NUMBER, sentence="40 million."),),
                ),
                c.Consultation(provisions=(clause.id,), outcome=WriterOutcome.BUDGET_SPENT, model="model/1"),
            ),
        ),
        WORKER,
    )
    proposed = course.state.rounds[item][-1].proposed
    first, second, third = (candidate.id for candidate in proposed.candidates)
    course.go(c.RankCandidates(item=item, ranking=((second,), (first, third))), _of(one))
    for answer in (
        c.AnswerGiven(provision=clause.id, level=StanceLevel.OBJECT, reason="Twice?", would_be_removed_by="Once."),
        c.AnswerGiven(provision=clause.id, level=StanceLevel.ACCEPT),
    ):
        course.go(c.AnswerCandidate(candidate=second, answers=(answer,)), _of(other))
    (taken, *_) = course.go(c.TakeCandidate(candidate=second))
    assert isinstance(taken.event, e.CandidateTaken)


def _text(wording: int, **more: bool) -> c.DraftedCandidate:
    return c.DraftedCandidate(wordings=(wording,), explanation="Because.", lowest="1", mean="3/2", words=8, **more)


def _of(seat: SeatCode) -> PersonId:
    return PersonId(f"delegate of {seat}")
