"""Chapters 2 and 3: the roll is called, items are added, taken up and deferred."""

from dataclasses import replace

import pytest

from polylogue import commands as c
from polylogue import events as e
from polylogue.refusals import RefusalCode
from polylogue.scenario import ScenarioItem, ScenarioProvision
from polylogue.vocabulary import ItemPhase, ProvisionKind, RequestState, SeatCode, TextState
from tests.scenes import GUEST, OBSERVER, PARTNER, TEN, THREE, item, objects, sco, text

KAZ, KGZ, UZB = THREE


# ── 2.1 the roll call ──


@pytest.mark.parametrize("by", ["chair", "secretary"])
def test_who_is_not_called_present_is_absent(by: str):
    scene = sco()
    (called,) = scene.give(c.RecordRollCall(present=(UZB, OBSERVER)), by)
    assert called == e.RollCallRecorded(sitting=1, present=(OBSERVER, UZB), absent=(PARTNER, KAZ, KGZ, GUEST))
    assert scene.state.present == {UZB, OBSERVER}


def test_nobody_is_present_twice():
    scene = sco()
    refusal = scene.refuse(c.RecordRollCall(present=(KAZ, UZB, KAZ)))
    assert (refusal.code, refusal.path, refusal.params["entry"]) == (RefusalCode.DUPLICATE_ENTRY, ("present",), KAZ)


def test_the_roll_is_called_again_when_somebody_comes():
    scene = sco(stage="clean")
    scene.give(c.RecordRollCall(present=(KAZ,)))
    assert scene.refuse(c.CallForConsensus(item=scene.item)).code is RefusalCode.QUORUM_NOT_MET
    scene.give(c.RecordRollCall(present=(KAZ, UZB)))
    scene.call()


@pytest.mark.parametrize(("rule_set", "needed"), [("sco-consensus/1", 7), ("sco-consensus-half/1", 6)])
def test_a_quorum_of_ten(rule_set: str, needed: int):
    """Two thirds of ten are 7; more than half are 6, not 5."""
    scene = sco(10, stage="clean", rule_set=rule_set)
    scene.give(c.RecordRollCall(present=(*TEN[: needed - 1], OBSERVER)))
    refusal = scene.refuse(c.CallForConsensus(item=scene.item))
    assert (refusal.code, refusal.params) == (
        RefusalCode.QUORUM_NOT_MET,
        {"present": needed - 1, "needed": needed},
    )
    scene.give(c.RecordRollCall(present=TEN[:needed]))
    scene.call()


def test_whoever_is_called_has_a_seat():
    refusal = sco().refuse(c.RecordRollCall(present=(SeatCode("ZZZ"),)))
    assert (refusal.code, refusal.path) == (RefusalCode.UNKNOWN_REFERENCE, ("present",))
    assert sco().refuse(c.RecordRollCall(present=(KAZ,) * 201)).code is RefusalCode.LIST_TOO_LONG


# ── 3.1 to 3.3 items ──


def test_an_item_is_added_at_the_end_of_the_agenda():
    scene = sco(items=2)
    (added,) = scene.give(c.AddItem(item=item("Fisheries", 3)))
    assert added.item.number == 3
    third = scene.state.items[added.item.id]
    assert (third.phase, len(scene.state.in_text(third))) == (ItemPhase.LISTED, 3)
    assert list(scene.state.items)[-1] == third.id


def test_the_opening_text_of_an_item_has_its_preamble_first():
    recital = ScenarioProvision(kind=ProvisionKind.PREAMBULAR, versions=(text("Recalling the fish,"),))
    scene, fisheries = sco(items=2), item("Fisheries", 1)
    behind = c.AddItem(item=replace(fisheries, provisions=(recital, *fisheries.provisions, recital)))
    refusal = scene.refuse(behind)
    assert (refusal.code, refusal.path, refusal.params) == (
        RefusalCode.ORDER_PREAMBLE, ("item", "provisions", "2", "kind"), {"before": "3.2"}
    )  # fmt: skip
    scene.give(c.AddItem(item=replace(fisheries, provisions=(recital, *fisheries.provisions))))


def test_a_wrong_item_is_refused_where_it_is_wrong():
    refusal = sco().refuse(c.AddItem(item=ScenarioItem(titles=(text("A", "?"),))))
    assert (refusal.code, refusal.path) == (
        RefusalCode.LANGUAGE_TAG_INVALID,
        ("item", "titles", "0", "language"),
    )


def test_an_agenda_has_two_hundred_items_at_most():
    scene = sco(items=200, clauses=0)
    assert scene.refuse(c.AddItem(item=item())).code is RefusalCode.LIST_TOO_LONG


def test_an_item_is_taken_up_with_the_timings_of_the_rules_by_the_clock_of_the_scenario():
    scene = sco(items=2, clock_scale="1/60")
    (opened,) = scene.give(c.OpenItem(item=list(scene.state.items)[1]))
    assert opened.phase is ItemPhase.DELIBERATION
    assert (opened.circulation_ms, opened.objection_window_ms) == (24 * 60_000, 30_000)


@pytest.mark.parametrize(
    ("stage", "phase"), [("open", "DELIBERATION"), ("circulated", "NEGOTIATION"), ("clean", "NEGOTIATION")]
)
def test_what_was_deferred_is_taken_up_where_its_text_stands(stage: str, phase: str):
    scene = sco(stage=stage)  # type: ignore[arg-type]
    _, _, of_text = scene.phases
    scene.give(c.DeferItem(item=scene.item, reason="No instructions."))
    assert scene.phases == ("OPEN", "DEFERRED", of_text)
    assert scene.state.items[scene.item].deferred_seq == scene.state.seq
    scene.give(c.OpenItem(item=scene.item))
    assert scene.phases == ("OPEN", phase, of_text)
    assert scene.state.items[scene.item].deferred_seq is None


def test_a_blocked_item_can_be_deferred_and_taken_up():
    scene = sco(stage="called")
    scene.give(objects(scene.item, scene.clauses[0]), "KAZ")
    scene.close()
    assert scene.phases == ("OPEN", "DECISION", "BLOCKED")
    scene.give(c.DeferItem(item=scene.item, reason="Next year."))
    scene.give(c.OpenItem(item=scene.item))
    assert scene.phases == ("OPEN", "NEGOTIATION", "BLOCKED")


def test_a_draft_that_was_asked_for_lapses_when_its_item_is_deferred():
    scene = sco()
    (asked,) = scene.give(c.RequestDraft(item=scene.item))
    scene.give(c.DeferItem(item=scene.item, reason="No instructions."))
    request = scene.state.requests[asked.request]
    assert (request.state, request.ended_seq) == (RequestState.LAPSED, scene.state.seq)


def test_what_is_called_is_not_deferred():
    scene = sco(stage="called")
    refusal = scene.refuse(c.DeferItem(item=scene.item, reason="Later."))
    assert (refusal.code, refusal.params["state"]) == (RefusalCode.TEXT_STATE, TextState.CALLED)
