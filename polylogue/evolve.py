"""Folding the record: each entry changes the state, and nothing else does.

Why no rule is asked here: an event says what followed from it when it was decided, so that mending a rule rewrites no
history.
"""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import assert_never

from polylogue import events as e
from polylogue.occasion import Entry
from polylogue.rules.ruleset import parse
from polylogue.rules.shelf import COMMANDS
from polylogue.state import (
    Admission,
    Alternative,
    Amendment,
    Call,
    Held,
    Item,
    Objection,
    Provision,
    State,
    TextAt,
    Wording,
)
from polylogue.vocabulary import (
    AmendmentState,
    CallOutcome,
    ItemPhase,
    ObjectionState,
    ProvisionState,
    SeatCode,
    SessionPhase,
    TextState,
)


def evolve(state: State, entry: Entry) -> None:
    """Apply one entry to the state."""
    state.seq, state.at = entry.seq, entry.at
    match entry.event:
        case e.SessionScheduled() | e.PersonAdmitted() | e.PersonDismissed():
            _begin(state, entry, entry.event)
        case (
            e.SessionOpened()
            | e.SessionSuspended()
            | e.SessionResumed()
            | e.SessionClosed()
            | e.SessionReopened()
            | e.SessionSealed()
            | e.RollCallRecorded()
        ):
            _sit(state, entry.event)
        case e.ItemAdded() | e.ItemOpened() | e.ItemDeferred():
            _agenda(state, entry, entry.event)
        case e.PositionPosted() | e.StancesStated() | e.InterestsStated():
            _hold(state, entry, entry.event)
        case (
            e.ProvisionProposed()
            | e.ProvisionWithdrawn()
            | e.AlternativeProposed()
            | e.BracketClosed()
            | e.AmendmentProposed()
            | e.AmendmentAccepted()
            | e.AmendmentWithdrawn()
        ):
            _word(state, entry, entry.event)
        case e.DraftRequested() | e.DraftTabled() | e.TextCirculated() | e.TextCleaned() | e.TextReopened():
            _text(state, entry, entry.event)
        case (
            e.CallOpened() | e.ObjectionRaised() | e.ObjectionMaintained() | e.ObjectionWithdrawn() | e.OpinionPlaced()
        ):
            _call(state, entry, entry.event)
        case e.CallClosed() | e.TextAdopted() | e.TextBlocked():
            _conclude(state, entry.event)
        case _:
            assert_never(entry.event)


def wording_at(entry: Entry, pointer: str, versions: tuple[e.Version, ...]) -> Wording:
    """Where the versions that an event brings lie in the record."""
    return tuple(
        TextAt(version.language, version.status, entry.seq, f"{pointer}/versions/{i}/text")
        for i, version in enumerate(versions)
    )


def _begin(state: State, entry: Entry, event: e.SessionScheduled | e.PersonAdmitted | e.PersonDismissed) -> None:
    match event:
        case e.SessionScheduled():
            state.rules = parse(event.rule_set, COMMANDS)
            state.clock_scale = Fraction(event.clock_scale)
            state.working, state.authentic = event.working, event.authentic
            state.delegations = {seat.code: seat.standing for seat in event.delegations}
            for i, item in enumerate(event.items):
                _add(state, entry, item, f"/items/{i}")
        case e.PersonAdmitted():
            state.persons[event.person] = Admission(frozenset(event.roles), frozenset(event.seats))
        case e.PersonDismissed():
            state.persons.pop(event.person, None)


def _add(state: State, entry: Entry, item: e.Item, pointer: str) -> None:
    state.items[item.id] = Item(item.id, item.number, provisions=[clause.id for clause in item.provisions])
    for i, clause in enumerate(item.provisions):
        wording = wording_at(entry, f"{pointer}/provisions/{i}", clause.versions)
        state.provisions[clause.id] = Provision(clause.id, item.id, clause.kind, wording)


def _sit(
    state: State,
    event: e.SessionOpened
    | e.SessionSuspended
    | e.SessionResumed
    | e.SessionClosed
    | e.SessionReopened
    | e.SessionSealed
    | e.RollCallRecorded,
) -> None:
    match event:
        case e.SessionOpened() | e.SessionResumed() | e.SessionReopened():
            state.phase, state.sitting, state.present = SessionPhase.OPEN, event.sitting, None
        case e.SessionSuspended():
            state.phase = SessionPhase.SUSPENDED
        case e.SessionClosed():
            state.phase = SessionPhase.CLOSED
            for item in state.items.values():
                item.request = None
        case e.SessionSealed():
            state.phase = SessionPhase.SEALED
        case e.RollCallRecorded():
            state.present = frozenset(event.present)


def _agenda(state: State, entry: Entry, event: e.ItemAdded | e.ItemOpened | e.ItemDeferred) -> None:
    match event:
        case e.ItemAdded():
            _add(state, entry, event.item, "/item")
        case e.ItemOpened():
            item = state.items[event.item]
            item.phase = event.phase
            item.circulation_ms, item.objection_window_ms = event.circulation_ms, event.objection_window_ms
        case e.ItemDeferred():
            item = state.items[event.item]
            item.phase, item.request = ItemPhase.DEFERRED, None


def _hold(state: State, entry: Entry, event: e.PositionPosted | e.StancesStated | e.InterestsStated) -> None:
    seat = _seat(entry)
    match event:
        case e.PositionPosted():
            state.positions[event.item, seat] = (event.position, event.revision)
        case e.StancesStated():
            held = state.stances.setdefault(seat, {})
            for place, s in enumerate(event.stances):
                held[s.provision, s.alternative] = Held(
                    s.level, s.importance, s.revision, entry.seq, place, s.bulk, s.if_agreed
                )
        case e.InterestsStated():
            pass


def _word(
    state: State,
    entry: Entry,
    event: e.ProvisionProposed
    | e.ProvisionWithdrawn
    | e.AlternativeProposed
    | e.BracketClosed
    | e.AmendmentProposed
    | e.AmendmentAccepted
    | e.AmendmentWithdrawn,
) -> None:
    match event:
        case e.ProvisionProposed():
            wording = wording_at(entry, "", event.versions)
            state.provisions[event.provision] = Provision(
                event.provision, event.item, event.kind, wording, sponsor=entry.seat
            )
            order = state.items[event.item].provisions
            order.insert(order.index(event.after) + 1 if event.after else len(order), event.provision)
        case e.ProvisionWithdrawn():
            state.provisions[event.provision].state = ProvisionState.WITHDRAWN
        case e.AlternativeProposed():
            provision = state.provisions[event.provision]
            provision.state = ProvisionState.BRACKETED
            provision.alternatives.append(event.alternative)
            state.alternatives[event.alternative] = Alternative(
                event.alternative, event.provision, entry.seat, wording_at(entry, "", event.versions)
            )
            if event.reopens:
                _reopen(state.items[provision.item])
        case e.BracketClosed():
            _close_bracket(state, event)
        case e.AmendmentProposed():
            state.amendments[event.amendment] = Amendment(
                event.amendment, event.provision, event.revision, _seat(entry), wording_at(entry, "", event.versions)
            )
        case e.AmendmentAccepted():
            amendment = state.amendments[event.amendment]
            amendment.accepted_by.add(entry.seat)
            if event.revision is not None:
                amendment.state = AmendmentState.ACCEPTED
                provision = state.provisions[amendment.provision]
                provision.wording, provision.revision = amendment.wording, event.revision
                if provision.state is ProvisionState.AGREED:
                    provision.state = ProvisionState.PROPOSED
            if event.reopens:
                _reopen(state.items[state.provisions[amendment.provision].item])
        case e.AmendmentWithdrawn():
            state.amendments[event.amendment].state = AmendmentState.WITHDRAWN


def _close_bracket(state: State, event: e.BracketClosed) -> None:
    """The chosen wording becomes the next revision; who stated a stance on it has stated it on that revision."""
    provision = state.provisions[event.provision]
    before = provision.revision
    for held in state.stances.values():
        chosen = held.get((provision.id, event.alternative))
        if chosen and (event.alternative or chosen.revision == before):
            held[provision.id, None] = replace(chosen, revision=event.revision)
    if event.alternative:
        provision.wording = state.alternatives[event.alternative].wording
    for alternative in provision.alternatives:
        state.alternatives[alternative].open = False
    provision.alternatives = []
    provision.revision, provision.state = event.revision, ProvisionState.PROPOSED


def _text(
    state: State,
    entry: Entry,
    event: e.DraftRequested | e.DraftTabled | e.TextCirculated | e.TextCleaned | e.TextReopened,
) -> None:
    item = state.items[event.item]
    match event:
        case e.DraftRequested():
            item.request = event.request
        case e.DraftTabled():
            _table(state, entry, event)
            item.drafts = event.number
            state.drafts[event.draft] = event.item
            if event.request == item.request:
                item.request = None
            if event.reopens:
                _reopen(item)
        case e.TextCirculated():
            item.text, item.phase = TextState.CIRCULATED, ItemPhase.NEGOTIATION
            item.callable_from = event.callable_from
        case e.TextCleaned():
            item.text, item.request = TextState.CLEAN, None
            for provision in state.in_text(item):
                provision.state = ProvisionState.AGREED
            for amendment in event.lapsed:
                state.amendments[amendment].state = AmendmentState.LAPSED
        case e.TextReopened():
            _reopen(item)


def _table(state: State, entry: Entry, event: e.DraftTabled) -> None:
    item = state.items[event.item]
    for i, clause in enumerate(event.clauses):
        provision = state.provisions.get(clause.id)
        if provision is None:
            wording = wording_at(entry, f"/clauses/{i}", clause.versions)
            provision = state.provisions[clause.id] = Provision(clause.id, item.id, clause.kind, wording)
            item.provisions.append(clause.id)
        for j, tabled in enumerate(clause.alternatives):
            if tabled.id not in state.alternatives:
                wording = wording_at(entry, f"/clauses/{i}/alternatives/{j}", tabled.versions)
                amendment = next((s.amendment for s in tabled.sources if s.amendment), None)
                seat = next((s.seat for s in tabled.sources if s.seat), None)
                state.alternatives[tabled.id] = Alternative(tabled.id, clause.id, seat, wording, amendment=amendment)
                provision.alternatives.append(tabled.id)
        if provision.alternatives:
            provision.state = ProvisionState.BRACKETED


def _call(
    state: State,
    entry: Entry,
    event: e.CallOpened | e.ObjectionRaised | e.ObjectionMaintained | e.ObjectionWithdrawn | e.OpinionPlaced,
) -> None:
    call = state.call
    match event:
        case e.CallOpened():
            state.call = Call(event.call, event.item, event.decision_type, event.eligible, event.objections_until)
            for s in event.standing:
                state.call.objections[s.seat, s.provision] = Objection(
                    s.id, s.seat, s.provision, ObjectionState.STANDING
                )
            item = state.items[event.item]
            item.text, item.phase = TextState.CALLED, ItemPhase.DECISION
        case e.ObjectionRaised() if call:
            seat = _seat(entry)
            call.objections[seat, event.provision] = Objection(
                event.objection, seat, event.provision, ObjectionState.RAISED
            )
        case e.ObjectionMaintained() if call:
            call.objections[_seat(entry), event.provision].state = ObjectionState.MAINTAINED
        case e.ObjectionWithdrawn() if call:
            call.objections[_seat(entry), event.provision].state = ObjectionState.WITHDRAWN
        case _:
            pass


def _conclude(state: State, event: e.CallClosed | e.TextAdopted | e.TextBlocked) -> None:
    item = state.items[event.item]
    match event:
        case e.CallClosed():
            state.call = None
            if event.outcome in (CallOutcome.NO_QUORUM, CallOutcome.WITHDRAWN):
                item.text, item.phase = TextState.CLEAN, ItemPhase.NEGOTIATION
        case e.TextAdopted():
            item.text, item.phase, item.adopted_in_sitting = TextState.ADOPTED, ItemPhase.CONCLUDED, state.sitting
            state.decisions = event.number
        case e.TextBlocked():
            item.text = TextState.BLOCKED


def _reopen(item: Item) -> None:
    item.text, item.phase = TextState.CIRCULATED, ItemPhase.NEGOTIATION


def _seat(entry: Entry) -> SeatCode:
    if entry.seat is None:
        message = f"entry {entry.seq} is done for no seat"
        raise ValueError(message)
    return entry.seat


def fold(state: State, entries: Iterable[Entry]) -> State:
    """Apply entries in order; gives the same state back."""
    for entry in entries:
        evolve(state, entry)
    return state
