"""The table of stances that every measure of convergence reads.

Why one checked value: no measure has to doubt its input, and a report can be computed again from the same bytes.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

ALGORITHM = "convergence"
VERSION = 1
SCALE = 5
"""Levels of a stance, 0 OBJECT to 4 SUPPORT. Written here and not read from the vocabulary: version 1 is computed on
these five for ever."""
IMPORTANCE = 3
"""Importance is 1 to this."""


class Cell(NamedTuple):
    """One stated stance: indices into a matrix's seats and provisions, level 0 to 4, importance 1 to 3."""

    seat: int
    provision: int
    level: int
    importance: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Stances of eligible seats on the present text of one item's provisions; a cell that is not there is not stated.

    `seats` are the eligible codes in ascending order, `provisions` the ids in the order of the text, `cells` at most
    one per seat and provision, in any order. Carried stances and stances on alternatives do not belong here.
    Raises ValueError when that does not hold.

    `rows` are the same stances once more, one row a seat, one byte a provision: importance · 5 + level, and 0 where
    nothing is stated. Python goes through bytes many times faster than through cells.
    """

    item: str
    seats: tuple[str, ...]
    provisions: tuple[str, ...]
    cells: tuple[Cell, ...]
    rows: tuple[bytes, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if list(self.seats) != sorted(set(self.seats)):
            raise ValueError("seats must be different codes in ascending order")
        if len(set(self.provisions)) != len(self.provisions):
            raise ValueError("a provision stands twice in the text")
        object.__setattr__(self, "rows", _rows(len(self.seats), len(self.provisions), self.cells))


def check_cells(matrix: Matrix, cells: Collection[Cell]) -> None:
    """Raise ValueError unless the cells lie inside the matrix and its scales, each seat and provision once."""
    _rows(len(matrix.seats), len(matrix.provisions), cells)


def _rows(seats: int, provisions: int, cells: Collection[Cell]) -> tuple[bytes, ...]:
    """The cells as `Matrix.rows`; one walk over them checks all, since a place that is taken is not zero."""
    table = bytearray(seats * provisions)
    for cell in cells:
        seat, provision, level, importance = cell
        if not (0 <= seat < seats and 0 <= provision < provisions):
            raise ValueError(f"no such seat or provision: {cell}")
        if not (0 <= level < SCALE and 1 <= importance <= IMPORTANCE):
            raise ValueError(f"level or importance outside its scale: {cell}")
        place = seat * provisions + provision
        if table[place]:
            raise ValueError("a seat has two stances on one provision")
        table[place] = importance * SCALE + level
    return tuple(bytes(table[seat * provisions : (seat + 1) * provisions]) for seat in range(seats))


def canonical_input(matrix: Matrix) -> dict[str, object]:
    """What a report is a function of, ready to be written as canonical JSON and hashed.

    Cells are `[seat index, provision index, level, importance]`, ascending: the order in which they were given does
    not matter (docs/convergence.md, the hashed input).
    """
    return {
        "algorithm": ALGORITHM,
        "version": VERSION,
        "item": matrix.item,
        "scale": SCALE,
        "seats": list(matrix.seats),
        "provisions": list(matrix.provisions),
        "cells": [list(cell) for cell in sorted(matrix.cells)],
    }


class AnotherVersion(ValueError):
    """An input of an algorithm or version that this software does not compute any more."""


def from_input(given: Mapping[str, Any]) -> Matrix:
    """The matrix that a canonical input was written for; AnotherVersion for another algorithm, version or scale."""
    if (given["algorithm"], given["version"], given["scale"]) != (ALGORITHM, VERSION, SCALE):
        raise AnotherVersion(f"the input is of {given['algorithm']} {given['version']}, not of {ALGORITHM} {VERSION}")
    cells = tuple(Cell(*cell) for cell in given["cells"])
    return Matrix(given["item"], tuple(given["seats"]), tuple(given["provisions"]), cells)


def histograms(matrix: Matrix) -> tuple[tuple[int, ...], ...]:
    """How many seats stated each level, 0 to 4, for each provision in order.

    Counted in one byte a provision, all bytes of a row being added at once as one large number: so up to 255 rows.
    """
    width = len(matrix.provisions)
    parts: list[tuple[bytes, ...]] = []
    for start in range(0, max(1, len(matrix.rows)), _ADDED_AT_ONCE):
        rows = matrix.rows[start : start + _ADDED_AT_ONCE]
        numbers = (sum([int.from_bytes(row.translate(at_level)) for row in rows]) for at_level in _AT_LEVEL)
        parts.append(tuple(number.to_bytes(width) for number in numbers))
    if len(parts) == 1:
        return tuple(zip(*parts[0], strict=True))
    return tuple(zip(*(map(sum, zip(*of_level, strict=True)) for of_level in zip(*parts, strict=True)), strict=True))


_AT_LEVEL = [bytes(byte >= SCALE and byte % SCALE == level for byte in range(256)) for level in range(SCALE)]
"""Tables that turn a byte of a row into 1 where the level is stated."""
_ADDED_AT_ONCE = 255


def restricted(matrix: Matrix, seats: Collection[str]) -> Matrix:
    """The same provisions seen by some of the seats only. Raises ValueError for a code that is not in the matrix."""
    kept = sorted(set(seats))
    try:
        place = {matrix.seats.index(code): new for new, code in enumerate(kept)}
    except ValueError:
        raise ValueError(f"not all of {kept} are seats of the matrix") from None
    cells = tuple(cell._replace(seat=place[cell.seat]) for cell in matrix.cells if cell.seat in place)
    return Matrix(matrix.item, tuple(kept), matrix.provisions, cells)
