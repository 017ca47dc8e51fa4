"""Events: what happened in a session, in the past participle; the payloads of the record's entries.

Why with such care: an event is for ever. A field is never renamed, retyped or removed; a new one has a default and
raises `v`; anything else is a new kind. Each event says what follows from it, so that folding it asks no rule again.
"""

from polylogue.events.agenda import ItemAdded, ItemDeferred, ItemOpened, RollCallRecorded
from polylogue.events.amendments import AmendmentAccepted, AmendmentProposed, AmendmentWithdrawn
from polylogue.events.brackets import AlternativeProposed, BracketClosed
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
from polylogue.events.event import ENGINE, FORMAT, KINDS, Event
from polylogue.events.parts import (
    AdoptedClause,
    AdoptedVersion,
    Clause,
    Count,
    Item,
    ObjectionCounted,
    ReportCited,
    Seat,
    Source,
    Stance,
    StandingObjection,
    TabledAlternative,
    TabledClause,
    Verdict,
    Version,
)
from polylogue.events.positions import InterestsStated, PositionPosted, StancesStated
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
from polylogue.events.texts import ProvisionProposed, ProvisionWithdrawn, TextCirculated, TextCleaned, TextReopened

__all__ = [
    "ENGINE",
    "FORMAT",
    "KINDS",
    "AdoptedClause",
    "AdoptedVersion",
    "AlternativeProposed",
    "AmendmentAccepted",
    "AmendmentProposed",
    "AmendmentWithdrawn",
    "BracketClosed",
    "CallClosed",
    "CallOpened",
    "Clause",
    "Count",
    "DraftRequested",
    "DraftTabled",
    "Event",
    "InterestsStated",
    "Item",
    "ItemAdded",
    "ItemDeferred",
    "ItemOpened",
    "ObjectionCounted",
    "ObjectionMaintained",
    "ObjectionRaised",
    "ObjectionWithdrawn",
    "OpinionPlaced",
    "PersonAdmitted",
    "PersonDismissed",
    "PositionPosted",
    "ProvisionProposed",
    "ProvisionWithdrawn",
    "ReportCited",
    "RollCallRecorded",
    "Seat",
    "SessionClosed",
    "SessionOpened",
    "SessionReopened",
    "SessionResumed",
    "SessionScheduled",
    "SessionSealed",
    "SessionSuspended",
    "Source",
    "Stance",
    "StancesStated",
    "StandingObjection",
    "TabledAlternative",
    "TabledClause",
    "TextAdopted",
    "TextBlocked",
    "TextCirculated",
    "TextCleaned",
    "TextReopened",
    "Verdict",
    "Version",
]
