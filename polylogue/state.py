"""A session as its record makes it: what the rules need to know to decide the next command.

Why mutable: folding 5,000 events in place takes milliseconds, with copied maps thirty times as long. It is private to
whoever folds it; only `polylogue.evolve` changes it. It holds no text, only the place of each text in the record.
"""

from dataclasses import dataclass, field
from fractions import Fraction

from polylogue.rules.ruleset import RuleSet
from polylogue.vocabulary import (
    AlternativeId,
    AmendmentId,
    AmendmentState,
    CallId,
    DraftId,
    Instant,
    ItemId,
    ItemPhase,
    LanguageStatus,
    LanguageTag,
    ObjectionId,
    ObjectionState,
    PersonId,
    PositionId,
    ProvisionId,
    ProvisionKind,
    ProvisionState,
    RequestId,
    Role,
    SeatCode,
    Seq,
    SessionId,
    SessionPhase,
    StanceLevel,
    Standing,
    TextState,
)


@dataclass(frozen=True, slots=True)
class TextAt:
    """Where a language version of a wording lies in the record."""

    language: LanguageTag
    status: LanguageStatus
    seq: Seq
    pointer: str


Wording = tuple[TextAt, ...]


@dataclass(slots=True)
class Admission:
    roles: frozenset[Role]
    seats: frozenset[SeatCode]


@dataclass(slots=True)
class Item:
    """An agenda item with its negotiating text. Times are instants; durations milliseconds."""

    id: ItemId
    number: int
    phase: ItemPhase = ItemPhase.LISTED
    text: TextState = TextState.WORKING
    provisions: list[ProvisionId] = field(default_factory=list[ProvisionId])
    circulation_ms: int = 0
    objection_window_ms: int = 0
    callable_from: Instant | None = None
    adopted_in_sitting: int | None = None
    drafts: int = 0
    request: RequestId | None = None


@dataclass(slots=True)
class Provision:
    """A clause. `sponsor` is null for opening and tabled text, for which the chair speaks."""

    id: ProvisionId
    item: ItemId
    kind: ProvisionKind
    wording: Wording
    sponsor: SeatCode | None = None
    revision: int = 1
    state: ProvisionState = ProvisionState.PROPOSED
    alternatives: list[AlternativeId] = field(default_factory=list[AlternativeId])


@dataclass(slots=True)
class Alternative:
    """Another wording of a clause; no longer `open` once its bracket is closed."""

    id: AlternativeId
    provision: ProvisionId
    seat: SeatCode | None
    wording: Wording
    open: bool = True
    amendment: AmendmentId | None = None


@dataclass(slots=True)
class Amendment:
    id: AmendmentId
    provision: ProvisionId
    revision: int
    seat: SeatCode
    wording: Wording
    state: AmendmentState = AmendmentState.PENDING
    accepted_by: set[SeatCode | None] = field(default_factory=set[SeatCode | None])


@dataclass(slots=True)
class Held:
    """A stance as held now: the clause's revision on which it was taken, and its entry and place in it."""

    level: StanceLevel
    importance: int
    revision: int
    seq: Seq
    place: int
    bulk: bool = False
    if_agreed: ProvisionId | None = None


Target = tuple[ProvisionId, AlternativeId | None]


@dataclass(slots=True)
class Objection:
    id: ObjectionId
    seat: SeatCode
    provision: ProvisionId
    state: ObjectionState


@dataclass(slots=True)
class Call:
    """The call for consensus that is open; there is at most one in a session."""

    id: CallId
    item: ItemId
    decision_type: str
    eligible: tuple[SeatCode, ...]
    objections_until: Instant
    objections: dict[tuple[SeatCode, ProvisionId], Objection] = field(
        default_factory=dict[tuple[SeatCode, ProvisionId], Objection]
    )


@dataclass(slots=True)
class State:
    """The folded session. `rules` is null until it is scheduled; `present` until the sitting's roll call."""

    id: SessionId | None = None
    rules: RuleSet | None = None
    seq: Seq = Seq(0)
    at: Instant = Instant("")
    phase: SessionPhase = SessionPhase.SCHEDULED
    clock_scale: Fraction = Fraction(1)
    working: LanguageTag = LanguageTag("en")
    authentic: tuple[LanguageTag, ...] = ()
    sitting: int = 0
    present: frozenset[SeatCode] | None = None
    delegations: dict[SeatCode, Standing] = field(default_factory=dict[SeatCode, Standing])
    persons: dict[PersonId, Admission] = field(default_factory=dict[PersonId, Admission])
    items: dict[ItemId, Item] = field(default_factory=dict[ItemId, Item])
    provisions: dict[ProvisionId, Provision] = field(default_factory=dict[ProvisionId, Provision])
    alternatives: dict[AlternativeId, Alternative] = field(default_factory=dict[AlternativeId, Alternative])
    amendments: dict[AmendmentId, Amendment] = field(default_factory=dict[AmendmentId, Amendment])
    positions: dict[tuple[ItemId, SeatCode], tuple[PositionId, int]] = field(
        default_factory=dict[tuple[ItemId, SeatCode], tuple[PositionId, int]]
    )
    stances: dict[SeatCode, dict[Target, Held]] = field(default_factory=dict[SeatCode, dict[Target, Held]])
    call: Call | None = None
    decisions: int = 0
    drafts: dict[DraftId, ItemId] = field(default_factory=dict[DraftId, ItemId])

    def members(self) -> list[SeatCode]:
        """Codes of the delegations that are members, sorted."""
        return sorted(code for code, standing in self.delegations.items() if standing is Standing.MEMBER)

    def in_text(self, item: Item) -> list[Provision]:
        """The item's provisions in order, without those withdrawn."""
        provisions = (self.provisions[id] for id in item.provisions)
        return [p for p in provisions if p.state is not ProvisionState.WITHDRAWN]

    def carried(self, target: Target, held: Held) -> bool:
        """Whether a stance was taken on older wording. Alternatives never change, so theirs are never carried."""
        return target[1] is None and held.revision != self.provisions[target[0]].revision
