"""Who moved whom: what changed over the stances stated at both times, whose moves did it, and at which entries.

Why only what was stated at both: a delegation that speaks late, or not yet again, would else look like convergence.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from polylogue.convergence.agreement import closeness
from polylogue.convergence.change import Move, Point
from polylogue.convergence.decimal import figure
from polylogue.convergence.matrix import SCALE, Cell, Matrix

LARGEST = 5


@dataclass(frozen=True, slots=True)
class Changed:
    """C of one provision over the seats that had stated it before and have after; both None below two such seats."""

    id: str
    stated: int
    before: Fraction | None
    after: Fraction | None


@dataclass(frozen=True, slots=True)
class Change:
    """Two tables compared over the cells in both, a cell being a seat's stance on a provision.

    `cells` is how many are in both, the next two how many are in one only. `provisions` are those of both tables, in
    the later order; `before` and `after` the means of C over those with two such seats, None where there are none.
    """

    cells: int
    only_before: int
    only_after: int
    provisions: tuple[Changed, ...]
    before: Fraction | None
    after: Fraction | None

    def document(self) -> dict[str, object]:
        """The comparison as JSON values; figures are decimal strings of nine places or null."""
        return {
            "cells": self.cells,
            "onlyBefore": self.only_before,
            "onlyAfter": self.only_after,
            "before": figure(self.before),
            "after": figure(self.after),
            "provisions": [
                {"id": each.id, "stated": each.stated, "before": figure(each.before), "after": figure(each.after)}
                for each in self.provisions
            ],
        }


@dataclass(frozen=True, slots=True)
class Credit:
    """What one seat's moves did: how many, and their steps and effects on mean closeness added up (see `Move`).

    A figure about one delegation: for itself, the chair and facilitators (docs/convergence.md, who sees what).
    """

    seat: str
    moves: int
    steps: int
    mean_closeness: Fraction

    def document(self) -> dict[str, object]:
        """The credit as JSON values, to stand under the seat's code."""
        return {"moves": self.moves, "steps": self.steps, "meanCloseness": figure(self.mean_closeness)}


@dataclass(frozen=True, slots=True)
class Shift:
    """How far mean closeness was at one point from the point before, and the effects of the point's moves added up.

    What the moves do not explain is by stances that were stated for the first time or again on new words, by stances
    that a new wording left behind, or by provisions that came and went.
    """

    seq: int
    change: Fraction
    by_moves: Fraction
    seats: tuple[str, ...]
    reworded: tuple[str, ...]

    def document(self) -> dict[str, object]:
        """The shift as JSON values: the seats that moved, alphabetical, and the provisions that were reworded."""
        return {
            "seq": self.seq,
            "change": figure(self.change),
            "byMoves": figure(self.by_moves),
            "seats": list(self.seats),
            "reworded": list(self.reworded),
        }


def compare(before: Matrix, after: Matrix) -> Change:
    """Closeness then and now over the same stances; seats and provisions are known by their names."""
    then, now = _levels(before), _levels(after)
    both = then.keys() & now.keys()
    counts = {name: ([0] * SCALE, [0] * SCALE) for name in after.provisions if name in before.provisions}
    for at in both:
        old, new = counts[at[1]]
        old[then[at]] += 1
        new[now[at]] += 1
    provisions = tuple(
        Changed(name, sum(old), closeness(tuple(old)), closeness(tuple(new))) for name, (old, new) in counts.items()
    )
    return Change(
        cells=len(both),
        only_before=len(then) - len(both),
        only_after=len(now) - len(both),
        provisions=provisions,
        before=_mean(each.before for each in provisions),
        after=_mean(each.after for each in provisions),
    )


def credits(moves: Iterable[Move]) -> tuple[Credit, ...]:  # noqa: A001 -- the interpreter's own is for its prompt
    """The credit of every seat that moved, alphabetical; a move nobody was there to see adds nothing to the mean."""
    by_seat: dict[str, list[Move]] = {}
    for move in moves:
        by_seat.setdefault(move.seat, []).append(move)
    return tuple(
        Credit(seat, len(mine), sum(move.steps for move in mine), _effect(mine))
        for seat, mine in sorted(by_seat.items())
    )


def largest(points: Iterable[Point], n: int = LARGEST) -> tuple[Shift, ...]:
    """The moves and rewordings by which an item's mean closeness changed most, up or down, at most `n` entries, in the
    record's order.

    `points` are one item's, in order. An entry of first stances alone is none: by it a late joiner would seem to have
    moved others. Of entries with an equal change the earlier is named; an entry before which or after which there is
    no mean changed nothing.
    """
    shifts = [
        Shift(
            seq=now.seq,
            change=now.mean_closeness - then.mean_closeness,
            by_moves=_effect(now.moves),
            seats=tuple(sorted({move.seat for move in now.moves})),
            reworded=now.reworded,
        )
        for then, now in pairwise(points)
        if then.mean_closeness is not None and now.mean_closeness is not None and (now.moves or now.reworded)
    ]
    changed = sorted((shift for shift in shifts if shift.change), key=lambda shift: (-abs(shift.change), shift.seq))
    return tuple(sorted(changed[: max(0, n)], key=lambda shift: shift.seq))


def _levels(matrix: Matrix) -> dict[tuple[str, str], int]:
    def at(cell: Cell) -> tuple[str, str]:
        return matrix.seats[cell.seat], matrix.provisions[cell.provision]

    return {at(cell): cell.level for cell in matrix.cells}


def _mean(figures: Iterable[Fraction | None]) -> Fraction | None:
    known = [each for each in figures if each is not None]
    return sum(known, Fraction(0)) / len(known) if known else None


def _effect(moves: Iterable[Move]) -> Fraction:
    return sum((move.mean_closeness for move in moves if move.mean_closeness is not None), Fraction(0))
