"""Calls for consensus and the objections in them, as the record makes them.

Why apart: it is the part of the state (polylogue/state.py) that is about decisions, not about texts.
"""

from dataclasses import dataclass, field

from polylogue.vocabulary import (
    CallId,
    Hash,
    Instant,
    ItemId,
    LanguageTag,
    ObjectionId,
    ObjectionState,
    ProvisionId,
    SeatCode,
    Seq,
)


@dataclass(slots=True)
class Objection:
    """`seq` raised it in the call (`raised`) or opened the call in which it stood; `carried`: on an older wording.
    It concerns the clause, or only its `version` in that language. Its words lie at `words`, where they have been
    corrected. `answers` are the entries that maintained or withdrew it, with its state before; `before` is the one that
    the seat had withdrawn before it raised this one.
    """

    id: ObjectionId
    seat: SeatCode
    provision: ProvisionId
    state: ObjectionState
    seq: Seq
    raised: bool = True
    carried: bool = False
    version: LanguageTag | None = None
    words: tuple[Seq, str] | None = None
    answers: list[tuple[Seq, ObjectionState]] = field(default_factory=list[tuple[Seq, ObjectionState]])
    before: "Objection | None" = None


@dataclass(slots=True)
class Call:
    """A call for consensus, opened by the entry `seq`, and closed by the entry `closed_seq` unless it is open."""

    id: CallId
    item: ItemId
    decision_type: str
    concerned: SeatCode | None
    eligible: tuple[SeatCode, ...]
    objections_until: Instant
    report: Hash | None
    seq: Seq
    at: Instant
    objections: dict[tuple[SeatCode, ProvisionId], Objection] = field(
        default_factory=dict[tuple[SeatCode, ProvisionId], Objection]
    )
    closed_seq: Seq | None = None
