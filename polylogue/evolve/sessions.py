"""Chapter 1: a session begun, its people, its sittings and roll calls."""

from fractions import Fraction

from polylogue import events as e
from polylogue.evolve import agenda
from polylogue.occasion import Entry
from polylogue.rules.ruleset import parse
from polylogue.sittings import Admission, Beginning, Sitting
from polylogue.state import State
from polylogue.vocabulary import RequestState, SeatCode, SessionPhase


def begun(state: State, entry: Entry, event: e.SessionScheduled | e.PersonAdmitted | e.PersonDismissed) -> None:
    match event:
        case e.SessionScheduled():
            state.rules = parse(event.rule_set)
            state.beginning = _beginning(entry, event)
            state.clock_scale = Fraction(event.clock_scale)
            state.working, state.authentic = event.working, event.authentic
            state.delegations = {seat.code: seat.standing for seat in event.delegations}
            state.languages = {seat.code: seat.languages for seat in event.delegations}
            for i, item in enumerate(event.items):
                agenda.add(state, entry, item, f"/items/{i}")
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


def sat(
    state: State,
    entry: Entry,
    event: e.SessionOpened
    | e.SessionSuspended
    | e.SessionResumed
    | e.SessionClosed
    | e.SessionReopened
    | e.SessionSealed
    | e.RollCallRecorded
    | e.ArrivalNoted
    | e.DepartureNoted,
) -> None:
    match event:
        case e.SessionOpened() | e.SessionResumed() | e.SessionReopened():
            state.phase, state.sitting, state.present = SessionPhase.OPEN, event.sitting, None
            state.sat = state.sittings[event.sitting] = Sitting(event.sitting, entry.seq, entry.at)
            if isinstance(event, e.SessionResumed) and event.objections_until and state.call:
                state.call.objections_until = event.objections_until
        case e.SessionSuspended():
            state.phase = SessionPhase.SUSPENDED
            _rise(state, entry)
        case e.SessionClosed():
            state.phase = SessionPhase.CLOSED
            _rise(state, entry)
            for item in state.items.values():
                agenda.end_request(state, item, RequestState.LAPSED)
        case e.SessionSealed():
            state.phase = SessionPhase.SEALED
        case e.RollCallRecorded():
            sitting = state.sittings[event.sitting]
            sitting.roll_call_seq, sitting.moved = entry.seq, {}
            attend(state, event.sitting, frozenset(event.present))
        case e.ArrivalNoted() | e.DepartureNoted():
            sitting, seats = state.sittings[event.sitting], frozenset(event.seats)
            sitting.moved |= dict.fromkeys(event.seats, entry.seq)
            before = sitting.present or frozenset()
            attend(state, event.sitting, before | seats if isinstance(event, e.ArrivalNoted) else before - seats)


def attend(state: State, sitting: int, present: frozenset[SeatCode]) -> None:
    """Say who is or was there at a sitting."""
    state.sittings[sitting].present = present
    if sitting == state.sitting:
        state.present = present


def _rise(state: State, entry: Entry) -> None:
    """The sitting ends, unless it has ended before."""
    if state.sat and state.sat.ended_at is None:
        state.sat.ended_at = entry.at
