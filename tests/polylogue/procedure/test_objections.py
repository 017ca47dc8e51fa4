"""Rules 6.2 and 6.3: objections in a call are raised, maintained and withdrawn."""

import pytest

from polylogue import commands as c
from polylogue import events as e
from polylogue.refusals import RefusalCode
from polylogue.vocabulary import CallOutcome, ProvisionId, SeatCode, StanceLevel
from tests.polylogue.procedure.calls import maintains, with_objection, withdraws
from tests.scenes import EN, GUEST, OBSERVER, PARTNER, THREE, objects, sco, takes

KAZ, KGZ, UZB = THREE
OBJECT = StanceLevel.OBJECT


def test_an_objection_is_raised_with_its_stance():
    scene = sco(stage="called")
    clause = scene.clauses[0]
    raised, stated = scene.give(objects(scene.item, clause), "KAZ")
    assert (raised.call, raised.provision) == (scene.state.call.id if scene.state.call else "", clause)
    assert [(s.level, s.revision, s.importance) for s in stated.stances] == [(OBJECT, 1, 2)]
    first, second = (entry.seq for entry in scene.entries[-2:])
    assert scene.prose[first, "/reason"] == scene.prose[second, "/stances/0/reason"] == "It costs too much."
    assert scene.prose[first, "/wouldBeRemovedBy"] == "A fund."


def test_an_objection_keeps_the_importance_that_the_seat_gave_the_clause():
    scene = sco(stage="clean")
    scene.give(takes(scene.item, scene.clauses[0], importance=3), "KAZ")
    scene.call()
    _, stated = scene.give(objects(scene.item, scene.clauses[0]), "KAZ")
    assert stated.stances[0].importance == 3


@pytest.mark.parametrize("seat", [PARTNER, OBSERVER, GUEST])
def test_who_is_no_member_does_not_object(seat: SeatCode):
    scene = sco(stage="called")
    refusal = scene.refuse(objects(scene.item, scene.clauses[0]), seat)
    assert refusal.code is RefusalCode.NOT_A_MEMBER
    assert scene.close().outcome is CallOutcome.ADOPTED


@pytest.mark.parametrize(("reason", "removed_by", "missing"), [
    ("", "A fund.", "reason"), ("It costs.", "\n", "wouldBeRemovedBy"), (" ", "", "reason"),
])  # fmt: skip
def test_an_objection_says_why_and_what_would_remove_it(reason: str, removed_by: str, missing: str):
    scene = sco(stage="called")
    command = c.RaiseObjection(
        item=scene.item, provision=scene.clauses[0], reason=reason, would_be_removed_by=removed_by, language=EN
    )
    refusal = scene.refuse(command, "KAZ")
    assert (refusal.code, refusal.path, refusal.params) == (
        RefusalCode.OBJECTION_REASON_MISSING,
        (missing,),
        {"missing": missing},
    )


def test_what_stood_is_maintained_or_withdrawn_and_not_raised_again():
    scene = with_objection(UZB)
    clause = scene.clauses[0]
    scene.call()
    refusal = scene.refuse(objects(scene.item, clause), "UZB")
    assert (refusal.code, refusal.params["state"]) == (RefusalCode.ALREADY_OBJECTED, "STANDING")
    scene.give(maintains(scene, clause), "UZB")
    refusal = scene.refuse(maintains(scene, clause), "UZB")
    assert (refusal.code, refusal.params["state"]) == (RefusalCode.ALREADY_OBJECTED, "MAINTAINED")
    withdrawn, stated = scene.give(withdraws(scene, clause), "UZB")
    assert (type(withdrawn), stated.stances[0].level) == (e.ObjectionWithdrawn, StanceLevel.RESERVE)
    for command in (maintains(scene, clause), withdraws(scene, clause)):
        assert scene.refuse(command, "UZB").code is RefusalCode.NO_SUCH_OBJECTION


def test_only_its_holder_maintains_or_withdraws():
    scene = with_objection(UZB)
    scene.call()
    for command in (maintains(scene, scene.clauses[0]), withdraws(scene, scene.clauses[0])):
        refusal = scene.refuse(command, "KAZ")
        assert (refusal.code, refusal.params) == (RefusalCode.NO_SUCH_OBJECTION, {"seat": KAZ})


def test_what_takes_the_place_of_an_objection_is_no_objection():
    scene = sco(stage="called")
    clause = scene.clauses[0]
    scene.give(objects(scene.item, clause), "KAZ")
    refusal = scene.refuse(withdraws(scene, clause, level=OBJECT), "KAZ")
    assert (refusal.code, refusal.path) == (RefusalCode.STANCE_IN_CALL, ("level",))
    scene.give(withdraws(scene, clause, level=StanceLevel.SUPPORT), "KAZ")
    assert scene.state.stances[KAZ][clause, None].level is StanceLevel.SUPPORT


def test_an_objection_may_be_raised_again_after_it_was_withdrawn():
    scene = sco(stage="called")
    clause = scene.clauses[0]
    (first, _) = scene.give(objects(scene.item, clause), "KAZ")
    scene.give(withdraws(scene, clause), "KAZ")
    (second, _) = scene.give(objects(scene.item, clause), "KAZ")
    assert second.objection != first.objection
    assert scene.close().outcome is CallOutcome.BLOCKED


def test_an_objection_is_to_a_clause_of_the_text_that_is_called():
    scene = sco(items=2, stage="called")
    elsewhere = list(scene.state.items.values())[1]
    refusal = scene.refuse(objects(scene.item, elsewhere.provisions[0]), "KAZ")
    assert (refusal.code, refusal.path) == (RefusalCode.UNKNOWN_REFERENCE, ("provision",))
    refusal = scene.refuse(objects(scene.item, ProvisionId("nowhere")), "KAZ")
    assert refusal.code is RefusalCode.UNKNOWN_REFERENCE
