"""Mistakes mended: what is restored, what of it holds from then on, and what stands in its way."""

from typing import Any

import pytest

from polylogue import commands as c
from polylogue import events as e
from polylogue.refusals import Refusal, RefusalCode
from polylogue.vocabulary import (
    CallOutcome,
    DecisionType,
    ObjectionState,
    OpinionKind,
    SeatCode,
    Seq,
    StanceLevel,
)
from tests.scenes import EN, OBSERVER, PARTNER, RU, THREE, Scene, objects, sco, stance

KAZ, KGZ, UZB = THREE
ACCEPT, OBJECT, RESERVE = StanceLevel.ACCEPT, StanceLevel.OBJECT, StanceLevel.RESERVE


def command(seq: int, **restored: Any) -> c.CorrectEntry:
    return c.CorrectEntry(seq=Seq(seq), restored=c.Restored(**restored or {"void": True}), reason="Misheard.")


def correct(scene: Scene, seq: int, by: str = "chair", **restored: Any) -> e.EntryCorrected:
    (corrected,) = scene.give(command(seq, **restored), by)
    assert scene.entries[-1].corrects == seq
    return corrected


def code(scene: Scene, seq: int, by: str = "chair", **restored: Any) -> RefusalCode:
    return scene.refuse(command(seq, **restored), by).code


def superseded(scene: Scene, seq: int, by: int, **restored: Any) -> bool:
    """Whether a correction is refused because of the entry `by`, which it names."""
    refusal: Refusal = scene.refuse(command(seq, **restored))
    return (refusal.code, refusal.params) == (RefusalCode.CORRECTION_SUPERSEDED, {"seq": seq, "by": by})


def stated(scene: Scene, *stances: c.StanceGiven, by: str = KAZ) -> int:
    """The entry of stances of KAZ."""
    scene.give(c.StateStances(item=scene.item, stances=stances), by)
    return scene.state.seq


def restated(*stances: c.StanceGiven) -> c.RestoredStances:
    return c.RestoredStances(stances=stances)


def levels(scene: Scene, seat: SeatCode = KAZ) -> list[str]:
    held = scene.state.stances.get(seat, {})
    return [held[clause, None].level if (clause, None) in held else "" for clause in scene.clauses]


# ── stances ──


def test_what_was_entered_for_the_wrong_seat_is_void_and_what_stood_before_stands():
    scene = sco()
    first, second = scene.clauses
    stated(scene, stance(first, ACCEPT))
    wrong = stated(scene, stance(first, OBJECT), stance(second, OBJECT))
    corrected = correct(scene, wrong, "secretary")
    assert (corrected.void, corrected.of_seat, len(corrected.dropped)) == (True, KAZ, 2)
    assert levels(scene) == [ACCEPT, ""]
    assert scene.state.items[scene.item].input_seq == scene.state.seq


def test_a_stance_is_restored_whole_and_counts_as_said_now():
    scene = sco()
    first, second = scene.clauses
    wrong = stated(scene, stance(first, OBJECT))
    correct(scene, wrong, KAZ, stances=restated(stance(second, RESERVE, reason="Frost."), stance(first, ACCEPT)))
    assert levels(scene) == [ACCEPT, RESERVE]
    held = scene.state.stances[KAZ][second, None]
    assert (held.seq, scene.prose[held.seq, f"/stances/{held.place}/reason"]) == (scene.state.seq, "Frost.")
    correct(scene, scene.state.seq, KAZ, stances=restated(stance(second, RESERVE, reason="Ice.")))
    assert levels(scene) == ["", RESERVE]
    correct(scene, scene.state.seq, KAZ)
    assert levels(scene) == ["", ""]
    correct(scene, scene.state.seq, KAZ, stances=restated(stance(first, ACCEPT)))
    assert levels(scene) == [ACCEPT, ""]


def test_a_stance_on_words_that_have_changed_stays_on_those():
    scene = sco()
    clause = scene.clauses[0]
    wrong = stated(scene, stance(clause, OBJECT))
    amendment = c.ProposeAmendment(provision=clause, revision=1, text="Twice.", language=EN)
    (proposed,) = scene.give(amendment, "UZB")
    scene.give(c.AcceptAmendment(amendment=proposed.amendment))
    correct(scene, wrong, stances=restated(stance(clause, ACCEPT)))
    held = scene.state.stances[KAZ][clause, None]
    assert (held.level, held.revision, scene.state.carried((clause, None), held)) == (ACCEPT, 1, True)


def test_what_was_said_since_of_the_same_words_is_in_the_way():
    scene = sco()
    first, second = scene.clauses
    wrong = stated(scene, stance(first, OBJECT))
    other = stated(scene, stance(second, ACCEPT))
    correct(scene, wrong, stances=restated(stance(first, RESERVE)))
    again = scene.state.seq
    assert superseded(scene, again, other, stances=restated(stance(first, ACCEPT), stance(second, RESERVE)))
    newer = stated(scene, stance(first, ACCEPT))
    assert superseded(scene, again, newer)
    correct(scene, newer)  # what was in the way is mended first
    assert levels(scene) == [RESERVE, ACCEPT]
    correct(scene, again)
    assert levels(scene) == ["", ACCEPT]


@pytest.mark.parametrize("chosen", [True, False])
def test_a_bracket_closed_over_a_stance_is_in_the_way_unless_it_left_the_words(chosen: bool):
    scene = sco()
    clause = scene.clauses[0]
    (proposed,) = scene.give(c.ProposeAlternative(provision=clause, text="Should.", language=EN), "UZB")
    on_other = stated(scene, stance(clause, ACCEPT, alternative=proposed.alternative))
    on_text = stated(scene, stance(clause, ACCEPT))
    scene.give(c.CloseBracket(provision=clause, alternative=proposed.alternative if chosen else None))
    closed = scene.state.seq
    assert superseded(scene, on_other, closed)
    if chosen:
        assert superseded(scene, on_text, closed)
    else:
        correct(scene, on_text)
        assert levels(scene)[0] == ""


def test_a_call_in_which_stances_were_listed_is_in_the_way():
    scene = sco(stage="clean")
    wrong = stated(scene, stance(scene.clauses[0], OBJECT))
    scene.call()
    called = scene.state.seq
    assert superseded(scene, wrong, called)
    scene.give(c.CloseCall(item=scene.item, withdraw=True, reason="Misheard."))
    correct(scene, wrong)
    assert scene.call().standing == ()


# ── positions ──


def says(scene: Scene, words: str = "Water.", by: str = KAZ, interests: str | None = None) -> int:
    scene.give(c.PostPosition(item=scene.item, text=words, language=EN, interests=interests), by)
    return next(x.seq for x in reversed(scene.entries) if isinstance(x.event, e.PositionPosted))


def test_a_position_has_other_words_or_never_was():
    scene = sco(stage="scheduled")
    first, second = says(scene, "Water."), says(scene, "Wter.")
    (position, _) = scene.state.positions[scene.item, KAZ]
    assert superseded(scene, first, second)
    words = c.RestoredWords(text="Вода.", language=RU, translations=(c.Translation(language=EN, text="Water."),))
    correct(scene, second, "secretary", position=words)
    assert scene.state.positions[scene.item, KAZ] == (position, 2)
    assert code(scene, scene.state.seq, position=words) is RefusalCode.CORRECTION_UNCHANGED
    correct(scene, scene.state.seq, KAZ)
    assert scene.state.positions[scene.item, KAZ] == (position, 1)
    correct(scene, first, KAZ)
    assert (scene.item, KAZ) not in scene.state.positions
    correct(scene, scene.state.seq, KAZ, position=c.RestoredWords(text="Yes.", language=EN))
    assert scene.state.positions[scene.item, KAZ] == (position, 1)


def test_a_position_that_was_void_comes_back_behind_the_one_that_it_followed_only():
    scene = sco()
    first, second = says(scene, "Water."), says(scene, "Ice.")
    correct(scene, second)
    void, words = scene.state.seq, c.RestoredWords(text="Snow.", language=EN)
    newer = says(scene, "Rain.")
    assert superseded(scene, void, newer, position=words)
    correct(scene, newer)
    correct(scene, first)
    assert superseded(scene, void, scene.state.seq, position=words)
    correct(scene, scene.state.seq, position=words)
    correct(scene, void, position=words)
    position, revision = scene.state.positions[scene.item, KAZ]
    assert (revision, scene.state.posted[position][-1].seq) == (2, scene.state.seq)


def test_a_position_that_a_draft_cites_stays():
    scene = sco()
    said = says(scene)
    position, revision = scene.state.positions[scene.item, KAZ]
    source = c.DraftSource(seat=KAZ, position=position, revision=revision)
    scene.give(
        c.TableDraft(item=scene.item, clauses=(c.DraftedClause(text="Water.", language=EN, sources=(source,)),)),
        "worker",
    )
    assert superseded(scene, said, scene.state.seq)


def test_interests_are_corrected_by_those_who_may_read_them():
    scene = sco()
    says(scene, interests="Fish.")
    behind = scene.state.seq
    words = c.RestoredWords(text="Rice.", language=EN)
    for by in ("secretary", "KGZ"):
        assert code(scene, behind, by, interests=words) is RefusalCode.CORRECTION_NOT_YOURS
    correct(scene, behind, KAZ, interests=words)
    assert b'"visibility":{"seats":["KAZ"],"to":"SEATS"}' in scene.stored[-1]
    correct(scene, scene.state.seq, "chair")
    assert scene.state.posted[scene.state.positions[scene.item, KAZ][0]][-1].interests_seq is None
    correct(scene, scene.state.seq, "chair", interests=words)
    newer = says(scene)
    assert superseded(scene, scene.state.seq - 1, newer, interests=words)


# ── attendance ──


def test_a_roll_is_put_right_but_for_who_has_moved_since():
    scene = sco()
    called = next(x.seq for x in scene.entries if isinstance(x.event, e.RollCallRecorded))
    scene.give(c.NoteDeparture(seats=(KAZ,)), "secretary")
    left = scene.state.seq
    scene.give(c.NoteArrival(seats=(KAZ,)))
    correct(scene, called, "secretary", roll_call=c.RestoredPresence(present=(KAZ, KGZ)))
    assert scene.state.present == {KAZ, KGZ}
    assert superseded(scene, scene.state.seq, left + 1, roll_call=c.RestoredPresence(present=(KGZ,)))
    assert superseded(scene, left, left + 1)
    correct(scene, left + 1)
    assert scene.state.present == {KGZ}
    scene.give(c.RecordRollCall(present=THREE))
    assert superseded(scene, left + 2, scene.state.seq, roll_call=c.RestoredPresence(present=(KGZ,)))
    assert superseded(scene, left, scene.state.seq)


def test_a_roll_of_an_earlier_sitting_is_put_right_and_this_one_stays():
    scene = sco()
    called = next(x.seq for x in scene.entries if isinstance(x.event, e.RollCallRecorded))
    scene.rise()
    scene.sit(*THREE)
    correct(scene, called, roll_call=c.RestoredPresence(present=(UZB,)))
    assert (scene.state.present, scene.state.sittings[1].present) == (set(THREE), {UZB})


def test_who_comes_and_goes_moves_the_quorum():
    scene = sco(stage="clean")
    assert scene.refuse(c.NoteArrival(seats=())).code is RefusalCode.LIST_EMPTY
    scene.give(c.NoteDeparture(seats=(KAZ, KGZ)))
    refusal = scene.refuse(c.CallForConsensus(item=scene.item))
    assert (refusal.code, refusal.params) == (RefusalCode.QUORUM_NOT_MET, {"present": 1, "needed": 2})
    scene.give(c.NoteArrival(seats=(KGZ,)), "secretary")
    scene.call()
    scene.give(c.NoteDeparture(seats=(UZB,)))
    assert scene.close().outcome is CallOutcome.NO_QUORUM
    scene.rise()
    scene.give(c.ResumeSession())
    assert scene.refuse(c.NoteArrival(seats=(KAZ,))).code is RefusalCode.ROLL_CALL_MISSING


def test_who_leaves_in_a_call_is_absent_and_its_objection_maintained():
    scene = sco(stage="clean")
    stated(scene, stance(scene.clauses[0], OBJECT))
    scene.call()
    scene.give(c.NoteDeparture(seats=(KAZ,)))
    closed = scene.close()
    assert (closed.outcome, closed.absent) == (CallOutcome.BLOCKED, (KAZ,))
    assert [o.seat for o in closed.verdict.objections] == [KAZ]


def test_who_does_not_answer_when_a_call_is_closed_is_listed():
    scene = sco(stage="called")
    scene.give(c.NoteDeparture(seats=(UZB,)))
    scene.reachable = frozenset((KAZ, PARTNER))
    closed = scene.close(unreachable=(OBSERVER,))
    assert (closed.absent, closed.unreachable) == ((UZB,), (KGZ, OBSERVER))


# ── calls ──


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


# ── who, what and when ──


def test_one_restored_value_of_the_kind_is_given():
    scene = sco()
    said = stated(scene, stance(scene.clauses[0]))
    both = {"void": True, "stances": restated(stance(scene.clauses[0], ACCEPT))}
    wrongs: list[dict[str, Any]] = [both, {"void": False}, {"position": c.RestoredWords(text="No.", language=EN)}]
    for wrong in wrongs:
        assert code(scene, said, **wrong) is RefusalCode.CORRECTION_MISMATCH
    assert (
        scene.refuse(c.CorrectEntry(seq=Seq(said), restored=c.Restored(), reason="No.")).code == "CORRECTION_MISMATCH"
    )
    assert code(scene, said, stances=c.RestoredStances(stances=())) is RefusalCode.LIST_EMPTY


@pytest.mark.parametrize("seq", [0, -1, 10**9])
def test_an_entry_that_is_not_there(seq: int):
    scene = sco()
    refusal = scene.refuse(command(seq))
    assert (refusal.code, refusal.params["kind"]) == (RefusalCode.UNKNOWN_REFERENCE, "entry")


def test_the_record_is_corrected_until_it_is_sealed_and_for_a_reason():
    scene = sco()
    said = stated(scene, stance(scene.clauses[0]))
    nothing = c.CorrectEntry(seq=Seq(said), restored=c.Restored(void=True), reason=" ")
    assert scene.refuse(nothing, KAZ).code is RefusalCode.REASON_MISSING
    scene.give(c.CloseSession())
    correct(scene, said, KAZ)
    scene.give(c.SealSession())
    assert code(scene, scene.state.seq - 1, KAZ) is RefusalCode.SESSION_SEALED


def test_nobody_s_kind_of_entry_is_told_to_whom_it_is_not_for():
    scene = sco()
    scene.give(c.SuspendSession())
    suspended = scene.state.seq
    assert code(scene, suspended, KAZ) is RefusalCode.CORRECTION_NOT_YOURS
    assert code(scene, suspended, "secretary") is RefusalCode.CORRECTION_KIND
    assert code(scene, suspended, "visitor") is RefusalCode.NOT_PERMITTED


def test_a_stance_taken_with_a_position_is_corrected_by_itself():
    scene = sco()
    clause = scene.clauses[0]
    scene.give(c.PostPosition(item=scene.item, text="Yes.", language=EN, stances=(stance(clause),)), KAZ)
    correct(scene, scene.state.seq, KAZ, stances=restated(stance(clause, RESERVE)))
    assert levels(scene)[0] == RESERVE
