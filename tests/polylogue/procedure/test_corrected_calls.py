"""What is said in a call mended: objections, their words and their ends, and opinions."""

from polylogue import commands as c
from polylogue.refusals import RefusalCode
from polylogue.vocabulary import CallOutcome, DecisionType, ObjectionState, OpinionKind
from tests.polylogue.procedure.corrections import (
    ACCEPT,
    KAZ,
    KGZ,
    OBJECT,
    RESERVE,
    UZB,
    code,
    correct,
    levels,
    stated,
    superseded,
)
from tests.scenes import EN, THREE, Scene, objects, sco, stance


def in_call(scene: Scene) -> dict[str, str]:
    call = scene.state.call
    return {f"{seat}": o.state for (seat, _), o in call.objections.items()} if call else {}


def test_an_objection_raised_for_the_wrong_seat_is_void_with_its_stance():
    scene = sco(stage="called")
    clause = scene.clauses[0]
    scene.give(objects(scene.item, clause), "secretary", seat=KAZ)
    raised = scene.state.seq - 1
    assert code(scene, raised + 1, KAZ) is RefusalCode.CORRECTION_TOGETHER
    correct(scene, raised)
    assert (in_call(scene), levels(scene)) == ({}, ["", ""])
    correct(scene, scene.state.seq, objection=reasons("Snow."))
    assert (in_call(scene), levels(scene)[0]) == ({KAZ: ObjectionState.RAISED}, OBJECT)
    assert scene.close().outcome is CallOutcome.BLOCKED


def reasons(why: str) -> c.RestoredReasons:
    return c.RestoredReasons(reason=why, would_be_removed_by="A fund.", language=EN)


def test_the_words_of_an_objection_are_put_right_at_any_time_and_that_it_was_raised_in_the_call_only():
    scene = sco(stage="called")
    scene.give(objects(scene.item, scene.clauses[0]), KAZ)
    raised = scene.state.seq - 1
    scene.close()
    closed = scene.state.seq - 1
    assert superseded(scene, raised, closed)
    corrected = correct(scene, raised, KAZ, objection=reasons("Snow."))
    assert corrected.restored_objection is not None
    assert (corrected.restored_objection.state, len(corrected.stances)) == (ObjectionState.RAISED, 1)
    held = scene.state.stances[KAZ][scene.clauses[0], None]
    assert scene.prose[held.seq, f"/stances/{held.place}/reason"] == "Snow."
    assert code(scene, scene.state.seq, KAZ, objection=reasons(" ")) is RefusalCode.OBJECTION_REASON_MISSING


def test_an_answer_that_was_not_given_is_void_and_the_objection_stands_again():
    scene = sco(stage="clean")
    clause = scene.clauses[0]
    stated(scene, stance(clause, OBJECT))
    scene.call()
    scene.give(c.MaintainObjection(item=scene.item, provision=clause), KAZ)
    maintained = scene.state.seq
    scene.give(c.WithdrawObjection(item=scene.item, provision=clause), KAZ)
    withdrawn = scene.state.seq - 1
    assert superseded(scene, maintained, withdrawn)
    correct(scene, withdrawn, withdrawal=c.RestoredLevel(level=ACCEPT))
    assert (in_call(scene), levels(scene)[0]) == ({KAZ: ObjectionState.WITHDRAWN}, ACCEPT)
    assert code(scene, scene.state.seq, withdrawal=c.RestoredLevel(level=OBJECT)) is RefusalCode.STANCE_IN_CALL
    correct(scene, scene.state.seq)
    assert (in_call(scene), levels(scene)[0]) == ({KAZ: ObjectionState.MAINTAINED}, OBJECT)
    correct(scene, maintained, KAZ)
    assert in_call(scene) == {KAZ: ObjectionState.STANDING}
    scene.wait(minutes=30)
    assert scene.refuse(c.CloseCall(item=scene.item)).code is RefusalCode.ANSWERS_MISSING


def test_an_objection_raised_again_takes_the_place_of_the_one_withdrawn_and_gives_it_back():
    scene = sco(stage="called")
    clause = scene.clauses[0]
    scene.give(objects(scene.item, clause), KAZ)
    first = scene.state.seq - 1
    scene.give(c.WithdrawObjection(item=scene.item, provision=clause), KAZ)
    scene.give(objects(scene.item, clause), KAZ)
    again = scene.state.seq - 1
    assert superseded(scene, first, again)
    correct(scene, again)
    assert (in_call(scene), levels(scene)[0]) == ({KAZ: ObjectionState.WITHDRAWN}, RESERVE)


def test_what_a_call_decides_is_put_right_while_it_is_open():
    scene = sco(stage="clean")
    stated(scene, stance(scene.clauses[0], OBJECT))
    scene.call()
    called = scene.state.seq
    question = c.RestoredQuestion(decision_type=DecisionType.EXPULSION, concerned=KAZ)
    assert code(scene, called, "secretary", call=question) is RefusalCode.CORRECTION_NOT_YOURS
    correct(scene, called, call=question)
    assert scene.state.call is not None
    assert (scene.state.call.eligible, in_call(scene)) == ((KGZ, UZB), {})
    correct(scene, scene.state.seq, call=c.RestoredQuestion(decision_type=DecisionType.STATEMENT))
    assert (scene.state.call.eligible, in_call(scene)) == (THREE, {KAZ: ObjectionState.STANDING})
    last = scene.state.seq
    scene.give(c.MaintainObjection(item=scene.item, provision=scene.clauses[0]), KAZ)
    assert superseded(scene, last, scene.state.seq, call=question)
    scene.close()
    assert superseded(scene, last, scene.state.seq - 1, call=c.RestoredQuestion(decision_type=DecisionType.ORDINARY))


def test_an_opinion_has_other_words_or_never_was():
    scene = sco(stage="called")
    scene.give(c.PlaceOpinionOnRecord(item=scene.item, text="As read.", language=EN), KAZ)
    placed = scene.state.seq
    opinion = c.RestoredOpinionText(text="As read out.", language=EN, kind=OpinionKind.RESERVATION)
    scene.close()
    assert code(scene, placed, KGZ, opinion=opinion) is RefusalCode.CORRECTION_NOT_YOURS
    corrected = correct(scene, placed, KAZ, opinion=opinion)
    assert corrected.restored_opinion is not None
    assert (corrected.restored_opinion.kind, corrected.of_item) == (OpinionKind.RESERVATION, scene.item)
    assert code(scene, scene.state.seq, KAZ, opinion=opinion) is RefusalCode.CORRECTION_UNCHANGED
    correct(scene, scene.state.seq, "secretary")
    assert code(scene, scene.state.seq, "secretary") is RefusalCode.CORRECTION_UNCHANGED
