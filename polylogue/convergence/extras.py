"""What is shown beside a report and not counted in it: stances carried, stated in bulk, or on an unmet condition.

Why apart: the report's hash is a function of levels and importances alone, and these facts are neither.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from polylogue.convergence.decimal import figure
from polylogue.convergence.matrix import SCALE, Cell, Matrix, check_cells


@dataclass(frozen=True, slots=True)
class Extras:
    """`carried`: stances taken on an older wording, indexed as in the matrix; `bulk`: how many were stated in bulk;
    `unmet`: those of the matrix that were stated on a condition that is not met.
    """

    carried: tuple[Cell, ...] = ()
    bulk: int = 0
    unmet: tuple[Cell, ...] = ()


def beside(matrix: Matrix, extras: Extras) -> dict[str, object]:
    """What is carried and bulk as JSON values, like a report's document; never part of what is hashed.

    A seat with a carried stance still counts as not stated in the report. Raises ValueError for a cell outside the
    matrix, for a stance both stated and carried, and for more bulk stances than stated ones.
    """
    check_cells(matrix, (*matrix.cells, *extras.carried))
    stated = len(matrix.cells)
    if not 0 <= extras.bulk <= stated:
        raise ValueError(f"{extras.bulk} of {stated} stances cannot be bulk")
    return {
        "carried": [_counted(matrix, place, cells) for place, cells in _by_provision(extras.carried)],
        "carriedStances": len(extras.carried),
        "bulkStances": extras.bulk,
        "bulkShare": figure(Fraction(extras.bulk, stated) if stated else None),
    }


def unmet_conditions(matrix: Matrix, extras: Extras) -> list[dict[str, object]]:
    """Stances on conditions that are not met, by provision, as JSON values.

    Not part of `beside`: a condition is met when another clause is agreed, which moves no figure.
    """
    return [_counted(matrix, place, cells) for place, cells in _by_provision(extras.unmet)]


def _by_provision(cells: Iterable[Cell]) -> list[tuple[int, list[Cell]]]:
    found: dict[int, list[Cell]] = {}
    for cell in sorted(cells):
        found.setdefault(cell.provision, []).append(cell)
    return sorted(found.items())


def _counted(matrix: Matrix, provision: int, cells: Iterable[Cell]) -> dict[str, object]:
    histogram = [0] * SCALE
    for cell in cells:
        histogram[cell.level] += 1
    return {
        "id": matrix.provisions[provision],
        "seats": [matrix.seats[cell.seat] for cell in cells],
        "histogram": histogram,
        "objections": histogram[0],
    }
