"""Sessions for tests, drawn so that a test looks like the thing: who says what, and what came of it.

Why through bytes: each command is decided, written as the record has it, read again and only then folded, so every
history of every test also tries the record. Clock, ids, salts and nonces are the scene's own: the same history gives
the same bytes.

    scene = sco(seats=3, stage="called")
    scene.give(object_to(scene.clauses[0]), by="KAZ")
    scene.wait(minutes=30)
    closed, blocked = scene.give(CloseCall(item=scene.item))
"""

import pickle
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from typing import Any, Literal, TypeVar, get_args

from polylogue import commands as c
from polylogue import events as e
from polylogue.decide import decide
from polylogue.events import Event
from polylogue.evolve import evolve
from polylogue.occasion import Decided, Entry, Occasion
from polylogue.procedure.time import later
from polylogue.record import envelope
from polylogue.record.prose import Said, commitment, field_of
from polylogue.record.tree import grow, leaf_hash, root
from polylogue.refusals import Refusal
from polylogue.scenario import LocalText, Scenario, ScenarioDelegation, ScenarioItem, ScenarioProvision
from polylogue.state import State
from polylogue.versions import unfit
from polylogue.vocabulary import (
    Audience,
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
    SessionPhase,
    StanceLevel,
    Standing,
    TextState,
)

K = TypeVar("K")

EN, RU, ZH = LanguageTag("en"), LanguageTag("ru"), LanguageTag("zh-Hans")
TEN = tuple(SeatCode(code) for code in ("BLR", "CHN", "IND", "IRN", "KAZ", "KGZ", "PAK", "RUS", "TJK", "UZB"))
THREE = tuple(SeatCode(code) for code in ("KAZ", "KGZ", "UZB"))
PARTNER, OBSERVER, GUEST = SeatCode("ARM"), SeatCode("MNG"), SeatCode("UN_SC")
SITE = {"organiser": Role.ORGANISER, "worker": Role.WORKER}
OFFICERS = {"chair": Role.CHAIR, "secretary": Role.SECRETARIAT, "facilitator": Role.FACILITATOR, "visitor": Role.PUBLIC}

Stage = Literal["scheduled", "open", "circulated", "clean", "called"]


@dataclass
class Scene:
    """A session as it goes.

    `entries` are as read back from `stored`, `decided` as they were before they were written; `given` are the commands
    that led to them, `prose` the words by (seq, pointer).
    """

    session: SessionId = SessionId("01937e00-0000-7000-8000-000000000000")
    state: State = field(default_factory=State)
    at: Instant = Instant("2026-05-04T09:00:00.000Z")
    entries: list[Entry] = field(default_factory=list[Entry])
    decided: list[Entry] = field(default_factory=list[Entry])
    stored: list[bytes] = field(default_factory=list[bytes])
    given: list[c.Command] = field(default_factory=list[c.Command])
    prose: dict[tuple[Seq, str], str] = field(default_factory=dict[tuple[Seq, str], str])
    reports: dict[ItemId, Hash] = field(default_factory=dict[ItemId, Hash])
    reachable: frozenset[SeatCode] | None = None
    drawn: int = 0
    model: bool = True

    def ask(
        self,
        command: c.Command,
        by: str = "chair",
        seat: str | None = None,
        *,
        occurred_at: str | None = None,
        expected_seq: int | None = None,
    ) -> Decided | Refusal:
        """What the rules answer to a command; nothing comes of it. `by` is an officer, or a seat's delegate."""
        before = _seen(self.state)
        occasion = Occasion(
            at=self.at,
            person=person(by),
            ids=self._ids(),
            site_roles=frozenset((SITE[by],)) if by in SITE else frozenset(),
            seat=SeatCode(seat) if seat is not None else None,
            occurred_at=Instant(occurred_at) if occurred_at else None,
            expected_seq=Seq(expected_seq) if expected_seq is not None else None,
            report=self.reports.get,
            prose=lambda seq, pointer: self.prose.get((seq, pointer)),
            recorded=lambda seq: self.entries[seq - 1],
            model=self.model,
            reachable=self.reachable,
            root=lambda: Hash(self.root().hex()),
        )
        answer = decide(self.state, command, occasion)
        assert _seen(self.state) == before, f"{type(command).__name__} has changed the state by being decided"
        return answer

    def attempt(
        self, command: c.Command, by: str = "chair", seat: str | None = None, **more: Any
    ) -> tuple[Event, ...] | Refusal:
        """Give a command; its events, now in the record, or the refusal."""
        answer = self.ask(command, by, seat, **more)
        if isinstance(answer, Refusal):
            return answer
        id = next(self._ids())
        self.given.append(command)
        for event in answer.events:
            self._append(id, Entry(Seq(self.state.seq + 1), self.at, answer.acting, event, answer.corrects))
        return tuple(entry.event for entry in self.entries[-len(answer.events) :])

    def give(self, command: c.Command, by: str = "chair", seat: str | None = None, **more: Any) -> Any:
        """Give a command that is accepted; its events."""
        answer = self.attempt(command, by, seat, **more)
        assert not isinstance(answer, Refusal), answer
        return answer

    def refuse(self, command: c.Command, by: str = "chair", seat: str | None = None, **more: Any) -> Refusal:
        """Give a command that is refused; the refusal."""
        answer = self.attempt(command, by, seat, **more)
        assert isinstance(answer, Refusal), answer
        return answer

    def wait(self, *, minutes: float = 0, seconds: float = 0) -> None:
        self.at = later(self.at, int((minutes * 60 + seconds) * 1000))

    def erase(self, seq: Seq, pointer: str) -> None:
        """Take the words at a place away, as an erasure does."""
        del self.prose[seq, pointer]

    # ── what chairs do all the time ──

    def sit(self, *present: SeatCode) -> None:
        """Open or resume the session and call the roll; without codes, all are present."""
        begin = c.OpenSession() if self.state.phase is SessionPhase.SCHEDULED else c.ResumeSession()
        self.give(begin)
        self.give(c.RecordRollCall(present=present or tuple(self.state.delegations)))

    def rise(self) -> None:
        """Suspend the session."""
        self.give(c.SuspendSession())

    def circulate(self) -> None:
        self.give(c.CirculateText(item=self.item))

    def translate(self, item: ItemId | None = None) -> None:
        """Have the secretariat give every authentic version of an item's clauses that is missing or stale."""
        for provision in self.state.in_text(self.state.items[item or self.item]):
            for language, _ in tuple(unfit(self.state, provision)):
                words = f"{self.words(provision.id)} [{language}, {provision.revision}]"
                self.give(c.ProvideVersion(provision=provision.id, language=language, text=words), "secretary")

    def clean(self) -> None:
        """Clean the text, in all authentic languages, and let the circulation period pass."""
        self.translate()
        self.give(c.CleanText(item=self.item))
        self.wait(minutes=24 * 60)

    def call(self, **more: Any) -> e.CallOpened:
        (opened,) = self.give(c.CallForConsensus(item=self.item, **more))
        return opened

    def close(self, **more: Any) -> e.CallClosed:
        """Let the time to object pass, and close the call."""
        self.wait(minutes=30)
        return self.give(c.CloseCall(item=self.item, **more))[0]

    # ── what a test looks at ──

    @property
    def item(self) -> ItemId:
        """The first item."""
        return next(iter(self.state.items))

    @property
    def clauses(self) -> list[ProvisionId]:
        """The first item's provisions, in order."""
        return [provision.id for provision in self.state.in_text(self.state.items[self.item])]

    @property
    def text(self) -> TextState:
        return self.state.items[self.item].text

    @property
    def phases(self) -> tuple[str, str, str]:
        """The phase of the session, the phase of the first item, the state of its text."""
        item = self.state.items[self.item]
        return self.state.phase.value, item.phase.value, item.text.value

    def newest(self, kind: type[K]) -> K:
        """The newest event of a kind."""
        return next(entry.event for entry in reversed(self.entries) if isinstance(entry.event, kind))

    def words(self, clause: ProvisionId) -> str:
        """The present wording of a clause in its first language."""
        version = self.state.provisions[clause].wording[0]
        return self.prose[version.seq, version.pointer]

    def root(self) -> bytes:
        """The root of the record's tree."""
        frontier: list[bytes] = []
        for size, line in enumerate(self.stored):
            grow(frontier, size, leaf_hash(line))
        return root(frontier, len(self.stored))

    # ── as the record has it ──

    def _append(self, command: str, entry: Entry) -> None:
        public = envelope.visibility(entry.event, entry.acting).to is Audience.ALL
        nonce = None if public else sha256(f"nonce {entry.seq}".encode()).digest()[: envelope.NONCE_BYTES]

        def seal(pointer: str, said: Said) -> str:
            self.prose[entry.seq, pointer] = said.words
            salt = sha256(f"salt {entry.seq} {pointer}".encode()).digest()
            return commitment(salt, field_of(pointer), said.language, said.words)

        line = envelope.write(self.session, command, entry, seal=seal, nonce=nonce)
        read = envelope.read(line)
        evolve(self.state, read)
        self.decided.append(entry)
        self.stored.append(line)
        self.entries.append(read)

    def _ids(self) -> Iterator[str]:
        while True:
            self.drawn += 1
            yield f"01937e00-0000-7000-9000-{self.drawn:012x}"


def _seen(state: State) -> bytes:
    """A state to the last bit, but for its rules, which nothing can change: to see whether something has."""
    return pickle.dumps(replace(state, rules=None))


def person(by: str) -> PersonId:
    """Who acts, by what a test calls them: an officer, a person of the site, or the delegate of a seat."""
    return PersonId(by if by in SITE or by in OFFICERS else f"delegate of {by}")


def text(words: str, language: str = EN) -> LocalText:
    return LocalText(language=LanguageTag(language), text=words)


def item(name: str = "Shared water", clauses: int = 2) -> ScenarioItem:
    return ScenarioItem(
        titles=(text(name),),
        provisions=tuple(ScenarioProvision(versions=(text(f"{name}, clause {i + 1}."),)) for i in range(clauses)),
    )


def scenario(
    seats: Collection[SeatCode] = THREE,
    *,
    clauses: int = 2,
    items: int | tuple[ScenarioItem, ...] = 1,
    rule_set: str = "sco-consensus/1",
    **more: Any,
) -> Scenario:
    """A scenario: members on these seats, a partner, an observer and a guest beside them."""
    others = {PARTNER: Standing.PARTNER, OBSERVER: Standing.OBSERVER, GUEST: Standing.GUEST}
    standings = dict.fromkeys(seats, Standing.MEMBER) | others
    given: dict[str, Any] = {
        "titles": (text("A council of three"),),
        "rule_set": rule_set,
        "delegations": tuple(ScenarioDelegation(code=seat, standing=standings[seat]) for seat in standings),
        "items": tuple(item(f"Item {i + 1}", clauses) for i in range(items)) if isinstance(items, int) else items,
    }
    return Scenario(**(given | more))


def sco(seats: Literal[3, 10] = 3, *, stage: Stage = "open", **of_scenario: Any) -> Scene:
    """A session by the rules of SCO consensus, or `rule_set`, with everybody admitted, as far as a stage.

    "open": all are present and the first item is taken up; "circulated"; "clean": and the circulation period is over;
    "called": for an ordinary decision. `of_scenario` goes to `scenario`.
    """
    return pickle.loads(_drawn(seats, stage, tuple(sorted(of_scenario.items()))))  # noqa: S301 -- our own bytes


@cache
def _drawn(seats: int, stage: Stage, of_scenario: tuple[tuple[str, Any], ...]) -> bytes:
    """A scene, kept: hundreds of tests begin with the same few, and a copy is made in a sixth of the time."""
    scene = Scene()
    codes = THREE if seats == 3 else TEN
    scene.give(c.ScheduleSession(scenario=scenario(codes, **dict(of_scenario))), "organiser")
    for name, role in OFFICERS.items():
        scene.give(c.AdmitPerson(role=role, person=person(name)), "organiser")
    for seat in scene.state.delegations:
        scene.give(c.AdmitPerson(role=Role.DELEGATE, seats=(seat,), person=person(seat)), "organiser")
    reached = get_args(Stage).index(stage)
    if reached >= 1:
        scene.sit()
        scene.give(c.OpenItem(item=scene.item))
    for onward in (scene.circulate, scene.clean, scene.call)[: max(0, reached - 1)]:
        onward()
    return pickle.dumps(scene)


# ── commands in few words ──


def stance(clause: ProvisionId, level: StanceLevel = StanceLevel.SUPPORT, **more: Any) -> c.StanceGiven:
    """A stance; one that objects gives a reason and what would remove it."""
    why: dict[str, Any] = {}
    if level is StanceLevel.OBJECT:
        why = {"reason": "It costs too much.", "would_be_removed_by": "A fund."}
    return c.StanceGiven(provision=clause, level=level, **(why | more))


def takes(item: ItemId, clause: ProvisionId, level: StanceLevel = StanceLevel.SUPPORT, **more: Any) -> c.StateStances:
    """The command of one stance."""
    return c.StateStances(item=item, stances=(stance(clause, level, **more),))


def objects(item: ItemId, clause: ProvisionId) -> c.RaiseObjection:
    """An objection raised in a call."""
    return c.RaiseObjection(
        item=item, provision=clause, reason="It costs too much.", would_be_removed_by="A fund.", language=EN
    )
