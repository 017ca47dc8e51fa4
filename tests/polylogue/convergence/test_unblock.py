"""What would unblock: the smallest sets of moves, held against every choice there is."""

from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylogue.convergence.asking import together
from polylogue.convergence.scope import SESSION
from polylogue.convergence.unblock import (
    Objector,
    Option,
    Place,
    Provision,
    Question,
    Taking,
    Unblocking,
    unblock,
)
from tests.polylogue.convergence.asked import Answer, answers, asked, everyone, questions

EXAMPLE = asked("""
    p1: KAZ/3 UZB/1 | a: KGZ/2 ?TJK
    p2: KAZ/1
    p3:
""")


def found(answer: Unblocking) -> set[Answer]:
    return {(frozenset(each.seats), each.cost, each.unknown, len(each.moves)) for each in answer.sets}


# ── the sets ──


def test_the_example():
    first, second = unblock(EXAMPLE).sets
    assert [(m.seat, m.provision, m.alternative, m.cost) for m in first.moves] == [
        ("KAZ", "p2", None, 1),
        ("KGZ", "p1", "a", 2),
    ]
    assert first.takings == (Taking("p1", "a", ("TJK",)),)
    assert (first.cost, first.unknown) == (3, 1)
    assert [(m.seat, m.provision, m.alternative, m.cost) for m in second.moves] == [
        ("KAZ", "p1", None, 3),
        ("KAZ", "p2", None, 1),
        ("UZB", "p1", None, 1),
    ]
    assert (second.takings, second.cost, second.unknown) == ((), 5, 0)


def test_what_nobody_blocks_needs_no_move():
    for text in ("p1:\np2: | a: KAZ/3", "p1: | a:"):
        answer = unblock(asked(text))
        assert [(each.seats, each.moves, each.takings, each.cost) for each in answer.sets] == [((), (), (), 0)]
        assert answer.exact
        assert [each.alternative for each in answer.concerns] == ["a"] * text.count("KAZ")
    assert len(unblock(Question("item", ())).sets) == 1


def test_a_concern_may_be_met_by_an_alternative_to_which_nobody_objects():
    answer = unblock(asked("p1: UZB/1 KAZ/3 | a: ?KGZ ?TJK | b: ?TJK"))
    (only,) = answer.sets
    assert (only.moves, only.takings) == ((), (Taking("p1", "b", ("TJK",)),))
    assert [(each.provision, each.objector.seat) for each in answer.concerns] == [("p1", "KAZ"), ("p1", "UZB")]


def test_between_wordings_that_cost_the_same_the_present_text_stays():
    for text in ("p1: KAZ/1 | a: KAZ/1", "p1: | a:"):
        assert [each.takings for each in unblock(asked(text)).sets] == [()]


def test_importance_is_that_of_each_objection():
    (only,) = unblock(asked("p1: KAZ/3 | a: KAZ/1 ?KGZ ?UZB")).sets
    assert (only.cost, only.unknown) == (1, 2)


@given(questions())
def test_the_sets_are_those_of_trying_everything(asking: Question):
    answer = unblock(asking)
    assert found(answer) == answers(asking)
    assert answer.exact
    unblocking = everyone(asking)
    assert {frozenset(each.seats) for each in answer.sets} == {
        some for some in unblocking if not any(other < some for other in unblocking)
    }


@given(questions(most_seats=8, most_provisions=6, most_options=4))
def test_both_searches_find_the_same(asking: Question):
    followed = unblock(asking, exact_up_to=-1, limit=10**6)
    assert followed == unblock(asking)
    assert followed.exact


@given(questions(most_seats=7, most_provisions=5, most_options=4), st.integers(0, 25))
def test_what_is_cut_off_has_all_that_costs_less_than_its_bound(asking: Question, limit: int):
    whole, cut = unblock(asking), unblock(asking, exact_up_to=-1, limit=limit)
    assert cut.sets
    assert found(cut) <= found(whole)
    if cut.exact:
        assert (cut.bound, cut.sets) == (None, whole.sets)
    else:
        assert cut.bound is not None
        assert {s for s in found(whole) if s[1] < cut.bound} <= found(cut)


@given(questions(most_options=4))
def test_cheapest_sets_come_first_and_are_the_sum_of_their_moves(asking: Question):
    sets = unblock(asking).sets
    order = [(each.cost, each.unknown, len(each.moves), each.seats) for each in sets]
    assert all(one < other for one, other in pairwise(order))
    for each in sets:
        assert each.cost == sum((move.after - move.before) * move.importance for move in each.moves)
        assert each.seats == tuple(sorted({move.seat for move in each.moves}))


@given(questions(), st.randoms(use_true_random=False))
def test_names_and_order_do_not_matter(asking: Question, chance: Random):
    """Delegations get other names, provisions another order; alternatives keep theirs, which breaks ties."""
    names = [f"S{n}" for n in range(5)]
    other = dict(zip(names, chance.sample(names, 5), strict=True))
    renamed = [
        Provision(
            provision.id,
            tuple(
                Option(
                    option.alternative,
                    tuple(replace(o, seat=other[o.seat]) for o in option.objectors),
                    tuple(sorted(other[seat] for seat in option.not_stated)),
                )
                for option in provision.options
            ),
        )
        for provision in asking.provisions
    ]
    chance.shuffle(renamed)
    expected = {(frozenset(other[seat] for seat in who), *costs) for who, *costs in found(unblock(asking))}
    assert found(unblock(Question("item", tuple(renamed)))) == expected


def test_more_than_twelve_delegations_are_searched_and_a_large_search_is_cut_off():
    """Sixty delegations, thirty provisions with two of them on either wording: 2^30 smallest sets."""
    large = Question(
        "item",
        tuple(
            Provision(f"p{p}", (Option(None, (Objector(f"S{p:02}", 2),)), Option(f"a{p}", (Objector(f"T{p:02}", 1),))))
            for p in range(30)
        ),
    )
    cut = unblock(large, limit=500)
    assert (cut.exact, cut.sets[0].cost, cut.sets[0].seats) == (False, 30, tuple(f"T{p:02}" for p in range(30)))
    assert cut == unblock(large, limit=500)
    none = unblock(large, limit=3)
    assert [each.cost for each in none.sets] == [30]
    thirteen = unblock(asked("\n".join(f"p{n}: S{n:02}/1" for n in range(13))))
    assert (thirteen.exact, [each.cost for each in thirteen.sets]) == (True, [13])


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("p1:\np1:", "twice in the text"),
        ("p1: | a: | a:", "different alternatives"),
        ("p1: KAZ/1 KAZ/2", "objects twice"),
        ("p1: KAZ/4", "importance"),
        ("p1: KAZ/0", "importance"),
    ],
)
def test_what_cannot_be_asked_is_refused(text: str, what: str):
    with pytest.raises(ValueError, match=what):
        asked(text)


def test_a_provision_without_its_present_text_is_refused():
    with pytest.raises(ValueError, match="present text"):
        Question("item", (Provision("p1", ()),))


def test_who_unblocks_two_items_together_may_be_fewer_than_who_unblocks_each():
    one, other = asked("p1: KAZ/1 UZB/1 | a: KGZ/3"), asked("q1: KGZ/2")
    assert [[each.seats for each in unblock(item).sets] for item in (one, other)] == [
        [("KAZ", "UZB"), ("KGZ",)], [("KGZ",)],
    ]  # fmt: skip
    both = together(
        SESSION, (replace(one, spoken=frozenset({"KAZ", "KGZ"})), replace(other, spoken=frozenset({"KGZ"})))
    )
    (only,) = unblock(both).sets
    assert (only.seats, only.cost, unblock(both).spoken, both.item) == (("KGZ",), 5, 2, "session")
    assert [move.provision for move in only.moves] == ["p1", "q1"]


def test_the_document():
    told = Provision("p1", (Option(None, (Objector("KAZ", 2, carried=True, condition=Place(7, 1)),), ("UZB",)),))
    concern = {"importance": 2, "carried": True, "condition": {"seq": 7, "place": 1}}
    assert unblock(Question("item", (told,))).document() == {
        "item": "item",
        "spoken": 0,
        "exact": True,
        "bound": None,
        "concerns": [{"provision": "p1", "alternative": None, "seat": "KAZ", **concern}],
        "sets": [
            {
                "seats": ["KAZ"],
                "cost": 2,
                "unknown": 0,
                "moves": [
                    {
                        "seat": "KAZ",
                        "provision": "p1",
                        "alternative": None,
                        "before": 0,
                        "after": 1,
                        "cost": 2,
                        **concern,
                    }
                ],
                "takings": [],
            }
        ],
    }
    (first, _) = unblock(EXAMPLE).sets
    document = unblock(EXAMPLE).document()
    assert isinstance(document["sets"], list)
    taking = {"provision": "p1", "alternative": "a", "notStated": ["TJK"], "assumed": []}
    assert document["sets"][0]["takings"] == [taking]
    assert document["sets"][0]["moves"][0]["condition"] is first.moves[0].condition is None
