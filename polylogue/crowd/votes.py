"""The table of votes that every figure of a consultation reads, and its counts.

Why one byte a vote: a hundred thousand people on a thousand statements fit into memory, and "has not voted" is a value
of its own that no sum can take for a pass.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from operator import itemgetter
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
    Raises ValueError for a vote that is not 1, 0 or −1, which it names by its number from 1, and for a marked statement
    that is not in the table.
    """
    listed = list(cast)
    said = [vote for _, _, vote in listed]
    if not _VOTES.issuperset(said):
        number, vote = next((number, vote) for number, vote in enumerate(said, 1) if vote not in _VOTES)
        raise ValueError(f"a vote is 1, 0 or −1, not {vote}, as number {number} of {len(said)} is")
    people, rows = _numbered(map(itemgetter(0), listed), len(said))
    columns, places = _numbered(map(itemgetter(1), listed), len(said), statements)
    matrix = np.full((len(people), len(columns)), MISSING, np.int8)
    _lay(matrix, rows * len(columns) + places, np.fromiter(said, np.int8, len(said)))
    return Votes(tuple(people), tuple(columns), matrix, _marked(columns, out), _marked(columns, meta))


def _numbered(ids: Iterable[str], size: int, first: Iterable[str] = ()) -> tuple[Mapping[str, int], Counts]:
    """The place of each id, those of `first` before the others, which follow as they come; and the places of all ids,
    of which there are `size`.
    """
    known = {each: place for place, each in enumerate(dict.fromkeys(first))}
    place = defaultdict[str, int](count(len(known)).__next__, known)
    return place, np.fromiter(map(place.__getitem__, ids), np.int64, size)


def _lay(matrix: Cells, places: Counts, said: Cells) -> None:
    """Put each vote on its place, which counts row by row; the last on a place stands."""
    cells = matrix.reshape(-1)
    cells[places] = said
    # Which of several on one place numpy writes last is not promised: where they differ, only the last is written.
    if (cells[places] != said).any():
        _, behind = np.unique(places[::-1], return_index=True)
        last = len(places) - 1 - behind
        cells[places[last]] = said[last]


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
