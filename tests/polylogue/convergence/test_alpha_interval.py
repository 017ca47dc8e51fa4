"""The interval around alpha: repeated by its definition, its laws, and where there is none."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylogue.convergence.alpha import krippendorff
from polylogue.convergence.alpha_interval import Interval, interval
from polylogue.convergence.matrix import Matrix, histograms
from tests.polylogue.convergence.drawn import drawn, matrices
from tests.polylogue.convergence.reordered import neutral, renamed, reordered

SEED = bytes(range(32))


def by_definition(matrix: Matrix, seed: bytes) -> Interval:
    units = sorted(counts for counts in histograms(matrix) if sum(counts) >= 2)
    sequence = np.random.SeedSequence(int.from_bytes(seed, "big"), spawn_key=(1,))
    numbers = np.random.Generator(np.random.PCG64(sequence)).integers(0, len(units), (200, len(units)))
    alphas = [krippendorff([units[number] for number in draw]) for draw in numbers.tolist()]
    defined = sorted(float(value) for value in alphas if value is not None)
    out = len(defined) // 40
    return Interval(defined[out], defined[-1 - out], 200, len(defined))


def test_an_interval_is_what_its_definition_gives():
    matrix = drawn("""
        A 4 4 3 3 0 . 4 1
        B 4 3 3 2 4 2 4 .
        C 4 1 3 . 4 2 0 0
        D 4 4 . . 4 . 4 1
    """)
    found, expected = interval(matrix, SEED), by_definition(matrix, SEED)
    assert (found.low, found.high) == (pytest.approx(expected.low, abs=1e-9), pytest.approx(expected.high, abs=1e-9))
    assert (found.draws, found.defined) == (200, expected.defined)
    assert (found.low or 0) < float(krippendorff(histograms(matrix)) or 0) < (found.high or 0)


@given(matrices(most_seats=5, most_provisions=12), st.data())
def test_names_and_order_do_not_matter_and_the_interval_is_bounded(matrix: Matrix, data: st.DataObject):
    found = interval(matrix, SEED)
    other, _ = renamed(matrix, data.draw(st.permutations(range(len(matrix.seats)))))
    assert interval(other, SEED) == found
    assert interval(reordered(matrix, data.draw(st.permutations(range(len(matrix.provisions))))), SEED) == found
    assert 0 <= found.defined <= found.draws
    if found.low is not None:
        assert found.high is not None
        assert found.low <= found.high <= 1 + 1e-12


def test_a_gap_is_not_neutral():
    matrix = drawn("A 4 4 0 0 1 3\nB 4 4 0 0 1 2\nC . . . . . .")
    assert interval(neutral(matrix), SEED).high != pytest.approx(interval(matrix, SEED).high)


@pytest.mark.parametrize("rows", [["A 4 4 4 4"], ["A 4 0 0 0", "B 4 0 0 1"], ["A 4 . 4 . 4 .", "B . 4 . 4 . 4"], ["A"]])
def test_below_five_comparable_provisions_nothing_is_drawn(rows: list[str]):
    assert interval(drawn("\n".join(rows)), SEED) == Interval(None, None, 0, 0)


def test_where_alpha_is_never_defined_there_is_no_interval():
    assert interval(drawn("A 4 4 4 4 4\nB 4 4 4 4 4"), SEED) == Interval(None, None, 200, 0)
    seldom = interval(drawn("A 4 4 4 4 4 4 4 4 4 0\nB 4 4 4 4 4 4 4 4 4 4"), SEED)
    assert 100 < seldom.defined < 200
    assert seldom.low is not None
