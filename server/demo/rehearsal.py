"""A rehearsal: a script played on the rules alone, with no server, no clock and no worker.

Why before the play: what the rules refuse is found in milliseconds, at the act that is wrong.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from polylogue import commands as c
from polylogue.decide import decide
from polylogue.events import Event
from polylogue.evolve import evolve
from polylogue.occasion import Entry, Occasion
from polylogue.procedure.time import instant, later
from polylogue.record.payload import encode
from polylogue.record.prose import Said
from polylogue.refusals import Refusal
from polylogue.scenario import Scenario
from polylogue.state import Item, Provision, State
from polylogue.vocabulary import AmendmentState, Instant, PersonId, Role, SeatCode, Seq
from server.demo.acts import CHAIR, Act, Script, ScriptInvalid, item_of
from server.demo.candidates import Candidate, way
from server.demo.papers import Clause, Papers, command
from workers.rounds import Names, Read, proposal
from workers.writers.writer import Writing

ORGANISER, THE_CHAIR, WORKER = PersonId("organiser"), PersonId("chair"), PersonId("worker")
SITE = {ORGANISER: frozenset({Role.ORGANISER}), WORKER: frozenset({Role.WORKER})}


@dataclass
class Rehearsal:
    """A script as it has been played: the session's state and entries, its texts by place, the refusals met."""

    state: State = field(default_factory=State)
    entries: list[Entry] = field(default_factory=list[Entry])
    texts: dict[tuple[Seq, str], str] = field(default_factory=dict[tuple[Seq, str], str])
    refusals: list[Refusal] = field(default_factory=list[Refusal])
    given: dict[str, Seq] = field(default_factory=dict[str, Seq])
    at: Instant = field(default_factory=lambda: instant(datetime(2026, 1, 1, 9, tzinfo=UTC)))
    drawn: int = 0

    def words(self, seq: Seq, pointer: str) -> str | None:
        return self.texts.get((seq, pointer))

    def give(self, command: c.Command, person: PersonId) -> Refusal | None:
        """Give a command; the refusal, or nothing when it was accepted."""
        self.at = later(self.at, 1000)
        occasion = Occasion(
            at=self.at,
            person=person,
            ids=self._ids(),
            site_roles=SITE.get(person, frozenset()),
            prose=self.words,
            recorded=self._recorded,
        )
        decided = decide(self.state, command, occasion)
        if isinstance(decided, Refusal):
            return decided
        for event in decided.events:
            entry = Entry(Seq(self.state.seq + 1), self.at, decided.acting, event, decided.corrects)
            self._keep_texts(entry.seq, event)
            self.entries.append(entry)
            evolve(self.state, entry)
        return None

    def wait_until(self, moment: Instant | None) -> None:
        if moment and moment > self.at:
            self.at = moment

    def _recorded(self, seq: Seq) -> Entry | None:
        return self.entries[seq - 1] if 0 < seq <= len(self.entries) else None

    def _keep_texts(self, seq: Seq, event: Event) -> None:
        def keep(pointer: str, said: Said) -> str:
            self.texts[seq, pointer] = said.words
            return "0" * 64

        encode(event, keep)

    def _ids(self) -> Iterator[str]:
        while True:
            self.drawn += 1
            yield f"00000000-0000-7000-8000-{self.drawn:012x}"


def rehearse(script: Script, scenario: Scenario) -> Rehearsal:
    """Play a script to its end; ScriptInvalid where the rules answer otherwise than the script expects."""
    rehearsal = Rehearsal()
    _begin(rehearsal, scenario)
    for act in script.acts:
        _wait(rehearsal, act)
        asked = command(act, replace(papers_of(rehearsal.state), entries=rehearsal.given))
        person = THE_CHAIR if act.by == CHAIR else PersonId(act.by)
        _expect(act, rehearsal, rehearsal.give(asked, person))
        rehearsal.given[act.what] = rehearsal.state.seq
        if isinstance(asked, c.RequestDraft):
            state = rehearsal.state
            request = next(r for r in state.requests.values() if r.id == state.items[asked.item].request)
            tabled = proposal(state, request, Read(rehearsal.texts, names_of(scenario)), Writing())
            _accepted(act.where, rehearsal.give(tabled, WORKER))
    return rehearsal


def papers_of(state: State) -> Papers:
    """What lies on the table, as the state has it."""
    clauses: dict[str, Clause] = {}
    for item in state.items.values():
        for number, provision in enumerate(state.in_text(item), 1):
            clauses[f"{item.number}.{number}"] = _clause(state, item.number, provision)
    items = {item.number: item.id for item in state.items.values()}
    return Papers(
        tuple(state.delegations), items, clauses, {i.number: _candidates(state, i) for i in state.items.values()}
    )


def names_of(scenario: Scenario) -> Names:
    """The names of delegations by language."""
    return {d.code: {name.language: name.text for name in d.names} for d in scenario.delegations}


def _candidates(state: State, item: Item) -> tuple[Candidate, ...]:
    """Those of the newest round, best first."""
    if item.id not in state.rounds:
        return ()
    last = state.rounds[item.id][-1]
    number = {provision.id: str(place) for place, provision in enumerate(state.in_text(item), 1)}
    listed = [last.proposed.candidates[place - 1] for place in last.choice.order]
    return tuple(
        Candidate(
            each.id,
            {
                number[w.provision]: way(w.form, state.alternatives[w.alternative].seat if w.alternative else None)
                for w in (last.proposed.wordings[place] for place in each.wordings)
                if w.provision in number
            },
        )
        for each in listed
    )


def _clause(state: State, item: int, provision: Provision) -> Clause:
    alternatives = (state.alternatives[id] for id in provision.alternatives)
    amendments = (a for a in state.amendments.values() if a.provision == provision.id and not a.amends)
    return Clause(
        provision.id,
        item,
        provision.revision,
        {a.seat: a.id for a in alternatives if a.seat},
        {a.seat: a.id for a in amendments if a.state is AmendmentState.PENDING},
    )


def _begin(rehearsal: Rehearsal, scenario: Scenario) -> None:
    begun = "before the first act"
    _accepted(begun, rehearsal.give(c.ScheduleSession(scenario=scenario), ORGANISER))
    _accepted(begun, rehearsal.give(c.AdmitPerson(role=Role.CHAIR, person=THE_CHAIR), ORGANISER))
    for seat in rehearsal.state.delegations:
        admitted = c.AdmitPerson(role=Role.DELEGATE, seats=(SeatCode(seat),), person=PersonId(seat))
        _accepted(begun, rehearsal.give(admitted, THE_CHAIR))


def _wait(rehearsal: Rehearsal, act: Act) -> None:
    """A call waits until the text has been circulated long enough, its closing until nobody may object any more."""
    state = rehearsal.state
    if act.do == "CallForConsensus":
        rehearsal.wait_until(next(i.callable_from for i in state.items.values() if i.number == item_of(act)))
    elif act.do == "CloseCall" and state.call:
        rehearsal.wait_until(state.call.objections_until)


def _expect(act: Act, rehearsal: Rehearsal, refusal: Refusal | None) -> None:
    if act.refused is None:
        _accepted(act.where, refusal)
    elif refusal is None or refusal.code is not act.refused:
        raise ScriptInvalid(f"{act.where}: {act.refused} was to be answered, not {refusal or 'a receipt'}")
    else:
        rehearsal.refusals.append(refusal)


def _accepted(where: str, refusal: Refusal | None) -> None:
    if refusal:
        raise ScriptInvalid(f"{where}: refused, {refusal.code} {dict(refusal.params)}")
