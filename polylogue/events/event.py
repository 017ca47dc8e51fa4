"""The union of all events, their names in the record, and the versions this software writes."""

from typing import get_args

from polylogue.events.agenda import (
    ArrivalNoted,
    DepartureNoted,
    ItemAdded,
    ItemDeferred,
    ItemOpened,
    RollCallRecorded,
)
from polylogue.events.amendments import AmendmentAccepted, AmendmentProposed, AmendmentRevised, AmendmentWithdrawn
from polylogue.events.brackets import (
    AlternativeProposed,
    BracketClosed,
    BracketReopened,
    BracketsMerged,
    BracketSplit,
)
from polylogue.events.corrections import AdoptionRescinded, CallReopened, EntryCorrected, ItemSteppedBack
from polylogue.events.decisions import (
    CallClosed,
    CallOpened,
    ObjectionMaintained,
    ObjectionRaised,
    ObjectionWithdrawn,
    OpinionPlaced,
    TextAdopted,
    TextBlocked,
)
from polylogue.events.drafts import DraftRequested, DraftTabled
from polylogue.events.positions import InterestsStated, PositionPosted, StancesStated
from polylogue.events.rounds import (
    CandidateAnswered,
    CandidatesProposed,
    CandidatesRanked,
    CandidateTaken,
    StancesPredicted,
)
from polylogue.events.sessions import (
    PersonAdmitted,
    PersonDismissed,
    SessionClosed,
    SessionOpened,
    SessionReopened,
    SessionResumed,
    SessionScheduled,
    SessionSealed,
    SessionSuspended,
)
from polylogue.events.texts import (
    ProvisionProposed,
    ProvisionWithdrawn,
    SponsorJoined,
    SponsorLeft,
    TextCirculated,
    TextCleaned,
    TextReopened,
)
from polylogue.events.versions import VersionConfirmed, VersionProvided
from polylogue.events.writers import WriterConsulted

Event = (
    SessionScheduled
    | PersonAdmitted
    | PersonDismissed
    | SessionOpened
    | SessionSuspended
    | SessionResumed
    | SessionClosed
    | SessionReopened
    | SessionSealed
    | RollCallRecorded
    | ArrivalNoted
    | DepartureNoted
    | ItemAdded
    | ItemOpened
    | ItemDeferred
    | ItemSteppedBack
    | PositionPosted
    | StancesStated
    | InterestsStated
    | ProvisionProposed
    | ProvisionWithdrawn
    | SponsorJoined
    | SponsorLeft
    | VersionProvided
    | VersionConfirmed
    | AlternativeProposed
    | BracketClosed
    | BracketsMerged
    | BracketSplit
    | BracketReopened
    | AmendmentProposed
    | AmendmentRevised
    | AmendmentAccepted
    | AmendmentWithdrawn
    | DraftRequested
    | DraftTabled
    | CandidatesProposed
    | StancesPredicted
    | CandidatesRanked
    | CandidateAnswered
    | CandidateTaken
    | WriterConsulted
    | TextCirculated
    | TextCleaned
    | TextReopened
    | CallOpened
    | ObjectionRaised
    | ObjectionMaintained
    | ObjectionWithdrawn
    | OpinionPlaced
    | CallClosed
    | TextAdopted
    | TextBlocked
    | CallReopened
    | AdoptionRescinded
    | EntryCorrected
)

KINDS: dict[str, type[Event]] = {kind.__name__: kind for kind in get_args(Event)}
"""Every kind of event by its name in the record."""

FORMAT = 0
"""Format of the record that this software writes."""

ENGINE = 1
"""Version of the rules engine that decides."""
