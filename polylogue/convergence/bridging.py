"""In which order provisions bridge the groups: what hurts nobody comes first, not what a majority likes most.

Why three measures one after the other: a mean hides an objection, and a product over groups shrinks with their number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod

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


def bridging(matrix: Matrix, groups: Sequence[Sequence[str]]) -> tuple[Ranked, ...]:
    """The provisions, first the one that bridges best; equals in the order of the text. Groups are disjoint.

    Fewest objections; then the highest lowest stance, the next lowest and so on (leximin over the ascending stances of
    all seats); then the most stated; then the largest product over groups of (A + 1)/(S + 2), with S members that
    stated it and A that accept or support it (the group-aware consensus of Polis, whose root makes numbers of
    different groupings comparable; with the same groups the product gives the same order).

    A gap counts as RESERVE in the second and as a gap in the third: so a provision never gains a place when a stance
    other than an objection is missing from it. ValueError for a seat that is not in the matrix.
    """
    stances = table(matrix)
    counts = counted(stances)
    approved, reached = _reach(matrix, stances, groups)
    rows = [
        _unplaced(name, len(matrix.seats), *each)
        for name, *each in zip(matrix.provisions, counts.tolist(), approved.tolist(), reached.tolist(), strict=True)
    ]
    return _placed(rows)


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


def _unplaced(name: str, seats: int, counts: list[int], approved: list[int], reached: list[int]) -> Ranked:
    stated = sum(counts)
    leximin = list(counts)
    leximin[GAP] += seats - stated
    across = Fraction(prod(a + 1 for a in approved), prod(s + 2 for s in reached)) if reached else None
    return Ranked(name, counts[0], tuple(leximin), stated, across, 0)


def _placed(rows: list[Ranked]) -> tuple[Ranked, ...]:
    """The rows in order, with their places."""
    ordered = sorted(rows, key=_order)
    placed: list[Ranked] = []
    for number, row in enumerate(ordered, 1):
        before = placed[-1] if placed else None
        place = before.place if before and _order(before) == _order(row) else number
        placed.append(Ranked(row.provision, row.objections, row.leximin, row.stated, row.across, place))
    return tuple(placed)


def _order(row: Ranked) -> tuple[tuple[int, ...], int, Fraction]:
    """Smaller is better; objections are the first count of `leximin`."""
    return row.leximin[:-1], -row.stated, -(row.across or Fraction(0))
