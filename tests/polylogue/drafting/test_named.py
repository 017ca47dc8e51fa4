"""A text that some members say by name is the text word for word, with the form around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylogue.drafting.named import named, named_within, names_in, sides

TEXTS = {
    "en": ("Member States shall fish.", "The member states shall fish.", "Fish in May."),
    "ru": ("Государства-члены ловят рыбу.", "Рыба в мае."),
    "zh-Hans": ("各成员国五月捕鱼。", "五月捕鱼。"),
}

CALLED = st.lists(st.sampled_from(["Kazakhstan", "Узбекистан", "中国", "Iran (Islamic Republic of)"]), min_size=1)


@given(st.sampled_from(sorted(TEXTS)), st.data())
def test_the_names_are_found_in_what_was_said_by_name(language: str, data: st.DataObject):
    text = data.draw(st.sampled_from(TEXTS[language]))
    names = data.draw(CALLED)
    said = named(text, names, language)
    assert said
    found = names_in(said, text, language)
    assert found
    assert all(name in found for name in names)


@pytest.mark.parametrize(
    "said",
    [
        "Member States shall fish.",
        "The following Member States: , shall fish.",
        "The following Member States: Kazakhstan, shall not fish.",
        "The following Member States: Kazakhstan, shall fish. And pay.",
        "The following Member States: Kazakhstan.\nAll pay, shall fish.",
        "Only the following Member States: Kazakhstan, shall fish.",
    ],
)
def test_what_says_more_is_not_the_text_said_by_name(said: str):
    assert names_in("The following Member States: Kazakhstan, shall fish.", "Member States shall fish.", "en")
    assert names_in(said, "Member States shall fish.", "en") is None
    assert names_in("The following Member States: Kazakhstan, shall fish.", "Member States shall fish.", "kk") is None


@given(st.sampled_from(["en", "ru", "zh-Hans"]), CALLED, st.sampled_from(["and water", "还有水", "в мае, с водой"]))
def test_words_that_some_say_by_name_are_found_again(language: str, names: list[str], words: str):
    said = named_within("Trade grows", words, ", and so on.", names, language)
    assert said
    assert all(name in said for name in names)
    space = "" if language == "zh-Hans" else " "
    assert sides(said, language) == (f"Trade grows{space}{words}, and so on.", "Trade grows, and so on.")
    assert named_within(said, "too", "", names, language) is None


def test_words_are_said_by_name_in_one_place_only_and_without_brackets_of_their_own():
    assert named_within("Trade", "(in May)", ".", ["Kazakhstan"], "en") is None
    assert named_within("Trade", "in May", ".", [], "en") is None
    assert named_within("Trade", "in May", ".", ["Kazakhstan"], "kk") is None
    assert sides("Trade (in May).", "en") is None
    once = "Fish (for the following Member States: Iran: in May)"
    assert sides(f"{once} and {once}.", "en") is None
    assert sides("Fish (for the following Member States: in May).", "en") is None
