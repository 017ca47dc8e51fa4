"""Agreement of a pair of delegations over provisions, and of all delegations on one provision.

Why both beside each other: a pair says who is near whom, a provision says where; an even split and a uniform spread
have a similar closeness, so van der Eijk's agreement stands next to it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import combinations, compress, repeat
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
    marks = [_marked(row) for row in matrix.rows]
    return tuple(
        _pair(matrix.seats[i], matrix.seats[j], _compare(marks[i], marks[j]), max(1, minimum_overlap))
        for i, j in combinations(range(len(matrix.seats)), 2)
    )


def identical_shares(matrix: Matrix) -> dict[tuple[str, str], tuple[Fraction, int]]:
    """P_ij and overlap of every pair, alphabetical, that has a common provision; nothing is hidden.

    The agreement score of roll-call studies (Voeten 2013): the share of votes both cast in which they voted alike.
    """
    marks = [_marked(row) for row in matrix.rows]
    shares: dict[tuple[str, str], tuple[Fraction, int]] = {}
    for i, j in combinations(range(len(matrix.seats)), 2):
        compared = _compare(marks[i], marks[j])
        if compared.overlap:
            share = Fraction(compared.identical, compared.overlap)
            shares[matrix.seats[i], matrix.seats[j]] = share, compared.overlap
    return shares


def provisions(matrix: Matrix) -> tuple[Provision, ...]:
    """Every provision in the order of the text."""
    missing = [row.translate(_MISSING) for row in matrix.rows]
    columns = zip(*missing, strict=True) if missing else repeat(())
    return tuple(
        Provision(
            id=name,
            histogram=counts,
            stated=sum(counts),
            not_stated=tuple(compress(matrix.seats, column)),
            objections=counts[0],
            closeness=closeness(counts),
            agreement=agreement(counts),
        )
        for name, counts, column in zip(matrix.provisions, histograms(matrix), columns, strict=False)
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

    Several sets stand side by side in one integer, so that a pair takes a dozen operations whatever the scale.
    `stated` is the set of provisions stated, and the same twice over and once for each of the eight below; `level` the
    sets with level 0, 1, 2, 3, 4; `above` those with level ≥ 1, 2, 3, 4 and once more the same four; `important` those
    with importance ≥ 2 and ≥ 3, in two parts beside `stated` twice and in eight beside `above`.
    """

    stated: tuple[int, int, int]
    level: int
    above: int
    important: tuple[int, int]


class _Compared(NamedTuple):
    overlap: int
    identical: int
    weight: int
    distance: int


def _marked(row: bytes) -> _Marks:
    stated, (two, three) = row.translate(_STATED), (row.translate(of) for of in _IMPORTANT)
    levels = [row.translate(of) for of in _LEVEL]
    above = b"".join(row.translate(of) for of in _ABOVE)
    return _Marks(
        stated=(_bits(stated), _bits(stated * 2), _bits(stated * 2 * len(_ABOVE))),
        level=_bits(b"".join(levels)),
        above=_bits(above * 2),
        important=(_bits(two + three), _bits(two * len(_ABOVE) + three * len(_ABOVE))),
    )


def _bits(zeros_and_ones: bytes) -> int:
    return int(zeros_and_ones or b"0", 2)


def _digits(holds: Callable[[int, int], bool]) -> bytes:
    """A table that turns the byte of a stance into the digit 1 where its level and importance hold, else 0."""
    return bytes(
        b"01"[SCALE <= byte < SCALE * (IMPORTANCE + 1) and holds(byte % SCALE, byte // SCALE)] for byte in range(256)
    )


_MISSING = bytes(byte < SCALE for byte in range(256))
_STATED = _digits(lambda _level, _importance: True)
_LEVEL = [_digits(lambda level, _, this=this: level == this) for this in range(SCALE)]
_ABOVE = [_digits(lambda level, _, this=this: level >= this) for this in range(1, SCALE)]
_IMPORTANT = [_digits(lambda _, importance, this=this: importance >= this) for this in range(2, IMPORTANCE + 1)]


def _compare(one: _Marks, other: _Marks) -> _Compared:
    """Weights are doubled (w_i + w_j, not their mean), which the ratio does not notice.

    A stance is |x − y| times between two levels; w is 1 and one more for each of importance ≥ 2 and ≥ 3. So both
    weights are counted by two copies of a set and by what each shares with the important ones beside them.
    """
    once, twice, eight = (mine & yours for mine, yours in zip(one.stated, other.stated, strict=True))
    crossed = (one.above ^ other.above) & eight
    return _Compared(
        overlap=once.bit_count(),
        identical=(one.level & other.level).bit_count(),
        weight=_weight(twice, one.important[0], other.important[0]),
        distance=_weight(crossed, one.important[1], other.important[1]),
    )


def _weight(twice: int, mine: int, yours: int) -> int:
    return twice.bit_count() + (twice & mine).bit_count() + (twice & yours).bit_count()


def _pair(first: str, second: str, compared: _Compared, minimum_overlap: int) -> Pair:
    overlap, identical, weight, distance = compared
    if overlap < minimum_overlap:
        return Pair(first, second, overlap, None, None)
    whole = (SCALE - 1) * weight
    return Pair(first, second, overlap, Fraction(whole - distance, whole), Fraction(identical, overlap))
