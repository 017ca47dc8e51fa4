"""The words of a polylogue: enumerations and identifiers used on every floor.

Why in one place: the same word must mean the same in a rule, in a row, in the API and in the documents.
"""

from enum import StrEnum
from typing import NewType

SessionId = NewType("SessionId", str)
PersonId = NewType("PersonId", str)
ItemId = NewType("ItemId", str)
ProvisionId = NewType("ProvisionId", str)
AlternativeId = NewType("AlternativeId", str)
AmendmentId = NewType("AmendmentId", str)
PositionId = NewType("PositionId", str)
DraftId = NewType("DraftId", str)
RequestId = NewType("RequestId", str)
CallId = NewType("CallId", str)
ObjectionId = NewType("ObjectionId", str)
OpinionId = NewType("OpinionId", str)
DecisionId = NewType("DecisionId", str)
CandidateId = NewType("CandidateId", str)

Seq = NewType("Seq", int)
"""Place of an entry in its session's record: 1, 2, 3 …"""

SeatCode = NewType("SeatCode", str)
"""A delegation's code in its session, such as "KAZ": ISO 3166-1 alpha-3, or a free one for what is no state."""

LanguageTag = NewType("LanguageTag", str)
"""A BCP 47 language tag."""

Hash = NewType("Hash", str)
"""SHA-256 in lower-case hexadecimal."""

Instant = NewType("Instant", str)
"""RFC 3339 in UTC with three fractional digits and "Z": as text its order is the order in time."""


class Nature(StrEnum):
    """What kind of meeting a session is; every screen and export names it."""

    SIMULATION = "SIMULATION"
    RECONSTRUCTION = "RECONSTRUCTION"
    CONSULTATION = "CONSULTATION"


class SessionPhase(StrEnum):
    SCHEDULED = "SCHEDULED"
    OPEN = "OPEN"
    SUSPENDED = "SUSPENDED"
    CLOSED = "CLOSED"
    SEALED = "SEALED"


class ItemPhase(StrEnum):
    LISTED = "LISTED"
    DELIBERATION = "DELIBERATION"
    NEGOTIATION = "NEGOTIATION"
    DECISION = "DECISION"
    CONCLUDED = "CONCLUDED"
    DEFERRED = "DEFERRED"


class TextState(StrEnum):
    """The life of an item's negotiating text."""

    WORKING = "WORKING"
    CIRCULATED = "CIRCULATED"
    CLEAN = "CLEAN"
    CALLED = "CALLED"
    ADOPTED = "ADOPTED"
    BLOCKED = "BLOCKED"


class ProvisionKind(StrEnum):
    PREAMBULAR = "PREAMBULAR"
    OPERATIVE = "OPERATIVE"


class ProvisionState(StrEnum):
    PROPOSED = "PROPOSED"
    BRACKETED = "BRACKETED"
    AGREED = "AGREED"
    WITHDRAWN = "WITHDRAWN"


class LanguageStatus(StrEnum):
    """What a language version of a wording is."""

    AUTHENTIC = "AUTHENTIC"
    WORKING = "WORKING"
    MISSING = "MISSING"


class AmendmentKind(StrEnum):
    """What an amendment would do: give a clause other words, put a new clause in, take a clause out, move it."""

    REPLACE = "REPLACE"
    INSERT_AFTER = "INSERT_AFTER"
    DELETE = "DELETE"
    MOVE = "MOVE"


class AmendmentState(StrEnum):
    PENDING = "PENDING"
    ACCEPTED = "ACCEPTED"
    WITHDRAWN = "WITHDRAWN"
    LAPSED = "LAPSED"


class RequestState(StrEnum):
    """LAPSED: the text was cleaned, the item deferred or the session closed before a draft was tabled."""

    PENDING = "PENDING"
    TABLED = "TABLED"
    LAPSED = "LAPSED"


class WriterKind(StrEnum):
    """Who words what no delegation has worded: nobody but the rules, or a language model beside them."""

    RULES = "RULES"
    MODEL = "MODEL"


class SourceKind(StrEnum):
    """WORDING: words on the table. CONDITION: what a seat said would remove its objection. NAME: a seat named.

    ANSWER: a wording of an earlier round that was answered.
    """

    WORDING = "WORDING"
    CONDITION = "CONDITION"
    NAME = "NAME"
    ANSWER = "ANSWER"


class Standing(StrEnum):
    """What a delegation is to the body that meets."""

    MEMBER = "MEMBER"
    PARTNER = "PARTNER"
    OBSERVER = "OBSERVER"
    GUEST = "GUEST"


class Role(StrEnum):
    """What a person is in a session; ORGANISER and WORKER belong to the site."""

    ORGANISER = "ORGANISER"
    CHAIR = "CHAIR"
    SECRETARIAT = "SECRETARIAT"
    DELEGATE = "DELEGATE"
    FACILITATOR = "FACILITATOR"
    PUBLIC = "PUBLIC"
    WORKER = "WORKER"


class StanceLevel(StrEnum):
    """How far a delegation can go with a wording, best first."""

    SUPPORT = "SUPPORT"
    ACCEPT = "ACCEPT"
    NEUTRAL = "NEUTRAL"
    RESERVE = "RESERVE"
    OBJECT = "OBJECT"


SCALE = {
    StanceLevel.OBJECT: 0,
    StanceLevel.RESERVE: 1,
    StanceLevel.NEUTRAL: 2,
    StanceLevel.ACCEPT: 3,
    StanceLevel.SUPPORT: 4,
}
"""The ordinal scale on which convergence is measured, 0 to 4."""


class WriterOutcome(StrEnum):
    """What came of asking a language model.

    ANSWERED: the reply was read, and each wording in it taken or refused. UNREADABLE: it was not what was asked for.
    REPLY_TOO_LONG, PROMPT_TOO_LONG: beyond what the record keeps. AGREED_ALTERED: it did not bring agreed clauses back
    word for word, so nothing of it was taken. FAILED: the connection broke or an error came. BUDGET_SPENT: the session
    may ask no more. NOT_CONFIGURED: the worker knew of no model.
    """

    ANSWERED = "ANSWERED"
    UNREADABLE = "UNREADABLE"
    REPLY_TOO_LONG = "REPLY_TOO_LONG"
    AGREED_ALTERED = "AGREED_ALTERED"
    FAILED = "FAILED"
    TIMED_OUT = "TIMED_OUT"
    PROMPT_TOO_LONG = "PROMPT_TOO_LONG"
    BUDGET_SPENT = "BUDGET_SPENT"
    NOT_CONFIGURED = "NOT_CONFIGURED"


class WordingFault(StrEnum):
    """Why a wording from a language model was refused.

    CLAUSE_UNKNOWN: of a clause that was not asked about. AGREED_ALTERED: of an agreed clause, and not as it is.
    TOO_MANY: one more than were asked for. CHARACTER_FORBIDDEN, TEXT_EMPTY, TEXT_TOO_LONG: no text may be so.
    NUMBER, NAME, NEGATION, BINDING, WORD, ORDER: what no source says (docs/drafting.md). OBJECTED: it keeps all words
    on which an objection stands.
    """

    CLAUSE_UNKNOWN = "CLAUSE_UNKNOWN"
    AGREED_ALTERED = "AGREED_ALTERED"
    TOO_MANY = "TOO_MANY"
    CHARACTER_FORBIDDEN = "CHARACTER_FORBIDDEN"
    TEXT_EMPTY = "TEXT_EMPTY"
    TEXT_TOO_LONG = "TEXT_TOO_LONG"
    NUMBER = "NUMBER"
    NAME = "NAME"
    NEGATION = "NEGATION"
    BINDING = "BINDING"
    WORD = "WORD"
    ORDER = "ORDER"
    OBJECTED = "OBJECTED"


class ClauseForm(StrEnum):
    """What a candidate does with a clause.

    MERGED takes one reading of each bracketed region; SHORTENED leaves the words of some out; NAMED_SUBSET speaks for
    its supporters only, as a whole or in one bracket; CONCESSION is what a delegation said would remove its objection
    or reservation; WRITTEN comes from a writer.
    """

    PRESENT = "PRESENT"
    ALTERNATIVE = "ALTERNATIVE"
    MERGED = "MERGED"
    SHORTENED = "SHORTENED"
    OMITTED = "OMITTED"
    NAMED_SUBSET = "NAMED_SUBSET"
    CONCESSION = "CONCESSION"
    WRITTEN = "WRITTEN"


class PredictionBasis(StrEnum):
    """What a delegation's level on a wording rests on (docs/drafting.md, prediction); only STATED is its own word."""

    STATED = "STATED"
    CONDITIONAL = "CONDITIONAL"
    PROPOSED = "PROPOSED"
    CARRIED = "CARRIED"
    CONDITION = "CONDITION"
    NEAREST = "NEAREST"
    OMISSION = "OMISSION"
    NAMED = "NAMED"
    NOT_NAMED = "NOT_NAMED"
    SILENT = "SILENT"


class TieStep(StrEnum):
    """What puts one of two tied candidates above the other, in the order in which they are asked."""

    FEWEST_OBJECTIONS = "FEWEST_OBJECTIONS"
    HIGHEST_LOWEST = "HIGHEST_LOWEST"
    HIGHEST_MEAN = "HIGHEST_MEAN"
    FEWEST_WORDS = "FEWEST_WORDS"
    STATUS_QUO = "STATUS_QUO"
    LOT = "LOT"


class DraftStop(StrEnum):
    """Why rounds of drafting end."""

    NO_OBJECTION = "NO_OBJECTION"
    WINNER_UNCHANGED = "WINNER_UNCHANGED"


class Dimension(StrEnum):
    """A dimension of sustainable security."""

    MILITARY_POLITICAL = "MILITARY_POLITICAL"
    ECONOMIC = "ECONOMIC"
    SOCIAL = "SOCIAL"
    ENVIRONMENTAL = "ENVIRONMENTAL"
    INFORMATION = "INFORMATION"
    HUMANITARIAN_CULTURAL = "HUMANITARIAN_CULTURAL"


class DecisionType(StrEnum):
    ORDINARY = "ORDINARY"
    STATEMENT = "STATEMENT"
    PROJECT = "PROJECT"
    SUSPENSION = "SUSPENSION"
    EXPULSION = "EXPULSION"
    ADMISSION = "ADMISSION"


class CallOutcome(StrEnum):
    ADOPTED = "ADOPTED"
    BLOCKED = "BLOCKED"
    NO_QUORUM = "NO_QUORUM"
    WITHDRAWN = "WITHDRAWN"


class ObjectionState(StrEnum):
    """STANDING was listed when the call opened and is not answered yet; RAISED and MAINTAINED are in force."""

    STANDING = "STANDING"
    RAISED = "RAISED"
    MAINTAINED = "MAINTAINED"
    WITHDRAWN = "WITHDRAWN"


class OpinionKind(StrEnum):
    INTERPRETATION = "INTERPRETATION"
    RESERVATION = "RESERVATION"


class Audience(StrEnum):
    """Who may read an event. OFFICERS: chair, secretariat, facilitator. SEATS: those seats, chair and facilitator."""

    ALL = "ALL"
    OFFICERS = "OFFICERS"
    SEATS = "SEATS"
