"""The distance of two wordings, against the table that defines it."""

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylogue.drafting.distance import beside, compared, distance, edits

sequences = st.lists(st.integers(0, 3), max_size=12)


def by_definition(one: Sequence[int], other: Sequence[int]) -> int:
    """Wagner and Fischer's table, row by row."""
    row = list(range(len(other) + 1))
    for i, mine in enumerate(one, 1):
        above, row = row, [i]
        for j, theirs in enumerate(other, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (mine != theirs)))
    return row[-1]


@given(sequences, sequences)
def test_edits_are_those_of_the_table(one: list[int], other: list[int]):
    assert edits(one, other) == by_definition(one, other)


@given(sequences, st.lists(st.tuples(sequences, sequences), max_size=5), st.lists(sequences, max_size=3))
def test_edits_of_several_at_once_are_those_of_each(
    middle: list[int], around: list[tuple[list[int], list[int]]], others: list[list[int]]
):
    """Several begin and end alike; and what is asked of is one of them, or another."""
    several = [before + middle + after for before, after in around]
    held = beside(several)
    for other in (*others, *several, middle, [9, *middle]):
        assert held.changed(other) == [by_definition(one, other) for one in several]


def test_several_of_which_one_is_very_long_are_held_against_it_one_by_one():
    one, turned = list(range(3_000)), [*range(1_500, 3_000), *range(1_500)]
    assert beside([one, [1, 2]]).changed(turned) == [1, 2_998]


@given(sequences, sequences)
def test_the_distance_is_symmetric_and_zero_only_for_equal_ones(one: list[int], other: list[int]):
    assert distance(one, other) == distance(other, one)
    assert 0 <= distance(one, other) <= 1
    assert (distance(one, other) == 0) == (one == other)


@pytest.mark.parametrize(
    ("one", "other", "language", "expected"),
    [
        ("Member States shall deepen trade.", "Member States should deepen trade.", "en", Fraction(1, 6)),
        ("Member States  shall deepen trade.", "Member States shall\ndeepen trade.", "en", Fraction(0)),
        ("成员国应深化贸易。", "成员国可深化贸易。", "zh-Hans", Fraction(1, 9)),
        ("Государства-члены развивают торговлю.", "Государства-члены развивают торговлю", "ru", Fraction(1, 4)),
        ("", "trade", "en", Fraction(1)),
        ("", "", "en", Fraction(0)),
    ],
)
def test_it_counts_words_and_marks_and_in_chinese_characters(one: str, other: str, language: str, expected: Fraction):
    assert distance(compared(one, language), compared(other, language)) == expected


def test_long_texts_are_no_matter():
    one = list(range(5_000))
    other = [*one[:2_000], *one[3_000:], *range(9_000, 9_500)]
    assert edits(one, other) == 1_500


def test_of_very_long_differences_the_order_is_not_looked_at():
    one = list(range(3_000))
    turned = one[1_500:] + one[:1_500]
    assert distance(one, turned) == Fraction(1, 3_000)
    assert distance(one, [*range(1_000), *range(9_000, 11_000)]) == Fraction(2, 3)
    assert distance(one, one) == 0
    near = [*one[:1_000], -1, *one[1_002:]]
    assert distance(one, near) == Fraction(2, 3_000) == distance(near, one)
