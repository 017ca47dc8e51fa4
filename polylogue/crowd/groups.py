"""Opinion groups: who is counted, and how the points on the map fall into two to five groups.

Why nothing is drawn at random: the same votes give the same groups; k-means starts from those who came first.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from polylogue.crowd.votes import NOBODY, Counts, Flags, Floats, Labels, Votes, voted_on, votes_cast

ENOUGH_VOTES = 7
FIRST_COMERS = 15
BASE_CLUSTERS = 100
MOST_GROUPS = 5
_PER_GROUP = 12
_ROUNDS = 100
_BASE_ROUNDS = 20
"""Base clusters only thin the points out: they need not have come to rest."""
_POINTS_AT_ONCE = 500
"""Distances to a hundred centres are taken for this many points together: they stay in the processor's cache."""
_FEW = 20
"""Up to so many centres, all distances are counted sooner than it is found out which need not be."""
_HALF_WAY = (1 - 1e-9) / 4
"""The square of a half, and less by more than squared distances are ever rounded."""


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """`labels`, of length n: the group of each participant, 0 to G−1, or −1 for none. `centres`, G × 2: the middle of
    each group on the map. `silhouettes`: what each number of groups that was tried came to, −1 to 1, by that number.
    """

    labels: Labels
    centres: Floats
    silhouettes: tuple[tuple[int, float], ...]


class Base(NamedTuple):
    """Base clusters: `points`, m × 2 in order, `members`, how many people each stands for, m, and `labels`, of
    length n, the base cluster of each participant or −1.
    """

    points: Floats
    members: Counts
    labels: Labels


class Division(NamedTuple):
    """Base clusters divided into `k` groups: a label each, the centres k × 2, and the silhouettes of all k tried."""

    k: int
    labels: Labels
    centres: Floats
    silhouettes: tuple[tuple[int, float], ...]


def counted(votes: Votes) -> Flags:
    """Who has said enough to be placed in a group, of length n.

    Those who voted on 7 statements, or on all when there are fewer, and the first 15 who voted at all: whoever was
    there when a consultation began stays in it. Source: the parameters of Polis, and its published results.
    """
    cast = votes_cast(votes)
    enough = cast >= min(ENOUGH_VOTES, int(np.count_nonzero(voted_on(votes))))
    first = np.cumsum(cast > 0) <= FIRST_COMERS
    return np.asarray((cast > 0) & (enough | first), np.bool_)


def divide(votes: Votes, points: Floats) -> Groups:
    """The groups of those counted, from their points n × 2; up to 100 base clusters are formed first, then groups."""
    base = base_clusters(points, counted(votes))
    if not len(base.points):
        return Groups(np.full(len(points), NOBODY, np.intp), np.zeros((0, 2)), ())
    division = groups_of(base.points, base.members)
    labels = np.where(base.labels == NOBODY, NOBODY, division.labels[base.labels])
    return Groups(np.asarray(labels, np.intp), division.centres, division.silhouettes)


def given(labels: Labels, points: Floats) -> Groups:
    """Groups that somebody else has found. Raises ValueError unless labels are −1, or 0 to G−1 with none left out."""
    groups = int(labels.max(initial=NOBODY)) + 1
    if set(np.unique(labels).tolist()) - {NOBODY} != set(range(groups)) or len(labels) != len(points):
        raise ValueError("labels are −1, or 0 to G−1 with none left out, one a participant")
    centres = [points[labels == group].mean(axis=0) for group in range(groups)]
    return Groups(np.asarray(labels, np.intp), np.array(centres).reshape(groups, 2), ())


def base_clusters(points: Floats, who: Flags) -> Base:
    """At most 100 clusters of the marked points, found by k-means; people at one and the same point share one."""
    chosen = points[who]
    if not len(chosen):
        return Base(np.zeros((0, 2)), np.zeros(0, np.int64), np.full(len(points), NOBODY, np.intp))
    labels, centres = k_means(chosen, np.ones(len(chosen)), BASE_CLUSTERS, _BASE_ROUNDS)
    everybody = np.full(len(points), NOBODY, np.intp)
    everybody[who] = labels
    return Base(centres, np.bincount(labels, minlength=len(centres)).astype(np.int64), everybody)


def groups_of(points: Floats, members: Counts) -> Division:
    """Base clusters, m × 2 and their sizes in order, divided into the number of groups with the best silhouette.

    Tried are 2 up to 5 groups, or fewer: one more than two for every 12 base clusters. Clusters weigh as many people
    as they stand for in k-means, and alike in the silhouette. Of equally good numbers the smallest is taken; base
    clusters that all stand at one point are one group.
    """
    best = Division(1, np.zeros(len(points), np.intp), np.average(points, axis=0, weights=members)[np.newaxis], ())
    tried: list[tuple[int, float]] = []
    for k in range(2, min(MOST_GROUPS, 2 + len(points) // _PER_GROUP) + 1):
        labels, centres = k_means(points, members.astype(np.float64), k)
        if len(centres) == k:
            value = silhouette(points, labels)
            if value > max((each for _, each in tried), default=-np.inf):
                best = Division(k, labels, centres, ())
            tried.append((k, value))
    return best._replace(silhouettes=tuple(tried))


def nearest(points: Floats, centres: Floats, before: Labels | None = None) -> Labels:
    """The nearest centre of each point, the first of several; `before` may say where each is thought to be."""
    labels = np.zeros(len(points), np.intp) if before is None else before.copy()
    asked = np.arange(len(points)) if before is None else np.flatnonzero(~_settled(points, centres, before))
    for start in range(0, len(asked), _POINTS_AT_ONCE):
        rows = asked[start : start + _POINTS_AT_ONCE]
        labels[rows] = np.argmin(_squares(points[rows], centres), axis=1)
    return labels


def _settled(points: Floats, centres: Floats, labels: Labels) -> Flags:
    """Who is not as far from a centre as half the way from there to the next: no other centre is as near.

    Source: Elkan, "Using the triangle inequality to accelerate k-means" (2003), lemma 1.
    """
    apart = _squares(centres, centres)
    np.fill_diagonal(apart, np.inf)
    own = np.square(points - centres[labels]).sum(axis=1)
    return np.asarray(own < (_HALF_WAY * apart.min(axis=1))[labels], np.bool_)


def k_means(points: Floats, weights: Floats, k: int, rounds: int = _ROUNDS) -> tuple[Labels, Floats]:
    """Lloyd's k-means, started from the first k different points: labels of length m, and centres, at most k × 2.

    It ends when no point changes its centre, or after `rounds`. A centre that loses its last point is dropped, and
    there are fewer centres where there are fewer different points.
    """
    centres = _first_different(points, k)
    labels = nearest(points, centres)
    for _ in range(rounds):
        mass = np.bincount(labels, weights, len(centres))
        sums = np.stack([np.bincount(labels, weights * points[:, axis], len(centres)) for axis in (0, 1)], axis=1)
        centres = sums[mass > 0] / mass[mass > 0, np.newaxis]
        same = len(centres) == len(mass)
        before, labels = labels, nearest(points, centres, labels if same and k > _FEW else None)
        if same and (labels == before).all():
            break
    return labels, centres


def _first_different(points: Floats, k: int) -> Floats:
    found: dict[tuple[float, float], None] = {}
    for x, y in points.tolist():
        found[x, y] = None
        if len(found) == k:
            break
    return np.array(list(found), np.float64).reshape(len(found), 2)


def _squares(points: Floats, others: Floats) -> Floats:
    """Squared distances, points × others."""
    # Written in place and from rows of numbers that lie side by side, it takes four fifths of the time.
    across, along = np.ascontiguousarray(others.T)
    squares, other = points[:, :1] - across, points[:, 1:] - along
    squares *= squares
    other *= other
    squares += other
    return squares


def silhouette(points: Floats, labels: Labels) -> float:
    """The mean silhouette of points, −1 to 1: how much nearer each is to its own group than to the next.

    A point alone in its group counts 0. At least two groups, 0 to k−1. Source: Rousseeuw 1987.
    """
    distances = np.sqrt(_squares(points, points))
    sizes = np.bincount(labels)
    member = np.eye(len(sizes))[labels]
    sums = distances @ member
    rows = np.arange(len(points))
    own = sums[rows, labels] / np.maximum(sizes[labels] - 1, 1)
    means = sums / sizes
    means[rows, labels] = np.inf
    other = means.min(axis=1)
    greater = np.maximum(own, other)
    values = np.divide(other - own, greater, out=np.zeros(len(points)), where=greater > 0)
    values[sizes[labels] == 1] = 0.0
    return float(values.mean())
