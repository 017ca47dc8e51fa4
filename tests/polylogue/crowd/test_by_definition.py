"""Each figure computed a second time, slowly and from its words."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from polylogue.crowd.groups import silhouette
from polylogue.crowd.report import figures
from polylogue.crowd.representativeness import side
from polylogue.crowd.votes import Votes
from tests.polylogue.crowd.drawn import grouped, tables


def counted(votes: Votes, column: int, rows: list[int]) -> tuple[int, int, int, int]:
    """Agrees, disagrees, passes, votes."""
    cells = [int(votes.matrix[row, column]) for row in rows]
    return cells.count(1), cells.count(-1), cells.count(0), sum(cell != -128 for cell in cells)


@given(grouped())
def test_counts_consensus_and_priority(case: tuple[Votes, np.ndarray]):
    votes, labels = case
    crowd = figures(votes, labels)
    groups = [np.flatnonzero(labels == group).tolist() for group in range(labels.max() + 1)]
    for column in range(len(votes.statements)):
        of_groups = [counted(votes, column, rows) for rows in groups]
        product = math.prod((a + 1) / (s + 2) for a, _, _, s in of_groups)
        assert crowd.group_aware[column] == pytest.approx(product, rel=1e-12)
        a, _, p, s = (sum(each) for each in zip((0, 0, 0, 0), *of_groups, strict=True))
        extremity = math.hypot(*crowd.statement_points[column])
        wanted = (1 - (p + 1) / (s + 2)) * (1 + extremity) * (a + 1) / (s + 2) * (1 + 8 * 2 ** (-s / 5))
        assert crowd.priority[column] == pytest.approx(49 if votes.meta[column] else wanted**2, rel=1e-9)
        everybody = counted(votes, column, list(range(len(votes.participants))))
        assert tuple(int(each[column]) for each in (*crowd.everybody[:2], crowd.everybody.passed)) == everybody[:3]


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=2, max_size=4))
def test_one_side(counts: list[tuple[int, int]]):
    successes = [a for a, _ in counts]
    trials = [a + more for a, more in counts]
    found = side(np.array(successes)[:, np.newaxis], np.array(trials)[:, np.newaxis])
    for group, (a, s) in enumerate(zip(successes, trials, strict=True)):
        b, t = sum(successes) - a, sum(trials) - s
        assert found.share[group, 0] == pytest.approx((a + 1) / (s + 2))
        assert found.share_test[group, 0] == pytest.approx(2 * math.sqrt(s + 1) * ((a + 1) / (s + 1) - 1 / 2))
        assert found.ratio[group, 0] == pytest.approx((a + 1) / (s + 2) / ((b + 1) / (t + 2)))
        pooled = (a + b + 2) / (s + t + 2)
        if pooled == 1:
            assert found.ratio_test[group, 0] == 0
        else:
            spread = math.sqrt(pooled * (1 - pooled) * (1 / (s + 1) + 1 / (t + 1)))
            z = ((a + 1) / (s + 1) - (b + 1) / (t + 1)) / spread
            assert found.ratio_test[group, 0] == pytest.approx(z, abs=1e-12)


@given(tables())
def test_points(votes: Votes):
    crowd = figures(votes)
    voted = (votes.matrix != -128).any(axis=0)
    for row in range(len(votes.participants)):
        total, many = np.zeros(2), 0
        for column in np.flatnonzero(voted):
            aside, vote = votes.aside[column], votes.matrix[row, column]
            many += bool(aside or vote != -128)
            if not aside and vote != -128:
                total += (vote - crowd.components.centre[column]) * crowd.components.axes[:, column]
        expected = math.sqrt(voted.sum() / max(1, many)) * total
        np.testing.assert_allclose(crowd.points[row], expected, atol=1e-12)


@given(tables())
def test_axes_hold_the_most_variance(votes: Votes):
    found = figures(votes).components
    table = votes.matrix.astype(float)
    for column in range(table.shape[1]):
        seen = table[:, column] != -128
        table[:, column] = np.where(seen, table[:, column], table[seen, column].mean() if seen.any() else 0)
        table[:, column] -= table[:, column].mean()
    table[:, votes.aside] = 0
    squares = np.linalg.svd(table, compute_uv=False)[:2] ** 2
    along = np.square(table @ found.axes.T).sum(axis=0)
    np.testing.assert_allclose(along[: len(squares)], squares, atol=1e-9 * max(1, np.square(table).sum()))
    lengths = found.axes @ found.axes.T
    np.testing.assert_allclose(lengths, np.diag(np.round(np.diag(lengths))), atol=1e-9)


@given(arrays.arrays(np.float64, (9, 2), elements=st.integers(-5, 5)), st.data())
def test_silhouette(points: np.ndarray, data: st.DataObject):
    labels = np.array([0, 1, *data.draw(st.lists(st.integers(0, 1), min_size=7, max_size=7))])
    values = []
    for row in range(9):
        others = [other for other in range(9) if other != row]
        distance = {
            group: [math.dist(points[row], points[other]) for other in others if labels[other] == group]
            for group in (0, 1)
        }
        own, next_one = distance[labels[row]], distance[1 - labels[row]]
        a, b = (sum(each) / len(each) if each else 0.0 for each in (own, next_one))
        values.append((b - a) / max(a, b) if own and max(a, b) > 0 else 0.0)
    assert silhouette(points, labels) == pytest.approx(sum(values) / 9, abs=1e-9)
