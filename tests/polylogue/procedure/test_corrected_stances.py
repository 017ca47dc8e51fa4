"""Stances mended: what is restored, of which words it counts, and what stands in its way."""

import pytest

from polylogue import commands as c
from tests.polylogue.procedure.corrections import (
    ACCEPT,
    KAZ,
    OBJECT,
    RESERVE,
    correct,
    levels,
    restated,
    stated,
    superseded,
)
from tests.scenes import EN, sco, stance


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
