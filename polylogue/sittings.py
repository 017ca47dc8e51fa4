"""A session and its sittings as the record makes them: how it began, who was there, who is admitted.

Why apart: it is the part of the state (polylogue/state.py) that is about people and rooms, not about texts.
"""

from dataclasses import dataclass, field

from polylogue.vocabulary import Hash, Instant, Nature, Role, SeatCode, Seq, SessionId

__all__ = ["Admission", "Beginning", "Sitting"]


@dataclass(frozen=True, slots=True)
class Beginning:
    """What the first entry fixed and no rule asks again."""

    at: Instant
    nature: Nature
    format: int
    engine: int
    rule_set_hash: Hash
    conference: str | None
    continues: SessionId | None
    public: bool
    clock_scale: str


@dataclass(slots=True)
class Sitting:
    """A sitting: the entries that opened it and called its roll, who is or was there last, and who has come or gone
    since the roll was called, by which entry.
    """

    number: int
    opened_seq: Seq
    opened_at: Instant
    ended_at: Instant | None = None
    roll_call_seq: Seq | None = None
    present: frozenset[SeatCode] | None = None
    moved: dict[SeatCode, Seq] = field(default_factory=dict[SeatCode, Seq])


@dataclass(slots=True)
class Admission:
    roles: frozenset[Role]
    seats: frozenset[SeatCode]
