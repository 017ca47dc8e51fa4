"""Who moved whom: comparing two tables, adding up moves, and the entries that moved the figure most."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from polylogue.convergence import credit
from polylogue.convergence.change import Move, Point
from polylogue.convergence.credit import Change, Changed, Credit, Shift, compare, largest
from polylogue.convergence.matrix import Cell, Matrix
from tests.polylogue.convergence import by_definition
from tests.polylogue.convergence.drawn import drawn, matrices

# ── comparing ──


def test_only_stances_stated_at_both_times_are_compared():
    before = drawn("""
        KAZ 4 0 1
        KGZ 4 4 .
        TJK 0 . .
    """)
    after = drawn("""
        KAZ 4 2 .
        KGZ 4 4 .
        TJK . . .
        UZB 0 4 4
    """)
    change = compare(before, after)
    assert change == Change(
        cells=4,
        only_before=2,
        only_after=3,
        provisions=(
            Changed("p1", 2, Fraction(1), Fraction(1)),
            Changed("p2", 2, Fraction(0), Fraction(1, 2)),
            Changed("p3", 0, None, None),
        ),
        before=Fraction(1, 2),
        after=Fraction(3, 4),
    )
    assert change.document() == {
        "cells": 4,
        "onlyBefore": 2,
        "onlyAfter": 3,
        "before": "0.500000000",
        "after": "0.750000000",
        "provisions": [
            {"id": "p1", "stated": 2, "before": "1.000000000", "after": "1.000000000"},
            {"id": "p2", "stated": 2, "before": "0.000000000", "after": "0.500000000"},
            {"id": "p3", "stated": 0, "before": None, "after": None},
        ],
    }


@given(matrices(most_seats=5, most_provisions=5), matrices(most_seats=5, most_provisions=5))
def test_comparing_is_what_the_definition_says(before: Matrix, after: Matrix):
    then, now = by_definition.stances(before), by_definition.stances(after)
    both = then.keys() & now.keys()
    change = compare(before, after)
    assert (change.cells, change.only_before, change.only_after) == (
        len(both),
        len(then.keys() - now.keys()),
        len(now.keys() - then.keys()),
    )
    for name in (provision for provision in after.provisions if provision in before.provisions):
        places = [at for at in both if at[1] == name]
        (found,) = (each for each in change.provisions if each.id == name)
        assert found == Changed(
            name,
            len(places),
            by_definition.closeness([then[at][0] for at in places]),
            by_definition.closeness([now[at][0] for at in places]),
        )
    for mean, of in (
        (change.before, [each.before for each in change.provisions]),
        (change.after, [each.after for each in change.provisions]),
    ):
        assert mean == by_definition.mean([each for each in of if each is not None])


@given(matrices())
def test_what_has_not_changed_has_not_changed(matrix: Matrix):
    change = compare(matrix, matrix)
    assert (change.cells, change.only_before, change.only_after) == (len(matrix.cells), 0, 0)
    assert change.before == change.after


@given(matrices(most_seats=4, most_provisions=4), st.integers(0, 4), st.data())
def test_a_late_joiner_changes_nothing(matrix: Matrix, level: int, data: st.DataObject):
    """Whatever a delegation says on provisions that it had not stated."""
    stated = {(cell.seat, cell.provision) for cell in matrix.cells}
    free = [
        (seat, place)
        for seat in range(len(matrix.seats))
        for place in range(len(matrix.provisions))
        if (seat, place) not in stated
    ]
    later = data.draw(st.lists(st.sampled_from(free), unique=True)) if free else []
    cells = matrix.cells + tuple(Cell(*place, level, 1) for place in later)
    change = compare(matrix, Matrix(matrix.item, matrix.seats, matrix.provisions, cells))
    assert (change.before, change.only_after) == (change.after, len(later))


# ── credit ──


def move(seat: str, steps: int, mean: Fraction | None, seq: int = 1) -> Move:
    return Move(seq, seat, "p1", 0, 3, reworded=False, steps=steps, closeness=mean, mean_closeness=mean)


def test_moves_add_up_to_a_seat_s_credit():
    found = credit.credits([move("UZB", 3, Fraction(1, 4)), move("KAZ", -2, Fraction(-1, 8)), move("UZB", 0, None)])
    assert found == (Credit("KAZ", 1, -2, Fraction(-1, 8)), Credit("UZB", 2, 3, Fraction(1, 4)))
    assert found[0].document() == {"moves": 1, "steps": -2, "meanCloseness": "-0.125000000"}
    assert credit.credits([]) == ()


# ── what moved the figure most ──


def at(seq: int, mean: Fraction | None, *moves: Move, reworded: tuple[str, ...] = ()) -> Point:
    return Point(seq, 1, 0, 0, mean, None, None, None, moves, reworded)


def test_moves_and_new_words_by_which_the_mean_changed_most_in_the_order_of_the_record():
    half, quarter = Fraction(1, 2), Fraction(1, 4)
    points = [
        at(1, None),
        at(2, quarter),
        at(3, half, move("UZB", 2, Fraction(1, 8)), move("KAZ", 2, Fraction(1, 8))),
        at(5, half),
        at(6, Fraction(1, 8), reworded=("p1",)),
        at(7, Fraction(3, 4)),
        at(8, Fraction(3, 8), move("KAZ", -1, Fraction(-1, 16)), reworded=("p1",)),
        at(9, None),
        at(10, half),
    ]
    rise = Shift(3, quarter, quarter, ("KAZ", "UZB"), ())
    fall = Shift(8, Fraction(-3, 8), Fraction(-1, 16), ("KAZ",), ("p1",))
    words = Shift(6, Fraction(-3, 8), Fraction(), (), ("p1",))
    assert largest(points) == (rise, words, fall), "not where somebody joined, however far the mean jumped"
    assert largest(points, n=1) == (words,), "by what the figure did, and not by what the moves alone did"
    assert largest(points, n=2) == (words, fall)
    still = [at(1, half), at(2, half, move("UZB", 2, quarter)), at(3, half, reworded=("p1",))]
    assert largest(still) == (), "the figure stood where it was"
    assert largest(points, n=0) == largest([]) == largest(points[:2]) == ()
    assert fall.document() == {
        "seq": 8,
        "change": "-0.375000000",
        "byMoves": "-0.062500000",
        "seats": ["KAZ"],
        "reworded": ["p1"],
    }
