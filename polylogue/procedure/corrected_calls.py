"""Chapter 7, calls: what a call is to decide, put right while it is open; a call and an adoption taken up again.

Why only while it is open: whoever was asked has answered, and the verdict rests on it; a call that was closed is
reopened first.
"""

from typing import Any

from polylogue import commands as c
from polylogue import events as e
from polylogue.calls import Call
from polylogue.procedure import decisions, guards
from polylogue.procedure.correction import Correction
from polylogue.procedure.matter import Matter
from polylogue.procedure.time import later
from polylogue.refusals import RefusalCode
from polylogue.state import Item
from polylogue.vocabulary import AmendmentState, ItemPhase, ObjectionState, TextState


def question(it: Correction, event: e.CallOpened, given: c.RestoredQuestion) -> dict[str, Any]:
    """Who is asked follows from what is to be decided; an objection raised or answered by who is not is in the way."""
    m, call = it.m, it.m.state.calls[event.call]
    if call.closed_seq is not None:
        raise it.superseded(call.closed_seq)
    if (given.decision_type, given.concerned) == (call.decision_type, call.concerned):
        raise it.unchanged()
    item = m.state.items[call.item]
    concerned = decisions.concerned(m, given.decision_type, given.concerned, path=("restored", "call"))
    eligible = decisions.asked(m, concerned)
    for (seat, _), objection in sorted(call.objections.items()):
        if seat not in eligible and objection.state is not ObjectionState.STANDING:
            raise it.superseded(objection.answers[-1][0] if objection.answers else objection.seq)
    listed = {key: o for key, o in call.objections.items() if not o.raised and key[0] in eligible}
    known = tuple(
        e.StandingObjection(id=o.id, seat=o.seat, provision=o.provision, carried=o.carried) for o in listed.values()
    )
    unlisted = tuple(o.id for o in call.objections.values() if not o.raised and o.seat not in eligible)
    joining = tuple(seat for seat in eligible if seat not in call.eligible)
    standing = (*known, *decisions.standing(m, item, joining))
    restored = e.RestoredCall(
        call=call.id,
        decision_type=given.decision_type,
        concerned=concerned,
        eligible=eligible,
        standing=standing,
        unlisted=unlisted,
    )
    return {"restored_call": restored}


def reopen_call(m: Matter, c: c.ReopenCall) -> tuple[e.Event, ...]:
    """Objections keep their answers; the time to object begins anew."""
    item = m.item(c.item)
    guards.no_call_open(m)
    guards.authentic_versions(m, item)
    call = _last(m, item)
    in_force = {key for key, o in call.objections.items() if o.state is not ObjectionState.WITHDRAWN}
    standing = (s for s in decisions.standing(m, item, call.eligible) if (s.seat, s.provision) not in in_force)
    pending = (a for a in m.state.amendments.values() if a.state is AmendmentState.PENDING and a.item == item.id)
    return (
        e.CallReopened(
            call=call.id,
            item=item.id,
            decision=item.decision,
            objections_until=later(m.occasion.at, item.objection_window_ms),
            standing=tuple(standing),
            lapsed=tuple(a.id for a in pending),
            reason=m.because(c.reason, c.language),
        ),
    )


def rescind_adoption(m: Matter, c: c.RescindAdoption) -> tuple[e.Event, ...]:
    item = m.item(c.item)
    if item.decision is None:
        raise m.refuse(RefusalCode.TEXT_STATE, number=item.number, state=item.text, allowed=TextState.ADOPTED)
    return (e.AdoptionRescinded(decision=item.decision, item=item.id, reason=m.because(c.reason, c.language)),)


def step_item_back(m: Matter, c: c.StepItemBack) -> tuple[e.Event, ...]:
    """Each state of a text has one before it."""
    item = m.item(c.item)
    match item.text:
        case TextState.CLEAN | TextState.BLOCKED:
            phase, text = ItemPhase.NEGOTIATION, TextState.CIRCULATED
        case TextState.CIRCULATED:
            phase, text = ItemPhase.DELIBERATION, TextState.WORKING
        case _:
            phase, text = ItemPhase.LISTED, TextState.WORKING
    lapsed = AmendmentState.LAPSED
    revived = (
        tuple(a for a in item.lapsed if m.state.amendments[a].state is lapsed) if item.text is TextState.CLEAN else ()
    )
    return (
        e.ItemSteppedBack(
            item=item.id, phase=phase, text=text, revived=revived, reason=m.because(c.reason, c.language)
        ),
    )


def _last(m: Matter, item: Item) -> Call:
    """The call by which the text was adopted or blocked: since then its words are what they were."""
    if item.call is None:
        raise m.refuse(RefusalCode.TEXT_STATE, number=item.number, state=item.text, allowed=TextState.CALLED)
    return m.state.calls[item.call]
