"""Krippendorff's alpha: his own example, the definition, and where there is none."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylogue.convergence.alpha import Coincidences, Metric, alpha, alpha_of, krippendorff
from tests.polylogue.convergence import by_definition
from tests.polylogue.convergence.drawn import drawn

METRICS: tuple[Metric, ...] = ("nominal", "ordinal", "interval")
UNITS = st.lists(st.lists(st.integers(0, 4), max_size=6), max_size=8)

# Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section C: four observers, twelve units.
OBSERVERS = """
    1 2 3 3 2 1 4 1 2 . . .
    1 2 3 3 2 2 4 1 2 5 . 3
    . 3 3 3 2 3 4 2 2 5 1 .
    1 2 3 3 2 4 4 1 2 5 1 .
"""


def counted(units: list[list[int]]) -> list[list[int]]:
    return [[unit.count(value) for value in range(5)] for unit in units]


@pytest.mark.parametrize(("metric", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_krippendorffs_example(metric: Metric, published: float):
    columns = zip(*(line.split() for line in OBSERVERS.strip().splitlines()), strict=True)
    units = [[int(value) - 1 for value in column if value != "."] for column in columns]
    found = krippendorff(counted(units), metric)
    assert found is not None
    assert float(found) == pytest.approx(published, abs=0.0005)


@pytest.mark.parametrize("metric", METRICS)
@given(units=UNITS)
def test_it_is_what_the_definition_gives(metric: Metric, units: list[list[int]]):
    found = krippendorff(counted(units), metric)
    assert found == by_definition.alpha(units, metric)
    assert found is None or -1 <= found <= 1


@given(UNITS, UNITS)
def test_units_taken_out_again_leave_no_trace(stay: list[list[int]], leave: list[list[int]]):
    running, fresh = Coincidences(), Coincidences()
    for counts in counted(stay + leave):
        running.add(counts)
    for counts in counted(leave):
        running.remove(counts)
    for counts in counted(stay):
        fresh.add(counts)
    assert (running.values, running.units, running.products) == (fresh.values, fresh.units, fresh.products)
    assert alpha(running) == alpha(fresh)


@pytest.mark.parametrize("units", [[], [[]], [[3], [1]], [[3, 3], [3, 3, 3]], [[3, 3], [0]]])
def test_it_is_not_defined_where_nothing_could_disagree(units: list[list[int]]):
    assert [krippendorff(counted(units), metric) for metric in METRICS] == [None, None, None]


def test_agreement_within_and_difference_between_is_one():
    assert krippendorff(counted([[4, 4], [0, 0, 0]])) == 1
    assert krippendorff(counted([[4, 0], [0, 4]])) == Fraction(-1, 2)


def test_provisions_that_too_few_stated_are_left_out():
    matrix = drawn("""
        KAZ 4 0 .
        KGZ 4 0 .
        TJK 4 1 0
        UZB . 0 4
    """)
    assert alpha_of(matrix, 3) == by_definition.alpha([[4, 4, 4], [0, 0, 1, 0]], "ordinal")
    assert alpha_of(matrix) == by_definition.alpha([[4, 4, 4], [0, 0, 1, 0], [0, 4]], "ordinal")
    assert alpha_of(matrix, 5) is None
