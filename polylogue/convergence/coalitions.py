"""Which delegations stand together, how firmly, and who stands alone.

Why drawn again and again: a few dozen provisions draw a line that a few others would not, so only pairs that stay
together whatever is drawn are called a coalition.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from polylogue.convergence.draws import DRAWS, FEWEST, Stances, comparable, counted, distances, drawn, table
from polylogue.convergence.linkage import cut
from polylogue.convergence.matrix import Matrix

TOGETHER = 0.8
"""The share of draws in which two must be in one group to stay in one."""
MANY_SEATS = 60
"""Above so many seats fewer are drawn: the work grows with their third power."""
FEWEST_DRAWS = 10
_STREAM = 2
AGAINST, NEITHER, FOR = 0, 1, 2
CLASS = (AGAINST, AGAINST, NEITHER, FOR, FOR)
"""OBJECT and RESERVE are against, NEUTRAL is neither, ACCEPT and SUPPORT are for."""


@dataclass(frozen=True, slots=True)
class Coalitions:
    """Groups of two and more seats, alphabetical in and among themselves, and those outside of all groups.

    `isolated` seats are in no group; `unplaced` ones share no provision with any other, or there are fewer than five
    comparable provisions, which are too few to tell. `together` is the share of the `draws` in which two placed seats,
    in alphabetical order, were in one group. Parallel to `groups`: `stability`, the smallest such share of two members,
    `cohesion` (0 to 1, None where no two members stated the same provision) and `counted`, the provisions it is the
    mean of. `silhouette` is that of the cut over all provisions, −1 to 1, None where nothing was cut.
    """

    groups: tuple[tuple[str, ...], ...]
    isolated: tuple[str, ...]
    unplaced: tuple[str, ...]
    together: Mapping[tuple[str, str], float]
    stability: tuple[float, ...]
    silhouette: float | None
    cohesion: tuple[Fraction | None, ...]
    counted: tuple[int, ...]
    draws: int


def coalitions(matrix: Matrix, seed: bytes, *, draws: int = DRAWS, stances: Stances | None = None) -> Coalitions:
    """Average linkage on 1 − S, cut by silhouette (`linkage.cut`), and again in each draw of provisions.

    Two seats stay together when the cut over all provisions and at least `TOGETHER` of those over draws have them in
    one group; groups are what such pairs connect. Above `MANY_SEATS` seats fewer are drawn than asked (`drawn_of`).
    """
    read = stances or table(matrix)
    stances = comparable(matrix, read)
    provisions = stances.levels.shape[1]
    placed = np.flatnonzero(stances.stated.any(axis=1)) if provisions >= FEWEST else np.arange(0)
    names = [matrix.seats[seat] for seat in placed]
    unplaced = tuple(code for code in matrix.seats if code not in set(names))
    if not names:
        return Coalitions((), (), unplaced, {}, (), None, (), (), 0)
    stances = stances.of(placed)
    draws = drawn_of(len(names), draws)
    weights = drawn(seed, provisions, draws, stream=_STREAM)
    apart, _ = distances(stances, np.concatenate([np.ones_like(weights[:1]), weights]))
    labels, silhouette = cut(apart)
    same = labels[:, :, None] == labels[:, None, :]
    shares = same[1:].mean(axis=0)
    members = _connected(same[0] & (shares >= TOGETHER))
    groups = tuple(tuple(names[seat] for seat in group) for group in members if len(group) > 1)
    cohesions = [cohesion(matrix, group, read) for group in groups]
    return Coalitions(
        groups=groups,
        isolated=tuple(names[group[0]] for group in members if len(group) == 1),
        unplaced=unplaced,
        together=dict(zip(combinations(names, 2), shares[np.triu_indices(len(names), 1)].tolist(), strict=True)),
        stability=tuple(float(shares[np.ix_(group, group)].min()) for group in members if len(group) > 1),
        silhouette=float(silhouette[0]) if np.isfinite(silhouette[0]) else None,
        cohesion=tuple(value for value, _ in cohesions),
        counted=tuple(provisions for _, provisions in cohesions),
        draws=draws,
    )


def drawn_of(seats: int, draws: int = DRAWS) -> int:
    """How many are drawn: above 60 seats as many as cost no more than `draws` of 60 would, and at least ten."""
    if seats <= MANY_SEATS:
        return draws
    return min(draws, max(FEWEST_DRAWS, draws * MANY_SEATS**3 // seats**3))


def cohesion(matrix: Matrix, seats: Sequence[str], stances: Stances | None = None) -> tuple[Fraction | None, int]:
    """Mean agreement index of the seats over the provisions that at least two of them stated, and how many these are.

    AI = (max − ½ (total − max)) / total of those for, neither and against (`CLASS`): 1 all alike, 0 evenly split.
    Source: Hix, Noury and Roland, "Power to the Parties" (British Journal of Political Science 35, 2005).
    """
    members = (stances or table(matrix)).of(np.flatnonzero(np.isin(matrix.seats, list(seats))))
    counts = counted(members)
    kinds = np.array(CLASS)
    classes = np.stack([counts[:, kinds == kind].sum(axis=1) for kind in (AGAINST, NEITHER, FOR)], axis=1)
    totals, largest = classes.sum(axis=1), classes.max(axis=1)
    compared = totals >= 2
    found = Counter(zip(totals[compared].tolist(), largest[compared].tolist(), strict=True))
    if not found:
        return None, 0
    summed = sum((Fraction(n * (3 * most - total), 2 * total) for (total, most), n in found.items()), Fraction(0))
    return summed / found.total(), found.total()


def _connected(joined: NDArray[np.bool_]) -> list[list[int]]:
    """The seats that pairs connect, each list and the lists ascending; a seat is joined to itself."""
    left = list(range(len(joined)))
    found: list[list[int]] = []
    while left:
        group, grown = {left[0]}, True
        while grown:
            wider = set(np.flatnonzero(joined[sorted(group)].any(axis=0)).tolist())
            grown, group = wider != group, wider
        found.append(sorted(group))
        left = [seat for seat in left if seat not in group]
    return found
