"""Rows of drafts: those tabled, and those that were asked for."""

from ledger.projections import agenda, brackets
from ledger.projections.rows import Rows, put
from polylogue import events as e
from polylogue.occasion import Entry
from polylogue.state import Request, State


def draft_requested(session: str, state: State, event: e.DraftRequested, rows: Rows) -> None:
    agenda.moved(session, state, event.item, rows)
    requests_ended(session, state, rows)
    _request_row(session, state.requests[event.request], rows)


def draft_tabled(session: str, state: State, entry: Entry, event: e.DraftTabled, rows: Rows) -> None:
    agenda.moved(session, state, event.item, rows)
    requests_ended(session, state, rows)
    put(
        rows,
        "draft",
        {
            "session": session,
            "id": event.draft,
            "item": event.item,
            "number": event.number,
            "request": event.request,
            "seq": entry.seq,
            "at": entry.at,
        },
    )
    for clause in event.clauses:
        provision = state.provisions[clause.id]
        agenda.provision_row(session, state, provision, rows)
        if provision.seq == entry.seq:
            agenda.wording_rows(session, provision.id, 1, provision.wording, rows)
        for tabled in clause.alternatives:
            alternative = state.alternatives[tabled.id]
            if alternative.seq == entry.seq:
                brackets.alternative_rows(session, alternative, rows)


def requests_ended(session: str, state: State, rows: Rows) -> None:
    """The requests, and their items, that the last entry has ended."""
    for request in state.requests.values():
        if request.ended_seq == state.seq:
            _request_row(session, request, rows)
            agenda.moved(session, state, request.item, rows)


def _request_row(session: str, request: Request, rows: Rows) -> None:
    put(
        rows,
        "draft_request",
        {
            "session": session,
            "id": request.id,
            "item": request.item,
            "state": request.state.value,
            "candidates": request.candidates,
            "writer": request.writer.value,
            "seq": request.seq,
            "at": request.at,
        },
    )
