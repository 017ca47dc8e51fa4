"""The desk at which minutes are written: the session as it stands at an entry, its texts, and how things are called.

Why the state is folded along: an entry names a clause by its id, and a reader knows it by the number it had that day.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from polylogue import events as e
from polylogue.drafting.paper import Said as Given
from polylogue.drafting.paper import version
from polylogue.drafting.phrases import Phrases, day, language_name
from polylogue.minutes.account import Account, Noted, Place
from polylogue.minutes.page import Quote, Run, Voice, Words
from polylogue.minutes.phrases import Value, joined, said
from polylogue.occasion import Entry
from polylogue.record.payload import texts
from polylogue.record.prose import Prose, Sealed
from polylogue.state import State, Wording
from polylogue.vocabulary import (
    AlternativeId,
    AmendmentId,
    Instant,
    ItemId,
    LanguageStatus,
    LanguageTag,
    ProvisionId,
    SeatCode,
    Seq,
)

TIMES = ("bis", "ter", "quater", "quinquies", "sexies", "septies", "octies")
"""What the wordings of a bracket beside the present one are called."""

MOVERS = (e.ProvisionWithdrawn, e.AmendmentAccepted, e.CandidateTaken)
"""Events that may take a clause out of the text; a clause is called by the number that it had."""


@dataclass(slots=True)
class Desk:
    """`numbers` are those that clauses have or had last; those of the items in `counted` hold at the entry being told.

    `places` are where the texts of that entry are; `names` and `titles` are in the language of the minutes where they
    were given in it; `leaves` are the seats of the person whose admission the entry ends.
    """

    account: Account
    of: Phrases
    wanted: tuple[LanguageTag, ...]
    state: State = field(default_factory=State)
    names: dict[SeatCode, Run] = field(default_factory=dict[SeatCode, Run])
    titles: dict[ItemId, Run] = field(default_factory=dict[ItemId, Run])
    numbers: dict[ProvisionId, str] = field(default_factory=dict[ProvisionId, str])
    counted: set[ItemId] = field(default_factory=set[ItemId])
    places: dict[str, Place] = field(default_factory=dict[str, Place])
    leaves: tuple[SeatCode, ...] = ()
    before: Noted | None = None
    now: Noted | None = None

    def turn(self, noted: Noted) -> None:
        """Take up an entry, which the state does not hold yet."""
        self.before, self.now = self.now, noted
        self.counted.clear()
        event = noted.entry.event
        if isinstance(event, MOVERS):
            self.numbers |= self._numbered()
        if isinstance(event, e.PersonDismissed):
            self.leaves = tuple(sorted(self.state.persons[event.person].seats))
        self.places = {t.c: (noted.entry.seq, place) for place, t in texts(event) if isinstance(t, Sealed)}

    @property
    def goes_with(self) -> Noted | None:
        """The entry right before, where it comes of the same command."""
        one, other = self.before, self.now
        return one if one and other and one.command and one.command == other.command else None

    # ── words ──

    def say(self, key: str, **values: Value) -> Words:
        return said(self.of[key], values)

    def listed(self, parts: Iterable[Words]) -> Words:
        return joined(parts, self.of["comma"])

    def listed_apart(self, parts: Iterable[Words]) -> Words:
        """Several things that have commas of their own."""
        return joined(parts, self.of["semicolon"])

    def time(self, at: Instant) -> str:
        """An instant written out, in UTC."""
        return self.of["moment"].format(day=day(at, self.of), time=at[11:19])

    def until(self, entry: Entry, until: Instant) -> str:
        """How long objections are possible; without a window, whose end is then the entry itself, until the chair ends
        the call.
        """
        if until <= entry.at:
            return self.of["until closed"]
        return self.of["until"].format(time=self.time(until))

    # ── texts ──

    def text(self, prose: Prose) -> Run:
        """A text of the entry being told."""
        return self._at(self.places[prose.c] if isinstance(prose, Sealed) else (Seq(0), ""), prose.language)

    def chosen(self, given: Iterable[Prose]) -> Run | None:
        """Of a text in several languages the version that the minutes show."""
        runs = {LanguageTag(prose.language): self.text(prose) for prose in given}
        there = (Given(None if run.voice is Voice.GONE else run.text, tag) for tag, run in runs.items())
        found = version(there, self.wanted)
        return runs[found.language] if found else None

    def quoted(self, label: str, prose: Prose | None) -> tuple[Quote, ...]:
        return (Quote(self.of[label], self.text(prose)),) if prose else ()

    def versions(self, given: Iterable[e.Version]) -> tuple[Quote, ...]:
        """All language versions of a wording, as the entry being told gives them."""
        there = [each for each in given if each.status is not LanguageStatus.MISSING]
        return tuple(Quote(self.version(each.language, each.status), self.text(each.text)) for each in there)

    def wording(self, wording: Wording, label: str = "") -> tuple[Quote, ...]:
        """A wording as it stands in the record."""
        first = f"{self.of[label]}{self.of['colon']}" if label else ""
        return tuple(
            Quote(
                first + self.version(each.language, each.status, stale=each.stale),
                self._at((each.seq, each.pointer), each.language),
            )
            for each in wording
            if each.status is not LanguageStatus.MISSING
        )

    def version(self, language: str, status: LanguageStatus, *, stale: bool = False) -> str:
        """What a language version is called."""
        said = f"{self.of[status]}{self.of['comma']}{self.of['stale']}" if stale else self.of[status]
        return self.of["version"].format(language=language_name(language, self.of), status=said)

    def _at(self, place: Place, language: str) -> Run:
        words = self.account.texts.get(place)
        if words is None:
            return Run(self.of["erased in"].format(n=place[0]), Voice.GONE)
        return Run(words, Voice.WORDS, LanguageTag(language))

    # ── what things are called ──

    def who(self, entry: Entry) -> Run:
        """Whose act it is: a delegation's, or that of somebody in an office."""
        return self.seat(entry.seat) if entry.seat else Run(self.of[f"the {entry.acting.actor.role}"], Voice.NAME)

    def seat(self, code: SeatCode) -> Run:
        return self.names.get(code, Run(code, Voice.NAME))

    def seats(self, codes: Iterable[SeatCode]) -> Words:
        """Delegations in the alphabetical order of their names, or that there is none."""
        runs = sorted(map(self.seat, codes), key=lambda run: run.text.casefold())
        return self.listed([(run,) for run in runs]) if runs else self.say("nobody")

    def item(self, id: ItemId) -> int:
        return self.state.items[id].number

    def clause(self, id: ProvisionId) -> str:
        """The number of a clause, "1.2"; the one it had last where it does not stand in the text."""
        there = self.state.provisions.get(id)
        if there and there.item not in self.counted:
            self.counted.add(there.item)
            self.numbers |= self._numbered_in(there.item)
        return self.numbers.get(id, self.of["to come"])

    def entry(self, seq: Seq) -> Run:
        return Run(self.of["entry n"].format(n=seq), entry=seq)

    def alternative(self, id: AlternativeId | None) -> Words:
        """A wording of a clause by what it is called and whose it is; the present text where there is no id."""
        if id is None:
            return self.say("present wording")
        found = self.state.alternatives[id]
        label = TIMES[found.ordinal] if found.ordinal < len(TIMES) else str(found.ordinal + 2)
        seats = self.state.proposers(id)
        key = "wording of" if seats else "wording"
        return self.say(key, label=label, seats=self.seats(seats), entry=self.entry(found.seq))

    def amendment(self, id: AmendmentId) -> Words:
        """An amendment by whose it is and where it was proposed."""
        found = self.state.amendments[id]
        return self.say("amendment", seat=self.seat(found.seat), entry=self.entry(found.seq))

    def _numbered(self) -> dict[ProvisionId, str]:
        return {id: number for item in self.state.items for id, number in self._numbered_in(item).items()}

    def _numbered_in(self, item: ItemId) -> dict[ProvisionId, str]:
        found = self.state.items[item]
        return {each.id: f"{found.number}.{place}" for place, each in enumerate(self.state.in_text(found), 1)}
