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
from polylogue.vocabulary import ItemId, ItemPhase, LanguageStatus, Seq

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
    opinions: Lists = field(default_factory=_lists)

    def keep(self, desk: Desk, entry: Entry, told: Told) -> None:
        """Keep what the results need of an entry that has been told."""
        match entry.event:
            case e.RollCallRecorded() as roll:
                self.rolls.append(_roll(desk, entry, roll))
            case e.TextAdopted() as adopted:
                self.decided[adopted.item] = entry, adopted
            case e.ItemDeferred() as deferred:
                self.deferred[deferred.item] = entry.seq, told
            case e.CallClosed() as closed:
                outcome = desk.of[f"outcome {closed.outcome}"]
                words = desk.say("result call", entry=desk.entry(entry.seq), outcome=outcome)
                self.calls[closed.item].append(Told(words, points=verdict(desk, closed)))
            case e.OpinionPlaced() as placed:
                self.opinions[placed.item].append(_opinion(desk, entry, placed, told))
            case _:
                pass


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


def _roll(desk: Desk, entry: Entry, event: e.RollCallRecorded) -> tuple[Words, ...]:
    present, members, needed = quorum(desk.state, event.present)
    return (
        (Run(str(event.sitting)),),
        (desk.entry(entry.seq), Run(f", {desk.time(entry.at)}")),
        desk.say("present of", present=present, members=members),
        (Run(str(needed)),),
        desk.seats(event.absent),
    )


def results(desk: Desk, kept: Kept) -> Iterator[Section]:
    """How each item ended, in the order of the agenda."""
    yield Section(desk.say("results"), "results")
    for item in sorted(desk.state.items.values(), key=lambda item: item.number):
        title = desk.titles.get(item.id, Run(desk.of["untitled"]))
        calls = tuple(kept.calls.get(item.id, ()))
        opinions = tuple(kept.opinions.get(item.id, ()))
        points = (*_ended(desk, kept, item.id), *calls, *opinions)
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


def _opinion(desk: Desk, entry: Entry, event: e.OpinionPlaced, told: Told) -> Told:
    seat = desk.who(entry)
    what = subject(desk, event)
    words = desk.say("result opinion", seat=seat, kind=desk.of[event.kind], what=what, entry=desk.entry(entry.seq))
    return Told(words, told.quotes)
