"""Rule 5.8: words that a draft puts down to a delegation are words that it has given; what it makes of them is nobody's
until a member speaks for it.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polylogue import commands as c
from polylogue import events as e
from polylogue.drafting.distance import plain
from polylogue.refusals import Refusal, RefusalCode
from polylogue.vocabulary import (
    AlternativeId,
    CandidateId,
    ClauseForm,
    SeatCode,
    SourceKind,
    StanceLevel,
    TextState,
)
from tests.polylogue.drafting.played import drawn, having
from tests.polylogue.procedure.rounds import (
    answer,
    answers,
    asks,
    ids,
    merged,
    omitted,
    present,
    proposing,
    text,
)
from tests.scenes import EN, OBSERVER, RU, THREE, Scene, sco, takes

KAZ, KGZ, UZB = THREE
WORDS = "Data shall be shared."
OTHERWISE = "data  shall be Shared."
OBJECT, RESERVE, ACCEPT, SUPPORT = StanceLevel.OBJECT, StanceLevel.RESERVE, StanceLevel.ACCEPT, StanceLevel.SUPPORT


def tabling(scene: Scene, *sources: c.DraftSource, words: str = OTHERWISE, **more: Any) -> c.TableDraft:
    """A draft with a new clause."""
    clause = c.DraftedClause(text=words, language=EN, sources=sources, **more)
    return c.TableDraft(item=scene.item, clauses=(clause,))


def beside(scene: Scene, *sources: c.DraftSource, words: str = OTHERWISE) -> AlternativeId:
    """The alternative that a draft puts beside the first clause."""
    wanted = c.DraftedAlternative(text=words, language=EN, sources=sources)
    clause = c.DraftedClause(provision=scene.clauses[0], revision=1, alternatives=(wanted,))
    (tabled,) = scene.give(c.TableDraft(item=scene.item, clauses=(clause,)), "worker")
    return tabled.clauses[0].alternatives[0].id


def cleaned(scene: Scene) -> RefusalCode | None:
    """Why the text is not clean; nothing if it is."""
    if scene.text is TextState.WORKING:
        scene.circulate()
    answer = scene.attempt(c.CleanText(item=scene.item))
    return answer.code if isinstance(answer, Refusal) else None


# ── what a delegation has given ──


def as_a_clause(scene: Scene) -> c.DraftSource:
    scene.give(c.ProposeProvision(item=scene.item, text=WORDS, language=EN), "KAZ")
    return c.DraftSource(seat=KAZ)


def as_an_alternative(scene: Scene) -> c.DraftSource:
    (said,) = scene.give(c.ProposeAlternative(provision=scene.clauses[0], text=WORDS, language=EN), "KAZ")
    scene.give(c.CloseBracket(provision=scene.clauses[0]))
    return c.DraftSource(alternative=said.alternative)


def as_an_amendment(scene: Scene) -> c.DraftSource:
    wish = c.ProposeAmendment(provision=scene.clauses[0], revision=1, text=WORDS, language=EN)
    (said,) = scene.give(wish, "KAZ")
    return c.DraftSource(seat=KAZ, amendment=said.amendment)


def as_a_position(scene: Scene) -> c.DraftSource:
    (said,) = scene.give(c.PostPosition(item=scene.item, text=WORDS, language=EN), "KAZ")
    scene.give(c.PostPosition(item=scene.item, text="Nothing.", language=EN), "KAZ")
    return c.DraftSource(position=said.position, revision=1)


def as_the_translation_of_a_position(scene: Scene) -> c.DraftSource:
    translation = c.Translation(text=WORDS, language=EN)
    scene.give(c.PostPosition(item=scene.item, text="Данные.", language=RU, translations=(translation,)), "KAZ")
    return c.DraftSource(seat=KAZ)


def as_a_condition(scene: Scene) -> c.DraftSource:
    """What would have removed an objection that has been given up since."""
    objection = c.StanceGiven(provision=scene.clauses[0], level=OBJECT, reason="Costs.", would_be_removed_by=WORDS)
    scene.give(c.StateStances(item=scene.item, stances=(objection,)), "KAZ")
    scene.give(takes(scene.item, scene.clauses[0], RESERVE), "KAZ")
    return c.DraftSource(seat=KAZ)


def as_a_condition_in_a_round(scene: Scene) -> c.DraftSource:
    first, second = scene.clauses
    asks(scene)
    scene.give(proposing(scene, (omitted(first), present(second)), (text(0, 1),)), "worker")
    (candidate,) = ids(scene.newest(e.CandidatesProposed))
    scene.give(answers(candidate, answer(first, OBJECT, would_be_removed_by=WORDS)), "KAZ")
    return c.DraftSource(seat=KAZ)


GIVEN = [
    as_a_clause,
    as_an_alternative,
    as_an_amendment,
    as_a_position,
    as_the_translation_of_a_position,
    as_a_condition,
    as_a_condition_in_a_round,
]


@pytest.mark.parametrize("gives", GIVEN)
def test_a_draft_brings_words_as_those_of_the_delegation_that_has_given_them(
    gives: Callable[[Scene], c.DraftSource],
):
    scene = sco()
    source = gives(scene)
    for by, named in (("worker", source), ("secretary", c.DraftSource(seat=KAZ))):
        (tabled,) = scene.give(tabling(scene, named, backers=(KAZ,)), by)
        provision = scene.state.provisions[tabled.clauses[0].id]
        assert (tabled.clauses[0].sources[0].seat, provision.authors, provision.supported) == (KAZ, (KAZ,), True)
    assert cleaned(scene) is None


@pytest.mark.parametrize("gives", GIVEN)
@pytest.mark.parametrize("words", ["Data should be shared.", "Данные."])
def test_other_words_are_not_put_down_to_it(gives: Callable[[Scene], c.DraftSource], words: str):
    scene = sco()
    source = gives(scene)
    for named, member in ((source, None), (c.DraftSource(seat=KAZ), "seat"), (c.DraftSource(seat=UZB), "seat")):
        refusal = scene.refuse(tabling(scene, named, words=words), "secretary")
        assert (refusal.code, refusal.rule) == (RefusalCode.DRAFT_MISATTRIBUTED, "5.8")
        assert refusal.params == {"clause": f"1.{len(scene.clauses) + 1}", "seats": UZB if named.seat == UZB else KAZ}
        assert refusal.path[:4] == ("clauses", "0", "sources", "0")
        assert refusal.path[4] == (member or refusal.path[4])


@pytest.mark.parametrize("drawn", [True, False])
@pytest.mark.parametrize("gives", [as_an_alternative, as_an_amendment, as_a_position])
def test_what_one_has_given_is_not_put_down_to_another(gives: Callable[[Scene], c.DraftSource], *, drawn: bool):
    scene = sco()
    refusal = scene.refuse(tabling(scene, replace(gives(scene), seat=UZB, drawn=drawn)), "worker")
    assert (refusal.code, refusal.params["seats"]) == (RefusalCode.DRAFT_MISATTRIBUTED, KAZ)


@pytest.mark.parametrize("seat", [KAZ, OBSERVER])
def test_nobody_is_named_as_a_backer_of_what_it_has_not_said_it_could_go_with(seat: SeatCode):
    scene = sco()
    first, _ = scene.clauses
    backed = c.TableDraft(item=scene.item, clauses=(c.DraftedClause(provision=first, revision=1, backers=(seat,)),))
    for level in (None, RESERVE):
        if level:
            scene.give(takes(scene.item, first, level), seat)
        refusal = scene.refuse(backed, "secretary")
        assert (refusal.code, refusal.params) == (RefusalCode.DRAFT_MISATTRIBUTED, {"clause": "1.1", "seats": seat})
        assert refusal.path == ("clauses", "0", "backers")
    scene.give(takes(scene.item, first, ACCEPT), seat)
    scene.give(takes(scene.item, first, RESERVE), seat)  # after the draft was made
    scene.give(backed, "secretary")


# ── what is made of it ──


def test_words_that_a_draft_makes_of_others_are_nobodys_until_a_member_speaks_for_them():
    scene = sco()
    (said,) = scene.give(c.PostPosition(item=scene.item, text="We want data shared.", language=EN), "KAZ")
    made_of = (c.DraftSource(position=said.position, revision=1, drawn=True), c.DraftSource(seat=UZB, drawn=True))
    (tabled,) = scene.give(tabling(scene, *made_of), "secretary")
    assert [(s.seat, s.drawn) for s in tabled.clauses[0].sources] == [(KAZ, True), (UZB, True)]
    provision = scene.state.provisions[tabled.clauses[0].id]
    assert (provision.authors, provision.supported) == ((), False)
    for seat, level in ((OBSERVER, SUPPORT), (KGZ, RESERVE)):
        scene.give(takes(scene.item, provision.id, level), seat)
        assert cleaned(scene) is RefusalCode.TEXT_UNSUPPORTED
    scene.give(takes(scene.item, provision.id, ACCEPT), KGZ)
    assert cleaned(scene) is None


def closed(scene: Scene, id: AlternativeId) -> None:
    scene.give(c.CloseBracket(provision=scene.clauses[0], alternative=id))


def closed_and_named_by_another_draft(scene: Scene, id: AlternativeId) -> None:
    scene.give(c.CloseBracket(provision=scene.clauses[0]))
    scene.give(tabling(scene, c.DraftSource(alternative=id)), "secretary")


def taken_as_a_candidate(scene: Scene, id: AlternativeId) -> None:
    drawn(scene)
    scene.give(c.TakeCandidate(candidate=having(scene, scene.clauses[0], OTHERWISE, ClauseForm.ALTERNATIVE)))


@pytest.mark.parametrize("comes", [closed, closed_and_named_by_another_draft, taken_as_a_candidate])
@pytest.mark.parametrize("own", [True, False])
def test_no_way_makes_nobodys_words_somebodys(comes: Callable[[Scene, AlternativeId], None], *, own: bool):
    scene = sco()
    source = as_a_clause(scene) if own else c.DraftSource(seat=KAZ, drawn=True)
    comes(scene, beside(scene, source))
    assert cleaned(scene) is (None if own else RefusalCode.TEXT_UNSUPPORTED)


# ── in rounds ──

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


# ── the law ──

TEXTS = ("Data shall be shared.", "data shall be  shared.", "Data should be shared.", "Water is life.")
seats, wordings = st.sampled_from(THREE), st.sampled_from(TEXTS)
LEVELS = st.sampled_from((SUPPORT, ACCEPT, RESERVE))
says = st.one_of(
    st.tuples(st.just("alternative"), seats, wordings),
    st.tuples(st.just("position"), seats, wordings),
    st.tuples(st.just("stance"), seats, LEVELS),
    st.tuples(st.just("close"), st.booleans(), st.none()),
)
drafts = st.tuples(st.just("draft"), wordings, seats | st.none(), st.booleans(), st.booleans())


def tried(scene: Scene, act: tuple[Any, ...]) -> None:
    last = scene.state.provisions[scene.clauses[-1]]
    match act:
        case ("alternative", seat, words):
            scene.attempt(c.ProposeAlternative(provision=last.id, text=words, language=EN), seat)
        case ("position", seat, words):
            scene.attempt(c.PostPosition(item=scene.item, text=words, language=EN), seat)
        case ("stance", seat, level):
            newest = last.alternatives[-1] if last.alternatives else None
            scene.attempt(takes(scene.item, last.id, level, alternative=newest), seat)
        case ("close", chosen, _):
            scene.attempt(
                c.CloseBracket(
                    provision=last.id, alternative=last.alternatives[-1] if chosen and last.alternatives else None
                )
            )
        case (_, words, seat, made, aside):
            sources = (c.DraftSource(seat=seat, drawn=made),) if seat else ()
            if aside:
                wanted = c.DraftedAlternative(text=words, language=EN, sources=sources)
                clause = c.DraftedClause(provision=last.id, revision=last.revision, alternatives=(wanted,))
                scene.attempt(c.TableDraft(item=scene.item, clauses=(clause,)), "worker")
            else:
                scene.attempt(tabling(scene, *sources, words=words), "worker")


@settings(max_examples=60)
@given(acts=st.lists(says | drafts, max_size=7), first=drafts)
def test_no_clean_text_has_words_that_nobody_has_given_or_spoken_for(
    acts: list[tuple[Any, ...]], first: tuple[Any, ...]
):
    scene = sco(clauses=1)
    opening = plain(scene.words(scene.clauses[0]), EN)
    for act in (*acts, first, *reversed(acts)):
        tried(scene, act)
    for clause in scene.clauses:
        scene.attempt(c.CloseBracket(provision=clause))
    if cleaned(scene) is None:
        given = (command for command in scene.given if isinstance(command, c.ProposeAlternative | c.PostPosition))
        said = {opening, *(plain(command.text or "", EN) for command in given)}
        for clause in scene.clauses:
            held = [stances.get((clause, None)) for stances in scene.state.stances.values()]
            backed = any(each and each.level in (SUPPORT, ACCEPT) for each in held)
            assert backed or plain(scene.words(clause), EN) in said
