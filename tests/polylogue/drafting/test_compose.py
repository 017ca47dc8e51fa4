"""The tree of a document: its form, its numbers, and what stands in which language."""

import tomllib
from dataclasses import replace
from importlib import resources
from string import Formatter

import pytest

from polylogue.drafting.compose import compose
from polylogue.drafting.paper import Clause
from polylogue.drafting.resolution import Block, Voice
from polylogue.vocabulary import LanguageTag, Nature, ProvisionId, ProvisionKind, TextState
from tests.polylogue.drafting.papers import (
    EN,
    OPERATIVE,
    PREAMBULAR,
    RECITAL,
    RU,
    ZH,
    adopted,
    bracketed,
    clause,
    paper,
    said,
)
from tests.polylogue.drafting.reading import annex, text, whole

FR = LanguageTag("fr")


def own(block: Block) -> str:
    """Somebody's own words in a clause, without white space."""
    voiced = (run.text for line in block.paragraphs for run in line.runs if run.voice is Voice.WORDS)
    return "".join("".join((*(line.label for line in block.paragraphs), *voiced)).split())


# ── form ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_recitals_end_in_commas_and_decisions_in_semicolons_but_for_the_last():
    of = compose(paper(clause("Recalling", PREAMBULAR), clause("Noting", PREAMBULAR), clause("Asks"), clause("Urges")))
    assert whole(of) == [("", "Recalling,"), ("", "Noting,"), ("1.", "Asks;"), ("2.", "Urges.")]


@pytest.mark.parametrize(
    "words", ["Asks.", "Asks;", "Asks:", "Asks…", 'Asks."', "Asks (at last).", "请求。", "“请求。”", "Asks —", "Asks, "]
)
def test_a_stop_that_is_there_stays_and_gets_no_other(words: str):
    assert own(compose(paper(clause(words), clause("Urges"))).blocks[0]) == "".join(words.split())
    assert whole(compose(paper(clause(words), clause("Urges"))))[0][1].strip() == words.strip()


def test_stops_are_full_width_in_chinese():
    of = compose(paper(clause({ZH: "回顾"}, PREAMBULAR), clause({ZH: "请求"}), clause({ZH: "促请（各国）"})), ZH)
    assert whole(of) == [("", "回顾，"), ("1.", "请求；"), ("2.", "促请（各国）。")]


def test_the_words_of_an_adopted_text_get_no_stop():
    of = compose(adopted(clause("Recalling", PREAMBULAR), clause("Asks"), clause("Urges")))
    assert whole(of) == [("", "Recalling"), ("1.", "Asks"), ("2.", "Urges")]


def test_clauses_keep_the_order_of_the_text_whatever_their_kinds():
    of = compose(paper(clause("Asks"), clause("Recalling", PREAMBULAR), clause("Urges"), clause("Noting", PREAMBULAR)))
    assert whole(of) == [("1.", "Asks;"), ("", "Recalling,"), ("2.", "Urges."), ("", "Noting,")]


def test_sub_levels_are_those_with_which_a_clause_is_written():
    of = compose(bracketed())
    block = of.blocks[2]
    assert [(line.level, line.label) for line in block.paragraphs] == [
        (0, ""), (1, "(a)"), (2, "(i)"), (2, "(ii)"), (1, "(b)"),
    ]  # fmt: skip
    assert text(block)[-1] == "(b) to report;"


def test_the_masthead_says_what_it_is_of_whom_and_when():
    of = compose(bracketed(), RU)
    assert (of.organ, of.session, of.title) == ("Учебное заседание", "Совет трёх", "Доверие")
    assert (of.item, of.symbol) == ("Пункт 2 повестки дня", "Рабочий текст")
    assert of.status == "По состоянию после записи 57 протокола, 4 мая 2026 года"
    assert of.label == "Моделирование"
    done = compose(adopted(clause("Asks")), ZH)
    assert (done.symbol, done.status) == ("第3号决定", "2026年6月1日无异议通过")
    assert done.at == "2026-06-01T10:30:00.000Z"
    assert compose(adopted(clause("Asks"))).status == "Adopted without objection on 1 June 2026"


@pytest.mark.parametrize("nature", Nature)
def test_every_nature_is_told(nature: Nature):
    of = compose(paper(nature=nature))
    assert of.label == nature.capitalize()
    assert of.disclaimer.endswith(".")


def test_an_empty_text_says_so():
    of = compose(paper())
    assert of.empty == "The text has no clauses yet."
    assert (of.blocks, of.annexes) == ((), ())


def test_two_hundred_clauses_are_numbered_through():
    of = compose(paper(*(clause(f"Asks for the thing {place}") for place in range(200))))
    assert [block.number for block in of.blocks] == [f"{number}." for number in range(1, 201)]
    assert whole(of)[-1] == ("200.", "Asks for the thing 199.")


# ── languages ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_clause_without_a_version_in_the_language_says_in_which_it_is():
    of = compose(paper(clause(RECITAL, PREAMBULAR), clause("Asks")), RU)
    assert text(of.blocks[0]) == [RECITAL[RU]]
    assert text(of.blocks[1]) == ["Asks. (имеется только на этом языке: английский)"]
    assert (of.blocks[0].language, of.blocks[1].language) == (RU, EN)


def test_each_clause_tells_the_status_of_its_versions():
    of = compose(paper(clause(RECITAL, PREAMBULAR), clause({EN: "Asks", RU: "Просит"}), clause(None)))
    table = annex(of, "Language versions")
    assert table.head == ("Paragraph", "English", "Russian", "Chinese")
    assert table.rows == (
        ("Preambular paragraph 1", "working version", "authentic", "authentic"),
        ("Operative paragraph 1", "working version", "authentic", "missing"),
        ("Operative paragraph 2", "erased", "missing", "missing"),
    )


def test_an_erased_version_gives_way_to_one_that_can_be_read():
    present = replace(clause({RU: "Просит"}).present, versions=(said(None, EN), said("Просит", RU)))
    of = compose(paper(Clause(ProvisionId("p1"), 1, OPERATIVE, present)))
    assert text(of.blocks[0]) == ["Просит. (Russian version only)"]


@pytest.mark.parametrize("language", [EN, RU, ZH])
def test_an_erased_wording_says_so_and_gets_no_stop(language: LanguageTag):
    assert text(compose(paper(clause(None)), language).blocks[0]) == [
        {EN: "[erased, entry 1]", RU: "[стёрто, запись 1]", ZH: "[已删除，第1条]"}[language]
    ]


def test_a_title_that_is_erased_says_so_and_one_that_was_never_there_too():
    assert compose(paper(titles=(said(None),))).title == "[erased]"
    assert compose(paper(titles=())).title == "Untitled"
    assert compose(paper(session=())).session == "Practice sitting"


def test_a_language_without_phrases_is_told_in_english_around_its_words():
    french = paper(clause({FR: "Demande"}))
    of = compose(french, FR)
    assert (of.language, of.symbol) == ("en", "Working text")
    assert whole(of) == [("1.", "Demande.")]


def test_phrases_are_alike_in_every_language():
    found = tomllib.loads(resources.files("polylogue.drafting").joinpath("phrases.toml").read_text("utf-8"))
    english = found["en"]
    needed = [*Nature, *(f"{each} means" for each in Nature), *(f"{each} text" for each in TextState), *ProvisionKind]
    assert english.keys() >= set(needed)
    for language, phrases in found.items():
        assert phrases.keys() == english.keys(), language
        assert {name: places(phrase) for name, phrase in phrases.items() if name != "date"} == {
            name: places(phrase) for name, phrase in english.items() if name != "date"
        }
        assert len(phrases["months"].split()) == 12
        assert found.keys() <= phrases.keys()


def places(phrase: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(phrase) if name}
