"""Plain inputs: what each command might be given on as a session stands, in words that say nothing.

Why every command has some: whether it is possible is asked of the rules by trying it, so that nothing here knows a
phase, a role or a guard. Of what a command leaves to whoever gives it, the plain input has what is always right.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from polylogue import commands as c
from polylogue.events import EntryCorrected, Event
from polylogue.occasion import Entry
from polylogue.procedure import corrections
from polylogue.procedure.amendments import WORDED
from polylogue.scenario import LocalText, ScenarioItem
from polylogue.state import Amendment, Item, Provision, State
from polylogue.versions import languages
from polylogue.vocabulary import (
    AlternativeId,
    AmendmentId,
    AmendmentKind,
    AmendmentState,
    CallId,
    CandidateId,
    DecisionType,
    ItemId,
    LanguageTag,
    PersonId,
    ProvisionId,
    ProvisionKind,
    Role,
    SeatCode,
    Seq,
    StanceLevel,
)

WORDS = "Words that stand nowhere yet."
"""For every text: not empty, and no wording that is on the table."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a command would be about; null what it does not concern. `language` is the one of a version, `entry` what
    would be corrected, `withdraw` that a call is taken back.
    """

    item: ItemId | None = None
    provision: ProvisionId | None = None
    alternative: AlternativeId | None = None
    amendment: AmendmentId | None = None
    candidate: CandidateId | None = None
    call: CallId | None = None
    language: LanguageTag | None = None
    entry: Seq | None = None
    withdraw: bool = False


@dataclass(frozen=True, slots=True)
class Asking:
    """For which seat it is asked, null for an office; `recorded` reads an entry of the record."""

    seat: SeatCode | None
    recorded: Callable[[Seq], Entry | None]


LAST_ENTRIES = 20
"""How far back corrections are tried: what somebody has just got wrong."""

Plain = tuple[Target, c.Command]
Inputs = Callable[[State, Asking], Iterable[Plain]]
"""The plain inputs of a command as a session stands, for the seat that would give it: at least one, the targets of an
item one behind the other. Where there is nothing to give it on, it names what is not there.
"""

NOWHERE = Target()
_NO_ITEM = Item(ItemId(""), 0, (), Seq(0))
_NO_CLAUSE = Provision(ProvisionId(""), ItemId(""), ProvisionKind.OPERATIVE, (), Seq(0))
_NO_AMENDMENT = Amendment(
    id=AmendmentId(""),
    kind=AmendmentKind.REPLACE,
    item=ItemId(""),
    provision=ProvisionId(""),
    revision=0,
    seat=SeatCode(""),
    wording=(),
    has_reason=False,
    seq=Seq(0),
)


def once(make: Callable[[State], c.Command]) -> Inputs:
    """A command on the session as a whole."""
    return lambda state, _asking: [(NOWHERE, make(state))]


def on_items(make: Callable[[State, Item], c.Command]) -> Inputs:
    def inputs(state: State, _asking: Asking) -> Iterator[Plain]:
        for item in state.items.values():
            yield Target(item.id), make(state, item)

    return _or(inputs, lambda state: make(state, _NO_ITEM))


def on_clauses(make: Callable[[Provision], c.Command]) -> Inputs:
    def inputs(state: State, _asking: Asking) -> Iterator[Plain]:
        for item in state.items.values():
            for provision in state.in_text(item):
                yield Target(item.id, provision.id), make(provision)

    return _or(inputs, lambda _state: make(_NO_CLAUSE))


def on_amendments(make: Callable[[Amendment], c.Command]) -> Inputs:
    """On those that wait."""

    def inputs(state: State, _asking: Asking) -> Iterator[Plain]:
        for amendment in sorted(_waiting(state), key=lambda a: state.items[a.item].number):
            yield _target(state, amendment), make(amendment)

    return _or(inputs, lambda _state: make(_NO_AMENDMENT))


def _waiting(state: State) -> list[Amendment]:
    return [a for a in state.amendments.values() if a.state is AmendmentState.PENDING]


def _target(state: State, amendment: Amendment) -> Target:
    """An amendment with its clause, which there is not yet where it would put one in."""
    clause = amendment.provision if amendment.provision in state.provisions else None
    return Target(amendment.item, clause, amendment=amendment.id)


def on_candidates(make: Callable[[State, CandidateId], c.Command]) -> Inputs:
    """On those of each item's newest round."""

    def inputs(state: State, _asking: Asking) -> Iterator[Plain]:
        for item, rounds in state.rounds.items():
            for candidate in rounds[-1].proposed.candidates if rounds else ():
                yield Target(item, candidate=candidate.id), make(state, candidate.id)

    return _or(inputs, lambda state: make(state, CandidateId("")))


def _or(inputs: Inputs, nothing: Callable[[State], c.Command]) -> Inputs:
    def some(state: State, asking: Asking) -> list[Plain]:
        return list(inputs(state, asking)) or [(NOWHERE, nothing(state))]

    return some


# ── inputs that a line does not say ──────────────────────────────────────────────────────────────────────────────────


def _dismissed(state: State) -> c.Command:
    return c.DismissPerson(person=next(iter(state.persons), PersonId("")))


def _admitted(state: State) -> c.Command:
    return c.AdmitPerson(role=Role.DELEGATE, seats=tuple(state.delegations)[:1])


def _added(state: State) -> c.Command:
    return c.AddItem(item=ScenarioItem(titles=(LocalText(language=state.working, text=WORDS),)))


def _those(state: State, *, there: bool) -> tuple[SeatCode, ...]:
    """The first who is there, or is not; whoever there is where that is nobody."""
    present = state.present or frozenset()
    return tuple([seat for seat in state.delegations if (seat in present) == there] or state.delegations)[:1]


def _taken(provision: Provision) -> c.Command:
    return c.StateStances(
        item=provision.item, stances=(c.StanceGiven(provision=provision.id, level=StanceLevel.ACCEPT),)
    )


def _objected(provision: Provision) -> c.Command:
    return c.RaiseObjection(
        item=provision.item,
        provision=provision.id,
        reason=WORDS,
        would_be_removed_by=WORDS,
        language=c.StateStances.language,
    )


def _amended(state: State, _asking: Asking) -> Iterator[Plain]:
    """A clause put in at the beginning, clauses reworded, and amendments that bring words of their own."""
    waiting = _waiting(state)
    for item in state.items.values():
        inserted = c.ProposeAmendment(kind=AmendmentKind.INSERT_AFTER, item=item.id, text=WORDS)
        yield Target(item.id), inserted
        for clause in state.in_text(item):
            worded = c.ProposeAmendment(provision=clause.id, revision=clause.revision, text=WORDS)
            yield Target(item.id, clause.id), worded
        for parent in waiting:
            if parent.item == item.id and parent.kind in WORDED:
                reworded = c.ProposeAmendment(amendment=parent.id, revision=parent.edition, text=WORDS)
                yield _target(state, parent), reworded


def _revised(amendment: Amendment) -> c.Command:
    return c.ReviseAmendment(amendment=amendment.id, text=WORDS if amendment.kind in WORDED else None)


def _chosen(state: State, _asking: Asking) -> Iterator[Plain]:
    """Each wording of a clause, the present text first."""
    for item in state.items.values():
        for clause in state.in_text(item):
            for wording in (None, *clause.alternatives):
                yield Target(item.id, clause.id, wording), c.CloseBracket(provision=clause.id, alternative=wording)


def _merged(provision: Provision) -> c.Command:
    return c.MergeBrackets(provision=provision.id, first=1, last=2, if_revision=provision.revision)


def _split(provision: Provision) -> c.Command:
    return c.SplitBracket(provision=provision.id, bracket=1, if_revision=provision.revision)


def _tabled(state: State, item: Item) -> c.Command:
    clauses = [c.DraftedClause(provision=p.id, revision=p.revision) for p in state.in_text(item)[:1]]
    return c.TableDraft(item=item.id, clauses=tuple(clauses))


def _called(state: State, item: Item) -> c.Command:
    return c.CallForConsensus(item=item.id, decision_type=_type(state))


def _type(state: State, other_than: str | None = None) -> DecisionType:
    """The first type that the rules let be decided without naming a member."""
    types = state.rules.call_types - state.rules.without_concerned if state.rules else ()
    return next((each for each in DecisionType if each in types and each != other_than), DecisionType.ORDINARY)


def _ranked(state: State, item: Item) -> c.Command:
    rounds = state.rounds.get(item.id)
    best = rounds[-1].proposed.candidates[0].id if rounds else CandidateId("")
    return c.RankCandidates(item=item.id, ranking=((best,),))


def _answered(state: State, candidate: CandidateId) -> c.Command:
    """The first clause of the text that has not been reworded since."""
    clause = ProvisionId("")
    if rounds := state.rounds.get(state.candidates.get(candidate, ItemId(""))):
        proposed = rounds[-1].proposed
        named = next(each for each in proposed.candidates if each.id == candidate)
        worded = [proposed.wordings[place] for place in named.wordings]
        same = (w.provision for w in worded if state.provisions[w.provision].revision == w.revision)
        clause = next(same, worded[0].provision if worded else clause)
    answer = c.AnswerGiven(provision=clause, level=StanceLevel.ACCEPT)
    return c.AnswerCandidate(candidate=candidate, answers=(answer,))


def own_objections(make: Callable[[ItemId, ProvisionId], c.Command]) -> Inputs:
    """On the seat's objections in the call; where it has none, on the item's first clause."""

    def inputs(state: State, asking: Asking) -> Iterator[Plain]:
        for item in state.items.values():
            called = state.call.objections if state.call and state.call.item == item.id else {}
            mine = [provision for by, provision in called if by == asking.seat]
            first = [p.id for p in state.in_text(item)[:1]] or [ProvisionId("")]
            for provision in mine or first:
                yield Target(item.id, provision if mine else None), make(item.id, provision)

    return _or(inputs, lambda _state: make(ItemId(""), ProvisionId("")))


def _closed(state: State, _asking: Asking) -> Iterator[Plain]:
    """Each way to end the call; where there is none, on every item."""
    if call := state.call:
        back = c.CloseCall(item=call.item, withdraw=True, reason=WORDS)
        yield Target(call.item, call=call.id), c.CloseCall(item=call.item)
        yield Target(call.item, call=call.id, withdraw=True), back
        return
    for item in state.items.values():
        yield Target(item.id), c.CloseCall(item=item.id)


def in_languages(make: Callable[[ProvisionId, LanguageTag], c.Command]) -> Inputs:
    """On each clause in each language of the session in which it has no version that fits; where none is wanting, in
    the one that it has.
    """

    def inputs(state: State, _asking: Asking) -> Iterator[Plain]:
        for item in state.items.values():
            for clause in state.in_text(item):
                fitting = {version.language for version in clause.wording if not version.stale}
                wanting = [language for language in languages(state) if language not in fitting]
                for language in wanting or [clause.wording[0].language]:
                    yield Target(item.id, clause.id, language=language), make(clause.id, language)

    return _or(inputs, lambda state: make(ProvisionId(""), state.working))


def _corrected(state: State, asking: Asking) -> Iterator[Plain]:
    """The last entries of kinds that can be corrected; of a seat its own."""
    for seq in range(state.seq, max(0, state.seq - LAST_ENTRIES), -1):
        entry = first = asking.recorded(Seq(seq))
        while first and first.corrects is not None:
            first = asking.recorded(first.corrects)
        kind = corrections.KINDS.get(type(first.event)) if first else None
        if entry and first and kind and asking.seat in (None, first.seat):
            restored = _otherwise(state, entry.event, kind.takes)
            yield Target(entry=entry.seq), c.CorrectEntry(seq=entry.seq, restored=restored, reason=WORDS)


def _otherwise(state: State, event: Event, takes: Collection[str]) -> c.Restored:
    """That nothing of the sort was said or done; where that cannot be, one seat more or less, or another question."""
    if "void" in takes:
        return c.Restored(void=True)
    roll_call = event.restored_roll_call if isinstance(event, EntryCorrected) else event
    if "roll_call" in takes and (present := getattr(roll_call, "present", None)) is not None:
        changed = set(present) ^ set(tuple(state.delegations)[:1])
        return c.Restored(roll_call=c.RestoredPresence(present=tuple(sorted(changed))))
    asked = state.call.decision_type if state.call else None
    return c.Restored(call=c.RestoredQuestion(decision_type=_type(state, other_than=asked)))


PLAIN: Mapping[type[c.Command], Inputs] = {
    c.AdmitPerson: once(_admitted),
    c.DismissPerson: once(_dismissed),
    c.OpenSession: once(lambda _: c.OpenSession()),
    c.SuspendSession: once(lambda _: c.SuspendSession()),
    c.ResumeSession: once(lambda _: c.ResumeSession()),
    c.CloseSession: once(lambda _: c.CloseSession()),
    c.ReopenSession: once(lambda _: c.ReopenSession(reason=WORDS)),
    c.SealSession: once(lambda _: c.SealSession()),
    c.RecordRollCall: once(lambda state: c.RecordRollCall(present=tuple(state.delegations))),
    c.NoteArrival: once(lambda state: c.NoteArrival(seats=_those(state, there=False))),
    c.NoteDeparture: once(lambda state: c.NoteDeparture(seats=_those(state, there=True))),
    c.AddItem: once(_added),
    c.OpenItem: on_items(lambda _, item: c.OpenItem(item=item.id)),
    c.DeferItem: on_items(lambda _, item: c.DeferItem(item=item.id, reason=WORDS)),
    c.PostPosition: on_items(lambda state, item: c.PostPosition(item=item.id, text=WORDS, language=state.working)),
    c.StateStances: on_clauses(_taken),
    c.ProposeProvision: on_items(lambda s, item: c.ProposeProvision(item=item.id, text=WORDS, language=s.working)),
    c.WithdrawProvision: on_clauses(lambda clause: c.WithdrawProvision(provision=clause.id)),
    c.JoinSponsors: on_clauses(lambda clause: c.JoinSponsors(provision=clause.id)),
    c.LeaveSponsors: on_clauses(lambda clause: c.LeaveSponsors(provision=clause.id)),
    c.ProvideVersion: in_languages(
        lambda clause, language: c.ProvideVersion(provision=clause, language=language, text=WORDS)
    ),
    c.ConfirmVersion: in_languages(lambda clause, language: c.ConfirmVersion(provision=clause, language=language)),
    c.ProposeAlternative: on_clauses(lambda clause: c.ProposeAlternative(provision=clause.id, text=WORDS)),
    c.CloseBracket: _or(_chosen, lambda _: c.CloseBracket(provision=ProvisionId(""))),
    c.MergeBrackets: on_clauses(_merged),
    c.SplitBracket: on_clauses(_split),
    c.ReopenBracket: on_clauses(lambda clause: c.ReopenBracket(provision=clause.id, reason=WORDS)),
    c.ProposeAmendment: _or(
        _amended, lambda _: c.ProposeAmendment(kind=AmendmentKind.INSERT_AFTER, item=ItemId(""), text=WORDS)
    ),
    c.ReviseAmendment: on_amendments(_revised),
    c.AcceptAmendment: on_amendments(lambda amendment: c.AcceptAmendment(amendment=amendment.id)),
    c.WithdrawAmendment: on_amendments(lambda amendment: c.WithdrawAmendment(amendment=amendment.id)),
    c.RequestDraft: on_items(lambda _, item: c.RequestDraft(item=item.id)),
    c.TableDraft: on_items(_tabled),
    c.RankCandidates: on_items(_ranked),
    c.AnswerCandidate: on_candidates(_answered),
    c.TakeCandidate: on_candidates(lambda _, candidate: c.TakeCandidate(candidate=candidate)),
    c.CirculateText: on_items(lambda _, item: c.CirculateText(item=item.id)),
    c.CleanText: on_items(lambda _, item: c.CleanText(item=item.id)),
    c.ReopenText: on_items(lambda _, item: c.ReopenText(item=item.id)),
    c.CallForConsensus: on_items(_called),
    c.RaiseObjection: on_clauses(_objected),
    c.MaintainObjection: own_objections(lambda item, clause: c.MaintainObjection(item=item, provision=clause)),
    c.WithdrawObjection: own_objections(lambda item, clause: c.WithdrawObjection(item=item, provision=clause)),
    c.PlaceOpinionOnRecord: on_items(
        lambda state, item: c.PlaceOpinionOnRecord(item=item.id, text=WORDS, language=state.working)
    ),
    c.CloseCall: _or(_closed, lambda _: c.CloseCall(item=ItemId(""))),
    c.CorrectEntry: _or(_corrected, lambda _: c.CorrectEntry(seq=Seq(0), restored=c.Restored(void=True), reason=WORDS)),
    c.StepItemBack: on_items(lambda _, item: c.StepItemBack(item=item.id, reason=WORDS)),
    c.ReopenCall: on_items(lambda _, item: c.ReopenCall(item=item.id, reason=WORDS)),
    c.RescindAdoption: on_items(lambda _, item: c.RescindAdoption(item=item.id, reason=WORDS)),
}
"""Inputs by command, in the order of the procedure; without those that begin a session or come from a computation."""
