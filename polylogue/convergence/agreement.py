"""Agreement of a pair of delegations over provisions, and of all delegations on one provision.

Why both beside each other: a pair says who is near whom, a provision says where; an even split and a uniform spread
have a similar closeness, so van der Eijk's agreement stands next to it.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import accumulate, combinations
from math import lcm
from typing import NamedTuple

from polylogue.convergence.alpha import Coincidences
from polylogue.convergence.matrix import IMPORTANCE, SCALE, Matrix, histograms

MINIMUM_OVERLAP = 5
"""Provisions that both must have stated before a pair's figures are shown."""
_FEWEST_LEVELS = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """Two seats, `first` before `second` in the alphabet; figures are None below the minimum overlap.

    `similarity` is S_ij = 1 − Σ w·|x_i − x_j| / (4·Σ w) over the provisions both stated, w the mean of both
    importances (Signorino and Ritter 1999); `identical` the share of those with the same level; both 0 to 1.
    """

    first: str
    second: str
    overlap: int
    similarity: Fraction | None
    identical: Fraction | None


@dataclass(frozen=True, slots=True)
class Provision:
    """What the eligible seats think of one provision's present text; figures are None below two stated stances.

    `histogram` counts the levels OBJECT to SUPPORT; `not_stated` is in the order of the seats; `closeness` and
    `agreement` are those of the functions of these names.
    """

    id: str
    histogram: tuple[int, ...]
    stated: int
    not_stated: tuple[str, ...]
    objections: int
    closeness: Fraction | None
    agreement: Fraction | None


def pairs(matrix: Matrix, *, minimum_overlap: int = MINIMUM_OVERLAP) -> tuple[Pair, ...]:
    """Every pair of seats in alphabetical order; a pair without any common provision has no figures at any minimum."""
    marks = _marks(matrix)
    return tuple(
        _pair(matrix.seats[i], matrix.seats[j], _compare(marks[i], marks[j]), max(1, minimum_overlap))
        for i, j in combinations(range(len(matrix.seats)), 2)
    )


def identical_shares(matrix: Matrix) -> dict[tuple[str, str], tuple[Fraction, int]]:
    """P_ij and overlap of every pair, alphabetical, that has a common provision; nothing is hidden.

    The agreement score of roll-call studies (Voeten 2013): the share of votes both cast in which they voted alike.
    """
    marks = _marks(matrix)
    shares: dict[tuple[str, str], tuple[Fraction, int]] = {}
    for i, j in combinations(range(len(matrix.seats)), 2):
        compared = _compare(marks[i], marks[j])
        if compared.overlap:
            share = Fraction(compared.identical, compared.overlap)
            shares[matrix.seats[i], matrix.seats[j]] = share, compared.overlap
    return shares


def provisions(matrix: Matrix) -> tuple[Provision, ...]:
    """Every provision in the order of the text."""
    missing = [dict.fromkeys(matrix.seats) for _ in matrix.provisions]
    for seat, provision, _, _ in matrix.cells:
        del missing[provision][matrix.seats[seat]]
    return tuple(
        Provision(
            id=name,
            histogram=counts,
            stated=sum(counts),
            not_stated=tuple(missing[place]),
            objections=counts[0],
            closeness=closeness(counts),
            agreement=agreement(counts),
        )
        for place, (name, counts) in enumerate(zip(matrix.provisions, histograms(matrix), strict=True))
    )


def closeness(counts: tuple[int, ...]) -> Fraction | None:
    """C_u = 1 − mean over pairs of |x_i − x_j| / (K − 1), 0 to 1, from the counts of K levels; None below two stances.

    Source: the degree of consensus of Herrera-Viedma and others (2002).
    """
    size = sum(counts)
    if size <= 1:
        return None
    return 1 - Fraction(2 * distance(counts), size * (size - 1) * (len(counts) - 1))


def distance(counts: tuple[int, ...]) -> int:
    """Σ |x_i − x_j| over all pairs of stances: each step of the scale parts those below it from those above."""
    below, above, total = 0, sum(counts), 0
    for count in counts:
        below += count
        above -= count
        total += below * above
    return total


def mean_closeness(coincidences: Coincidences) -> Fraction | None:
    """Mean of C_u over the provisions with at least two stances; None where there is none."""
    common = lcm(*(size * (size - 1) for size in coincidences.units))
    apart = sum(
        common // (size * (size - 1)) * product * (k - c)
        for size, products in coincidences.products.items()
        for product, (c, k) in zip(products, coincidences.pairs, strict=True)
    )
    comparable = sum(coincidences.units.values())
    steps = len(coincidences.values) - 1
    return 1 - Fraction(2 * apart, common * steps * comparable) if comparable else None


def agreement(counts: tuple[int, ...]) -> Fraction | None:
    """Van der Eijk's A from the counts of K ≥ 3 levels: 1 all alike, 0 evenly spread, −1 half at either end.

    The counts are taken apart into layers in which every occupied level counts the same; A is the mean of the layers'
    values, weighted by the stances in them. None below two stances; ValueError for fewer than three levels.
    Source: van der Eijk, "Measuring Agreement in Ordered Rating Scales", Quality and Quantity 35 (2001).
    """
    size = sum(counts)
    values, unit = _layer_values(len(counts))
    if size <= 1:
        return None
    total, taken = 0, 0
    for height in sorted(set(counts) - {0}):
        layer = tuple(count >= height for count in counts)
        total += (height - taken) * sum(layer) * values[layer]
        taken = height
    return Fraction(total, unit * size)


@cache
def _layer_values(levels: int) -> tuple[dict[tuple[bool, ...], int], int]:
    """A of every pattern of occupied levels, as integers over one common denominator."""
    if levels < _FEWEST_LEVELS:
        raise ValueError("van der Eijk's agreement needs at least three levels")
    patterns = [tuple(bool(number >> level & 1) for level in range(levels)) for number in range(1, 2**levels)]
    exact = {pattern: _layer_value(pattern) for pattern in patterns}
    unit = lcm(*(value.denominator for value in exact.values()))
    return {pattern: int(value * unit) for pattern, value in exact.items()}, unit


def _layer_value(pattern: tuple[bool, ...]) -> Fraction:
    """U·(1 − (S − 1)/(K − 1)), S occupied levels of K; U compares triples with one peak to triples with a gap."""
    levels, occupied = len(pattern), sum(pattern)
    triples = list(combinations(pattern, 3))
    gap = triples.count((True, False, True))
    peak = triples.count((True, True, False)) + triples.count((False, True, True))
    spread = 1 - Fraction(occupied - 1, levels - 1)
    if not gap:
        return spread
    return Fraction((levels - 2) * peak - (levels - 1) * gap, (levels - 2) * (peak + gap)) * spread


class _Marks(NamedTuple):
    """One seat's stances as sets of provisions, provision u being bit u: a pair is then compared by counting bits.

    `at_least` holds those with level ≥ 4, 3, 2, 1, `important` those with importance ≥ 3, 2.
    """

    stated: int
    at_least: tuple[int, ...]
    important: tuple[int, ...]


class _Compared(NamedTuple):
    overlap: int
    identical: int
    weight: int
    distance: int


def _marks(matrix: Matrix) -> list[_Marks]:
    stated = [0] * len(matrix.seats)
    level_is = [[0] * SCALE for _ in matrix.seats]
    importance_is = [[0] * (IMPORTANCE + 1) for _ in matrix.seats]
    for seat, provision, level, importance in matrix.cells:
        bit = 1 << provision
        stated[seat] |= bit
        level_is[seat][level] |= bit
        importance_is[seat][importance] |= bit
    return [
        _Marks(each, tuple(accumulate(levels[:0:-1], int.__or__)), tuple(accumulate(importances[:1:-1], int.__or__)))
        for each, levels, importances in zip(stated, level_is, importance_is, strict=True)
    ]


def _compare(one: _Marks, other: _Marks) -> _Compared:
    """Weights are doubled (w_i + w_j, not their mean), which the ratio does not notice."""
    common = one.stated & other.stated
    different, apart = 0, 0
    for mine, yours in zip(one.at_least, other.at_least, strict=True):
        crossed = (mine ^ yours) & common
        if crossed:
            different |= crossed
            apart += _weight(crossed, one, other)
    overlap = common.bit_count()
    return _Compared(overlap, overlap - different.bit_count(), _weight(common, one, other), apart)


def _weight(marked: int, one: _Marks, other: _Marks) -> int:
    """Both importances summed over the marked provisions, which both have stated."""
    total = 2 * marked.bit_count()
    for mine, yours in zip(one.important, other.important, strict=True):
        total += (marked & mine).bit_count() + (marked & yours).bit_count()
    return total


def _pair(first: str, second: str, compared: _Compared, minimum_overlap: int) -> Pair:
    if compared.overlap < minimum_overlap:
        return Pair(first, second, compared.overlap, None, None)
    similarity = 1 - Fraction(compared.distance, (SCALE - 1) * compared.weight)
    return Pair(first, second, compared.overlap, similarity, Fraction(compared.identical, compared.overlap))
