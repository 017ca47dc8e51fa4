"""Events of attendance and the agenda."""

from dataclasses import dataclass
from typing import ClassVar

from polylogue.events.parts import Item
from polylogue.record.prose import Prose
from polylogue.vocabulary import ItemId, ItemPhase, SeatCode


@dataclass(frozen=True, slots=True, kw_only=True)
class RollCallRecorded:
    v: ClassVar[int] = 1
    sitting: int
    present: tuple[SeatCode, ...]
    absent: tuple[SeatCode, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivalNoted:
    """Delegations came after the roll had been called."""

    v: ClassVar[int] = 1
    sitting: int
    seats: tuple[SeatCode, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartureNoted:
    """Delegations left after the roll had been called."""

    v: ClassVar[int] = 1
    sitting: int
    seats: tuple[SeatCode, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAdded:
    v: ClassVar[int] = 1
    item: Item


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemOpened:
    """Timings are copied here, in milliseconds, so that later rules do not touch an item under way."""

    v: ClassVar[int] = 1
    item: ItemId
    phase: ItemPhase
    circulation_ms: int
    objection_window_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDeferred:
    v: ClassVar[int] = 1
    item: ItemId
    reason: Prose
