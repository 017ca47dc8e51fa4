"""The laws of the merge, over random edits of 2 to 13 wordings in several scripts, and what it makes of known ones."""

from functools import reduce
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylogue.drafting.merge import Bracket, Plain, Reading, chosen, merge, mixes, reading_of
from polylogue.drafting.shared import shared
from tests.polylogue.drafting.merged import Wordings, brackets, printed, well_formed, words_of
from tests.polylogue.drafting.wordings import VOCABULARY, messy, wordings

# ── the laws ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@given(wordings())
def test_nothing_is_lost(given: Wordings):
    texts, language = given
    pieces = merge(texts, language)
    assert {holder: chosen(pieces, holder) for holder in texts} == texts
    well_formed(pieces, set(texts))


@given(wordings(), st.randoms(use_true_random=False))
def test_any_mix_of_readings_is_known_as_one_and_other_words_are_not(given: Wordings, chance: Random):
    texts, language = given
    pieces = merge(texts, language)
    mine = set(chance.sample(sorted(texts), chance.randint(1, len(texts))))
    taken = [
        Plain(piece.text)
        if isinstance(piece, Plain)
        else Plain(chance.choice([r.text for r in piece.readings if not mine.isdisjoint(r.holders)]))
        for piece in pieces
    ]
    text = "".join(piece.text for piece in taken)
    assert mixes(text, texts, language, mine)
    assert not mixes(text + " unheard", texts, language, mine)
    assert not mixes(text, texts, language, ())


@given(wordings(), st.randoms(use_true_random=False))
def test_neither_the_order_nor_the_names_matter(given: Wordings, chance: Random):
    texts, language = given
    keys = list(texts)
    chance.shuffle(keys)
    assert merge({key: texts[key] for key in keys}, language) == merge(texts, language)
    others = dict(zip(texts, chance.sample(range(100, 1000), len(texts)), strict=True))
    renamed = merge({str(others[key]): text for key, text in texts.items()}, language)
    for mine, theirs in zip(merge(texts, language), renamed, strict=True):
        if isinstance(mine, Plain):
            assert mine == theirs
        else:
            assert isinstance(theirs, Bracket)
            expected = {(each.text, frozenset(str(others[key]) for key in each.holders)) for each in mine.readings}
            assert {(each.text, frozenset(each.holders)) for each in theirs.readings} == expected


@given(wordings())
def test_what_is_merged_stays_as_it_is(given: Wordings):
    """Merging the readings of a bracket gives that bracket, and merging what was chosen gives the same pieces."""
    texts, language = given
    pieces = merge(texts, language)
    assert merge({holder: chosen(pieces, holder) for holder in texts}, language) == pieces
    for bracket in brackets(pieces):
        assert merge({holder: reading_of(bracket, holder) for holder in texts}, language) == (bracket,)


@given(wordings(least=1, most=4), st.integers(1, 9))
def test_who_says_the_same_only_joins_the_holders(given: Wordings, number: int):
    texts, language = given
    more = texts | {f"z{k}": list(texts.values())[k % len(texts)] for k in range(number)}
    for mine, theirs in zip(merge(texts, language), merge(more, language), strict=True):
        if isinstance(mine, Plain):
            assert mine == theirs
        else:
            assert isinstance(theirs, Bracket)
            assert [each.text for each in mine.readings] == [each.text for each in theirs.readings]


@given(wordings(least=1, most=1), st.integers(1, 13))
def test_where_all_agree_there_is_no_bracket(given: Wordings, number: int):
    texts, language = given
    pieces = merge({str(k): texts[""] for k in range(number)}, language)
    assert pieces == ((Plain(texts[""]),) if texts[""] else ())


@given(wordings())
def test_no_word_stands_in_every_reading_of_a_bracket(given: Wordings):
    """So no word that all share in order is bracketed: it would be one that stands in each reading."""
    texts, language = given
    for bracket in brackets(merge(texts, language)):
        each = [words_of(reading.text, language) for reading in bracket.readings]
        assert reduce(set[str].intersection, each) == set()
        spaces = [(reading.text[:1], reading.text[-1:]) for reading in bracket.readings]
        for edge in zip(*spaces, strict=True):
            assert not (len(set(edge)) == 1 and edge[0].isspace()), "white space that all have stands outside"


@given(st.lists(st.lists(st.sampled_from("abcdef"), max_size=12), min_size=1, max_size=6))
def test_shared_words_are_the_same_everywhere_and_none_is_left_out(sequences: list[list[str]]):
    found = shared([tuple(own) for own in sequences])
    assert len({len(places) for places in found}) == 1
    for places in found:
        assert places == sorted(set(places))
    for places in zip(*found, strict=True):
        assert len({own[place] for own, place in zip(sequences, places, strict=True)}) == 1
    edges = [(-1, *places, len(own)) for own, places in zip(sequences, found, strict=True)]
    for k in range(len(found[0]) + 1):
        between = [set(own[edge[k] + 1 : edge[k + 1]]) for own, edge in zip(sequences, edges, strict=True)]
        assert set.intersection(*between) == set()


# ── known wordings ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("language", "texts", "expected"),
    [
        ("en", ("a b c.", "a x c."), "a [b|x] c."),
        ("en", ("deepen cooperation.", "deepen cooperation in trade."), "deepen cooperation[| in trade]."),
        ("en", ("Member States act", "All Member States act"), "[|All ]Member States act"),
        ("en", ("States act", "States act now"), "States act[| now]"),
        ("en", ("a  b", "a b"), "a [ |]b"),
        ("en", ("of the sea", "the air"), "[of |]the [sea|air]"),
        ("fr", ("de l'eau", "l'"), "[de |]l'[eau|]"),
        ("en", ("", "States act.", ""), "[|States act.]"),
        ("en", ("", ""), ""),
        ("en", ("one two three four five", "four five one two three"), "[|four five ]one two three[ four five|]"),
        ("ru", ("Стороны будут развивать торговлю.", "Стороны обязуются развивать торговлю."),
         "Стороны [будут|обязуются] развивать торговлю."),
        ("zh", ("各成员国应当深化合作。", "各成员国可以深化合作。", "成员国应当深化合作。"),
         "[各|]成员国[应当|可以]深化合作。"),
        ("ar", ("يجب على الدول", "ينبغي على الدول"), "[يجب|ينبغي] على الدول"),
        ("en", ("cafe\u0301 and cafe", "cafe and cafe\u0301"), "[|cafe and ]cafe\u0301[ and cafe|]"),
        ("en", ("[sic] and \\", "[sic]] and \\"), "[sic][|]] and \\"),
    ],
)  # fmt: skip
def test_known_wordings(language: str, texts: tuple[str, ...], expected: str):
    named = {"" if k == 0 else f"a{k}": text for k, text in enumerate(texts)}
    pieces = merge(named, language)
    assert printed(pieces) == expected
    assert all(chosen(pieces, holder) == text for holder, text in named.items())


def test_equal_readings_are_grouped_with_their_holders():
    texts = {"": "States shall act.", "b": "States should act.", "a": "States shall act.", "c": "States should act."}
    assert merge(texts, "en") == (
        Plain("States "),
        Bracket((Reading("shall", ("", "a")), Reading("should", ("b", "c")))),
        Plain(" act."),
    )
    with pytest.raises(KeyError):
        chosen(merge(texts, "en"), "d")


def test_there_may_be_no_wording_or_one():
    assert merge({}, "en") == ()
    assert merge({"a": ""}, "en") == ()
    assert merge({"a": "Act."}, "en") == (Plain("Act."),)
    assert shared([]) == []


@pytest.mark.parametrize("language", ["en", "ru", "zh"])
def test_long_and_messy_wordings(language: str):
    texts = {str(number): messy(VOCABULARY[language], language, number) for number in range(13)}
    pieces = merge(texts, language)
    assert {holder: chosen(pieces, holder) for holder in texts} == texts
    well_formed(pieces, set(texts))
    for bracket in brackets(pieces):
        assert set.intersection(*(words_of(reading.text, language) for reading in bracket.readings)) == set()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_clause_of_fifty_thousand_characters(language: str):
    unit = (
        "Member States shall deepen trade, transit and transport. "
        if language == "en"
        else "各成员国应当深化贸易合作。"
    )
    text = unit * (50_000 // len(unit))
    marked = f"{text[:20_000]}{'further ' if language == 'en' else '进'}{text[20_000:]}"
    pieces = merge({"": text, "a": marked, "b": text[:-10], "c": text[7:]}, language)
    assert chosen(pieces, "a") == marked
    assert chosen(pieces, "c") == text[7:]
    assert len(brackets(pieces)) <= 8
