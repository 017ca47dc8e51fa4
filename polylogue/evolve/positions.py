"""Chapter 4: what delegations hold."""

from collections.abc import Iterable

from polylogue import events as e
from polylogue.occasion import Entry
from polylogue.record.prose import Prose
from polylogue.state import Held, Posted, State
from polylogue.vocabulary import LanguageTag, SeatCode


def posted(state: State, entry: Entry, event: e.PositionPosted) -> None:
    state.positions[event.item, seat_of(entry)] = (event.position, event.revision)
    state.posted.setdefault(event.position, []).append(
        Posted(entry.seq, entry.at, languages=languages(event.text, event.translations))
    )


def languages(text: Prose, translations: Iterable[Prose]) -> tuple[LanguageTag, ...]:
    """The languages of a position's text and of its translations, in order."""
    return tuple(LanguageTag(each.language) for each in (text, *translations))


def behind(state: State, entry: Entry, event: e.InterestsStated) -> None:
    """The interests behind the newest revision of a position: nothing rests on them."""
    state.posted[event.position][-1].interests_seq = entry.seq


def stated(state: State, entry: Entry, event: e.StancesStated) -> None:
    seq, at = entry.seq, entry.at
    state.items[event.item].input_seq = seq
    seat = seat_of(entry)
    held, earlier = state.stances.setdefault(seat, {}), state.earlier.setdefault(seat, {})
    for place, s in enumerate(event.stances):
        target = s.provision, s.alternative
        if before := held.get(target):
            if target in earlier:
                earlier[target].append(before)
            else:
                earlier[target] = [before]
        held[target] = Held(s.level, s.importance, s.revision, seq, at, place, s.bulk, s.if_agreed)


def seat_of(entry: Entry) -> SeatCode:
    if seat := entry.acting.seat:
        return seat
    message = f"entry {entry.seq} is done for no seat"
    raise ValueError(message)
