"""Events by which delegations said what they hold."""

from dataclasses import dataclass
from typing import ClassVar

from polylogue.events.parts import Stance
from polylogue.record.prose import Prose
from polylogue.vocabulary import ItemId, PositionId


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionPosted:
    v: ClassVar[int] = 1
    position: PositionId
    item: ItemId
    revision: int
    text: Prose
    translations: tuple[Prose, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StancesStated:
    v: ClassVar[int] = 1
    item: ItemId
    stances: tuple[Stance, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestsStated:
    """The interests behind a position: for the seat, the chair and facilitators only."""

    v: ClassVar[int] = 1
    position: PositionId
    item: ItemId
    revision: int
    text: Prose
