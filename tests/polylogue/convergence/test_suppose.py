"""What if: supposed stances stand in the place of stated ones, and nothing else changes."""

import pytest
from hypothesis import given

from polylogue.convergence.matrix import Cell, Matrix
from polylogue.convergence.report import compute
from polylogue.convergence.suppose import NoSuchStance, Supposed, suppose
from tests.polylogue.convergence.drawn import drawn, matrices

MATRIX = drawn("""
    KAZ 0/3 4
    KGZ 4 .
""")


def test_a_supposed_stance_keeps_its_importance_and_a_new_one_has_the_usual():
    found = suppose(MATRIX, [Supposed("KAZ", "p1", 1), Supposed("KGZ", "p2", 3)])
    assert found.cells == (Cell(0, 0, 1, 3), Cell(0, 1, 4, 1), Cell(1, 0, 4, 1), Cell(1, 1, 3, 2))
    assert suppose(MATRIX, [Supposed("KAZ", "p1", 1, importance=1)]).cells[0] == Cell(0, 0, 1, 1)


def test_a_stance_can_be_supposed_away():
    found = suppose(MATRIX, [Supposed("KAZ", "p1", None), Supposed("KGZ", "p2", None)])
    assert found.cells == (Cell(0, 1, 4, 1), Cell(1, 0, 4, 1))
    assert compute(found).headline.objections == 0


@pytest.mark.parametrize(
    ("supposed", "says"),
    [
        ([Supposed("RUS", "p1", 4)], "RUS is none of those whose stances count: KAZ, KGZ."),
        ([Supposed("KAZ", "p3", 4)], "There is no provision p3 in the text."),
        ([Supposed("KAZ", "p1", 4), Supposed("KAZ", "p1", None)], "Two stances of KAZ are supposed on provision p1."),
    ],
)
def test_what_cannot_be_supposed_is_said(supposed: list[Supposed], says: str):
    with pytest.raises(NoSuchStance) as refused:
        suppose(MATRIX, supposed)
    assert str(refused.value) == says


def test_levels_and_importance_stay_on_their_scales():
    for wrong in (Supposed("KAZ", "p1", 5), Supposed("KAZ", "p1", 4, 0)):
        with pytest.raises(ValueError, match="outside its scale"):
            suppose(MATRIX, [wrong])


@given(matrices())
def test_supposing_what_is_stated_changes_nothing(matrix: Matrix):
    same = [Supposed(matrix.seats[c.seat], matrix.provisions[c.provision], c.level) for c in matrix.cells]
    assert suppose(matrix, same).cells == tuple(sorted(matrix.cells))
