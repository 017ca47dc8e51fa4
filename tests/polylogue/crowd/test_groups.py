"""Who is counted, how groups are found, and what is refused."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given as drawing
from hypothesis import strategies as st

from polylogue.crowd.groups import base_clusters, counted, given, groups_of, k_means, nearest
from polylogue.crowd.report import document, figures
from polylogue.crowd.votes import Votes, votes_of
from tests.polylogue.crowd.drawn import drawn


def voters(*cast: int, statements: int = 10) -> Votes:
    """One participant for each number, who agrees with as many of the statements."""
    rows = [f"p{row} " + " ".join(["+"] * many + ["."] * (statements - many)) for row, many in enumerate(cast)]
    return drawn("\n".join(rows))


def test_the_first_fifteen_who_voted_are_counted_and_after_them_who_voted_on_seven():
    votes = voters(0, *[1] * 15, 1, 6, 7, 10)
    assert counted(votes).tolist() == [False, *[True] * 15, False, False, True, True]


def test_with_fewer_statements_whoever_voted_on_all_is_counted():
    votes = voters(*[1] * 15, 2, 3, statements=3)
    assert counted(votes).tolist() == [*[True] * 15, False, True]


def test_a_statement_that_nobody_has_voted_on_does_not_raise_the_threshold():
    votes = drawn("\n".join([f"p{row} + + ." for row in range(17)]))
    assert counted(votes).all()


def test_two_camps_are_two_groups():
    text = "\n".join([f"a{row} + + - ." for row in range(8)] + [f"b{row} - - + 0" for row in range(8)])
    crowd = figures(drawn(text))
    assert crowd.groups.labels.tolist() == [0] * 8 + [1] * 8
    shown: Any = document(crowd)
    assert [group["members"] for group in shown["groups"]] == [8, 8]


def test_people_who_all_vote_alike_are_one_group():
    crowd = figures(drawn("\n".join(f"p{row} + - 0" for row in range(20))))
    assert crowd.groups.labels.tolist() == [0] * 20
    assert crowd.groups.silhouettes == ()
    assert groups_of(crowd.points, np.ones(20, np.int64)).k == 1


def test_k_means_starts_from_the_first_different_points():
    points = np.array([[0.0, 0], [0, 0], [10, 0], [11, 0], [1, 0]])
    labels, centres = k_means(points, np.ones(5), 2)
    assert labels.tolist() == [0, 0, 1, 1, 0]
    np.testing.assert_allclose(centres, [[1 / 3, 0], [10.5, 0]])


def test_a_base_cluster_weighs_as_many_as_it_stands_for():
    _, centres = k_means(np.array([[0.0, 0], [9, 0], [3, 0]]), np.array([1.0, 1, 2]), 2)
    np.testing.assert_allclose(centres, [[2, 0], [9, 0]])


def test_more_than_a_hundred_people_are_thinned_out():
    generator = np.random.default_rng(7)
    points = np.concatenate([generator.normal(at, 1, (300, 2)) for at in (-9, 9)])
    who = np.ones(600, np.bool_)
    who[5] = False
    base = base_clusters(points, who)
    assert len(base.points) == 100
    assert base.members.sum() == 599
    assert base.labels[5] == -1
    division = groups_of(base.points, base.members)
    assert (division.k, division.silhouettes[0][0]) == (2, 2)
    assert len({int(division.labels[label]) for label in base.labels[:300] if label >= 0}) == 1


@pytest.mark.parametrize(("clusters", "most"), [(2, 2), (11, 2), (12, 3), (24, 4), (36, 5), (100, 5)])
def test_few_base_clusters_are_not_divided_into_many_groups(clusters: int, most: int):
    points = np.random.default_rng(3).normal(size=(clusters, 2))
    assert [k for k, _ in groups_of(points, np.ones(clusters, np.int64)).silhouettes] == list(range(2, most + 1))


@drawing(st.integers(1, 60), st.integers(0, 2**32), st.sampled_from([0, 1, 9]))
def test_whatever_is_thought_of_the_nearest_centre_it_is_the_nearest(k: int, seed: int, places: int):
    generator = np.random.default_rng(seed)
    points, centres = (generator.normal(size=(size, 2)).round(places) for size in (200, k))
    found = nearest(points, centres)
    for thought in (found, generator.integers(0, k, 200)):
        assert nearest(points, centres, thought).tolist() == found.tolist()


def test_of_two_nearest_centres_the_first_is_taken():
    assert nearest(np.array([[0.0, 0]]), np.array([[1.0, 0], [-1, 0]])).tolist() == [0]


@pytest.mark.parametrize("labels", [[0, 2], [-2, 0], [0], [1, 1]])
def test_labels_that_are_none_are_refused(labels: list[int]):
    with pytest.raises(ValueError, match="labels"):
        given(np.array(labels), np.zeros((2, 2)))


@pytest.mark.parametrize(
    "votes",
    [
        votes_of([]),
        votes_of([], statements=["s1", "s2"]),
        votes_of([("a", "s1", 0)]),
        votes_of([("a", "s1", 1), ("a", "s2", -1)]),
        votes_of([("a", "s1", 1), ("b", "s1", -1)]),
        votes_of([("a", "s1", 1), ("b", "s1", -1)], out=["s1"]),
        drawn("a . .\nb . ."),
        drawn("a + .\nb . +"),
    ],
)
def test_little_or_nothing_has_figures_too(votes: Votes):
    crowd = figures(votes)
    assert np.isfinite(crowd.points).all()
    assert int(crowd.counted.sum()) == int((votes.matrix != -128).any(axis=1).sum())
    shown: Any = document(crowd)
    assert [each["statement"] for each in shown["statements"]] == list(votes.statements)


def test_components_of_other_statements_are_refused():
    with pytest.raises(ValueError, match="other statements"):
        figures(drawn("a +"), components=figures(drawn("a + +")).components)


def test_the_last_vote_on_a_statement_stands():
    votes = votes_of([("b", "s2", 1), ("a", "s1", 1), ("b", "s2", -1)], statements=["s1"], out=["s2"], meta=["s1"])
    assert (votes.participants, votes.statements) == (("b", "a"), ("s1", "s2"))
    assert votes.matrix.tolist() == [[-128, -1], [1, -128]]
    assert (votes.out.tolist(), votes.meta.tolist()) == ([False, True], [True, False])


@drawing(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"), st.sampled_from([1, 0, -1]))))
def test_a_table_is_what_one_reads_vote_by_vote(cast: list[tuple[str, str, int]]):
    votes = votes_of(cast, statements=["y", "y"])
    last = {(person, statement): vote for person, statement, vote in cast}
    assert votes.participants == tuple(dict.fromkeys(person for person, _, _ in cast))
    assert votes.statements == tuple(dict.fromkeys(["y", *(statement for _, statement, _ in cast)]))
    assert votes.matrix.tolist() == [[last.get((p, s), -128) for s in votes.statements] for p in votes.participants]


def test_a_vote_or_statement_that_is_none_is_refused():
    with pytest.raises(ValueError, match="not 300, as number 2 of 3"):
        votes_of([("a", "s1", 1), ("a", "s2", 300), ("b", "s1", 2)])
    with pytest.raises(ValueError, match="no statement s9"):
        votes_of([("a", "s1", 1)], out=["s9"])


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"participants": ("a", "a")}, "participant stands twice"),
        ({"statements": ("s", "s")}, "statement stands twice"),
        ({"matrix": np.zeros((2, 2))}, "int8"),
        ({"matrix": np.zeros((2, 3), np.int8)}, "int8"),
        ({"matrix": np.full((2, 2), 2, np.int8)}, "a vote is"),
        ({"out": np.zeros(3, np.bool_)}, "bool"),
        ({"meta": np.zeros(2)}, "bool"),
    ],
)
def test_a_table_that_does_not_hold_is_refused(change: dict[str, Any], reason: str):
    with pytest.raises(ValueError, match=reason):
        replace(drawn("a + -\nb 0 ."), **change)
