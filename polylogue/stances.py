"""Stances as the record makes them: what each delegation holds on each wording, and what it had stated there before.

Why an entry's stances are only kept until somebody asks what the seat holds: whoever folds a record to go on with it
asks of one seat or two.
"""

from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass

from polylogue.events.parts import Stance
from polylogue.vocabulary import AlternativeId, Instant, ProvisionId, Seq, StanceLevel

Target = tuple[ProvisionId, AlternativeId | None]


@dataclass(slots=True)
class Held:
    """A stance as held now: the clause's revision on which it was taken, and its entry and place in it.

    `before` is what the seat had stated before on the same wording. It is replaced and never changed; not frozen, as
    making one would take twice as long.
    """

    level: StanceLevel
    importance: int
    revision: int
    seq: Seq
    at: Instant
    place: int
    bulk: bool = False
    if_agreed: ProvisionId | None = None
    before: "Held | None" = None

    def stated(self) -> "Iterator[Held]":
        """This stance and all before it, the newest first."""
        held: Held | None = self
        while held:
            yield held
            held = held.before


class Stances(MutableMapping[Target, Held]):
    """What one delegation holds, by wording."""

    __slots__ = ("_held", "_unread")

    def __init__(self) -> None:
        self._held: dict[Target, Held] = {}
        self._unread: list[tuple[Seq, Instant, tuple[Stance, ...]]] = []

    def take_in(self, seq: Seq, at: Instant, stances: tuple[Stance, ...]) -> None:
        """Take in the stances of an entry."""
        self._unread.append((seq, at, stances))

    def get(self, target: Target, default: None = None, /) -> Held | None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """As of any mapping, without an exception where nothing is held: that is asked of every clause."""
        return self._read().get(target, default)

    def __getitem__(self, target: Target) -> Held:
        return self._read()[target]

    def __setitem__(self, target: Target, held: Held) -> None:
        self._read()[target] = held

    def __delitem__(self, target: Target) -> None:
        del self._read()[target]

    def __contains__(self, target: object) -> bool:
        return target in self._read()

    def __iter__(self) -> Iterator[Target]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())

    def __getstate__(self) -> dict[Target, Held]:
        """For copies, and for whoever asks whether anything has changed, which asking has not done."""
        return self._read().copy()

    def __setstate__(self, held: dict[Target, Held]) -> None:
        self._held, self._unread = held, []

    def _read(self) -> dict[Target, Held]:
        held = self._held
        if self._unread:
            for seq, at, stances in self._unread:
                for place, s in enumerate(stances):
                    on = s.provision, s.alternative
                    held[on] = Held(
                        s.level, s.importance, s.revision, seq, at, place, s.bulk, s.if_agreed, held.get(on)
                    )
            self._unread.clear()
        return held
