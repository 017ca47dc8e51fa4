"""How far alpha would move if other provisions had been on the table: an interval drawn over the provisions.

Why beside alpha: alpha is unstable near consensus, and an interval shows how little a third decimal place means.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from polylogue.convergence.draws import DRAWS, FEWEST, Floats, Stances, Weights, counted, drawn, table
from polylogue.convergence.matrix import SCALE, Matrix

LEFT_OUT = 40
"""One in so many draws is left out at either end, which leaves 95 in a hundred."""
_STREAM = 1
_PAIRS = np.array(list(combinations(range(SCALE), 2))).T


@dataclass(frozen=True, slots=True)
class Interval:
    """`low` to `high` holds 95 % of the `defined` values among `draws`; None where it is not shown.

    It is not shown below five comparable provisions (then `draws` is 0), and where alpha is defined in no draw.
    """

    low: float | None
    high: float | None
    draws: int
    defined: int


def interval(matrix: Matrix, seed: bytes, *, draws: int = DRAWS, stances: Stances | None = None) -> Interval:
    """Percentile bootstrap of ordinal alpha over the comparable provisions (Efron and Tibshirani 1993).

    Each draw takes as many provisions as there are, with replacement. They are put in ascending order of their
    histograms first, so that neither the order of the text nor any name matters.
    """
    counts = counted(stances or table(matrix))
    counts = counts[counts.sum(axis=1) >= 2]
    counts = counts[np.lexsort(counts.T[::-1])].astype(np.float64)
    if len(counts) < FEWEST:
        return Interval(None, None, 0, 0)
    values = _alphas(counts, drawn(seed, len(counts), draws, stream=_STREAM))
    values = np.sort(values[np.isfinite(values)])
    if not len(values):
        return Interval(None, None, draws, len(values))
    out = len(values) // LEFT_OUT
    return Interval(float(values[out]), float(values[-1 - out]), draws, len(values))


def _alphas(counts: Floats, weights: Weights) -> Floats:
    """Alpha of every draw; not a number where all values of a draw are equal.

    `einsum` and not `@`, which is quicker only on idle cores: OpenBLAS would share these small products by threads.
    """
    sizes = counts.sum(axis=1, keepdims=True)
    low, high = _PAIRS
    values = np.einsum("du,uc->dc", weights, counts)
    beside = np.einsum("du,uc->dc", weights, counts[:, low] * counts[:, high] / (sizes - 1))
    middles = 2 * values.cumsum(axis=1) - values
    metric = (middles[:, high] - middles[:, low]) ** 2
    expected = (values[:, low] * values[:, high] * metric).sum(axis=1)
    observed = (beside * metric).sum(axis=1) * (values.sum(axis=1) - 1)
    return 1 - np.divide(observed, expected, out=np.full(len(expected), np.nan), where=expected > 0)
