"""What minutes sum up: delegations, roll calls, and how each item ended.

Why delegations stand in the order of the alphabet: no figure ranks them.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from polylogue import events as e
from polylogue.minutes.decisions import subject, verdict
from polylogue.minutes.desk import Desk
from polylogue.minutes.page import Quote, Run, Section, Table, Told, Voice, Words
from polylogue.minutes.sittings import quorum
from polylogue.occasion import Entry
from polylogue.vocabulary import ItemId, ItemPhase, LanguageStatus, OpinionId, OpinionKind, SeatCode, Seq

Lists = dict[ItemId, list[Told]]


def _lists() -> Lists:
    return defaultdict(list)


@dataclass(slots=True)
class Kept:
    """What is kept of entries on the way: rows of roll calls; by item its decision, deferral, calls and opinions."""

    rolls: list[tuple[Words, ...]] = field(default_factory=list[tuple[Words, ...]])
    decided: dict[ItemId, tuple[Entry, e.TextAdopted]] = field(
        default_factory=dict[ItemId, tuple[Entry, e.TextAdopted]]
    )
    deferred: dict[ItemId, tuple[Seq, Told]] = field(default_factory=dict[ItemId, tuple[Seq, Told]])
    calls: Lists = field(default_factory=_lists)
    opinions: dict[ItemId, dict[OpinionId, Told]] = field(default_factory=lambda: defaultdict(dict))
    taken_back: Lists = field(default_factory=_lists)

    def keep(self, desk: Desk, entry: Entry, told: Told) -> None:
        """Keep what the results need of an entry that has been told."""
        match entry.event:
            case e.RollCallRecorded() as roll:
                self.rolls.append(_roll(desk, entry, roll.sitting, roll.present, ()))
            case e.ArrivalNoted() | e.DepartureNoted() as moved:
                how = "came" if isinstance(moved, e.ArrivalNoted) else "left"
                words = desk.say(how, seats=desk.seats(moved.seats))
                self.rolls.append(_roll(desk, entry, moved.sitting, _there(desk, moved.sitting), words))
            case e.EntryCorrected() as corrected:
                self._correct(desk, entry, corrected, told)
            case e.TextAdopted() as adopted:
                self.decided[adopted.item] = entry, adopted
            case e.ItemDeferred() as deferred:
                self.deferred[deferred.item] = entry.seq, told
            case e.CallClosed() as closed:
                outcome = desk.of[f"outcome {closed.outcome}"]
                words = desk.say("result call", entry=desk.entry(entry.seq), outcome=outcome)
                self.calls[closed.item].append(Told(words, points=verdict(desk, closed)))
            case e.CallReopened() as reopened:
                self.calls[reopened.item].append(Told(desk.say("result reopened", entry=desk.entry(entry.seq))))
                self._take_back(desk, entry, reopened.item)
            case e.AdoptionRescinded() as rescinded:
                self._take_back(desk, entry, rescinded.item)
            case e.OpinionPlaced() as placed:
                what = subject(desk, placed.provision, placed.item)
                self.opinions[placed.item][placed.opinion] = _opinion(desk, entry, entry.seat, placed.kind, what, told)
            case _:
                pass

    def _take_back(self, desk: Desk, entry: Entry, item: ItemId) -> None:
        """A decision that stood stands no longer, and is listed as such."""
        if item in self.decided:
            made, adopted = self.decided.pop(item)
            by = desk.entry(entry.seq)
            words = desk.say("result rescinded", n=adopted.number, entry=desk.entry(made.seq), by=by)
            self.taken_back[item].append(Told(words))

    def _correct(self, desk: Desk, entry: Entry, event: e.EntryCorrected, told: Told) -> None:
        """What was attended, and what opinions say, is as it should have been."""
        attended = event.restored_roll_call or event.restored_attendance
        if attended:
            there = _there(desk, attended.sitting)
            self.rolls.append(_roll(desk, entry, attended.sitting, there, desk.say("roll corrected")))
        if (opinion := event.restored_opinion) and event.of_item:
            placed = self.opinions[event.of_item]
            if opinion.text is None:
                placed.pop(opinion.opinion, None)
            else:
                quotes = desk.quoted("text", opinion.text)
                what = subject(desk, opinion.provision, event.of_item)
                said = Told(told.words, quotes)
                placed[opinion.opinion] = _opinion(desk, entry, event.of_seat, opinion.kind, what, said)


def delegations(desk: Desk) -> Table:
    """All delegations in the alphabetical order of their names."""
    named = sorted(((desk.seat(code), code) for code in desk.state.delegations), key=lambda one: one[0].text.casefold())
    rows = (((name,), (Run(code),), (Run(desk.of[desk.state.delegations[code]]),)) for name, code in named)
    head = (desk.of["delegation"], desk.of["code"], desk.of["standing of"])
    return Table(desk.of["delegations"], head, tuple(rows))


def roll_calls(desk: Desk, kept: Kept) -> Section:
    """Who was there, by roll call."""
    title = desk.say("attendance")
    if not kept.rolls:
        return Section(title, "attendance", intro=(Told(desk.say("attendance none")),))
    head = tuple(desk.of[name] for name in ("sitting", "roll call", "present at", "needed", "absent from"))
    return Section(title, "attendance", table=Table(desk.of["attendance"], head, tuple(kept.rolls)))


def _there(desk: Desk, sitting: int) -> tuple[SeatCode, ...]:
    return tuple(sorted(desk.state.sittings[sitting].present or ()))


def _roll(desk: Desk, entry: Entry, sitting: int, there: tuple[SeatCode, ...], what: Words) -> tuple[Words, ...]:
    """Who is there from an entry on; `what` it says where it is no roll call."""
    present, members, needed = quorum(desk.state, there)
    more = (Run(desk.of["comma"]), *what) if what else ()
    return (
        (Run(str(sitting)),),
        (desk.entry(entry.seq), Run(f", {desk.time(entry.at)}"), *more),
        desk.say("present of", present=present, members=members),
        (Run(str(needed)),),
        desk.seats(sorted(set(desk.state.delegations) - set(there))),
    )


def results(desk: Desk, kept: Kept) -> Iterator[Section]:
    """How each item ended, in the order of the agenda."""
    yield Section(desk.say("results"), "results")
    for item in sorted(desk.state.items.values(), key=lambda item: item.number):
        title = desk.titles.get(item.id, Run(desk.of["untitled"]))
        calls = tuple(kept.calls.get(item.id, ()))
        opinions = tuple(kept.opinions.get(item.id, {}).values())
        points = (*_ended(desk, kept, item.id), *kept.taken_back.get(item.id, ()), *calls, *opinions)
        yield Section(desk.say("item of", n=item.number, title=title), f"result-{item.number}", 3, points)


def _ended(desk: Desk, kept: Kept, id: ItemId) -> Iterator[Told]:
    item = desk.state.items[id]
    if id in kept.decided and item.phase is ItemPhase.CONCLUDED:
        entry, adopted = kept.decided[id]
        time = desk.time(entry.at)
        yield Told(desk.say("result adopted", n=adopted.number, time=time, entry=desk.entry(entry.seq)))
        yield from _clauses(desk, adopted)
    elif item.phase is ItemPhase.DEFERRED and id in kept.deferred:
        seq, told = kept.deferred[id]
        yield Told(desk.say("result deferred", entry=desk.entry(seq)), told.quotes)
    elif item.phase is ItemPhase.LISTED:
        yield Told(desk.say("result listed"))
    else:
        yield Told(desk.say("result left", state=desk.of[f"{item.text} text"]))


def _clauses(desk: Desk, adopted: e.TextAdopted) -> Iterator[Told]:
    """The words in all languages in which they were adopted, that of the minutes first."""
    mine = desk.wanted[0].partition("-")[0]
    counted: dict[str, int] = defaultdict(int)
    for clause in adopted.clauses:
        counted[clause.kind] += 1
        versions = sorted(clause.versions, key=lambda each: each.language.partition("-")[0] != mine)
        there = [each for each in versions if each.status is not LanguageStatus.MISSING]
        quotes = (
            Quote(desk.version(each.language, each.status), Run(each.text, Voice.WORDS, each.language))
            for each in there
        )
        yield Told(desk.say(clause.kind, n=counted[clause.kind]), tuple(quotes))


def _opinion(desk: Desk, entry: Entry, seat: SeatCode | None, kind: OpinionKind, what: Words, told: Told) -> Told:
    name = desk.seat(seat) if seat else desk.who(entry)
    words = desk.say("result opinion", seat=name, kind=desk.of[kind], what=what, entry=desk.entry(entry.seq))
    return Told(words, told.quotes)
