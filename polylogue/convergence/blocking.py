"""What an item would look like without one delegation: the private side of open concerns.

Why private: a figure about one delegation goes to the chair, facilitators and that delegation, never into a ranking
(docs/convergence.md, who sees what).
"""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

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
    sizes = [sum(each) for each in counts]
    distances = [distance(each) for each in counts]
    reach = [[_reach(each, level) for level in range(SCALE)] for each in counts]
    comparable = sum(size > 1 for size in sizes)
    lost = [0] * len(matrix.seats)
    unanimous = [0] * len(matrix.seats)
    # Per seat and number of stances on the provision: Σ of distances without the seat, Σ of distances with it.
    apart: list[dict[int, list[int]]] = [defaultdict(lambda: [0, 0]) for _ in matrix.seats]
    for seat, provision, level, _ in matrix.cells:
        size = sizes[provision]
        others = size - 1
        if others <= 1:
            lost[seat] += others
            continue
        whole = distances[provision]
        rest = whole - reach[provision][level]
        sums = apart[seat][size]
        sums[0] += rest
        sums[1] += whole
        unanimous[seat] += (not rest) - (not whole)
    return tuple(
        _gain(code, comparable - lost[seat], apart[seat], unanimous[seat]) for seat, code in enumerate(matrix.seats)
    )


def _reach(counts: tuple[int, ...], level: int) -> int:
    """Σ |level − x| over the stances counted."""
    total = 0
    for other, count in enumerate(counts):
        total += count * abs(level - other)
    return total


def _gain(code: str, comparable: int, apart: dict[int, list[int]], unanimous: int) -> Gain:
    """Provisions that the seat has not stated are comparable and gain nothing."""
    if not comparable:
        return Gain(code, 0, None, None)
    total = Fraction(0)
    for size, (rest, whole) in apart.items():
        total += Fraction(2 * whole, size * (size - 1)) - Fraction(2 * rest, (size - 1) * (size - 2))
    return Gain(code, comparable, total / ((SCALE - 1) * comparable), Fraction(unanimous, comparable))
