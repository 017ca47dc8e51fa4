"""The few figures that describe a whole item, read from running sums.

Why running sums: a report adds every provision once, the timeline moves one provision at a time, and both read the
same formulas.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from polylogue.convergence.agreement import mean_closeness
from polylogue.convergence.alpha import Coincidences, alpha


@dataclass(frozen=True, slots=True)
class Headline:
    """Figures of an item; shares and means are 0 to 1, `alpha` −1 to 1, None where not defined.

    `comparable` provisions have at least two stated stances; `unanimous` of them have only one level among those
    stated, whatever the level; `unanimity_share` is unanimous / comparable, `mean_closeness` the mean of C_u over the
    comparable ones; `coverage` is stated / cells, cells being seats × provisions.
    """

    stated: int
    cells: int
    coverage: Fraction | None
    objections: int
    comparable: int
    unanimous: int
    unanimity_share: Fraction | None
    mean_closeness: Fraction | None
    alpha: Fraction | None


class Tally:
    """Running sums over provisions, each given as its counts of levels 0 to 4. Mutable; private to who folds it."""

    __slots__ = ("_coincidences", "_objections", "_stated", "_unanimous")

    def __init__(self) -> None:
        self._coincidences = Coincidences()
        self._stated = self._objections = self._unanimous = 0

    def add(self, counts: Sequence[int]) -> None:
        """Count a provision in."""
        self._coincidences.add(counts)
        self._move(counts, 1)

    def remove(self, counts: Sequence[int]) -> None:
        """Count a provision out again that was added with these counts."""
        self._coincidences.remove(counts)
        self._move(counts, -1)

    def _move(self, counts: Sequence[int], sign: int) -> None:
        size = sum(counts)
        self._stated += sign * size
        self._objections += sign * counts[0]
        if size > 1 and max(counts) == size:
            self._unanimous += sign

    def headline(self, cells: int) -> Headline:
        """The figures as they stand; `cells` is seats × provisions."""
        comparable = sum(self._coincidences.units.values())
        return Headline(
            stated=self._stated,
            cells=cells,
            coverage=Fraction(self._stated, cells) if cells else None,
            objections=self._objections,
            comparable=comparable,
            unanimous=self._unanimous,
            unanimity_share=Fraction(self._unanimous, comparable) if comparable else None,
            mean_closeness=mean_closeness(self._coincidences),
            alpha=alpha(self._coincidences),
        )
