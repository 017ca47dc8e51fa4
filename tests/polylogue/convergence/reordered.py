"""The same stances under other names and in another order, for the laws that say that neither matters."""

from collections.abc import Sequence

from polylogue.convergence.matrix import Cell, Matrix


def reordered(matrix: Matrix, provisions: Sequence[int]) -> Matrix:
    """Provision `provisions[k]` stands in place k, all have other ids, and the cells come backwards."""
    place = {old: new for new, old in enumerate(provisions)}
    cells = tuple(cell._replace(provision=place[cell.provision]) for cell in reversed(matrix.cells))
    return Matrix(matrix.item, matrix.seats, tuple(f"other {place}" for place in range(len(provisions))), cells)


def renamed(matrix: Matrix, seats: Sequence[int]) -> tuple[Matrix, dict[str, str]]:
    """Seat k is called N and its place in `seats`, which also moves it in the alphabet; and its new name by the old."""
    cells = tuple(Cell(seats[seat], *rest) for seat, *rest in matrix.cells)
    names = {code: f"N{seats[place]:03}" for place, code in enumerate(matrix.seats)}
    return Matrix(matrix.item, tuple(sorted(names.values())), matrix.provisions, cells), names


def joined(matrix: Matrix, twin: int) -> Matrix:
    """The matrix with one seat more, last in the alphabet, that has stated what another one has."""
    newcomer = len(matrix.seats)
    copied = tuple(cell._replace(seat=newcomer) for cell in matrix.cells if cell.seat == twin)
    return Matrix(matrix.item, (*matrix.seats, "Z"), matrix.provisions, matrix.cells + copied)


def neutral(matrix: Matrix) -> Matrix:
    """The matrix with NEUTRAL wherever nothing was stated."""
    stated = {(cell.seat, cell.provision) for cell in matrix.cells}
    gaps = (
        Cell(seat, provision, 2, 1)
        for seat in range(len(matrix.seats))
        for provision in range(len(matrix.provisions))
        if (seat, provision) not in stated
    )
    return Matrix(matrix.item, matrix.seats, matrix.provisions, (*matrix.cells, *gaps))
