"""Rule 6.5, blocked: one objection is enough, also of a member that is absent."""

from polylogue import commands as c
from polylogue import events as e
from polylogue.refusals import RefusalCode
from polylogue.vocabulary import CallOutcome, StanceLevel
from tests.polylogue.procedure.calls import against, maintains, with_objection, withdraws
from tests.scenes import EN, TEN, THREE, objects, sco, takes

KAZ, KGZ, UZB = THREE
OBJECT = StanceLevel.OBJECT


def test_one_objection_blocks():
    scene = sco(10, stage="called")
    clause = scene.clauses[1]
    scene.give(objects(scene.item, clause), "IND")
    closed = scene.close()
    assert (closed.outcome, closed.verdict.passed, against(closed.verdict)) == (
        CallOutcome.BLOCKED,
        False,
        [("IND", clause)],
    )
    assert scene.newest(e.TextBlocked).item == scene.item
    assert scene.phases == ("OPEN", "DECISION", "BLOCKED")


def test_an_objection_does_not_end_the_call_before_its_time():
    """Others may object as well, and whoever did may think again."""
    scene = with_objection(UZB)
    scene.call()
    scene.give(objects(scene.item, scene.clauses[1]), "IND")
    assert scene.refuse(c.CloseCall(item=scene.item)).code is RefusalCode.WINDOW_OPEN
    scene.wait(minutes=30)
    assert scene.refuse(c.CloseCall(item=scene.item)).code is RefusalCode.ANSWERS_MISSING


def test_those_present_have_answered_what_stood():
    scene = with_objection(UZB, TEN[0])
    clause = scene.clauses[0]
    scene.call()
    scene.wait(minutes=30)
    assert scene.refuse(c.CloseCall(item=scene.item)).params == {"seats": "BLR, UZB"}
    scene.give(withdraws(scene, clause), "BLR")
    assert scene.refuse(c.CloseCall(item=scene.item)).params == {"seats": "UZB"}
    scene.give(maintains(scene, clause), "UZB")
    closed = scene.close()
    assert (closed.outcome, against(closed.verdict)) == (CallOutcome.BLOCKED, [(UZB, clause)])


def test_what_an_absent_member_held_counts_as_maintained():
    scene = with_objection(UZB)
    scene.give(c.RecordRollCall(present=TEN[:9]))
    scene.call()
    closed = scene.close(unreachable=(UZB, UZB))
    assert (closed.outcome, closed.absent, closed.unreachable) == (CallOutcome.BLOCKED, (UZB,), (UZB,))
    assert against(closed.verdict) == [(UZB, scene.clauses[0])]


def test_a_carried_objection_counts_when_it_is_maintained():
    scene = sco()
    clause = scene.clauses[0]
    scene.give(takes(scene.item, clause, OBJECT), "UZB")
    (amendment,) = scene.give(c.ProposeAmendment(provision=clause, revision=1, text="Twice.", language=EN), "KAZ")
    scene.give(c.AcceptAmendment(amendment=amendment.amendment))
    scene.circulate()
    scene.clean()
    assert scene.call().standing[0].carried
    scene.give(maintains(scene, clause), "UZB")
    assert scene.close().outcome is CallOutcome.BLOCKED


def test_a_reservation_does_not_block():
    scene = sco(10, stage="clean")
    for seat in TEN:
        scene.give(c.StateStances(item=scene.item, for_rest=StanceLevel.RESERVE), seat)
    scene.call()
    assert scene.close().outcome is CallOutcome.ADOPTED
