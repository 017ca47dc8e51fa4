"""The words of the pages in all their languages, and the order of names in them."""

import re
from itertools import product
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from polylogue.vocabulary import LanguageTag
from server.console.alphabets import in_order
from server.console.cards import HAN_FONTS as NAMED
from server.console.files import FOLDER
from server.console.languages import CHINESE, ENGLISH, INTERFACE, RUSSIAN, accepted, interface, words
from server.console.templates import letters, templates
from tests.node import run_node
from tests.server.console import words as catalogues
from tests.server.console.words import TRANSLATED, faults, marked, written

HERE = Path(__file__).resolve().parents[3]
HAN = re.compile("[\u4e00-\u9fff]")
TRADITIONAL = "無體"
"""A word that the lexicon knows, and what traditional Chinese calls itself."""
HAN_FONTS = [FOLDER / name for name in NAMED.values()]


@pytest.fixture(scope="module")
def wanted() -> Catalog:
    return marked()


@pytest.mark.parametrize("language", TRANSLATED)
def test_everything_marked_has_words_with_the_same_places(language: LanguageTag, wanted: Catalog):
    assert list(faults(language, wanted)) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_is_as_the_program_writes_it(language: LanguageTag, wanted: Catalog):
    assert written(language, wanted).decode() == catalogues.catalogue(language).read_text("utf-8")


def test_words_that_are_missing_or_left_over_or_ask_for_other_values_are_found(
    wanted: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    there = written(RUSSIAN, wanted).decode()
    broken = tmp_path / "console.po"
    monkeypatch.setattr(catalogues, "catalogue", lambda _: broken)
    for old, new, fault in (
        ('msgstr "Кворум"', 'msgstr ""', "no words for 'Quorum' (board.html)"),
        ('msgid "Quorum"', 'msgid "Quota"', "'Quota' is marked nowhere"),
        ('msgstr "раунд %(n)s"', 'msgstr "раунд %(m)s"', "'раунд %(m)s' for 'round %(n)s'"),
        ('msgstr[2] "%(count)s решений"', 'msgstr[2] "решений"', "'решений' for ('%(count)s decision'"),
    ):
        assert old in there
        broken.write_text(there.replace(old, new), "utf-8")
        assert any(found.startswith(fault) for found in faults(RUSSIAN, wanted)), fault


def test_chinese_in_what_is_shipped_is_of_letters_that_the_fonts_of_the_pages_have():
    """On a machine without a Chinese font anything else is a box."""
    said: dict[str, Path] = {}
    for floor, kind in product(("polylogue", "schema", "server"), ("py", "po", "toml", "html")):
        for path in sorted((HERE / floor).rglob(f"*.{kind}")):
            said |= dict.fromkeys(HAN.findall(path.read_text("utf-8")), path)
    assert len(said) > 700
    had = {chr(point) for font in run_node("covered.mjs", *map(str, HAN_FONTS)) for point in font}
    assert {each: path for each, path in said.items() if each not in had and each not in TRADITIONAL} == {}
    every = {bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)}
    assert len(every - {""}) == 6763
    assert every - {""} - had == set(), "nor is what a delegate may well type"


def test_a_number_has_its_form():
    told = [words(RUSSIAN).ngettext("%(count)s decision", "%(count)s decisions", n) for n in (1, 3, 5, 11, 21, 112)]
    assert [each.partition(" ")[2] for each in told] == [
        "решение", "решения", "решений", "решений", "решение", "решений",
    ]  # fmt: skip
    assert words(CHINESE).ngettext("%(count)s decision", "%(count)s decisions", 5) == "%(count)s项决定"


def test_a_language_is_found_by_its_first_part_and_the_first_that_there_is_counts():
    assert interface(["zh-CN"]) == CHINESE
    assert interface(["kk", "RU-ru", "en"]) == RUSSIAN
    assert interface(["", None, "x" * 1000]) == ENGLISH
    assert interface(accepted("fr;q=0.9, en;q=0.5, zh-TW;q=0.7, ru;q=0, *;q=nonsense")) == CHINESE
    assert interface(accepted(";;,,q=,;q=nan")) == ENGLISH


def test_figures_and_days_are_written_as_is_done_in_a_language():
    filters = {language: templates(language).filters for language in INTERFACE}
    assert [filters[each]["figure"]("-0.456") for each in INTERFACE] == ["−0.46", "−0,46", "−0.46"]
    assert [filters[each]["percent"]("0.455") for each in INTERFACE] == ["46%", "46\N{NO-BREAK SPACE}%", "46%"]
    assert [filters[each]["day"]("2026-05-04T09:00:00.000Z") for each in INTERFACE] == [
        "4 May 2026", "4 мая 2026\N{NARROW NO-BREAK SPACE}г.", "2026年5月4日",
    ]  # fmt: skip
    assert [filters[each]["figure"](None) for each in INTERFACE] == ["–"] * 3


def test_stances_have_letters_of_their_own():
    for language in INTERFACE:
        assert len(set(letters(language).values())) == 5
    assert letters(ENGLISH) == {"SUPPORT": "S", "ACCEPT": "A", "NEUTRAL": "N", "RESERVE": "R", "OBJECT": "O"}


@pytest.mark.parametrize(
    ("language", "names"),
    [
        (ENGLISH, ["Åland", "Belarus", "Côte d’Ivoire", "Cyprus", "Egypt", "Türkiye", "Turkmenistan", "Ольха"]),
        (RUSSIAN, ["Берёза", "Бермуды", "Египет", "Ёлка", "Ель", "Жасмин", "Иран", "Йемен", "Кедр"]),
        # Ā'āijí, Bāxī, Báiéluósī, Bìlǔ, Fàndìgāng, Éluósī, Hāsàkèsītǎn, Měngguó, Nǎolǔ, Zhōngguó
        (
            CHINESE,
            ["Alder", "埃及", "巴西", "白俄罗斯", "秘鲁", "俄罗斯", "梵蒂冈", "哈萨克斯坦", "瑙鲁", "印度", "中国"],
        ),
    ],
)
def test_names_stand_in_the_order_of_the_language(language: LanguageTag, names: list[str]):
    assert sorted(names, key=in_order(language)) == names
    if language == CHINESE:
        assert sorted(names) != names
