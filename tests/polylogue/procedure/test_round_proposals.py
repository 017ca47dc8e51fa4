"""Rule 5.8, rounds: candidates are proposed with a draft, and what does not hold together is refused."""

from typing import Any

import pytest

from polylogue import commands as c
from polylogue import events as e
from polylogue.record import envelope
from polylogue.refusals import Conflict, RefusalCode
from polylogue.vocabulary import (
    AlternativeId,
    Audience,
    ClauseForm,
    PredictionBasis,
    ProvisionId,
    RequestState,
    SeatCode,
    StanceLevel,
    TieStep,
)
from tests.polylogue.procedure.rounds import alternative, asks, merged, predicted, present, proposing, text, two
from tests.scenes import EN, THREE, Scene, sco, takes

KAZ, KGZ, UZB = THREE
OBJECT = StanceLevel.OBJECT
STATED, SILENT = PredictionBasis.STATED, PredictionBasis.SILENT


def test_a_draft_is_tabled_with_its_candidates_and_what_is_predicted_of_each_seat():
    scene = sco()
    proposed = two(scene)
    tabled, told, *_ = (entry.event for entry in scene.entries[-5:])
    predictions = [entry.event for entry in scene.entries[-3:] if isinstance(entry.event, e.StancesPredicted)]
    assert isinstance(tabled, e.DraftTabled)
    assert told == proposed
    assert (proposed.draft, proposed.number, proposed.members) == (tabled.draft, 1, THREE)
    assert scene.state.requests[proposed.request].state is RequestState.TABLED
    assert [p.seat for p in predictions] == list(THREE)
    assert predictions[0].predictions == (
        e.Prediction(wording=0, candidates=(), level=OBJECT, figure="0", basis=SILENT, nearest=None),
    )
    assert [(x.objections, x.expected_objections) for x in proposed.candidates] == [(0, 1), (0, 1)]
    assert [x.expected_against for x in proposed.candidates] == [(1, 0), (0, 1)]


def test_what_is_predicted_of_a_seat_is_for_it_and_those_who_mediate():
    scene = sco()
    two(scene)
    seen = [envelope.visibility(entry.event, entry.acting) for entry in scene.entries[-4:]]
    assert seen[0].to is Audience.ALL
    assert [(each.to, each.seats) for each in seen[1:]] == [(Audience.SEATS, (seat,)) for seat in THREE]


def test_the_order_follows_from_the_ballots_and_ties_are_broken_in_the_open():
    scene = sco()
    choice = two(scene).choice
    assert choice.preferred == ((0, 1), (1, 0))
    assert choice.groups == ((1, 2),)
    assert choice.ties == (e.TieBroken(order=(1, 2), steps=(TieStep.STATUS_QUO,)),)
    assert choice.winner == scene.newest(e.CandidatesProposed).candidates[0].id


def test_stated_objections_are_named_and_not_predicted():
    scene = sco()
    first, _ = scene.clauses
    asks(scene)
    wordings = (present(first, predicted(KAZ, OBJECT, basis=STATED), predicted(UZB, OBJECT)),)
    scene.give(proposing(scene, wordings, (text(0),), ((KAZ, ((1,),)), (UZB, ((1,),)))), "worker")
    proposed = scene.newest(e.CandidatesProposed)
    assert proposed.wordings[0].objected == (KAZ,)
    assert (proposed.candidates[0].objections, proposed.candidates[0].expected_objections) == (1, 1)
    kaz, uzb = (entry.event.predictions for entry in scene.entries if isinstance(entry.event, e.StancesPredicted))
    assert (kaz, len(uzb)) == ((), 1)


def test_an_alternative_that_the_draft_makes_of_an_amendment_is_named_by_it():
    scene = sco()
    first, _ = scene.clauses
    (wish,) = scene.give(c.ProposeAmendment(provision=first, revision=1, text="Twice.", language=EN), "KAZ")
    asks(scene)
    source = c.DraftSource(seat=KAZ, amendment=wish.amendment)
    wanted = c.DraftedAlternative(text="Twice.", language=EN, backers=(KAZ,), sources=(source,))
    clause = c.DraftedClause(provision=first, revision=1, alternatives=(wanted,))
    named = c.DraftedWording(provision=first, revision=1, form=ClauseForm.ALTERNATIVE, amendment=wish.amendment)
    scene.give(proposing(scene, (named,), (text(0),), clauses=(clause,)), "worker")
    tabled = scene.newest(e.DraftTabled).clauses[0].alternatives[0].id
    assert scene.newest(e.CandidatesProposed).wordings[0].alternative == tabled


@pytest.mark.parametrize("by", ["chair", "secretary", "KAZ", "organiser"])
def test_only_a_worker_proposes(by: str):
    scene = sco()
    asks(scene)
    command = proposing(scene, (present(scene.clauses[0]),), (text(0),))
    assert scene.refuse(command, by).code is RefusalCode.NOT_PERMITTED


def test_a_round_is_refused_when_a_clause_that_it_words_has_moved_and_only_then():
    scene = sco(items=2)
    first, second = scene.clauses
    other = list(scene.state.items)[1]
    asks(scene)
    command = proposing(scene, (present(first),), (text(0),))
    scene.give(takes(scene.item, first), "KAZ")
    scene.give(c.PostPosition(item=other, text="Elsewhere.", language=EN), "KAZ")
    scene.give(c.OpenItem(item=other))
    meanwhile = c.ProposeAmendment(provision=second, revision=1, text="Not touched.", language=EN)
    (amended,) = scene.give(meanwhile, "KAZ")
    scene.give(c.AcceptAmendment(amendment=amended.amendment))
    assert not isinstance(scene.ask(command, "worker"), Conflict)
    (amended,) = scene.give(c.ProposeAmendment(provision=first, revision=1, text="Moved.", language=EN), "KAZ")
    scene.give(c.AcceptAmendment(amendment=amended.amendment))
    refusal = scene.refuse(command, "worker")
    assert (refusal.code, refusal.path) == (RefusalCode.DRAFT_OUTDATED, ("clauses", "0", "revision"))


def bad(scene: Scene) -> dict[str, tuple[dict[str, Any], RefusalCode, tuple[str, ...]]]:
    first, second = scene.clauses
    unknown = ProvisionId("nowhere")
    kept = (present(first), present(second))
    return {
        "none": ({"candidates": ()}, RefusalCode.LIST_EMPTY, ("candidates",)),
        "too many": ({"candidates": (text(0, 1),) * 5}, RefusalCode.LIST_TOO_LONG, ("candidates",)),
        "later": ({"basis": 10_000}, RefusalCode.NUMBER_OUT_OF_RANGE, ("basis",)),
        "elsewhere": (
            {"wordings": (present(unknown),)},
            RefusalCode.UNKNOWN_REFERENCE,
            ("wordings", "0", "provision"),
        ),
        "no alternative": (
            {"wordings": (alternative(first, AlternativeId("no")),)},
            RefusalCode.UNKNOWN_REFERENCE,
            ("wordings", "0", "alternative"),
        ),
        "no words": (
            {"wordings": (merged(scene, first, " "),)},
            RefusalCode.TEXT_EMPTY,
            ("wordings", "0", "text"),
        ),
        "no such wording": (
            {"candidates": (text(0, 2),)},
            RefusalCode.UNKNOWN_REFERENCE,
            ("candidates", "0", "wordings"),
        ),
        "two of a clause": (
            {"candidates": (text(0, 0),)},
            RefusalCode.DUPLICATE_ENTRY,
            ("candidates", "0", "wordings"),
        ),
        "other clauses": (
            {"candidates": (text(0, 1), text(0))},
            RefusalCode.DUPLICATE_ENTRY,
            ("candidates", "1", "wordings"),
        ),
        "no figure": (
            {"candidates": (text(0, 1, mean="1e3"),)},
            RefusalCode.NUMBER_OUT_OF_RANGE,
            ("candidates", "0", "mean"),
        ),
        "no version of a search": ({"search": 0}, RefusalCode.NUMBER_OUT_OF_RANGE, ("search",)),
        "beyond the scale": (
            {"wordings": (present(first, predicted(KAZ, figure="9/2")), kept[1]), "ballots": ((KAZ, ()),)},
            RefusalCode.NUMBER_OUT_OF_RANGE,
            ("wordings", "0", "predictions", "0", "figure"),
        ),
        "twice of a seat": (
            {"wordings": (present(first, predicted(KAZ), predicted(KAZ)), kept[1]), "ballots": ((KAZ, ()),)},
            RefusalCode.DUPLICATE_ENTRY,
            ("wordings", "0", "predictions"),
        ),
        "of a seat without a ballot": (
            {"wordings": (present(first, predicted(KAZ)), kept[1])},
            RefusalCode.UNKNOWN_REFERENCE,
            ("wordings", "0", "predictions"),
        ),
        "a ballot for nobody": (
            {"ballots": ((SeatCode("ZZZ"), ((1,),)),)},
            RefusalCode.UNKNOWN_REFERENCE,
            ("ballots",),
        ),
        "a ballot for nothing": (
            {"ballots": ((KAZ, ((2,),)),)},
            RefusalCode.UNKNOWN_REFERENCE,
            ("ballots", "0", "groups"),
        ),
    }


@pytest.mark.parametrize("what", bad(sco()))
def test_a_round_that_does_not_hold_together_is_refused(what: str):
    scene = sco()
    asks(scene, candidates=4)
    changed, code, path = bad(scene)[what]
    first, second = scene.clauses
    given: dict[str, Any] = {"wordings": (present(first), present(second)), "candidates": (text(0, 1),)} | changed
    command = proposing(scene, given.pop("wordings"), given.pop("candidates"), clauses=_kept(scene), **given)
    refusal = scene.refuse(command, "worker")
    assert (refusal.code, refusal.path) == (code, path)


def _kept(scene: Scene) -> tuple[c.DraftedClause, ...]:
    return tuple(c.DraftedClause(provision=id, revision=1) for id in scene.clauses)


def test_a_mean_over_many_clauses_is_exact_however_long():
    """Of 80 clauses and ten seats the search's means had denominators of 34 digits, of 200 clauses of 42."""
    scene = sco()
    asks(scene)
    mean = f"{10**400}/{10**400 - 1}"
    scene.give(proposing(scene, (present(scene.clauses[0]),), (text(0, mean=mean),)), "worker")
    assert scene.newest(e.CandidatesProposed).candidates[0].mean == mean
