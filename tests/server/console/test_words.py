"""The words of the pages in all their languages, and the order of names in them."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from polylogue.vocabulary import LanguageTag
from schema.api import chinese, chinese_words
from server.console.alphabets import in_order
from server.console.languages import CHINESE, ENGLISH, INTERFACE, RUSSIAN, accepted, interface, words
from server.console.templates import letters, templates
from tests.server.console import words as catalogues
from tests.server.console.words import TRANSLATED, faults, marked, written


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


def test_chinese_words_are_of_characters_that_the_font_of_the_pages_has():
    said = catalogues.catalogue(CHINESE).read_text("utf-8") + str([*chinese.SENTENCES.values(), chinese_words.WORDS])
    codes = {each: each.encode("gb2312", "replace") for each in said if "\u4e00" <= each <= "\u9fff"}
    assert len(codes) > 500
    assert [each for each, code in codes.items() if not b"\xb0" <= code[:1] < b"\xd8" or each in "毖耪谰锨"] == []


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
