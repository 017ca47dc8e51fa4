"""Who acts, when, and with what at hand: what surrounds a command on its way in and an event on its way out.

Why arguments: the core asks no clock, draws no id and reads no store, so the same input gives the same output.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from polylogue.events import Event
from polylogue.vocabulary import Audience, Hash, Instant, ItemId, PersonId, Role, SeatCode, Seq


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in a role; the person is null where only the seat is known."""

    person: PersonId | None
    role: Role


@dataclass(frozen=True, slots=True)
class Visibility:
    to: Audience = Audience.ALL
    seats: tuple[SeatCode, ...] = ()


@dataclass(frozen=True, slots=True)
class Acting:
    """Whose act it is, for which seat, and who entered it when that is somebody else (at the time they claim)."""

    actor: Actor
    seat: SeatCode | None = None
    entered_by: Actor | None = None
    occurred_at: Instant | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """What a command leads to; `corrects` is the entry that its events correct."""

    acting: Acting
    events: tuple[Event, ...]
    corrects: Seq | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the record, as far as rules and projections may rest on it; `corrects` is the line it corrects."""

    seq: Seq
    at: Instant
    acting: Acting
    event: Event
    corrects: Seq | None = None

    @property
    def seat(self) -> SeatCode | None:
        return self.acting.seat


Place = tuple[Seq, str]
"""Where a text lies in the record: its entry and the JSON pointer in it."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """The circumstances of one command.

    `site_roles` are ORGANISER or WORKER; roles in the session follow from its record. `seat` and `occurred_at` are
    what the caller claims. `ids` gives any number of fresh ids. `report` answers the newest report's public hash of an
    item (null: none, which never blocks), `prose` the text at a (seq, pointer) of the record (null: erased), `several`
    the texts at many such places at once, where that is quicker than one by one, without those erased; `root` the
    root of the record's tree so far, `recorded` an entry of the record (null: there is none of that number). `model` is
    whether the house has a language model for drafts, `reachable` whose devices answer (null: nobody has looked).
    """

    at: Instant
    person: PersonId
    ids: Iterator[str]
    site_roles: frozenset[Role] = frozenset()
    seat: SeatCode | None = None
    occurred_at: Instant | None = None
    expected_seq: Seq | None = None
    report: Callable[[ItemId], Hash | None] = lambda _item: None
    prose: Callable[[Seq, str], str | None] = lambda _seq, _pointer: None
    several: Callable[[Collection[Place]], Mapping[Place, str]] | None = None
    root: Callable[[], Hash] = lambda: Hash("")
    recorded: Callable[[Seq], Entry | None] = lambda _seq: None
    model: bool = False
    reachable: frozenset[SeatCode] | None = None

    def texts(self, places: Collection[Place]) -> Mapping[Place, str]:
        """The texts at some places, without those erased."""
        if self.several:
            return self.several(places)
        return {place: text for place in places if (text := self.prose(*place)) is not None}
