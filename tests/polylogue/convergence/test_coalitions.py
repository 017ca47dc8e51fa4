"""Coalitions: camps that a reader sees at once, cohesion by hand, laws, and stances from which no camp can be read."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polylogue.convergence.coalitions import TOGETHER, Coalitions, coalitions, cohesion, drawn_of
from polylogue.convergence.draws import comparable, distances
from polylogue.convergence.linkage import cut
from polylogue.convergence.matrix import Cell, Matrix
from tests.polylogue.convergence.drawn import drawn, matrices
from tests.polylogue.convergence.reordered import joined, neutral, reordered

SEED = bytes(range(32))
CAMPS = drawn("""
    A 4 4 4 3 0 0 1 0 4 4
    B 4 4 3 4 0 1 0 0 4 4
    C 4 3 4 4 1 0 0 0 4 3
    D 0 0 1 0 4 4 4 3 4 4
    E 0 1 0 0 4 4 3 4 4 3
    F 0 0 0 4 4 0 0 4 0 0
    G . . . . . . . . . .
""")


def test_two_camps_a_lone_one_and_a_silent_one():
    found = coalitions(CAMPS, SEED)
    assert found.groups == (("A", "B", "C"), ("D", "E"))
    assert (found.isolated, found.unplaced) == (("F",), ("G",))
    assert found.draws == 200
    assert all(stability >= TOGETHER for stability in found.stability)
    assert found.together["A", "B"] > 0.9
    assert found.together["A", "D"] < 0.1
    assert len(found.together) == 15
    assert found.silhouette is not None
    assert found.silhouette > 0.5


def test_cohesion_by_hand():
    """For, neither, against: p1 3-0-0 is 1; p2 2-0-1 is ½; p3 1-1-1 is 0; p4 1-1-0 is ¼; p5 has one stance only."""
    matrix = drawn("""
        A 4 3 4 2 4
        B 3 4 2 4 .
        C 4 1 0 . .
        D 0 0 0 0 0
    """)
    assert cohesion(matrix, ["A", "B", "C"]) == (Fraction(7, 16), 4)
    assert cohesion(matrix, ["A"]) == (None, 0)
    assert cohesion(matrix, ["C", "D"]) == (Fraction(3, 4), 3)


@given(matrices(), st.data())
def test_what_is_found_is_bounded_and_every_seat_is_somewhere_once(matrix: Matrix, data: st.DataObject):
    found = coalitions(matrix, SEED, draws=20)
    seats = [seat for group in found.groups for seat in group]
    assert sorted([*seats, *found.isolated, *found.unplaced]) == list(matrix.seats)
    assert all(len(group) > 1 and list(group) == sorted(group) for group in found.groups)
    assert list(found.groups) == sorted(found.groups)
    assert all(0 <= share <= 1 for share in (*found.together.values(), *found.stability))
    assert all(value is None or 0 <= value <= 1 for value in found.cohesion)
    assert found.silhouette is None or -1 <= found.silhouette <= 1
    assert len(found.groups) == len(found.stability) == len(found.cohesion) == len(found.counted)
    order = data.draw(st.permutations(range(len(matrix.provisions))))
    assert coalitions(reordered(matrix, order), SEED, draws=20) == found


@settings(max_examples=200)
@given(matrices())
def test_only_those_stay_together_that_the_cut_and_most_draws_have_together(matrix: Matrix):
    found = coalitions(matrix, SEED, draws=20)
    stances = comparable(matrix)
    labels = cut(distances(stances, np.ones((1, stances.levels.shape[1]), np.float32))[0]).labels[0]
    of = dict(zip(matrix.seats, labels.tolist(), strict=True))
    group_of = {seat: group for group in found.groups for seat in group}
    for (first, second), share in found.together.items():
        if found.unplaced:
            break
        if of[first] == of[second] and share >= TOGETHER:
            assert first in group_of
            assert group_of[first] == group_of.get(second)
    for group in found.groups:
        assert found.unplaced or len({of[seat] for seat in group}) == 1
        firm = [pair for pair, share in found.together.items() if share >= TOGETHER and set(pair) <= set(group)]
        assert {seat for pair in firm for seat in pair} == set(group)


def test_a_pair_that_most_draws_part_is_no_group():
    """C goes with A and B on three provisions of six, and with D on the others."""
    found = coalitions(drawn("A 4 4 4 4 4 4\nB 4 4 4 4 4 3\nC 4 4 4 0 0 1\nD 0 0 0 0 0 0"), SEED)
    assert found.groups == (("A", "B"),)
    assert found.isolated == ("C", "D")
    assert max(found.together[pair] for pair in (("A", "C"), ("B", "C"), ("C", "D"))) < TOGETHER


@given(st.permutations(range(7)))
def test_camps_do_not_depend_on_names(seats: list[int]):
    """Camps this clear are found in any draw; which provisions are drawn does depend on the alphabet."""
    names = {old: f"N{new}" for old, new in zip(CAMPS.seats, seats, strict=True)}
    cells = tuple(Cell(seats[cell.seat], *cell[1:]) for cell in CAMPS.cells)
    found = coalitions(Matrix("item", tuple(sorted(names.values())), CAMPS.provisions, cells), SEED)
    expected = sorted(tuple(sorted(names[seat] for seat in group)) for group in (["A", "B", "C"], ["D", "E"]))
    assert (list(found.groups), found.isolated, found.unplaced) == (expected, (names["F"],), (names["G"],))


@settings(max_examples=30)
@given(matrices(most_seats=5).filter(lambda matrix: len(matrix.provisions) >= 5))
def test_one_who_states_what_another_states_stands_with_it(matrix: Matrix):
    full = neutral(matrix)
    for seat in range(len(full.seats)):
        found = coalitions(joined(full, seat), SEED, draws=20)
        assert found.together[full.seats[seat], "Z"] == 1
        assert any({full.seats[seat], "Z"} <= set(group) for group in found.groups)


def test_a_gap_is_not_neutral():
    gaps = drawn("A 4 4 4 4 4 . .\nB 4 4 4 4 4 4 4\nC 4 4 4 4 4 4 4\nD 0 0 0 0 0 0 0")
    assert coalitions(gaps, SEED).together["A", "B"] == 1
    assert coalitions(gaps, SEED).cohesion == (1,)
    assert coalitions(neutral(gaps), SEED).cohesion == (Fraction(6, 7),)


def test_all_within_one_step_of_each_other_are_one_group():
    found = coalitions(drawn("A 4 3 4 3 4 3\nB 3 4 4 4 3 3\nC 4 4 3 3 3 4\nD 3 3 3 4 4 4"), SEED)
    assert (found.groups, found.silhouette, found.cohesion) == ((("A", "B", "C", "D"),), None, (1,))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("A 4 4 4 4 4\nB 4 4 4 4 4\nC 4 4 4 4 4", ((("A", "B", "C"),), (), ())),
        ("A 4 4 4 4 4\nB 0 0 0 0 0", ((), ("A", "B"), ())),
        ("A 4 4 4 4 4\nB 3 3 3 3 3", ((("A", "B"),), (), ())),
        ("A 4 4 4 4\nB 4 4 4 4", ((), (), ("A", "B"))),
        ("A . . . . .\nB . . . . .", ((), (), ("A", "B"))),
        ("A 4 4 4 4 4", ((), (), ("A",))),
        ("A 4\nB 0", ((), (), ("A", "B"))),
    ],
    ids=["all equal", "two opposed", "two near", "too few provisions", "all missing", "one", "one provision"],
)
def test_where_little_can_be_said(rows: str, expected: tuple[object, ...]):
    found = coalitions(drawn(rows), SEED)
    assert (found.groups, found.isolated, found.unplaced) == expected


def test_without_seats_or_provisions():
    nothing = Coalitions((), (), (), {}, (), None, (), (), 0)
    assert coalitions(Matrix("item", (), ("p1",), ()), SEED) == nothing
    assert coalitions(Matrix("item", (), (), ()), SEED) == nothing


def test_many_seats_are_drawn_less_often():
    rows = "\n".join(f"S{seat:02} " + ("4 4 3 4 4 4" if seat % 2 else "0 0 0 1 0 0") for seat in range(80))
    found = coalitions(drawn(rows), SEED)
    assert [len(group) for group in found.groups] == [40, 40]
    assert found.draws == drawn_of(80) == 84
    assert [drawn_of(seats) for seats in (2, 60, 61, 193)] == [200, 200, 190, 10]
    assert drawn_of(193, draws=4) == 4
