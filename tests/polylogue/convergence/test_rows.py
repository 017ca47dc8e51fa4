"""The stances as bytes, and what is counted in them many at a time."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from polylogue.convergence.alpha import Coincidences, Metric, alpha, krippendorff
from polylogue.convergence.draws import counted, table
from polylogue.convergence.matrix import SCALE, Cell, Matrix, histograms
from tests.polylogue.convergence.drawn import matrices

METRICS: tuple[Metric, ...] = ("nominal", "ordinal", "interval")


@given(matrices())
def test_rows_say_what_the_cells_say(matrix: Matrix):
    said = {
        Cell(seat, place, byte % SCALE, byte // SCALE)
        for seat, row in enumerate(matrix.rows)
        for place, byte in enumerate(row)
        if byte
    }
    assert said == set(matrix.cells)
    assert [len(row) for row in matrix.rows] == [len(matrix.provisions)] * len(matrix.seats)


def test_more_seats_than_a_byte_can_count():
    chance = Random(3)
    alike = [Cell(seat, 0, 4, 1) for seat in range(700)]
    other = [Cell(seat, 1, chance.randrange(5), 3) for seat in range(700) if seat % 3]
    matrix = Matrix("item", tuple(f"S{seat:03}" for seat in range(700)), ("p1", "p2", "p3"), (*alike, *other))
    levels = [cell.level for cell in other]
    assert histograms(matrix) == ((0, 0, 0, 0, 700), tuple(map(levels.count, range(5))), (0,) * 5)
    assert histograms(matrix) == tuple(map(tuple, counted(table(matrix)).tolist()))


@given(st.lists(st.tuples(*[st.integers(0, 4)] * SCALE)), st.sampled_from(METRICS))
def test_alpha_of_all_at_once_is_that_of_running_sums(units: list[tuple[int, ...]], metric: Metric):
    running = Coincidences()
    for counts in units:
        running.add(counts)
    assert krippendorff(units, metric) == alpha(running, metric)
