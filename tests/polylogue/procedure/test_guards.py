"""Named guards: a house switches each on or off in its rows; without one, the command goes through."""

import pytest

from polylogue import commands as c
from polylogue.refusals import RefusalCode
from polylogue.rules.ruleset import Guard
from polylogue.rules.shelf import rule_set
from polylogue.vocabulary import ProvisionState, Role, TextState
from tests.polylogue.procedure.guards import GUARDED, calling_in_a_call, cleaning_a_bracket, house
from tests.scenes import EN, objects, sco


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
