"""Chapter 5, rounds: candidates are proposed with a draft, ranked, answered and taken, and rounds end by rule."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from polylogue import commands as c
from polylogue import events as e
from polylogue.record import envelope
from polylogue.refusals import Conflict, RefusalCode
from polylogue.vocabulary import (
    AlternativeId,
    Audience,
    CandidateId,
    ClauseForm,
    DraftStop,
    PredictionBasis,
    ProvisionId,
    ProvisionState,
    RequestState,
    SeatCode,
    SourceKind,
    StanceLevel,
    TextState,
    TieStep,
    WriterKind,
)
from tests.scenes import EN, OBSERVER, THREE, Scene, sco, stance, takes

KAZ, KGZ, UZB = THREE
OBJECT, SUPPORT, RESERVE = StanceLevel.OBJECT, StanceLevel.SUPPORT, StanceLevel.RESERVE
STATED, SILENT = PredictionBasis.STATED, PredictionBasis.SILENT


def predicted(seat: SeatCode, level: StanceLevel = RESERVE, **more: Any) -> c.DraftedPrediction:
    return c.DraftedPrediction(**({"seat": seat, "level": level, "figure": "3/2", "basis": SILENT} | more))


def present(clause: ProvisionId, *predictions: c.DraftedPrediction, revision: int = 1) -> c.DraftedWording:
    return c.DraftedWording(provision=clause, revision=revision, form=ClauseForm.PRESENT, predictions=predictions)


def alternative(clause: ProvisionId, id: AlternativeId, *, revision: int = 1) -> c.DraftedWording:
    return c.DraftedWording(provision=clause, revision=revision, form=ClauseForm.ALTERNATIVE, alternative=id)


def omitted(clause: ProvisionId, *predictions: c.DraftedPrediction, revision: int = 1) -> c.DraftedWording:
    return c.DraftedWording(provision=clause, revision=revision, form=ClauseForm.OMITTED, predictions=predictions)


def merged(
    scene: Scene, clause: ProvisionId, text: str, *predictions: c.DraftedPrediction, revision: int = 1
) -> c.DraftedWording:
    """New words, made of the clause's present text."""
    lies = scene.state.provisions[clause].wording[0]
    source = c.CandidateSource(kind=SourceKind.WORDING, seq=lies.seq, pointer=lies.pointer)
    return c.DraftedWording(
        provision=clause,
        revision=revision,
        form=ClauseForm.MERGED,
        text=text,
        language=EN,
        sources=(source,),
        predictions=predictions,
    )


def text(*wordings: int, **more: Any) -> c.DraftedCandidate:
    given: dict[str, Any] = {"explanation": "Because.", "lowest": "1", "mean": "3/2", "words": 8}
    return c.DraftedCandidate(wordings=wordings, **(given | more))


def asks(scene: Scene, **more: Any) -> e.DraftRequested:
    (asked,) = scene.give(c.RequestDraft(item=scene.item, **more))
    return asked


def proposing(
    scene: Scene,
    wordings: Sequence[c.DraftedWording],
    candidates: Sequence[c.DraftedCandidate],
    ballots: Iterable[tuple[SeatCode, tuple[tuple[int, ...], ...]]] = (),
    **more: Any,
) -> c.ProposeCandidates:
    """The command of a round for the request that is pending."""
    item = scene.state.items[scene.item]
    clauses = tuple(
        c.DraftedClause(provision=id, revision=scene.state.provisions[id].revision)
        for id in dict.fromkeys(wording.provision for wording in wordings)
        if id in scene.state.provisions
    )
    given: dict[str, Any] = {
        "item": item.id,
        "request": item.request,
        "basis": scene.state.seq,
        "clauses": clauses,
        "wordings": tuple(wordings),
        "candidates": tuple(candidates),
        "ballots": tuple(c.DraftedBallot(seat=seat, groups=groups) for seat, groups in ballots),
    }
    return c.ProposeCandidates(**(given | more))


def two(scene: Scene) -> e.CandidatesProposed:
    """A round of two candidates: the text as it stands, and one that words the first clause anew and leaves out the
    second. KAZ is expected to object to the present first clause; nobody to the new words.
    """
    asks(scene)
    first, second = scene.clauses
    wordings = (
        present(first, predicted(KAZ, OBJECT, figure="0")),
        present(second),
        merged(scene, first, "Item 1, clause 1."),
        omitted(second, predicted(UZB, OBJECT, figure="1/2")),
    )
    ballots = ((KAZ, ((2,), (1,))), (KGZ, ((1, 2),)), (UZB, ((1,), (2,))))
    command = proposing(scene, wordings, (text(0, 1, present=True), text(2, 3)), ballots)
    scene.give(command, "worker")
    return scene.newest(e.CandidatesProposed)


def ids(proposed: e.CandidatesProposed) -> list[CandidateId]:
    return [candidate.id for candidate in proposed.candidates]


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


# ── 5.8 proposed ──


def test_a_draft_is_tabled_with_its_candidates_and_what_is_predicted_of_each_seat():
    scene = sco()
    proposed = two(scene)
    tabled, told, *_ = (entry.event for entry in scene.entries[-5:])
    predictions = [entry.event for entry in scene.entries[-3:] if isinstance(entry.event, e.StancesPredicted)]
    assert isinstance(tabled, e.DraftTabled)
    assert told == proposed
    assert (proposed.draft, proposed.number, proposed.members) == (tabled.draft, 1, THREE)
    assert scene.state.requests[proposed.request].state is RequestState.TABLED
    assert [p.seat for p in predictions] == list(THREE)
    assert predictions[0].predictions == (
        e.Prediction(wording=0, candidates=(), level=OBJECT, figure="0", basis=SILENT, nearest=None),
    )
    assert [(x.objections, x.expected_objections) for x in proposed.candidates] == [(0, 1), (0, 1)]
    assert [x.expected_against for x in proposed.candidates] == [(1, 0), (0, 1)]


def test_what_is_predicted_of_a_seat_is_for_it_and_those_who_mediate():
    scene = sco()
    two(scene)
    seen = [envelope.visibility(entry.event, entry.acting) for entry in scene.entries[-4:]]
    assert seen[0].to is Audience.ALL
    assert [(each.to, each.seats) for each in seen[1:]] == [(Audience.SEATS, (seat,)) for seat in THREE]


def test_the_order_follows_from_the_ballots_and_ties_are_broken_in_the_open():
    scene = sco()
    choice = two(scene).choice
    assert choice.preferred == ((0, 1), (1, 0))
    assert choice.groups == ((1, 2),)
    assert choice.ties == (e.TieBroken(order=(1, 2), steps=(TieStep.STATUS_QUO,)),)
    assert choice.winner == scene.newest(e.CandidatesProposed).candidates[0].id


def test_stated_objections_are_named_and_not_predicted():
    scene = sco()
    first, _ = scene.clauses
    asks(scene)
    wordings = (present(first, predicted(KAZ, OBJECT, basis=STATED), predicted(UZB, OBJECT)),)
    scene.give(proposing(scene, wordings, (text(0),), ((KAZ, ((1,),)), (UZB, ((1,),)))), "worker")
    proposed = scene.newest(e.CandidatesProposed)
    assert proposed.wordings[0].objected == (KAZ,)
    assert (proposed.candidates[0].objections, proposed.candidates[0].expected_objections) == (1, 1)
    kaz, uzb = (entry.event.predictions for entry in scene.entries if isinstance(entry.event, e.StancesPredicted))
    assert (kaz, len(uzb)) == ((), 1)


def test_an_alternative_that_the_draft_makes_of_an_amendment_is_named_by_it():
    scene = sco()
    first, _ = scene.clauses
    (wish,) = scene.give(c.ProposeAmendment(provision=first, revision=1, text="Twice.", language=EN), "KAZ")
    asks(scene)
    source = c.DraftSource(seat=KAZ, amendment=wish.amendment)
    wanted = c.DraftedAlternative(text="Twice.", language=EN, backers=(KAZ,), sources=(source,))
    clause = c.DraftedClause(provision=first, revision=1, alternatives=(wanted,))
    named = c.DraftedWording(provision=first, revision=1, form=ClauseForm.ALTERNATIVE, amendment=wish.amendment)
    scene.give(proposing(scene, (named,), (text(0),), clauses=(clause,)), "worker")
    tabled = scene.newest(e.DraftTabled).clauses[0].alternatives[0].id
    assert scene.newest(e.CandidatesProposed).wordings[0].alternative == tabled


@pytest.mark.parametrize("by", ["chair", "secretary", "KAZ", "organiser"])
def test_only_a_worker_proposes(by: str):
    scene = sco()
    asks(scene)
    command = proposing(scene, (present(scene.clauses[0]),), (text(0),))
    assert scene.refuse(command, by).code is RefusalCode.NOT_PERMITTED


def test_a_round_is_refused_when_a_clause_that_it_words_has_moved_and_only_then():
    scene = sco(items=2)
    first, second = scene.clauses
    other = list(scene.state.items)[1]
    asks(scene)
    command = proposing(scene, (present(first),), (text(0),))
    scene.give(takes(scene.item, first), "KAZ")
    scene.give(c.PostPosition(item=other, text="Elsewhere.", language=EN), "KAZ")
    scene.give(c.OpenItem(item=other))
    meanwhile = c.ProposeAmendment(provision=second, revision=1, text="Not touched.", language=EN)
    (amended,) = scene.give(meanwhile, "KAZ")
    scene.give(c.AcceptAmendment(amendment=amended.amendment))
    assert not isinstance(scene.ask(command, "worker"), Conflict)
    (amended,) = scene.give(c.ProposeAmendment(provision=first, revision=1, text="Moved.", language=EN), "KAZ")
    scene.give(c.AcceptAmendment(amendment=amended.amendment))
    refusal = scene.refuse(command, "worker")
    assert (refusal.code, refusal.path) == (RefusalCode.DRAFT_OUTDATED, ("clauses", "0", "revision"))


def bad(scene: Scene) -> dict[str, tuple[dict[str, Any], RefusalCode, tuple[str, ...]]]:
    first, second = scene.clauses
    unknown = ProvisionId("nowhere")
    kept = (present(first), present(second))
    return {
        "none": ({"candidates": ()}, RefusalCode.LIST_EMPTY, ("candidates",)),
        "too many": ({"candidates": (text(0, 1),) * 5}, RefusalCode.LIST_TOO_LONG, ("candidates",)),
        "later": ({"basis": 10_000}, RefusalCode.NUMBER_OUT_OF_RANGE, ("basis",)),
        "elsewhere": (
            {"wordings": (present(unknown),)},
            RefusalCode.UNKNOWN_REFERENCE,
            ("wordings", "0", "provision"),
        ),
        "no alternative": (
            {"wordings": (alternative(first, AlternativeId("no")),)},
            RefusalCode.UNKNOWN_REFERENCE,
            ("wordings", "0", "alternative"),
        ),
        "no words": (
            {"wordings": (merged(scene, first, " "),)},
            RefusalCode.TEXT_EMPTY,
            ("wordings", "0", "text"),
        ),
        "no such wording": (
            {"candidates": (text(0, 2),)},
            RefusalCode.UNKNOWN_REFERENCE,
            ("candidates", "0", "wordings"),
        ),
        "two of a clause": (
            {"candidates": (text(0, 0),)},
            RefusalCode.DUPLICATE_ENTRY,
            ("candidates", "0", "wordings"),
        ),
        "other clauses": (
            {"candidates": (text(0, 1), text(0))},
            RefusalCode.DUPLICATE_ENTRY,
            ("candidates", "1", "wordings"),
        ),
        "no figure": (
            {"candidates": (text(0, 1, mean="1e3"),)},
            RefusalCode.NUMBER_OUT_OF_RANGE,
            ("candidates", "0", "mean"),
        ),
        "beyond the scale": (
            {"wordings": (present(first, predicted(KAZ, figure="9/2")), kept[1]), "ballots": ((KAZ, ()),)},
            RefusalCode.NUMBER_OUT_OF_RANGE,
            ("wordings", "0", "predictions", "0", "figure"),
        ),
        "twice of a seat": (
            {"wordings": (present(first, predicted(KAZ), predicted(KAZ)), kept[1]), "ballots": ((KAZ, ()),)},
            RefusalCode.DUPLICATE_ENTRY,
            ("wordings", "0", "predictions"),
        ),
        "of a seat without a ballot": (
            {"wordings": (present(first, predicted(KAZ)), kept[1])},
            RefusalCode.UNKNOWN_REFERENCE,
            ("wordings", "0", "predictions"),
        ),
        "a ballot for nobody": (
            {"ballots": ((SeatCode("XXX"), ((1,),)),)},
            RefusalCode.UNKNOWN_REFERENCE,
            ("ballots",),
        ),
        "a ballot for nothing": (
            {"ballots": ((KAZ, ((2,),)),)},
            RefusalCode.UNKNOWN_REFERENCE,
            ("ballots", "0", "groups"),
        ),
    }


@pytest.mark.parametrize("what", bad(sco()))
def test_a_round_that_does_not_hold_together_is_refused(what: str):
    scene = sco()
    asks(scene, candidates=4)
    changed, code, path = bad(scene)[what]
    first, second = scene.clauses
    given: dict[str, Any] = {"wordings": (present(first), present(second)), "candidates": (text(0, 1),)} | changed
    command = proposing(scene, given.pop("wordings"), given.pop("candidates"), clauses=_kept(scene), **given)
    refusal = scene.refuse(command, "worker")
    assert (refusal.code, refusal.path) == (code, path)


def _kept(scene: Scene) -> tuple[c.DraftedClause, ...]:
    return tuple(c.DraftedClause(provision=id, revision=1) for id in scene.clauses)


def test_a_mean_over_many_clauses_is_exact_however_long():
    """Of 80 clauses and ten seats the search's means had denominators of 34 digits, of 200 clauses of 42."""
    scene = sco()
    asks(scene)
    mean = f"{10**400}/{10**400 - 1}"
    scene.give(proposing(scene, (present(scene.clauses[0]),), (text(0, mean=mean),)), "worker")
    assert scene.newest(e.CandidatesProposed).candidates[0].mean == mean


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


# ── 5.14 ranked ──


def ranks(scene: Scene, *groups: tuple[CandidateId, ...]) -> c.RankCandidates:
    return c.RankCandidates(item=scene.item, ranking=groups)


def test_a_ranking_takes_the_place_of_the_predicted_one_and_may_be_given_again():
    scene = sco()
    first, second = ids(two(scene))
    (ranked,) = scene.give(ranks(scene, (second,), (first,)), "UZB")
    assert (ranked.ballot, ranked.choice.winner) == (((2,), (1,)), second)
    assert scene.state.rounds[scene.item][-1].choice == ranked.choice
    (again,) = scene.give(ranks(scene, (first, second)), "UZB")
    assert (again.ballot, again.choice.groups) == (((1, 2),), ((2,), (1,)))


def test_what_is_left_out_comes_below():
    scene = sco()
    _, second = ids(two(scene))
    (ranked,) = scene.give(ranks(scene, (second,)), "UZB")
    assert (ranked.ballot, ranked.choice.preferred) == (((2,),), ((0, 0), (2, 0)))


def test_what_is_no_candidate_of_the_newest_round_is_not_ranked():
    scene = sco()
    earlier = ids(two(scene))[0]
    scene.give(takes(scene.item, scene.clauses[0]), "KAZ")
    now = ids(two(scene))[0]
    assert scene.refuse(ranks(scene, (earlier,)), "KAZ").code is RefusalCode.CANDIDATE_PAST
    assert scene.refuse(ranks(scene, (CandidateId("x"),)), "KAZ").code is RefusalCode.UNKNOWN_REFERENCE
    assert scene.refuse(ranks(scene, (now,), (now,)), "KAZ").code is RefusalCode.DUPLICATE_ENTRY
    assert scene.refuse(ranks(scene, ()), "KAZ").code is RefusalCode.LIST_EMPTY
    assert scene.refuse(ranks(scene, (now,)), OBSERVER).code is RefusalCode.NOT_A_MEMBER


# ── 5.15 answered ──


def answer(clause: ProvisionId, level: StanceLevel = SUPPORT, **more: Any) -> c.AnswerGiven:
    given = stance(clause, level)
    why: dict[str, Any] = {"reason": given.reason, "would_be_removed_by": given.would_be_removed_by}
    return c.AnswerGiven(provision=clause, level=level, **(why | more))


def answers(candidate: CandidateId, *given: c.AnswerGiven) -> c.AnswerCandidate:
    return c.AnswerCandidate(candidate=candidate, answers=given)


def test_what_is_said_of_words_on_the_table_is_a_stance_and_of_others_an_answer():
    scene = sco()
    first, second = scene.clauses
    present_text, other = ids(two(scene))
    answered, stated = scene.give(answers(present_text, answer(first, OBJECT)), "KAZ")
    assert answered.stances == ()
    assert (stated.stances[0].level, scene.state.stances[KAZ][first, None].level) == (OBJECT, OBJECT)
    (answered,) = scene.give(answers(other, answer(first), answer(second, OBJECT)), "KAZ")
    assert [(s.provision, s.wording, s.level) for s in answered.stances] == [(first, 2, SUPPORT), (second, 3, OBJECT)]
    held = scene.state.rounds[scene.item][-1].answers[KAZ][3]
    assert scene.prose[held.seq, f"/stances/{held.place}/wouldBeRemovedBy"] == "A fund."
    assert scene.state.stances[KAZ][first, None].level is OBJECT


def test_an_answer_that_names_nothing_or_says_no_reason_is_refused():
    scene = sco()
    first, _ = scene.clauses
    candidate = ids(two(scene))[1]
    assert scene.refuse(answers(candidate), "KAZ").code is RefusalCode.LIST_EMPTY
    twice = answers(candidate, answer(first), answer(first))
    assert scene.refuse(twice, "KAZ").code is RefusalCode.DUPLICATE_ENTRY
    elsewhere = scene.refuse(answers(candidate, answer(ProvisionId("x"))), "KAZ")
    assert (elsewhere.code, elsewhere.path) == (RefusalCode.UNKNOWN_REFERENCE, ("answers", "0", "provision"))
    silent = scene.refuse(answers(candidate, answer(first, OBJECT, reason=None)), "KAZ")
    assert (silent.code, silent.path) == (RefusalCode.STANCE_REASON_MISSING, ("answers", "0", "reason"))
    assert scene.refuse(answers(CandidateId("x"), answer(first)), "KAZ").code is RefusalCode.UNKNOWN_REFERENCE
    (amended,) = scene.give(c.ProposeAmendment(provision=first, revision=1, text="Anew.", language=EN), "KAZ")
    scene.give(c.AcceptAmendment(amendment=amended.amendment))
    stale = scene.refuse(answers(candidate, answer(first)), "KAZ")
    assert (stale.code, stale.path) == (RefusalCode.REVISION_STALE, ("answers", "0", "provision"))


# ── 5.16 taken ──


def test_a_candidate_becomes_the_text_and_what_was_answered_is_stated_on_it():
    scene = sco()
    first, second = scene.clauses
    candidate = ids(two(scene))[1]
    scene.give(takes(scene.item, first, RESERVE), "KAZ")
    scene.give(answers(candidate, answer(first)), "UZB")
    (taken,) = scene.give(c.TakeCandidate(candidate=candidate))
    assert taken.clauses == (
        e.TakenClause(provision=first, wording=2, revision=2, answers=(e.AnswerTaken(seat=UZB, round=1, wording=2),)),
        e.TakenClause(provision=second, wording=3, revision=None, answers=()),
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
