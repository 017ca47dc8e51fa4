"""The map: distances it must show, and frames that follow each other without a flip."""

from itertools import combinations, pairwise
from math import dist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylogue.convergence.agreement import pairs
from polylogue.convergence.axes import TURN, Axes, axes
from polylogue.convergence.matrix import Cell, Matrix
from tests.polylogue.convergence.drawn import drawn, matrices
from tests.polylogue.convergence.reordered import joined, neutral, reordered

LINE = drawn("A 0 0\nB 2 2\nC 4 4")
TRIANGLE = drawn("A 4 0 2 2\nB 2 4 2 0\nC 2 2 4 4")


def moved(before: Axes, after: Axes) -> float:
    """The longest way that a seat went."""
    return max(dist(before.points[seat], after.points[seat]) for seat in before.points.keys() & after.points.keys())


def test_three_on_a_line():
    """1 − S is ½, ½ and 1: C, who supports, is on the right."""
    found = axes(LINE)
    assert found.points["A"] == pytest.approx((-0.5, 0), abs=1e-9)
    assert found.points["B"] == pytest.approx((0, 0), abs=1e-9)
    assert found.points["C"] == pytest.approx((0.5, 0), abs=1e-9)
    assert found.explained == pytest.approx((1, 0), abs=1e-9)


def test_a_plane_is_shown_as_it_is():
    """Three fit on a plane, at the corners of a triangle."""
    apart = {(pair.first, pair.second): pair.similarity for pair in pairs(TRIANGLE, minimum_overlap=1)}
    found = axes(TRIANGLE)
    for (first, second), similarity in apart.items():
        assert similarity is not None
        assert dist(found.points[first], found.points[second]) == pytest.approx(float(1 - similarity), abs=1e-9)
    assert sum(found.explained) == pytest.approx(1)


@pytest.mark.parametrize("seats", [3, 4, 9])
def test_where_all_are_equally_far_apart_the_alphabet_decides(seats: int):
    """All leading eigenvalues are equal, and any two directions would show as much."""
    matrix = drawn("\n".join(f"S{i} " + " ".join("4" if i == j else "0" for j in range(seats)) for i in range(seats)))
    found = axes(matrix)
    x, y = found.points["S0"]
    assert x > 0.1
    assert y == pytest.approx(0, abs=1e-9)
    assert found.points["S1"][1] > 0.1
    rest = [found.points[f"S{seat}"] for seat in range(2, seats)]
    assert rest == [pytest.approx(rest[0], abs=1e-9)] * len(rest)
    assert moved(found, axes(matrix, found)) < 1e-9


@given(matrices(), st.data())
def test_maps_are_bounded_centred_and_independent_of_the_order(matrix: Matrix, data: st.DataObject):
    found = axes(matrix)
    assert sorted([*found.points, *found.unplaced]) == list(matrix.seats)
    assert all(abs(value) <= 1 for point in found.points.values() for value in point)
    if found.points:
        assert np.mean(list(found.points.values()), axis=0) == pytest.approx([0, 0], abs=1e-9)
    assert 0 <= found.explained[1] <= found.explained[0] + 1e-9 <= 1 + 1e-8
    assert sum(found.explained) <= 1 + 1e-9
    other = axes(reordered(matrix, data.draw(st.permutations(range(len(matrix.provisions))))))
    assert other == found


@given(matrices(), st.data())
def test_another_name_gives_the_same_explained_shares(matrix: Matrix, data: st.DataObject):
    places = data.draw(st.permutations(range(len(matrix.seats))))
    cells = tuple(Cell(places[cell.seat], *cell[1:]) for cell in matrix.cells)
    other = axes(Matrix(matrix.item, matrix.seats, matrix.provisions, cells))
    assert other.explained == pytest.approx(axes(matrix).explained, abs=1e-6)
    assert other.imputed == axes(matrix).imputed


@given(matrices(), matrices())
def test_after_any_map_at_least_three_quarters_of_the_best_is_shown(matrix: Matrix, other: Matrix):
    found = axes(matrix, axes(other))
    assert sum(found.explained) >= 0.75 * sum(axes(matrix).explained) - 1e-6
    assert sum(found.explained) <= 1 + 1e-6
    assert found.points.keys() == axes(matrix).points.keys()


def walk(seed: int, seats: int, provisions: int, steps: int) -> list[Matrix]:
    """Stances of which one in each step goes one level up or down, or is stated or withdrawn."""
    numbers = np.random.Generator(np.random.PCG64(seed))
    levels = numbers.integers(0, 5, (seats, provisions))
    stated = numbers.random((seats, provisions)) < 0.9
    found: list[Matrix] = []
    for _ in range(steps):
        seat, provision = int(numbers.integers(seats)), int(numbers.integers(provisions))
        if numbers.random() < 0.1:
            stated[seat, provision] ^= True
        else:
            levels[seat, provision] = np.clip(levels[seat, provision] + numbers.choice([-1, 1]), 0, 4)
        cells = tuple(Cell(i, j, int(levels[i, j]), 1) for i in range(seats) for j in range(provisions) if stated[i, j])
        found.append(Matrix("item", tuple(f"S{i}" for i in range(seats)), tuple(map(str, range(provisions))), cells))
    return found


def unframed(matrix: Matrix) -> Axes:
    """A map as it comes: leading eigenvectors with whatever sign they have."""
    seats = matrix.seats
    squares = np.zeros((len(seats), len(seats)))
    for (i, j), pair in zip(combinations(range(len(seats)), 2), pairs(matrix, minimum_overlap=1), strict=True):
        squares[i, j] = squares[j, i] = float(1 - pair.similarity) ** 2 if pair.similarity is not None else 0.25
    centre = np.eye(len(seats)) - 1 / len(seats)
    values, vectors = np.linalg.eigh(centre @ squares @ centre / -2)
    points = vectors[:, :-3:-1] * np.sqrt(np.maximum(values[:-3:-1], 0))
    return Axes({seat: (float(x), float(y)) for seat, (x, y) in zip(seats, points, strict=True)}, (0.0, 0.0))


def jumps(maps: list[Axes]) -> float:
    return max(moved(before, after) for before, after in pairwise(maps))


@pytest.mark.parametrize("seed", range(6))
def test_consecutive_maps_do_not_flip(seed: int):
    """One step of one stance moves no seat by more than the turn allows and a little; maps as they come leap across."""
    matrices = walk(seed, seats=7, provisions=20, steps=120)
    frames = [axes(matrices[0])]
    for matrix in matrices[1:]:
        frames.append(axes(matrix, frames[-1]))
    radius = max(dist(point, (0, 0)) for frame in frames for point in frame.points.values())
    assert jumps(frames) < 2 * np.sin(TURN / 2) * radius + 0.1
    assert jumps([unframed(matrix) for matrix in matrices]) > radius
    shown = [sum(frame.explained) / sum(axes(matrix).explained) for frame, matrix in zip(frames, matrices, strict=True)]
    assert min(shown) > 0.75
    still = [moved(frame, axes(matrix, frame)) for frame, matrix in zip(frames, matrices, strict=True)]
    assert max(move for move, share in zip(still, shown, strict=True) if share > 0.951) < 0.01


@pytest.mark.parametrize("twin", [0, 1, 2])
@pytest.mark.parametrize("matrix", [LINE, TRIANGLE], ids=["line", "triangle"])
def test_a_newcomer_who_is_like_another_moves_nobody(matrix: Matrix, twin: int):
    """The middle is now elsewhere, and on the line x and y show other shares; the map does not care."""
    before = axes(matrix)
    after = axes(joined(matrix, twin), before)
    assert moved(before, after) < 1e-9
    assert dist(after.points[matrix.seats[twin]], after.points["Z"]) < 1e-9


def test_a_map_upside_down_is_followed():
    matrix = walk(3, seats=5, provisions=15, steps=1)[0]
    found = axes(matrix)
    for turn in (np.array([[-1, 0], [0, 1]]), np.array([[0, 1], [1, 0]]), np.array([[0.6, -0.8], [0.8, 0.6]])):
        points = np.array(list(found.points.values())) @ turn + 0.3
        turned = Axes(dict(zip(found.points, map(tuple, points.tolist()), strict=True)), found.explained)
        assert moved(turned, axes(matrix, turned)) < 1e-9


def test_a_map_that_shows_too_little_is_given_up():
    """The map before lies along p1 and p2, and now p3 to p6 part the delegations in a third way."""
    before = axes(drawn("A 4 4\nB 4 0\nC 0 4\nD 0 0"))
    now = drawn("A 2 2 4 4 4 4\nB 2 1 0 0 0 0\nC 1 2 0 0 0 0\nD 1 1 4 4 4 4")
    found = axes(now, before)
    assert sum(found.explained) == pytest.approx(sum(axes(now).explained))
    assert dist(found.points["A"], found.points["B"]) > 0.6


def test_a_line_stays_the_way_round_it_was():
    mirrored = Axes({"A": (0.5, 0.0), "B": (0.0, 0.0), "C": (-0.5, 0.0)}, (1.0, 0.0))
    assert moved(mirrored, axes(LINE, mirrored)) < 1e-9


def test_a_gap_is_not_neutral_and_a_pair_without_a_provision_is_counted():
    gaps = drawn("A 4 4 . .\nB 4 4 0 0\nC . . 0 0\nD . . . .")
    found = axes(gaps)
    assert (found.imputed, found.unplaced) == (1, ("D",))
    assert dist(found.points["A"], found.points["B"]) == pytest.approx(0, abs=1e-9)
    assert axes(neutral(gaps)).unplaced == ()


@pytest.mark.parametrize("rows", ["A 4 4", "A . .\nB . .", "A 4 .\nB . 4"])
def test_where_nobody_can_be_placed(rows: str):
    matrix = drawn(rows)
    assert axes(matrix) == Axes({}, (0, 0), matrix.seats)
    assert axes(matrix, axes(LINE)) == Axes({}, (0, 0), matrix.seats)


def test_without_seats_and_where_all_are_equal():
    assert axes(Matrix("item", (), (), ())) == Axes({}, (0, 0))
    alike = axes(drawn("A 4\nB 4\nC 4"))
    assert set(alike.points.values()) == {(0, 0)}
    assert alike.explained == (0, 0)
    apart = axes(drawn("A 4\nB 0"), alike)
    assert dist(apart.points["A"], apart.points["B"]) == pytest.approx(1)
