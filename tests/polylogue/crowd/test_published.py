"""Every figure held against what Polis itself computed for real conversations."""

import numpy as np
import pytest

from polylogue.crowd.components import components
from polylogue.crowd.groups import groups_of, nearest
from polylogue.crowd.representativeness import Representative
from tests.polylogue.crowd.reading import CONVERSATIONS, Published

EXACT = {"rtol": 0, "atol": 1e-9}
NEAR = {"rtol": 0, "atol": 1e-6}


@pytest.fixture(params=CONVERSATIONS, ids=lambda folder: f"{folder.parent.name}-{folder.name}", scope="module")
def published(request: pytest.FixtureRequest) -> Published:
    return Published(request.param)


def test_two_conversations_are_always_there():
    assert len({folder.name for folder in CONVERSATIONS}) >= 2


def test_votes_are_all_there(published: Published):
    cast = dict(zip(published.votes.participants, (published.votes.matrix != -128).sum(axis=1).tolist(), strict=True))
    assert cast == published.math["user-vote-counts"]


def test_centre(published: Published):
    np.testing.assert_allclose(-components(published.votes).centre, published.math["pca"]["center"], **EXACT)


def test_components(published: Published):
    ours, theirs = components(published.votes).axes, np.array(published.math["pca"]["comps"])
    assert np.abs((ours * theirs).sum(axis=1)).min() >= 1 - 1e-6


def test_points_of_participants(published: Published):
    base = published.math["base-clusters"]
    single = [place for place, members in enumerate(base["members"]) if len(members) == 1]
    ours = [published.votes.participants.index(str(base["members"][place][0])) for place in single]
    theirs = np.array([base["x"], base["y"]]).T[single]
    np.testing.assert_allclose(-published.crowd.points[ours], theirs, **EXACT)


def test_points_of_statements_and_extremity(published: Published):
    pca = published.math["pca"]
    np.testing.assert_allclose(-published.crowd.statement_points.T, pca["comment-projection"], **EXACT)
    np.testing.assert_allclose(published.crowd.extremity, pca["comment-extremity"], **EXACT)


def test_who_is_counted(published: Published):
    counted = np.array(published.votes.participants)[published.crowd.counted]
    assert set(counted) == set(map(str, published.math["in-conv"]))


def test_counts_by_group(published: Published):
    for group, found in published.math["group-votes"].items():
        theirs = [found["votes"][str(tid)] for tid in published.tids]
        for ours, name in zip(published.crowd.by_group, "ADS", strict=True):
            assert ours[int(group)].tolist() == [each[name] for each in theirs]


def test_group_aware_consensus(published: Published):
    np.testing.assert_allclose(published.crowd.group_aware, published.by_statement("group-aware-consensus"), **EXACT)


def test_priorities(published: Published):
    np.testing.assert_allclose(published.crowd.priority, published.by_statement("comment-priorities"), **NEAR)


def test_representative_statements(published: Published):
    def named(entry: Representative) -> tuple[int, str, bool]:
        return published.tids[entry.statement], "agree" if entry.agree else "disagree", entry.best_agree

    for group, theirs in published.math["repness"].items():
        ours = published.crowd.representatives[int(group)]
        expected = [(each["tid"], each["repful-for"], each.get("best-agree", False)) for each in theirs]
        assert [named(entry) for entry in ours] == expected
        for entry, each in zip(ours, theirs, strict=True):
            assert (entry.successes, entry.trials) == (each["n-success"], each["n-trials"])
            figures = [each[name] for name in ("p-success", "p-test", "repness", "repness-test")]
            np.testing.assert_allclose(entry[6:], figures, **NEAR)
            assert entry.agrees == each.get("n-agree", entry.agrees)


def test_consensus_statements(published: Published):
    for side, ours in published.crowd.consensus._asdict().items():
        theirs = published.math["consensus"][side]
        assert [published.tids[entry.statement] for entry in ours] == [each["tid"] for each in theirs]
        for entry, each in zip(ours, theirs, strict=True):
            figures = [each[name] for name in ("n-success", "n-trials", "p-success", "p-test")]
            np.testing.assert_allclose(entry[1:], figures, **NEAR)


def test_labels_from_centres(published: Published):
    base, groups = published.math["base-clusters"], published.math["group-clusters"]
    labels = nearest(np.array([base["x"], base["y"]]).T, np.array([group["center"] for group in groups]))
    theirs = {cluster: group["id"] for group in groups for cluster in group["members"]}
    assert [groups[label]["id"] for label in labels] == [theirs[cluster] for cluster in base["id"]]


def test_number_of_groups(published: Published):
    base = published.math["base-clusters"]
    division = groups_of(np.array([base["x"], base["y"]]).T, np.array(base["count"]))
    assert division.k == len(published.math["group-clusters"])
