"""Cutting texts: nothing is lost, marks stay with their letters, and words are counted as a reader counts them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylogue.drafting.tokens import sentences, tokens, weight, words
from tests.polylogue.drafting.wordings import LANGUAGES, SPACES, VOCABULARY

ANYTHING = st.text(max_size=60)
languages = st.sampled_from((*LANGUAGES, "zh-Hant", "ja", "x-none"))


@given(ANYTHING, languages)
def test_joined_they_give_the_text_back(text: str, language: str):
    assert "".join(tokens(text, language)) == text
    assert "".join(sentences(text, language)) == text
    assert all(tokens(text, language))
    assert all(sentences(text, language))


@given(ANYTHING, languages)
def test_a_token_begins_with_a_word_and_ends_with_its_space(text: str, language: str):
    first, *others = tokens(text, language) or ("",)
    assert all(not token[0].isspace() for token in others)
    assert first.isspace() or not first[:1].isspace()
    assert all(not unicodedata.category(token[0]).startswith("M") for token in others)


SAID = sorted({word for words in VOCABULARY.values() for word in words} | set(SPACES))


@given(st.lists(st.one_of(st.sampled_from(SAID), st.text(max_size=6)), max_size=8), languages)
def test_pieces_of_tokens_are_cut_the_same_way(parts: list[str], language: str):
    """A bracket holds some of a text's tokens, and in it they are what they were."""
    found = tokens("".join(parts), language)
    for start in range(len(found)):
        for end in range(start, len(found)):
            assert tokens("".join(found[start:end]), language) == found[start:end]


@given(ANYTHING, languages)
def test_what_is_counted_adds_up(text: str, language: str):
    found = tokens(text, language)
    assert words(text, language) == sum(words(token, language) for token in found) <= len(found)
    assert weight(text, language) == sum(weight(token, language) for token in found)
    assert words(text, language) <= weight(text, language) <= 2 * words(text, language)


@pytest.mark.parametrize(
    ("language", "text", "found", "counted"),
    [
        ("en", "States shall, (a) win-win", "States |shall|, |(|a|) |win-win", 4),
        ("en", "don't pay 1,000.5% – or 3.", "don't |pay |1,000.5|% |– |or |3|.", 5),
        ("en", "  two lines\n end ", "  |two |lines\n |end ", 3),
        ("ru", "Государства-члены, «ШОС».", "Государства-члены|, |«|ШОС|»|.", 2),
        ("zh", "各成员国，2025年。", "各|成|员|国|，|2025|年|。", 6),
        ("en", "the 上海 spirit", "the |上|海 |spirit", 4),
        ("fr", "l'accord d’Astana", "l'|accord |d’|Astana", 4),
        ("en", "l'accord", "l'accord", 1),
        ("ar", "الدول الأعضاء، نعم؟", "الدول |الأعضاء|، |نعم|؟", 3),
        ("hi", "देशों को बढ़ाना।", "देशों |को |बढ़ाना|।", 3),
        ("th", "สวัสดี", "ส|วั|ส|ดี", 4),
        ("en", "e\u0301te\u0301 !\u0308 x", "e\u0301te\u0301 |!\u0308 |x", 2),
        ("en", "", "", 0),
    ],
)
def test_how_texts_are_cut(language: str, text: str, found: str, counted: int):
    assert "|".join(tokens(text, language)) == found
    assert words(text, language) == counted


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "States act. They agree! Why? Yes.", "States act. |They agree! |Why? |Yes."),
        ("en", 'He said "yes." Then (he left.) So', 'He said "yes." |Then (he left.) |So'),
        ("en", "See No. 5 of Art. 3, e.g. that of A. Khan. End", "See No. 5 of Art. 3, e.g. that of A. Khan. |End"),
        ("en", "Act at 3.5 per cent; and so on… fine", "Act at 3.5 per cent; and so on… |fine"),
        ("en", "first\nsecond\n\n third", "first\n|second\n\n |third"),
        ("en", "\n\n first", "\n\n first"),
        ("ru", "В 2025 г. Москва, т.е. столица. Далее", "В 2025 г. Москва, т.е. столица. |Далее"),
        ("zh", "各国同意。应当合作！“好。”然后？", "各国同意。|应当合作！|“好。”|然后？"),
        ("ar", "نعم؟ لا", "نعم؟ |لا"),
        ("en", "   ", "   "),
        ("en", "", ""),
    ],
)
def test_where_sentences_end(language: str, text: str, found: str):
    assert "|".join(sentences(text, language)) == found


def test_a_character_weighs_half_a_word():
    assert (weight("deepen trade,", "en"), weight("深化，贸易", "zh")) == (4, 4)
