"""What a matrix takes, refuses, and is hashed as."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylogue import vocabulary
from polylogue.convergence.matrix import (
    SCALE,
    AnotherVersion,
    Cell,
    Matrix,
    canonical_input,
    from_input,
    histograms,
    restricted,
)
from tests.polylogue.convergence.drawn import drawn, matrices

TWO = ("KAZ", "KGZ")


def test_the_hashed_input_is_exactly_this():
    matrix = Matrix("water", TWO, ("p2", "p1"), (Cell(1, 0, 4, 1), Cell(0, 1, 0, 3), Cell(0, 0, 2, 2)))
    assert canonical_input(matrix) == {
        "algorithm": "convergence",
        "version": 1,
        "item": "water",
        "scale": 5,
        "seats": ["KAZ", "KGZ"],
        "provisions": ["p2", "p1"],
        "cells": [[0, 0, 2, 2], [0, 1, 0, 3], [1, 0, 4, 1]],
    }


@given(matrices(), st.data())
def test_the_order_of_the_cells_does_not_reach_the_hashed_input(matrix: Matrix, data: st.DataObject):
    cells = tuple(data.draw(st.permutations(matrix.cells)))
    assert canonical_input(Matrix(matrix.item, matrix.seats, matrix.provisions, cells)) == canonical_input(matrix)


@given(matrices())
def test_a_matrix_is_read_again_from_its_hashed_input(matrix: Matrix):
    assert canonical_input(from_input(canonical_input(matrix))) == canonical_input(matrix)


def test_an_input_of_another_version_is_not_read():
    with pytest.raises(AnotherVersion, match="convergence 2"):
        from_input(canonical_input(drawn("KAZ 4")) | {"version": 2})


@pytest.mark.parametrize(
    ("seats", "provisions", "cells", "reason"),
    [
        (("KGZ", "KAZ"), ("p1",), (), "ascending"),
        (("KAZ", "KAZ"), ("p1",), (), "different"),
        (TWO, ("p1", "p1"), (), "twice"),
        (TWO, ("p1",), (Cell(2, 0, 4, 1),), "no such"),
        (TWO, ("p1",), (Cell(-1, 0, 4, 1),), "no such"),
        (TWO, ("p1",), (Cell(0, 1, 4, 1),), "no such"),
        (TWO, ("p1",), (Cell(0, 0, 5, 1),), "scale"),
        (TWO, ("p1",), (Cell(0, 0, -1, 1),), "scale"),
        (TWO, ("p1",), (Cell(0, 0, 4, 0),), "scale"),
        (TWO, ("p1",), (Cell(0, 0, 4, 4),), "scale"),
        (TWO, ("p1",), (Cell(0, 0, 4, 1), Cell(0, 0, 3, 1)), "two stances"),
    ],
)
def test_a_matrix_that_cannot_be_is_refused(
    seats: tuple[str, ...], provisions: tuple[str, ...], cells: tuple[Cell, ...], reason: str
):
    with pytest.raises(ValueError, match=reason):
        Matrix("item", seats, provisions, cells)


def test_the_levels_of_the_vocabulary_are_the_scale():
    assert sorted(vocabulary.SCALE.values()) == list(range(SCALE))


def test_some_seats_keep_their_stances_and_the_provisions_their_places():
    matrix = drawn("""
        KAZ 4 . 2
        KGZ 3 1 .
        TJK . 0/3 2
    """)
    kept = restricted(matrix, ["TJK", "KAZ"])
    assert kept == Matrix("item", ("KAZ", "TJK"), matrix.provisions, drawn("KAZ 4 . 2\nTJK . 0/3 2").cells)
    assert histograms(kept) == ((0, 0, 0, 0, 1), (1, 0, 0, 0, 0), (0, 0, 2, 0, 0))
    with pytest.raises(ValueError, match="UZB"):
        restricted(matrix, ["UZB"])
