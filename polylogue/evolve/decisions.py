"""Chapter 6: calls for consensus and what followed from them."""

from collections.abc import Iterable
from dataclasses import replace

from polylogue import events as e
from polylogue.calls import Call, Objection
from polylogue.evolve import agenda, amendments, positions, versions
from polylogue.occasion import Entry
from polylogue.state import State
from polylogue.vocabulary import CallOutcome, ItemPhase, ObjectionState, RequestState, Seq, StanceLevel, TextState


def called(
    state: State,
    entry: Entry,
    event: e.CallOpened | e.ObjectionRaised | e.ObjectionMaintained | e.ObjectionWithdrawn | e.OpinionPlaced,
) -> None:
    call = state.call
    match event:
        case e.CallOpened():
            call = state.call = state.calls[event.call] = Call(
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
            stand(call, entry.seq, event.standing)
            item = state.items[event.item]
            item.text, item.phase, item.call = TextState.CALLED, ItemPhase.DECISION, event.call
        case e.ObjectionRaised() if call:
            seat = positions.seat_of(entry)
            call.objections[seat, event.provision] = Objection(
                event.objection,
                seat,
                event.provision,
                ObjectionState.RAISED,
                entry.seq,
                version=event.version,
                before=call.objections.get((seat, event.provision)),
            )
        case e.ObjectionMaintained() if call:
            _answer(call.objections[positions.seat_of(entry), event.provision], entry, ObjectionState.MAINTAINED)
        case e.ObjectionWithdrawn() if call:
            _answer(call.objections[positions.seat_of(entry), event.provision], entry, ObjectionState.WITHDRAWN)
        case _:
            pass


def stand(call: Call, seq: Seq, standing: Iterable[e.StandingObjection]) -> None:
    """List objections that stand on the text that is called."""
    for s in standing:
        call.objections[s.seat, s.provision] = Objection(
            s.id, s.seat, s.provision, ObjectionState.STANDING, seq, raised=False, carried=s.carried
        )


def _answer(objection: Objection, entry: Entry, state: ObjectionState) -> None:
    objection.answers.append((entry.seq, objection.state))
    objection.state = state


def concluded(state: State, event: e.CallClosed | e.TextAdopted | e.TextBlocked) -> None:
    item = state.items[event.item]
    match event:
        case e.CallClosed():
            state.call, state.closed = None, state.call
            state.calls[event.call].closed_seq = state.seq
            if event.outcome is CallOutcome.BLOCKED:
                _of_these_words(state, event)
            if event.outcome in (CallOutcome.NO_QUORUM, CallOutcome.WITHDRAWN):
                item.text, item.phase = TextState.CLEAN, ItemPhase.NEGOTIATION
        case e.TextAdopted():
            item.text, item.phase, item.adopted_in_sitting = TextState.ADOPTED, ItemPhase.CONCLUDED, state.sitting
            state.decisions, item.decision = event.number, event.decision
        case e.TextBlocked():
            item.text = TextState.BLOCKED
            for disputed in event.disputed:
                versions.dispute(state, state.provisions[disputed.provision], disputed.language)


def taken_back(state: State, entry: Entry, event: e.CallReopened | e.AdoptionRescinded) -> None:
    """What a call had led to holds no longer."""
    item = state.items[event.item]
    item.adopted_in_sitting = item.decision = None
    match event:
        case e.CallReopened():
            call = state.call = state.calls[event.call]
            call.objections_until, call.closed_seq = event.objections_until, None
            stand(call, entry.seq, event.standing)
            item.text, item.phase = TextState.CALLED, ItemPhase.DECISION
            item.lapsed = (*item.lapsed, *event.lapsed)
            amendments.lapse(state, event.lapsed)
            agenda.end_request(state, item, RequestState.LAPSED)
        case e.AdoptionRescinded():
            item.text, item.phase = TextState.CLEAN, ItemPhase.NEGOTIATION


def _of_these_words(state: State, event: e.CallClosed) -> None:
    """Objections that have blocked a call are to the words that were called, also those first made to older ones.
    One to a version in one language says nothing of the clause.
    """
    agenda.fed(state, event.item)
    for objection in (each for each in event.verdict.objections if each.version is None):
        target, now = (objection.provision, None), state.provisions[objection.provision].revision
        held = state.held(objection.seat).get(target)
        if held and held.level is StanceLevel.OBJECT and state.carried(target, held):
            state.stances[objection.seat][target] = replace(held, revision=now)
