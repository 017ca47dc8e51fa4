"""Pairs and provisions: published vectors, definitions, laws."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from polylogue.convergence import agreement
from polylogue.convergence.matrix import SCALE, Matrix
from tests.polylogue.convergence import by_definition
from tests.polylogue.convergence.drawn import drawn, matrices

COUNTS = st.lists(st.integers(0, 6), min_size=SCALE, max_size=SCALE).map(tuple)


def test_van_der_eijk_as_published():
    """Ruedin, R package agrmt, example of `agreement`."""
    assert agreement.agreement((30, 40, 210, 130, 530, 50, 10)) == Fraction(917, 1500)
    assert float(Fraction(917, 1500)) == pytest.approx(0.6113333, abs=5e-8)


@pytest.mark.parametrize(
    ("counts", "value"),
    [
        ((0, 0, 7, 0, 0), 1),
        ((3, 0, 0, 0, 3), -1),
        ((2, 2, 2, 2, 2), 0),
        ((0, 3, 3, 0, 0), Fraction(3, 4)),
        ((1, 0, 0, 0, 3), 0),
        ((0, 1, 0, 1, 2), Fraction(1, 3)),
        ((5, 0, 5), -1),
    ],
)
def test_van_der_eijk_by_hand(counts: tuple[int, ...], value: Fraction):
    assert agreement.agreement(counts) == value


def test_agreement_tells_a_split_from_a_spread_where_closeness_does_not():
    split, spread = (5, 5, 0, 5, 5), (4, 4, 4, 4, 4)
    assert agreement.closeness(split) == Fraction(41, 76)
    assert agreement.closeness(spread) == Fraction(11, 19)
    assert agreement.agreement(split) == Fraction(-5, 36)
    assert agreement.agreement(spread) == 0


@given(COUNTS)
def test_agreement_is_bounded_and_the_same_from_either_end(counts: tuple[int, ...]):
    value = agreement.agreement(counts)
    assert agreement.agreement(counts[::-1]) == value
    assert agreement.agreement(tuple(3 * count for count in counts)) == (value if sum(counts) != 1 else 1)
    if sum(counts) < 2:
        assert value is None
    else:
        assert value is not None
        assert -1 <= value <= 1
        assert (value == 1) == (max(counts) == sum(counts))


def test_agreement_needs_three_levels():
    with pytest.raises(ValueError, match="three levels"):
        agreement.agreement((3, 4))


@given(matrices(), st.integers(0, 8))
def test_pairs_are_what_their_definition_gives(matrix: Matrix, minimum: int):
    of = by_definition.stances(matrix)
    found = agreement.pairs(matrix, minimum_overlap=minimum)
    assert [(pair.first, pair.second) for pair in found] == [
        (first, second) for first in matrix.seats for second in matrix.seats if first < second
    ]
    shares = agreement.identical_shares(matrix)
    for pair in found:
        overlap, similarity, identical = by_definition.pair(of, pair.first, pair.second)
        shown = overlap >= minimum
        assert pair == agreement.Pair(
            pair.first, pair.second, overlap, similarity if shown else None, identical if shown else None
        )
        assert shares.get((pair.first, pair.second)) == (None if identical is None else (identical, overlap))
        assert by_definition.pair(of, pair.second, pair.first) == (overlap, similarity, identical)


@given(matrices())
def test_provisions_are_what_their_definition_gives(matrix: Matrix):
    of = by_definition.stances(matrix)
    for place, provision in zip(matrix.provisions, agreement.provisions(matrix), strict=True):
        levels = by_definition.levels(of, place)
        assert provision.id == place
        assert provision.histogram == tuple(levels.count(level) for level in range(SCALE))
        assert provision.stated == len(levels)
        assert provision.not_stated == tuple(code for code in matrix.seats if (code, place) not in of)
        assert provision.objections == levels.count(0)
        assert provision.closeness == by_definition.closeness(levels)
        assert provision.agreement == agreement.agreement(provision.histogram)


def test_a_pair_is_hidden_below_five_common_provisions_and_its_overlap_is_not():
    four = drawn("KAZ 4 4 4 4 .\nKGZ 4 4 4 4 4")
    five = drawn("KAZ 4 4 4 4 0\nKGZ 4 4 4 4 4")
    assert agreement.pairs(four) == (agreement.Pair("KAZ", "KGZ", 4, None, None),)
    assert agreement.pairs(five) == (agreement.Pair("KAZ", "KGZ", 5, Fraction(4, 5), Fraction(4, 5)),)


def test_importance_of_both_weighs_in_similarity_and_not_in_the_identical_share():
    plain = drawn("KAZ 4 4 4 4 0\nKGZ 4 4 4 4 4")
    weighed = drawn("KAZ 4 4 4 4 0/3\nKGZ 4 4 4 4 4/2")
    assert agreement.pairs(plain)[0].identical == agreement.pairs(weighed)[0].identical
    assert agreement.pairs(weighed)[0].similarity == 1 - Fraction(5 * 4, 4 * (2 * 4 + 5))


def test_twelve_in_support_and_one_objection_are_still_close():
    matrix = drawn("\n".join([*(f"S{seat:02} 4" for seat in range(12)), "T 0"]))
    provision = agreement.provisions(matrix)[0]
    assert provision.closeness == Fraction(11, 13)
    assert provision.objections == 1


def test_a_gap_is_not_a_neutral():
    gap, neutral = (agreement.provisions(drawn(f"KAZ 4\nKGZ {stance}\nTJK 4"))[0] for stance in ".2")
    assert (gap.closeness, gap.stated, gap.not_stated) == (1, 2, ("KGZ",))
    assert (neutral.closeness, neutral.stated, neutral.not_stated) == (Fraction(2, 3), 3, ())


@given(matrices(), st.data())
def test_a_delegation_that_says_what_another_says_changes_no_other_pair(matrix: Matrix, data: st.DataObject):
    assume(matrix.seats)
    twin = data.draw(st.integers(0, len(matrix.seats) - 1))
    newcomer = len(matrix.seats)
    copied = tuple(cell._replace(seat=newcomer) for cell in matrix.cells if cell.seat == twin)
    more = Matrix(matrix.item, (*matrix.seats, "T"), matrix.provisions, matrix.cells + copied)
    after = agreement.pairs(more, minimum_overlap=1)
    assert tuple(pair for pair in after if pair.second != "T") == agreement.pairs(matrix, minimum_overlap=1)
    beside = next(pair for pair in after if (pair.first, pair.second) == (matrix.seats[twin], "T"))
    expected = Fraction(1) if copied else None
    assert beside == agreement.Pair(matrix.seats[twin], "T", len(copied), expected, expected)


@given(st.integers(2, 40), st.integers(0, 4))
def test_a_provision_on_which_all_are_alike_is_close_at_any_level(seats: int, level: int):
    counts = tuple(seats if each == level else 0 for each in range(SCALE))
    assert (agreement.closeness(counts), agreement.agreement(counts)) == (1, 1)
