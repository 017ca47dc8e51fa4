"""Pages set by typst: in three languages, with nobody's words as markup, and no character as a box."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from polylogue.drafting.compose import compose
from polylogue.drafting.paper import Paper
from polylogue.vocabulary import LanguageTag, Nature
from server.exports.fonts import SERIF, chosen
from server.exports.typeset import GlyphMissing, NotTypeset, pictures, typeset
from tests.node import SCRIPTS
from tests.polylogue.drafting.papers import (
    EN,
    KAZ,
    OPERATIVE,
    RU,
    UZB,
    ZH,
    adopted,
    alternative,
    bracketed,
    clause,
    opinion,
    paper,
)
from tests.polylogue.drafting.spoken import passages, spoken

CHINESE = SCRIPTS / "node_modules" / "@expo-google-fonts" / "noto-sans-sc" / "400Regular"
needs_chinese = pytest.mark.skipif(
    not CHINESE.is_dir(), reason="the npm packages are missing: make tests/js/node_modules/.synced"
)
UNSAFE = (
    '#import "secret.typ": * #panic("no") $x^2$ \\ *bold* _it_ `raw` <label> @ref // gone /* gone */ = no heading ~ -- '
)


@pytest.fixture
def nothing(tmp_path: Path) -> Path:
    """A directory without a font: only those that come with the typesetter are there."""
    folder = tmp_path / "fonts"
    folder.mkdir()
    return folder


def pages(of: Paper, fonts: Path, language: LanguageTag = EN) -> list[str]:
    """The words on each page, in lines."""
    reader = PdfReader(io.BytesIO(typeset(compose(of, language), fonts)))
    return [page.extract_text() for page in reader.pages]


def flat(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("language", [EN, RU])
def test_latin_and_cyrillic_need_no_font(nothing: Path, language: LanguageTag):
    done = adopted(
        clause({EN: "Asks all to report.", RU: "Просит всех сообщить."}),
        opinions=[opinion(UZB, "Насколько это возможно.", "p1")],
    )
    (page,) = pages(done, nothing, language)
    assert flat("Asks all to report." if language == EN else "Просит всех сообщить.") in flat(page)
    assert flat("Насколько это возможно.") in flat(page)
    assert ("Decision 3" if language == EN else "Решение 3") in page


@needs_chinese
def test_a_page_in_chinese():
    first, *others = pages(bracketed(), CHINESE, ZH)
    assert flat("成员国至少提前[七（KAZ）][十四（CHN、UZB）]天相互通报演习。") in flat(first)
    assert "模拟" in first
    assert all("模拟" in page for page in others)


def test_every_page_names_the_nature_and_its_number(nothing: Path):
    found = pages(
        paper(*(clause(f"Asks for the thing {place}") for place in range(200)), nature=Nature.RECONSTRUCTION), nothing
    )
    assert len(found) > 3
    for number, page in enumerate(found, 1):
        assert "RECONSTRUCTION" in page
        assert f"{number}/{len(found)}" in page
    assert "200." in "".join(found)


def test_the_same_document_gives_the_same_bytes(nothing: Path):
    one, other = (typeset(compose(adopted(clause("Asks."))), nothing) for _ in range(2))
    assert one == other
    reader = PdfReader(io.BytesIO(one))
    assert reader.metadata is not None
    assert (reader.metadata.title, str(reader.metadata.creation_date)) == ("Trust", "2026-06-01 10:30:00+00:00")
    assert "/StructTreeRoot" in reader.trailer["/Root"]  # pyright: ignore[reportOperatorIssue]


@spoken
def test_what_states_said_is_set_whole(nothing: Path):
    """Long and messy real words, as many wordings of a clause as there are states that spoke of it."""
    themes = [passages(2009, theme) for theme in ("terrorism", "water", "Security Council")]
    clauses = [
        clause(said[""], OPERATIVE, *(alternative(state, said[state], str(n)) for n, state in enumerate(said) if state))
        for said in themes
    ]
    found = flat("".join(pages(paper(*clauses), nothing)))
    words = {word for said in themes for text in said.values() for word in text.split()}
    assert len(words) > 500
    assert [word for word in words if word not in found] == []


def test_nobodys_words_are_markup(nothing: Path):
    unsafe = paper(
        clause(UNSAFE, OPERATIVE, alternative("a1", f"{UNSAFE} too")),
        clause(UNSAFE),
        titles=clause(UNSAFE).present.versions,
        session=clause(UNSAFE).present.versions,
        conference=UNSAFE,
        opinions=(opinion(KAZ, UNSAFE),),
    )
    found = flat("".join(pages(unsafe, nothing)))
    assert found.count(flat(UNSAFE)) >= 4


def test_a_character_without_a_glyph_is_named_with_its_place(nothing: Path):
    with pytest.raises(GlyphMissing) as missing:
        typeset(compose(paper(clause("Noting"), clause("Asks the 上海 secretariat"))), nothing)
    assert missing.value.characters == {"上": '"Operative paragraph 2"', "海": '"Operative paragraph 2"'}
    sentence = str(missing.value)
    assert '上 (U+4E0A) in "Operative paragraph 2"; 海 (U+6D77) in "Operative paragraph 2".' in sentence
    assert "POLYLOGUE_FONT_DIR" in sentence
    assert str(nothing) not in sentence


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("\U0001f600", '"Operative paragraph 1"'),
        ("\ue000", '"Operative paragraph 1"'),  # for private use: every font draws something else
        ("q\u0951", '"Operative paragraph 1"'),
        ("\u0e01", '"Operative paragraph 1"'),
    ],
)
def test_what_no_font_has_is_never_a_box(nothing: Path, words: str, place: str):
    with pytest.raises(GlyphMissing) as missing:
        typeset(compose(paper(clause(f"Asks {words} often"))), nothing)
    assert set(missing.value.characters.values()) == {place}
    assert all(named in words for named in missing.value.characters)
    assert f"U+{ord(next(iter(missing.value.characters))[0]):04X}" in str(missing.value)


def test_a_title_without_glyphs_is_in_the_masthead_and_many_are_counted(nothing: Path):
    with pytest.raises(GlyphMissing, match=r"上 \(U\+4E0A\) in the masthead; .*; and 3 more\."):
        typeset(compose(paper(titles=clause("上海合作组织会议").present.versions)), nothing)


def test_invisible_characters_need_no_glyph(nothing: Path):
    (page,) = pages(paper(clause("so\u00adft \u200d\u200c\u200e\ufeff\u2009thin\u00a0hard\u3000wide")), nothing)
    assert "thin" in page


def test_composed_letters_and_right_to_left_words(nothing: Path):
    (page,) = pages(paper(clause("Übermaß naïve a\u0323\u0301 שלום")), nothing)
    assert "Übermaß" in page


@pytest.mark.parametrize("words", ["\n\n(a) one\n(i) two\n\n(b) three", "[[", "1.", "a" * 5000, "Ж " * 20_000])
def test_strange_clauses_are_set(nothing: Path, words: str):
    assert pages(paper(clause(words, OPERATIVE, alternative("a1", f"{words}; or so"))), nothing)


def test_a_text_without_clauses_is_set(nothing: Path):
    (page,) = pages(paper(), nothing)
    assert "The text has no clauses yet." in page


def test_a_font_directory_that_is_not_there_is_told(tmp_path: Path):
    with pytest.raises(NotTypeset, match="there is no such directory"):
        typeset(compose(paper()), tmp_path / "none")


def test_what_is_no_font_is_passed_over(nothing: Path):
    (nothing / "broken.ttf").write_bytes(b"\x00\x01\x00\x00 nothing of the kind")
    assert pages(paper(clause("Asks")), nothing)


@pytest.mark.parametrize("tag", ["sr-Latn-RS", "x-elvish", "i-klingon", "yue-Hant-HK", "en-GB-oed", "abcdefgh"])
def test_any_language_tag_can_be_set(nothing: Path, tag: str):
    words = clause({LanguageTag(tag): "Asks"})
    (page,) = pages(paper(words), nothing, LanguageTag(tag))
    assert "Asks" in page


def test_a_page_can_be_looked_at(nothing: Path):
    (picture,) = pictures(compose(replace(paper(clause("Asks")))), nothing)
    assert picture.startswith(b"\x89PNG")


def test_chinese_pages_ask_a_chinese_font_for_marks_too():
    there = {"Noto Sans SC", SERIF, "Arial"}
    assert chosen("zh-Hans", there) == [{"name": SERIF, "covers": "latin-in-cjk"}, "Noto Sans SC"]
    assert chosen("ru", there) == [SERIF, "Noto Sans SC"]
    assert chosen("zh-Hans", {SERIF}) == [SERIF]
