"""Laws of whole reports: symmetry, twins, sizes from nothing to 193 × 2,000; and the timeline of a whole record."""

from itertools import combinations
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polylogue.convergence.decimal import figure
from polylogue.convergence.matrix import Cell, Matrix, canonical_input
from polylogue.convergence.pictures import pictures
from polylogue.convergence.report import compute
from polylogue.convergence.scope import matrix as stances
from polylogue.convergence.track import Tracker
from polylogue.occasion import Entry
from polylogue.record.canonical import check_domain, digest
from polylogue.vocabulary import SeatCode, StanceLevel
from tests.golden.history import golden
from tests.polylogue.convergence.drawn import drawn, matrices
from tests.polylogue.convergence.reordered import joined, renamed
from tests.polylogue.convergence.steps import steps, take
from tests.scenes import sco

SEED = bytes(32)


@given(matrices())
def test_a_pair_is_as_near_from_either_side(matrix: Matrix):
    """Backwards in the alphabet every pair is named the other way round."""
    back = list(reversed(range(len(matrix.seats))))
    other, names = renamed(matrix, back)
    found = {(p.first, p.second): (p.overlap, p.similarity, p.identical) for p in compute(matrix).pairs}
    turned = {(p.second, p.first): (p.overlap, p.similarity, p.identical) for p in compute(other).pairs}
    assert {(names[first], names[second]): each for (first, second), each in found.items()} == turned


@given(matrices().filter(lambda matrix: bool(matrix.seats)), st.data())
def test_one_that_says_what_another_says_lowers_no_pair_and_is_as_near_to_all_as_its_twin(
    matrix: Matrix, data: st.DataObject
):
    twin = data.draw(st.integers(0, len(matrix.seats) - 1))
    before = compute(matrix, minimum_overlap=1).pairs
    after = {(p.first, p.second): p for p in compute(joined(matrix, twin), minimum_overlap=1).pairs}
    for pair in before:
        assert after[pair.first, pair.second] == pair
        if matrix.seats[twin] in (pair.first, pair.second):
            other = pair.second if pair.first == matrix.seats[twin] else pair.first
            assert after[other, "Z"].similarity == pair.similarity
    stated = any(cell.seat == twin for cell in matrix.cells)
    assert after[matrix.seats[twin], "Z"].similarity == (1 if stated else None)


@pytest.mark.parametrize(
    "rows", ["A", "A .", "A 4", "A . .\nB . .", "A 4\nB 0", "A 2 2 2 2 2\nB 2 2 2 2 2", "A 0 0 0 0 0 0\nB . . . . . ."]
)
def test_little_is_written_hashed_and_drawn(rows: str):
    matrix = drawn(rows)
    document = compute(matrix).document()
    for value in (canonical_input(matrix), document):
        check_domain(value)
    seats: Any = document["perSeat"]
    assert list(seats) == list(matrix.seats)
    assert digest(compute(drawn(rows)).document()) == digest(document)
    found: Any = pictures(matrix, SEED)
    assert [each["id"] for each in found["bridging"]] == list(matrix.provisions)


def test_193_delegations_on_2000_provisions():
    """Held against sums of floating-point numbers, which a few thousand whole numbers do not strain."""
    chance = Random(1)
    cells = [
        Cell(i, j, chance.randrange(5), chance.randint(1, 3))
        for i in range(193)
        for j in range(2_000)
        if chance.random() < 0.8
    ]
    chance.shuffle(cells)
    matrix = Matrix("item", tuple(f"S{i:03}" for i in range(193)), tuple(f"p{j}" for j in range(2_000)), tuple(cells))
    document = compute(matrix).document()
    check_domain(document)
    public: Any = document["public"]
    levels, weights = np.full((193, 2_000), np.nan), np.zeros((193, 2_000))
    for seat, provision, level, importance in cells:
        levels[seat, provision], weights[seat, provision] = level, importance
    assert [(p["first"], p["second"]) for p in public["pairs"]] == list(combinations(matrix.seats, 2))
    for pair in public["pairs"][::97]:
        i, j = int(pair["first"][1:]), int(pair["second"][1:])
        both = ~np.isnan(levels[i] + levels[j])
        weight, apart = (weights[i] + weights[j])[both], np.abs(levels[i] - levels[j])[both]
        assert pair["overlap"] == both.sum()
        assert float(pair["similarity"]) == pytest.approx(1 - (weight * apart).sum() / (4 * weight.sum()), abs=1e-9)
        assert float(pair["identical"]) == pytest.approx((apart == 0).mean(), abs=1e-9)
    for place, provision in list(enumerate(public["provisions"]))[::97]:
        said = levels[:, place][~np.isnan(levels[:, place])]
        distances = np.abs(said[:, None] - said)[np.triu_indices(len(said), 1)]
        assert float(provision["closeness"]) == pytest.approx(1 - distances.mean() / 4, abs=1e-9)
        assert provision["objections"] == (said == 0).sum()
    assert public["headline"]["stated"] == len(cells)


def check(entries: list[Entry]) -> None:
    """Every point of the timeline holds what a report on the state at its entry holds."""
    tracker, points = Tracker(), 0
    for entry in entries:
        for item, point in tracker.apply(entry):
            headline = compute(stances(tracker.state, item)[0]).headline
            told = point.document()
            assert told["seq"] == entry.seq
            assert told["objections"] == headline.objections
            for name, value in (
                ("meanCloseness", headline.mean_closeness),
                ("alpha", headline.alpha),
                ("unanimityShare", headline.unanimity_share),
                ("coverage", headline.coverage),
            ):
                assert told[name] == figure(value)
            points += 1
    assert points


def test_the_timeline_of_the_record_of_every_kind_is_that_of_whole_computations():
    check(list(golden().entries))


@settings(max_examples=40)
@given(st.lists(steps, max_size=25))
def test_the_timeline_of_any_course_is_that_of_whole_computations(
    course: list[tuple[str, int, SeatCode, StanceLevel, bool]],
):
    scene = sco()
    for step, place, seat, level, other in course:
        take(scene, step, place, seat, level, other=other)
    check(list(scene.entries))
