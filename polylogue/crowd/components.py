"""The map of a consultation: two principal components of the votes, and where people and statements stand on it.

Why from the sums of products of statements and not from the table: it is read twice in pieces, whatever its length,
and what is decomposed is no larger than the statements squared.
"""

from dataclasses import dataclass

import numpy as np

from polylogue.crowd.votes import AGREE, MISSING, Cells, Flags, Floats, Votes, chunks, tally, voted_on

AXES = 2
_NOTHING = 1e-12
"""A share of the variance below which an axis is rounding and not a direction."""
_ALIKE = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Components:
    """`centre`, of length C: the mean vote on each statement, −1 to 1, 0 for one set aside or never voted on.
    `axes`, 2 × C: directions of unit length, orthogonal; all zeros where the votes do not spread that far.
    `explained`: shares of the variance, each 0 to 1. `scale`: how many statements anybody has voted on.
    """

    centre: Floats
    axes: Floats
    explained: tuple[float, float]
    scale: int


def components(votes: Votes) -> Components:
    """Principal components of all votes, missing ones replaced by the mean of their statement.

    Statements set aside count as 0 for everybody, so that they keep their place and move nothing. The sign of an axis
    says nothing; it is fixed so that the statement with the greatest share in it, the first of several, is positive.
    Source: Small et al., "Polis: Scaling deliberation by mapping high dimensional opinion spaces", 2021.
    """
    everybody = tally(votes, np.zeros(len(votes.participants), np.intp), 1)
    seen, balance = everybody.seen[0], (everybody.agree - everybody.disagree)[0]
    used = (seen > 0) & ~votes.aside
    centre = np.where(used, balance / np.maximum(seen, 1), 0.0)
    axes, explained = np.zeros((AXES, len(votes.statements))), [0.0] * AXES
    if used.any():
        wide = np.count_nonzero(used) > len(votes.participants)
        squares, vectors = _across(votes, centre, used) if wide else _along(votes, centre, used)
        total = float(squares.sum())
        for place in range(min(AXES, len(squares))):
            if squares[place] > _NOTHING * total:
                axes[place, used] = _oriented(vectors[:, place])
                explained[place] = float(squares[place]) / total
    return Components(centre, axes, (explained[0], explained[1]), int(np.count_nonzero(seen)))


def _centred(cells: Cells, centre: Floats) -> Floats:
    # A missing vote is replaced by the mean and the mean is taken away again: it is 0 here. Written in place, it takes
    # a tenth of the time of np.where.
    centred = cells.astype(np.float64)
    centred -= centre
    centred *= cells != MISSING
    return centred


def _along(votes: Votes, centre: Floats, used: Flags) -> tuple[Floats, Floats]:
    """Squared singular values, greatest first, and directions as columns, when statements are not more than people."""
    width = int(np.count_nonzero(used))
    products = np.zeros((width, width))
    for rows in chunks(votes.matrix):
        part = _centred(votes.matrix[rows][:, used], centre[used])
        products += part.T @ part
    squares, vectors = np.linalg.eigh(products)
    return np.maximum(squares[::-1], 0.0), vectors[:, ::-1]


def _across(votes: Votes, centre: Floats, used: Flags) -> tuple[Floats, Floats]:
    """The same when there are more statements than people."""
    _, singular, directions = np.linalg.svd(_centred(votes.matrix[:, used], centre[used]), full_matrices=False)
    return np.square(singular), directions.T


def _oriented(axis: Floats) -> Floats:
    size = np.abs(axis)
    # Shares that are equal on paper differ in the last digits: the first of those is taken.
    greatest = axis[np.argmax(size > size.max() * (1 - _ALIKE))]
    return -axis if greatest < 0 else axis


def project(votes: Votes, found: Components) -> Floats:
    """Where each participant stands, n × 2: √(C/v) · Σ (vote − mean) · axis over the v statements voted on.

    The root brings those who voted little out from the middle, where their silence would keep them. A statement set
    aside counts as voted on by everybody.
    """
    points = np.zeros((len(votes.participants), AXES))
    everybody = voted_on(votes) & votes.aside
    for rows in chunks(votes.matrix):
        cells = votes.matrix[rows]
        counted = np.count_nonzero((cells != MISSING) & ~everybody, axis=1) + np.count_nonzero(everybody)
        stretch = np.sqrt(found.scale / np.maximum(counted, 1))
        centred = _centred(cells, found.centre)
        centred[:, votes.aside] = 0.0
        points[rows] = stretch[:, np.newaxis] * (centred @ found.axes.T)
    return points


def statement_points(found: Components) -> Floats:
    """Where somebody would stand who agreed with one statement and voted on no other, C × 2."""
    return (np.sqrt(found.scale) * (AGREE - found.centre) * found.axes).T


def extremity(found: Components) -> Floats:
    """How far from the middle a statement sends somebody, of length C: the length of its point."""
    return np.asarray(np.linalg.norm(statement_points(found), axis=1), np.float64)
