"""Who is present: rolls put right, arrivals and departures, and who does not answer."""

from polylogue import commands as c
from polylogue import events as e
from polylogue.refusals import RefusalCode
from polylogue.vocabulary import CallOutcome
from tests.polylogue.procedure.corrections import KAZ, KGZ, OBJECT, UZB, correct, stated, superseded
from tests.scenes import OBSERVER, PARTNER, THREE, sco, stance


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
