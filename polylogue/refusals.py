"""Refusals: what the rules answer when a command is not possible now.

Why values and not sentences: the sentence is made where the viewer's language is known; the code is for ever.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class RefusalCode(StrEnum):
    NOT_PERMITTED = "NOT_PERMITTED"
    NOT_A_MEMBER = "NOT_A_MEMBER"
    SEAT_NOT_HELD = "SEAT_NOT_HELD"
    SEAT_AMBIGUOUS = "SEAT_AMBIGUOUS"
    UNKNOWN_REFERENCE = "UNKNOWN_REFERENCE"
    UNKNOWN_RULE_SET = "UNKNOWN_RULE_SET"
    SCENARIO_INVALID = "SCENARIO_INVALID"
    SESSION_PHASE = "SESSION_PHASE"
    SESSION_SEALED = "SESSION_SEALED"
    SESSION_MOVED_ON = "SESSION_MOVED_ON"
    ITEM_PHASE = "ITEM_PHASE"
    TEXT_STATE = "TEXT_STATE"
    TEXT_EMPTY = "TEXT_EMPTY"
    TEXT_ERASED = "TEXT_ERASED"
    TEXT_UNSUPPORTED = "TEXT_UNSUPPORTED"
    PROVISION_WITHDRAWN = "PROVISION_WITHDRAWN"
    PROVISION_MISSING = "PROVISION_MISSING"
    BRACKETS_OPEN = "BRACKETS_OPEN"
    NOT_BRACKETED = "NOT_BRACKETED"
    BRACKET_OBJECTED = "BRACKET_OBJECTED"
    BRACKET_UNKNOWN = "BRACKET_UNKNOWN"
    BRACKET_MOVED = "BRACKET_MOVED"
    BRACKET_WHOLE = "BRACKET_WHOLE"
    BRACKET_SINGLE = "BRACKET_SINGLE"
    BRACKET_PLACE = "BRACKET_PLACE"
    BRACKET_NOT_CLOSED = "BRACKET_NOT_CLOSED"
    NOT_SPONSOR = "NOT_SPONSOR"
    ALREADY_SPONSOR = "ALREADY_SPONSOR"
    SPONSORED_BY_CHAIR = "SPONSORED_BY_CHAIR"
    AMENDMENT_NOT_PENDING = "AMENDMENT_NOT_PENDING"
    AMENDMENT_INVALID = "AMENDMENT_INVALID"
    AMENDMENT_DEPTH = "AMENDMENT_DEPTH"
    AMENDMENT_OVERLAPS = "AMENDMENT_OVERLAPS"
    ALREADY_ACCEPTED = "ALREADY_ACCEPTED"
    WORDING_UNCHANGED = "WORDING_UNCHANGED"
    ORDER_UNCHANGED = "ORDER_UNCHANGED"
    REVISION_STALE = "REVISION_STALE"
    DRAFT_OUTDATED = "DRAFT_OUTDATED"
    DRAFT_PENDING = "DRAFT_PENDING"
    ROUNDS_OVER = "ROUNDS_OVER"
    WRITER_NOT_CONFIGURED = "WRITER_NOT_CONFIGURED"
    CANDIDATE_PAST = "CANDIDATE_PAST"
    CANDIDATE_OUTDATED = "CANDIDATE_OUTDATED"
    CANDIDATE_UNSUPPORTED = "CANDIDATE_UNSUPPORTED"
    CANDIDATE_CHANGES_NOTHING = "CANDIDATE_CHANGES_NOTHING"
    ROLL_CALL_MISSING = "ROLL_CALL_MISSING"
    QUORUM_NOT_MET = "QUORUM_NOT_MET"
    CIRCULATION_RUNNING = "CIRCULATION_RUNNING"
    CALL_OPEN = "CALL_OPEN"
    CALLS_NOT_IN_RULES = "CALLS_NOT_IN_RULES"
    WINDOW_OPEN = "WINDOW_OPEN"
    ANSWERS_MISSING = "ANSWERS_MISSING"
    NO_SUCH_OBJECTION = "NO_SUCH_OBJECTION"
    ALREADY_OBJECTED = "ALREADY_OBJECTED"
    OBJECTION_REASON_MISSING = "OBJECTION_REASON_MISSING"
    REASON_MISSING = "REASON_MISSING"
    STANCE_REASON_MISSING = "STANCE_REASON_MISSING"
    STANCE_TARGET_INVALID = "STANCE_TARGET_INVALID"
    STANCE_IN_CALL = "STANCE_IN_CALL"
    BULK_OBJECT = "BULK_OBJECT"
    SITTING_OVER = "SITTING_OVER"
    TEXT_TOO_LONG = "TEXT_TOO_LONG"
    CHARACTER_FORBIDDEN = "CHARACTER_FORBIDDEN"
    LANGUAGE_TAG_INVALID = "LANGUAGE_TAG_INVALID"
    SEAT_CODE_INVALID = "SEAT_CODE_INVALID"
    NUMBER_OUT_OF_RANGE = "NUMBER_OUT_OF_RANGE"
    LIST_TOO_LONG = "LIST_TOO_LONG"
    LIST_EMPTY = "LIST_EMPTY"
    DUPLICATE_ENTRY = "DUPLICATE_ENTRY"
    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    SESSION_BUSY = "SESSION_BUSY"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a command is not possible.

    A stable code, the rule it comes from, the numbers and names its sentence needs, and the path to the input's member.
    """

    code: RefusalCode
    rule: str
    params: Mapping[str, str | int] = field(default_factory=dict[str, str | int])
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict(Refusal):
    """Refused because the caller looked at something older than what stands now."""

    current_seq: int = 0
    current_revision: int | None = None


class Refused(Exception):
    """Carries a refusal from the place in a chapter that finds it up to `decide`."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


def refuse(code: RefusalCode, rule: str, *, path: tuple[str, ...] = (), **params: str | int) -> Refused:
    """A refusal to raise: `raise refuse(RefusalCode.TEXT_EMPTY, "3.2", path=("text",))`."""
    return Refused(Refusal(code, rule, params, path))
