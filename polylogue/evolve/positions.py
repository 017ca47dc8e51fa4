"""Chapter 4: what delegations hold."""

from collections.abc import Iterable
from dataclasses import replace

from polylogue import events as e
from polylogue.occasion import Entry
from polylogue.record.prose import Prose
from polylogue.stances import Held, Stances, Target
from polylogue.state import Posted, State
from polylogue.vocabulary import LanguageTag, SeatCode


def posted(state: State, entry: Entry, event: e.PositionPosted) -> None:
    state.positions[event.item, seat_of(entry)] = (event.position, event.revision)
    posted = Posted(entry.seq, entry.at, "", languages(event.text, event.translations))
    state.posted.setdefault(event.position, []).append(posted)


def languages(text: Prose, translations: Iterable[Prose]) -> tuple[LanguageTag, ...]:
    """The languages of a position's text and of its translations, in order."""
    return (LanguageTag(text.language), *[LanguageTag(each.language) for each in translations])


def behind(state: State, entry: Entry, event: e.InterestsStated) -> None:
    """The interests behind the newest revision of a position: nothing rests on them."""
    state.posted[event.position][-1].interests_seq = entry.seq


def stated(state: State, entry: Entry, event: e.StancesStated) -> None:
    state.items[event.item].input_seq = entry.seq
    seat = seat_of(entry)
    if seat not in state.stances:
        state.stances[seat] = Stances()
    state.stances[seat].take_in(entry.seq, entry.at, event.stances)


def hold(stances: Stances, on: Target, held: Held, revision: int) -> None:
    """Have a stance count on a wording in place of the newest that was stated on it."""
    there = stances.get(on)
    stances[on] = replace(held, revision=revision, before=there.before if there else None)


def seat_of(entry: Entry) -> SeatCode:
    if seat := entry.acting.seat:
        return seat
    message = f"entry {entry.seq} is done for no seat"
    raise ValueError(message)
