"""What a seat that objects is expected to say to other words: which it minds, and for which it asks."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given

from polylogue.drafting.brief import Clause
from polylogue.drafting.options import present
from polylogue.drafting.predict import Prediction
from polylogue.drafting.wishes import Wish, figure, wish, words_of
from polylogue.vocabulary import PredictionBasis, StanceLevel
from tests.polylogue.drafting.briefs import KAZ, N, O, R, answer, clause, predicted, taking, texts

SHALL = "Member States shall deepen trade."
SHOULD = "Member States should deepen trade."
WATER = "Water is shared."


def against(
    reason: str | None = None, removed_by: str | None = None, level: StanceLevel = O, text: str = SHALL
) -> Clause:
    """A clause on which KAZ has nothing but this stance."""
    of = clause(text, on=[{KAZ: level}])
    return replace(of, stated=(replace(of.stated[0], reason=reason, condition=removed_by),))


def expected(of: Clause, text: str) -> Prediction:
    return predicted(of, taking(of, text))[KAZ]


@pytest.mark.parametrize(
    ("text", "level", "come_to"),
    [
        (SHALL + " Trade grows.", O, "0"),  # all that it minds is there
        ("member states, SHALL deepen trade", O, "0"),
        (SHOULD, O, "2/5"),  # one of five words is gone
        ("Member States promote tourism.", O, "6/5"),
        (WATER, O, "2"),
        (SHOULD, R, "6/5"),
        (WATER, R, "2"),
        (WATER, N, "2"),
    ],
)
def test_who_has_only_objected_is_expected_to_object_less_the_more_of_it_is_gone_and_never_to_accept(
    text: str, level: StanceLevel, come_to: str
):
    found = expected(against(level=level), text)
    assert (str(found.figure), found.basis, found.nearest) == (come_to, PredictionBasis.NEAREST, "")


@pytest.mark.parametrize("reason", ["“shall” goes too far.", 'Not "shall".', "«shall» слишком", "We mind 'shall'."])
def test_words_that_a_reason_quotes_are_those_that_are_minded(reason: str):
    of = against(reason)
    assert str(expected(of, SHOULD).figure) == "2"
    assert str(expected(of, "Parties shall facilitate commerce.").figure) == "0"


def test_words_that_are_asked_for_lift_an_objection_by_one_level_at_most():
    of = against("It costs too much.", "We need a fund for small states.")
    assert wish(SHALL, None, "We need a fund for small states.", "en").asked == {"we", "need", "fund", "small"}
    assert str(expected(of, SHALL + " A fund is set up for small states.").figure) == "1/2"
    asked = against("It costs too much.", "A “fund for small states”.")
    assert str(expected(asked, SHALL + " A fund is set up for small states.").figure) == "1"
    assert str(expected(against(None, "A fund.", R), SHALL + " A fund is set up.").figure) == "2"


def test_words_that_are_quoted_to_take_the_place_of_others():
    of = against(None, "Say “may” instead of “shall”.")
    assert wish(SHALL, None, "Say “may” instead of “shall”.", "en") == Wish(("shall",), frozenset({"may"}))
    assert str(expected(of, "Member States may deepen trade.").figure) == "2"


def test_a_quotation_that_is_not_there_side_by_side_is_not_minded():
    assert wish(SHALL, "“trade shall” and “it's”", None, "en") == Wish()
    assert wish(SHALL, "The States' aim isn't ours.", None, "en") == Wish()


def test_chinese_is_read_by_characters():
    text = "各成员国应当深化安全合作。"
    assert wish(text, "“应当”太强。", "设立基金", "zh") == Wish(("应", "当"), frozenset({"设立", "立基", "基金"}))
    of = replace(against("“应当”太强。", None, text=text))
    chinese = replace(of, wordings=(replace(of.present, language="zh"),))
    assert str(expected(chinese, "各成员国可以深化安全合作。").figure) == "2"


def test_an_answer_to_a_candidate_is_read_like_a_stance():
    said = replace(answer(KAZ, SHALL, O), reason="“shall” goes too far.")
    of = clause(WATER, answers=[said])
    assert str(expected(of, SHOULD).figure) == "2"


def test_what_was_asked_for_and_has_become_the_text_is_not_what_was_objected_to():
    """The objection was made to older words; these are the very ones that it asked for."""
    of = against("It costs too much.", SHOULD, text=SHOULD)
    carried = replace(of, revision=2, stated=(replace(of.stated[0], carried=True),))
    found = predicted(carried, present(carried))[KAZ]
    assert (str(found.figure), found.basis) == ("1", PredictionBasis.CONDITION)


@given(texts, texts, texts)
def test_an_objection_is_never_lifted_beyond_neutral_nor_lowered(text: str, other: str, why: str):
    own, there = words_of(text, "en"), words_of(other, "en")
    for level in range(3):
        found = figure(level, wish(text, f"“{why}”", why, "en"), own, there)
        assert level <= found <= 2
        if own.count and not own.terms & there.terms:
            assert found == Fraction(2)
