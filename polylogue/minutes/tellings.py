"""How each kind of entry is told.

Why a table: a kind that is not in it is seen at once, and a test looks.
"""

from collections.abc import Callable, Mapping
from typing import Any

from polylogue import events as e
from polylogue.minutes import corrections, decisions, drafts, positions, sittings, texts, versions
from polylogue.minutes.desk import Desk
from polylogue.minutes.page import Told
from polylogue.occasion import Entry

Telling = Callable[[Desk, Entry, Any], Told]
"""Tells an entry when the state of the desk holds it already."""

TELLINGS: Mapping[type, Telling] = {
    e.SessionScheduled: sittings.scheduled,
    e.PersonAdmitted: sittings.admitted,
    e.PersonDismissed: sittings.dismissed,
    e.SessionOpened: sittings.begun,
    e.SessionSuspended: sittings.suspended,
    e.SessionResumed: sittings.resumed,
    e.SessionClosed: sittings.closed,
    e.SessionReopened: sittings.reopened,
    e.SessionSealed: sittings.sealed,
    e.RollCallRecorded: sittings.roll_called,
    e.ArrivalNoted: sittings.moved,
    e.DepartureNoted: sittings.moved,
    e.ItemAdded: sittings.added,
    e.ItemOpened: sittings.opened,
    e.ItemDeferred: sittings.deferred,
    e.ItemSteppedBack: corrections.stepped_back,
    e.PositionPosted: positions.posted,
    e.StancesStated: positions.stated,
    e.InterestsStated: positions.interests,
    e.ProvisionProposed: texts.proposed,
    e.ProvisionWithdrawn: texts.withdrawn,
    e.SponsorJoined: texts.sponsored,
    e.SponsorLeft: texts.sponsored,
    e.VersionProvided: versions.provided,
    e.VersionConfirmed: versions.confirmed,
    e.AlternativeProposed: texts.alternative,
    e.BracketClosed: texts.closed,
    e.BracketsMerged: texts.merged,
    e.BracketSplit: texts.split,
    e.BracketReopened: texts.reopened,
    e.AmendmentProposed: texts.amended,
    e.AmendmentRevised: texts.revised,
    e.AmendmentAccepted: texts.accepted,
    e.AmendmentWithdrawn: texts.taken_back,
    e.DraftRequested: drafts.requested,
    e.DraftTabled: drafts.tabled,
    e.CandidatesProposed: drafts.proposed,
    e.StancesPredicted: drafts.predicted,
    e.CandidatesRanked: drafts.ranked,
    e.CandidateAnswered: drafts.answered,
    e.CandidateTaken: texts.taken,
    e.WriterConsulted: drafts.consulted,
    e.TextCirculated: texts.circulated,
    e.TextCleaned: texts.cleaned,
    e.TextReopened: texts.text_reopened,
    e.CallOpened: decisions.opened,
    e.ObjectionRaised: decisions.objected,
    e.ObjectionMaintained: decisions.answered,
    e.ObjectionWithdrawn: decisions.answered,
    e.OpinionPlaced: decisions.opinion,
    e.CallClosed: decisions.closed,
    e.TextAdopted: decisions.adopted,
    e.TextBlocked: decisions.blocked,
    e.CallReopened: corrections.call_reopened,
    e.AdoptionRescinded: corrections.rescinded,
    e.EntryCorrected: corrections.corrected,
}
