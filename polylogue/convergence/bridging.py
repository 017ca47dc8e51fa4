"""In which order provisions bridge the groups: what hurts nobody comes first, not what a majority likes most.

Why three measures one after the other: a mean hides an objection, and a product over groups shrinks with their number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from polylogue.convergence.draws import Stances, counted, table
from polylogue.convergence.matrix import Matrix

GAP = 1
"""The level that a gap counts as in the comparison of the lowest stances: RESERVE."""
_FROM_FOR = 3


@dataclass(frozen=True, slots=True)
class Ranked:
    """A provision and its `place`, 1 the first; equals share a place.

    `leximin` counts the seats at each level, OBJECT first, gaps counted as RESERVE: the fewer at the lowest level, then
    at the next, the better. `stated` is how many seats stated it. `across` is Π (A + 1)/(S + 2) over the groups, of
    which the root is shown (`root`); None without groups.
    """

    provision: str
    objections: int
    leximin: tuple[int, ...]
    stated: int
    across: Fraction | None
    place: int


def bridging(matrix: Matrix, groups: Sequence[Sequence[str]], stances: Stances | None = None) -> tuple[Ranked, ...]:
    """The provisions, first the one that bridges best; equals in the order of the text. Groups are disjoint.

    Fewest objections; then the highest lowest stance, the next lowest and so on (leximin over the ascending stances of
    all seats); then the most stated; then the largest product over groups of (A + 1)/(S + 2), with S members that
    stated it and A that accept or support it (the group-aware consensus of Polis, whose root makes numbers of
    different groupings comparable; with the same groups the product gives the same order).

    A gap counts as RESERVE in the second and as a gap in the third: so a provision never gains a place when a stance
    other than an objection is missing from it. ValueError for a seat that is not in the matrix.
    """
    stances = stances or table(matrix)
    counts = counted(stances)
    approved, reached = _reach(matrix, stances, groups)
    seats = len(matrix.seats)
    rows = [_judged(seats, *each) for each in zip(counts.tolist(), approved.tolist(), reached.tolist(), strict=True)]
    ordered = sorted(range(len(rows)), key=[row.order for row in rows].__getitem__)
    found: list[Ranked] = []
    for number, index in enumerate(ordered, 1):
        row = rows[index]
        equal = number > 1 and row.order == rows[ordered[number - 2]].order
        place = found[-1].place if equal else number
        leximin = row.leximin
        found.append(Ranked(matrix.provisions[index], row.objections, leximin, row.stated, row.across, place))
    return tuple(found)


def root(across: Fraction | None, groups: int) -> float | None:
    """The geometric mean over the groups of (A + 1)/(S + 2), 0 to 1."""
    return None if across is None or not groups else float(across) ** (1 / groups)


def _reach(
    matrix: Matrix, stances: Stances, groups: Sequence[Sequence[str]]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """A and S of each provision and group, (provisions, groups) each."""
    places = {code: place for place, code in enumerate(matrix.seats)}
    if unknown := {code for group in groups for code in group} - set(places):
        raise ValueError(f"no seats of the matrix: {sorted(unknown)}")
    sides = stances.stated & (stances.levels >= _FROM_FOR), stances.stated
    approved, reached = np.zeros((2, len(matrix.provisions), len(groups)), np.int64)
    for group, codes in enumerate(groups):
        members = [places[code] for code in codes]
        approved[:, group], reached[:, group] = (side[members].sum(axis=0) for side in sides)
    return approved, reached


class _Judged(NamedTuple):
    order: tuple[tuple[int, ...], int, Fraction]
    objections: int
    leximin: tuple[int, ...]
    stated: int
    across: Fraction | None


def _judged(seats: int, counts: list[int], approved: list[int], reached: list[int]) -> _Judged:
    """A provision without a place; the smaller `order` is the better, and objections are the first of `leximin`."""
    stated = sum(counts)
    leximin = list(counts)
    leximin[GAP] += seats - stated
    across = Fraction(prod(a + 1 for a in approved), prod(s + 2 for s in reached)) if reached else None
    order = tuple(leximin[:-1]), -stated, -across if across is not None else Fraction(0)
    return _Judged(order, counts[0], tuple(leximin), stated, across)
