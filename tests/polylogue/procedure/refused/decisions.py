"""Calls, objections, opinions, and what is said of persons and times."""

from polylogue import commands as c
from polylogue.refusals import RefusalCode
from polylogue.vocabulary import (
    StanceLevel,
)
from tests.polylogue.procedure.refused.cases import Cases, position
from tests.scenes import EN, GUEST, OBSERVER, THREE, objects, sco, takes

KAZ, _, _ = THREE
Code = RefusalCode
case = Cases()


@case(Code.ROLL_CALL_MISSING, "6.1", sitting=2)
def calling_before_the_roll_is_called():
    scene = sco(stage="clean")
    scene.give(c.SuspendSession())
    scene.give(c.ResumeSession())
    return scene.refuse(c.CallForConsensus(item=scene.item))


@case(Code.QUORUM_NOT_MET, "6.1", present=1, needed=2)
def calling_with_too_few():
    scene = sco(stage="clean")
    scene.give(c.RecordRollCall(present=(KAZ, OBSERVER, GUEST)))
    return scene.refuse(c.CallForConsensus(item=scene.item))


@case(Code.CIRCULATION_RUNNING, "6.1", number=1, until="2026-05-05T09:00:00.000Z")
def calling_before_delegations_have_read_the_text():
    scene = sco(stage="circulated")
    scene.give(c.CleanText(item=scene.item))
    return scene.refuse(c.CallForConsensus(item=scene.item))


@case(Code.CALL_OPEN, "1.5", number=1)
def closing_a_session_in_a_call():
    return sco(stage="called").refuse(c.CloseSession())


@case(Code.CALLS_NOT_IN_RULES, "6.1", name="reconstruction/1")
def calling_where_nothing_is_called():
    scene = sco(stage="clean", rule_set="reconstruction/1")
    return scene.refuse(c.CallForConsensus(item=scene.item))


@case(Code.WINDOW_OPEN, "6.5", until="2026-05-05T09:30:00.000Z")
def closing_a_call_too_soon():
    scene = sco(stage="called")
    return scene.refuse(c.CloseCall(item=scene.item))


@case(Code.ANSWERS_MISSING, "6.5", seats="KGZ")
def closing_a_call_before_all_have_answered():
    scene = sco(stage="clean")
    scene.give(takes(scene.item, scene.clauses[0], StanceLevel.OBJECT), "KGZ")
    scene.give(c.CallForConsensus(item=scene.item))
    scene.wait(minutes=30)
    return scene.refuse(c.CloseCall(item=scene.item))


@case(Code.NO_SUCH_OBJECTION, "6.3", "provision", seat=KAZ)
def withdrawing_what_was_not_raised():
    scene = sco(stage="called")
    return scene.refuse(c.WithdrawObjection(item=scene.item, provision=scene.clauses[0]), "KAZ")


@case(Code.ALREADY_OBJECTED, "6.2", "provision", seat=KAZ, state="RAISED")
def objecting_twice():
    scene = sco(stage="called")
    scene.give(objects(scene.item, scene.clauses[0]), "KAZ")
    return scene.refuse(objects(scene.item, scene.clauses[0]), "KAZ")


@case(Code.OBJECTION_REASON_MISSING, "6.2", "wouldBeRemovedBy", missing="wouldBeRemovedBy")
def an_objection_that_nothing_would_remove():
    scene = sco(stage="called")
    objection = c.RaiseObjection(
        item=scene.item, provision=scene.clauses[0], reason="It costs.", would_be_removed_by=" ", language=EN
    )
    return scene.refuse(objection, "KAZ")


@case(Code.REASON_MISSING, "3.3", "reason")
def deferring_for_no_reason():
    scene = sco()
    return scene.refuse(c.DeferItem(item=scene.item, reason=""))


@case(Code.STANCE_REASON_MISSING, "4.2", "stances", "0", "reason", missing="reason")
def objecting_for_no_reason():
    scene = sco()
    return scene.refuse(takes(scene.item, scene.clauses[0], StanceLevel.OBJECT, reason=None), "KAZ")


@case(Code.STANCE_TARGET_INVALID, "4.2", "stances", "0", "provision")
def a_stance_on_a_clause_of_another_item():
    scene = sco(items=2)
    second = list(scene.state.items)[1]
    return scene.refuse(takes(second, scene.clauses[0]), "KAZ")


@case(Code.STANCE_IN_CALL, "4.2", number=1, state="CALLED", allowed="BLOCKED, CIRCULATED, CLEAN, WORKING")
def a_stance_in_a_call():
    scene = sco(stage="called")
    return scene.refuse(takes(scene.item, scene.clauses[0]), "KAZ")


@case(Code.BULK_OBJECT, "4.2", "forRest")
def objecting_to_all_the_rest():
    scene = sco()
    return scene.refuse(c.StateStances(item=scene.item, for_rest=StanceLevel.OBJECT), "KAZ")


@case(Code.SITTING_OVER, "6.4", number=1, sitting=1)
def an_opinion_after_the_sitting():
    scene = sco(stage="called")
    scene.wait(minutes=30)
    scene.give(c.CloseCall(item=scene.item))
    scene.give(c.SuspendSession())
    scene.give(c.ResumeSession())
    return scene.refuse(c.PlaceOpinionOnRecord(item=scene.item, text="We understand.", language=EN), "KAZ")


@case(Code.ATTENDANCE_UNCHANGED, "2.2", "seats", seats="KAZ", here="PRESENT")
def arriving_twice():
    return sco().refuse(c.NoteArrival(seats=(KAZ,)))


@case(Code.OCCURRED_AT_NOT_CLAIMED, "4.1", "occurredAt")
def claiming_a_time_for_oneself():
    scene = sco()
    return scene.refuse(position(scene, "We agree."), "KAZ", occurred_at=scene.at)


@case(
    Code.OCCURRED_AT_OUT_OF_RANGE,
    "4.1",
    "occurredAt",
    earliest="2026-05-04T09:00:00.000Z",
    latest="2026-05-04T09:00:00.000Z",
)
def entering_what_is_to_come():
    scene = sco()
    return scene.refuse(position(scene, "We agree."), "chair", "KAZ", occurred_at="2026-05-04T09:00:01.000Z")
