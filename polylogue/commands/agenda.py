"""Commands on attendance and the agenda."""

from dataclasses import dataclass

from polylogue.scenario import ScenarioItem
from polylogue.vocabulary import ItemId, LanguageTag, SeatCode


@dataclass(frozen=True, kw_only=True)
class RecordRollCall:
    """Who is present; everybody else is absent."""

    present: tuple[SeatCode, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NoteArrival:
    """Delegations have come since the roll was called."""

    seats: tuple[SeatCode, ...]


@dataclass(frozen=True, kw_only=True)
class NoteDeparture:
    """Delegations have left since the roll was called."""

    seats: tuple[SeatCode, ...]


@dataclass(frozen=True, kw_only=True)
class AddItem:
    """Put a further item on the agenda."""

    item: ScenarioItem


@dataclass(frozen=True, kw_only=True)
class OpenItem:
    """Take up an item that is listed or was deferred."""

    item: ItemId


@dataclass(frozen=True, kw_only=True)
class DeferItem:
    """Leave an item for another time."""

    item: ItemId
    reason: str
    language: LanguageTag = LanguageTag("en")
