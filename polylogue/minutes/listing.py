"""A record as a list for who looks for something in it: each entry in words, with what it is about.

Why by way of the minutes: they tell each kind of entry in three languages already, with its texts, beside it what it
corrects, and whose claim a time is.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from polylogue import events as e
from polylogue.evolve import evolve
from polylogue.minutes.account import Account
from polylogue.minutes.compose import compose
from polylogue.minutes.page import Line
from polylogue.occasion import Entry
from polylogue.state import State
from polylogue.vocabulary import ItemId, LanguageTag, SeatCode, Seq


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry that the reader may read. `seats` are the delegations that it is of or about, `item` the number of the
    item that it is about, null where it is about none; `corrected` is the entry that corrects it.
    """

    seq: Seq
    kind: str
    seats: frozenset[SeatCode]
    item: int | None
    line: Line
    corrects: Seq | None
    corrected: Seq | None


def listing(account: Account, language: LanguageTag) -> tuple[Listed | None, ...]:
    """Every entry in its order, in words of a language; null where the reader may not read it.

    Raises ValueError where the record does not begin with a readable entry that schedules the session.
    """
    lines = {line.seq: line for section in compose(account, language).sections for line in section.lines}
    state = State()
    for noted in account.entries:
        evolve(state, noted.entry)
    return tuple(
        _listed(each.entry, lines[each.entry.seq], state) if each.readable else None for each in account.entries
    )


def subject(event: e.Event, state: State) -> ItemId | None:
    """The item that an event is about, in a session that holds the event already; null where it is about none."""
    if isinstance(event, e.ItemAdded):
        return event.item.id
    if (item := getattr(event, "item", None) or getattr(event, "of_item", None)) is not None:
        return item
    if (provision := getattr(event, "provision", None)) is not None:
        return state.provisions[provision].item
    amendment = getattr(event, "amendment", None)
    return None if amendment is None else state.amendments[amendment].item


def _listed(entry: Entry, line: Line, state: State) -> Listed:
    item = subject(entry.event, state)
    return Listed(
        seq=entry.seq,
        kind=type(entry.event).__name__,
        seats=frozenset(_seats(entry)),
        item=None if item is None else state.items[item].number,
        line=line,
        corrects=entry.corrects,
        corrected=state.corrected.get(entry.seq),
    )


def _seats(entry: Entry) -> Iterator[SeatCode]:
    yield from getattr(entry.event, "seats", ())
    for seat in (entry.seat, getattr(entry.event, "seat", None), getattr(entry.event, "of_seat", None)):
        if seat is not None:
            yield seat
