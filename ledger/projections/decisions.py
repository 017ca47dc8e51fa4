"""Rows of calls for consensus and what followed from them."""

from ledger.projections import agenda, positions, sessions
from ledger.projections.rows import Row, Rows, codes, json_text, put
from polylogue import events as e
from polylogue.calls import Call
from polylogue.occasion import Entry
from polylogue.record import payload
from polylogue.record.prose import Said
from polylogue.state import State
from polylogue.vocabulary import ProvisionId, SeatCode

_STILL_OPEN: Row = dict.fromkeys(("closed_seq", "closed_at", "outcome", "verdict", "absent", "unreachable"))


def call_opened(session: str, state: State, event: e.CallOpened, rows: Rows) -> None:
    agenda.moved(session, state, event.item, rows)
    call_running(session, state, rows)
    if call := state.call:
        for seat, provision in call.objections:
            objection_row(session, call, seat, provision, rows)


def call_running(session: str, state: State, rows: Rows) -> None:
    """The call that is open, if any: after a suspension members may object until later."""
    if call := state.call:
        put(rows, "call", _opening(session, call) | _STILL_OPEN)


def objection_moved(
    session: str,
    state: State,
    entry: Entry,
    event: e.ObjectionRaised | e.ObjectionMaintained | e.ObjectionWithdrawn,
    rows: Rows,
) -> None:
    if state.call and entry.seat:
        objection_row(session, state.call, entry.seat, event.provision, rows)


def opinion_placed(session: str, entry: Entry, event: e.OpinionPlaced, rows: Rows) -> None:
    put(
        rows,
        "opinion",
        {
            "session": session,
            "id": event.opinion,
            "item": event.item,
            "seat": entry.seat,
            "kind": event.kind.value,
            "provision": event.provision,
            "seq": entry.seq,
            "at": entry.at,
            "pointer": "",
        },
    )


def call_closed(session: str, state: State, entry: Entry, event: e.CallClosed, rows: Rows) -> None:
    agenda.moved(session, state, event.item, rows)
    if call := state.closed:
        ending: Row = {
            "closed_seq": entry.seq,
            "closed_at": entry.at,
            "outcome": event.outcome.value,
            "verdict": json_text(payload.encode(event.verdict, _no_text)),
            "absent": codes(event.absent),
            "unreachable": codes(event.unreachable),
        }
        put(rows, "call", _opening(session, call) | ending)
    for objection in event.verdict.objections:  # those that were carried over count for these words from now on
        if (objection.provision, None) in state.held(objection.seat):
            positions.stance_row(session, state, objection.seat, (objection.provision, None), rows)


def adopted(session: str, state: State, entry: Entry, event: e.TextAdopted, rows: Rows) -> None:
    sessions.session_row(session, state, rows)
    agenda.moved(session, state, event.item, rows)
    put(
        rows,
        "decision",
        {
            "session": session,
            "id": event.decision,
            "item": event.item,
            "number": event.number,
            "call": state.closed.id if state.closed else "",
            "report": event.report,
            "clauses": json_text([payload.encode(clause, _no_text) for clause in event.clauses]),
            "seq": entry.seq,
            "at": entry.at,
        },
    )


def _opening(session: str, call: Call) -> Row:
    return {
        "session": session,
        "id": call.id,
        "item": call.item,
        "decision_type": call.decision_type,
        "concerned": call.concerned,
        "eligible": codes(call.eligible),
        "objections_until": call.objections_until,
        "report": call.report,
        "seq": call.seq,
        "at": call.at,
    }


def objection_row(session: str, call: Call, seat: SeatCode, provision: ProvisionId, rows: Rows) -> None:
    objection = call.objections[seat, provision]
    words_seq, words_pointer = objection.words or (None, None)
    put(
        rows,
        "objection",
        {
            "session": session,
            "id": objection.id,
            "call": call.id,
            "seat": objection.seat,
            "provision": objection.provision,
            "state": objection.state.value,
            "carried": objection.carried,
            "raised": objection.raised,
            "version": objection.version,
            "seq": objection.seq,
            "words_seq": words_seq,
            "words_pointer": words_pointer,
        },
    )


def _no_text(pointer: str, _: Said) -> str:
    raise AssertionError(f"a text at {pointer}, where none can be")
