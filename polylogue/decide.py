"""Deciding: what a command leads to in a session as it stands, or why it is refused.

Why pure: the same state, command and occasion give the same answer, so every outcome can be explained and tried again.
"""

from typing import assert_never

from polylogue import commands as c
from polylogue.events import Event
from polylogue.occasion import Decided, Occasion
from polylogue.procedure import (
    agenda,
    amendments,
    brackets,
    candidates,
    corrected_calls,
    corrections,
    decisions,
    drafts,
    positions,
    rounds,
    sessions,
    texts,
    versions,
)
from polylogue.procedure.matter import Matter, admissible
from polylogue.refusals import Refusal, Refused
from polylogue.state import State


def decide(state: State, command: c.Command, occasion: Occasion) -> Decided | Refusal:
    """The events that follow from a command, in order, and whose act they are; or a refusal. Only reads the state."""
    try:
        matter = admissible(state, command, occasion)
        corrects = command.seq if isinstance(command, c.CorrectEntry) else None
        return Decided(matter.acting, _heard(matter, command), corrects)
    except Refused as refused:
        return refused.refusal


def _heard(m: Matter, command: c.Command) -> tuple[Event, ...]:  # noqa: C901, PLR0915 -- one line a command
    match command:
        case c.ScheduleSession():
            return sessions.schedule(m, command)
        case c.AdmitPerson():
            return sessions.admit_person(m, command)
        case c.DismissPerson():
            return sessions.dismiss_person(m, command)
        case c.OpenSession():
            return sessions.open_session(m, command)
        case c.SuspendSession():
            return sessions.suspend(m, command)
        case c.ResumeSession():
            return sessions.resume(m, command)
        case c.CloseSession():
            return sessions.close(m, command)
        case c.ReopenSession():
            return sessions.reopen(m, command)
        case c.SealSession():
            return sessions.seal(m, command)
        case c.RecordRollCall():
            return agenda.record_roll_call(m, command)
        case c.NoteArrival():
            return agenda.note_arrival(m, command)
        case c.NoteDeparture():
            return agenda.note_departure(m, command)
        case c.AddItem():
            return agenda.add_item(m, command)
        case c.OpenItem():
            return agenda.open_item(m, command)
        case c.DeferItem():
            return agenda.defer_item(m, command)
        case c.StepItemBack():
            return corrected_calls.step_item_back(m, command)
        case c.PostPosition():
            return positions.post_position(m, command)
        case c.StateStances():
            return positions.state_stances(m, command)
        case c.ProposeProvision():
            return texts.propose_provision(m, command)
        case c.WithdrawProvision():
            return texts.withdraw_provision(m, command)
        case c.JoinSponsors():
            return texts.join_sponsors(m, command)
        case c.LeaveSponsors():
            return texts.leave_sponsors(m, command)
        case c.ProvideVersion():
            return versions.provide_version(m, command)
        case c.ConfirmVersion():
            return versions.confirm_version(m, command)
        case c.ProposeAlternative():
            return brackets.propose_alternative(m, command)
        case c.CloseBracket():
            return brackets.close_bracket(m, command)
        case c.MergeBrackets():
            return brackets.merge_brackets(m, command)
        case c.SplitBracket():
            return brackets.split_bracket(m, command)
        case c.ReopenBracket():
            return brackets.reopen_bracket(m, command)
        case c.ProposeAmendment():
            return amendments.propose_amendment(m, command)
        case c.ReviseAmendment():
            return amendments.revise_amendment(m, command)
        case c.AcceptAmendment():
            return amendments.accept_amendment(m, command)
        case c.WithdrawAmendment():
            return amendments.withdraw_amendment(m, command)
        case c.RequestDraft():
            return drafts.request_draft(m, command)
        case c.TableDraft():
            return drafts.table_draft(m, command)
        case c.ProposeCandidates():
            return candidates.propose_candidates(m, command)
        case c.RankCandidates():
            return rounds.rank_candidates(m, command)
        case c.AnswerCandidate():
            return rounds.answer_candidate(m, command)
        case c.TakeCandidate():
            return rounds.take_candidate(m, command)
        case c.CirculateText():
            return texts.circulate(m, command)
        case c.CleanText():
            return texts.clean(m, command)
        case c.ReopenText():
            return texts.reopen(m, command)
        case c.CallForConsensus():
            return decisions.call_for_consensus(m, command)
        case c.RaiseObjection():
            return decisions.raise_objection(m, command)
        case c.MaintainObjection():
            return decisions.maintain_objection(m, command)
        case c.WithdrawObjection():
            return decisions.withdraw_objection(m, command)
        case c.PlaceOpinionOnRecord():
            return decisions.place_opinion(m, command)
        case c.CloseCall():
            return decisions.close_call(m, command)
        case c.ReopenCall():
            return corrected_calls.reopen_call(m, command)
        case c.RescindAdoption():
            return corrected_calls.rescind_adoption(m, command)
        case c.CorrectEntry():
            return corrections.correct_entry(m, command)
        case _:
            assert_never(command)
