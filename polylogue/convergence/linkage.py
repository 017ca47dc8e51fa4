"""Average linkage of many sets of distances in lock step, each cut where its groups are clearest.

Why in lock step: every set of n seats takes n − 1 mergers, so the sets go through them together as one array.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from polylogue.convergence.draws import Floats

CLEAR = 0.5
"""Up to this mean silhouette a structure is weak and may be artificial (Kaufman and Rousseeuw 1990)."""
ONE_STEP = 0.25
"""A mean distance of one step of the five levels."""
_EQUAL = 1e-9

Labels = NDArray[np.intp]


class Cut(NamedTuple):
    """`labels` (sets, seats): seats with the same number are in one group; `silhouette` (sets,), NaN without a cut."""

    labels: Labels
    silhouette: Floats


def cut(distances: Floats) -> Cut:
    """Groups of every set of distances, (sets, seats, seats), symmetric with zeros on the diagonal.

    The two nearest groups merge, by the mean distance of their members; where several pairs of groups are equally
    near, all of them merge at once, so that the result does not depend on the order of the seats (Fernández and Gómez
    2008). Of the partitions into 2 to n − 1 groups the one with the largest mean silhouette (Rousseeuw 1987) is taken,
    the coarser of equals. Where there is none, all stand alone. Where none is clear and all are within one step of
    each other on the mean, all are one group.
    """
    labels, silhouette = _clearest(distances)
    seats = distances.shape[1]
    pairs = max(1, seats * (seats - 1))
    near = distances.sum(axis=(1, 2)) / pairs <= ONE_STEP + _EQUAL
    together = near & ~(silhouette > CLEAR + _EQUAL)
    labels[together], silhouette[together] = 0, np.nan
    return Cut(labels, silhouette)


def _clearest(distances: Floats) -> Cut:
    sets, seats, _ = distances.shape
    every: Labels = np.arange(sets, dtype=np.intp)
    labels: Labels = np.zeros((sets, seats), np.intp) + np.arange(seats, dtype=np.intp)
    between, towards = distances.copy(), distances.copy()
    sizes = np.ones((sets, seats))
    waiting = np.zeros((sets, seats, seats), np.bool_)
    best = Cut(labels.copy(), np.full(sets, np.nan))
    for groups in range(seats, 1, -1):
        _find_nearest(between, sizes, waiting)
        kept, gone = np.divmod(waiting.reshape(sets, -1).argmax(axis=1), groups)
        last = groups - 1
        for table in (between, waiting):
            table[every, kept] += table[every, gone]
            table[every, gone] = table[:, last]
        for table in (between, towards, waiting):
            table[every, :, kept] += table[every, :, gone]
            table[every, :, gone] = table[:, :, last]
        waiting[every, kept, kept] = False
        sizes[every, kept] += sizes[every, gone]
        sizes[every, gone] = sizes[:, last]
        labels = np.where(labels == gone[:, None], kept[:, None], labels)
        labels = np.where(labels == last, gone[:, None], labels)
        between, waiting = between[:, :last, :last], np.ascontiguousarray(waiting[:, :last, :last])
        towards, sizes = towards[:, :, :last], sizes[:, :last]
        if last > 1:
            settled = np.flatnonzero(~waiting.any(axis=(1, 2)))
            if len(settled):
                _keep_best(best, settled, labels[settled], _silhouettes(towards, sizes, labels, settled))
    return best


def _find_nearest(between: Floats, sizes: Floats, waiting: NDArray[np.bool_]) -> None:
    """Mark the nearest pairs of groups, where none waits that was as near as those merged before."""
    idle = np.flatnonzero(~waiting.any(axis=(1, 2)))
    if not len(idle):
        return
    if len(idle) < len(waiting):
        between, sizes = between[idle], sizes[idle]
    parts = 1 / sizes
    means = between * parts[:, :, None]
    means *= parts[:, None, :]
    diagonal: Labels = np.arange(means.shape[1], dtype=np.intp)
    means[:, diagonal, diagonal] = np.inf
    waiting[idle] = means <= means.min(axis=(1, 2), keepdims=True) + _EQUAL


def _silhouettes(towards: Floats, sizes: Floats, labels: Labels, chosen: Labels) -> Floats:
    """The mean silhouette of the chosen sets; `towards` holds the summed distance of each seat to each group.

    A seat alone in its group has 0, as has one that is at distance 0 from its own and another group.
    """
    if len(chosen) < len(labels):
        towards, sizes, labels = towards[chosen], sizes[chosen], labels[chosen]
    own_size = np.take_along_axis(sizes, labels, axis=1)
    own = np.take_along_axis(towards, labels[:, :, None], axis=2)[:, :, 0] / np.maximum(own_size - 1, 1)
    others = towards * (1 / sizes)[:, None, :]
    np.put_along_axis(others, labels[:, :, None], np.inf, axis=2)
    nearest = others.min(axis=2)
    larger = np.maximum(own, nearest)
    score = np.divide(nearest - own, larger, out=np.zeros_like(own), where=(larger > _EQUAL) & (own_size > 1))
    return score.mean(axis=1)


def _keep_best(best: Cut, chosen: Labels, labels: Labels, scores: Floats) -> None:
    better = ~(scores < best.silhouette[chosen] - _EQUAL)
    best.labels[chosen[better]] = labels[better]
    best.silhouette[chosen[better]] = scores[better]
