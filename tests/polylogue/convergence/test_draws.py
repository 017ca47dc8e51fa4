"""Draws of provisions, and the distances of pairs in them, held against the exact similarities."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylogue.convergence.agreement import pairs
from polylogue.convergence.draws import comparable, counted, distances, drawn, table
from polylogue.convergence.matrix import Cell, Matrix, histograms
from tests.polylogue.convergence.drawn import drawn as written
from tests.polylogue.convergence.drawn import matrices
from tests.polylogue.convergence.reordered import neutral, reordered


@given(matrices())
def test_counts_are_the_histograms(matrix: Matrix):
    assert tuple(map(tuple, counted(table(matrix)).tolist())) == histograms(matrix)


@given(matrices(), st.data())
def test_distances_in_a_draw_are_those_of_a_text_that_has_each_provision_as_often(matrix: Matrix, data: st.DataObject):
    stances = comparable(matrix)
    seats, provisions = stances.levels.shape
    times = data.draw(st.lists(st.integers(0, 3), min_size=provisions, max_size=provisions))
    repeated = [place for place, often in enumerate(times) for _ in range(often)]
    cells = tuple(
        Cell(seat, place, int(stances.levels[seat, old]), int(stances.importance[seat, old]))
        for place, old in enumerate(repeated)
        for seat in range(seats)
        if stances.stated[seat, old]
    )
    exact = pairs(Matrix("", matrix.seats, tuple(map(str, range(len(repeated)))), cells), minimum_overlap=1)
    found, imputed = distances(stances, np.array([times], np.float32).reshape(1, provisions))
    known = [1 - pair.similarity for pair in exact if pair.similarity is not None]
    mean = sum(known) / len(known) if known else 0
    for (i, j), pair in zip(combinations(range(seats), 2), exact, strict=True):
        expected = mean if pair.similarity is None else 1 - pair.similarity
        assert found[0, i, j] == found[0, j, i] == pytest.approx(float(expected), abs=1e-12)
    assert imputed == len(exact) - len(known)


@given(matrices(), st.data())
def test_the_order_and_the_ids_of_provisions_do_not_matter(matrix: Matrix, data: st.DataObject):
    other = comparable(reordered(matrix, data.draw(st.permutations(range(len(matrix.provisions))))))
    mine = comparable(matrix)
    assert (mine.levels.tolist(), mine.importance.tolist()) == (other.levels.tolist(), other.importance.tolist())


def test_a_gap_is_not_neutral():
    matrix = written("A 4 .\nB 4 4\nC 0 0")
    assert distances(comparable(matrix), np.ones((1, 2), np.float32))[0][0, 0].tolist() == [0, 0, 1]
    filled = comparable(neutral(matrix))
    assert distances(filled, np.ones((1, 2), np.float32))[0][0, 0].tolist() == [0, 0.25, 0.75]


def test_each_draw_takes_as_many_provisions_as_there_are_with_replacement():
    weights = drawn(b"seed", 30, 200, stream=1)
    assert weights.shape == (200, 30)
    assert set(weights.sum(axis=1).tolist()) == {30}
    assert weights.max() > 2
    assert weights.sum(axis=0).min() > 100
    assert (weights == drawn(b"seed", 30, 200, stream=1)).all()
    assert (weights != drawn(b"seed", 30, 200, stream=2)).any()
    assert (weights != drawn(b"feed", 30, 200, stream=1)).any()


def test_many_provisions_are_summed_in_blocks():
    """A wide table goes through several blocks; integers, so their sum is exact."""
    numbers = np.random.Generator(np.random.PCG64(1))
    levels, importance = numbers.integers(0, 5, (9, 900)), numbers.integers(0, 4, (9, 900))
    cells = tuple(
        Cell(i, j, int(levels[i, j]), int(importance[i, j])) for i in range(9) for j in range(900) if importance[i, j]
    )
    matrix = Matrix("", tuple(map(str, range(9))), tuple(map(str, range(900))), cells)
    stances = comparable(matrix)
    found, _ = distances(stances, np.ones((100, stances.levels.shape[1]), np.float32))
    exact = [float(1 - pair.similarity) for pair in pairs(matrix) if pair.similarity is not None]
    assert found[7][np.triu_indices(9, 1)] == pytest.approx(exact, abs=1e-12)
