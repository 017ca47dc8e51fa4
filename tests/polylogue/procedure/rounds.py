"""Rounds that tests ask for, propose and answer, of a scene's first item.

Why beside the tests: requests, rankings, answers and what is taken each need a round that is held already.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from polylogue import commands as c
from polylogue import events as e
from polylogue.vocabulary import (
    AlternativeId,
    CandidateId,
    ClauseForm,
    PredictionBasis,
    ProvisionId,
    SeatCode,
    SourceKind,
    StanceLevel,
)
from tests.scenes import EN, THREE, Scene, stance

KAZ, KGZ, UZB = THREE
OBJECT, SUPPORT, RESERVE = StanceLevel.OBJECT, StanceLevel.SUPPORT, StanceLevel.RESERVE
SILENT = PredictionBasis.SILENT


def predicted(seat: SeatCode, level: StanceLevel = RESERVE, **more: Any) -> c.DraftedPrediction:
    return c.DraftedPrediction(**({"seat": seat, "level": level, "figure": "3/2", "basis": SILENT} | more))


def present(clause: ProvisionId, *predictions: c.DraftedPrediction, revision: int = 1) -> c.DraftedWording:
    return c.DraftedWording(provision=clause, revision=revision, form=ClauseForm.PRESENT, predictions=predictions)


def alternative(clause: ProvisionId, id: AlternativeId, *, revision: int = 1) -> c.DraftedWording:
    return c.DraftedWording(provision=clause, revision=revision, form=ClauseForm.ALTERNATIVE, alternative=id)


def omitted(clause: ProvisionId, *predictions: c.DraftedPrediction, revision: int = 1) -> c.DraftedWording:
    return c.DraftedWording(provision=clause, revision=revision, form=ClauseForm.OMITTED, predictions=predictions)


def merged(
    scene: Scene, clause: ProvisionId, text: str, *predictions: c.DraftedPrediction, revision: int = 1
) -> c.DraftedWording:
    """New words, made of the clause's present text."""
    lies = scene.state.provisions[clause].wording[0]
    source = c.CandidateSource(kind=SourceKind.WORDING, seq=lies.seq, pointer=lies.pointer)
    return c.DraftedWording(
        provision=clause,
        revision=revision,
        form=ClauseForm.MERGED,
        text=text,
        language=EN,
        sources=(source,),
        predictions=predictions,
    )


def text(*wordings: int, **more: Any) -> c.DraftedCandidate:
    given: dict[str, Any] = {"explanation": "Because.", "lowest": "1", "mean": "3/2", "words": 8}
    return c.DraftedCandidate(wordings=wordings, **(given | more))


def asks(scene: Scene, **more: Any) -> e.DraftRequested:
    (asked,) = scene.give(c.RequestDraft(item=scene.item, **more))
    return asked


def proposing(
    scene: Scene,
    wordings: Sequence[c.DraftedWording],
    candidates: Sequence[c.DraftedCandidate],
    ballots: Iterable[tuple[SeatCode, tuple[tuple[int, ...], ...]]] = (),
    **more: Any,
) -> c.ProposeCandidates:
    """The command of a round for the request that is pending."""
    item = scene.state.items[scene.item]
    clauses = tuple(
        c.DraftedClause(provision=id, revision=scene.state.provisions[id].revision)
        for id in dict.fromkeys(wording.provision for wording in wordings)
        if id in scene.state.provisions
    )
    given: dict[str, Any] = {
        "item": item.id,
        "request": item.request,
        "basis": scene.state.seq,
        "clauses": clauses,
        "wordings": tuple(wordings),
        "candidates": tuple(candidates),
        "ballots": tuple(c.DraftedBallot(seat=seat, groups=groups) for seat, groups in ballots),
    }
    return c.ProposeCandidates(**(given | more))


def two(scene: Scene) -> e.CandidatesProposed:
    """A round of two candidates: the text as it stands, and one that words the first clause anew and leaves out the
    second. KAZ is expected to object to the present first clause; nobody to the new words.
    """
    asks(scene)
    first, second = scene.clauses
    wordings = (
        present(first, predicted(KAZ, OBJECT, figure="0")),
        present(second),
        merged(scene, first, "Item 1, clause 1."),
        omitted(second, predicted(UZB, OBJECT, figure="1/2")),
    )
    ballots = ((KAZ, ((2,), (1,))), (KGZ, ((1, 2),)), (UZB, ((1,), (2,))))
    command = proposing(scene, wordings, (text(0, 1, present=True), text(2, 3)), ballots)
    scene.give(command, "worker")
    return scene.newest(e.CandidatesProposed)


def worded(scene: Scene, words: str = "Item 1 clause 1, shortly.") -> CandidateId:
    """A round with one candidate that words the first clause anew, made of its present text."""
    asks(scene)
    wording = merged(scene, scene.clauses[0], words, predicted(UZB, OBJECT))
    scene.give(proposing(scene, (wording,), (text(0),), ((UZB, ()),)), "worker")
    return ids(scene.newest(e.CandidatesProposed))[0]


def ids(proposed: e.CandidatesProposed) -> list[CandidateId]:
    return [candidate.id for candidate in proposed.candidates]


def answer(clause: ProvisionId, level: StanceLevel = SUPPORT, **more: Any) -> c.AnswerGiven:
    given = stance(clause, level)
    why: dict[str, Any] = {"reason": given.reason, "would_be_removed_by": given.would_be_removed_by}
    return c.AnswerGiven(provision=clause, level=level, **(why | more))


def answers(candidate: CandidateId, *given: c.AnswerGiven) -> c.AnswerCandidate:
    return c.AnswerCandidate(candidate=candidate, answers=given)
