"""Text on its way in: kept as it was said, but for composed letters and line ends; refused where it could deceive."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylogue.refusals import RefusalCode
from polylogue.text import LONGEST_TAG, TextRefused, admit, admit_language, escaped


@pytest.mark.parametrize(
    "words",
    [
        "Сотрудничество «без третьих сторон»",
        "上海精神：互信、互利",
        "می\u200cخواهیم",  # a zero-width non-joiner, as Persian needs
        "क\u094d\u200dष",  # a zero-width joiner
        "one\ntwo\n\n three ",
        "\u200e=RTL? \u200f no override",
        "  spaces stay  ",
        "\u061c\u0633:",  # an Arabic letter mark, for the side of the colon
        "\u0e2a\u200b\u0e27",  # a zero-width space, which divides words of Thai
        "\uf0b7 first",  # a bullet as word processors paste it: for private use
        "\U0001f3f4\U000e0067\U000e0062\U000e007f",  # a flag, spelt with tags
        "\u0378",  # not assigned yet
        "ﬁ ½ ① Ａ",  # compatibility characters are somebody's choice
    ],
)
def test_what_was_said_stays(words: str):
    assert admit(words) == words


def test_letters_are_composed_and_lines_end_in_one_way():
    assert admit("Cafe\u0301\r\nи\u0306\n\r\n") == "Café\nй\n\n"
    assert admit("\u212b \u1100\u1161") == "Å 가"


@given(
    st.text(st.characters(codec=None))
    | st.text(st.sampled_from("a\u0958\u0301\u202e\ud83d\ufeff\U0001ffff\x00\r\n \u200b")),
    st.integers(1, 60),
)
def test_what_a_machine_said_is_kept_as_far_as_it_may_be(words: str, limit: int):
    kept = escaped(words, limit=limit)
    assert kept is None or admit(kept, limit=limit) == kept
    assert escaped("ok " + words, limit=limit)


def test_what_could_deceive_is_kept_as_an_escape():
    assert escaped("a\u202eb\x1b[2J\ud800\r\nc\r") == "a\\u202eb\\u001b[2J\\ud800\nc\\u000d"
    assert escaped("a\ufeff\U0010ffff") == "a\\ufeff\\udbff\\udfff"
    assert escaped(" \u200b\n") is None


@pytest.mark.parametrize(
    ("words", "character", "position"),
    [
        ("a\tb", "U+0009", 2),
        ("\x00", "U+0000", 1),
        ("one\rtwo", "U+000D", 4),
        ("one\r\ntwo\r", "U+000D", 9),
        ("\r\r\n", "U+000D", 1),
        ("\n\r", "U+000D", 2),
        ("a\x7f", "U+007F", 2),
        ("a\x85", "U+0085", 2),
        ("a\x9f", "U+009F", 2),
        ("a\ud83d", "U+D83D", 2),
        ("\udfff", "U+DFFF", 1),
        ("ab\u202acd", "U+202A", 3),
        ("ab\u202e", "U+202E", 3),
        ("\u2066", "U+2066", 1),
        ("e\u0301\u2069", "U+2069", 3),
        ("\ufeffa", "U+FEFF", 1),
        ("dis\ufeffagree", "U+FEFF", 4),
        ("\ufdd0", "U+FDD0", 1),
        ("a\ufdef", "U+FDEF", 2),
        ("a\ufffe", "U+FFFE", 2),
        ("\uffff", "U+FFFF", 1),
        ("a\U0001fffe", "U+1FFFE", 2),
        ("\U000fffff", "U+FFFFF", 1),
        ("\U0010ffff", "U+10FFFF", 1),
    ],
    ids=ascii,
)
def test_what_could_deceive_is_refused_with_its_place(words: str, character: str, position: int):
    with pytest.raises(TextRefused) as found:
        admit(words)
    assert found.value.code == "CHARACTER_FORBIDDEN"
    assert found.value.params == {"character": character, "position": position}


@pytest.mark.parametrize(
    "character",
    ["\n", "\u2029", "\u202f", "\u2065", "\u206a", "\x20", "\u00a0", "\u00ad", "\ufdcf", "\ufdf0", "\ufefe", "\uff00",
     "\ufffd", "\U0001fffd", "\U00020000", "\U0010fffd"],
    ids=ascii,
)  # fmt: skip
def test_their_neighbours_are_not_forbidden(character: str):
    assert admit(f"a{character}b") == f"a{character}b"


@pytest.mark.parametrize(
    "words", ["", " ", "\n\r\n ", "\u00a0\u2003\u3000", "\u200b\u200d\u2060", "\u2028 \u00ad"], ids=ascii
)
def test_nothing_to_read_is_no_text(words: str):
    with pytest.raises(TextRefused) as found:
        admit(words)
    assert (found.value.code, found.value.params) == ("TEXT_EMPTY", {})


def test_the_limit_counts_what_is_kept():
    assert admit("e\u0301" * 5 + "\r\n" * 5, limit=10) == "é" * 5 + "\n" * 5
    with pytest.raises(TextRefused) as found:
        admit("\u0958" * 5 + "a", limit=10)  # this letter is decomposed by NFC
    assert (found.value.code, found.value.params) == ("TEXT_TOO_LONG", {"length": 11, "limit": 10})


@given(st.text(st.characters(codec=None)))
def test_what_is_admitted_is_admitted_again_unchanged(words: str):
    try:
        text = admit(words)
    except TextRefused as refused:
        assert refused.code in RefusalCode  # noqa: PT017 -- both ends are tried
        return
    assert admit(text) == text
    assert unicodedata.normalize("NFD", text) == unicodedata.normalize("NFD", words.replace("\r\n", "\n"))
    text.encode()


@pytest.mark.parametrize(
    ("tag", "canonical"),
    [
        ("ru", "ru"),
        ("RU", "ru"),
        ("ZH-hans-cn", "zh-Hans-CN"),
        ("es-419", "es-419"),
        ("zh-yue-HK", "zh-yue-HK"),
        ("zh-cmn-hans-cn", "zh-cmn-Hans-CN"),
        ("UZ-cyrl", "uz-Cyrl"),
        ("sl-ROZAJ-biske-1994", "sl-rozaj-biske-1994"),
        ("de-1AbC", "de-1abc"),
        ("AZ-arab-X-AZE-derbend", "az-Arab-x-aze-derbend"),
        ("en-ca-X-CA", "en-CA-x-ca"),
        ("az-latn-X-Latn", "az-Latn-x-latn"),
        ("AR-u-ca-ISLAMIC-nu-LATN", "ar-u-ca-islamic-nu-latn"),
        ("qaa-Qaaa-QM-x-SOUTHERN", "qaa-Qaaa-QM-x-southern"),
        ("X-Forum", "x-forum"),
        ("I-KLINGON", "i-klingon"),
        ("EN-gb-OED", "en-GB-oed"),
        ("sgn-be-fr", "sgn-BE-FR"),
        ("zh-MIN-nan", "zh-min-nan"),
        ("art-lojban", "art-lojban"),
    ],
)
def test_a_tag_is_written_in_its_canonical_case(tag: str, canonical: str):
    assert admit_language(tag) == canonical
    assert admit_language(canonical) == canonical


@pytest.mark.parametrize(
    "tag",
    ["", "r", "русский", "ru_RU", "ru-", "-ru", "ru--RU", " ru", "ru\n", "de-419-DE", "a-DE", "ar-a-aaa-b", "x", "x-",
     "x-123456789", "i-unknown", "en-US-GB", "de-Latn-Latn", "zh-cmn-yue-nan-hak", "123", "abcdefghi", "de-1ab",
     "rſ", "\u212aa", "en-u", "en-x-" + "a" * 9, "en" + "-abcde" * 6],
    ids=ascii,
)  # fmt: skip
def test_what_is_no_tag_is_refused(tag: str):
    with pytest.raises(TextRefused) as found:
        admit_language(tag)
    assert found.value.code == "LANGUAGE_TAG_INVALID"
    assert found.value.params == {"tag": tag[:LONGEST_TAG]}
