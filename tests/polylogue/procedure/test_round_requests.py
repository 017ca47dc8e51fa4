"""Rule 5.7: a round is asked for with a number of candidates and a writer, until nothing is left to gain by another."""

from typing import Any

import pytest

from polylogue import commands as c
from polylogue import events as e
from polylogue.refusals import RefusalCode
from polylogue.vocabulary import DraftStop, StanceLevel, TieStep, WriterKind
from tests.polylogue.drafting.played import drawn
from tests.polylogue.procedure.rounds import answer, asks, ids, merged, predicted, present, proposing, text, two
from tests.scenes import EN, THREE, Scene, sco, stance, takes

KAZ, KGZ, UZB = THREE
OBJECT = StanceLevel.OBJECT


# ── 5.7 asked for ──


def test_a_request_says_how_many_candidates_and_who_writes():
    scene = sco()
    root = scene.root().hex()
    asked = asks(scene, candidates=4, writer=WriterKind.MODEL)
    assert (asked.candidates, asked.writer, asked.seed) == (4, WriterKind.MODEL, root)
    request = scene.state.requests[asked.request]
    assert (request.candidates, request.writer, request.seed) == (4, WriterKind.MODEL, root)


@pytest.mark.parametrize("candidates", [-1, 3, 17])
def test_no_fewer_than_four_and_no_more_than_sixteen(candidates: int):
    refusal = sco().refuse(c.RequestDraft(item=sco().item, candidates=candidates))
    assert (refusal.code, refusal.path) == (RefusalCode.NUMBER_OUT_OF_RANGE, ("candidates",))


# ── rounds end ──


def quiet(scene: Scene) -> e.CandidatesProposed:
    """A round whose winner leaves no objection."""
    asks(scene)
    first, _ = scene.clauses
    scene.give(proposing(scene, (present(first, revision=1),), (text(0),)), "worker")
    return scene.newest(e.CandidatesProposed)


def test_rounds_end_when_no_objection_is_left_until_something_changes():
    scene = sco()
    assert quiet(scene).stop is DraftStop.NO_OBJECTION
    refusal = scene.refuse(c.RequestDraft(item=scene.item))
    assert (refusal.code, refusal.params) == (
        RefusalCode.ROUNDS_OVER,
        {"number": 1, "round": 1, "reason": "NO_OBJECTION"},
    )


@pytest.mark.parametrize("what", ["a stance", "an amendment", "an answer", "a ranking", "a writer", "no candidates"])
def test_what_a_round_rests_on_opens_them_again(what: str):
    scene = sco()
    candidate = ids(quiet(scene))[0]
    first, _ = scene.clauses
    acts: dict[str, tuple[c.Command, str]] = {
        "a stance": (takes(scene.item, first), "KAZ"),
        "an amendment": (c.ProposeAmendment(provision=first, revision=1, text="Anew.", language=EN), "KAZ"),
        "an answer": (c.AnswerCandidate(candidate=candidate, answers=(answer(first),)), "KAZ"),
        "a ranking": (c.RankCandidates(item=scene.item, ranking=((candidate,),)), "KAZ"),
    }
    if what in acts:
        scene.give(*acts[what])
    more: dict[str, Any] = {"a writer": {"writer": WriterKind.MODEL}, "no candidates": {"candidates": 0}}.get(what, {})
    asks(scene, **more)


def test_rounds_end_when_two_rounds_have_not_changed_the_winner():
    scene = sco()
    assert [two(scene).stop for _ in range(2)] == [None, None]
    third = two(scene)
    assert (third.number, third.stop) == (3, DraftStop.WINNER_UNCHANGED)
    assert scene.refuse(c.RequestDraft(item=scene.item)).code is RefusalCode.ROUNDS_OVER


@pytest.mark.parametrize("more", range(3))
def test_lots_change_nothing(more: int):
    """Of two wordings that nothing tells apart each comes first now and then; three rounds are enough to see that."""
    scene = sco()
    clause, other = scene.clauses
    for _ in range(more):  # other entries before, and so other lots
        scene.give(takes(scene.item, other), "UZB")
    opened = c.ProposeAlternative(provision=clause, text="Parties meet in May.", language=EN)
    later = c.ProposeAlternative(provision=clause, text="Parties meet in July.", language=EN)
    (may,), (july,) = scene.give(opened, "KAZ"), scene.give(later, "KGZ")
    for seat, minded in ((KAZ, (None, july.alternative)), (KGZ, (None, may.alternative)), (UZB, (None,))):
        stances = tuple(stance(clause, OBJECT, alternative=id) for id in minded)
        scene.give(c.StateStances(item=scene.item, stances=stances), seat)
    rounds = [drawn(scene) for _ in range(3)]
    assert {tie.steps[0] for held in rounds for tie in held.choice.ties[:1]} == {TieStep.LOT}
    assert [held.stop for held in rounds] == [None, None, DraftStop.WINNER_UNCHANGED]


@pytest.mark.parametrize("words", ["Item 1, clause 1.", "Item 1."])
def test_new_words_are_the_same_text_when_they_are_the_same_words(words: str):
    scene = sco()

    def held(said: str) -> e.CandidatesProposed:
        asks(scene)
        wording = merged(scene, scene.clauses[0], said, predicted(KAZ, OBJECT))
        scene.give(proposing(scene, (wording,), (text(0),), ((KAZ, ()),)), "worker")
        return scene.newest(e.CandidatesProposed)

    held("Item 1, clause 1.")
    held("Item 1, clause 1.")
    assert (held(words).stop is DraftStop.WINNER_UNCHANGED) == (words == "Item 1, clause 1.")
