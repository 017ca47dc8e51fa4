"""Values that events are made of."""

from dataclasses import dataclass

from polylogue.record.prose import Prose
from polylogue.vocabulary import (
    AlternativeId,
    AmendmentId,
    CallId,
    DecisionType,
    Dimension,
    Hash,
    ItemId,
    LanguageStatus,
    LanguageTag,
    ObjectionId,
    ObjectionState,
    OpinionId,
    OpinionKind,
    PositionId,
    ProvisionId,
    ProvisionKind,
    SeatCode,
    StanceLevel,
    Standing,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A wording in one language."""

    language: LanguageTag
    status: LanguageStatus
    text: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    code: SeatCode
    standing: Standing
    languages: tuple[LanguageTag, ...]
    names: tuple[Prose, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A provision of an opening text."""

    id: ProvisionId
    kind: ProvisionKind
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    id: ItemId
    number: int
    titles: tuple[Prose, ...]
    dimensions: tuple[Dimension, ...]
    provisions: tuple[Clause, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """A stance as stated; without `alternative` it is on the wording of `revision`."""

    provision: ProvisionId
    alternative: AlternativeId | None
    revision: int
    level: StanceLevel
    importance: int
    reason: Prose | None
    would_be_removed_by: Prose | None
    if_agreed: ProvisionId | None
    bulk: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a wording comes from. What is named has just these words, and `seat` has given them; or they are `drawn`
    from it, which makes them nobody's own.
    """

    seat: SeatCode | None
    position: PositionId | None
    alternative: AlternativeId | None
    amendment: AmendmentId | None
    revision: int | None
    drawn: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TabledAlternative:
    """An alternative in a draft; `versions` are empty when it was on the table before."""

    id: AlternativeId
    versions: tuple[Version, ...]
    backers: tuple[SeatCode, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TabledClause:
    """A clause in a draft; `versions` are empty when it was on the table before."""

    id: ProvisionId
    kind: ProvisionKind
    revision: int
    versions: tuple[Version, ...]
    backers: tuple[SeatCode, ...]
    sources: tuple[Source, ...]
    alternatives: tuple[TabledAlternative, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """Where a bracket lies in a wording, in code points; `end` is the first one behind it. Without `alternative` in the
    present text.
    """

    alternative: AlternativeId | None
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A bracket of a clause: its place in each of the wordings that were open."""

    extents: tuple[Extent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BracketReading:
    """What wordings had in a bracket that closed: the `present` text, or `alternatives`. A null text is none at all; of
    a clause that was closed as a whole, it is the whole wording.
    """

    present: bool
    alternatives: tuple[AlternativeId, ...]
    chosen: bool
    text: Prose | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemainingAlternative:
    """An alternative that stays open when a bracket closes: as it was, or a new one that others have become.

    The words of what is new are its `versions`, else those of the first of `of`.
    """

    id: AlternativeId
    of: tuple[AlternativeId, ...]
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingObjection:
    """An OBJECT that stood when a call opened; `carried` when it was taken on an older wording."""

    id: ObjectionId
    seat: SeatCode
    provision: ProvisionId
    carried: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionCounted:
    """An objection in force when a call closed; with `version`, to what the clause says in that language."""

    seat: SeatCode
    provision: ProvisionId
    version: LanguageTag | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputedVersion:
    """A language version of a clause to which somebody objects."""

    provision: ProvisionId
    language: LanguageTag


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    name: str
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Why an outcome is what it is: the rule, what was counted, on which base, what was needed, who objects; and who
    was asked and could not be: `absent`, or `unreachable` by their devices.
    """

    passed: bool
    rule: str
    counts: tuple[Count, ...]
    base: str
    needed: int
    objections: tuple[ObjectionCounted, ...]
    absent: tuple[SeatCode, ...]
    unreachable: tuple[SeatCode, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptedVersion:
    """Words that the body has adopted: they stand in the record itself and cannot be erased."""

    language: LanguageTag
    status: LanguageStatus
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptedClause:
    id: ProvisionId
    kind: ProvisionKind
    number: int
    revision: int
    versions: tuple[AdoptedVersion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCited:
    item: ItemId
    hash: Hash


@dataclass(frozen=True, slots=True, kw_only=True)
class StanceTarget:
    """What a stance is on: the present text of a clause, or one of its alternatives."""

    provision: ProvisionId
    alternative: AlternativeId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoredRollCall:
    """Who was present when the roll was called."""

    sitting: int
    present: tuple[SeatCode, ...]
    absent: tuple[SeatCode, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoredAttendance:
    """Delegations that did not come or leave: whether they are `present` for all that."""

    sitting: int
    seats: tuple[SeatCode, ...]
    present: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoredPosition:
    """A revision of a position; a null text where it was never posted."""

    position: PositionId
    revision: int
    text: Prose | None
    translations: tuple[Prose, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoredInterests:
    """The interests behind a revision of a position; a null text where they were never stated."""

    position: PositionId
    revision: int
    text: Prose | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoredObjection:
    """An objection as it is in the call now; without `state` it was never raised. Texts where its words change."""

    objection: ObjectionId
    call: CallId
    provision: ProvisionId
    state: ObjectionState | None
    reason: Prose | None
    would_be_removed_by: Prose | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoredOpinion:
    """An opinion on record; a null text where it was never placed."""

    opinion: OpinionId
    kind: OpinionKind
    provision: ProvisionId | None
    text: Prose | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoredCall:
    """What a call is about, who is asked, the objections that stood when it opened, and those listed no longer."""

    call: CallId
    decision_type: DecisionType
    concerned: SeatCode | None
    eligible: tuple[SeatCode, ...]
    standing: tuple[StandingObjection, ...]
    unlisted: tuple[ObjectionId, ...]
