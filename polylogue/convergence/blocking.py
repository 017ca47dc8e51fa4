"""What an item would look like without one delegation: the private side of open concerns.

Why private: a figure about one delegation goes to the chair, facilitators and that delegation, never into a ranking
(docs/convergence.md, who sees what).
"""

from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from polylogue.convergence.agreement import distance
from polylogue.convergence.matrix import SCALE, Matrix, histograms


@dataclass(frozen=True, slots=True)
class Gain:
    """A seat's leave-one-out gain: a figure without the seat minus the figure with it, −1 to 1; above 0 the
    others are nearer to each other than all are.

    Both figures are taken over the same `provisions`, those that at least two *other* seats have stated, so that a
    provision does not enter or leave the mean because one of its two stances is taken away. None where there are none.
    """

    seat: str
    provisions: int
    mean_closeness: Fraction | None
    unanimity_share: Fraction | None


def gains(matrix: Matrix) -> tuple[Gain, ...]:
    """The leave-one-out gain of every seat, in the order of the seats."""
    counts = histograms(matrix)
    common = lcm(*{size * (size - 1) * (size - 2) for size in map(sum, counts) if size > 2})
    nearer = [_nearer(each, common) for each in counts]
    unanimous = [_dissenter(each) for each in counts]
    shared = [sum(each) > 2 for each in counts]
    comparable = sum(sum(each) > 1 for each in counts)
    lost = [0] * len(matrix.seats)
    apart = [0] * len(matrix.seats)
    alike = [0] * len(matrix.seats)
    for seat, provision, level, _ in matrix.cells:
        if shared[provision]:
            apart[seat] += nearer[provision][level]
            if unanimous[provision] == level:
                alike[seat] += 1
        else:
            lost[seat] += sum(counts[provision]) - 1
    return tuple(
        _gain(code, comparable - lost[seat], Fraction(apart[seat], common), alike[seat])
        for seat, code in enumerate(matrix.seats)
    )


def _nearer(counts: tuple[int, ...], common: int) -> list[int]:
    """For each level: mean distance with one stance there minus mean distance without it, times `common`."""
    size = sum(counts)
    if size <= 2:
        return []
    whole = distance(counts)
    unit = 2 * common // (size * (size - 1) * (size - 2))
    return [unit * (whole * (size - 2) - (whole - _reach(counts, level)) * size) for level in range(SCALE)]


def _dissenter(counts: tuple[int, ...]) -> int | None:
    """The level of the one stance without which all would be at one level, where there is one."""
    if len(counts) - counts.count(0) != 2 or 1 not in counts:
        return None
    return counts.index(1)


def _reach(counts: tuple[int, ...], level: int) -> int:
    """Σ |level − x| over the stances counted."""
    total = 0
    for other, count in enumerate(counts):
        total += count * abs(level - other)
    return total


def _gain(code: str, comparable: int, apart: Fraction, alike: int) -> Gain:
    """Provisions that the seat has not stated are comparable and gain nothing."""
    if not comparable:
        return Gain(code, 0, None, None)
    return Gain(code, comparable, apart / ((SCALE - 1) * comparable), Fraction(alike, comparable))
