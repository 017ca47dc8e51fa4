"""Rule 5.12: brackets are merged into one package, and split at a place in each reading."""

from collections.abc import Callable

import pytest

from polylogue import commands as c
from polylogue.drafting.brackets import PRESENT
from polylogue.refusals import RefusalCode
from polylogue.vocabulary import ProvisionId
from tests.polylogue.procedure.brackets import beside, close, having, opened, readings, three, words
from tests.scenes import THREE, Scene

KAZ, KGZ, UZB = THREE


def test_merged_brackets_are_one_package_from_then_on():
    scene, clause, _, may = three()
    scene.give(c.MergeBrackets(provision=clause, first=1, last=2, if_revision=1), "secretary")
    one = ["shall deepen trade in goods", "should deepen trade in services", "may deepen trade in goods"]
    assert readings(scene, clause) == [one, ["each May", "twice"]]
    beside(scene, clause, "Member States shall deepen trade in goods and meet rarely.", KGZ)
    assert readings(scene, clause) == [one, ["each May", "twice", "rarely"]]
    scene.give(close(clause, 2, may))
    assert list(map(sorted, readings(scene, clause))) == [sorted(one)]
    assert words(scene, clause)[PRESENT] == "Member States shall deepen trade in goods and meet twice."
    scene.give(close(clause, 1, having(scene, clause, 1, "should deepen trade in services")))
    assert scene.words(clause) == "Member States should deepen trade in services and meet twice."


def test_a_package_is_taken_apart_again():
    scene, clause, _, _ = three()
    before = readings(scene, clause)
    scene.give(c.MergeBrackets(provision=clause, first=1, last=3, if_revision=1))
    scene.give(c.SplitBracket(provision=clause, bracket=1, if_revision=1))
    assert readings(scene, clause) == before
    refusal = scene.refuse(c.SplitBracket(provision=clause, bracket=1, if_revision=1))
    assert refusal.code is RefusalCode.BRACKET_SINGLE


@pytest.mark.parametrize(("first", "last", "code"), [
    (1, 1, RefusalCode.NUMBER_OUT_OF_RANGE), (2, 1, RefusalCode.NUMBER_OUT_OF_RANGE),
    (0, 2, RefusalCode.BRACKET_UNKNOWN), (3, 4, RefusalCode.BRACKET_UNKNOWN),
])  # fmt: skip
def test_only_brackets_that_are_there_are_merged(first: int, last: int, code: RefusalCode):
    scene, clause, _, _ = three()
    command = c.MergeBrackets(provision=clause, first=first, last=last, if_revision=1)
    assert scene.refuse(command).code is code


def one_bracket() -> tuple[Scene, ProvisionId, Callable[..., c.SplitBracket]]:
    """Member States meet [each warm May][every cold June] and report to the Council."""
    scene, clause = opened("Member States meet each warm May and report to the Council.")
    other = beside(scene, clause, "Member States meet every cold June and report to the Council.")

    def split(present: str, alternative: str, *more: c.SplitPlace) -> c.SplitBracket:
        places = (c.SplitPlace(beginning=present), c.SplitPlace(alternative=other, beginning=alternative), *more)
        return c.SplitBracket(provision=clause, bracket=1, if_revision=1, places=places)

    return scene, clause, split


def test_a_bracket_is_cut_at_a_place_in_each_reading():
    scene, clause, split = one_bracket()
    scene.give(split("each", "every cold "))
    assert readings(scene, clause) == [["each", "every cold"], ["warm May", "June"]]
    scene.give(close(clause, 1, having(scene, clause, 1, "every cold")))
    assert scene.words(clause) == "Member States meet every cold warm May and report to the Council."
    scene.give(close(clause, 1, having(scene, clause, 1, "June")))
    assert scene.words(clause) == "Member States meet every cold June and report to the Council."


@pytest.mark.parametrize(("present", "alternative"), [("ea", "every"), ("each", "cold"), ("", ""), ("warm", "every")])
def test_a_place_lies_between_two_words_and_both_parts_differ(present: str, alternative: str):
    scene, _, split = one_bracket()
    assert scene.refuse(split(present, alternative)).code is RefusalCode.BRACKET_PLACE


def test_each_reading_is_cut_once():
    scene, _, split = one_bracket()
    scene.refuse(split("each", "every", c.SplitPlace(beginning="each warm")))
    scene.give(split("each", "every"))


def test_another_wording_joins_what_was_split():
    scene, clause, split = one_bracket()
    scene.give(split("each", "every"))
    assert len(readings(scene, clause)) == 2
    beside(scene, clause, "Member States meet rarely and report to the Council.", UZB)
    assert readings(scene, clause) == [["each warm May", "every cold June", "rarely"]]


def test_neither_moves_a_figure_nor_a_word():
    scene, clause, _, _ = three()
    fed, before = scene.state.items[scene.item].input_seq, words(scene, clause)
    scene.give(c.MergeBrackets(provision=clause, first=1, last=2, if_revision=1))
    scene.give(c.SplitBracket(provision=clause, bracket=1, if_revision=1))
    assert (scene.state.items[scene.item].input_seq, words(scene, clause)) == (fed, before)
    assert scene.state.provisions[clause].revision == 1
