"""Named guards: a house switches each on or off in its rows; without one, the command goes through."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from polylogue import commands as c
from polylogue.refusals import RefusalCode
from polylogue.rules.ruleset import Guard
from polylogue.rules.shelf import rule_set
from polylogue.vocabulary import ProvisionState, Role, StanceLevel, TextState
from tests.scenes import EN, RU, THREE, Scene, objects, sco, takes

Given = tuple[Scene, c.Command, str]
KAZ, KGZ, UZB = THREE


def house(scene: Scene, command: str, *, without: Guard | None = None, **row: Any) -> None:
    """Let the session go by rules in which one row is different."""
    rules = scene.state.rules or rule_set("sco-consensus/1")
    own = rules.commands[command]
    changed = replace(own, guards=own.guards - {without}, **row)
    scene.state.rules = replace(rules, commands={**rules.commands, command: changed})


def closing_in_a_call() -> Given:
    return sco(stage="called"), c.CloseSession(), "chair"


def calling_in_a_call() -> Given:
    scene = sco(items=2, stage="clean")
    second = list(scene.state.items)[1]
    for command in (c.OpenItem, c.CirculateText, c.CleanText):
        scene.give(command(item=second))
    scene.wait(minutes=24 * 60)
    scene.call()
    return scene, c.CallForConsensus(item=second), "chair"


def withdrawing_what_another_sponsors() -> Given:
    scene = sco()
    return scene, c.WithdrawProvision(provision=scene.clauses[0]), "KAZ"


def taking_back_what_another_proposed() -> Given:
    scene = sco()
    amendment = c.ProposeAmendment(provision=scene.clauses[0], revision=1, text="Twice.", language=EN)
    (proposed,) = scene.give(amendment, "KAZ")
    return scene, c.WithdrawAmendment(amendment=proposed.amendment), "UZB"


def choosing_what_is_objected_to() -> Given:
    scene = sco()
    scene.give(takes(scene.item, scene.clauses[0], StanceLevel.OBJECT), "UZB")
    scene.give(c.ProposeAlternative(provision=scene.clauses[0], text="Should.", language=EN), "KAZ")
    return scene, c.CloseBracket(provision=scene.clauses[0]), "chair"


def circulating_nothing() -> Given:
    scene = sco(clauses=0)
    return scene, c.CirculateText(item=scene.item), "chair"


def cleaning_a_bracket() -> Given:
    scene = sco(stage="circulated")
    scene.give(c.ProposeAlternative(provision=scene.clauses[0], text="Should.", language=EN), "KAZ")
    return scene, c.CleanText(item=scene.item), "chair"


def cleaning_what_nobody_stands_behind() -> Given:
    scene = sco(stage="circulated")
    drafted = c.DraftedClause(text="Welcomes.", language=EN, sources=(c.DraftSource(revision=1),))
    scene.give(c.TableDraft(item=scene.item, clauses=(drafted,)), "secretary")
    return scene, c.CleanText(item=scene.item), "chair"


def cleaning_what_is_not_in_every_authentic_language() -> Given:
    scene = sco(stage="circulated", authentic=(RU,))
    return scene, c.CleanText(item=scene.item), "chair"


def giving_a_version_in_a_language_that_is_not_spoken() -> Given:
    scene = sco(authentic=(RU,))
    return scene, c.ProvideVersion(provision=scene.clauses[0], language=RU, text="Один."), "KAZ"


def calling_without_a_roll_call() -> Given:
    scene = sco(stage="clean")
    scene.rise()
    scene.give(c.ResumeSession())
    return scene, c.CallForConsensus(item=scene.item), "chair"


def calling_too_soon() -> Given:
    scene = sco(stage="circulated")
    scene.give(c.CleanText(item=scene.item))
    return scene, c.CallForConsensus(item=scene.item), "chair"


def an_opinion_too_late() -> Given:
    scene = sco(stage="called")
    scene.close()
    scene.rise()
    scene.sit()
    return scene, c.PlaceOpinionOnRecord(item=scene.item, text="We understand.", language=EN), "KAZ"


def closing_a_call_too_soon() -> Given:
    scene = sco(stage="called")
    return scene, c.CloseCall(item=scene.item), "chair"


def closing_a_call_unanswered() -> Given:
    scene = sco(stage="clean")
    scene.give(takes(scene.item, scene.clauses[0], StanceLevel.OBJECT), "UZB")
    scene.call()
    scene.wait(minutes=30)
    return scene, c.CloseCall(item=scene.item), "chair"


GUARDED: dict[Guard, tuple[Callable[[], Given], RefusalCode]] = {
    Guard.NO_CALL_OPEN: (closing_in_a_call, RefusalCode.CALL_OPEN),
    Guard.SPONSOR: (withdrawing_what_another_sponsors, RefusalCode.NOT_SPONSOR),
    Guard.PROPOSER: (taking_back_what_another_proposed, RefusalCode.NOT_SPONSOR),
    Guard.NOT_OBJECTED: (choosing_what_is_objected_to, RefusalCode.BRACKET_OBJECTED),
    Guard.PROVISION_LEFT: (circulating_nothing, RefusalCode.PROVISION_MISSING),
    Guard.NO_BRACKET: (cleaning_a_bracket, RefusalCode.BRACKETS_OPEN),
    Guard.SUPPORTED: (cleaning_what_nobody_stands_behind, RefusalCode.TEXT_UNSUPPORTED),
    Guard.AUTHENTIC_VERSIONS: (cleaning_what_is_not_in_every_authentic_language, RefusalCode.VERSION_MISSING),
    Guard.OWN_LANGUAGE: (giving_a_version_in_a_language_that_is_not_spoken, RefusalCode.LANGUAGE_NOT_SPOKEN),
    Guard.QUORUM: (calling_without_a_roll_call, RefusalCode.ROLL_CALL_MISSING),
    Guard.CIRCULATION_OVER: (calling_too_soon, RefusalCode.CIRCULATION_RUNNING),
    Guard.SITTING_RUNNING: (an_opinion_too_late, RefusalCode.SITTING_OVER),
    Guard.WINDOW_OVER: (closing_a_call_too_soon, RefusalCode.WINDOW_OPEN),
    Guard.ANSWERED: (closing_a_call_unanswered, RefusalCode.ANSWERS_MISSING),
}


def test_every_guard_is_tried():
    assert set(GUARDED) == set(Guard)


@pytest.mark.parametrize("guard", Guard)
def test_a_guard_refuses_where_a_house_switches_it_on(guard: Guard):
    history, code = GUARDED[guard]
    scene, command, by = history()
    assert scene.refuse(command, by).code is code
    house(scene, type(command).__name__, without=guard)
    scene.give(command, by)


def test_two_calls_are_refused_by_the_guard_of_the_call():
    scene, command, by = calling_in_a_call()
    assert scene.refuse(command, by).code is RefusalCode.CALL_OPEN


def test_a_house_may_clean_a_text_with_brackets_left():
    scene, command, by = cleaning_a_bracket()
    house(scene, "CleanText", without=Guard.NO_BRACKET)
    scene.give(command, by)
    assert {scene.state.provisions[clause].state for clause in scene.clauses} == {ProvisionState.AGREED}
    assert scene.state.items[scene.item].input_seq == scene.state.seq  # a bracket less, so its figures move


def test_a_text_that_was_never_circulated_is_not_called_in_a_house_that_cleans_at_once():
    scene = sco()
    house(scene, "CleanText", text=frozenset(TextState))
    scene.give(c.CleanText(item=scene.item))
    refusal = scene.refuse(c.CallForConsensus(item=scene.item))
    assert (refusal.code, refusal.params) == (RefusalCode.CIRCULATION_RUNNING, {"number": 1, "until": ""})


def test_what_a_house_allows_without_a_call_still_needs_one():
    scene = sco(stage="clean")
    house(
        scene,
        "RaiseObjection",
        text=frozenset(TextState),
        item=frozenset(rule_set("sco-consensus/1").commands["ReopenText"].item),
    )
    refusal = scene.refuse(objects(scene.item, scene.clauses[0]), "KAZ")
    assert (refusal.code, refusal.params["allowed"]) == (RefusalCode.TEXT_STATE, "CALLED")


def test_what_is_done_for_a_seat_needs_one_in_every_house():
    scene = sco()
    house(scene, "PostPosition", by=(Role.CHAIR,))
    command = c.PostPosition(item=scene.item, text="We agree.", language=EN)
    refusal = scene.refuse(command)
    assert (refusal.code, refusal.path) == (RefusalCode.SEAT_AMBIGUOUS, ("seat",))
    scene.give(command, seat="KAZ")
