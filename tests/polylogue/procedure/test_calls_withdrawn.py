"""Rule 6.5, neither adopted nor blocked: a call ends for want of a quorum, or the chair takes it back."""

from polylogue import commands as c
from polylogue.refusals import RefusalCode
from polylogue.vocabulary import CallOutcome, ItemId, SeatCode
from tests.polylogue.procedure.calls import counted, with_objection
from tests.scenes import OBSERVER, PARTNER, RU, TEN, THREE, objects, sco, stance

KAZ, KGZ, UZB = THREE


def test_a_quorum_lost_in_the_middle_of_a_call_is_looked_at_first():
    """Before the window is over, before anybody has answered, and although somebody objects."""
    scene = with_objection(UZB)
    scene.call()
    scene.give(objects(scene.item, scene.clauses[1]), "IND")
    scene.give(c.RecordRollCall(present=(*TEN[4:], OBSERVER, PARTNER)))
    (closed,) = scene.give(c.CloseCall(item=scene.item))
    assert (closed.outcome, closed.verdict.passed, closed.absent) == (CallOutcome.NO_QUORUM, False, TEN[:4])
    assert (closed.verdict.needed, counted(closed.verdict)["present"]) == (7, 6)
    assert scene.phases == ("OPEN", "NEGOTIATION", "CLEAN")
    scene.give(c.RecordRollCall(present=TEN))
    scene.call()


def test_without_quorum_a_call_is_not_taken_back_but_ends_for_want_of_it():
    scene = sco(stage="called")
    scene.give(c.RecordRollCall(present=(KAZ,)))
    (closed,) = scene.give(c.CloseCall(item=scene.item, withdraw=True, reason="Too few."))
    assert closed.outcome is CallOutcome.NO_QUORUM


def test_a_call_that_goes_on_in_the_next_sitting_waits_for_its_roll_call():
    """Nobody has said that nobody is there."""
    scene = sco(stage="called")
    scene.rise()
    scene.give(c.ResumeSession())
    scene.wait(minutes=30)
    refusal = scene.refuse(c.CloseCall(item=scene.item))
    assert (refusal.code, refusal.params) == (RefusalCode.ROLL_CALL_MISSING, {"sitting": 2})
    scene.give(c.RecordRollCall(present=THREE))
    assert scene.close().outcome is CallOutcome.ADOPTED


def test_the_chair_takes_a_call_back_at_once_with_a_reason():
    scene = with_objection(UZB)
    scene.call()
    refusal = scene.refuse(c.CloseCall(item=scene.item, withdraw=True, reason=" "))
    assert (refusal.code, refusal.path) == (RefusalCode.REASON_MISSING, ("reason",))
    (closed,) = scene.give(c.CloseCall(item=scene.item, withdraw=True, reason="Ещё не время.", language=RU))
    assert (closed.outcome, closed.verdict.passed) == (CallOutcome.WITHDRAWN, False)
    assert scene.prose[scene.state.seq, "/reason"] == "Ещё не время."
    assert scene.phases == ("OPEN", "NEGOTIATION", "CLEAN")


def test_a_call_can_be_taken_back_before_the_roll_is_called():
    scene = sco(stage="called")
    scene.rise()
    scene.give(c.ResumeSession())
    (closed,) = scene.give(c.CloseCall(item=scene.item, withdraw=True, reason="Not today."))
    assert (closed.outcome, closed.absent) == (CallOutcome.WITHDRAWN, THREE)


def test_the_next_call_begins_anew():
    scene = sco(stage="called")
    scene.give(objects(scene.item, scene.clauses[0]), "KAZ")
    scene.give(c.CloseCall(item=scene.item, withdraw=True, reason="Not today."))
    scene.give(c.StateStances(item=scene.item, stances=(stance(scene.clauses[0]),)), "KAZ")
    assert scene.call().standing == ()
    assert scene.close().outcome is CallOutcome.ADOPTED


def test_what_is_not_called_is_not_closed():
    scene = sco(items=2, stage="called")
    second = list(scene.state.items)[1]
    assert scene.refuse(c.CloseCall(item=second)).code is RefusalCode.ITEM_PHASE
    assert scene.refuse(c.CloseCall(item=ItemId("nowhere"))).code is RefusalCode.UNKNOWN_REFERENCE
    refusal = scene.refuse(c.CloseCall(item=scene.item, withdraw=True, reason="A.", unreachable=(SeatCode("ZZZ"),)))
    assert (refusal.code, refusal.path) == (RefusalCode.UNKNOWN_REFERENCE, ("unreachable",))
