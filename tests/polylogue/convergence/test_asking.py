"""What would unblock an item, asked of a session as its record leaves it, and played through the rules."""

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polylogue import commands as c
from polylogue.convergence.asking import question as put
from polylogue.convergence.unblock import Move, Objector, Option, Place, Provision, Question, Taking, unblock
from polylogue.refusals import Refusal, RefusalCode
from polylogue.vocabulary import AlternativeId, DecisionType, ProvisionId, ProvisionState, SeatCode, Seq, StanceLevel
from tests.polylogue.procedure.rounds import answer as said_of
from tests.polylogue.procedure.rounds import answers as answers_with
from tests.polylogue.procedure.rounds import worded
from tests.scenes import EN, THREE, Scene, objects, sco, stance, takes

KAZ, KGZ, UZB = THREE
OBJECT, RESERVE, SUPPORT = StanceLevel.OBJECT, StanceLevel.RESERVE, StanceLevel.SUPPORT


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
