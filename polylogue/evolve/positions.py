"""Chapter 4: what delegations hold."""

from collections.abc import Iterable
from dataclasses import replace

from polylogue import events as e
from polylogue.occasion import Entry
from polylogue.record.prose import Prose
from polylogue.state import Held, Posted, State, Target
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
    seq, at = entry.seq, entry.at
    state.items[event.item].input_seq = seq
    seat = seat_of(entry)
    mine = state.stances.setdefault(seat, {})
    for place, s in enumerate(event.stances):
        target = s.provision, s.alternative
        mine[target] = Held(s.level, s.importance, s.revision, seq, at, place, s.bulk, s.if_agreed, mine.get(target))


def hold(stances: dict[Target, Held], on: Target, held: Held, revision: int) -> None:
    """Have a stance count on a wording in place of the newest that was stated on it."""
    there = stances.get(on)
    stances[on] = replace(held, revision=revision, before=there.before if there else None)


def seat_of(entry: Entry) -> SeatCode:
    if seat := entry.acting.seat:
        return seat
    message = f"entry {entry.seq} is done for no seat"
    raise ValueError(message)
