"""Amendments that meet: told by the words they change, and what a change comes to in words that others have changed."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylogue.drafting.collisions import Collision, CollisionKind, Edit, Proposal, collisions, edits, rebased
from polylogue.vocabulary import AmendmentId, AmendmentKind, ProvisionId

REPLACE, INSERT_AFTER, DELETE, MOVE = AmendmentKind
Kind = CollisionKind
BASE = "Member States shall meet once a year in the host city."
A, B, C = (ProvisionId(name) for name in "ABC")

texts = st.lists(st.sampled_from(["shall ", "not ", "meet ", "each ", "year ", "or ", "so, "]), max_size=9).map("".join)


def proposal(id: str, kind: AmendmentKind = REPLACE, **members: Any) -> Proposal:
    """An amendment, of whose text only what it changes is said: `swap` is (words of the base, other words)."""
    given: dict[str, Any] = {"provision": A, "revision": 1, "language": "en"}
    if kind is REPLACE:
        given |= {"base": BASE, "text": BASE.replace(*members.pop("swap", ("once", "twice")))}
    return Proposal(AmendmentId(id), kind, **(given | members))


def meet(one: Proposal, *others: Proposal) -> list[tuple[str, str]]:
    return [(found.other, found.kind.value) for found in collisions(one, (one, *others))]


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (("once", "twice"), ("once", "seldom"), Kind.SAME_WORDS),
        (("once a year", "often"), ("a year", "a month"), Kind.SAME_WORDS),
        (("shall meet", "will meet"), ("host city", "capital"), None),
        (("shall ", ""), ("meet ", "gather "), None),  # side by side
        (("year ", "year, if need be, "), ("year ", "year and "), Kind.SAME_WORDS),  # both put in at one place
        (("once", "twice"), ("once", "twice"), Kind.SAME_CHANGE),
        (("once a year in", "twice a year in"), ("once", "twice"), Kind.SAME_CHANGE),
        ((BASE, "Notes the report."), ("city", "town"), Kind.SAME_WORDS),
    ],
)
def test_rewordings_meet_where_they_touch_the_same_words(
    one: tuple[str, str], other: tuple[str, str], kind: CollisionKind | None
):
    a, b = proposal("a", swap=one), proposal("b", swap=other)
    assert meet(a, b) == ([("b", kind.value)] if kind else [])
    assert meet(b, a) == ([("a", kind.value)] if kind else [])


def test_chinese_is_compared_by_character():
    base = "成员国应当每年举行会议。"
    one, two, three = (
        proposal(id, language="zh-Hans", base=base, text=base.replace(*swap))
        for id, swap in (("a", ("应当", "可以")), ("b", ("会议", "磋商")), ("c", ("当每", "当隔")))
    )
    assert meet(one, two) == []
    assert meet(three, two) == []
    assert meet(proposal("d", language="zh-Hans", base=base, text=base.replace("应当每年", "须")), one, three) == [
        ("a", "SAME_WORDS"), ("c", "SAME_WORDS")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (proposal("a"), proposal("b", DELETE), Kind.REPLACED_AND_DELETED),
        (proposal("a", DELETE), proposal("b", DELETE), Kind.SAME_CHANGE),
        (proposal("a", MOVE, after=B), proposal("b", DELETE), Kind.MOVED_AND_DELETED),
        (proposal("a", MOVE, after=B), proposal("b", MOVE, after=C), Kind.MOVED_TWICE),
        (proposal("a", MOVE, after=B), proposal("b", MOVE, after=B), Kind.SAME_CHANGE),
        (proposal("a", MOVE, after=B), proposal("b", MOVE, provision=B, after=A), Kind.MOVED_IN_A_CIRCLE),
        (proposal("a", INSERT_AFTER, after=B), proposal("b", INSERT_AFTER, provision=C, after=B), Kind.SAME_PLACE),
        (proposal("a", INSERT_AFTER), proposal("b", MOVE, provision=C), Kind.SAME_PLACE),
        (proposal("a", MOVE, after=B), proposal("b"), None),
        (proposal("a"), proposal("b", provision=B), None),
        (proposal("a"), proposal("b", revision=2), None),
        (proposal("a"), proposal("b", DELETE, revision=2), None),
        (proposal("a"), proposal("b", amends=AmendmentId("a")), None),
        (proposal("a"), proposal("b", language="ru"), Kind.LANGUAGES),
        (proposal("a"), proposal("b", text=None), None),
        (proposal("a", base=None), proposal("b", base=None, swap=("city", "town")), Kind.SAME_WORDS),
    ],
)
def test_kinds_that_meet(one: Proposal, other: Proposal, kind: CollisionKind | None):
    assert meet(one, other) == ([("b", kind.value)] if kind else [])
    assert meet(other, one) == ([("a", kind.value)] if kind else [])


def test_amendments_to_one_amendment_meet_among_themselves():
    parent = AmendmentId("p")
    one, two = (proposal(id, amends=parent, swap=("once", id)) for id in ("a", "b"))
    assert collisions(one, (one, two)) == (Collision(two.id, Kind.SAME_WORDS),)


def test_a_circle_of_three_is_told_by_the_move_that_closes_it():
    one, two, three = (
        proposal(id, MOVE, provision=provision, after=after)
        for id, provision, after in (("a", A, B), ("b", B, C), ("c", C, A))
    )
    assert [meet(move, one, two, three) for move in (one, two, three)] == [
        [("c", "MOVED_IN_A_CIRCLE")],
        [("a", "MOVED_IN_A_CIRCLE")],
        [("b", "MOVED_IN_A_CIRCLE")],
    ]
    lasso = proposal("d", MOVE, provision=ProvisionId("D"), after=A)
    assert meet(lasso, one, two, three) == [("c", "SAME_PLACE")]


# ── edits and rebasing ──


def test_edits_say_where_and_what():
    after = BASE.replace("once a year", "twice a year, and")
    assert edits(BASE, after, "en") == (Edit(25, 29, "twice"), Edit(36, 36, ", and"))
    assert edits("", "Meet.", "en") == (Edit(0, 0, "Meet."),)
    assert edits("Meet.", "", "en") == (Edit(0, 5, ""),)
    assert edits(BASE, BASE, "en") == ()


@given(texts, texts)
def test_edits_made_give_the_other_text(before: str, after: str):
    found, place = [], 0
    for edit in edits(before, after, "en"):
        assert place <= edit.start <= edit.end
        found += (before[place : edit.start], edit.text)
        place = edit.end
    assert "".join((*found, before[place:])) == after


@given(texts, texts)
def test_changes_made_in_what_they_were_made_to_are_the_text(base: str, wanted: str):
    assert rebased(base, base, wanted, "en") == wanted
    assert rebased(base, wanted, base, "en") == wanted
    assert rebased(base, wanted, wanted, "en") == wanted


@given(texts, texts, texts)
def test_it_is_the_same_whichever_came_first(base: str, one: str, other: str):
    assert rebased(base, one, other, "en") == rebased(base, other, one, "en")


def test_both_changes_are_made():
    now = BASE.replace("once", "twice").replace("in the", "only in the")
    wanted = BASE.replace("host city", "capital").replace("once", "twice").replace("Member States", "States")
    assert rebased(BASE, now, wanted, "en") == "States shall meet twice a year only in the capital."
    assert rebased(BASE, now, BASE.replace("once", "often"), "en") is None
