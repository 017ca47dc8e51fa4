"""Answers to candidates: what is said of words counts for these words, in whatever round and however they come back."""

from collections.abc import Collection
from dataclasses import replace

import pytest

from polylogue import commands as c
from polylogue import events as e
from polylogue.decide import decide
from polylogue.occasion import Occasion
from polylogue.refusals import Refusal, RefusalCode
from polylogue.scenario import ScenarioDelegation
from polylogue.vocabulary import (
    CandidateId,
    ClauseForm,
    PredictionBasis,
    SeatCode,
    Seq,
    StanceLevel,
    Standing,
)
from tests.polylogue.drafting.played import asked, drawn, having, texts
from tests.polylogue.procedure.rounds import (
    alternative,
    answer,
    answers,
    asks,
    ids,
    merged,
    predicted,
    proposing,
    text,
    two,
    worded,
)
from tests.scenes import EN, TEN, THREE, Scene, person, sco, takes

KAZ, KGZ, UZB = THREE
OBJECT, SUPPORT, ACCEPT = StanceLevel.OBJECT, StanceLevel.SUPPORT, StanceLevel.ACCEPT
NEW = "Item 1, clause 1."
"""What the second candidate of `two` says, which only candidates have."""
AGAIN = "Item 1,  CLAUSE 1."
"""The same words with other spaces and letters."""


def held(scene: Scene, seat: SeatCode) -> tuple[StanceLevel, bool] | None:
    """A seat's stance on the present first clause, and whether it is carried over."""
    target = (scene.clauses[0], None)
    found = scene.state.held(seat).get(target)
    return (found.level, scene.state.carried(target, found)) if found else None


def test_answers_of_earlier_rounds_to_the_very_same_words_are_stated_on_taking():
    scene = sco()
    first = scene.clauses[0]
    scene.give(answers(worded(scene, NEW), answer(first, SUPPORT)), "KAZ")
    scene.give(answers(worded(scene, NEW), answer(first, ACCEPT)), "KGZ")
    candidate = worded(scene, NEW)
    scene.give(answers(candidate, answer(first, StanceLevel.NEUTRAL)), "UZB")
    (taken,) = scene.give(c.TakeCandidate(candidate=candidate))
    assert [(each.seat, each.round) for each in taken.clauses[0].answers] == [(KAZ, 1), (KGZ, 2), (UZB, 3)]
    assert [held(scene, seat) for seat in THREE] == [
        (SUPPORT, False),
        (ACCEPT, False),
        (StanceLevel.NEUTRAL, False),
    ]


def test_the_newest_of_what_a_seat_has_said_of_the_words_is_stated_on_taking():
    scene = sco()
    first = scene.clauses[0]
    scene.give(answers(worded(scene, NEW), answer(first, SUPPORT)), "KAZ")
    scene.give(answers(worded(scene, NEW), answer(first, OBJECT)), "KGZ")
    scene.give(answers(worded(scene, NEW), answer(first, ACCEPT)), "KGZ")
    scene.give(answers(worded(scene, "Item 1 clause 1."), answer(first, OBJECT)), "UZB")
    scene.give(c.TakeCandidate(candidate=worded(scene, NEW)))
    assert [held(scene, seat) for seat in THREE] == [(SUPPORT, False), (ACCEPT, False), None]


def tabled(scene: Scene, words: str) -> CandidateId:
    """KAZ puts the words beside the clause, and a round has them as they are."""
    first = scene.clauses[0]
    (proposed,) = scene.give(c.ProposeAlternative(provision=first, text=words, language=EN), "KAZ")
    asks(scene)
    scene.give(proposing(scene, (alternative(first, proposed.alternative),), (text(0),)), "worker")
    return ids(scene.newest(e.CandidatesProposed))[0]


@pytest.mark.parametrize("words", ["Item 1 clause 1, soon.", "item 1  clause 1, Soon."])
def test_an_objection_answered_in_a_round_stands_when_the_words_come_on_the_table(words: str):
    scene = sco()
    first = scene.clauses[0]
    scene.give(answers(worded(scene, "Item 1 clause 1, soon."), answer(first, OBJECT)), "UZB")
    candidate = tabled(scene, words)
    (id,) = scene.state.provisions[first].alternatives
    for choice in (c.TakeCandidate(candidate=candidate), c.CloseBracket(provision=first, alternative=id)):
        refusal = scene.refuse(choice)
        assert (refusal.code, refusal.params["seats"]) == (RefusalCode.BRACKET_OBJECTED, "UZB")
        assert refusal.params["reason"] == "It costs too much."
    scene.give(takes(scene.item, first, ACCEPT, alternative=id), "UZB")
    scene.give(c.TakeCandidate(candidate=candidate))
    assert held(scene, UZB) == (ACCEPT, False)


def test_an_answer_in_a_round_is_stated_when_the_words_come_on_the_table_and_are_taken():
    scene = sco()
    first = scene.clauses[0]
    scene.give(answers(worded(scene, "Item 1 clause 1, soon."), answer(first, SUPPORT)), "UZB")
    candidate = tabled(scene, "Item 1 clause 1, soon.")
    scene.give(c.TakeCandidate(candidate=candidate))
    assert held(scene, UZB) == (SUPPORT, False)


def test_an_alternative_that_has_ended_is_not_answered():
    """By a reopening, which leaves the revision as it is: what is said of it would be said of nothing on the table."""
    scene = sco()
    first = scene.clauses[0]
    words = ("Item 1 clause 1 goes well on land at last.", "Item 1, clause 1 goes well at sea at last.")
    one, other = (scene.give(c.ProposeAlternative(provision=first, text=each), "KAZ")[0].alternative for each in words)
    scene.give(c.CloseBracket(provision=first, alternative=one, bracket=1))
    (made,) = (id for id in scene.state.provisions[first].alternatives if id not in (one, other))
    asks(scene)
    scene.give(proposing(scene, (alternative(first, made, revision=2),), (text(0),)), "worker")
    scene.give(c.ReopenBracket(provision=first, reason="Too soon."), "UZB")
    candidate = ids(scene.newest(e.CandidatesProposed))[0]
    refusal = scene.refuse(answers(candidate, answer(first, OBJECT)), "UZB")
    assert (refusal.code, refusal.path) == (RefusalCode.CANDIDATE_OUTDATED, ("answers", "0", "provision"))


def test_a_round_for_many_members_may_predict_each_in_each_candidate():
    """200 are the most of a list that somebody fills in; predictions are as many as members times candidates."""
    codes = (*TEN, *map(SeatCode, ("AFG", "LAO", "MNG")))
    members = tuple(ScenarioDelegation(code=code, standing=Standing.MEMBER) for code in codes)
    scene = sco(delegations=members)
    asks(scene)
    each = tuple(predicted(seat, candidates=(number,)) for seat in codes for number in range(1, 17))
    wording = replace(merged(scene, scene.clauses[0], NEW), predictions=each)
    command = proposing(scene, (wording,), (text(0),) * 16, [(seat, ()) for seat in codes])
    beyond = replace(command, wordings=(replace(wording, predictions=(*each, each[0])),))
    assert (len(each), scene.refuse(beyond, "worker").code) == (208, RefusalCode.LIST_TOO_LONG)
    scene.give(command, "worker")


@pytest.mark.parametrize("what", ["revised", "reworded", "withdrawn", "alternative", "condition"])
def test_whatever_a_round_rests_on_is_further_matter(what: str):
    scene = sco()
    first = scene.clauses[0]
    wish = c.ProposeAmendment(provision=first, revision=1, text="Item 1, clause 1, in May.", language=EN)
    (amended,) = scene.give(wish, "KAZ")
    scene.give(c.RequestDraft(item=scene.item))
    wording = replace(merged(scene, first, "Item 1, clause 1."), predictions=())
    scene.give(proposing(scene, (wording,), (text(0),)), "worker")
    assert scene.refuse(c.RequestDraft(item=scene.item)).code is RefusalCode.ROUNDS_OVER
    match what:
        case "revised":
            scene.give(c.ReviseAmendment(amendment=amended.amendment, text="Otherwise."), "KAZ")
        case "reworded":
            inner = c.ProposeAmendment(amendment=amended.amendment, revision=1, text="Otherwise.", language=EN)
            scene.give(c.AcceptAmendment(amendment=scene.give(inner, "UZB")[0].amendment), "KAZ")
        case "withdrawn":
            scene.give(c.WithdrawAmendment(amendment=amended.amendment), "KAZ")
        case "alternative":
            scene.give(c.ProposeAlternative(provision=first, text="Otherwise.", language=EN), "KGZ")
        case _:
            scene.give(takes(scene.item, first, OBJECT), "KGZ")
    scene.give(c.RequestDraft(item=scene.item))


def test_all_that_a_candidate_is_made_of_is_read_at_once():
    """One by one a text of 200 clauses with five sources each took a thousand statements."""
    scene = sco()
    asks(scene)
    wordings = [merged(scene, clause, f"{scene.words(clause)} {scene.words(clause)}") for clause in scene.clauses]
    scene.give(proposing(scene, wordings, (text(0, 1),)), "worker")
    read: list[int] = []

    def several(places: Collection[tuple[Seq, str]]) -> dict[tuple[Seq, str], str]:
        read.append(len(places))
        return {place: scene.prose[place] for place in places}

    occasion = Occasion(
        at=scene.at,
        person=person("chair"),
        ids=iter(()),
        prose=lambda seq, pointer: scene.prose[seq, pointer] if pointer.startswith("/wordings") else None,
        several=several,
    )
    taken = decide(scene.state, c.TakeCandidate(candidate=ids(scene.newest(e.CandidatesProposed))[0]), occasion)
    assert (read, isinstance(taken, Refusal)) == ([4], False)


def test_the_answer_to_a_clause_left_out_counts_in_all_rounds():
    scene = sco()
    second = scene.clauses[1]
    scene.give(answers(ids(two(scene))[1], answer(second, OBJECT)), "KGZ")
    question = asked(scene).clauses[1]
    assert [(a.seat, a.text, a.level) for a in question.answers] == [(KGZ, None, OBJECT)]
    refusal = scene.refuse(c.TakeCandidate(candidate=ids(two(scene))[1]))
    assert (refusal.code, refusal.params["seats"]) == (RefusalCode.BRACKET_OBJECTED, "KGZ")


def test_a_concession_that_is_taken_is_not_expected_to_be_objected_to_by_who_asked_for_it():
    scene = sco()
    first = scene.clauses[0]
    wanted = "Item 1, clause 1, in May."
    scene.give(takes(scene.item, first, OBJECT, would_be_removed_by=wanted), "KAZ")
    drawn(scene)
    scene.give(c.TakeCandidate(candidate=having(scene, first, wanted, ClauseForm.CONCESSION)))
    proposed = drawn(scene)
    assert (wanted, "Item 1, clause 2.") in texts(scene)
    predicted = (entry.event for entry in reversed(scene.entries) if isinstance(entry.event, e.StancesPredicted))
    told = next(each for each in predicted if each.seat == KAZ)
    place = next(i for i, w in enumerate(proposed.wordings) if w.provision == first and w.form is ClauseForm.PRESENT)
    (basis,) = {p.basis for p in told.predictions if p.wording == place}
    assert basis is PredictionBasis.CONDITION


def test_who_has_put_the_chosen_words_forward_does_not_object_to_them_by_their_twin():
    """It minds how the present text is written, and has put it right."""
    scene = sco()
    first = scene.clauses[0]
    scene.give(takes(scene.item, first, OBJECT), "KAZ")
    (own,) = scene.give(c.ProposeAlternative(provision=first, text="ITEM 1, clause 1.", language=EN), "KAZ")
    (other,) = scene.give(c.ProposeAlternative(provision=first, text="Item 1,  clause 1.", language=EN), "UZB")
    refusal = scene.refuse(c.CloseBracket(provision=first, alternative=other.alternative))
    assert refusal.code is RefusalCode.BRACKET_OBJECTED
    scene.give(c.CloseBracket(provision=first, alternative=own.alternative))


def test_words_that_the_objector_has_asked_for_do_not_keep_what_it_objects_to():
    """They differ from the present ones only in a word that joins others."""
    scene = sco()
    first = scene.clauses[0]
    scene.give(takes(scene.item, first, OBJECT, would_be_removed_by="Item 1, the clause 1."), "KAZ")
    drawn(scene)
    scene.give(c.TakeCandidate(candidate=having(scene, first, "Item 1, the clause 1.", ClauseForm.CONCESSION)))


def test_a_winner_that_rests_on_a_condition_which_says_something_else_now_is_not_proposed_again():
    """It was proposed with the new condition as its source, and nobody could take it."""
    scene = sco(clauses=1)
    first = scene.clauses[0]
    for wanted in ("Item 1, clause 1, in May.", "Item 1, clause 1, in June."):
        scene.give(takes(scene.item, first, OBJECT, would_be_removed_by=wanted), "KAZ")
        proposed = drawn(scene)
        (candidate,) = [
            x for x in proposed.candidates if proposed.wordings[x.wordings[0]].form is ClauseForm.CONCESSION
        ]
        if "May" in wanted:
            scene.give(c.RankCandidates(item=scene.item, ranking=((candidate.id,),)), "KGZ")
            scene.give(c.RankCandidates(item=scene.item, ranking=((candidate.id,),)), "UZB")
    assert ("Item 1, clause 1, in June.",) in texts(scene)
    assert ("Item 1, clause 1, in May.",) not in texts(scene)


def test_a_round_proposes_no_mixture_that_could_not_be_taken():
    """To mix the readings of both would number what nobody has numbered: Item 1, shall trade."""
    scene = sco(clauses=1)
    first = scene.clauses[0]
    other = c.ProposeAlternative(provision=first, text="All members of the council, shall trade.", language=EN)
    (proposed,) = scene.give(other, "KAZ")
    scene.give(takes(scene.item, first, OBJECT), "UZB")
    scene.give(takes(scene.item, first, OBJECT, alternative=proposed.alternative), "KGZ")
    for candidate in drawn(scene).candidates:
        taken = scene.ask(c.TakeCandidate(candidate=candidate.id))
        assert not isinstance(taken, Refusal) or taken.code is not RefusalCode.CANDIDATE_UNSUPPORTED, texts(scene)
