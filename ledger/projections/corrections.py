"""Rows of what was mended: what an entry should have said, and what a step back or a reopening leaves."""

from ledger.projections import agenda, amendments, decisions, drafts, positions, sessions
from ledger.projections.rows import Rows, drop, put
from polylogue import events as e
from polylogue.occasion import Entry
from polylogue.state import State
from polylogue.vocabulary import DecisionId


def corrected(session: str, state: State, entry: Entry, event: e.EntryCorrected, rows: Rows) -> None:
    if roll := event.restored_roll_call:
        sessions.attended(session, state, roll.sitting, (*roll.present, *roll.absent), rows)
    if attendance := event.restored_attendance:
        sessions.attended(session, state, attendance.sitting, attendance.seats, rows)
    if event.stances or event.dropped:
        _stances(session, state, event, rows)
    if event.restored_position:
        _position(session, state, event, event.restored_position, rows)
    if event.restored_interests:
        restored = event.restored_interests
        positions.revision_row(session, state, restored.position, restored.revision, rows)
    if event.restored_objection:
        _objection(session, state, event, event.restored_objection, rows)
    if event.restored_opinion:
        _opinion(session, entry, event, event.restored_opinion, rows)
    if event.restored_call:
        _call(session, state, event.restored_call, rows)


def stepped_back(session: str, state: State, event: e.ItemSteppedBack, rows: Rows) -> None:
    agenda.moved(session, state, event.item, rows)
    drafts.requests_ended(session, state, rows)
    for provision in state.in_text(state.items[event.item]):
        agenda.provision_row(session, state, provision, rows)
    amendments.lapsed(session, state, event.revived, rows)


def reopened(session: str, state: State, entry: Entry, event: e.CallReopened, rows: Rows) -> None:
    agenda.moved(session, state, event.item, rows)
    drafts.requests_ended(session, state, rows)
    amendments.lapsed(session, state, event.lapsed, rows)
    decisions.call_running(session, state, rows)
    call = state.calls[event.call]
    for seat, provision in call.objections:
        decisions.objection_row(session, call, seat, provision, rows)
    if event.decision:
        _rescinded(session, entry, event.decision, rows)


def rescinded(session: str, state: State, entry: Entry, event: e.AdoptionRescinded, rows: Rows) -> None:
    agenda.moved(session, state, event.item, rows)
    _rescinded(session, entry, event.decision, rows)


def _rescinded(session: str, entry: Entry, decision: DecisionId, rows: Rows) -> None:
    put(rows, "rescission", {"session": session, "decision": decision, "seq": entry.seq, "at": entry.at})


def _stances(session: str, state: State, event: e.EntryCorrected, rows: Rows) -> None:
    if event.of_seat is None or event.of_item is None:
        return
    agenda.moved(session, state, event.of_item, rows)
    mine = state.held(event.of_seat)
    for s in (*event.stances, *event.dropped):
        if (target := (s.provision, s.alternative)) in mine:
            positions.stance_row(session, state, event.of_seat, target, rows)
        else:
            drop(rows, "stance", session, event.of_seat, s.provision, s.alternative or "")


def _position(session: str, state: State, event: e.EntryCorrected, restored: e.RestoredPosition, rows: Rows) -> None:
    if restored.text is None:
        drop(rows, "position_revision", session, restored.position, restored.revision)
    else:
        positions.revision_row(session, state, restored.position, restored.revision, rows)
    if event.of_item and event.of_seat:
        if restored.position in state.posted:
            positions.position_row(session, state, event.of_item, event.of_seat, rows)
        else:
            drop(rows, "position", session, restored.position)


def _objection(session: str, state: State, event: e.EntryCorrected, restored: e.RestoredObjection, rows: Rows) -> None:
    if restored.state is None:
        drop(rows, "objection", session, restored.objection)
    elif event.of_seat:
        decisions.objection_row(session, state.calls[restored.call], event.of_seat, restored.provision, rows)


def _opinion(session: str, entry: Entry, event: e.EntryCorrected, restored: e.RestoredOpinion, rows: Rows) -> None:
    if restored.text is None:
        drop(rows, "opinion", session, restored.opinion)
        return
    put(
        rows,
        "opinion",
        {
            "session": session,
            "id": restored.opinion,
            "item": event.of_item,
            "seat": event.of_seat,
            "kind": restored.kind.value,
            "provision": restored.provision,
            "seq": entry.seq,
            "at": entry.at,
            "pointer": "/restoredOpinion",
        },
    )


def _call(session: str, state: State, restored: e.RestoredCall, rows: Rows) -> None:
    """Objections that are listed no more are gone from the call."""
    decisions.call_running(session, state, rows)
    call = state.calls[restored.call]
    for id in restored.unlisted:
        drop(rows, "objection", session, id)
    for seat, provision in call.objections:
        decisions.objection_row(session, call, seat, provision, rows)
