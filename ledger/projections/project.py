"""Which rows an entry changes.

Why one match: a new kind of event does not pass the type checker before it has said what it shows.
"""

from typing import assert_never

from ledger.projections import (
    agenda,
    amendments,
    brackets,
    corrections,
    decisions,
    drafts,
    positions,
    rounds,
    sessions,
    texts,
    versions,
    writers,
)
from ledger.projections.rows import Rows
from polylogue import events as e
from polylogue.occasion import Entry
from polylogue.state import State


def project(session: str, state: State, entry: Entry, rows: Rows) -> None:  # noqa: C901, PLR0915 -- a line or two a kind
    """Put the rows that an entry changes into `rows`; `state` is the session's just after that entry."""
    match entry.event:
        case e.SessionScheduled():
            sessions.scheduled(session, state, entry.event, rows)
        case e.PersonAdmitted():
            sessions.admitted(session, entry, entry.event, rows)
        case e.PersonDismissed():
            sessions.dismissed(session, entry.event, rows)
        case e.SessionOpened() | e.SessionReopened():
            sessions.opened(session, state, rows)
        case e.SessionResumed():
            sessions.opened(session, state, rows)
            decisions.call_running(session, state, rows)
        case e.SessionSuspended() | e.SessionSealed():
            sessions.moved(session, state, rows)
        case e.SessionClosed():
            sessions.closed(session, state, rows)
        case e.RollCallRecorded():
            sessions.roll_called(session, state, entry.event, rows)
        case e.ArrivalNoted() | e.DepartureNoted():
            sessions.attended(session, state, entry.event.sitting, entry.event.seats, rows)
        case e.ItemAdded():
            agenda.added(session, state, entry.event.item, "/item", rows)
        case e.ItemOpened():
            agenda.moved(session, state, entry.event.item, rows)
        case e.ItemDeferred():
            agenda.moved(session, state, entry.event.item, rows)
            drafts.requests_ended(session, state, rows)
        case e.PositionPosted():
            positions.posted(session, state, entry, entry.event, rows)
        case e.StancesStated():
            positions.stated(session, state, entry, entry.event, rows)
        case e.InterestsStated():
            positions.interests(session, state, entry.event, rows)
        case e.ProvisionProposed():
            texts.provision_proposed(session, state, entry.event, rows)
        case e.ProvisionWithdrawn():
            texts.provision_moved(session, state, entry.event.provision, rows)
            amendments.lapsed(session, state, entry.event.lapsed, rows)
        case e.SponsorJoined() | e.SponsorLeft():
            amendments.sponsors_moved(session, state, entry.event, rows)
        case e.VersionProvided() | e.VersionConfirmed():
            versions.version_moved(session, state, entry.event, rows)
        case e.AlternativeProposed():
            brackets.alternative_proposed(session, state, entry.event, rows)
        case e.BracketClosed():
            brackets.bracket_closed(session, state, entry.event, rows)
        case e.BracketsMerged() | e.BracketSplit():
            brackets.bracket_cut(session, state, entry.event.provision, rows)
        case e.BracketReopened():
            brackets.bracket_reopened(session, state, entry.event, rows)
        case e.AmendmentProposed() | e.AmendmentRevised():
            amendments.amendment_worded(session, state, entry.event.amendment, rows)
        case e.AmendmentAccepted():
            amendments.amendment_accepted(session, state, entry.event, rows)
        case e.AmendmentWithdrawn():
            amendments.amendment_moved(session, state, entry.event.amendment, rows)
            amendments.lapsed(session, state, entry.event.lapsed, rows)
        case e.DraftRequested():
            drafts.draft_requested(session, state, entry.event, rows)
        case e.DraftTabled():
            drafts.draft_tabled(session, state, entry, entry.event, rows)
        case e.CandidatesProposed():
            rounds.candidates_proposed(session, state, entry.event, rows)
        case e.StancesPredicted():
            pass  # it is read where it stands, behind the round
        case e.CandidatesRanked():
            rounds.candidates_ranked(session, state, entry, entry.event, rows)
        case e.CandidateAnswered():
            rounds.candidate_answered(session, state, entry, entry.event, rows)
        case e.CandidateTaken():
            rounds.candidate_taken(session, state, entry.event, rows)
        case e.TextCleaned():
            amendments.cleaned(session, state, entry.event, rows)
        case e.TextCirculated() | e.TextReopened():
            agenda.moved(session, state, entry.event.item, rows)
        case e.TextBlocked():
            versions.text_blocked(session, state, entry.event, rows)
        case e.WriterConsulted():
            writers.consulted(session, entry, entry.event, rows)
        case e.CallOpened():
            decisions.call_opened(session, state, entry.event, rows)
        case e.ObjectionRaised() | e.ObjectionMaintained() | e.ObjectionWithdrawn():
            decisions.objection_moved(session, state, entry, entry.event, rows)
        case e.OpinionPlaced():
            decisions.opinion_placed(session, entry, entry.event, rows)
        case e.CallClosed():
            decisions.call_closed(session, state, entry, entry.event, rows)
        case e.TextAdopted():
            decisions.adopted(session, state, entry, entry.event, rows)
        case e.ItemSteppedBack():
            corrections.stepped_back(session, state, entry.event, rows)
        case e.CallReopened():
            corrections.reopened(session, state, entry, entry.event, rows)
        case e.AdoptionRescinded():
            corrections.rescinded(session, state, entry, entry.event, rows)
        case e.EntryCorrected():
            corrections.corrected(session, state, entry, entry.event, rows)
        case _:
            assert_never(entry.event)
