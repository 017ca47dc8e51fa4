"""Events of a session as a whole and of who takes part."""

from dataclasses import dataclass
from typing import ClassVar

from polylogue.events.parts import Item, ReportCited, Seat
from polylogue.record.payload import Json
from polylogue.record.prose import Prose
from polylogue.vocabulary import Hash, Instant, LanguageTag, Nature, PersonId, Role, SeatCode, SessionId


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionScheduled:
    v: ClassVar[int] = 1
    format: int
    engine: int
    nature: Nature
    titles: tuple[Prose, ...]
    conference: str | None
    continues: SessionId | None
    public: bool
    clock_scale: str
    working: LanguageTag
    authentic: tuple[LanguageTag, ...]
    rule_set: Json
    rule_set_hash: Hash
    delegations: tuple[Seat, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAdmitted:
    v: ClassVar[int] = 1
    person: PersonId
    roles: tuple[Role, ...]
    seats: tuple[SeatCode, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDismissed:
    v: ClassVar[int] = 1
    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionOpened:
    v: ClassVar[int] = 1
    sitting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionSuspended:
    v: ClassVar[int] = 1
    reason: Prose | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionResumed:
    """A new sitting. `objections_until`: the time that the open call had left begins to run again, null if none had."""

    v: ClassVar[int] = 1
    sitting: int
    objections_until: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionClosed:
    v: ClassVar[int] = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionReopened:
    v: ClassVar[int] = 1
    sitting: int
    reason: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionSealed:
    v: ClassVar[int] = 1
    reports: tuple[ReportCited, ...]
