"""Steps of an item, calls and adoptions taken back: where the item stands then, and what stays in the record."""

from polylogue import commands as c
from polylogue import events as e
from polylogue.refusals import RefusalCode
from polylogue.vocabulary import (
    AmendmentState,
    CallOutcome,
    ItemPhase,
    ProvisionState,
    StanceLevel,
)
from tests.scenes import EN, THREE, objects, sco, stance

KAZ, _, UZB = THREE
OBJECT = StanceLevel.OBJECT


def test_each_step_of_an_item_is_taken_back():
    scene = sco(stage="circulated")
    clause = scene.clauses[0]
    (proposed,) = scene.give(c.ProposeAmendment(provision=clause, revision=1, text="Twice.", language=EN), "UZB")
    scene.clean()
    assert scene.state.amendments[proposed.amendment].state is AmendmentState.LAPSED
    back = c.StepItemBack(item=scene.item, reason="Too early.")
    scene.give(back)
    assert scene.phases[1:] == ("NEGOTIATION", "CIRCULATED")
    assert scene.state.amendments[proposed.amendment].state is AmendmentState.PENDING
    assert {scene.state.provisions[id].state for id in scene.clauses} == {ProvisionState.PROPOSED}
    scene.give(back)
    assert scene.phases[1:] == ("DELIBERATION", "WORKING")
    assert scene.state.items[scene.item].callable_from is None
    scene.give(c.RequestDraft(item=scene.item))
    scene.give(back)
    assert (scene.phases[1], scene.state.items[scene.item].request) == (ItemPhase.LISTED, None)
    assert scene.refuse(back).code is RefusalCode.ITEM_PHASE
    assert scene.refuse(c.StepItemBack(item=scene.item, reason=" ")).code is RefusalCode.ITEM_PHASE


def test_a_step_back_needs_a_reason_and_an_open_call_is_not_one():
    scene = sco(stage="called")
    assert scene.refuse(c.StepItemBack(item=scene.item, reason="No.")).code is RefusalCode.TEXT_STATE
    scene = sco()
    assert scene.refuse(c.StepItemBack(item=scene.item, reason=" ")).code is RefusalCode.REASON_MISSING


def test_a_call_is_reopened_and_its_verdict_stays_in_the_record():
    scene = sco(stage="called")
    clause = scene.clauses[0]
    adopted = scene.close()
    first = scene.newest(e.TextAdopted)
    (reopened,) = scene.give(c.ReopenCall(item=scene.item, reason="A dead phone."))
    assert (reopened.decision, reopened.call) == (first.decision, adopted.call)
    assert scene.phases[1:] == ("DECISION", "CALLED")
    assert scene.refuse(c.CloseCall(item=scene.item)).code is RefusalCode.WINDOW_OPEN
    scene.give(objects(scene.item, clause), KAZ)
    assert scene.close().outcome is CallOutcome.BLOCKED
    scene.give(c.StateStances(item=scene.item, stances=(stance(scene.clauses[1], OBJECT),)), UZB)
    scene.give(c.ProposeAmendment(provision=clause, revision=1, text="Twice.", language=EN), UZB)
    (reopened,) = scene.give(c.ReopenCall(item=scene.item, reason="Misheard."))
    assert ([s.seat for s in reopened.standing], len(reopened.lapsed), reopened.decision) == ([UZB], 1, None)
    scene.give(c.WithdrawObjection(item=scene.item, provision=clause), KAZ)
    scene.give(c.WithdrawObjection(item=scene.item, provision=scene.clauses[1]), UZB)
    assert scene.close().outcome is CallOutcome.ADOPTED
    assert scene.newest(e.TextAdopted).number == 2


def test_an_adoption_is_rescinded_until_the_session_is_closed():
    scene = sco(stage="called")
    scene.close()
    rescind = c.RescindAdoption(item=scene.item, reason="A page was missing.")
    assert scene.refuse(c.RescindAdoption(item=scene.item, reason="")).code is RefusalCode.REASON_MISSING
    scene.give(rescind)
    assert scene.phases[1:] == ("NEGOTIATION", "CLEAN")
    assert scene.refuse(c.ReopenCall(item=scene.item, reason="No.")).code is RefusalCode.TEXT_STATE
    scene.call()
    scene.close()
    scene.give(c.CloseSession())
    for command in (rescind, c.ReopenCall(item=scene.item, reason="Too late.")):
        assert scene.refuse(command).code is RefusalCode.SESSION_PHASE
    assert scene.state.decisions == 2
