"""A session as its record makes it: what the rules need to know to decide the next command.

Why mutable: folding 5,000 events in place takes milliseconds, with copied maps thirty times as long. It is private to
whoever folds it; only `polylogue.evolve` changes it. It holds no text, only the place of each text in the record.
Some facts here decide nothing; they are kept because a projection's row is made from the state alone.
"""

from dataclasses import dataclass, field
from fractions import Fraction

from polylogue.calls import Call
from polylogue.events.parts import Region
from polylogue.events.rounds import CandidatesProposed, Choice
from polylogue.rules.ruleset import RuleSet
from polylogue.sittings import Admission, Beginning, Sitting
from polylogue.stances import Held, Stances, Target
from polylogue.vocabulary import (
    AlternativeId,
    AmendmentId,
    AmendmentKind,
    AmendmentState,
    CallId,
    CandidateId,
    DecisionId,
    Dimension,
    DraftId,
    Hash,
    Instant,
    ItemId,
    ItemPhase,
    LanguageStatus,
    LanguageTag,
    PersonId,
    PositionId,
    ProvisionId,
    ProvisionKind,
    ProvisionState,
    RequestId,
    RequestState,
    SeatCode,
    Seq,
    SessionId,
    SessionPhase,
    Standing,
    TextState,
    WriterKind,
)


@dataclass(frozen=True, slots=True)
class TextAt:
    """Where a language version of a wording lies in the record.

    `stale`: other words have changed since, and nobody has said that it still fits. `revision` is the clause's for
    which it was given or confirmed.
    """

    language: LanguageTag
    status: LanguageStatus
    seq: Seq
    pointer: str
    stale: bool = False
    revision: int = 1


Wording = tuple[TextAt, ...]


@dataclass(slots=True)
class Item:
    """An agenda item with its negotiating text. Times are instants; durations milliseconds.

    `input_seq` is the last entry that feeds a computation on it: what puts clauses on the table or takes them off,
    changes a wording, opens or closes a bracket, and every stance. `deferred_seq` is the deferral while it lasts,
    `lapsed` are the amendments that lapsed when the text was cleaned last, `call` is the last call on it.
    """

    id: ItemId
    number: int
    dimensions: tuple[Dimension, ...]
    input_seq: Seq
    phase: ItemPhase = ItemPhase.LISTED
    text: TextState = TextState.WORKING
    provisions: list[ProvisionId] = field(default_factory=list[ProvisionId])
    circulation_ms: int = 0
    objection_window_ms: int = 0
    callable_from: Instant | None = None
    adopted_in_sitting: int | None = None
    drafts: int = 0
    request: RequestId | None = None
    deferred_seq: Seq | None = None
    lapsed: tuple[AmendmentId, ...] = ()
    call: CallId | None = None
    decision: DecisionId | None = None


@dataclass(slots=True)
class Request:
    """A draft that was asked for. `ended_seq` is the entry by which it was tabled or lapsed.

    `candidates` is how many may be proposed with it, `seed` what lots are drawn with.
    """

    id: RequestId
    item: ItemId
    seq: Seq
    at: Instant
    candidates: int
    writer: WriterKind
    seed: Hash
    state: RequestState = RequestState.PENDING
    ended_seq: Seq | None = None


@dataclass(frozen=True, slots=True)
class Closing:
    """A closing at the entry `seq`: the clause's wording and revision before it, and the alternatives then open."""

    seq: Seq
    revision: int
    wording: Wording
    alternatives: tuple[AlternativeId, ...]
    supported: bool
    authors: tuple[SeatCode, ...] = ()


@dataclass(slots=True)
class Provision:
    """A clause, on the table since `seq`. `sponsors` in the order in which they became so, the first of whom is its
    `sponsor`; there is none for opening and tabled text, for which the chair speaks.

    `regions` are its brackets where they were decided, else they follow from the words; they came about by the entry
    `brackets_seq`. `closing` is the last one that can be undone. `supported`: the record says whose words these are;
    `authors` are the delegations that put just these words forward, whose words they are first.
    """

    id: ProvisionId
    item: ItemId
    kind: ProvisionKind
    wording: Wording
    seq: Seq
    sponsors: list[SeatCode] = field(default_factory=list[SeatCode])
    revision: int = 1
    state: ProvisionState = ProvisionState.PROPOSED
    alternatives: list[AlternativeId] = field(default_factory=list[AlternativeId])
    regions: tuple[Region, ...] = ()
    brackets_seq: Seq | None = None
    closing: Closing | None = None
    supported: bool = True
    authors: tuple[SeatCode, ...] = ()

    @property
    def sponsor(self) -> SeatCode | None:
        return self.sponsors[0] if self.sponsors else None


@dataclass(slots=True)
class Alternative:
    """Another wording of a clause; no longer `open` once its bracket is closed.

    `revision` is the clause's when it was put on the table, by the entry `seq`; `ordinal` its place in the bracket.
    `others` have put the words forward together with `seat`.
    Its words never change: where a closing changes them, it ends, and one that is made `of` it takes its place.
    """

    id: AlternativeId
    provision: ProvisionId
    seat: SeatCode | None
    wording: Wording
    revision: int
    ordinal: int
    seq: Seq
    open: bool = True
    amendment: AmendmentId | None = None
    of: tuple[AlternativeId, ...] = ()
    supported: bool = True
    others: tuple[SeatCode, ...] = ()

    @property
    def authors(self) -> tuple[SeatCode, ...]:
        return (self.seat, *self.others) if self.seat else self.others


@dataclass(slots=True)
class Amendment:
    """A proposal to change a clause, or the wording of the amendment that it `amends`.

    `provision` is the clause that it is about, which an insertion would make; `revision` what it was proposed to: the
    clause's revision, or the edition of the other amendment, with the words `base`. `edition` counts its own wordings,
    the present one of which is `worded_by` another delegation where an amendment to it was accepted. `moved_seq` is the
    last entry that changed it: its words, or whether it waits.
    """

    id: AmendmentId
    kind: AmendmentKind
    item: ItemId
    provision: ProvisionId
    revision: int
    seat: SeatCode
    wording: Wording
    has_reason: bool
    seq: Seq
    provision_kind: ProvisionKind = ProvisionKind.OPERATIVE
    after: ProvisionId | None = None
    amends: AmendmentId | None = None
    base: Wording = ()
    edition: int = 1
    state: AmendmentState = AmendmentState.PENDING
    accepted_by: set[SeatCode | None] = field(default_factory=set[SeatCode | None])
    worded_by: SeatCode | None = None
    moved_seq: Seq = Seq(0)

    @property
    def authors(self) -> tuple[SeatCode, ...]:
        """Who puts its present words forward: whose words they are, and who proposes them as an amendment."""
        return tuple(dict.fromkeys((self.worded_by or self.seat, self.seat)))


@dataclass(slots=True)
class Posted:
    """A revision of a position: its entry and that of the interests behind it, with the places of their words there.

    `languages` are that of its text and those of the translations, in order.
    """

    seq: Seq
    at: Instant
    pointer: str = ""
    languages: tuple[LanguageTag, ...] = ()
    interests_seq: Seq | None = None
    interests_pointer: str = ""


Ballot = tuple[tuple[int, ...], ...]
"""Numbers of candidates, best first; those of one group are tied."""


@dataclass(slots=True)
class Round:
    """A round of candidates, `proposed` (its words left out) by the entry `seq`.

    `choice` is what follows from all ballots now. `expected` are predicted ballots, `ranked` those of seats that have
    ranked candidates themselves, by the entry `ranked_seq` the last time; `answers` are held on wordings by their place
    in the round. `heard_seq` is the last ranking or answer, `taken` the candidate that became the text.
    """

    proposed: CandidatesProposed
    seq: Seq
    at: Instant
    choice: Choice
    expected: dict[SeatCode, Ballot] = field(default_factory=dict[SeatCode, Ballot])
    ranked: dict[SeatCode, Ballot] = field(default_factory=dict[SeatCode, Ballot])
    ranked_seq: Seq | None = None
    answers: dict[SeatCode, dict[int, Held]] = field(default_factory=dict[SeatCode, dict[int, Held]])
    heard_seq: Seq = Seq(0)
    taken: CandidateId | None = None
    taken_seq: Seq | None = None


@dataclass(slots=True)
class State:
    """The folded session. `rules` is null until it is scheduled; `present` until the sitting's roll call.

    There is at most one open `call`; `closed` is the last one that was closed, `calls` are all. `posted` are the
    revisions of each position, `requests` every draft ever asked for, `writer_requests` how often a language model was.
    `corrected` is the correction of an entry, `cited` the first draft that cites a revision of a position.
    """

    id: SessionId | None = None
    rules: RuleSet | None = None
    beginning: Beginning | None = None
    seq: Seq = Seq(0)
    at: Instant = Instant("")
    phase: SessionPhase = SessionPhase.SCHEDULED
    clock_scale: Fraction = Fraction(1)
    working: LanguageTag = LanguageTag("en")
    authentic: tuple[LanguageTag, ...] = ()
    sitting: int = 0
    sat: Sitting | None = None
    sittings: dict[int, Sitting] = field(default_factory=dict[int, Sitting])
    present: frozenset[SeatCode] | None = None
    delegations: dict[SeatCode, Standing] = field(default_factory=dict[SeatCode, Standing])
    languages: dict[SeatCode, tuple[LanguageTag, ...]] = field(default_factory=dict[SeatCode, tuple[LanguageTag, ...]])
    persons: dict[PersonId, Admission] = field(default_factory=dict[PersonId, Admission])
    items: dict[ItemId, Item] = field(default_factory=dict[ItemId, Item])
    provisions: dict[ProvisionId, Provision] = field(default_factory=dict[ProvisionId, Provision])
    alternatives: dict[AlternativeId, Alternative] = field(default_factory=dict[AlternativeId, Alternative])
    amendments: dict[AmendmentId, Amendment] = field(default_factory=dict[AmendmentId, Amendment])
    positions: dict[tuple[ItemId, SeatCode], tuple[PositionId, int]] = field(
        default_factory=dict[tuple[ItemId, SeatCode], tuple[PositionId, int]]
    )
    posted: dict[PositionId, list[Posted]] = field(default_factory=dict[PositionId, list[Posted]])
    cited: dict[tuple[PositionId, int], Seq] = field(default_factory=dict[tuple[PositionId, int], Seq])
    stances: dict[SeatCode, Stances] = field(default_factory=dict[SeatCode, Stances])
    corrected: dict[Seq, Seq] = field(default_factory=dict[Seq, Seq])
    calls: dict[CallId, Call] = field(default_factory=dict[CallId, Call])
    call: Call | None = None
    closed: Call | None = None
    decisions: int = 0
    requests: dict[RequestId, Request] = field(default_factory=dict[RequestId, Request])
    drafts: dict[DraftId, ItemId] = field(default_factory=dict[DraftId, ItemId])
    rounds: dict[ItemId, list[Round]] = field(default_factory=dict[ItemId, list[Round]])
    candidates: dict[CandidateId, ItemId] = field(default_factory=dict[CandidateId, ItemId])
    writer_requests: int = 0

    def members(self) -> list[SeatCode]:
        """Codes of the delegations that are members, sorted."""
        return sorted(code for code, standing in self.delegations.items() if standing is Standing.MEMBER)

    def eligible(self) -> list[SeatCode]:
        """Codes of the delegations whose stances count and whose objections block under the session's rules, sorted."""
        standings = self.rules.eligible if self.rules else frozenset[Standing]()
        return sorted(code for code, standing in self.delegations.items() if standing in standings)

    def in_text(self, item: Item) -> list[Provision]:
        """The item's provisions in order, without those withdrawn."""
        provisions = (self.provisions[id] for id in item.provisions)
        return [p for p in provisions if p.state is not ProvisionState.WITHDRAWN]

    def held(self, seat: SeatCode) -> Stances:
        """What a seat holds, which may be nothing."""
        return self.stances.get(seat, Stances())

    def carried(self, target: Target, held: Held) -> bool:
        """Whether a stance was taken on older wording: of the clause, or of what an alternative was made of."""
        provision, alternative = target
        if alternative is None:
            return held.revision != self.provisions[provision].revision
        return held.revision < self.alternatives[alternative].revision

    def proposers(self, id: AlternativeId) -> tuple[SeatCode, ...]:
        """The delegations that put an alternative forward, or one that it was made of, sorted."""
        seats: set[SeatCode] = set()
        waiting = [id]
        while waiting:
            alternative = self.alternatives[waiting.pop()]
            waiting += alternative.of
            seats.update(alternative.authors)
        return tuple(sorted(seats))
