"""The map: delegations as points on a plane, near where they are alike, and turned as the map before was.

Why turned: a map is the same map when it is mirrored or rotated, and a reader who sees a delegation change sides thinks
that it has changed its mind.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, radians, sin

import numpy as np

from polylogue.convergence.draws import Floats, Stances, comparable, distances
from polylogue.convergence.matrix import Matrix

KEPT, TURNED = 0.95, 0.75
"""Shares of what the best plane would show: above the first the view before is kept, above the second it is turned."""
TURN = radians(15)
FAINT = 0.002
"""Of all squared distances: a direction that holds less says little about how the map before was turned."""
_EQUAL = 1e-6


@dataclass(frozen=True, slots=True)
class Axes:
    """`points` of the seats on the map, alphabetical, in units of 1 − S; `unplaced` seats share no provision.

    `explained` is the share of all squared distances that lies along x and along y, 0 to 1 each and together.
    `imputed` pairs of placed seats had no provision in common and count as far apart as the mean of the others.
    """

    points: Mapping[str, tuple[float, float]]
    explained: tuple[float, float]
    unplaced: tuple[str, ...] = ()
    imputed: int = 0


def axes(matrix: Matrix, before: Axes | None = None, stances: Stances | None = None) -> Axes:
    """Classical scaling of 1 − S (Torgerson 1952; Gower 1966), with the frame taken from the map before.

    Without a map before, x is the direction that shows most and y the next. Where several show equally much, the
    seats take them in the order of the alphabet: the first lies on x, the next defines y. Right and up is the side
    of the higher stances; where that does not tell, of the first seat that is off the middle.

    With one, the view is the one from which the common seats look most as they did (least squares, then the nearest
    view that distorts nothing). It is kept while it shows at least 95 % of what the best plane shows, turned by at most
    15 degrees towards that plane while it shows at least 75 %, and given up below; even then the axes stand as near to
    the old ones as they can. The middle of the common seats stays where it was.
    """
    stances = comparable(matrix, stances)
    placed = np.flatnonzero(stances.stated.any(axis=1))
    names = [matrix.seats[seat] for seat in placed]
    unplaced = tuple(code for code in matrix.seats if code not in set(names))
    if not names:
        return Axes({}, (0.0, 0.0), unplaced)
    stances = stances.of(placed)
    apart, imputed = distances(stances, np.ones((1, stances.levels.shape[1]), np.float32))
    levels = (stances.levels * stances.stated).sum(axis=1) / stances.stated.sum(axis=1)
    space, best = _scaled(apart[0], levels)
    common = [place for place, code in enumerate(names) if before and code in before.points]
    old = np.array([before.points[names[place]] for place in common] if before else [], np.float64).reshape(-1, 2)
    plane = _turned(space, best, common, old - old.mean(axis=0)) if len(common) >= 2 else best
    points = space @ plane
    shown = (points**2).sum(axis=0) / max((space**2).sum(), _EQUAL)
    if len(common) >= 2:
        points += old.mean(axis=0) - points[common].mean(axis=0)
    return Axes(
        points={code: (float(x), float(y)) for code, (x, y) in zip(names, points.tolist(), strict=True)},
        explained=(float(shown[0]), float(shown[1])),
        unplaced=unplaced,
        imputed=imputed,
    )


def _scaled(apart: Floats, levels: Floats) -> tuple[Floats, Floats]:
    """The seats in as many dimensions as they need, (seats, dimensions ≥ 2), and the two directions that show most."""
    squares = apart**2
    squares -= squares.mean(axis=0)
    squares -= squares.mean(axis=1, keepdims=True)
    values, vectors = np.linalg.eigh((squares + squares.T) / -4)
    values, vectors = values[::-1], vectors[:, ::-1]
    if len(values) < 2 or values[0] <= _EQUAL:
        return np.zeros((len(values), 2)), np.eye(2)
    values = np.where(values > _EQUAL * values[0], values, 0)
    size = max(2, np.count_nonzero(values))
    values, vectors = values[:size], vectors[:, :size]
    space = vectors * np.sqrt(values)
    plane = vectors.T @ _leading(values, vectors)
    return space, plane * _signs(space @ plane, levels)


def _leading(values: Floats, vectors: Floats) -> Floats:
    """Two leading eigenvectors, (seats, 2), by rule where eigenvalues are equal and any two of a plane would do."""
    found: list[Floats] = []
    start = 0
    while len(found) < 2:
        stop = int((values > values[start] - _EQUAL * values[0]).sum())
        part = vectors[:, start:stop]
        if stop - start == 1:
            found.append(part[:, 0])
        else:
            _by_alphabet(part, min(stop - start, 2 - len(found)), found)
        start = stop
    return np.stack(found, axis=1)


def _by_alphabet(space: Floats, wanted: int, found: list[Floats]) -> None:
    """Add orthogonal directions of a space: those of the first seats that have a direction of their own in it."""
    left = space @ space.T
    for _ in range(wanted):
        lengths = np.sqrt(np.maximum(left.diagonal(), 0))
        seat = int((lengths > max(_EQUAL, lengths.max() / 2)).argmax())
        direction = left[:, seat] / lengths[seat]
        found.append(direction)
        left = left - np.outer(direction, direction)


def _signs(points: Floats, levels: Floats) -> Floats:
    """1 or −1 for each axis."""
    signs = np.ones(2)
    for axis, along in enumerate(points.T):
        towards = float(along @ (levels - levels.mean()))
        if abs(towards) <= _EQUAL:
            off = along[np.abs(along) > _EQUAL]
            towards = float(off[0]) if len(off) else 1.0
        signs[axis] = 1 if towards > 0 else -1
    return signs


def _turned(space: Floats, best: Floats, common: list[int], old: Floats) -> Floats:
    """The directions to show, (dimensions, 2), nearest to the old points of the common seats as the rule allows."""
    mine = space[common] - space[common].mean(axis=0)
    spread: Floats = mine.T @ mine
    spread[np.diag_indices_from(spread)] += FAINT * spread.trace() + _EQUAL**2
    left, strength, right = np.linalg.svd(np.linalg.inv(spread) @ mine.T @ old, full_matrices=False)
    if strength[1] <= _EQUAL**2 or strength[1] <= _EQUAL * strength[0]:
        along = ((mine @ best) * old).sum(axis=0)
        return best * np.where(along < 0, -1, 1)
    view = left @ right
    shows = ((space @ view) ** 2).sum() / ((space @ best) ** 2).sum()
    if shows >= KEPT:
        return view
    return _towards(view, best, TURN if shows >= TURNED else radians(90))


def _towards(view: Floats, best: Floats, turn: float) -> Floats:
    """The view turned towards the best plane by at most an angle, on the shortest way and without a twist."""
    left, cosines, right = np.linalg.svd(view.T @ best)
    here, there = view @ left, best @ right.T
    angles = np.minimum(np.arccos(np.clip(cosines, -1, 1)), turn)
    for axis, angle in enumerate(angles):
        across = there[:, axis] - cosines[axis] * here[:, axis]
        length = np.linalg.norm(across)
        if length > _EQUAL:
            here[:, axis] = here[:, axis] * cos(angle) + across / length * sin(angle)
    return here @ left.T
