"""Words of single brackets are left out, or said by some alone, where that makes a text, and only where it may help."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from polylogue.drafting.brief import Clause
from polylogue.drafting.clause import pieces_of
from polylogue.drafting.forms import ClauseChoice
from polylogue.drafting.mixing import is_supported, laid
from polylogue.drafting.named import sides
from polylogue.drafting.pieces import Bracket
from polylogue.drafting.predict import outlook
from polylogue.drafting.regions import NARROWED, SHORTENED, regional
from polylogue.drafting.tokens import is_word, tokens, words
from polylogue.events import Extent, Region
from polylogue.vocabulary import AlternativeId, ClauseForm, LanguageTag, PredictionBasis, ProvisionState, SourceKind
from tests.polylogue.drafting.briefs import (
    EN,
    KAZ,
    KGZ,
    NAMES,
    SEATS,
    TJK,
    UZB,
    A,
    N,
    O,
    R,
    S,
    answer,
    clause,
    clauses,
)  # fmt: skip

NAMED_SUBSET, SHORT = ClauseForm.NAMED_SUBSET, ClauseForm.SHORTENED
LATE = "Members tell one another, as early as is practicable, of exercises near shared borders."
EARLY = "Members tell one another, at least thirty days in advance, of exercises near shared borders."
SHORTER = "Members tell one another of exercises near shared borders."
WITHOUT = "Languages are learnt in schools."
WITH = "Languages are learnt in schools, and in any language that a member names."
FOR_TWO = (
    "Languages are learnt in schools (for the following Member States: Kazakhstan and Uzbekistan: and in any language "
    "that a member names)."
)


def found(of: Clause, form: ClauseForm) -> dict[str | None, ClauseChoice]:
    own = outlook(of, SEATS)
    return {choice.text: choice for choice in regional(laid(own), NAMES) if choice.form is form}


def figures(of: Clause, choice: ClauseChoice) -> dict[str, tuple[str, str]]:
    expected = outlook(of, SEATS).expected(choice)
    return {seat: (str(each.figure), each.basis.value) for seat, each in zip(SEATS, expected, strict=True)}


# ── left out ──


def test_the_words_of_a_bracket_are_left_out_where_somebody_minds_them():
    of = clause(EARLY, LATE, on=[{KAZ: S, KGZ: O}, {KAZ: O, KGZ: S}])
    (choice,) = found(of, SHORT).values()
    assert (choice.text, choice.brackets, choice.alternative) == (SHORTER, (1,), None)
    assert {source.kind for source in choice.sources} == {SourceKind.WORDING}
    assert found(clause(EARLY, LATE, on=[{KAZ: S, KGZ: N}, {}]), SHORT) == {}


def test_who_quotes_the_words_that_are_gone_minds_nothing_more_and_who_quotes_those_that_stay_objects():
    """What a seat that objects is expected to say of the rest follows the rule for all words that nobody has seen."""
    of = clause(
        EARLY, LATE, on=[{KGZ: O, TJK: O, UZB: O}],
        conditions={KGZ: "Without “at least thirty days in advance”.", TJK: "Not “near shared borders”."},
    )  # fmt: skip
    (choice,) = found(of, SHORT).values()
    expected = figures(of, choice)
    assert expected[KGZ] == ("2", "NEAREST")
    assert expected[TJK] == ("0", "NEAREST")
    assert expected[UZB] == ("4/5", "NEAREST")
    assert expected[KAZ] == ("2", "SILENT")


def test_an_answer_to_the_shorter_text_counts():
    of = replace(clause(EARLY, LATE, on=[{KGZ: O}]), answers=(answer(KGZ, SHORTER, S),))
    (choice,) = found(of, SHORT).values()
    assert figures(of, choice)[KGZ] == ("4", "STATED")


def test_of_several_brackets_all_are_left_out_at_once_or_each_alone():
    of = clause(
        "Members tell one another, at least a month ahead, of exercises. Trade grows in water.",
        "Members tell one another, as early as they wish, of exercises. Trade grows with rivers.",
        on=[{KAZ: O}, {KGZ: O}],
    )
    assert {choice.brackets: text for text, choice in found(of, SHORT).items()} == {
        (1, 2): "Members tell one another of exercises. Trade grows.",
        (1,): "Members tell one another of exercises. Trade grows in water.",
        (2,): "Members tell one another, at least a month ahead, of exercises. Trade grows.",
    }


def test_what_somebody_wants_empty_is_no_omission():
    assert found(clause(WITHOUT, WITH, on=[{KAZ: O}, {KGZ: O}]), SHORT) == {}


def test_what_a_source_says_only_with_other_words_is_not_supported_without_them():
    """The number would come to stand before a word that it stands before in no wording."""
    of = clause(
        "Wells in 40 in Asia and 12 in Africa.", "Wells in 40 of Asia and 12 in Africa.", on=[{KAZ: O}, {KGZ: O}]
    )
    for choice in found(of, SHORT).values():
        assert not is_supported(of, choice)


# ── said by some ──


def test_the_words_of_a_bracket_may_be_said_by_those_who_support_them():
    of = clause(WITHOUT, (WITH, UZB), on=[{KGZ: S}, {KAZ: S, TJK: O}])
    (choice,) = found(of, NAMED_SUBSET).values()
    assert (choice.text, choice.seats, choice.brackets) == (FOR_TWO, (KAZ, UZB), (1,))
    assert (choice.within, choice.without) == (WITH, WITHOUT)
    assert [source.seat for source in choice.sources if source.kind is SourceKind.NAME] == [KAZ, UZB]
    assert is_supported(of, choice)
    assert figures(of, choice) == {
        KAZ: ("4", "NAMED"),  # what it has said of the words
        KGZ: ("2", "NOT_NAMED"),  # it supports the text without them, and has not seen this one
        TJK: ("16/13", "NOT_NAMED"),  # eight of the words to which it objects bind others only
        UZB: ("4", "NAMED"),
    }


def test_who_is_not_named_and_objects_to_the_rest_objects():
    """It is bound by all other words: an objection to the whole clause is none to the words in the bracket alone."""
    of = clause(WITHOUT, (WITH, UZB), on=[{TJK: O}, {KAZ: S, TJK: O}])
    (choice,) = found(of, NAMED_SUBSET).values()
    assert figures(of, choice)[TJK] == ("0", "NOT_NAMED")


def test_who_has_answered_just_these_words_has_said_so():
    of = replace(clause(WITHOUT, (WITH, UZB), on=[{}, {KAZ: S, TJK: O}]), answers=(answer(TJK, FOR_TWO, O),))
    (choice,) = found(of, NAMED_SUBSET).values()
    assert figures(of, choice)[TJK] == ("0", "STATED")


@pytest.mark.parametrize(
    "of",
    [
        clause(WITHOUT, (WITH, UZB), on=[{}, {KAZ: S}]),  # nobody minds
        clause(WITHOUT, (WITH, UZB), on=[{}, {KAZ: A, TJK: O}]),  # one alone supports it
        clause(WITHOUT, WITH, on=[{}, dict.fromkeys(SEATS, S)], conditions={TJK: "No."}),  # all do
        clause(
            WITHOUT, WITH, WITH.replace("are", "should be"), on=[{}, {KAZ: S, KGZ: S, TJK: O}, {TJK: S, UZB: S}]
        ),  # all do, some in other words
        clause(WITHOUT, WITH, on=[{TJK: R}, {KAZ: S, UZB: S, TJK: R}]),  # nobody objects
        clause(WITHOUT, (WITH, UZB), on=[{}, {KAZ: S, TJK: O}], language="ru"),  # they have no names in it
        clause(WITHOUT, (WITH, UZB), on=[{}, {KAZ: S, TJK: O}], state=ProvisionState.AGREED),
        clause("Shall go.", ("Shall not go.", UZB), on=[{}, {KAZ: S, TJK: O}]),  # the contrary of what binds others
        clause(WITHOUT, ("Water.", UZB), on=[{}, {KAZ: S, TJK: O}]),  # nothing in common
        clause(FOR_TWO, (f"{FOR_TWO[:-1]}, and at work.", UZB), on=[{}, {KAZ: S, TJK: O}]),  # said by name already
    ],
)
def test_where_it_would_not_help_or_not_be_clear_nothing_is_said_by_name(of: Clause):
    assert found(of, NAMED_SUBSET) == {}


def test_words_that_could_be_left_out_may_be_said_by_some_too():
    of = clause(EARLY, (LATE, UZB), on=[{KGZ: O, KAZ: O}, {TJK: S, KGZ: O, KAZ: O}])
    said = "Members tell one another (for the following Member States: Tajikistan and Uzbekistan: as early as is "
    assert list(found(of, NAMED_SUBSET)) == [f"{said}practicable) of exercises near shared borders."]


# ── brackets and their numbers ──


def test_brackets_are_those_that_were_decided():
    of = clause("One of two in trade.", "One or two in water.", on=[{KAZ: O}, {KGZ: O}])
    assert [choice.brackets for choice in found(of, SHORT).values()] == []
    longer = clause(
        "Members meet in May. Trade grows in water.", "Members meet at times. Trade grows with rivers.",
        on=[{KAZ: O}, {KGZ: O}],
    )  # fmt: skip
    assert {choice.brackets for choice in found(longer, SHORT).values()} == {(1, 2), (1,), (2,)}
    spans = ((13, 41), (13, 46))
    whole = Region(
        extents=tuple(
            Extent(alternative=key and AlternativeId(key), start=start, end=end)
            for key, (start, end) in zip((None, "a1"), spans, strict=True)
        )
    )
    merged = replace(longer, regions=(whole,))
    texts = {"": merged.wordings[0].text or "", "a1": merged.wordings[1].text or ""}
    assert sum(isinstance(piece, Bracket) for piece in pieces_of(texts, EN, merged.regions)) == 1
    assert found(merged, SHORT) == {}


@pytest.mark.parametrize("spoilt", [{"language": LanguageTag("ru")}, {"text": None}])
def test_brackets_without_numbers_are_let_alone(spoilt: dict[str, str | None]):
    of = clause(EARLY, LATE, f"All {EARLY[0].lower()}{EARLY[1:]}", on=[{KAZ: O}, {KGZ: O}])
    assert found(of, SHORT)
    wordings = (*of.wordings[:2], replace(of.wordings[2], **spoilt))
    assert found(replace(of, wordings=wordings), SHORT) == {}


def test_chinese_and_russian_have_forms_of_their_own():
    names = {
        "zh-Hans": {KAZ: "哈萨克斯坦", UZB: "乌兹别克斯坦"},
        "ru": {KAZ: "Казахстан", UZB: "Узбекистан"},
    }
    said = {
        "zh-Hans": (
            "各方交换意见。",
            "各方交换意见，并通报。",
            "各方交换意见（就下列成员国而言：哈萨克斯坦和乌兹别克斯坦：并通报）。",
        ),
        "ru": (
            "Стороны делятся оценками.",
            "Стороны делятся оценками, включая прогнозы.",
            "Стороны делятся оценками (для следующих государств-членов: Казахстан и Узбекистан: включая прогнозы).",
        ),
    }
    for language, (present, other, narrowed) in said.items():
        of = clause(present, (other, UZB), on=[{}, {KAZ: S, TJK: O}], language=language)
        called = [(seat, LanguageTag(language), name) for seat, name in names[language].items()]
        choices = regional(laid(outlook(of, SEATS)), called)
        assert [choice.text for choice in choices] == [narrowed]
        assert is_supported(of, choices[0])


def test_one_seat_or_none_makes_no_difference_that_is_no_text():
    of = clause(EARLY, LATE, on=[{KAZ: O}, {KAZ: O}])
    for seats in ((), (KAZ,)):
        own = outlook(of, seats)
        assert [choice.form for choice in regional(laid(own), NAMES)] == [SHORT] * len(seats)
    assert regional(laid(outlook(clause(EARLY, on=[{KAZ: O}]), SEATS)), NAMES) == ()


# ── laws ──


def plain(text: str) -> list[str]:
    return [token.strip().casefold() for token in tokens(text, EN) if is_word(token)]


@settings(max_examples=60)
@given(clauses(0, ["p1"]))
def test_what_is_made_of_brackets_adds_no_word(of: Clause):
    """A text for some is one for all on the one side, and one that has fewer words on the other."""
    own = outlook(of, SEATS)
    made = regional(laid(own), NAMES)
    assert sum(choice.form is SHORT for choice in made) <= SHORTENED
    assert sum(choice.form is NAMED_SUBSET for choice in made) <= NARROWED
    for choice in made:
        there = {word for w in of.wordings if w.text for word in plain(w.text)}
        assert choice.brackets
        assert choice.text
        assert "  " not in choice.text or any("  " in (w.text or "") for w in of.wordings)
        if choice.form is SHORT:
            assert set(plain(choice.text)) <= there
            continue
        both = sides(choice.text, EN)
        assert both
        assert (plain(both.named), plain(both.others)) == (plain(choice.within or ""), plain(choice.without or ""))
        assert words(both.others, EN) < words(both.named, EN)
        assert set(plain(both.named)) <= there
        for seat, each in zip(SEATS, own.expected(choice), strict=True):
            assert (each.basis is PredictionBasis.NAMED) <= (seat in choice.seats)
            assert each.figure <= 2 or seat in choice.seats or each.basis is PredictionBasis.STATED
