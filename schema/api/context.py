"""What a resolver may lean on: who asks, and the only ways to the record. One per operation.

Why handed in: this floor opens no connection, and what reads from the present reads from `asOf` in the same way.
"""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

import sqlalchemy as sa

from polylogue.commands import Command
from polylogue.occasion import Entry, Visibility
from polylogue.refusals import Refusal
from polylogue.state import State
from polylogue.vocabulary import (
    Audience,
    Hash,
    Instant,
    LanguageTag,
    PersonId,
    Role,
    SeatCode,
    Seq,
    SessionId,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Principal:
    """Who a token is: a person, what they are on this site, the token itself by its hash. Strangers have no person."""

    person: PersonId | None = None
    site_roles: frozenset[Role] = frozenset()
    token: bytes | None = None


@dataclass(frozen=True, slots=True)
class Standpoint:
    """What a viewer is in one session: roles and seats; nothing is also an answer."""

    roles: frozenset[Role] = frozenset()
    seats: frozenset[SeatCode] = frozenset()

    def may_read(self, seen: Visibility) -> bool:
        """Whether an event of this visibility is for this viewer."""
        match seen.to:
            case Audience.ALL:
                return bool(self.roles)
            case Audience.OFFICERS:
                return bool(self.roles & {Role.CHAIR, Role.SECRETARIAT, Role.FACILITATOR})
            case Audience.SEATS:
                return bool(self.roles & {Role.CHAIR, Role.FACILITATOR}) or bool(self.seats.intersection(seen.seats))


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to an accepted command: its first and last entry, the last one's leaf hash, and when."""

    session: SessionId
    first_seq: Seq
    seq: Seq
    leaf_hash: Hash
    at: Instant


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as a follower of the record gets it; `entry` is decoded once for all followers."""

    seq: Seq
    leaf: bytes
    stored: bytes
    entry: Entry
    visibility: Visibility


class Read(Protocol):
    async def __call__(self, body: Callable[[sa.Connection], T], /) -> T:
        """Run a plain function over a connection in one read transaction."""
        ...


@dataclass(frozen=True, slots=True)
class Newest:
    """A session at the end of its record, for one question: `prose` reads the text at a (seq, pointer), null where it
    is erased, `recorded` an entry; `model` is whether drafts may be asked of a language model. Nothing of it may be
    changed.
    """

    state: State
    connection: sa.Connection
    at: Instant
    prose: Callable[[Seq, str], str | None]
    recorded: Callable[[Seq], Entry | None]
    model: bool


class AskNewest(Protocol):
    async def __call__(self, session: SessionId, body: Callable[[Newest], T], /) -> T | None:
        """What a plain function says of the session as it stands; null where there is none."""
        ...


class Submit(Protocol):
    async def __call__(
        self,
        command: Command,
        *,
        key: str,
        session: SessionId | None = None,
        seat: SeatCode | None = None,
        occurred_at: Instant | None = None,
        expected_seq: Seq | None = None,
    ) -> Receipt | Refusal:
        """Give a command in the viewer's name. `session` is null only for ScheduleSession."""
        ...


class Lagging(Exception):
    """A follower took too long over what it was given; `seq` is the last entry it got, from which it may resume."""

    def __init__(self, seq: Seq) -> None:
        super().__init__(f"behind after entry {seq}")
        self.seq = seq


class Follow(Protocol):
    def __call__(self, session: SessionId, after: Seq) -> AsyncIterator[Line]:
        """Every entry after `after`, once, in order: from the record, then as they come; raises Lagging."""
        ...


class FollowReports(Protocol):
    def __call__(self, session: SessionId) -> AsyncIterator[int]:
        """The session's report revision now, then each time results have been stored (coalesced)."""
        ...


@dataclass
class Context:
    """Who asks, in which language refusals are worded, and the ways to the record. `address` is where the client is, as
    far as it is known; `tried` counts the sessions in which the operation has asked what may be done, `supposed`
    what it has asked to be supposed.
    """

    principal: Principal
    read: Read
    submit: Submit
    follow: Follow
    follow_reports: FollowReports
    now: Callable[[], Instant]
    newest: AskNewest
    language: LanguageTag = LanguageTag("en")
    services: dict[str, Any] = field(default_factory=dict[str, Any])
    standpoints: dict[SessionId, Standpoint] = field(default_factory=dict[SessionId, Standpoint])
    address: str = ""
    tried: int = 0
    supposed: int = 0
