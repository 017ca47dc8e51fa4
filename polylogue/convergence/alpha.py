"""Krippendorff's alpha: how much of the agreement seen is more than chance would give, gaps allowed.

Why from counts: what a unit contributes depends only on how often each value occurs in it, so units are added to and
taken from running sums of integers, and alpha stays an exact ratio.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import combinations
from math import lcm
from operator import mul
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from polylogue.convergence.draws import counted, table
from polylogue.convergence.matrix import SCALE, Matrix

Metric: TypeAlias = Literal["nominal", "ordinal", "interval"]
Counts: TypeAlias = NDArray[np.int64]


class Coincidences:
    """Running sums over units, a unit being the counts of its values; units with fewer than two values are left out.

    `values[c]` is how often value c occurs; `units[m]` how many units hold m values; `products[m]` the sums of
    h_c · h_k over those units, one for each pair c < k in the order of `pairs`. All integers.
    """

    __slots__ = ("pairs", "products", "units", "values")

    def __init__(self, scale: int = SCALE) -> None:
        self.pairs = tuple(combinations(range(scale), 2))
        self.values = [0] * scale
        self.units: dict[int, int] = {}
        self.products: dict[int, list[int]] = {}

    def add(self, counts: Sequence[int]) -> None:
        """Take one unit in."""
        self._move(counts, 1)

    def remove(self, counts: Sequence[int]) -> None:
        """Take one unit out again that was added with these counts."""
        self._move(counts, -1)

    def _move(self, counts: Sequence[int], sign: int) -> None:
        size = sum(counts)
        if size <= 1:
            return
        for value, count in enumerate(counts):
            self.values[value] += sign * count
        self.units[size] = self.units.get(size, 0) + sign
        products = self.products.setdefault(size, [0] * len(self.pairs))
        for place, (c, k) in enumerate(self.pairs):
            products[place] += sign * counts[c] * counts[k]
        if not self.units[size]:
            del self.units[size], self.products[size]


def alpha(coincidences: Coincidences, metric: Metric = "ordinal") -> Fraction | None:
    """1 − observed / expected disagreement, −1 to 1; 0 is what chance gives.

    None where it is not defined: no two values in any unit, or all values that can be paired are equal (nothing could
    have disagreed, which the unanimity share says better). Source: Krippendorff, "Computing Krippendorff's
    Alpha-Reliability" (2011).
    """
    common = lcm(*(size - 1 for size in coincidences.products))
    observed = [0] * len(coincidences.pairs)
    for size, products in coincidences.products.items():
        share = common // (size - 1)
        observed = [total + share * product for total, product in zip(observed, products, strict=True)]
    return _ratio(coincidences.values, coincidences.pairs, observed, common, metric)


def _ratio(
    values: Sequence[int], pairs: Sequence[tuple[int, int]], observed: Sequence[int], common: int, metric: Metric
) -> Fraction | None:
    """Alpha from how often each value occurs and, for each pair c < k, the sum over units of h_c · h_k / (m − 1), each
    sum times `common`.
    """
    distances = [_distance(values, c, k, metric) for c, k in pairs]
    expected = sum([values[c] * values[k] * distance for (c, k), distance in zip(pairs, distances, strict=True)])
    if not expected:
        return None
    return 1 - Fraction((sum(values) - 1) * sum(map(mul, observed, distances)), common * expected)


def _distance(values: Sequence[int], c: int, k: int, metric: Metric) -> int:
    """Squared difference of two values, up to a factor that is the same for all pairs."""
    if metric == "nominal":
        return 1
    if metric == "interval":
        return (k - c) ** 2
    return (2 * sum(values[c : k + 1]) - values[c] - values[k]) ** 2


def krippendorff(units: Iterable[Sequence[int]], metric: Metric = "ordinal", scale: int = SCALE) -> Fraction | None:
    """Alpha of units given as counts of their values 0 to `scale` − 1; see `alpha`.

    Without running sums, for which all units of one size are looked at together.
    """
    return _of_all(np.array(list(units), np.int64).reshape(-1, scale), metric, 2)


def alpha_of(matrix: Matrix, minimum_stated: int = 2) -> Fraction | None:
    """Ordinal alpha over the provisions on which at least `minimum_stated` of the matrix's seats have stated."""
    return _of_all(counted(table(matrix)), "ordinal", max(2, minimum_stated))


def _of_all(counts: Counts, metric: Metric, least: int) -> Fraction | None:
    """Alpha of those units, given as counts (units, scale), that hold at least so many values, two or more."""
    sizes = counts.sum(axis=1)
    kept = sizes >= least
    by_value, sizes = counts.T[:, kept], sizes[kept]
    if not len(sizes):
        return None
    pairs = tuple(combinations(range(len(by_value)), 2))
    low, high = np.array(pairs).T
    width = int(sizes.max()) + 1
    places = sizes + np.arange(0, len(pairs) * width, width)[:, None]
    # The sums are floats and whole: they stay below 2^53 with a million seats on ten thousand provisions.
    sums = np.bincount(places.ravel(), (by_value[low] * by_value[high]).ravel(), len(pairs) * width)
    by_pair: list[list[int]] = sums.astype(np.int64).reshape(len(pairs), width).tolist()
    there: set[int] = set(sizes.tolist())
    common = lcm(*(size - 1 for size in there))
    shares = [common // (size - 1) if size in there else 0 for size in range(width)]
    observed = [sum(map(mul, shares, of_sizes)) for of_sizes in by_pair]
    return _ratio(by_value.sum(axis=1).tolist(), pairs, observed, common, metric)
