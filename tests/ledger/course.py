"""The course of a session, decided by the core and written as the record has it, without the writer.

Why beside the writer: what is checked here is what anybody can do with a record, so these histories are made of the
rules, the envelope and the tree alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from random import Random
from typing import Any

import sqlalchemy as sa

from ledger.projections import Rows, project, write_rows
from polylogue import commands as c
from polylogue.decide import decide
from polylogue.evolve import evolve
from polylogue.footing import accepting
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
    AmendmentKind,
    AmendmentState,
    Audience,
    CallOutcome,
    Dimension,
    Hash,
    Instant,
    ItemId,
    LanguageTag,
    ObjectionState,
    OpinionKind,
    PersonId,
    ProvisionId,
    ProvisionState,
    Role,
    SeatCode,
    Seq,
    SessionId,
    SessionPhase,
    StanceLevel,
    Standing,
    TextState,
)
from schema.tables import Event
from tests import mending
from tests.ledger import brackets, mended, rounds

BESIDE = (
    "Recalls that Reservoirs 1 and all canals, which are shared, are filled in May.",
    "Recalls that Reservoirs 1 and some canals, which are shared, are measured in May.",
    "Recalls that Reservoirs 1 and all rivers, which are shared, should be measured twice.",
)
"""Wordings that differ in several places."""

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


def whole() -> Course:
    """A course in which every kind of event comes to pass, and most rows move more than once."""
    course = scheduled()
    first, second = course.state.items
    chn, kaz, kgz, rus, *_ = MEMBERS
    go = course.go
    go(c.AdmitPerson(role=Role.PUBLIC, person=PersonId("visitor")))
    go(c.DismissPerson(person=PersonId("visitor")))
    go(c.OpenSession())
    go(c.RecordRollCall(present=(*MEMBERS[:3], OBSERVER)))
    go(c.AddItem(item=item("Fisheries", 1)))
    third = list(course.state.items)[2]
    go(c.OpenItem(item=first))
    a, b, d = course.state.items[first].provisions

    # what delegations hold, in two revisions, with interests behind one of them
    go(
        c.PostPosition(
            language=EN, item=first, text="We need water.", interests="To irrigate.", stances=(stance(a), stance(b))
        ),
        of(chn),
    )
    course.wait(1)
    go(
        c.PostPosition(
            language=EN,
            item=first,
            text="We need clean water.",
            translations=(c.Translation(text="净水", language=ZH),),
        ),
        of(chn),
    )
    go(
        c.PostPosition(language=EN, item=first, text="Observing.", stances=(stance(d, StanceLevel.NEUTRAL),)),
        of(OBSERVER),
    )
    go(
        c.StateStances(item=first, stances=(stance(a, StanceLevel.OBJECT, importance=3),), for_rest=StanceLevel.ACCEPT),
        of(kaz),
    )
    go(c.StateStances(item=first, stances=(stance(a, if_agreed=b),)), CHAIR, rus)

    # clauses, alternatives, amendments
    proposed = named(
        go(c.ProposeProvision(language=EN, item=first, text="Decides to meet.", after=a), of(kgz)), "provision"
    )
    go(c.WithdrawProvision(provision=b))
    other = named(go(c.ProposeAlternative(language=EN, provision=a, text="Should meet."), of(kaz)), "alternative")
    go(c.ProposeAlternative(language=EN, provision=a, text="May meet."), of(kgz))
    go(c.StateStances(item=first, stances=(stance(a, alternative=other),)), of(kaz))
    go(c.StateStances(item=first, stances=(stance(a, StanceLevel.ACCEPT, alternative=other),)), of(chn))
    go(c.CloseBracket(provision=a, alternative=other))
    go(c.ProposeAlternative(language=EN, provision=d, text="Or else."), of(rus))
    go(c.StateStances(item=first, stances=(stance(d),)), of(chn))
    go(c.CloseBracket(provision=d))
    friendly = go(
        c.ProposeAmendment(
            language=EN, provision=proposed, text="Decides to meet twice.", revision=1, reason="Once is rare."
        ),
        of(chn),
    )
    go(c.AcceptAmendment(amendment=named(friendly, "amendment")), of(kgz))
    dropped = go(c.ProposeAmendment(language=EN, provision=d, text="Nothing.", revision=2), of(chn))
    go(c.WithdrawAmendment(amendment=named(dropped, "amendment")), of(chn))
    lapsing = go(c.ProposeAmendment(language=EN, provision=a, text="Will lapse.", revision=2), of(chn))
    _amended(course, first, proposed)
    brackets.cut(course, first, of(kgz), of(chn), of(kaz))

    # a draft that is tabled, and one that lapses
    request = named(go(c.RequestDraft(item=first)), "request")
    source = c.DraftSource(seat=chn, amendment=named(lapsing, "amendment"), revision=1)
    clauses = (
        c.DraftedClause(
            provision=a, revision=2, alternatives=(c.DraftedAlternative(text="Will lapse.", sources=(source,)),)
        ),
        c.DraftedClause(
            text="Thanks the hosts.",
            sources=(c.DraftSource(seat=chn, drawn=True),),
            alternatives=(c.DraftedAlternative(text="Thanks all."),),
        ),
    )
    tabled = go(c.TableDraft(item=first, request=request, clauses=clauses), WORKER)
    go(c.RequestDraft(item=first))
    go(c.CirculateText(item=first))
    go(c.CloseBracket(provision=a))
    thanks = named(tabled, "clauses")[1].id
    go(c.CloseBracket(provision=thanks))
    go(c.StateStances(item=first, stances=(stance(thanks, StanceLevel.ACCEPT),)), of(rus))
    course.translate(first)
    go(c.CleanText(item=first))
    go(c.ReopenText(item=first, reason="A comma."), of(chn))
    go(c.CleanText(item=first))

    # a call without a quorum, one that is taken back, one that is blocked, one that adopts
    call = c.CallForConsensus(item=first)
    course.wait(60)
    refused = course.attempt(call, CHAIR)
    assert isinstance(refused, Refusal)
    go(c.SuspendSession(reason="Lunch."))
    go(c.ResumeSession())
    go(c.RecordRollCall(present=MEMBERS))
    go(call)
    go(c.CloseCall(item=first, withdraw=True, reason="A point of order."))
    go(call)
    objection = c.RaiseObjection(
        language=EN, item=first, provision=a, reason="It costs.", would_be_removed_by="A fund."
    )
    go(objection, of(kaz))
    go(replace(objection, version=RU), of(kgz))
    course.wait(3600)
    go(c.CloseCall(item=first, unreachable=(rus,)))
    softer = go(c.ProposeAlternative(language=EN, provision=a, text="Shall try to meet."), of(rus))
    go(c.CloseBracket(provision=a, alternative=named(softer, "alternative")))  # the objection is carried over
    go(c.ConfirmVersion(provision=a, language=RU), of(kgz))
    course.translate(first)
    go(c.CleanText(item=first))
    course.wait(3600)
    course.reports[first] = Hash("ab" * 32)
    go(call)
    go(c.MaintainObjection(item=first, provision=a), of(kaz))
    go(c.WithdrawObjection(item=first, provision=a), of(kaz))
    go(objection, of(kaz))
    go(c.WithdrawObjection(item=first, provision=a, level=StanceLevel.ACCEPT), of(kaz))
    go(
        c.PlaceOpinionOnRecord(
            language=EN, item=first, kind=OpinionKind.INTERPRETATION, text="We read it so.", provision=a
        ),
        of(kgz),
    )
    course.wait(3600)
    adopted = go(c.CloseCall(item=first))
    assert named(adopted, "outcome") is CallOutcome.ADOPTED
    go(c.PlaceOpinionOnRecord(language=EN, item=first, kind=OpinionKind.RESERVATION, text="With regret."), of(chn))

    # items that are left, and a quorum that goes
    go(c.OpenItem(item=second))
    go(c.RequestDraft(item=second))
    go(c.DeferItem(item=second, reason="No time."))
    go(c.OpenItem(item=second))
    go(c.OpenItem(item=third))
    rounds.held(course, third, chn, kaz)
    go(c.RequestDraft(item=third))
    go(c.CirculateText(item=second))
    grid = course.state.items[second].provisions[0]
    go(c.ProvideVersion(provision=grid, language=RU, text="Иначе."))  # it fitted, so the English is stale
    course.translate(second)
    go(c.CleanText(item=second))
    course.wait(3600)
    go(c.CallForConsensus(item=second))
    go(c.RecordRollCall(present=(chn,)))
    go(c.CloseCall(item=second))
    mended.mended(course, second, kaz, chn)

    go(c.CloseSession())
    go(c.ReopenSession(reason="Forgotten."))
    go(c.CloseSession())
    go(c.SealSession())
    return course


def _amended(course: Course, item: ItemId, clause: ProvisionId) -> None:
    """Amendments of every kind, with sponsors who come and go, and one to the words of another."""
    chn, kaz, kgz, rus, *_ = MEMBERS
    go, insert, delete, move = course.go, AmendmentKind.INSERT_AFTER, AmendmentKind.DELETE, AmendmentKind.MOVE
    for seat in (rus, kaz):
        go(c.JoinSponsors(provision=clause), of(seat))
    wanted = named(go(c.ProposeAmendment(provision=clause, revision=2, text="Decides to rest."), of(chn)), "amendment")
    go(c.AcceptAmendment(amendment=wanted), of(kaz))
    go(c.ReviseAmendment(amendment=wanted, text="Decides to rest in May."), of(chn))
    better = go(c.ProposeAmendment(amendment=wanted, revision=2, text="Decides to rest in June."), of(kaz))
    go(c.AcceptAmendment(amendment=named(better, "amendment")), of(chn))
    go(c.AcceptAmendment(amendment=wanted), of(rus))
    go(c.LeaveSponsors(provision=clause), of(rus))
    go(c.LeaveSponsors(provision=clause), of(kaz))
    go(c.AcceptAmendment(amendment=wanted), of(kgz))
    put = go(c.ProposeAmendment(kind=insert, item=item, text="Opens."), of(chn))
    go(c.AcceptAmendment(amendment=named(put, "amendment")))
    opening = named(put, "provision")
    about = go(c.ProposeAmendment(provision=opening, revision=1, text="Will lapse with it."), of(kaz))
    go(c.ProposeAmendment(amendment=named(about, "amendment"), revision=1, text="So will this."), of(kgz))
    for asked in (
        c.ProposeAmendment(kind=move, provision=opening, after=clause),
        c.ProposeAmendment(kind=delete, provision=opening, revision=1),
    ):
        go(c.AcceptAmendment(amendment=named(go(asked, of(kaz)), "amendment")), of(chn))


def wander(seed: int, length: int, *, session: SessionId = Course.session) -> Course:
    """A course in which delegates and chair try what comes to their minds; what the rules refuse does not happen."""
    draw = Random(seed)
    course = scheduled(Course(session))
    course.go(c.OpenSession())
    course.go(c.RecordRollCall(present=MEMBERS))
    for item in course.state.items:
        course.go(c.OpenItem(item=item))
    for _ in range(length):
        if course.state.phase is SessionPhase.SEALED:
            break
        course.wait(draw.choice((0, 1, 1, 30)))
        command, by = _idea(draw, course.state)
        if draw.random() < 0.15:
            command, seat = mending.idea(draw, course.state, course.entries)
            by = of(seat) if seat else CHAIR
        course.attempt(command, by, draw.choice(MEMBERS) if by == CHAIR and draw.random() < 0.1 else None)
    return course


def _idea(draw: Random, state: State) -> tuple[c.Command, PersonId]:
    """Something that somebody might ask for, often enough at the right time."""
    seat = draw.choice((*MEMBERS, OBSERVER))
    item = state.items[draw.choice(list(state.items))]
    provision = state.provisions[draw.choice(item.provisions)]
    call = state.items[state.call.item] if state.call else item
    objections = (
        [o for o in state.call.objections.values() if o.state is not ObjectionState.WITHDRAWN] if state.call else []
    )
    answered = draw.choice(objections) if objections and draw.random() < 0.8 else None
    called, answering = (answered.provision, answered.seat) if answered else (draw.choice(call.provisions), seat)
    pending = [a for a in state.amendments.values() if a.state is AmendmentState.PENDING]
    amendment = draw.choice(pending) if pending else None
    alternative = draw.choice([None, *provision.alternatives])
    level = draw.choice(list(StanceLevel))
    given = stance(provision.id, level, alternative=alternative, importance=draw.randint(1, 3))
    sources = (c.DraftSource(seat=seat, drawn=True),)
    clauses = (
        c.DraftedClause(
            provision=provision.id,
            revision=provision.revision,
            alternatives=(c.DraftedAlternative(text="Drafted.", sources=sources),)[: draw.randint(0, 1)],
        ),
        c.DraftedClause(text="A new clause.", sources=sources),
    )[: draw.randint(1, 2)]
    objection = c.RaiseObjection(item=call.id, provision=called, reason="No.", would_be_removed_by="Yes.", language=EN)
    bracketed = provision.state is ProvisionState.BRACKETED
    cut = c.CloseBracket(provision=provision.id, bracket=draw.randint(1, 2), alternative=alternative)
    clean, calling = (item.text is state for state in (TextState.CLEAN, TextState.CALLED))
    ready = item.text is TextState.CIRCULATED and all(p.state is ProvisionState.PROPOSED for p in state.in_text(item))
    lacking = [(p.id, language) for p in state.in_text(item) for language, _ in unfit(state, p)]
    onward: c.Command = c.CleanText(item=item.id)
    if lacking and draw.random() < 0.9:
        onward = c.ProvideVersion(provision=lacking[0][0], language=lacking[0][1], text=f"{lacking[0][1]}: {state.seq}")
    ideas: list[tuple[c.Command, PersonId, int]] = [
        (
            c.StateStances(item=item.id, stances=(given,), for_rest=draw.choice((None, StanceLevel.ACCEPT))),
            of(seat),
            30,
        ),
        (c.PostPosition(item=item.id, text="We.", language=EN, interests=draw.choice((None, "I."))), of(seat), 10),
        (c.PostPosition(item=item.id, text="So.", language=EN, stances=(given,), interests="I."), of(seat), 10),
        (c.ProposeProvision(item=item.id, text="More.", language=EN, after=provision.id), of(seat), 4),
        (c.WithdrawProvision(provision=provision.id), of(provision.sponsor) if provision.sponsor else CHAIR, 2),
        (c.ProposeAlternative(provision=provision.id, text="Or.", language=EN), of(seat), 8),
        (c.CloseBracket(provision=provision.id, alternative=alternative), CHAIR, 60 if bracketed else 1),
        (c.ProposeAlternative(provision=provision.id, text=draw.choice(BESIDE), language=EN), of(seat), 8),
        (cut, CHAIR, 40 if bracketed else 1),
        (c.MergeBrackets(provision=provision.id, first=1, last=2, if_revision=provision.revision), CHAIR, 5),
        (c.SplitBracket(provision=provision.id, bracket=1, if_revision=provision.revision), CHAIR, 5),
        (c.ReopenBracket(provision=provision.id, reason="Too soon."), of(seat), 6),
        (c.ProposeAmendment(provision=provision.id, revision=provision.revision, text="Am.", language=EN), of(seat), 6),
        (c.RequestDraft(item=item.id), CHAIR, 3),
        (c.TableDraft(item=item.id, request=draw.choice((None, item.request)), clauses=clauses), WORKER, 5),
        (c.CirculateText(item=item.id), CHAIR, 6),
        (onward, CHAIR, 200 if ready and lacking else 60 if ready else 1),
        (c.ReopenText(item=item.id), of(seat), 1),
        (c.CallForConsensus(item=item.id), CHAIR, 60 if clean else 1),
        (objection, of(seat), 10 if calling else 1),
        (c.MaintainObjection(item=call.id, provision=called), of(answering), 30 if calling else 1),
        (c.WithdrawObjection(item=call.id, provision=called), of(answering), 30 if calling else 1),
        (c.PlaceOpinionOnRecord(item=call.id, text="Noted.", language=EN), of(seat), 10 if calling else 2),
        (c.CloseCall(item=call.id, withdraw=draw.random() < 0.2, reason="So."), CHAIR, 30 if calling else 1),
        (c.DeferItem(item=item.id, reason="Late."), CHAIR, 1),
        (c.OpenItem(item=item.id), CHAIR, 4),
        (c.AddItem(item=_another(draw)), CHAIR, 1),
        (c.RecordRollCall(present=tuple(draw.sample(MEMBERS, draw.randint(3, 6)))), CHAIR, 3),
        (c.SuspendSession(), CHAIR, 1),
        (c.ResumeSession(), CHAIR, 3),
        (c.CloseSession(), CHAIR, 1),
        (c.ReopenSession(reason="Again."), CHAIR, 3),
        (c.AdmitPerson(role=Role.PUBLIC, person=PersonId(f"visitor {draw.randint(1, 3)}")), CHAIR, 1),
        (c.DismissPerson(person=PersonId(f"visitor {draw.randint(1, 3)}")), CHAIR, 1),
    ]
    behind = draw.choice([None, *item.provisions])
    sponsored = draw.choice([p for p in state.in_text(item) if p.sponsors] or [provision])
    inserted = c.ProposeAmendment(
        kind=AmendmentKind.INSERT_AFTER, item=None if behind else item.id, after=behind, text="In."
    )
    ideas += [
        (inserted, of(seat), 3),
        (c.ProposeAmendment(kind=AmendmentKind.MOVE, provision=provision.id, after=behind), of(seat), 3),
        (
            c.ProposeAmendment(kind=AmendmentKind.DELETE, provision=provision.id, revision=provision.revision),
            of(seat),
            2,
        ),
        (c.JoinSponsors(provision=sponsored.id), of(seat), 10 if sponsored.sponsors else 1),
        (c.ProposeAmendment(provision=sponsored.id, revision=sponsored.revision, text="Wider."), of(seat), 4),
        (c.LeaveSponsors(provision=provision.id), of(provision.sponsor or seat), 2),
    ]
    if amendment:
        by = draw.choice(accepting(state, amendment))
        asked = c.ProposeAmendment(amendment=amendment.id, revision=amendment.edition, text=f"Sub {state.seq}.")
        ideas += [
            (asked, of(seat), 4),
            (c.ReviseAmendment(amendment=amendment.id, text=f"Rev {state.seq}."), of(amendment.seat), 4),
            (c.AcceptAmendment(amendment=amendment.id), of(by) if by else CHAIR, 12),
            (c.WithdrawAmendment(amendment=amendment.id), of(amendment.seat), 3),
        ]
    command, by, _ = draw.choices(ideas, [weight for *_, weight in ideas])[0]
    return command, by


def _another(draw: Random) -> ScenarioItem:
    return item(f"Item {draw.randint(1, 9)}", draw.randint(1, 3))
