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
    Beginning,
    Call,
    Held,
    Item,
    Objection,
    Provision,
    Request,
    Sitting,
    State,
    TextAt,
    Wording,
)
from polylogue.vocabulary import (
    AlternativeId,
    AmendmentId,
    AmendmentState,
    CallOutcome,
    ItemId,
    ItemPhase,
    ObjectionState,
    ProvisionState,
    RequestState,
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
            _sit(state, entry, entry.event)
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
            state.beginning = _beginning(entry, event)
            state.clock_scale = Fraction(event.clock_scale)
            state.working, state.authentic = event.working, event.authentic
            state.delegations = {seat.code: seat.standing for seat in event.delegations}
            state.languages = {seat.code: seat.languages for seat in event.delegations}
            for i, item in enumerate(event.items):
                _add(state, entry, item, f"/items/{i}")
        case e.PersonAdmitted():
            state.persons[event.person] = Admission(frozenset(event.roles), frozenset(event.seats))
        case e.PersonDismissed():
            state.persons.pop(event.person, None)


def _beginning(entry: Entry, event: e.SessionScheduled) -> Beginning:
    return Beginning(
        at=entry.at,
        nature=event.nature,
        format=event.format,
        engine=event.engine,
        rule_set_hash=event.rule_set_hash,
        conference=event.conference,
        continues=event.continues,
        public=event.public,
        clock_scale=event.clock_scale,
    )


def _add(state: State, entry: Entry, item: e.Item, pointer: str) -> None:
    clauses = [clause.id for clause in item.provisions]
    state.items[item.id] = Item(item.id, item.number, item.dimensions, entry.seq, provisions=clauses)
    for i, clause in enumerate(item.provisions):
        wording = wording_at(entry, f"{pointer}/provisions/{i}", clause.versions)
        state.provisions[clause.id] = Provision(clause.id, item.id, clause.kind, wording, entry.seq)


def _sit(
    state: State,
    entry: Entry,
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
            state.sat = Sitting(event.sitting, entry.seq, entry.at)
        case e.SessionSuspended():
            state.phase = SessionPhase.SUSPENDED
            _rise(state, entry)
        case e.SessionClosed():
            state.phase = SessionPhase.CLOSED
            _rise(state, entry)
            for item in state.items.values():
                _end_request(state, item, RequestState.LAPSED)
        case e.SessionSealed():
            state.phase = SessionPhase.SEALED
        case e.RollCallRecorded():
            state.present = frozenset(event.present)
            if state.sat:
                state.sat.roll_call_seq = entry.seq


def _rise(state: State, entry: Entry) -> None:
    """The sitting ends, unless it has ended before."""
    if state.sat and state.sat.ended_at is None:
        state.sat.ended_at = entry.at


def _end_request(state: State, item: Item, how: RequestState) -> None:
    """The draft that was asked for has been tabled, or can no longer be."""
    if item.request:
        request = state.requests[item.request]
        request.state, request.ended_seq = how, state.seq
        item.request = None


def _agenda(state: State, entry: Entry, event: e.ItemAdded | e.ItemOpened | e.ItemDeferred) -> None:
    match event:
        case e.ItemAdded():
            _add(state, entry, event.item, "/item")
        case e.ItemOpened():
            item = state.items[event.item]
            item.phase, item.deferred_seq = event.phase, None
            item.circulation_ms, item.objection_window_ms = event.circulation_ms, event.objection_window_ms
        case e.ItemDeferred():
            item = state.items[event.item]
            item.phase, item.deferred_seq = ItemPhase.DEFERRED, entry.seq
            _end_request(state, item, RequestState.LAPSED)


def _hold(state: State, entry: Entry, event: e.PositionPosted | e.StancesStated | e.InterestsStated) -> None:
    seat = _seat(entry)
    match event:
        case e.PositionPosted():
            state.positions[event.item, seat] = (event.position, event.revision)
            state.posted[event.position] = (entry.seq, entry.at)
        case e.StancesStated():
            state.items[event.item].input_seq = entry.seq
            held = state.stances.setdefault(seat, {})
            for place, s in enumerate(event.stances):
                held[s.provision, s.alternative] = Held(
                    s.level, s.importance, s.revision, entry.seq, entry.at, place, s.bulk, s.if_agreed
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
                event.provision, event.item, event.kind, wording, entry.seq, sponsor=entry.seat
            )
            order = _fed(state, event.item).provisions
            order.insert(order.index(event.after) + 1 if event.after else len(order), event.provision)
        case e.ProvisionWithdrawn():
            provision = state.provisions[event.provision]
            provision.state = ProvisionState.WITHDRAWN
            _fed(state, provision.item)
        case e.AlternativeProposed():
            provision = state.provisions[event.provision]
            provision.state = ProvisionState.BRACKETED
            _bracket(state, provision, event.alternative, entry.seat, wording_at(entry, "", event.versions))
            item = _fed(state, provision.item)
            if event.reopens:
                _reopen(item)
        case e.BracketClosed():
            _close_bracket(state, event)
        case e.AmendmentProposed():
            state.amendments[event.amendment] = Amendment(
                event.amendment,
                event.kind,
                event.provision,
                event.revision,
                _seat(entry),
                wording_at(entry, "", event.versions),
                has_reason=event.reason is not None,
                seq=entry.seq,
            )
        case e.AmendmentAccepted():
            amendment = state.amendments[event.amendment]
            amendment.accepted_by.add(entry.seat)
            if event.revision is not None:
                amendment.state = AmendmentState.ACCEPTED
                provision = state.provisions[amendment.provision]
                provision.wording, provision.revision = amendment.wording, event.revision
                _fed(state, provision.item)
                if provision.state is ProvisionState.AGREED:
                    provision.state = ProvisionState.PROPOSED
            if event.reopens:
                _reopen(state.items[state.provisions[amendment.provision].item])
        case e.AmendmentWithdrawn():
            state.amendments[event.amendment].state = AmendmentState.WITHDRAWN


def _fed(state: State, id: ItemId) -> Item:
    """The item, whose figures this entry may change."""
    item = state.items[id]
    item.input_seq = state.seq
    return item


def _bracket(
    state: State,
    provision: Provision,
    id: AlternativeId,
    seat: SeatCode | None,
    wording: Wording,
    amendment: AmendmentId | None = None,
) -> None:
    """Put an alternative beside a clause's present text."""
    state.alternatives[id] = Alternative(
        id,
        provision.id,
        seat,
        wording,
        revision=provision.revision,
        ordinal=len(provision.alternatives),
        seq=state.seq,
        amendment=amendment,
    )
    provision.alternatives.append(id)


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
    _fed(state, provision.item)


def _text(
    state: State,
    entry: Entry,
    event: e.DraftRequested | e.DraftTabled | e.TextCirculated | e.TextCleaned | e.TextReopened,
) -> None:
    item = state.items[event.item]
    match event:
        case e.DraftRequested():
            item.request = event.request
            state.requests[event.request] = Request(event.request, item.id, entry.seq, entry.at)
        case e.DraftTabled():
            _table(state, entry, event)
            item.drafts = event.number
            state.drafts[event.draft] = event.item
            if event.request == item.request:
                _end_request(state, item, RequestState.TABLED)
            if event.reopens:
                _reopen(item)
        case e.TextCirculated():
            item.text, item.phase = TextState.CIRCULATED, ItemPhase.NEGOTIATION
            item.callable_from = event.callable_from
        case e.TextCleaned():
            item.text = TextState.CLEAN
            _end_request(state, item, RequestState.LAPSED)
            for provision in state.in_text(item):
                if provision.state is ProvisionState.BRACKETED:  # a house may clean a text with brackets left
                    _fed(state, item.id)
                provision.state = ProvisionState.AGREED
            for amendment in event.lapsed:
                state.amendments[amendment].state = AmendmentState.LAPSED
        case e.TextReopened():
            _reopen(item)


def _table(state: State, entry: Entry, event: e.DraftTabled) -> None:
    item = _fed(state, event.item)
    for i, clause in enumerate(event.clauses):
        provision = state.provisions.get(clause.id)
        if provision is None:
            wording = wording_at(entry, f"/clauses/{i}", clause.versions)
            provision = state.provisions[clause.id] = Provision(clause.id, item.id, clause.kind, wording, entry.seq)
            item.provisions.append(clause.id)
        for j, tabled in enumerate(clause.alternatives):
            if tabled.id not in state.alternatives:
                wording = wording_at(entry, f"/clauses/{i}/alternatives/{j}", tabled.versions)
                amendment = next((s.amendment for s in tabled.sources if s.amendment), None)
                seat = next((s.seat for s in tabled.sources if s.seat), None)
                _bracket(state, provision, tabled.id, seat, wording, amendment)
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
            state.call = Call(
                event.call,
                event.item,
                event.decision_type,
                event.concerned,
                event.eligible,
                event.objections_until,
                event.report,
                entry.seq,
                entry.at,
            )
            for s in event.standing:
                state.call.objections[s.seat, s.provision] = Objection(
                    s.id, s.seat, s.provision, ObjectionState.STANDING, entry.seq, raised=False, carried=s.carried
                )
            item = state.items[event.item]
            item.text, item.phase = TextState.CALLED, ItemPhase.DECISION
        case e.ObjectionRaised() if call:
            seat = _seat(entry)
            call.objections[seat, event.provision] = Objection(
                event.objection, seat, event.provision, ObjectionState.RAISED, entry.seq
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
            state.call, state.closed = None, state.call
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
