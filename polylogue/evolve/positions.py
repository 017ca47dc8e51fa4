"""Chapter 4: what delegations hold."""

from polylogue import events as e
from polylogue.occasion import Entry
from polylogue.state import Held, State
from polylogue.vocabulary import SeatCode


def held(state: State, entry: Entry, event: e.PositionPosted | e.StancesStated | e.InterestsStated) -> None:
    seat = seat_of(entry)
    match event:
        case e.PositionPosted():
            state.positions[event.item, seat] = (event.position, event.revision)
            state.posted[event.position] = (entry.seq, entry.at)
        case e.StancesStated():
            state.items[event.item].input_seq = entry.seq
            held = state.stances.setdefault(seat, {})
            for place, s in enumerate(event.stances):
                held[s.provision, s.alternative] = Held(
                    s.level, s.importance, s.revision, entry.seq, entry.at, place, s.bulk, s.if_agreed
                )
        case e.InterestsStated():
            pass


def seat_of(entry: Entry) -> SeatCode:
    if entry.seat is None:
        message = f"entry {entry.seq} is done for no seat"
        raise ValueError(message)
    return entry.seat
