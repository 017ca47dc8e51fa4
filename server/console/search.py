"""What is looked for in a record: which entries, and which part of the list is shown.

Why withheld entries always come: a filter that left them out would tell of what kind, and whose, they are.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from polylogue.minutes.listing import Listed
from polylogue.vocabulary import Hash
from server.console.forms import is_number

PAGE = 100
"""Entries on a page at most."""
MINUTE = re.compile(r"[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]")
LONGEST_NUMBER = 9
KINDS: Mapping[str, frozenset[str]] = {
    "SITTINGS": frozenset((
        "SessionScheduled", "SessionOpened", "SessionSuspended", "SessionResumed", "SessionClosed", "SessionReopened",
        "SessionSealed", "RollCallRecorded", "ArrivalNoted", "DepartureNoted", "PersonAdmitted", "PersonDismissed",
        "ItemAdded", "ItemOpened", "ItemDeferred",
    )),
    "POSITIONS": frozenset(("PositionPosted", "InterestsStated", "StancesStated")),
    "TEXT": frozenset((
        "ProvisionProposed", "ProvisionWithdrawn", "SponsorJoined", "SponsorLeft", "VersionProvided",
        "VersionConfirmed", "AlternativeProposed", "BracketClosed", "BracketsMerged", "BracketSplit",
        "BracketReopened", "AmendmentProposed", "AmendmentRevised", "AmendmentAccepted", "AmendmentWithdrawn",
        "TextCirculated", "TextCleaned", "TextReopened",
    )),
    "DRAFTS": frozenset((
        "DraftRequested", "DraftTabled", "CandidatesProposed", "StancesPredicted", "CandidatesRanked",
        "CandidateAnswered", "CandidateTaken", "WriterConsulted",
    )),
    "DECISIONS": frozenset((
        "CallOpened", "ObjectionRaised", "ObjectionMaintained", "ObjectionWithdrawn", "OpinionPlaced", "CallClosed",
        "TextAdopted", "TextBlocked",
    )),
    "CORRECTIONS": frozenset(("EntryCorrected", "ItemSteppedBack", "CallReopened", "AdoptionRescinded")),
}  # fmt: skip
"""Kinds of entries by what a reader looks for."""


@dataclass(frozen=True, slots=True)
class Search:
    """What was asked for; "" and 0 where nothing was. `after` and `before` are entries between which the page lies;
    `since` and `until` are minutes in UTC. `unread` are the names of what was asked for in a way that means nothing.
    """

    seat: str = ""
    kind: str = ""
    item: int = 0
    since: str = ""
    until: str = ""
    after: int = 0
    before: int = 0
    unread: tuple[str, ...] = ()

    @property
    def narrow(self) -> bool:
        """Whether it leaves anything out."""
        return bool(self.seat or self.kind or self.item or self.since or self.until)

    def query(self, **changes: str | int) -> str:
        """The part of an address that asks for this with some changes."""
        asked = replace(self, unread=(), **{"after": 0, "before": 0, **changes})
        said = {each.name: getattr(asked, each.name) for each in fields(asked)}
        return urlencode({name: value for name, value in said.items() if value})

    def wants(self, entry: Listed) -> bool:
        return (
            (not self.seat or self.seat in entry.seats)
            and (not self.kind or entry.kind in KINDS[self.kind])
            and (not self.item or self.item == entry.item)
            and (not self.since or entry.line.at[:16] >= self.since)
            and (not self.until or entry.line.at[:16] <= self.until)
        )


@dataclass(frozen=True, slots=True)
class Withheld:
    """Entries in a row that the reader may not read, with their leaf hashes."""

    leaves: tuple[tuple[int, Hash], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A part of the list. `count` entries were found in all that the reader may read; `first` and `last` are those
    shown, `earlier` and `later` ask for the parts beside it, "" where there is none.
    """

    rows: tuple[Listed | Withheld, ...]
    count: int
    first: int
    last: int
    earlier: str
    later: str


def search_of(query: Mapping[str, str], seats: Sequence[str], items: Sequence[int]) -> Search:
    """What an address asks for; what it says that cannot be is left out, and named."""
    allowed: dict[str, Collection[str]] = {
        "seat": set(seats),
        "kind": KINDS.keys(),
        "item": {str(number) for number in items},
    }
    names = ("seat", "kind", "item", "since", "until", "after", "before")
    said = {name: query[name] for name in names if query.get(name)}
    good = {name: value for name, value in said.items() if _means_something(name, value, allowed)}
    numbers = {name: int(good.pop(name)) for name in ("item", "after", "before") if name in good}
    unread = tuple(sorted(said.keys() - good.keys() - numbers.keys()))
    return replace(Search(unread=unread), **good, **numbers)


def found(listed: Sequence[Listed | None], leaves: Mapping[int, Hash], search: Search) -> Found:
    """The part of a record that is asked for: what was found, and between it what is withheld."""
    kept = [seq for seq, entry in enumerate(listed, 1) if entry is None or search.wants(entry)]
    if search.before:
        places = [seq for seq in kept if seq < search.before][-PAGE:]
    else:
        places = [seq for seq in kept if seq > search.after][:PAGE]
    first, last = (places[0], places[-1]) if places else (0, 0)
    return Found(
        rows=tuple(_rows([(seq, listed[seq - 1]) for seq in places], leaves)),
        count=sum(listed[seq - 1] is not None for seq in kept),
        first=first,
        last=last,
        earlier=search.query(before=first) if places and places[0] != kept[0] else "",
        later=search.query(after=last) if places and places[-1] != kept[-1] else "",
    )


def page_with(seq: int) -> int:
    """After which entry the page begins that shows this one, where nothing is left out."""
    return (seq - 1) // PAGE * PAGE


def _means_something(name: str, value: str, allowed: Mapping[str, Collection[str]]) -> bool:
    match name:
        case "since" | "until":
            return MINUTE.fullmatch(value) is not None
        case "after" | "before":
            return is_number(value, LONGEST_NUMBER)
        case _:
            return value in allowed[name]


def _rows(entries: Sequence[tuple[int, Listed | None]], leaves: Mapping[int, Hash]) -> Iterator[Listed | Withheld]:
    hidden: list[tuple[int, Hash]] = []
    for seq, entry in entries:
        if entry is None:
            hidden.append((seq, leaves[seq]))
            continue
        if hidden:
            yield Withheld(tuple(hidden))
            hidden = []
        yield entry
    if hidden:
        yield Withheld(tuple(hidden))
