"""The table of votes that every figure of a consultation reads, and its counts.

Why one byte a vote: a hundred thousand people on a thousand statements fit into memory, and "has not voted" is a value
of its own that no sum can take for a pass.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

AGREE, PASS, DISAGREE, MISSING = 1, 0, -1, -128
_VOTES = frozenset((AGREE, PASS, DISAGREE))

Cells = NDArray[np.int8]
Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]
Floats = NDArray[np.float64]
Labels = NDArray[np.intp]
NOBODY = -1
"""The label of a participant who is in no group."""

_COLUMN_BITS = 32
"""A cell is known by one number, its row above these bits: a dictionary of pairs takes three times as long."""
_CELLS_AT_ONCE = 2_000_000
"""Rows are taken together up to this many cells, so that work in float64 needs 16 MB and not the whole table."""


@dataclass(frozen=True, slots=True, eq=False)
class Votes:
    """Votes of n participants on C statements.

    `participants` are n different ids in the order in which they cast their first vote: who came first is always
    counted and is where the search for groups starts. `statements` are C different ids in the order of submission.
    `matrix` is n × C: 1 agrees, 0 passes, −1 disagrees, −128 has not voted. `out` and `meta`, each of length C, mark
    statements moderated out, and statements about the participants themselves rather than the question.
    Raises ValueError when that does not hold.
    """

    participants: tuple[str, ...]
    statements: tuple[str, ...]
    matrix: Cells
    out: Flags
    meta: Flags

    def __post_init__(self) -> None:
        if len(set(self.participants)) != len(self.participants):
            raise ValueError("a participant stands twice in the table")
        if len(set(self.statements)) != len(self.statements):
            raise ValueError("a statement stands twice in the table")
        if self.matrix.dtype != np.int8 or self.matrix.shape != (len(self.participants), len(self.statements)):
            raise ValueError("the matrix is int8, one row a participant, one column a statement")
        for flags in (self.out, self.meta):
            if flags.dtype != np.bool_ or flags.shape != (len(self.statements),):
                raise ValueError("out and meta are bool, one a statement")
        for rows in chunks(self.matrix):
            cells = self.matrix[rows]
            if not (((cells >= DISAGREE) & (cells <= AGREE)) | (cells == MISSING)).all():
                raise ValueError("a vote is 1, 0, −1, or −128 where there is none")

    @property
    def aside(self) -> Flags:
        """Statements that are not part of the map and of no list: moderated out, or meta."""
        return self.out | self.meta


def votes_of(
    cast: Iterable[tuple[str, str, int]],
    *,
    statements: Iterable[str] = (),
    out: Iterable[str] = (),
    meta: Iterable[str] = (),
) -> Votes:
    """The table of votes given one by one as (participant, statement, vote), oldest first; the last on a cell stands.

    Participants stand in the order of their first vote. `statements` come first and in that order, whether voted on
    or not; others follow as they are first voted on. `out` and `meta` are ids of statements.
    Raises ValueError for a vote that is not 1, 0 or −1, and for a marked statement that is not in the table.
    """
    people = defaultdict[str, int](count().__next__)
    given = {statement: place for place, statement in enumerate(statements)}
    columns = defaultdict[str, int](count(len(given)).__next__, given)
    cells: dict[int, int] = {}
    for participant, statement, vote in cast:
        if vote not in _VOTES:
            raise ValueError(f"a vote is 1, 0 or −1, not {vote}")
        cells[people[participant] << _COLUMN_BITS | columns[statement]] = vote
    matrix = np.full((len(people), len(columns)), MISSING, np.int8)
    places = np.fromiter(cells, np.int64, len(cells))
    row_of, column_of = places >> _COLUMN_BITS, places & ((1 << _COLUMN_BITS) - 1)
    matrix[row_of, column_of] = np.fromiter(cells.values(), np.int8, len(cells))
    return Votes(tuple(people), tuple(columns), matrix, _marked(columns, out), _marked(columns, meta))


def _marked(columns: Mapping[str, int], marked: Iterable[str]) -> Flags:
    flags = np.zeros(len(columns), np.bool_)
    for statement in marked:
        if statement not in columns:
            raise ValueError(f"no statement {statement}")
        flags[columns[statement]] = True
    return flags


def chunks(matrix: Cells) -> Iterator[slice]:
    """Slices that together are all rows of the matrix, each of a size that fits well into memory as float64."""
    rows, columns = matrix.shape
    step = max(1, _CELLS_AT_ONCE // max(1, columns))
    yield from (slice(start, min(start + step, rows)) for start in range(0, rows, step))


class Tally(NamedTuple):
    """Counts of votes: how many agreed, disagreed, and voted at all (passes included); arrays of one shape."""

    agree: Counts
    disagree: Counts
    seen: Counts

    @property
    def passed(self) -> Counts:
        return self.seen - self.agree - self.disagree


def tally(votes: Votes, labels: Labels, groups: int) -> Tally:
    """Votes on each statement by the members of each group, G × C; `labels` has a group 0 to G−1 or −1 for each row."""
    counts = Tally(*(np.zeros((groups, len(votes.statements)), np.int64) for _ in Tally._fields))
    for group in range(groups):
        members = votes.matrix[labels == group]
        for rows in chunks(members):
            cells = members[rows]
            counts.agree[group] += np.count_nonzero(cells == AGREE, axis=0)
            counts.disagree[group] += np.count_nonzero(cells == DISAGREE, axis=0)
            counts.seen[group] += np.count_nonzero(cells != MISSING, axis=0)
    return counts


def votes_cast(votes: Votes) -> Counts:
    """How many statements each participant has voted on, of length n."""
    return np.count_nonzero(votes.matrix != MISSING, axis=1).astype(np.int64)


def voted_on(votes: Votes) -> Flags:
    """Which statements anybody has voted on, of length C; the others are no part of a consultation yet."""
    return np.asarray((votes.matrix != MISSING).any(axis=0), np.bool_)
