"""Chapter 6: calls for consensus and what followed from them."""

from polylogue import events as e
from polylogue.evolve import positions
from polylogue.occasion import Entry
from polylogue.state import Call, Objection, State
from polylogue.vocabulary import CallOutcome, ItemPhase, ObjectionState, TextState


def called(
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
            seat = positions.seat_of(entry)
            call.objections[seat, event.provision] = Objection(
                event.objection, seat, event.provision, ObjectionState.RAISED, entry.seq
            )
        case e.ObjectionMaintained() if call:
            call.objections[positions.seat_of(entry), event.provision].state = ObjectionState.MAINTAINED
        case e.ObjectionWithdrawn() if call:
            call.objections[positions.seat_of(entry), event.provision].state = ObjectionState.WITHDRAWN
        case _:
            pass


def concluded(state: State, event: e.CallClosed | e.TextAdopted | e.TextBlocked) -> None:
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
