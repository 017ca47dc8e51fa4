"""Brackets in the tree of a document: with who holds what, merged, as options, and readable for each holder."""

import re
from dataclasses import replace

import pytest
from hypothesis import given

from polylogue.drafting.compose import compose
from polylogue.drafting.resolution import Block, Run, Voice
from polylogue.events import Extent, Region
from polylogue.vocabulary import AlternativeId, LanguageTag, SeatCode
from tests.polylogue.drafting.papers import (
    ARM,
    CHN,
    EN,
    KAZ,
    OPERATIVE,
    RU,
    ZH,
    alternative,
    backs,
    bracketed,
    clause,
    paper,
)
from tests.polylogue.drafting.reading import text, whole
from tests.polylogue.drafting.wordings import wordings


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
