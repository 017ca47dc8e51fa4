"""Chapter 6: a call for consensus, objections and opinions in it, and what follows."""

from dataclasses import replace
from typing import Any

import pytest

from polylogue import commands as c
from polylogue import events as e
from polylogue.refusals import RefusalCode
from polylogue.rules.shelf import rule_set
from polylogue.vocabulary import (
    CallOutcome,
    DecisionType,
    Hash,
    ItemId,
    ObjectionState,
    OpinionKind,
    ProvisionId,
    SeatCode,
    StanceLevel,
)
from tests.scenes import EN, GUEST, OBSERVER, PARTNER, RU, TEN, THREE, Scene, objects, sco, stance, takes

KAZ, KGZ, UZB = THREE
OBJECT = StanceLevel.OBJECT


def counted(verdict: e.Verdict) -> dict[str, int]:
    return {count.name: count.value for count in verdict.counts}


def against(verdict: e.Verdict) -> list[tuple[SeatCode, ProvisionId]]:
    return [(objection.seat, objection.provision) for objection in verdict.objections]


def opinion(scene: Scene, **more: Any) -> c.PlaceOpinionOnRecord:
    given: dict[str, Any] = {"item": scene.item, "text": "We understand it so.", "language": EN}
    return c.PlaceOpinionOnRecord(**(given | more))


def maintains(scene: Scene, clause: ProvisionId) -> c.MaintainObjection:
    return c.MaintainObjection(item=scene.item, provision=clause)


def withdraws(scene: Scene, clause: ProvisionId, **more: Any) -> c.WithdrawObjection:
    return c.WithdrawObjection(item=scene.item, provision=clause, **more)


def with_objection(*seats: SeatCode) -> Scene:
    """A clean text, on whose first clause these seats hold an OBJECT."""
    scene = sco(10, stage="clean")
    for seat in seats:
        scene.give(takes(scene.item, scene.clauses[0], OBJECT), seat)
    return scene


# ── 6.1 the call ──


def test_a_call_asks_all_members_and_says_until_when():
    scene = sco(stage="clean")
    scene.reports[scene.item] = Hash("ab" * 32)
    opened = scene.call(decision_type=DecisionType.STATEMENT)
    assert (opened.decision_type, opened.eligible, opened.concerned) == (DecisionType.STATEMENT, THREE, None)
    assert opened.objections_until == "2026-05-05T09:30:00.000Z"
    assert (opened.report, opened.standing) == ("ab" * 32, ())
    assert scene.phases == ("OPEN", "DECISION", "CALLED")


def test_no_report_never_blocks_a_call():
    assert sco(stage="clean").call().report is None


def test_a_call_lists_what_stands_and_what_is_carried_and_not_what_partners_hold():
    scene = sco(10)
    first, second = scene.clauses
    scene.give(takes(scene.item, first, OBJECT), "UZB")
    scene.give(takes(scene.item, second, OBJECT), "UZB")
    scene.give(takes(scene.item, first, OBJECT), PARTNER)
    scene.give(takes(scene.item, second, StanceLevel.RESERVE), "IND")
    (amendment,) = scene.give(c.ProposeAmendment(provision=second, revision=1, text="Twice.", language=EN), "KAZ")
    scene.give(c.AcceptAmendment(amendment=amendment.amendment))
    scene.give(takes(scene.item, second, OBJECT), "CHN")
    scene.circulate()
    scene.clean()
    opened = scene.call()
    assert [(s.seat, s.provision, s.carried) for s in opened.standing] == [
        ("CHN", second, False),
        ("UZB", first, False),
        ("UZB", second, True),
    ]
    held = scene.state.call
    assert held
    assert {o.state for o in held.objections.values()} == {ObjectionState.STANDING}


def test_an_objection_to_what_was_withdrawn_is_not_listed():
    scene = sco()
    clause = scene.clauses[0]
    scene.give(takes(scene.item, clause, OBJECT), "UZB")
    scene.give(c.WithdrawProvision(provision=clause))
    scene.circulate()
    scene.clean()
    assert scene.call().standing == ()


def test_one_call_at_a_time_in_a_session():
    scene = sco(items=2)
    second = list(scene.state.items)[1]
    scene.give(c.OpenItem(item=second))
    scene.give(c.CirculateText(item=second))
    scene.give(c.CleanText(item=second))
    scene.circulate()
    scene.clean()
    scene.call()
    refusal = scene.refuse(c.CallForConsensus(item=second))
    assert (refusal.code, refusal.params) == (RefusalCode.CALL_OPEN, {"number": 1})
    assert scene.refuse(c.CallForConsensus(item=scene.item)).code is RefusalCode.TEXT_STATE
    scene.close()
    scene.give(c.CallForConsensus(item=second))


def test_the_second_decision_of_a_session_has_the_second_number():
    scene = sco(items=2, stage="called")
    scene.close()
    assert scene.newest(e.TextAdopted).number == 1
    second = list(scene.state.items)[1]
    for command in (c.OpenItem, c.CirculateText, c.CleanText):
        scene.give(command(item=second))
    scene.wait(minutes=24 * 60)
    scene.give(c.CallForConsensus(item=second))
    scene.wait(minutes=30)
    scene.give(c.CloseCall(item=second))
    assert scene.newest(e.TextAdopted).number == 2


@pytest.mark.parametrize("kind", [DecisionType.EXPULSION, DecisionType.SUSPENSION])
@pytest.mark.parametrize("concerned", [None, OBSERVER, SeatCode("XXX")])
def test_an_expulsion_is_about_a_member(kind: DecisionType, concerned: SeatCode | None):
    scene = sco(stage="clean")
    refusal = scene.refuse(c.CallForConsensus(item=scene.item, decision_type=kind, concerned=concerned))
    assert (refusal.code, refusal.path) == (RefusalCode.UNKNOWN_REFERENCE, ("concerned",))


def test_other_decisions_are_about_nobody():
    scene = sco(stage="clean")
    refusal = scene.refuse(c.CallForConsensus(item=scene.item, concerned=KAZ))
    assert (refusal.code, refusal.params) == (RefusalCode.NOT_PERMITTED, {"allowed": "EXPULSION, SUSPENSION"})


def test_a_house_may_know_fewer_kinds_of_decision():
    scene = sco(stage="clean")
    scene.state.rules = replace(rule_set("sco-consensus/1"), call_types=frozenset((DecisionType.ORDINARY,)))
    refusal = scene.refuse(c.CallForConsensus(item=scene.item, decision_type=DecisionType.ADMISSION))
    assert (refusal.code, refusal.path, refusal.params) == (
        RefusalCode.NOT_PERMITTED,
        ("decisionType",),
        {"allowed": "ORDINARY"},
    )


# ── 6.2, 6.3 objections ──


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


# ── 6.4 opinions ──


def test_an_opinion_is_placed_beside_the_decision_and_does_not_block():
    scene = sco(stage="called")
    (placed,) = scene.give(
        opinion(scene, text="Мы понимаем.", language=RU, kind=OpinionKind.RESERVATION, provision=scene.clauses[1]),
        "KAZ",
    )
    assert (placed.kind, placed.provision) == (OpinionKind.RESERVATION, scene.clauses[1])
    closed = scene.close()
    assert (closed.outcome, closed.verdict.objections) == (CallOutcome.ADOPTED, ())


def test_an_opinion_may_follow_the_decision_while_the_sitting_lasts():
    scene = sco(stage="called")
    scene.close()
    scene.give(opinion(scene), "UZB")
    scene.rise()
    scene.sit()
    refusal = scene.refuse(opinion(scene), "UZB")
    assert (refusal.code, refusal.params) == (RefusalCode.SITTING_OVER, {"number": 1, "sitting": 1})


def test_an_opinion_is_on_a_clause_of_the_text():
    scene = sco(items=2, stage="called")
    elsewhere = list(scene.state.items.values())[1].provisions[0]
    refusal = scene.refuse(opinion(scene, provision=elsewhere), "KAZ")
    assert (refusal.code, refusal.path) == (RefusalCode.UNKNOWN_REFERENCE, ("provision",))


# ── 6.5 the end of a call: adopted ──


def test_silence_of_those_present_is_consent():
    scene = sco(10, stage="called", authentic=(RU,))
    scene.reports[scene.item] = Hash("cd" * 32)
    closed = scene.close()
    assert (closed.outcome, closed.absent, closed.unreachable, closed.reason) == (CallOutcome.ADOPTED, (), (), None)
    verdict = closed.verdict
    assert (verdict.passed, verdict.rule, verdict.base, verdict.needed) == (True, "sco-consensus/1 6.5", "members", 7)
    assert counted(verdict) == {"eligible": 10, "members": 10, "objections": 0, "present": 10}
    adopted = scene.newest(e.TextAdopted)
    assert (adopted.number, adopted.report) == (1, "cd" * 32)
    assert [(clause.number, clause.versions[0].text) for clause in adopted.clauses] == [
        (1, "Item 1, clause 1."),
        (2, "Item 1, clause 2."),
    ]
    assert scene.phases == ("OPEN", "CONCLUDED", "ADOPTED")


def test_what_is_adopted_stands_in_the_record_itself_as_it_was_last_worded():
    scene = sco()
    first, second = scene.clauses
    (proposed,) = scene.give(c.ProposeAlternative(provision=first, text="Решает.", language=RU), "KAZ")
    scene.give(c.CloseBracket(provision=first, alternative=proposed.alternative))
    (inserted,) = scene.give(c.ProposeProvision(item=scene.item, text="Thanks.", language=EN, after=first), "KAZ")
    scene.give(c.WithdrawProvision(provision=second))
    scene.circulate()
    scene.clean()
    scene.call()
    scene.close()
    clauses = scene.newest(e.TextAdopted).clauses
    assert [(clause.id, clause.number, clause.revision) for clause in clauses] == [
        (first, 1, 2),
        (inserted.provision, 2, 1),
    ]
    assert [(v.language, v.text) for clause in clauses for v in clause.versions] == [(RU, "Решает."), (EN, "Thanks.")]
    assert "Решает.".encode() in scene.stored[-1]
    assert not any("Решает.".encode() in line for line in scene.stored[:-1])


def test_an_erased_clause_is_not_adopted_but_the_call_can_be_taken_back():
    scene = sco(stage="called")
    wording = scene.state.provisions[scene.clauses[0]].wording[0]
    scene.erase(wording.seq, wording.pointer)
    scene.wait(minutes=30)
    refusal = scene.refuse(c.CloseCall(item=scene.item))
    assert (refusal.code, refusal.params) == (RefusalCode.TEXT_ERASED, {"id": scene.clauses[0]})
    assert scene.close(withdraw=True, reason="A clause is erased.").outcome is CallOutcome.WITHDRAWN


def test_an_erased_clause_can_be_blocked():
    scene = sco(stage="called")
    wording = scene.state.provisions[scene.clauses[0]].wording[0]
    scene.erase(wording.seq, wording.pointer)
    scene.give(objects(scene.item, scene.clauses[1]), "KAZ")
    assert scene.close().outcome is CallOutcome.BLOCKED


def test_an_objection_withdrawn_before_the_close_does_not_block():
    scene = sco(10, stage="called")
    clause = scene.clauses[0]
    scene.give(objects(scene.item, clause), "IND")
    scene.give(withdraws(scene, clause), "IND")
    closed = scene.close()
    assert (closed.outcome, closed.verdict.passed, counted(closed.verdict)["objections"]) == (
        CallOutcome.ADOPTED,
        True,
        0,
    )


@pytest.mark.parametrize("kind", [DecisionType.EXPULSION, DecisionType.SUSPENSION])
def test_the_member_concerned_does_not_count(kind: DecisionType):
    """Consensus minus the member concerned: its standing objection is not listed, and it raises none."""
    scene = with_objection(UZB)
    opened = scene.call(decision_type=kind, concerned=UZB)
    assert (opened.standing, opened.concerned, opened.eligible) == ((), UZB, TEN[:-1])
    refusal = scene.refuse(objects(scene.item, scene.clauses[1]), "UZB")
    assert (refusal.code, refusal.params["allowed"]) == (RefusalCode.NOT_PERMITTED, ", ".join(TEN[:-1]))
    scene.give(opinion(scene, kind=OpinionKind.RESERVATION), "UZB")
    closed = scene.close()
    assert closed.outcome is CallOutcome.ADOPTED
    assert counted(closed.verdict) == {"eligible": 9, "members": 10, "objections": 0, "present": 10}


def test_the_others_do_count_when_a_member_is_expelled():
    scene = sco(10, stage="clean")
    scene.call(decision_type=DecisionType.EXPULSION, concerned=UZB)
    scene.give(objects(scene.item, scene.clauses[0]), "KAZ")
    assert scene.close().outcome is CallOutcome.BLOCKED


# ── blocked ──


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


# ── no quorum, or taken back ──


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
    refusal = scene.refuse(c.CloseCall(item=scene.item, withdraw=True, reason="A.", unreachable=(SeatCode("XXX"),)))
    assert (refusal.code, refusal.path) == (RefusalCode.UNKNOWN_REFERENCE, ("unreachable",))


# ── verdicts ──


@pytest.mark.parametrize(
    ("rule_set_name", "present", "objections", "outcome"),
    [
        ("sco-consensus/1", 10, 0, "ADOPTED"),
        ("sco-consensus/1", 7, 0, "ADOPTED"),
        ("sco-consensus/1", 6, 0, "NO_QUORUM"),
        ("sco-consensus/1", 6, 1, "NO_QUORUM"),
        ("sco-consensus/1", 10, 5, "BLOCKED"),
        ("sco-consensus/1", 10, 1, "BLOCKED"),
        ("sco-consensus/1", 7, 1, "BLOCKED"),
        ("sco-consensus-half/1", 6, 0, "ADOPTED"),
        ("sco-consensus-half/1", 5, 0, "NO_QUORUM"),
        ("sco-consensus-half/1", 6, 3, "BLOCKED"),
        ("sco-consensus-sitting/1", 7, 0, "ADOPTED"),
    ],
)
def test_a_verdict_says_why(rule_set_name: str, present: int, objections: int, outcome: str):
    scene = sco(10, stage="called", rule_set=rule_set_name)
    for seat in TEN[:objections]:
        scene.give(objects(scene.item, scene.clauses[0]), seat)
    scene.give(c.RecordRollCall(present=(*TEN[:present], OBSERVER)))
    closed = scene.close()
    verdict, count = closed.verdict, counted(closed.verdict)
    assert closed.outcome == outcome
    assert count == {"eligible": 10, "members": 10, "objections": objections, "present": present}
    assert len(verdict.objections) == objections
    assert verdict.rule == f"{rule_set_name} 6.5"
    assert verdict.needed == rule_set(rule_set_name).quorum.needed(count[verdict.base])
    met = count["present"] >= verdict.needed
    assert verdict.passed == (met and not verdict.objections) == (outcome == "ADOPTED")
