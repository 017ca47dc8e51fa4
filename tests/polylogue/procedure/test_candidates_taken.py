"""Rule 5.16: the chair takes a candidate as the text, unless it is outdated, unsupported, objected to or no change."""

from dataclasses import replace

import pytest

from polylogue import commands as c
from polylogue import events as e
from polylogue.refusals import Conflict, RefusalCode
from polylogue.vocabulary import ClauseForm, ProvisionState, SourceKind, StanceLevel, TextState
from tests.polylogue.procedure.rounds import (
    alternative,
    answer,
    answers,
    asks,
    ids,
    merged,
    omitted,
    predicted,
    present,
    proposing,
    text,
    two,
)
from tests.scenes import EN, THREE, sco, takes

KAZ, KGZ, UZB = THREE
OBJECT, SUPPORT, RESERVE = StanceLevel.OBJECT, StanceLevel.SUPPORT, StanceLevel.RESERVE


def test_a_candidate_becomes_the_text_and_what_was_answered_is_stated_on_it():
    scene = sco()
    first, second = scene.clauses
    candidate = ids(two(scene))[1]
    scene.give(takes(scene.item, first, RESERVE), "KAZ")
    scene.give(answers(candidate, answer(first)), "UZB")
    (taken,) = scene.give(c.TakeCandidate(candidate=candidate))
    assert taken.clauses == (
        e.TakenClause(
            provision=first,
            wording=2,
            revision=2,
            answers=(e.AnswerTaken(seat=UZB, round=1, wording=2),),
            supported=True,
        ),
        e.TakenClause(provision=second, wording=3, revision=None, answers=(), supported=False),
    )
    assert scene.clauses == [first]
    assert scene.words(first) == "Item 1, clause 1."
    assert scene.state.provisions[second].state is ProvisionState.WITHDRAWN
    held = scene.state.stances
    assert (held[UZB][first, None].level, held[UZB][first, None].revision) == (SUPPORT, 2)
    assert scene.state.carried((first, None), held[KAZ][first, None])
    assert scene.state.items[scene.item].input_seq == scene.state.seq


def test_amendments_to_a_clause_that_the_candidate_leaves_out_lapse():
    scene = sco()
    first, second = scene.clauses
    candidate = ids(two(scene))[1]
    asked = (c.ProposeAmendment(provision=clause, revision=1, text="Twice.") for clause in (first, second))
    kept, lapses = (scene.give(each, "KAZ")[0].amendment for each in asked)
    (taken,) = scene.give(c.TakeCandidate(candidate=candidate))
    assert taken.lapsed == (lapses,)
    assert [scene.state.amendments[id].state.value for id in (kept, lapses)] == ["PENDING", "LAPSED"]


def test_a_bracket_is_closed_with_the_wording_that_the_candidate_has():
    scene = sco()
    first, second = scene.clauses
    (should,) = scene.give(c.ProposeAlternative(provision=first, text="Should.", language=EN), "KAZ")
    scene.give(c.ProposeAlternative(provision=second, text="May.", language=EN), "KAZ")
    scene.give(takes(scene.item, first, alternative=should.alternative), "UZB")
    asks(scene)
    wordings = (alternative(first, should.alternative), present(second))
    scene.give(proposing(scene, wordings, (text(0, 1),)), "worker")
    scene.give(c.TakeCandidate(candidate=ids(scene.newest(e.CandidatesProposed))[0]))
    assert [scene.words(clause) for clause in (first, second)] == ["Should.", "Item 1, clause 2."]
    provisions = [scene.state.provisions[clause] for clause in (first, second)]
    assert {(p.state, p.revision, len(p.alternatives)) for p in provisions} == {(ProvisionState.PROPOSED, 2, 0)}
    assert scene.state.stances[UZB][first, None].revision == 2


def test_while_a_members_objection_stands_on_its_words_a_candidate_is_not_taken():
    scene = sco()
    first, second = scene.clauses
    candidate = ids(two(scene))[1]
    scene.give(answers(candidate, answer(second, OBJECT)), "KAZ")
    refusal = scene.refuse(c.TakeCandidate(candidate=candidate))
    assert (refusal.code, refusal.params) == (
        RefusalCode.BRACKET_OBJECTED,
        {"seats": "KAZ", "clause": "1.2", "id": second, "reason": "It costs too much."},
    )
    scene.give(answers(candidate, answer(second)), "KAZ")
    scene.give(c.TakeCandidate(candidate=candidate))
    assert scene.clauses == [first]


@pytest.mark.parametrize("place", [0, 1])
def test_an_objection_to_the_same_words_in_an_earlier_round_stands_until_it_is_answered_anew(place: int):
    scene = sco()
    clause = scene.clauses[place]
    scene.give(answers(ids(two(scene))[1], answer(clause, OBJECT)), "KAZ")
    candidate = ids(two(scene))[1]
    refusal = scene.refuse(c.TakeCandidate(candidate=candidate))
    named = {"seats": "KAZ", "clause": f"1.{place + 1}", "id": clause, "reason": "It costs too much."}
    assert (refusal.code, refusal.params) == (RefusalCode.BRACKET_OBJECTED, named)
    scene.give(answers(candidate, answer(clause)), "KAZ")
    scene.give(c.TakeCandidate(candidate=candidate))


def test_an_objection_to_other_words_in_an_earlier_round_does_not_stand_against_a_candidate():
    scene = sco()
    first, _ = scene.clauses
    asks(scene)
    other = merged(scene, first, "Item 1, clause 1. Clause 1.", predicted(KAZ, OBJECT))
    scene.give(proposing(scene, (other,), (text(0),), ((KAZ, ()),)), "worker")
    scene.give(answers(ids(scene.newest(e.CandidatesProposed))[0], answer(first, OBJECT)), "KAZ")
    scene.give(c.TakeCandidate(candidate=ids(two(scene))[1]))


def test_an_objection_to_words_on_the_table_stands_against_it_too():
    scene = sco()
    first, _ = scene.clauses
    asks(scene)
    (should,) = scene.give(c.ProposeAlternative(provision=first, text="Should.", language=EN), "KAZ")
    scene.give(proposing(scene, (alternative(first, should.alternative),), (text(0),)), "worker")
    scene.give(takes(scene.item, first, OBJECT, alternative=should.alternative), "UZB")
    candidate = ids(scene.newest(e.CandidatesProposed))[0]
    assert scene.refuse(c.TakeCandidate(candidate=candidate)).code is RefusalCode.BRACKET_OBJECTED


@pytest.mark.parametrize("level", [OBJECT, RESERVE])
def test_new_words_that_keep_all_of_a_wording_that_is_objected_to_are_not_taken(level: StanceLevel):
    scene = sco()
    first, _ = scene.clauses
    asks(scene)
    (should,) = scene.give(c.ProposeAlternative(provision=first, text="Trade should grow.", language=EN), "KAZ")
    scene.give(takes(scene.item, first, OBJECT, alternative=should.alternative), "UZB")
    mixed = merged(scene, first, "Item 1, clause 1. Trade  should grow.")
    lies = scene.state.alternatives[should.alternative].wording[0]
    too = c.CandidateSource(kind=SourceKind.WORDING, seq=lies.seq, pointer=lies.pointer)
    scene.give(proposing(scene, (replace(mixed, sources=(*mixed.sources, too)),), (text(0),)), "worker")
    candidate = ids(scene.newest(e.CandidatesProposed))[0]
    refusal = scene.refuse(c.TakeCandidate(candidate=candidate))
    assert (refusal.code, refusal.params["seats"]) == (RefusalCode.BRACKET_OBJECTED, "UZB")
    scene.give(answers(candidate, answer(first, level)), "UZB")
    if level is OBJECT:
        assert scene.refuse(c.TakeCandidate(candidate=candidate)).code is RefusalCode.BRACKET_OBJECTED
    else:
        scene.give(c.TakeCandidate(candidate=candidate))


def test_a_candidate_for_an_older_wording_is_not_taken():
    scene = sco()
    first, _ = scene.clauses
    candidate = ids(two(scene))[1]
    (amended,) = scene.give(c.ProposeAmendment(provision=first, revision=1, text="Anew.", language=EN), "KAZ")
    scene.give(c.AcceptAmendment(amendment=amended.amendment))
    refusal = scene.refuse(c.TakeCandidate(candidate=candidate))
    assert isinstance(refusal, Conflict)
    assert (refusal.code, refusal.current_revision) == (RefusalCode.CANDIDATE_OUTDATED, 2)


def test_a_candidate_does_not_close_a_bracket_that_was_opened_after_its_round():
    """The revision has not moved, but nobody was asked about the new wording."""
    scene = sco()
    first, _ = scene.clauses
    candidate = ids(two(scene))[1]
    scene.give(c.ProposeAlternative(provision=first, text="Should.", language=EN), "KAZ")
    assert scene.refuse(c.TakeCandidate(candidate=candidate)).code is RefusalCode.CANDIDATE_OUTDATED


def test_a_candidate_with_an_alternative_that_a_reopening_has_ended_is_not_taken():
    scene = sco()
    first, _ = scene.clauses
    words = ("Item 1 clause 1 goes well on land at last.", "Item 1, clause 1 goes well at sea at last.")
    one, other = (scene.give(c.ProposeAlternative(provision=first, text=each), "KAZ")[0].alternative for each in words)
    scene.give(c.CloseBracket(provision=first, alternative=one, bracket=1))
    (made,) = (id for id in scene.state.provisions[first].alternatives if id not in (one, other))
    asks(scene)
    scene.give(proposing(scene, (alternative(first, made, revision=2),), (text(0),)), "worker")
    scene.give(c.ReopenBracket(provision=first, reason="Too soon."), "UZB")
    refusal = scene.refuse(c.TakeCandidate(candidate=ids(scene.newest(e.CandidatesProposed))[0]))
    assert refusal.code is RefusalCode.CANDIDATE_OUTDATED


@pytest.mark.parametrize("erased", [False, True])
def test_words_that_nobody_has_put_forward_or_whose_source_is_erased_are_not_taken(*, erased: bool):
    scene = sco()
    first, _ = scene.clauses
    asks(scene)
    said = "Item 1, clause 1." if erased else "Item 1, clause 7,000."
    scene.give(proposing(scene, (merged(scene, first, said),), (text(0),)), "worker")
    if erased:
        lies = scene.state.provisions[first].wording[0]
        scene.erase(lies.seq, lies.pointer)
    refusal = scene.refuse(c.TakeCandidate(candidate=ids(scene.newest(e.CandidatesProposed))[0]))
    assert (refusal.code, refusal.params["clause"]) == (RefusalCode.CANDIDATE_UNSUPPORTED, "1.1")


def test_a_candidate_that_changes_nothing_is_not_taken():
    scene = sco()
    assert scene.refuse(c.TakeCandidate(candidate=ids(two(scene))[0])).code is RefusalCode.CANDIDATE_CHANGES_NOTHING
    scene.give(takes(scene.item, scene.clauses[0]), "KAZ")
    asks(scene)
    nothing = (omitted(scene.clauses[0]), omitted(scene.clauses[1]))
    scene.give(proposing(scene, nothing, (text(0, 1, status_quo=True),)), "worker")
    refusal = scene.refuse(c.TakeCandidate(candidate=ids(scene.newest(e.CandidatesProposed))[0]))
    assert refusal.code is RefusalCode.CANDIDATE_CHANGES_NOTHING


@pytest.mark.parametrize("by", ["secretary", "worker", "KAZ"])
def test_only_the_chair_takes(by: str):
    scene = sco()
    refusal = scene.refuse(c.TakeCandidate(candidate=ids(two(scene))[1]), by)
    assert refusal.code is RefusalCode.NOT_PERMITTED


def test_a_text_that_is_clean_takes_no_candidate():
    scene = sco(stage="circulated")
    candidate = ids(two(scene))[1]
    scene.give(c.CleanText(item=scene.item))
    assert scene.text is TextState.CLEAN
    assert scene.refuse(c.TakeCandidate(candidate=candidate)).code is RefusalCode.TEXT_STATE


@pytest.mark.parametrize("more", ["", " All pay."])
def test_a_text_said_by_some_members_only_is_taken_when_it_is_the_text_and_nothing_else(more: str):
    scene = sco()
    first, _ = scene.clauses
    asks(scene)
    words = merged(scene, first, f"For the following Member States: Kazakhstan: Item 1, clause 1.{more}")
    subset = replace(words, form=ClauseForm.NAMED_SUBSET, seats=(KAZ,))
    scene.give(proposing(scene, (subset,), (text(0),)), "worker")
    command = c.TakeCandidate(candidate=ids(scene.newest(e.CandidatesProposed))[0])
    if more:
        assert scene.refuse(command).code is RefusalCode.CANDIDATE_UNSUPPORTED
    else:
        scene.give(command)
        assert scene.words(first) == words.text
