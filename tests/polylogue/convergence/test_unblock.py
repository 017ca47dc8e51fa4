"""What would unblock: the smallest sets of moves, held against every choice there is and played through the rules."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polylogue import commands as c
from polylogue.convergence.asking import question as put
from polylogue.convergence.unblock import (
    Move,
    Objector,
    Option,
    Place,
    Provision,
    Question,
    Taking,
    Unblocking,
    unblock,
)
from polylogue.refusals import Refusal, RefusalCode
from polylogue.vocabulary import AlternativeId, DecisionType, ProvisionId, ProvisionState, SeatCode, Seq, StanceLevel
from tests.polylogue.convergence.asked import Answer, answers, asked, everyone, questions
from tests.polylogue.procedure.rounds import answers as answers_with
from tests.polylogue.procedure.test_answers import said as said_of
from tests.polylogue.procedure.test_answers import worded
from tests.scenes import EN, THREE, Scene, objects, sco, stance, takes

KAZ, KGZ, UZB = THREE
OBJECT, RESERVE, SUPPORT = StanceLevel.OBJECT, StanceLevel.RESERVE, StanceLevel.SUPPORT

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


# ── from a session ──


def question(scene: Scene) -> Question:
    return put(scene.state, scene.item, lambda seq, pointer: scene.prose.get((seq, pointer)))


def alternative(scene: Scene, clause: ProvisionId, by: SeatCode, words: str = "Should.") -> AlternativeId:
    (proposed,) = scene.give(c.ProposeAlternative(provision=clause, text=words, language=EN), by)
    return proposed.alternative


def reword(scene: Scene, clause: ProvisionId, words: str = "May.") -> None:
    revision = scene.state.provisions[clause].revision
    proposal = c.ProposeAmendment(provision=clause, revision=revision, text=words, language=EN)
    (proposed,) = scene.give(proposal, UZB)
    scene.give(c.AcceptAmendment(amendment=proposed.amendment))


def test_who_objects_with_which_condition_and_who_has_not_stated():
    scene = sco(stage="circulated")
    first, second = scene.clauses
    other = alternative(scene, first, KGZ)
    scene.give(takes(scene.item, first, OBJECT, importance=3), KAZ)
    scene.give(
        c.StateStances(
            item=scene.item,
            stances=(stance(second), stance(first, OBJECT, alternative=other, importance=1)),
            language=EN,
        ),
        UZB,
    )
    said = scene.state.stances
    on_first, on_other = said[KAZ][first, None].seq, said[UZB][first, other].seq
    objection = Objector(KAZ, 3, condition=Place(on_first, 0))
    assert question(scene).provisions == (
        Provision(
            first,
            (
                Option(None, (objection,), (KGZ, UZB)),
                Option(
                    other,
                    (replace(objection, carried=True), Objector(UZB, 1, condition=Place(on_other, 1))),
                    assumed=(KGZ,),
                ),
            ),
        ),
        Provision(second, (Option(None, (), (KAZ, KGZ)),)),
    )


def test_whose_wording_it_is_is_taken_to_support_it_until_it_says_otherwise():
    """KGZ objects and puts other words forward, which UZB cannot live with: either of the two may move."""
    scene = sco(stage="circulated")
    clause = scene.clauses[0]
    scene.give(takes(scene.item, clause, OBJECT, importance=3), KGZ)
    other = alternative(scene, clause, KGZ)
    scene.give(takes(scene.item, clause, OBJECT, alternative=other, importance=1), UZB)
    scene.give(takes(scene.item, clause, SUPPORT, alternative=other), KAZ)
    answer = unblock(question(scene))
    assert [(each.seats, each.takings, each.unknown) for each in answer.sets] == [
        ((UZB,), (Taking(clause, other, (), (KGZ,)),), 0),
        ((KGZ,), (), 0),
    ]
    concerns = [(each.alternative, each.objector.seat, each.objector.carried) for each in answer.concerns]
    assert concerns == [(None, KGZ, False), (other, UZB, False)]
    scene.give(takes(scene.item, clause, OBJECT, alternative=other), KGZ)
    (only,) = unblock(question(scene)).sets
    assert (only.seats, only.takings) == ((KGZ,), ())


TWINS = (("Should.", "should ."), ("Should.", "Should."), ("Should.", "SHOULD."))


@pytest.mark.parametrize(("words", "twin"), TWINS)
def test_words_that_are_objected_to_are_not_offered_as_a_twin(words: str, twin: str):
    """The bracket does not close on a twin either; of the twin itself the delegation may say otherwise."""
    scene = sco(stage="circulated")
    clause = scene.clauses[0]
    first, second = (alternative(scene, clause, by, text) for by, text in ((KAZ, words), (UZB, twin)))
    scene.give(takes(scene.item, clause, OBJECT), KAZ)
    scene.give(takes(scene.item, clause, OBJECT, alternative=first, importance=1), KGZ)
    answer = unblock(question(scene))
    assert [(each.seats, [taking.alternative for taking in each.takings]) for each in answer.sets] == [
        ((KGZ,), [first]),
        ((KAZ,), []),
    ]
    assert [(each.alternative, each.objector.seat) for each in answer.concerns] == [(None, KAZ), (first, KGZ)]
    assert [o.elsewhere for o in question(scene).provisions[0].options[2].objectors if o.seat == KGZ] == [True]
    assert scene.refuse(c.CloseBracket(provision=clause, alternative=second)).code is RefusalCode.BRACKET_OBJECTED
    scene.give(takes(scene.item, clause, SUPPORT, alternative=second), KGZ)
    scene.give(takes(scene.item, clause, SUPPORT, alternative=second), KAZ)
    (only,) = unblock(question(scene)).sets
    assert (only.seats, [taking.alternative for taking in only.takings]) == ((), [second])
    scene.give(c.CloseBracket(provision=clause, alternative=second))


def test_what_was_said_of_a_twin_is_known_and_counts_as_no_objection():
    scene = sco(stage="circulated")
    clause = scene.clauses[0]
    first, _ = (alternative(scene, clause, KAZ, text) for text in ("Should.", "should ."))
    scene.give(takes(scene.item, clause, SUPPORT, alternative=first), KGZ)
    assert [option.not_stated for option in question(scene).provisions[0].options] == [THREE, (UZB,), (UZB,)]
    scene.erase(scene.state.alternatives[first].seq, "/versions/0/text")
    assert [option.not_stated for option in question(scene).provisions[0].options] == [THREE, (UZB,), (KGZ, UZB)]


def test_words_that_are_objected_to_in_a_round_are_not_offered_when_they_come_on_the_table():
    scene = sco()
    clause = scene.clauses[0]
    candidate = worded(scene, "Item 1 clause 1, soon.")
    scene.give(answers_with(candidate, said_of(clause, OBJECT)), UZB)
    scene.give(answers_with(candidate, said_of(clause, SUPPORT)), KAZ)
    other = alternative(scene, clause, KGZ, "item 1  clause 1, Soon.")
    scene.give(takes(scene.item, clause, OBJECT), KAZ)
    _, option = question(scene).provisions[0].options
    assert [(o.seat, o.carried, o.elsewhere) for o in option.objectors] == [(KAZ, True, False), (UZB, False, False)]
    assert (option.not_stated, option.assumed) == ((), (KGZ,))
    concerns = [(each.alternative, each.objector.seat) for each in unblock(question(scene)).concerns]
    assert concerns == [(None, KAZ), (other, UZB)]
    assert scene.refuse(c.CloseBracket(provision=clause, alternative=other)).code is RefusalCode.BRACKET_OBJECTED


def test_where_nobody_has_spoken_the_answer_says_so():
    scene = sco(stage="circulated")
    assert unblock(question(scene)).spoken == 0
    scene.give(takes(scene.item, scene.clauses[0], SUPPORT), KAZ)
    reword(scene, scene.clauses[0])
    assert unblock(question(scene)).spoken == 1


def test_an_objection_to_older_wording_is_carried_and_a_support_of_it_is_not_stated():
    scene = sco()
    clause = scene.clauses[0]
    scene.give(takes(scene.item, clause, OBJECT), KAZ)
    scene.give(takes(scene.item, clause, SUPPORT), KGZ)
    reword(scene, clause)
    (present,) = question(scene).provisions[0].options
    assert [(o.seat, o.carried) for o in present.objectors] == [(KAZ, True)]
    assert present.not_stated == (KGZ, UZB)


def test_an_objection_carried_over_to_an_alternative_blocks_nothing():
    """[in May][in June] of [each][every] year: the second bracket closes, and the alternative is another one."""
    scene = sco()
    clause = scene.clauses[0]
    reword(scene, clause, "The Council meets in May of each year at its seat.")
    words = "The Council meets in June of every year at its seat."
    (proposed,) = scene.give(c.ProposeAlternative(provision=clause, text=words, language=EN), KGZ)
    scene.give(takes(scene.item, clause, OBJECT, alternative=proposed.alternative), KAZ)
    scene.give(c.CloseBracket(provision=clause, bracket=2))
    present, made = question(scene).provisions[0].options
    assert made.alternative not in (None, proposed.alternative)
    assert (present.objectors, made.objectors) == ((), ())
    assert (made.not_stated, made.assumed) == ((KAZ, UZB), (KGZ,))
    scene.give(c.CloseBracket(provision=clause, alternative=AlternativeId(made.alternative or "")))
    scene.circulate()
    scene.clean()
    assert scene.call().standing == ()


def test_a_member_that_the_decision_concerns_does_not_block_it():
    scene = sco(stage="clean")
    clause = scene.clauses[0]
    scene.give(takes(scene.item, clause, OBJECT), UZB)
    scene.give(takes(scene.item, clause, OBJECT), KAZ)

    def blocked() -> list[str]:
        return [each.objector.seat for each in unblock(question(scene)).concerns]

    assert blocked() == [KAZ, UZB]
    scene.call(decision_type=DecisionType.EXPULSION, concerned=UZB)
    assert blocked() == [KAZ]
    scene.give(c.MaintainObjection(item=scene.item, provision=clause), KAZ)
    scene.wait(minutes=60)
    scene.close()
    assert blocked() == [KAZ]
    scene.give(c.ReopenText(item=scene.item), KGZ)
    assert blocked() == [KAZ, UZB]


def test_an_objection_raised_in_a_call_blocks_and_tells_its_condition():
    scene = sco(stage="called")
    clause = scene.clauses[1]
    scene.give(objects(scene.item, clause), KGZ)
    (only,) = unblock(question(scene)).sets
    (move,) = only.moves
    assert (move.seat, move.provision, move.importance) == (KGZ, clause, 2)
    assert move.condition is not None
    assert scene.prose[Seq(move.condition.seq), f"/stances/{move.condition.place}/wouldBeRemovedBy"] == "A fund."


said = st.lists(
    st.tuples(
        st.sampled_from(THREE),
        st.integers(0, 1),
        st.none() | st.integers(0, 1),
        st.sampled_from((OBJECT, OBJECT, SUPPORT)),
    ),
    max_size=8,
)
"""Who states on which clause, on which of its alternatives or the present text, what."""


WORDS = ("Should.", "should .", "Must.", "may .")
"""Of alternatives; the last has the words to which the first clause is amended."""


@st.composite
def courses(draw: st.DrawFn) -> Callable[[], Scene]:
    """Stances, then brackets and a new wording, then stances again; each call plays the same course anew."""
    early, late, reworded = draw(said), draw(said), draw(st.booleans())
    brackets = draw(
        st.lists(st.tuples(st.sampled_from((0, 0, 1)), st.sampled_from(WORDS), st.sampled_from(THREE)), max_size=3)
    )

    def state(scene: Scene, seat: SeatCode, place: int, on: int | None, level: StanceLevel) -> None:
        clause = scene.clauses[place]
        there = scene.state.provisions[clause].alternatives
        if on is None or on < len(there):
            scene.give(takes(scene.item, clause, level, alternative=None if on is None else there[on]), seat)

    def course() -> Scene:
        scene = sco(stage="circulated")
        for one in early:
            state(scene, *one)
        for place, words, by in brackets:
            alternative(scene, scene.clauses[place], by, words)
        if reworded:
            reword(scene, scene.clauses[0])
        for one in late:
            state(scene, *one)
        return scene

    return course


def carry_out(scene: Scene, moves: Iterable[Move], takings: Iterable[Taking]) -> bool:
    """Make the moves, close the brackets and call: nobody's objection stands. False also where a bracket stays open.

    Who is assumed to support what it put forward says so.
    """
    for move in moves:
        on = AlternativeId(move.alternative) if move.alternative else None
        scene.give(takes(scene.item, ProvisionId(move.provision), RESERVE, alternative=on), SeatCode(move.seat))
    taken = {taking.provision: AlternativeId(taking.alternative) for taking in takings}
    for taking in takings:
        on = AlternativeId(taking.alternative)
        for seat in taking.assumed:
            scene.give(takes(scene.item, ProvisionId(taking.provision), SUPPORT, alternative=on), SeatCode(seat))
    for clause in scene.clauses:
        if scene.state.provisions[clause].state is ProvisionState.BRACKETED:
            closed = scene.attempt(c.CloseBracket(provision=clause, alternative=taken.get(clause)))
            if isinstance(closed, Refusal):
                return False
    scene.clean()
    return not scene.call().standing


@settings(max_examples=40)
@given(courses())
def test_played_through_the_rules_each_set_unblocks_and_without_any_of_its_moves_does_not(course: Callable[[], Scene]):
    for found_set in unblock(question(course())).sets:
        assert carry_out(course(), found_set.moves, found_set.takings)
        for without in found_set.moves:
            rest = [move for move in found_set.moves if move is not without]
            assert not carry_out(course(), rest, found_set.takings)
