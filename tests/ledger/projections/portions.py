"""Rows of a course: as they are made in portions, and as they stand when it is over.

Why apart from the tests: what laws cut into portions is what the tables are looked up in.
"""

from collections.abc import Collection, Iterator

from ledger.projections import Rows, project
from polylogue.evolve import evolve
from polylogue.state import State
from tests.ledger.course import Course


def made(course: Course, cuts: Collection[int] = ()) -> Iterator[Rows]:
    """The rows of a course in portions, a new one beginning at each cut."""
    state, portion = State(), Rows()
    for entry in course.entries:
        if entry.seq in cuts:
            yield portion
            portion = Rows()
        evolve(state, entry)
        project(course.session, state, entry, portion)
    yield portion


def said_at(course: Course, row: dict[str, object]) -> str:
    return str(course.prose[row["seq"], row["pointer"]]["text"])  # type: ignore[index]


def rows_of(course: Course, table: str) -> list[dict[str, object]]:
    return [row for row in course.rows[table].values() if row is not None]
