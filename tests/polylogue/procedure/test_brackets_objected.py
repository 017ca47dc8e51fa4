"""Rule 5.6, objections: a bracket is not closed on words that a member objects to, however they are named."""

import pytest

from polylogue import commands as c
from polylogue.refusals import RefusalCode
from polylogue.vocabulary import StanceLevel
from tests.polylogue.procedure.brackets import beside, close, held, opened, three
from tests.scenes import EN, OBSERVER, THREE, takes

KAZ, KGZ, UZB = THREE
OBJECT, RESERVE, ACCEPT, SUPPORT = StanceLevel.OBJECT, StanceLevel.RESERVE, StanceLevel.ACCEPT, StanceLevel.SUPPORT


def test_an_objection_to_a_wording_that_has_the_reading_keeps_the_bracket_open():
    scene, clause, should, may = three()
    scene.give(takes(scene.item, clause, OBJECT, alternative=may), KGZ)
    scene.give(takes(scene.item, clause, OBJECT, alternative=may), OBSERVER)
    refusal = scene.refuse(close(clause, 2))  # goods: the present text and UZB's
    assert (refusal.code, refusal.params) == (
        RefusalCode.BRACKET_OBJECTED,
        {"seats": KGZ, "clause": "1.1", "id": clause, "reason": "It costs too much."},
    )
    scene.give(close(clause, 2, should))


def test_who_can_live_with_the_reading_elsewhere_objects_to_something_else():
    scene, clause, _, may = three()
    scene.give(takes(scene.item, clause, OBJECT, alternative=may), KGZ)
    scene.give(takes(scene.item, clause, RESERVE), KGZ)
    scene.give(close(clause, 2))


def test_the_last_bracket_does_not_close_on_a_whole_wording_that_is_objected_to():
    scene, clause = opened("We shall meet in May.")
    june = beside(scene, clause, "We shall meet in June.")
    scene.give(takes(scene.item, clause, OBJECT), KGZ)
    assert scene.refuse(close(clause, 1)).code is RefusalCode.BRACKET_OBJECTED
    scene.give(close(clause, 1, june))


def test_of_two_wordings_alike_the_one_that_is_named_closes_the_last_bracket():
    scene, clause = opened("We shall meet in May.")
    first, second = (beside(scene, clause, "We shall meet in June.", by) for by in (KAZ, UZB))
    scene.give(takes(scene.item, clause, OBJECT, alternative=first), KGZ)
    scene.give(takes(scene.item, clause, ACCEPT, alternative=second), KGZ)
    assert scene.refuse(close(clause, 1, first)).code is RefusalCode.BRACKET_OBJECTED
    scene.give(close(clause, 1, second))
    assert held(scene, clause) == {KGZ: (ACCEPT, False)}


@pytest.mark.parametrize("bracket", [None, 1])
def test_words_that_are_objected_to_are_not_chosen_as_another_wording(bracket: int | None):
    scene, clause = opened("We shall meet in May.")
    first, second = (beside(scene, clause, "We shall meet in June.", by) for by in (KAZ, UZB))
    scene.give(takes(scene.item, clause, OBJECT, alternative=first), KGZ)
    chosen = c.CloseBracket(provision=clause, alternative=second, bracket=bracket)
    assert scene.refuse(chosen).code is RefusalCode.BRACKET_OBJECTED
    scene.give(takes(scene.item, clause, ACCEPT, alternative=second), KGZ)
    scene.give(chosen)


@pytest.mark.parametrize(
    ("text", "twin"),
    [
        ("We shall meet in June.", "We  shall meet in\nJune."),
        ("We shall meet in June.", "We Shall meet in June."),
        ("我们应当在六月会晤。", "我们 应当在六月会晤。"),
    ],
)
@pytest.mark.parametrize("bracket", [None, 1])
def test_words_that_are_objected_to_are_not_chosen_as_a_twin(text: str, twin: str, bracket: int | None):
    """Another space or capital letter makes no other words; of the twin itself the delegation may say otherwise."""
    scene, clause = opened("We shall meet in May.")
    first, second = (beside(scene, clause, words, by) for words, by in ((text, KAZ), (twin, UZB)))
    scene.give(takes(scene.item, clause, OBJECT, alternative=first), KGZ)
    chosen = c.CloseBracket(provision=clause, alternative=second, bracket=bracket)
    assert scene.refuse(chosen).code is RefusalCode.BRACKET_OBJECTED
    scene.give(takes(scene.item, clause, ACCEPT, alternative=second), KGZ)
    scene.give(chosen)


def test_the_text_that_is_objected_to_is_not_chosen_as_an_accepted_amendments_words():
    scene, clause = opened("We shall meet in May.")
    (amended,) = scene.give(
        c.ProposeAmendment(provision=clause, revision=1, text="We shall meet in June.", language=EN), KAZ
    )
    (june,) = scene.give(c.ProposeAlternative(provision=clause, amendment=amended.amendment), KAZ)
    scene.give(c.AcceptAmendment(amendment=amended.amendment))
    scene.give(takes(scene.item, clause, OBJECT), KGZ)
    for alternative in (None, june.alternative):
        refusal = scene.refuse(c.CloseBracket(provision=clause, alternative=alternative))
        assert refusal.code is RefusalCode.BRACKET_OBJECTED


def test_a_stance_carried_over_is_not_stated_on_the_text_that_its_alternative_becomes():
    scene, clause, should, may = three()
    scene.give(takes(scene.item, clause, SUPPORT, alternative=may), UZB)
    scene.give(close(clause, 2, should))
    (new,) = (id for id in scene.state.provisions[clause].alternatives if id != should)
    scene.give(c.CloseBracket(provision=clause, alternative=new))
    assert held(scene, clause) == {}


def test_an_objection_carried_over_keeps_nothing_open():
    scene, clause, should, may = three()
    scene.give(takes(scene.item, clause, OBJECT, alternative=may), KGZ)
    scene.give(close(clause, 2, should))
    (new,) = (id for id in scene.state.provisions[clause].alternatives if id != should)
    assert held(scene, clause, new) == {KGZ: (OBJECT, True)}
    scene.give(close(clause, 2, new))


def test_an_objection_whose_reason_was_erased_still_keeps_it_open():
    scene, clause, _, _ = three()
    scene.give(takes(scene.item, clause, OBJECT), KGZ)
    scene.erase(scene.state.seq, "/stances/0/reason")
    assert scene.refuse(close(clause, 1)).params["reason"] == ""
