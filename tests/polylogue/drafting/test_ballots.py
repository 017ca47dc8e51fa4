"""How seats are expected to rank, and that a text without objection wins where nobody ranks."""

from hypothesis import given, settings

from polylogue.drafting.ballots import completed, expected
from polylogue.drafting.brief import Brief
from polylogue.drafting.candidates import propose
from tests.polylogue.drafting.briefs import KAZ, KGZ, SEATS, TJK, A, O, R, S, brief, briefs, clause, settle


def test_a_text_without_objection_is_expected_above_one_that_a_seat_likes_better():
    of = brief(
        clause("Member States shall trade.", "Member States may trade.", on=[{KAZ: S, KGZ: O}, {KAZ: R, KGZ: S}]),
        seats=(KAZ, KGZ),
    )
    found = propose(of)
    ballot = expected(of.seats, found)[KAZ]
    text = {int(c.id): c.clauses[0].text for c in found}
    assert [text[number] for group in ballot for number in group][:2] == [
        "Member States may trade.", "Member States shall trade.",
    ]  # fmt: skip


def test_importance_weighs_between_two_texts():
    """KGZ supports one clause and reserves on the other either way; the one that weighs more decides."""
    one = clause("Member States shall trade.", "Nothing is sold.", on=[{KGZ: S}, {KGZ: A}])
    two = clause("Water is shared by all.", "Rivers run dry.", on=[{KGZ: A}, {KGZ: S}], id="p2")
    heavy = brief(one, two, seats=(KGZ,))
    found = propose(heavy)
    (ballot,) = expected(heavy.seats, found).values()
    best = found[ballot[0][0] - 1]
    assert [choice.text for choice in best.clauses] == ["Member States shall trade.", "Rivers run dry."]


def test_every_candidate_stands_once_on_every_ballot_and_equal_ones_are_tied():
    of = brief(clause("Member States shall trade.", on=[{KAZ: S}]))
    found = propose(of)
    ballots = expected(of.seats, found)
    assert tuple(ballots) == SEATS
    for ballot in ballots.values():
        assert sorted(number for group in ballot for number in group) == list(range(1, len(found) + 1))
    present = next(c for c in found if c.present)
    nothing = next(c for c in found if c.status_quo)
    assert ballots[TJK] == ((int(present.id),), (int(nothing.id),))  # KAZ would object to no text
    silent = brief(clause("Member States shall trade."))
    assert [len(ballot) for ballot in expected(SEATS, propose(silent)).values()] == [1, 1, 1, 1]


def test_what_a_seat_has_not_ranked_comes_below_as_expected():
    assert completed(((3,), (1, 4)), ((5, 1), (2,), (3, 4, 6))) == ((3,), (1, 4), (5,), (2,), (6,))
    assert completed((), ((2,), (1,))) == ((2,), (1,))
    assert completed(((1,), (), (2,)), ((2,), (1,))) == ((1,), (2,))


@settings(max_examples=40)
@given(briefs())
def test_a_text_to_which_nobody_objects_wins_where_nobody_ranks(given_brief: Brief):
    found = propose(given_brief)
    first = next(c for c in found if c.id == settle(given_brief, found).winner)
    assert not first.objections or all(c.objections for c in found)
