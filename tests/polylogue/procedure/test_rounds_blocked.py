"""Rounds after a call that objections have blocked: what is objected to is drafted again, and the text comes back."""

import pytest

from polylogue import commands as c
from polylogue import events as e
from polylogue.refusals import Refusal
from polylogue.vocabulary import ItemPhase, ProvisionState, StanceLevel, TextState
from tests.polylogue.drafting.played import asked, drawn, having, texts
from tests.scenes import EN, THREE, Scene, sco, takes

KAZ, KGZ, UZB = THREE
WANTED = "Item 1, clause 1, in May."


def objected(scene: Scene, by: str = "KAZ", words: str = WANTED) -> None:
    """An objection to the first clause is raised in the call, which it blocks."""
    raised = c.RaiseObjection(
        item=scene.item, provision=scene.clauses[0], reason="Too soon.", would_be_removed_by=words, language=EN
    )
    scene.give(raised, by)
    scene.close()
    assert scene.text is TextState.BLOCKED


def test_a_clause_whose_objection_has_blocked_the_call_is_drafted_again_and_no_other():
    scene = sco(stage="called")
    objected(scene)
    first, second = asked(scene).clauses
    assert [(s.seat, s.level, s.reason, s.condition) for s in first.stated] == [
        (KAZ, StanceLevel.OBJECT, "Too soon.", WANTED)
    ]
    assert (first.state, second.state) == (ProvisionState.PROPOSED, ProvisionState.AGREED)
    proposed = drawn(scene)
    assert (scene.text, scene.state.items[scene.item].phase) == (TextState.CIRCULATED, ItemPhase.NEGOTIATION)
    assert (WANTED, "Item 1, clause 2.") in texts(scene)
    scene.give(c.TakeCandidate(candidate=having(scene, scene.clauses[0], WANTED)))
    assert scene.words(scene.clauses[0]) == WANTED
    assert proposed.stop is None


@pytest.mark.parametrize("present", [True, False])
def test_an_objection_that_was_carried_over_counts_for_the_new_words_once_it_has_blocked_them(*, present: bool):
    """Whether its holder maintained it or was absent, the call was blocked by it."""
    scene = sco(stage="circulated")
    first = scene.clauses[0]
    scene.give(takes(scene.item, first, StanceLevel.OBJECT), "KAZ")
    (amended,) = scene.give(c.ProposeAmendment(provision=first, revision=1, text="Anew.", language=EN), "KGZ")
    scene.give(c.AcceptAmendment(amendment=amended.amendment))
    scene.clean()
    if not present:
        scene.give(c.RecordRollCall(present=(KGZ, UZB)))
    scene.call()
    if present:
        scene.give(c.MaintainObjection(item=scene.item, provision=first), "KAZ")
    scene.close()
    assert scene.text is TextState.BLOCKED
    assert not scene.state.carried((first, None), scene.state.stances[KAZ][first, None])
    clause = asked(scene).clauses[0]
    assert clause.state is ProvisionState.PROPOSED
    assert [(s.seat, s.level, s.carried, s.condition) for s in clause.stated] == [
        (KAZ, StanceLevel.OBJECT, False, "A fund.")
    ]


def test_a_blocked_call_opens_rounds_again_and_a_candidate_takes_the_text_back_to_the_table():
    scene = sco(stage="circulated")
    first = scene.clauses[0]
    scene.give(takes(scene.item, first, StanceLevel.OBJECT), "KAZ")
    (amended,) = scene.give(c.ProposeAmendment(provision=first, revision=1, text="Anew.", language=EN), "KGZ")
    scene.give(c.AcceptAmendment(amendment=amended.amendment))
    scene.give(takes(scene.item, first), "KGZ")
    drawn(scene)
    while not scene.state.rounds[scene.item][-1].proposed.stop:
        drawn(scene)
    candidate = next(x.id for x in scene.newest(e.CandidatesProposed).candidates if not x.present and not x.status_quo)
    scene.clean()
    scene.call()
    scene.give(c.MaintainObjection(item=scene.item, provision=first), "KAZ")
    scene.close()
    assert not isinstance(scene.ask(c.RequestDraft(item=scene.item)), Refusal)
    (taken,) = scene.give(c.TakeCandidate(candidate=candidate))
    assert taken.reopens
    assert (scene.text, scene.state.items[scene.item].phase) == (TextState.CIRCULATED, ItemPhase.NEGOTIATION)


def test_an_agreed_clause_that_somebody_objects_to_is_drafted_again_when_the_text_comes_back():
    """An objection does not keep a text from being cleaned; it is answered in the call, or in a round."""
    scene = sco(stage="circulated")
    scene.give(takes(scene.item, scene.clauses[0], StanceLevel.OBJECT), "KAZ")
    scene.clean()
    scene.give(c.ReopenText(item=scene.item), "UZB")
    assert [clause.state for clause in asked(scene).clauses] == [ProvisionState.PROPOSED, ProvisionState.AGREED]


def test_no_text_at_all_does_not_end_rounds():
    """Nobody objects to it where only one has spoken; it is no text that could be agreed."""
    scene = sco(stage="called")
    objected(scene, words="Nothing of this.")
    proposed = drawn(scene)
    winner = proposed.candidates[proposed.choice.order[0] - 1]
    assert (winner.status_quo, winner.objections + winner.expected_objections, proposed.stop) == (True, 0, None)
    scene.give(c.RequestDraft(item=scene.item))
