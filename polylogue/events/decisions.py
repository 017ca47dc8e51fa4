"""Events of a call for consensus and what followed from it."""

from dataclasses import dataclass
from typing import ClassVar

from polylogue.events.parts import AdoptedClause, DisputedVersion, StandingObjection, Verdict
from polylogue.record.prose import Prose
from polylogue.vocabulary import (
    CallId,
    CallOutcome,
    DecisionId,
    DecisionType,
    Hash,
    Instant,
    ItemId,
    LanguageTag,
    ObjectionId,
    OpinionId,
    OpinionKind,
    ProvisionId,
    SeatCode,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOpened:
    v: ClassVar[int] = 1
    call: CallId
    item: ItemId
    decision_type: DecisionType
    concerned: SeatCode | None
    eligible: tuple[SeatCode, ...]
    objections_until: Instant
    report: Hash | None
    standing: tuple[StandingObjection, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionRaised:
    """With `version`, only to what the clause says in that language; the stance on the clause stays as it was."""

    v: ClassVar[int] = 1
    objection: ObjectionId
    call: CallId
    provision: ProvisionId
    version: LanguageTag | None
    reason: Prose
    would_be_removed_by: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionMaintained:
    v: ClassVar[int] = 1
    objection: ObjectionId
    call: CallId
    provision: ProvisionId


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionWithdrawn:
    v: ClassVar[int] = 1
    objection: ObjectionId
    call: CallId
    provision: ProvisionId


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionPlaced:
    v: ClassVar[int] = 1
    opinion: OpinionId
    item: ItemId
    kind: OpinionKind
    provision: ProvisionId | None
    text: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class CallClosed:
    v: ClassVar[int] = 1
    call: CallId
    item: ItemId
    outcome: CallOutcome
    verdict: Verdict
    absent: tuple[SeatCode, ...]
    unreachable: tuple[SeatCode, ...]
    reason: Prose | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextAdopted:
    v: ClassVar[int] = 1
    decision: DecisionId
    item: ItemId
    number: int
    report: Hash | None
    clauses: tuple[AdoptedClause, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBlocked:
    """The versions to which somebody objects are stale from here on."""

    v: ClassVar[int] = 1
    item: ItemId
    disputed: tuple[DisputedVersion, ...]
