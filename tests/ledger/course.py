"""The course of a session, decided by the core and written as the record has it, without the writer.

Why beside the writer: what is checked here is what anybody can do with a record, so these histories are made of the
rules, the envelope and the tree alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import sqlalchemy as sa

from ledger.projections import Rows, project, write_rows
from polylogue import commands as c
from polylogue.decide import decide
from polylogue.evolve import evolve
from polylogue.occasion import Entry, Occasion
from polylogue.procedure.time import later
from polylogue.record import envelope
from polylogue.record.prose import Said, commitment, field_of
from polylogue.record.tree import grow, leaf_hash
from polylogue.refusals import Refusal
from polylogue.scenario import LocalText, Scenario, ScenarioDelegation, ScenarioItem, ScenarioProvision
from polylogue.state import State
from polylogue.versions import unfit
from polylogue.vocabulary import (
    Audience,
    Dimension,
    Hash,
    Instant,
    ItemId,
    LanguageTag,
    PersonId,
    ProvisionId,
    Role,
    SeatCode,
    Seq,
    SessionId,
    StanceLevel,
    Standing,
)
from schema.tables import Event

EN, RU, ZH = LanguageTag("en"), LanguageTag("ru"), LanguageTag("zh-Hans")
MEMBERS = tuple(SeatCode(code) for code in ("CHN", "KAZ", "KGZ", "RUS", "TJK", "UZB"))
OBSERVER = SeatCode("MNG")
ORGANISER, CHAIR, WORKER = PersonId("organiser"), PersonId("chair"), PersonId("worker")
SITE = {ORGANISER: frozenset({Role.ORGANISER}), WORKER: frozenset({Role.WORKER})}


def of(seat: SeatCode) -> PersonId:
    """The delegate who sits there."""
    return PersonId(f"delegate of {seat}")


def text(words: str, language: LanguageTag = EN) -> LocalText:
    return LocalText(language=language, text=words)


def item(name: str, clauses: int) -> ScenarioItem:
    versions = (text("Recalls {}."), text("Напоминает {}.", RU))
    return ScenarioItem(
        titles=(text(name), text(f"{name} (ru)", RU)),
        dimensions=(Dimension.ENVIRONMENTAL, Dimension.ECONOMIC),
        provisions=tuple(
            ScenarioProvision(versions=tuple(text(v.text.format(f"{name} {i}"), v.language) for v in versions))
            for i in range(clauses)
        ),
    )


def scenario(rule_set: str = "sco-consensus/1") -> Scenario:
    return Scenario(
        titles=(text("Water and energy"), text("水与能源", ZH)),
        conference="Model SCO 2025",
        rule_set=rule_set,
        clock_scale="1/3600",
        authentic=(RU, ZH),
        delegations=tuple(
            ScenarioDelegation(code=code, standing=standing, names=(text(f"Delegation of {code}"),), languages=(EN, RU))
            for code, standing in [(m, Standing.MEMBER) for m in MEMBERS] + [(OBSERVER, Standing.OBSERVER)]
        ),
        items=(item("Reservoirs", 3), item("Grids", 2)),
    )


@dataclass
class Course:
    """A session as it goes. `lines` are rows of `event`, `prose` rows of `prose`, `entries` what was folded."""

    session: SessionId = SessionId("01937e00-0000-7000-8000-000000000000")
    state: State = field(default_factory=State)
    at: Instant = Instant("2026-05-04T09:00:00.000Z")
    entries: list[Entry] = field(default_factory=list[Entry])
    lines: list[dict[str, object]] = field(default_factory=list[dict[str, object]])
    prose: dict[tuple[int, str], dict[str, object]] = field(default_factory=dict[tuple[int, str], dict[str, object]])
    frontier: list[bytes] = field(default_factory=list[bytes])
    rows: Rows = field(default_factory=dict)
    reports: dict[ItemId, Hash] = field(default_factory=dict[ItemId, Hash])
    drawn: int = 0

    def attempt(self, command: c.Command, by: PersonId, seat: SeatCode | None = None) -> tuple[Entry, ...] | Refusal:
        """Give a command; its entries, now in the record, or the refusal."""
        occasion = Occasion(
            at=self.at,
            person=by,
            ids=self._ids(),
            site_roles=SITE.get(by, frozenset()),
            seat=seat,
            report=self.reports.get,
            prose=lambda seq, pointer: str(self.prose[seq, pointer]["text"]),
            recorded=lambda seq: self.entries[seq - 1],
            model=True,
        )
        decided = decide(self.state, command, occasion)
        if isinstance(decided, Refusal):
            return decided
        id = next(self._ids())
        first = len(self.entries) + 1
        entries = tuple(
            Entry(Seq(first + i), self.at, decided.acting, event, decided.corrects)
            for i, event in enumerate(decided.events)
        )
        for entry in entries:
            self._append(id, entry)
        return entries

    def go(self, command: c.Command, by: PersonId = CHAIR, seat: SeatCode | None = None) -> tuple[Entry, ...]:
        """Give a command that is accepted."""
        answer = self.attempt(command, by, seat)
        assert not isinstance(answer, Refusal), answer
        return answer

    def translate(self, item: ItemId) -> None:
        """Give every authentic version of an item's clauses that is missing or stale."""
        for provision in self.state.in_text(self.state.items[item]):
            for language, _ in tuple(unfit(self.state, provision)):
                self.go(c.ProvideVersion(provision=provision.id, language=language, text=f"{language}: {self.drawn}"))

    def wait(self, seconds: float) -> None:
        self.at = later(self.at, int(seconds * 1000))

    def _append(self, command: str, entry: Entry) -> None:
        seen = envelope.visibility(entry.event, entry.acting)
        nonce = None if seen.to is Audience.ALL else sha256(str(entry.seq).encode()).digest()[: envelope.NONCE_BYTES]
        stored = envelope.write(self.session, command, entry, seal=self._sealing(entry.seq), nonce=nonce)
        leaf = leaf_hash(stored)
        grow(self.frontier, len(self.lines), leaf)
        self.lines.append(
            {"session": self.session, "seq": entry.seq, "command": command, "stored": stored, "leaf": leaf}
        )
        self.entries.append(entry)
        evolve(self.state, entry)
        project(self.session, self.state, entry, self.rows)

    def _sealing(self, seq: Seq):
        def seal(pointer: str, said: Said) -> str:
            salt = sha256(f"{seq}{pointer}".encode()).digest()
            self.prose[seq, pointer] = {
                "session": self.session,
                "seq": seq,
                "pointer": pointer,
                "language": said.language,
                "text": said.words,
                "salt": salt,
            }
            return commitment(salt, field_of(pointer), said.language, said.words)

        return seal

    def _ids(self) -> Iterator[str]:
        while True:
            self.drawn += 1
            yield f"01937e00-0000-7000-9000-{self.drawn:012x}"

    def head(self) -> dict[str, object]:
        last = self.lines[-1]
        return {
            "session": self.session,
            "seq": last["seq"],
            "leaf": last["leaf"],
            "frontier": b"".join(self.frontier),
            "at": self.entries[-1].at,
        }


def keep(connection: sa.Connection, course: Course) -> None:
    """Put a course into the tables: the record, its head and the rows made from it."""
    tables = Event.metadata.tables
    connection.execute(sa.insert(tables["event"]), course.lines)
    connection.execute(sa.insert(tables["prose"]), list(course.prose.values()))
    connection.execute(sa.insert(tables["head"]), [course.head()])
    write_rows(connection, course.rows)


def scheduled(course: Course | None = None, *, rule_set: str = "sco-consensus/1") -> Course:
    """A session with everybody admitted."""
    course = course or Course()
    course.go(c.ScheduleSession(scenario=scenario(rule_set)), ORGANISER)
    course.go(c.AdmitPerson(role=Role.CHAIR, person=CHAIR), ORGANISER)
    for seat in (*MEMBERS, OBSERVER):
        course.go(c.AdmitPerson(role=Role.DELEGATE, seats=(seat,), person=of(seat)), ORGANISER)
    return course


def stance(provision: ProvisionId, level: StanceLevel = StanceLevel.SUPPORT, **more: object) -> c.StanceGiven:
    reason = {"reason": "It costs.", "would_be_removed_by": "A fund."} if level is StanceLevel.OBJECT else {}
    return c.StanceGiven(provision=provision, level=level, **(reason | more))  # type: ignore[arg-type]


def named(entries: tuple[Entry, ...], field: str) -> Any:
    """What the first event of a command names."""
    return getattr(entries[0].event, field)
