"""One entry after the other: each kind of event goes to its chapter."""

from collections.abc import Iterable
from typing import assert_never

from polylogue import events as e
from polylogue.evolve import (
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
from polylogue.occasion import Entry
from polylogue.state import State


def evolve(state: State, entry: Entry) -> None:  # noqa: C901 -- a line or two a chapter
    """Apply one entry to the state."""
    state.seq, state.at = entry.seq, entry.at
    match entry.event:
        case e.PositionPosted():  # the three that fill a record come first
            positions.posted(state, entry, entry.event)
        case e.StancesStated():
            positions.stated(state, entry, entry.event)
        case e.InterestsStated():
            positions.behind(state, entry, entry.event)
        case e.SessionScheduled() | e.PersonAdmitted() | e.PersonDismissed():
            sessions.begun(state, entry, entry.event)
        case (
            e.SessionOpened()
            | e.SessionSuspended()
            | e.SessionResumed()
            | e.SessionClosed()
            | e.SessionReopened()
            | e.SessionSealed()
            | e.RollCallRecorded()
            | e.ArrivalNoted()
            | e.DepartureNoted()
        ):
            sessions.sat(state, entry, entry.event)
        case e.ItemAdded() | e.ItemOpened() | e.ItemDeferred() | e.ItemSteppedBack():
            agenda.taken_up(state, entry, entry.event)
        case e.ProvisionProposed() | e.ProvisionWithdrawn() | e.SponsorJoined() | e.SponsorLeft():
            texts.worded(state, entry, entry.event)
        case e.VersionProvided() | e.VersionConfirmed():
            versions.versioned(state, entry, entry.event)
        case e.AlternativeProposed() | e.BracketClosed() | e.BracketsMerged() | e.BracketSplit() | e.BracketReopened():
            brackets.bracketed(state, entry, entry.event)
        case e.AmendmentProposed() | e.AmendmentRevised() | e.AmendmentAccepted() | e.AmendmentWithdrawn():
            amendments.amended(state, entry, entry.event)
        case e.DraftRequested() | e.DraftTabled():
            drafts.drafted(state, entry, entry.event)
        case (
            e.CandidatesProposed()
            | e.StancesPredicted()
            | e.CandidatesRanked()
            | e.CandidateAnswered()
            | e.CandidateTaken()
        ):
            rounds.held(state, entry, entry.event)
        case e.WriterConsulted():
            writers.consulted(state, entry.event)
        case e.TextCirculated() | e.TextCleaned() | e.TextReopened():
            texts.moved(state, entry.event)
        case (
            e.CallOpened() | e.ObjectionRaised() | e.ObjectionMaintained() | e.ObjectionWithdrawn() | e.OpinionPlaced()
        ):
            decisions.called(state, entry, entry.event)
        case e.CallClosed() | e.TextAdopted() | e.TextBlocked():
            decisions.concluded(state, entry.event)
        case e.CallReopened() | e.AdoptionRescinded():
            decisions.taken_back(state, entry, entry.event)
        case e.EntryCorrected():
            corrections.corrected(state, entry, entry.event)
        case _:
            assert_never(entry.event)


def fold(state: State, entries: Iterable[Entry]) -> State:
    """Apply entries in order; gives the same state back."""
    for entry in entries:
        evolve(state, entry)
    return state
