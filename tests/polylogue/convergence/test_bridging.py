"""The order in which provisions bridge the groups: by hand, and the laws of the order."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylogue.convergence.bridging import bridging, root
from polylogue.convergence.matrix import Matrix
from tests.polylogue.convergence.drawn import drawn, matrices
from tests.polylogue.convergence.reordered import renamed, reordered

MATRIX = drawn("""
    A 4 3 4 4 .
    B 4 3 4 4 .
    C 4 3 4 . .
    D 4 3 0 4 4
    E 4 3 4 2 4
""")
GROUPS = (("A", "B", "C"), ("D", "E"))


def test_the_order_by_hand():
    """p3 has an objection; p5 has three gaps, p4 one and a NEUTRAL; p1 and p2 have all at one level."""
    found = bridging(MATRIX, GROUPS)
    assert [(each.provision, each.place) for each in found] == [("p1", 1), ("p2", 2), ("p4", 3), ("p5", 4), ("p3", 5)]
    assert [each.leximin for each in found] == [
        (0, 0, 0, 0, 5),
        (0, 0, 0, 5, 0),
        (0, 1, 1, 0, 3),
        (0, 3, 0, 0, 2),
        (1, 0, 0, 0, 4),
    ]
    assert [each.across for each in found] == [
        Fraction(4 * 3, 5 * 4),
        Fraction(4 * 3, 5 * 4),
        Fraction(3 * 2, 4 * 4),
        Fraction(1 * 3, 2 * 4),
        Fraction(4 * 2, 5 * 4),
    ]
    assert root(found[0].across, 2) == pytest.approx(0.6**0.5)


def test_groups_decide_between_provisions_with_like_stances():
    """Two reservations each: both from one group, or one from each."""
    matrix = drawn("A 1 1\nB 1 4\nC 4 1\nD 4 4")
    found = bridging(matrix, (("A", "B"), ("C", "D")))
    assert [(each.provision, each.across) for each in found] == [("p2", Fraction(1, 4)), ("p1", Fraction(3, 16))]
    assert [each.place for each in bridging(matrix, ())] == [1, 1]


def test_the_root_does_not_shrink_with_the_number_of_groups():
    """Ten who support, each on its own: the product is 0.017, the root 2/3, as for one."""
    rows = "\n".join(f"S{seat} 4" for seat in range(10))
    found = bridging(drawn(rows), [(f"S{seat}",) for seat in range(10)])[0]
    assert found.across == Fraction(2, 3) ** 10
    assert root(found.across, 10) == pytest.approx(2 / 3)
    assert (root(None, 0), root(found.across, 0)) == (None, None)


@st.composite
def grouped(draw: st.DrawFn) -> tuple[Matrix, list[list[str]]]:
    matrix = draw(matrices())
    places = [draw(st.integers(0, 3)) for _ in matrix.seats]
    groups = [[code for code, place in zip(matrix.seats, places, strict=True) if place == group] for group in range(3)]
    return matrix, [group for group in groups if group]


@given(grouped(), st.data())
def test_names_and_order_do_not_matter_and_figures_are_bounded(
    drawing: tuple[Matrix, list[list[str]]], data: st.DataObject
):
    matrix, groups = drawing
    places = {each.provision: each.place for each in bridging(matrix, groups)}
    order = data.draw(st.permutations(range(len(matrix.provisions))))
    other, names = renamed(reordered(matrix, order), data.draw(st.permutations(range(len(matrix.seats)))))
    found = bridging(other, [[names[code] for code in group] for group in reversed(groups)])
    assert {matrix.provisions[order[int(each.provision[6:])]]: each.place for each in found} == places
    assert sorted(places) == sorted(matrix.provisions)
    for each in found:
        assert sum(each.leximin) == len(matrix.seats)
        assert each.objections == each.leximin[0]
        assert (each.across is None) == (not groups)
        assert each.across is None or 0 < each.across < 1


@given(grouped(), st.data())
def test_what_is_missing_never_helps_a_provision(drawing: tuple[Matrix, list[list[str]]], data: st.DataObject):
    matrix, groups = drawing
    helpful = [cell for cell in matrix.cells if cell.level > 0]
    if not helpful:
        return
    gone = data.draw(st.sampled_from(helpful))
    fewer = Matrix(matrix.item, matrix.seats, matrix.provisions, tuple(cell for cell in matrix.cells if cell != gone))
    name = matrix.provisions[gone.provision]

    def place(of: Matrix) -> int:
        return next(each.place for each in bridging(of, groups) if each.provision == name)

    assert place(fewer) >= place(matrix)


def test_one_supporter_alone_does_not_lead():
    assert [each.provision for each in bridging(drawn("A 4 4\nB . 4\nC . 1"), ())] == ["p2", "p1"]


def test_where_there_is_nothing():
    assert bridging(Matrix("item", ("A",), (), ()), (("A",),)) == ()
    silent = bridging(drawn("A . .\nB . ."), (("A", "B"),))
    assert [(each.provision, each.place, each.stated, each.across) for each in silent] == [
        ("p1", 1, 0, Fraction(1, 2)),
        ("p2", 1, 0, Fraction(1, 2)),
    ]
    assert bridging(Matrix("item", (), ("p1",), ()), ())[0].leximin == (0, 0, 0, 0, 0)


def test_a_stranger_in_a_group_is_an_error():
    with pytest.raises(ValueError, match="no seats"):
        bridging(MATRIX, (("A", "X"),))
