"""Average linkage in lock step against the same written plainly, and the cut it makes."""

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylogue.convergence.draws import Floats
from polylogue.convergence.linkage import cut

Distances = dict[tuple[int, int], Fraction]


def merged(groups: list[set[int]], apart: Distances) -> list[set[int]]:
    """The groups after the nearest have merged, all that are equally near at once."""
    means = {
        (a, b): sum(apart[min(i, j), max(i, j)] for i in groups[a] for j in groups[b])
        / (len(groups[a]) * len(groups[b]))
        for a, b in combinations(range(len(groups)), 2)
    }
    nearest = min(means.values())
    found = [set(group) for group in groups]
    for (a, b), mean in means.items():
        if mean == nearest:
            one = next(group for group in found if groups[a] <= group)
            other = next(group for group in found if groups[b] <= group)
            if one is not other:
                one |= other
                found.remove(other)
    return found


def silhouette(groups: list[set[int]], apart: Distances) -> Fraction:
    total = Fraction(0)
    for own in groups:
        for seat in own:
            away = [
                sum(apart[min(seat, j), max(seat, j)] for j in group - {seat}) / Fraction(max(1, len(group - {seat})))
                for group in [own, *(group for group in groups if group is not own)]
            ]
            larger = max(away[0], min(away[1:]))
            if len(own) > 1 and larger:
                total += (min(away[1:]) - away[0]) / larger
    return total / sum(map(len, groups))


def by_definition(seats: int, apart: Distances) -> tuple[set[frozenset[int]], Fraction | None]:
    groups: list[set[int]] = [{seat} for seat in range(seats)]
    best: tuple[Fraction, list[set[int]]] | None = None
    while len(groups) > 1:
        groups = merged(groups, apart)
        if len(groups) > 1:
            score = silhouette(groups, apart)
            if best is None or score >= best[0]:
                best = score, groups
    clear = best is not None and best[0] > Fraction(1, 2)
    if not clear and sum(apart.values()) <= Fraction(len(apart), 4):
        return {frozenset(range(seats))} - {frozenset()}, None
    if best is None:
        return {frozenset([seat]) for seat in range(seats)}, None
    return {frozenset(group) for group in best[1]}, best[0]


def square(seats: int, apart: Distances) -> Floats:
    found = np.zeros((1, seats, seats))
    for (i, j), value in apart.items():
        found[0, i, j] = found[0, j, i] = float(value)
    return found


def groups_of(labels: list[int]) -> set[frozenset[int]]:
    return {frozenset(seat for seat, label in enumerate(labels) if label == this) for this in labels}


@st.composite
def distances(draw: st.DrawFn, seats: int) -> Distances:
    """Few different values, so that ties are met."""
    top = draw(st.sampled_from([2, 4, 20, 1000]))
    return {pair: Fraction(draw(st.integers(0, top)), top) for pair in combinations(range(seats), 2)}


@given(st.integers(1, 7), st.data())
def test_every_set_is_cut_as_the_definition_says(seats: int, data: st.DataObject):
    sets = data.draw(st.lists(distances(seats), min_size=1, max_size=4))
    found = cut(np.concatenate([square(seats, apart) for apart in sets]))
    for apart, labels, score in zip(sets, found.labels.tolist(), found.silhouette.tolist(), strict=True):
        groups, expected = by_definition(seats, apart)
        assert groups_of(labels) == groups
        assert score == pytest.approx(np.nan if expected is None else float(expected), abs=1e-9, nan_ok=True)


@given(st.integers(2, 7), st.data())
def test_the_order_of_the_seats_does_not_matter(seats: int, data: st.DataObject):
    apart = data.draw(distances(seats))
    order = data.draw(st.permutations(range(seats)))
    mine = square(seats, apart)
    labels = cut(mine).labels[0].tolist()
    other = cut(mine[:, order][:, :, order]).labels[0].tolist()
    assert groups_of(labels) == {frozenset(order[seat] for seat in group) for group in groups_of(other)}


def test_what_is_equally_near_merges_at_once():
    """0 and 2 are both next to 1: two by two, the alphabet would decide which of them 1 goes with."""
    line = {(i, j): Fraction(abs(x - y), 100) for (i, x), (j, y) in combinations(enumerate([0, 3, 6, 80, 83]), 2)}
    assert groups_of(cut(square(5, line)).labels[0].tolist()) == {frozenset({0, 1, 2}), frozenset({3, 4})}
