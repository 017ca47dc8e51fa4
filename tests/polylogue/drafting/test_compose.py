"""The tree of a document: form, numbers, brackets with who holds what, opinions, languages; and no word lost."""

import csv
import os
import re
import tomllib
from dataclasses import replace
from importlib import resources
from pathlib import Path
from string import Formatter
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylogue.drafting.compose import compose
from polylogue.drafting.paper import Clause
from polylogue.drafting.resolution import Annex, Block, Resolution, Run, Voice, words
from polylogue.events import Extent, Region
from polylogue.vocabulary import AlternativeId, LanguageTag, Nature, ProvisionId, ProvisionKind, SeatCode, TextState
from tests.polylogue.drafting.papers import (
    ARM,
    CHN,
    EN,
    KAZ,
    OPERATIVE,
    PREAMBULAR,
    RECITAL,
    RU,
    UZB,
    ZH,
    adopted,
    alternative,
    backs,
    bracketed,
    clause,
    objects,
    opinion,
    paper,
    said,
)
from tests.polylogue.drafting.wordings import wordings

FR = LanguageTag("fr")
LINES = st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn")), max_size=60)
CLAUSES = st.builds(
    clause, st.lists(LINES, min_size=1, max_size=4).map("\n".join), st.sampled_from((OPERATIVE, PREAMBULAR))
)


def text(block: Block) -> list[str]:
    """The lines of a clause as they are read."""
    return [line.label + " " * bool(line.label) + "".join(run.text for run in line.runs) for line in block.paragraphs]


def own(block: Block) -> str:
    """Somebody's own words in a clause, without white space."""
    voiced = (run.text for line in block.paragraphs for run in line.runs if run.voice is Voice.WORDS)
    return "".join("".join((*(line.label for line in block.paragraphs), *voiced)).split())


def whole(of: Resolution) -> list[tuple[str, str]]:
    """Number and lines of each clause."""
    return [(block.number, " / ".join(text(block))) for block in of.blocks]


def annex(of: Resolution, title: str) -> Annex:
    return next(each for each in of.annexes if each.title == title)


def told(of: Annex) -> list[str]:
    return [
        line
        for part in of.parts
        for line in (
            part.heading,
            *(f"{each.level} {''.join(run.text for run in each.runs)}" for each in part.paragraphs),
        )
    ]


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


# ── brackets ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("language", "line"),
    [
        (
            EN,
            (
                "Member States [shall (KAZ)] [should (CHN, UZB)] inform one another, at least [thirty (KAZ)]"
                " [fourteen (CHN, UZB)] days in advance, of exercises."
            ),
        ),
        (
            RU,
            (
                "Государства-члены не менее чем за [тридцать (KAZ)] [четырнадцать (CHN, UZB)] дней информируют"
                " друг друга об учениях."
            ),
        ),
        (ZH, "成员国至少提前[七（KAZ）][十四（CHN、UZB）]天相互通报演习。"),
    ],
)
def test_where_wordings_differ_there_are_brackets_with_who_holds_what(language: LanguageTag, line: str):
    block = compose(bracketed(), language).blocks[1]
    assert (block.number, text(block)) == ("1.", [line])


def test_brackets_that_were_merged_stay_merged_where_they_are_compared():
    before, after = "All shall report often on dry rivers", "All should report often on deep rivers"
    whole = clause({EN: before, RU: "Все"}, OPERATIVE, alternative("0001", {EN: after, RU: "Никто"}))
    extents = (Extent(alternative=None, start=4, end=30), Extent(alternative=AlternativeId("0001"), start=4, end=32))
    decided = replace(whole, kept=(Region(extents=extents),), compared=EN)
    assert text(compose(paper(whole)).blocks[0]) == [
        "All [shall] [should (UZB)] report often on [dry] [deep (UZB)] rivers."
    ]
    assert text(compose(paper(decided)).blocks[0]) == [
        "All [shall report often on dry] [should report often on deep (UZB)] rivers."
    ]
    assert compose(paper(decided), RU) == compose(paper(whole), RU)


def test_wordings_without_much_in_common_are_options():
    assert whole(compose(bracketed()))[3:6] == [
        ("3.", "[A dialogue on perceptions shall be held every year.]"),
        ("3 bis.", "[Nobody reports on anybody. (CHN)]"),
        ("3 ter.", "[Contact points exchange assessments twice. (KAZ)]"),
    ]


def test_wordings_in_different_languages_and_erased_ones_are_options():
    other = alternative("a1", {ZH: "相互通报。"}, by=CHN)
    gone = alternative("a2", None, "ter")
    assert whole(compose(paper(clause("Asks for reports", OPERATIVE, other, gone)))) == [
        ("1.", "[Asks for reports]."),
        ("1 bis.", "[相互通报。（CHN）] (Chinese version only)"),
        ("1 ter.", "[erased, entry 40] (UZB)"),
    ]


def test_white_space_that_is_all_of_a_reading_is_seen():
    """A dash would say that there is nothing, where what differs is a line or a space."""
    of = compose(paper(clause("Act now,\nplease do.", OPERATIVE, alternative("a1", "Act now, please do."))))
    assert whole(of)[0] == ("1.", "Act now,[⏎] [␣ (UZB)]please do.")
    of = compose(paper(clause("Act now", OPERATIVE, alternative("a1", "Act now "))))
    assert whole(of)[0] == ("1.", "Act now[–] [␣ (UZB)].")


def test_brackets_that_somebody_typed_stay_words():
    other = alternative("a1", "Asks [some of] the many states to report")
    block = compose(paper(clause("Asks [all of] the many states to report", OPERATIVE, other))).blocks[0]
    runs = [run for run in block.paragraphs[0].runs if run.voice in (Voice.WORDS, Voice.MARK)]
    assert "".join(run.text for run in runs if run.voice is Voice.MARK) == "[][]"
    assert (
        "".join(run.text for run in runs if run.voice is Voice.WORDS) == "Asks [allsome of] the many states to report"
    )


def test_only_members_back_and_a_stance_on_older_words_backs_nothing():
    carried = replace(backs(CHN)[0], carried=True)
    other = alternative("a1", "Asks for all the reports there are", stances=(carried, *backs(ARM)))
    block = compose(paper(clause("Asks for some reports there are", OPERATIVE, other, stances=backs(KAZ, ARM)))).blocks[
        0
    ]
    assert text(block) == ["Asks for [some (KAZ)] [all the (UZB)] reports there are."]


LABELS = ("bis", "ter", "quater", "quinquies", "sexies")


@given(wordings(least=2, most=6))
def test_who_takes_the_readings_of_one_holder_reads_its_words(given: tuple[dict[str, str], LanguageTag]):
    texts, language = given
    seats = {key: SeatCode(f"S{key}") for key in texts}
    others = [
        alternative(key, {language: texts[key]}, label, by=seats[key])
        for key, label in zip(sorted(texts)[1:], LABELS, strict=False)
    ]
    first = clause({language: texts[""]}, OPERATIVE, *others, stances=backs(seats[""]))
    of = compose(paper(first, backing=frozenset(seats.values())), language)
    for key, wanted in texts.items():
        if len(of.blocks) == 1:
            assert taken(of.blocks[0], seats[key]) == "".join(wanted.split())


def taken(block: Block, seat: SeatCode) -> str:
    """The words of a clause with those readings only that a seat holds, without white space."""
    found: list[str] = []
    reading: list[str] | None = None
    names = ""
    for run in (run for line in block.paragraphs for run in (Run(line.label), *line.runs)):
        if run.voice is Voice.MARK and run.text == "[":
            reading, names = [], ""
        elif run.voice is Voice.MARK and run.text == "]":
            found += (reading or []) if seat in re.findall(r"\w+", names) else []
            reading = None
        elif run.voice is Voice.NOTE:
            names += run.text
        elif run.voice is Voice.WORDS:
            (found if reading is None else reading).append(run.text)
    return "".join("".join(found).split())


# ── what is open ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_annex_says_who_holds_what_since_when_and_why():
    assert told(annex(compose(bracketed()), "Open brackets and objections")) == [
        "Operative paragraph 1",
        "0 Present text, since entry 1",
        "1 Backed by: Kazakhstan",
        "1 Objection of Uzbekistan",
        "2 Reason: Thirty days cannot be kept.",
        "2 Would be removed by: A fund.",
        "0 bis, proposed by Uzbekistan, since entry 40",
        "1 Backed by: China",
        "Operative paragraph 3",
        "0 Present text, since entry 1",
        "1 Backed by nobody so far.",
        "0 bis, proposed by China, since entry 40",
        "1 Backed by nobody so far.",
        "0 ter, proposed by Kazakhstan, since entry 40",
        "1 Backed by nobody so far.",
    ]


def test_a_blocked_text_tells_objections_without_brackets_too():
    of = compose(
        paper(clause("Asks", stances=[objects(ARM, carried=True), objects(CHN, None)]), state=TextState.BLOCKED)
    )
    assert of.symbol == "Text without consensus"
    assert told(annex(of, "Open brackets and objections")) == [
        "Operative paragraph 1",
        "0 Objection of Armenia, to an older wording",
        "1 Reason: It costs too much.",
        "1 Would be removed by: A fund.",
        "0 Objection of China",
        "1 No reason is on record.",
    ]


def test_a_reason_that_is_erased_says_so():
    stance = replace(objects(ARM), reason=said(None))
    of = compose(paper(clause("Asks", stances=[stance])))
    assert "1 Reason: [erased]" in told(annex(of, "Open brackets and objections"))


# ── opinions ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_opinions_are_footnotes_in_the_order_of_the_page_and_an_annex_in_full():
    of = compose(
        adopted(
            clause("Asks."),
            clause("Urges."),
            opinions=[
                opinion(UZB, "As far as it can.", "p2", "RESERVATION"),
                opinion(KAZ, "Asks means invites.", "p1"),
                opinion(ARM, "All of it.", "gone"),
                opinion(CHN, None),
            ],
        )
    )
    assert of.footnotes == (
        "Armenia: interpretation, on record. See annex I.",
        "China: interpretation, on record. See annex I.",
        "Kazakhstan: interpretation, on record. See annex I.",
        "Uzbekistan: reservation, on record. See annex I.",
    )
    assert (of.title_notes, [block.notes for block in of.blocks]) == ((1, 2), [(3,), (4,)])
    there = annex(of, "Opinions on record")
    assert there.name == "Annex I"
    assert told(there) == [
        "A clause that is not in the text: interpretation of Armenia",
        "0 All of it.",
        "The whole text: interpretation of China",
        "0 [erased]",
        "Operative paragraph 1: interpretation of Kazakhstan",
        "0 Asks means invites.",
        "Operative paragraph 2: reservation of Uzbekistan",
        "0 As far as it can.",
    ]


def test_an_adopted_text_has_nothing_open():
    of = compose(adopted(clause("Asks", stances=[objects(ARM)])))
    assert [each.title for each in of.annexes] == ["Language versions"]


# ── laws ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@given(st.lists(CLAUSES, max_size=5), st.booleans())
def test_no_word_is_lost_altered_or_moved(clauses: list[Clause], done: bool):
    of = compose((adopted if done else paper)(*clauses))
    given = ["".join((each.present.versions[0].text or "").split()) for each in clauses]
    assert [own_in_order(block) for block in of.blocks] == given


def own_in_order(block: Block) -> str:
    """A clause's own words and labels, as they follow one another, without white space."""
    lines = (
        line.label + "".join(run.text for run in line.runs if run.voice is Voice.WORDS) for line in block.paragraphs
    )
    return "".join("".join(lines).split())


@given(st.lists(CLAUSES, max_size=3))
def test_every_text_can_be_found_at_its_place(clauses: list[Clause]):
    of = compose(paper(*clauses))
    found = {place for _, place in words(of)}
    assert {block.place for block in of.blocks if block.paragraphs} <= found


FOLDER = os.environ.get("POLYLOGUE_DATA")


@pytest.mark.skipif(not FOLDER, reason="POLYLOGUE_DATA does not name the folder of speeches")
def test_real_speeches_keep_every_word():
    csv.field_size_limit(2**24)
    with (Path(FOLDER or "") / "ungd" / "ungdc_sco_2001_2024.csv").open(encoding="utf-8", newline="") as file:
        speeches = [normalize("NFC", row["text"]) for row in csv.DictReader(file)][::10]
    assert speeches
    for speech in speeches:
        lines = speech.splitlines()
        parts = ["\n".join(lines[at : at + 8]) for at in range(0, len(lines), 8)]
        of = compose(paper(*(clause(part) for part in parts)))
        assert [own_in_order(block) for block in of.blocks] == ["".join(part.split()) for part in parts]
