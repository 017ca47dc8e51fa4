"""Every refusal of the rules, each by the shortest history that leads to it.

The chapters' own tests say when a command is refused; this table says that no code is there for nothing, and holds the
rule, the place in the input and the parameters, on which sentences in every language rest.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from polylogue import commands as c
from polylogue import events as e
from polylogue.refusals import Conflict, Refusal, RefusalCode
from polylogue.scenario import LocalText, ScenarioItem
from polylogue.vocabulary import (
    AmendmentId,
    AmendmentKind,
    CandidateId,
    ClauseForm,
    ItemId,
    LanguageTag,
    PersonId,
    ProvisionId,
    ProvisionKind,
    Role,
    SeatCode,
    Seq,
    StanceLevel,
    WriterKind,
)
from tests.polylogue.procedure.page import RULES
from tests.scenes import EN, GUEST, OBSERVER, RU, THREE, ZH, Scene, Stage, objects, scenario, sco, stance, takes

ELSEWHERE = {
    RefusalCode.IDEMPOTENCY_CONFLICT,
    RefusalCode.SESSION_BUSY,
    RefusalCode.SCENARIO_INVALID,
    RefusalCode.CODE_UNKNOWN,
    RefusalCode.CODE_USED,
    RefusalCode.CODE_EXPIRED,
    RefusalCode.CODE_REVOKED,
    RefusalCode.TOO_MANY_CODES,
}
"""Codes of the writer and of the API, which are tried there."""

OLDER = {
    RefusalCode.SESSION_MOVED_ON: (14, None),
    RefusalCode.REVISION_STALE: (14, 1),
    RefusalCode.BRACKET_MOVED: (16, 1),
    RefusalCode.DRAFT_OUTDATED: (14, 1),
    RefusalCode.CANDIDATE_OUTDATED: (19, 2),
}
"""Codes by which a caller learns to have looked at something older, with the entry and revision that stand."""

FOR_ALL = {code for number, (_, codes) in RULES.items() if number.startswith("0.") for code in codes}
"""Codes that any command may be refused with."""

KAZ, KGZ, UZB = THREE
Code = RefusalCode
Case = Callable[[], Refusal]
CASES: dict[RefusalCode, tuple[Case, str, tuple[str, ...], dict[str, Any]]] = {}


def case(code: RefusalCode, rule: str, *path: str, **params: Any) -> Callable[[Case], Case]:
    def add(history: Case) -> Case:
        CASES[code] = (history, rule, path, params)
        return history

    return add


def schedules(**of_scenario: Any) -> Refusal:
    return Scene().refuse(c.ScheduleSession(scenario=scenario(**of_scenario)), "organiser")


def position(scene: Scene, words: str, language: LanguageTag = EN) -> c.PostPosition:
    return c.PostPosition(item=scene.item, text=words, language=language)


@case(Code.NOT_PERMITTED, "1.3", allowed="CHAIR")
def a_delegate_opens_the_session():
    return sco(stage="scheduled").refuse(c.OpenSession(), "KAZ")


@case(Code.NOT_A_MEMBER, "6.2", "seat", seat=OBSERVER, standing="OBSERVER")
def an_observer_objects():
    scene = sco(stage="called")
    return scene.refuse(objects(scene.item, scene.clauses[0]), OBSERVER)


@case(Code.SEAT_NOT_HELD, "4.1", "seat", seat=KGZ)
def a_delegate_speaks_for_another():
    scene = sco()
    return scene.refuse(position(scene, "We agree."), "KAZ", seat="KGZ")


@case(Code.SEAT_AMBIGUOUS, "4.1", "seat", seats="KAZ, KGZ")
def who_holds_two_seats_names_neither():
    scene = sco()
    scene.give(c.AdmitPerson(role=Role.DELEGATE, seats=(KGZ,), person=PersonId("delegate of KAZ")))
    return scene.refuse(position(scene, "We agree."), "KAZ")


@case(Code.UNKNOWN_REFERENCE, "3.2", "item", kind="item", id="nowhere")
def an_item_that_is_not_there():
    return sco().refuse(c.OpenItem(item=ItemId("nowhere")))


@case(Code.UNKNOWN_RULE_SET, "1.1", "scenario", "ruleSet", name="sco-consensus/99")
def rules_that_are_not_on_the_shelf():
    return schedules(rule_set="sco-consensus/99")


@case(Code.SESSION_PHASE, "1.3", phase="OPEN", allowed="SCHEDULED")
def opening_what_is_open():
    return sco().refuse(c.OpenSession())


@case(Code.SESSION_SEALED, "4.1")
def speaking_in_a_sealed_session():
    scene = sco()
    scene.give(c.CloseSession())
    scene.give(c.SealSession())
    return scene.refuse(position(scene, "One word more."), "KAZ")


@case(Code.SESSION_MOVED_ON, "0.3", "expectedSeq", given=3, current=14)
def deciding_on_what_one_saw_before():
    return sco().refuse(c.SuspendSession(), expected_seq=3)


@case(Code.ITEM_PHASE, "5.1", number=2, phase="LISTED", allowed="DECISION, DELIBERATION, NEGOTIATION")
def a_clause_for_an_item_not_taken_up():
    scene = sco(items=2)
    second = list(scene.state.items)[1]
    return scene.refuse(c.ProposeProvision(item=second, text="Decides.", language=EN), "KAZ")


@case(Code.TEXT_STATE, "5.10", number=1, state="WORKING", allowed="CIRCULATED")
def cleaning_what_was_not_circulated():
    scene = sco()
    return scene.refuse(c.CleanText(item=scene.item))


@case(Code.TEXT_EMPTY, "4.1", "text")
def a_position_of_white_space():
    scene = sco()
    return scene.refuse(position(scene, " \n "), "KAZ")


@case(Code.TEXT_ERASED, "6.5")
def adopting_a_clause_whose_words_are_erased():
    scene = sco(stage="called")
    wording = scene.state.provisions[scene.clauses[1]].wording[0]
    scene.erase(wording.seq, wording.pointer)
    scene.wait(minutes=30)
    return scene.refuse(c.CloseCall(item=scene.item))


@case(Code.PROVISION_WITHDRAWN, "4.2", "stances", "0", "provision")
def a_stance_on_what_was_withdrawn():
    scene = sco()
    clause = scene.clauses[0]
    scene.give(c.WithdrawProvision(provision=clause))
    return scene.refuse(takes(scene.item, clause), "KAZ")


@case(Code.PROVISION_MISSING, "5.9", number=1)
def circulating_nothing():
    scene = sco(clauses=0)
    return scene.refuse(c.CirculateText(item=scene.item))


@case(Code.BRACKETS_OPEN, "5.10", number=1, left=1)
def cleaning_a_text_with_a_bracket():
    scene = sco(stage="circulated")
    scene.give(c.ProposeAlternative(provision=scene.clauses[0], text="Should.", language=EN), "KAZ")
    return scene.refuse(c.CleanText(item=scene.item))


@case(Code.NOT_BRACKETED, "5.6", "provision", state="PROPOSED")
def closing_a_bracket_that_is_not_there():
    scene = sco()
    return scene.refuse(c.CloseBracket(provision=scene.clauses[0]))


def bracketed(*alternatives: str) -> tuple[Scene, ProvisionId]:
    scene = sco()
    clause = scene.clauses[0]
    for words in alternatives:
        scene.give(c.ProposeAlternative(provision=clause, text=words, language=EN), "KAZ")
    return scene, clause


@case(Code.BRACKET_UNKNOWN, "5.6", "bracket", bracket=3, clause="1.1", count=2)
def closing_a_bracket_beyond_the_last():
    scene, clause = bracketed("Point 1, clause 2.")
    return scene.refuse(c.CloseBracket(provision=clause, bracket=3))


@case(Code.BRACKET_MOVED, "5.6", "ifBracketsSeq", clause="1.1", given=15, current=16)
def closing_a_bracket_of_before():
    scene, clause = bracketed("Point 1, clause 1.", "Item 1, clause 2.")
    return scene.refuse(c.CloseBracket(provision=clause, bracket=1, if_brackets_seq=Seq(15)))


@case(Code.BRACKET_WHOLE, "5.6", "bracket", clause="1.1")
def closing_a_bracket_between_two_languages():
    scene = sco()
    clause = scene.clauses[0]
    scene.give(c.ProposeAlternative(provision=clause, text="Пункт 1.", language=LanguageTag("ru")), "KAZ")
    return scene.refuse(c.CloseBracket(provision=clause, bracket=1))


@case(Code.BRACKET_SINGLE, "5.12", "bracket", bracket=1)
def taking_apart_what_is_one():
    scene, clause = bracketed("Point 1, clause 1.")
    return scene.refuse(c.SplitBracket(provision=clause, bracket=1, if_revision=1))


@case(Code.BRACKET_PLACE, "5.12", "places", bracket=1)
def cutting_only_one_reading():
    scene, clause = bracketed("Each point 1, clause 1.")
    places = (c.SplitPlace(beginning=""),)
    return scene.refuse(c.SplitBracket(provision=clause, bracket=1, if_revision=1, places=places))


@case(Code.BRACKET_NOT_CLOSED, "5.13", "provision", clause="1.1")
def reopening_what_was_never_closed():
    scene = sco()
    return scene.refuse(c.ReopenBracket(provision=scene.clauses[0], reason="Too soon."), "KAZ")


@case(Code.TEXT_UNSUPPORTED, "5.10", clause="1.3")
def cleaning_words_of_nobody():
    scene = sco(stage="circulated")
    drafted = c.DraftedClause(text="Welcomes.", language=EN)
    scene.give(c.TableDraft(item=scene.item, clauses=(drafted,)), "worker")
    return scene.refuse(c.CleanText(item=scene.item))


def in_russian(stage: Stage = "open") -> Scene:
    return sco(stage=stage, authentic=(RU,))


def gives(scene: Scene, text: str = "Один.", language: LanguageTag = RU) -> c.ProvideVersion:
    return c.ProvideVersion(provision=scene.clauses[0], text=text, language=language)


@case(Code.VERSION_MISSING, "5.10", clause="1.1", language="ru", more=1)
def cleaning_what_is_only_in_the_working_language():
    scene = in_russian("circulated")
    return scene.refuse(c.CleanText(item=scene.item))


@case(Code.VERSION_STALE, "5.10", clause="1.1", language="ru", more=1)
def cleaning_with_a_version_of_older_words():
    scene = in_russian("circulated")
    scene.give(gives(scene), "secretary")
    (proposed,) = scene.give(c.ProposeAlternative(provision=scene.clauses[0], text="One."), "KAZ")
    scene.give(c.CloseBracket(provision=scene.clauses[0], alternative=proposed.alternative))
    return scene.refuse(c.CleanText(item=scene.item))


@case(Code.VERSION_FITS, "5.17", "language", clause="1.1", language="en")
def rewording_what_is_negotiated_without_an_amendment():
    scene = in_russian()
    return scene.refuse(gives(scene, "One.", EN))


@case(Code.VERSION_NOT_AUTHENTIC, "6.2", "version", language="en", allowed="ru")
def objecting_to_a_version_that_is_not_to_be_adopted():
    scene = in_russian("called")
    return scene.refuse(replace(objects(scene.item, scene.clauses[0]), version=EN), "KAZ")


@case(Code.LANGUAGE_NOT_IN_SESSION, "5.17", "language", language="zh-Hans", allowed="en, ru")
def giving_a_version_in_a_language_of_no_use():
    scene = in_russian()
    return scene.refuse(gives(scene, "一。", ZH))


@case(Code.LANGUAGE_NOT_SPOKEN, "5.17", "language", seat="KAZ", language="ru", allowed="")
def giving_a_version_in_the_language_of_others():
    scene = in_russian()
    return scene.refuse(gives(scene), "KAZ")


@case(Code.BRACKET_OBJECTED, "5.6", seats="KGZ, UZB", clause="1.1", reason="It costs too much.")
def choosing_a_wording_that_members_cannot_live_with():
    scene = sco()
    clause = scene.clauses[0]
    scene.give(c.ProposeAlternative(provision=clause, text="Should.", language=EN), "KAZ")
    for seat in ("UZB", "KGZ"):
        scene.give(takes(scene.item, clause, StanceLevel.OBJECT), seat)
    return scene.refuse(c.CloseBracket(provision=clause))


@case(Code.NOT_SPONSOR, "5.2", sponsor="CHAIR")
def withdrawing_a_clause_of_the_opening_text():
    scene = sco()
    return scene.refuse(c.WithdrawProvision(provision=scene.clauses[0]), "KAZ")


def amends(scene: Scene, words: str = "Twice.", by: str = "KAZ", revision: int = 1) -> AmendmentId:
    asked = c.ProposeAmendment(provision=scene.clauses[0], revision=revision, text=words)
    return scene.give(asked, by)[0].amendment


@case(Code.ALREADY_SPONSOR, "5.2", "provision", seat=KAZ)
def a_sponsor_becomes_one():
    scene = sco()
    (made,) = scene.give(c.ProposeProvision(item=scene.item, text="Decides.", language=EN), "KAZ")
    return scene.refuse(c.JoinSponsors(provision=made.provision), "KAZ")


@case(Code.SPONSORED_BY_CHAIR, "5.2", "provision")
def joining_the_chair():
    scene = sco()
    return scene.refuse(c.JoinSponsors(provision=scene.clauses[0]), "KAZ")


@case(Code.AMENDMENT_INVALID, "5.4", "text", kind="DELETE", surplus="text")
def words_for_a_clause_that_is_to_go():
    scene = sco()
    asked = c.ProposeAmendment(kind=AmendmentKind.DELETE, provision=scene.clauses[0], revision=1, text="Twice.")
    return scene.refuse(asked, "KAZ")


@case(Code.AMENDMENT_DEPTH, "5.4", "amendment")
def amending_what_amends_an_amendment():
    scene = sco()
    asked = c.ProposeAmendment(amendment=amends(scene), revision=1, text="Thrice.")
    child = scene.give(asked, "KGZ")[0].amendment
    return scene.refuse(replace(asked, amendment=child, text="Never."), "UZB")


@case(Code.AMENDMENT_OVERLAPS, "5.4", "text")
def changing_words_that_others_have_changed():
    scene = sco()
    one, two = amends(scene), amends(scene, "Never.", "KGZ")
    scene.give(c.AcceptAmendment(amendment=one))
    return scene.refuse(c.ReviseAmendment(amendment=two), "KGZ")


@case(Code.ALREADY_ACCEPTED, "5.5", "amendment", waiting="KGZ")
def accepting_twice():
    scene = sco()
    (made,) = scene.give(c.ProposeProvision(item=scene.item, text="Decides.", language=EN), "KAZ")
    scene.give(c.JoinSponsors(provision=made.provision), "KGZ")
    asked = c.ProposeAmendment(provision=made.provision, revision=1, text="Twice.")
    accepts = c.AcceptAmendment(amendment=scene.give(asked, "UZB")[0].amendment)
    scene.give(accepts, "KAZ")
    return scene.refuse(accepts, "KAZ")


@case(Code.WORDING_UNCHANGED, "5.3", "text")
def an_alternative_that_is_the_text():
    scene = sco()
    clause = scene.clauses[0]
    return scene.refuse(c.ProposeAlternative(provision=clause, text=scene.words(clause), language=EN), "KAZ")


@case(Code.ORDER_UNCHANGED, "5.4", "after")
def a_clause_moved_to_where_it_stands():
    scene = sco()
    return scene.refuse(c.ProposeAmendment(kind=AmendmentKind.MOVE, provision=scene.clauses[0]), "KAZ")


@case(Code.ORDER_PREAMBLE, "5.4", "after", before="1.1")
def a_recital_put_behind_what_is_decided():
    scene = sco()
    kind = ProvisionKind.PREAMBULAR
    puts = c.ProposeAmendment(
        kind=AmendmentKind.INSERT_AFTER, text="Recalling.", after=scene.clauses[0], provision_kind=kind
    )
    return scene.refuse(puts, "KAZ")


@case(Code.ORDER_WITHDRAWN, "5.5", "amendment")
def accepting_what_stands_behind_a_clause_that_has_gone():
    scene = sco()
    first, second = scene.clauses
    moves = c.ProposeAmendment(kind=AmendmentKind.MOVE, provision=first, after=second)
    (proposed,) = scene.give(moves, "KAZ")
    scene.give(c.WithdrawProvision(provision=second))
    return scene.refuse(c.AcceptAmendment(amendment=proposed.amendment))


@case(Code.AMENDMENT_NOT_PENDING, "5.5", "amendment", state="WITHDRAWN")
def accepting_what_was_taken_back():
    scene = sco()
    clause = scene.clauses[0]
    (proposed,) = scene.give(c.ProposeAmendment(provision=clause, revision=1, text="Twice.", language=EN), "KAZ")
    scene.give(c.WithdrawAmendment(amendment=proposed.amendment), "KAZ")
    return scene.refuse(c.AcceptAmendment(amendment=proposed.amendment))


@case(Code.REVISION_STALE, "5.4", "revision", given=7, current=1)
def amending_a_wording_that_does_not_stand():
    scene = sco()
    return scene.refuse(c.ProposeAmendment(provision=scene.clauses[0], revision=7, text="Twice.", language=EN), "KAZ")


@case(Code.DRAFT_OUTDATED, "5.8", "clauses", "0", "revision", given=7, current=1)
def a_draft_of_another_wording():
    scene = sco()
    clause = c.DraftedClause(provision=scene.clauses[0], revision=7)
    return scene.refuse(c.TableDraft(item=scene.item, clauses=(clause,)), "worker")


@case(Code.DRAFT_MISATTRIBUTED, "5.8", "clauses", "0", "sources", "0", "seat", clause="1.3", seats="KAZ")
def tabling_what_a_delegation_has_not_said():
    scene = sco()
    source = c.DraftSource(seat=THREE[0])
    clause = c.DraftedClause(text="Welcomes.", language=EN, sources=(source,))
    return scene.refuse(c.TableDraft(item=scene.item, clauses=(clause,)), "worker")


@case(Code.DRAFT_PENDING, "5.7", number=1)
def asking_twice_for_a_draft():
    scene = sco()
    scene.give(c.RequestDraft(item=scene.item))
    return scene.refuse(c.RequestDraft(item=scene.item))


@case(Code.WRITER_NOT_CONFIGURED, "5.7", "writer")
def asking_for_a_model_where_there_is_none():
    scene = sco()
    scene.model = False
    return scene.refuse(c.RequestDraft(item=scene.item, writer=WriterKind.MODEL))


@case(Code.ROUNDS_OVER, "5.7", number=1, round=1, reason="NO_OBJECTION")
def asking_for_another_round_when_no_objection_is_left():
    scene = sco()
    proposed(scene)
    return scene.refuse(c.RequestDraft(item=scene.item))


@case(Code.CANDIDATE_PAST, "5.14", "ranking", round=2)
def ranking_candidates_of_an_earlier_round():
    scene = sco()
    earlier = proposed(scene)
    scene.give(takes(scene.item, scene.clauses[0]), "KAZ")
    proposed(scene)
    return scene.refuse(c.RankCandidates(item=scene.item, ranking=((earlier,),)), "KAZ")


@case(Code.CANDIDATE_OUTDATED, "5.16", "candidate", given=1, current=2)
def taking_a_candidate_for_older_words():
    scene = sco()
    candidate = proposed(scene)
    (amended,) = scene.give(
        c.ProposeAmendment(provision=scene.clauses[0], revision=1, text="Anew.", language=EN), "KAZ"
    )
    scene.give(c.AcceptAmendment(amendment=amended.amendment))
    return scene.refuse(c.TakeCandidate(candidate=candidate))


@case(Code.CANDIDATE_UNSUPPORTED, "5.16", "candidate", clause="1.1", words="decides, war")
def taking_words_that_nobody_has_put_forward():
    scene = sco()
    candidate = proposed(scene, form=ClauseForm.WRITTEN, text="Decides war.", language=EN)
    return scene.refuse(c.TakeCandidate(candidate=candidate))


@case(Code.CANDIDATE_CHANGES_NOTHING, "5.16", "candidate")
def taking_the_text_as_it_stands():
    scene = sco()
    return scene.refuse(c.TakeCandidate(candidate=proposed(scene)))


def proposed(scene: Scene, **more: Any) -> CandidateId:
    """The one candidate of a round, for the first clause."""
    (asked,) = scene.give(c.RequestDraft(item=scene.item))
    first = scene.clauses[0]
    wording: dict[str, Any] = {"provision": first, "revision": 1, "form": ClauseForm.PRESENT} | more
    candidate = c.DraftedCandidate(wordings=(0,), explanation="So.", lowest="2", mean="2", words=3)
    command = c.ProposeCandidates(
        item=scene.item,
        request=asked.request,
        basis=scene.state.seq,
        clauses=(c.DraftedClause(provision=first, revision=1),),
        wordings=(c.DraftedWording(**wording),),
        candidates=(candidate,),
    )
    scene.give(command, "worker")
    return scene.newest(e.CandidatesProposed).candidates[0].id


@case(Code.ROLL_CALL_MISSING, "6.1", sitting=2)
def calling_before_the_roll_is_called():
    scene = sco(stage="clean")
    scene.give(c.SuspendSession())
    scene.give(c.ResumeSession())
    return scene.refuse(c.CallForConsensus(item=scene.item))


@case(Code.QUORUM_NOT_MET, "6.1", present=1, needed=2)
def calling_with_too_few():
    scene = sco(stage="clean")
    scene.give(c.RecordRollCall(present=(KAZ, OBSERVER, GUEST)))
    return scene.refuse(c.CallForConsensus(item=scene.item))


@case(Code.CIRCULATION_RUNNING, "6.1", number=1, until="2026-05-05T09:00:00.000Z")
def calling_before_delegations_have_read_the_text():
    scene = sco(stage="circulated")
    scene.give(c.CleanText(item=scene.item))
    return scene.refuse(c.CallForConsensus(item=scene.item))


@case(Code.CALL_OPEN, "1.5", number=1)
def closing_a_session_in_a_call():
    return sco(stage="called").refuse(c.CloseSession())


@case(Code.CALLS_NOT_IN_RULES, "6.1", name="reconstruction/1")
def calling_where_nothing_is_called():
    scene = sco(stage="clean", rule_set="reconstruction/1")
    return scene.refuse(c.CallForConsensus(item=scene.item))


@case(Code.WINDOW_OPEN, "6.5", until="2026-05-05T09:30:00.000Z")
def closing_a_call_too_soon():
    scene = sco(stage="called")
    return scene.refuse(c.CloseCall(item=scene.item))


@case(Code.ANSWERS_MISSING, "6.5", seats="KGZ")
def closing_a_call_before_all_have_answered():
    scene = sco(stage="clean")
    scene.give(takes(scene.item, scene.clauses[0], StanceLevel.OBJECT), "KGZ")
    scene.give(c.CallForConsensus(item=scene.item))
    scene.wait(minutes=30)
    return scene.refuse(c.CloseCall(item=scene.item))


@case(Code.NO_SUCH_OBJECTION, "6.3", "provision", seat=KAZ)
def withdrawing_what_was_not_raised():
    scene = sco(stage="called")
    return scene.refuse(c.WithdrawObjection(item=scene.item, provision=scene.clauses[0]), "KAZ")


@case(Code.ALREADY_OBJECTED, "6.2", "provision", seat=KAZ, state="RAISED")
def objecting_twice():
    scene = sco(stage="called")
    scene.give(objects(scene.item, scene.clauses[0]), "KAZ")
    return scene.refuse(objects(scene.item, scene.clauses[0]), "KAZ")


@case(Code.OBJECTION_REASON_MISSING, "6.2", "wouldBeRemovedBy", missing="wouldBeRemovedBy")
def an_objection_that_nothing_would_remove():
    scene = sco(stage="called")
    objection = c.RaiseObjection(
        item=scene.item, provision=scene.clauses[0], reason="It costs.", would_be_removed_by=" ", language=EN
    )
    return scene.refuse(objection, "KAZ")


@case(Code.REASON_MISSING, "3.3", "reason")
def deferring_for_no_reason():
    scene = sco()
    return scene.refuse(c.DeferItem(item=scene.item, reason=""))


@case(Code.STANCE_REASON_MISSING, "4.2", "stances", "0", "reason", missing="reason")
def objecting_for_no_reason():
    scene = sco()
    return scene.refuse(takes(scene.item, scene.clauses[0], StanceLevel.OBJECT, reason=None), "KAZ")


@case(Code.STANCE_TARGET_INVALID, "4.2", "stances", "0", "provision")
def a_stance_on_a_clause_of_another_item():
    scene = sco(items=2)
    second = list(scene.state.items)[1]
    return scene.refuse(takes(second, scene.clauses[0]), "KAZ")


@case(Code.STANCE_IN_CALL, "4.2", number=1, state="CALLED", allowed="BLOCKED, CIRCULATED, CLEAN, WORKING")
def a_stance_in_a_call():
    scene = sco(stage="called")
    return scene.refuse(takes(scene.item, scene.clauses[0]), "KAZ")


@case(Code.BULK_OBJECT, "4.2", "forRest")
def objecting_to_all_the_rest():
    scene = sco()
    return scene.refuse(c.StateStances(item=scene.item, for_rest=StanceLevel.OBJECT), "KAZ")


@case(Code.SITTING_OVER, "6.4", number=1, sitting=1)
def an_opinion_after_the_sitting():
    scene = sco(stage="called")
    scene.wait(minutes=30)
    scene.give(c.CloseCall(item=scene.item))
    scene.give(c.SuspendSession())
    scene.give(c.ResumeSession())
    return scene.refuse(c.PlaceOpinionOnRecord(item=scene.item, text="We understand.", language=EN), "KAZ")


@case(Code.ATTENDANCE_UNCHANGED, "2.2", "seats", seats="KAZ", here="PRESENT")
def arriving_twice():
    return sco().refuse(c.NoteArrival(seats=(KAZ,)))


@case(Code.OCCURRED_AT_NOT_CLAIMED, "4.1", "occurredAt")
def claiming_a_time_for_oneself():
    scene = sco()
    return scene.refuse(position(scene, "We agree."), "KAZ", occurred_at=scene.at)


@case(
    Code.OCCURRED_AT_OUT_OF_RANGE,
    "4.1",
    "occurredAt",
    earliest="2026-05-04T09:00:00.000Z",
    latest="2026-05-04T09:00:00.000Z",
)
def entering_what_is_to_come():
    scene = sco()
    return scene.refuse(position(scene, "We agree."), "chair", "KAZ", occurred_at="2026-05-04T09:00:01.000Z")


def corrects(scene: Scene, seq: int, by: str = "chair", **restored: Any) -> Refusal:
    said = restored or {"void": True}
    return scene.refuse(c.CorrectEntry(seq=Seq(seq), restored=c.Restored(**said), reason="Entered wrongly."), by)


def stated() -> Scene:
    """A stance of KAZ, entry 15."""
    scene = sco()
    scene.give(takes(scene.item, scene.clauses[0]), "KAZ")
    return scene


@case(Code.CORRECTION_KIND, "7.1", "seq", seq=14, kind="ItemOpened")
def correcting_what_has_a_command_of_its_own():
    return corrects(sco(), 14)


@case(Code.CORRECTION_MISMATCH, "7.1", "restored", seq=15, takes="stances, void")
def correcting_a_stance_by_a_roll_call():
    return corrects(stated(), 15, roll_call=c.RestoredPresence(present=THREE))


@case(Code.CORRECTION_NOT_YOURS, "7.1", "seq", seq=15)
def correcting_another_s_stance():
    return corrects(stated(), 15, "KGZ")


@case(Code.CORRECTION_SUPERSEDED, "7.1", "seq", seq=15, by=16)
def correcting_a_stance_that_was_stated_anew():
    scene = stated()
    scene.give(takes(scene.item, scene.clauses[0], StanceLevel.RESERVE), "KAZ")
    return corrects(scene, 15)


@case(Code.CORRECTION_TOGETHER, "7.1", "seq", seq=19, other=18)
def correcting_the_stance_of_an_objection():
    scene = sco(stage="called")
    raised = scene.state.seq + 1
    scene.give(objects(scene.item, scene.clauses[0]), "KAZ")
    assert raised == 18, raised
    return corrects(scene, 19)


@case(Code.CORRECTION_UNCHANGED, "7.1", "restored", seq=15)
def correcting_nothing():
    scene = stated()
    return corrects(scene, 15, stances=c.RestoredStances(stances=(stance(scene.clauses[0]),)))


@case(Code.ALREADY_CORRECTED, "7.1", "seq", seq=15, by=16)
def correcting_twice():
    scene = stated()
    scene.give(c.CorrectEntry(seq=Seq(15), restored=c.Restored(void=True), reason="It was KGZ."), "secretary")
    return corrects(scene, 15)


@case(Code.TEXT_TOO_LONG, "4.1", "text", length=20_001, limit=20_000)
def a_position_longer_than_is_kept():
    scene = sco()
    return scene.refuse(position(scene, "я" * 20_001), "KAZ")


@case(Code.CHARACTER_FORBIDDEN, "4.1", "text", character="U+202E", position=4)
def a_position_that_reads_otherwise_than_it_looks():
    scene = sco()
    return scene.refuse(position(scene, "We \N{RIGHT-TO-LEFT OVERRIDE}agree."), "KAZ")


@case(Code.LANGUAGE_TAG_INVALID, "4.1", "language", tag="Kazakh!")
def a_position_in_no_language():
    scene = sco()
    return scene.refuse(position(scene, "We agree.", LanguageTag("Kazakh!")), "KAZ")


@case(Code.SEAT_CODE_INVALID, "1.1", "scenario", "delegations", "0", "code", given="kaz")
def a_seat_in_small_letters():
    return schedules(seats=(SeatCode("kaz"),))


@case(Code.NUMBER_OUT_OF_RANGE, "4.2", "stances", "0", "importance", value=4, least=1, most=3)
def a_stance_of_more_than_highest_importance():
    scene = sco()
    return scene.refuse(takes(scene.item, scene.clauses[0], importance=4), "KAZ")


@case(Code.LIST_TOO_LONG, "4.2", "stances", size=201, limit=200)
def stances_beyond_number():
    scene = sco()
    stances = (stance(scene.clauses[0]),) * 201
    return scene.refuse(c.StateStances(item=scene.item, stances=stances), "KAZ")


@case(Code.LIST_EMPTY, "1.1", "scenario", "titles", name="titles")
def a_session_without_a_title():
    return schedules(titles=())


@case(Code.DUPLICATE_ENTRY, "1.1", "scenario", "items", "0", "titles", entry="en")
def two_titles_in_one_language():
    twice = (LocalText(language=EN, text="Water"), LocalText(language=EN, text="Rivers"))
    return schedules(items=(ScenarioItem(titles=twice),))


def test_every_code_has_its_history():
    assert set(RefusalCode) == set(CASES) | ELSEWHERE


@pytest.mark.parametrize("code", CASES)
def test_it_is_refused_with_its_rule_its_place_and_its_numbers(code: RefusalCode):
    history, rule, path, params = CASES[code]
    refusal = history()
    assert (refusal.code, refusal.rule, refusal.path) == (code, rule, path)
    assert params.items() <= refusal.params.items()
    assert isinstance(refusal, Conflict) == (code in OLDER)


@pytest.mark.parametrize(("code", "stands"), OLDER.items())
def test_who_looked_at_something_older_is_told_what_stands(code: RefusalCode, stands: tuple[int, int | None]):
    refusal = CASES[code][0]()
    assert isinstance(refusal, Conflict)
    assert (refusal.current_seq, refusal.current_revision) == stands


def test_every_refusal_stands_under_its_rule_or_under_what_holds_for_all():
    assert {code for _, codes in RULES.values() for code in codes} == set(RefusalCode)
    told = {(rule, code) for rule, (_, codes) in RULES.items() for code in codes}
    missing = [
        (rule, code) for code, (_, rule, *_) in CASES.items() if code not in FOR_ALL and (rule, code) not in told
    ]
    assert missing == []
