"""What holds whatever the votes are."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylogue.crowd import components
from polylogue.crowd import votes as table
from polylogue.crowd.report import Crowd, document, figures
from polylogue.crowd.votes import Votes
from tests.polylogue.crowd.drawn import drawn, grouped, named, tables

BY_STATEMENT = ("extremity", "group_aware", "priority")


def lists(crowd: Crowd) -> object:
    """Who is on which list, by name and not by place."""
    names = crowd.votes.statements
    return (
        [{(names[each.statement], each.agree) for each in entries} for entries in crowd.representatives],
        [{names[each.statement] for each in entries} for entries in crowd.consensus],
    )


def picked(votes: Votes, rows: list[int], columns: list[int]) -> Votes:
    return Votes(
        tuple(votes.participants[row] for row in rows),
        tuple(votes.statements[column] for column in columns),
        votes.matrix[np.ix_(rows, columns)],
        votes.out[columns],
        votes.meta[columns],
    )


@given(grouped(), st.data())
def test_who_came_first_does_not_matter_to_the_figures_of_given_groups(
    case: tuple[Votes, np.ndarray], data: st.DataObject
):
    votes, labels = case
    rows = data.draw(st.permutations(range(len(votes.participants))))
    before = figures(votes, labels)
    after = figures(picked(votes, rows, list(range(len(votes.statements)))), labels[rows], before.components)
    for name in BY_STATEMENT:
        np.testing.assert_allclose(getattr(after, name), getattr(before, name), atol=1e-9)
    np.testing.assert_allclose(after.points, before.points[rows], atol=1e-9)
    assert lists(after) == lists(before)


@given(grouped())
def test_a_statement_that_nobody_has_voted_on_changes_nothing(case: tuple[Votes, np.ndarray]):
    votes, labels = case
    cells = np.column_stack([votes.matrix, np.full(len(votes.participants), -128, np.int8)])
    more = named(cells, np.append(votes.out, False), np.append(votes.meta, False))
    before, after = figures(votes, labels), figures(more, labels)
    for name in BY_STATEMENT:
        np.testing.assert_allclose(getattr(after, name)[:-1], getattr(before, name), atol=1e-9)
    np.testing.assert_allclose(after.points, before.points, atol=1e-9)
    assert after.counted.tolist() == before.counted.tolist()
    assert lists(after) == lists(before)


@given(grouped())
def test_bounds(case: tuple[Votes, np.ndarray]):
    votes, labels = case
    for crowd in (figures(votes), figures(votes, labels)):
        json.dumps(document(crowd), allow_nan=False)
        assert ((crowd.group_aware > 0) & (crowd.group_aware <= 1)).all()
        assert (crowd.priority >= 0).all()
        assert (np.abs(crowd.components.centre) <= 1).all()
        assert 0 <= sum(crowd.components.explained) <= 1 + 1e-9
        assert all(-1 <= value <= 1 for _, value in crowd.groups.silhouettes)
        assert len(crowd.groups.centres) <= 5
        for entries in crowd.representatives:
            shown = [entry.statement for entry in entries]
            assert len(shown) <= 5
            assert not votes.aside[shown].any()
            assert [entry.agree for entry in entries] == sorted((entry.agree for entry in entries), reverse=True)


@given(grouped())
def test_every_group_has_a_statement(case: tuple[Votes, np.ndarray]):
    votes, labels = case
    listed = ((votes.matrix != -128).any(axis=0) & ~votes.aside).any()
    assert all(bool(entries) == listed for entries in figures(votes, labels).representatives)


@given(tables())
def test_the_groups_found_are_of_those_counted(votes: Votes):
    crowd = figures(votes)
    assert ((crowd.groups.labels >= 0) == crowd.counted).all()
    assert set(crowd.groups.labels[crowd.counted].tolist()) == set(range(len(crowd.groups.centres)))


@given(grouped())
def test_a_table_read_in_pieces_is_the_same_table(case: tuple[Votes, np.ndarray]):
    votes, labels = case
    whole = figures(votes, labels)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(table, "_CELLS_AT_ONCE", 20)
        found = components.components(votes)
        pieces = figures(votes, labels, whole.components)
    assert rounded(document(pieces)) == rounded(document(whole))
    # Which way two axes lie that explain as much is open.
    assert found.centre.tolist() == whole.components.centre.tolist()
    np.testing.assert_allclose(found.explained, whole.components.explained, atol=1e-9)


def test_the_sign_of_an_axis_is_that_of_the_first_of_its_greatest_shares():
    for text in ("a - +\nb + -\nc + -", "a + -\nb - +\nc - +"):
        assert components.components(drawn(text)).axes[0].round(6).tolist() == [0.707107, -0.707107]


def rounded(value: object) -> object:
    if isinstance(value, dict):
        return {name: rounded(each) for name, each in value.items()}
    if isinstance(value, list):
        return [rounded(each) for each in value]
    return round(value, 6) + 0.0 if isinstance(value, float) else value


def test_a_pass_is_a_vote_and_a_gap_is_none():
    passed = figures(drawn("a + +\nb - -\nc + 0"), np.array([0, 0, 0]))
    silent = figures(drawn("a + +\nb - -\nc + ."), np.array([0, 0, 0]))
    assert (passed.by_group.seen[0, 1], silent.by_group.seen[0, 1]) == (3, 2)
    assert passed.group_aware[1] == pytest.approx(2 / 5)
    assert silent.group_aware[1] == pytest.approx(2 / 4)
    assert passed.components.centre[1] == silent.components.centre[1] == 0


def test_more_statements_than_people_give_the_same_axes():
    generator = np.random.default_rng(1)
    cells = generator.choice([1, 0, -1, -128], (12, 8)).astype(np.int8)
    nothing = np.zeros(8, np.bool_)
    votes = named(cells, nothing, nothing)
    centre = components.components(votes).centre
    used = np.ones(8, np.bool_)
    for one, other in zip(components._along(votes, centre, used), components._across(votes, centre, used), strict=True):
        np.testing.assert_allclose(np.abs(one[..., :2]), np.abs(other[..., :2]), atol=1e-9)
