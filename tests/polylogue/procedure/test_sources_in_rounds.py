"""Rule 5.8 in rounds: readings that are mixed, words that a writer makes, and who speaks for a candidate."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from polylogue import commands as c
from polylogue import events as e
from polylogue.refusals import RefusalCode
from polylogue.vocabulary import CandidateId, ClauseForm, SourceKind
from tests.polylogue.procedure.rounds import answer, answers, asks, ids, merged, omitted, present, proposing, text
from tests.polylogue.procedure.sources import ACCEPT, KAZ, OBJECT, RESERVE, UZB, WORDS, beside, cleaned, closed
from tests.scenes import EN, Scene, sco, takes

ONE, OTHER, MIXED = "Item 2, clause 1.", "Item 1, clause 3.", "Item 2,  clause 3."
NEW = "Item 1, clause 1. Item 2, clause 1."


def writes(scene: Scene, words: str, form: ClauseForm) -> CandidateId:
    """A candidate that words the first clause anew, of its wordings; beside it no text at all."""
    asks(scene)
    first, second = scene.clauses
    anew = merged(scene, first, words)
    lies = (scene.state.alternatives[id].wording[0] for id in scene.state.provisions[first].alternatives)
    more = (c.CandidateSource(kind=SourceKind.WORDING, seq=each.seq, pointer=each.pointer) for each in lies)
    wordings = (
        replace(anew, form=form, sources=(*anew.sources, *more)),
        present(second),
        omitted(first),
        omitted(second),
    )
    scene.give(proposing(scene, wordings, (text(0, 1), text(2, 3, status_quo=True)), ((KAZ, ((2,), (1,))),)), "worker")
    return ids(scene.newest(e.CandidatesProposed))[0]


def bracketed(scene: Scene) -> None:
    for words, seat in ((ONE, KAZ), (OTHER, UZB)):
        scene.give(c.ProposeAlternative(provision=scene.clauses[0], text=words, language=EN), seat)


@pytest.mark.parametrize("form", [ClauseForm.MERGED, ClauseForm.WRITTEN])
def test_readings_of_what_delegations_have_given_may_be_mixed(form: ClauseForm):
    scene = sco()
    bracketed(scene)
    scene.give(c.TakeCandidate(candidate=writes(scene, MIXED, form)))
    assert (scene.words(scene.clauses[0]), cleaned(scene)) == (MIXED, None)


def nothing(scene: Scene, candidate: CandidateId, none: CandidateId) -> None:
    """Nobody says anything."""


def ranked_below_no_text(scene: Scene, candidate: CandidateId, none: CandidateId) -> None:
    scene.give(c.RankCandidates(item=scene.item, ranking=((none,), (candidate,))), KAZ)


def ranked_with_no_text(scene: Scene, candidate: CandidateId, none: CandidateId) -> None:
    scene.give(c.RankCandidates(item=scene.item, ranking=((none, candidate),)), KAZ)


def ranked_and_not_accepted(scene: Scene, candidate: CandidateId, none: CandidateId) -> None:
    ranked(scene, candidate, none)
    scene.give(answers(candidate, answer(scene.clauses[0], RESERVE)), KAZ)


def ranked(scene: Scene, candidate: CandidateId, none: CandidateId) -> None:
    scene.give(c.RankCandidates(item=scene.item, ranking=((candidate,), (none,))), KAZ)


def ranked_alone(scene: Scene, candidate: CandidateId, none: CandidateId) -> None:
    scene.give(c.RankCandidates(item=scene.item, ranking=((candidate,),)), KAZ)


def accepted(scene: Scene, candidate: CandidateId, none: CandidateId) -> None:
    scene.give(answers(candidate, answer(scene.clauses[0], ACCEPT)), KAZ)


@pytest.mark.parametrize("says", [nothing, ranked_below_no_text, ranked_with_no_text, ranked_and_not_accepted])
def test_a_writers_words_do_not_come_into_a_clean_text_while_no_member_has_spoken_for_them(says: Callable[..., None]):
    scene = sco()
    bracketed(scene)
    candidate = writes(scene, NEW, ClauseForm.WRITTEN)
    says(scene, *ids(scene.newest(e.CandidatesProposed)))
    (taken,) = scene.give(c.TakeCandidate(candidate=candidate))
    assert not taken.clauses[0].supported
    assert cleaned(scene) is RefusalCode.TEXT_UNSUPPORTED
    scene.give(takes(scene.item, scene.clauses[0], ACCEPT), UZB)
    assert cleaned(scene) is None


@pytest.mark.parametrize("says", [ranked, ranked_alone, accepted])
def test_a_member_speaks_for_a_candidate_by_ranking_it_above_no_text_or_by_its_answer(says: Callable[..., None]):
    scene = sco()
    bracketed(scene)
    candidate = writes(scene, NEW, ClauseForm.WRITTEN)
    says(scene, *ids(scene.newest(e.CandidatesProposed)))
    scene.give(c.TakeCandidate(candidate=candidate))
    assert cleaned(scene) is None


def test_what_was_answered_in_a_round_is_said_of_the_same_words_in_a_draft():
    scene = sco()
    scene.give(answers(writes(scene, WORDS, ClauseForm.WRITTEN), answer(scene.clauses[0], ACCEPT)), KAZ)
    closed(scene, beside(scene))
    assert cleaned(scene) is None


def test_a_source_in_a_round_is_words_put_forward_for_the_clause():
    """Else a reason, what a language model has said, or interests would support what a candidate says."""
    scene = sco(items=2)
    first, _ = scene.clauses
    interests = c.PostPosition(item=scene.item, text="A.", language=EN, interests=WORDS)
    scene.give(interests, KAZ)
    secret = (scene.state.seq, "/text")
    objection = c.StanceGiven(provision=first, level=OBJECT, reason=WORDS, would_be_removed_by=WORDS)
    scene.give(c.StateStances(item=scene.item, stances=(objection,)), KAZ)
    said = scene.state.seq
    elsewhere = list(scene.state.items.values())[1].provisions[0]
    other = scene.state.provisions[elsewhere].wording[0]
    asks(scene)
    for kind, seat, seq, pointer in (
        (SourceKind.WORDING, None, *secret),
        (SourceKind.WORDING, None, other.seq, other.pointer),
        (SourceKind.WORDING, KAZ, said, "/stances/0/reason"),
        (SourceKind.CONDITION, KAZ, said, "/stances/0/reason"),
        (SourceKind.CONDITION, UZB, said, "/stances/0/wouldBeRemovedBy"),
        (SourceKind.CONDITION, None, said, "/stances/0/wouldBeRemovedBy"),
        (SourceKind.ANSWER, KAZ, said, "/stances/0/wouldBeRemovedBy"),
        (SourceKind.NAME, KAZ, said, "/stances/0/wouldBeRemovedBy"),
    ):
        source = c.CandidateSource(kind=kind, seat=seat, seq=seq, pointer=pointer)
        wording = replace(merged(scene, first, WORDS), sources=(source,))
        refusal = scene.refuse(proposing(scene, (wording,), (text(0),)), "worker")
        assert (refusal.code, refusal.params["clause"]) == (RefusalCode.DRAFT_MISATTRIBUTED, "1.1"), source
        assert refusal.path == ("wordings", "0", "sources", "0")
    source = c.CandidateSource(kind=SourceKind.CONDITION, seat=KAZ, seq=said, pointer="/stances/0/wouldBeRemovedBy")
    wording = replace(merged(scene, first, WORDS), sources=(source,))
    scene.give(proposing(scene, (wording,), (text(0),)), "worker")
    scene.give(c.TakeCandidate(candidate=ids(scene.newest(e.CandidatesProposed))[0]))
    assert cleaned(scene) is None  # it is just what KAZ has asked for
