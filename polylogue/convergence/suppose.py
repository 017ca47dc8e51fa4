"""What if: the same table of stances with some of them supposed to be others.

Why on the table: every figure follows from it, so what is supposed gets the same figures as what was said.
"""

from collections.abc import Collection
from dataclasses import dataclass

from polylogue.convergence.matrix import Cell, Matrix

IMPORTANCE_UNSAID = 2
"""Of a supposed stance that says no importance on a provision not stated before; also a stance's own default."""


@dataclass(frozen=True, slots=True)
class Supposed:
    """That a seat holds `level`, 0 to 4, on a provision's present text; None: that it has not stated any.

    `importance` is 1 to 3; None keeps what it is.
    """

    seat: str
    provision: str
    level: int | None
    importance: int | None = None


class NoSuchStance(LookupError):
    """A supposed stance that cannot be; the message is a sentence for whoever supposed it."""


def suppose(matrix: Matrix, supposed: Collection[Supposed]) -> Matrix:
    """The matrix with these stances in the place of what was stated.

    Raises NoSuchStance for a seat or provision that the matrix does not have and for one cell supposed twice, and
    ValueError for a level or importance outside its scale.
    """
    seats = {seat: place for place, seat in enumerate(matrix.seats)}
    provisions = {provision: place for place, provision in enumerate(matrix.provisions)}
    cells = {cell[:2]: cell for cell in matrix.cells}
    done = set[tuple[int, int]]()
    for each in supposed:
        if each.seat not in seats:
            raise NoSuchStance(f"{each.seat} is none of those whose stances count: {', '.join(matrix.seats)}.")
        if each.provision not in provisions:
            raise NoSuchStance(f"There is no provision {each.provision} in the text.")
        at = seats[each.seat], provisions[each.provision]
        if at in done:
            raise NoSuchStance(f"Two stances of {each.seat} are supposed on provision {each.provision}.")
        done.add(at)
        before = cells.pop(at, None)
        if each.level is not None:
            unsaid = before.importance if before else IMPORTANCE_UNSAID
            cells[at] = Cell(*at, each.level, unsaid if each.importance is None else each.importance)
    return Matrix(matrix.item, matrix.seats, matrix.provisions, tuple(sorted(cells.values())))
