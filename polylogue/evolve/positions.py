"""Chapter 4: what delegations hold."""

from polylogue import events as e
from polylogue.occasion import Entry
from polylogue.state import Held, State
from polylogue.vocabulary import SeatCode


def posted(state: State, entry: Entry, event: e.PositionPosted) -> None:
    state.positions[event.item, seat_of(entry)] = (event.position, event.revision)
    state.posted[event.position] = (entry.seq, entry.at)


def stated(state: State, entry: Entry, event: e.StancesStated) -> None:
    seq, at = entry.seq, entry.at
    state.items[event.item].input_seq = seq
    held = state.stances.setdefault(seat_of(entry), {})
    for place, s in enumerate(event.stances):
        held[s.provision, s.alternative] = Held(s.level, s.importance, s.revision, seq, at, place, s.bulk, s.if_agreed)


def seat_of(entry: Entry) -> SeatCode:
    if seat := entry.acting.seat:
        return seat
    message = f"entry {entry.seq} is done for no seat"
    raise ValueError(message)
