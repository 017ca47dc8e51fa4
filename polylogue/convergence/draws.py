"""Draws of provisions with replacement, and the distances of all pairs of delegations in every draw at once.

Why here together: whatever is drawn must be drawn in the same way for the same stances, in whatever order they came.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from polylogue.convergence.matrix import SCALE, Matrix

DRAWS = 200
FEWEST = 5
"""Provisions stated by two or more, below which nothing is drawn: the interval would be wide, or absurdly narrow."""
_UNSHARED = 1 << 18

Floats = NDArray[np.float64]
Weights = NDArray[np.float32]
"""(draws, provisions): how often each provision was drawn."""


@dataclass(frozen=True, slots=True, eq=False)
class Stances:
    """`levels` 0 to 4 and `importance` 1 to 3, both int8 (seats, provisions); importance 0 where not stated."""

    levels: NDArray[np.int8]
    importance: NDArray[np.int8]

    @property
    def stated(self) -> NDArray[np.bool_]:
        return self.importance > 0

    def of(self, seats: NDArray[np.intp]) -> "Stances":
        """The same provisions, of some seats only."""
        return Stances(self.levels[seats], self.importance[seats])


def table(matrix: Matrix) -> Stances:
    """The stances of a matrix, its provisions in the order of the text."""
    cells, shape = b"".join(matrix.rows), (len(matrix.seats), len(matrix.provisions))
    levels, importance = (np.frombuffer(cells.translate(of), np.int8).reshape(shape) for of in (_LEVEL, _IMPORTANCE))
    return Stances(levels, importance)


_LEVEL, _IMPORTANCE = bytes(byte % SCALE for byte in range(256)), bytes(byte // SCALE for byte in range(256))
"""Tables that turn a byte of a row into its level and its importance."""


def counted(stances: Stances) -> NDArray[np.int64]:
    """How many seats stated each level, (provisions, 5)."""
    levels = np.where(stances.stated, stances.levels, SCALE)
    at_level = levels == np.arange(SCALE, dtype=np.int8)[:, None, None]
    return np.add.reduce(at_level, axis=1, dtype=np.int64).T


def comparable(matrix: Matrix, stances: Stances | None = None) -> Stances:
    """The provisions that at least two seats stated, in ascending order of their stances, not as they were given.

    The order is that of columns compared seat by seat in the alphabet, so that a draw depends neither on the order of
    the text nor on the ids. `stances` are those of the matrix where they have been read already.
    """
    stances = stances or table(matrix)
    kept = np.flatnonzero(stances.stated.sum(axis=0) >= 2)
    columns = np.ascontiguousarray((4 * stances.levels + stances.importance).T[kept], np.uint8)
    order = sorted(range(len(kept)), key=[column.tobytes() for column in columns].__getitem__)
    return Stances(stances.levels[:, kept[order]], stances.importance[:, kept[order]])


def drawn(seed: bytes, of: int, draws: int, *, stream: int) -> Weights:
    """How often each of `of` > 0 provisions comes up when as many are drawn with replacement, for each draw.

    The numbers are numpy's PCG64 of the seed's bytes, read as one big-endian number, with `stream` as its spawn key:
    `integers(0, of, (draws, of))`, each row one draw.
    """
    sequence = np.random.SeedSequence(int.from_bytes(seed), spawn_key=(stream,))
    numbers = np.random.Generator(np.random.PCG64(sequence)).integers(0, of, (draws, of))
    numbers += of * np.arange(draws)[:, None]
    return np.bincount(numbers.ravel(), minlength=draws * of).reshape(draws, of).astype(np.float32)


def distances(stances: Stances, weights: Weights) -> tuple[Floats, int]:
    """1 − S of every two seats in every draw, (draws, seats, seats), and how many values had to be put in.

    S is that of a report (docs/convergence.md, a pair of delegations), over all common provisions however few, each
    counted as often as it was drawn. Two seats without a common provision in a draw are as far apart as the mean of
    the other pairs of that draw. The sums are whole numbers below 2^24, so float32 holds them exactly.
    """
    draws, seats = len(weights), len(stances.levels)
    apart = np.zeros((draws, seats, seats))
    known = np.zeros((draws, seats, seats), np.bool_)
    for seat in range(seats - 1):
        rest = slice(seat + 1, None)
        both = stances.stated[seat] & stances.stated[rest]
        weight = (stances.importance[seat] + stances.importance[rest]) * both
        distance = np.abs(stances.levels[seat] - stances.levels[rest]) * weight
        total, steps = _summed(weights, weight), _summed(weights, distance)
        known[:, seat, rest] = total > 0
        apart[:, seat, rest] = steps / np.maximum(total, 1) / (SCALE - 1)
    pairs = seats * (seats - 1) // 2
    found = known.sum(axis=(1, 2))
    means = apart.sum(axis=(1, 2)) / np.maximum(found, 1)
    if (pairs != found).any():
        missing = np.triu(~known, 1)
        apart += missing * means[:, None, None]
    return apart + apart.transpose(0, 2, 1), int((pairs - found).sum())


def _summed(weights: Weights, table: NDArray[np.int8]) -> Floats:
    """Σ over provisions of weight · table, (draws, rows of the table), in blocks too small to be shared by threads.

    This looks slower than one product and is not: OpenBLAS wakes its threads above 2^18 multiplications, and where
    other processes want the cores too, 193 seats then took five seconds instead of a sixth of one.
    """
    draws, provisions = weights.shape
    deep = max(1, _UNSHARED // (draws * len(table)))
    columns = table.T.astype(np.float32)
    result = np.zeros((draws, len(table)))
    for start in range(0, provisions, deep):
        result += weights[:, start : start + deep] @ columns[start : start + deep]
    return result
