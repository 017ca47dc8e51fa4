"""Rule 6.1: a call asks all members, says until when, and lists the objections that stand."""

from dataclasses import replace

import pytest

from polylogue import commands as c
from polylogue import events as e
from polylogue.refusals import RefusalCode
from polylogue.rules.shelf import rule_set
from polylogue.vocabulary import DecisionType, Hash, ObjectionState, SeatCode, StanceLevel
from tests.scenes import EN, OBSERVER, PARTNER, THREE, sco, takes

KAZ, KGZ, UZB = THREE
OBJECT = StanceLevel.OBJECT


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
@pytest.mark.parametrize("concerned", [None, OBSERVER, SeatCode("ZZZ")])
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
