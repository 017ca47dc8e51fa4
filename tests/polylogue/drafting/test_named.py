"""A text that some members say by name is the text word for word, with the form around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylogue.drafting.named import named, names_in

TEXTS = {
    "en": ("Member States shall fish.", "The member states shall fish.", "Fish in May."),
    "ru": ("Государства-члены ловят рыбу.", "Рыба в мае."),
    "zh-Hans": ("各成员国五月捕鱼。", "五月捕鱼。"),
}


@given(st.sampled_from(sorted(TEXTS)), st.data())
def test_the_names_are_found_in_what_was_said_by_name(language: str, data: st.DataObject):
    text = data.draw(st.sampled_from(TEXTS[language]))
    names = data.draw(
        st.lists(st.sampled_from(["Kazakhstan", "Узбекистан", "中国", "Iran (Islamic Republic of)"]), min_size=1)
    )
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
