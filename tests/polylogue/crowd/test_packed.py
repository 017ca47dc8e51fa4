"""What is packed comes back, but for the order of points, which tells nothing."""

from collections import Counter
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylogue.crowd.packed import pack_points, pack_votes, unpack_points, unpack_votes
from polylogue.crowd.votes import Votes
from tests.polylogue.crowd.drawn import tables


@given(votes=tables(), data=st.data())
def test_votes_and_labels_come_back(votes: Votes, data: st.DataObject):
    n, c = votes.matrix.shape
    labels = np.array(data.draw(st.lists(st.integers(-1, 4), min_size=n, max_size=n)), np.intp)
    matrix, back = unpack_votes(pack_votes(votes.matrix, labels), n, c)
    assert np.array_equal(matrix, votes.matrix)
    assert np.array_equal(back, labels)
    with pytest.raises(ValueError, match=r"shape|size"):
        unpack_votes(pack_votes(votes.matrix, labels), n + 1, c)


def test_nobody_is_a_consultation_too():
    matrix, labels = unpack_votes(pack_votes(np.empty((0, 3), np.int8), np.empty(0, np.intp)), 0, 3)
    assert (matrix.shape, labels.shape) == ((0, 3), (0,))
    assert unpack_points(pack_points(np.empty((0, 2)), np.empty(0, np.intp)), 0, 9) == []


COORDINATES = st.floats(-9, 9).map(lambda x: x + 0.0)  # no negative zero, which equals zero and sorts apart
POINTS = st.lists(st.tuples(COORDINATES, COORDINATES, st.integers(-1, 3)), min_size=1, max_size=30)


@given(points=POINTS, order=st.randoms())
def test_points_come_back_in_an_order_that_does_not_tell_who_came_first(
    points: list[tuple[float, float, int]], order: Random
):
    def packed(rows: list[tuple[float, float, int]]) -> bytes:
        return pack_points(np.array([row[:2] for row in rows]), np.array([row[2] for row in rows], np.intp))

    shuffled = points.copy()
    order.shuffle(shuffled)
    assert packed(shuffled) == packed(points)
    back = unpack_points(packed(points), 0, len(points))
    assert Counter(back) == Counter((x, y, None if group == -1 else group) for x, y, group in points)
    assert unpack_points(packed(points), 1, 3) == back[1:3]
