"""Rows of the negotiating text: clauses, wordings, alternatives, amendments, drafts and what was asked for."""

from ledger.projections import agenda, positions
from ledger.projections.rows import Rows, put
from polylogue import events as e
from polylogue.occasion import Entry
from polylogue.state import Alternative, Amendment, Request, State
from polylogue.vocabulary import AmendmentId, ProvisionId


def provision_proposed(session: str, state: State, event: e.ProvisionProposed, rows: Rows) -> None:
    """Clauses behind the new one move on by a place."""
    agenda.moved(session, state, event.item, rows)
    order = state.items[event.item].provisions
    for id in order[order.index(event.provision) :]:
        agenda.provision_row(session, state, state.provisions[id], rows)
    agenda.wording_rows(session, event.provision, 1, state.provisions[event.provision].wording, rows)


def provision_moved(session: str, state: State, id: ProvisionId, rows: Rows) -> None:
    provision = state.provisions[id]
    agenda.provision_row(session, state, provision, rows)
    agenda.moved(session, state, provision.item, rows)


def alternative_proposed(session: str, state: State, event: e.AlternativeProposed, rows: Rows) -> None:
    provision_moved(session, state, event.provision, rows)
    _alternative_rows(session, state.alternatives[event.alternative], rows)


def bracket_closed(session: str, state: State, event: e.BracketClosed, rows: Rows) -> None:
    provision_moved(session, state, event.provision, rows)
    agenda.wording_rows(session, event.provision, event.revision, state.provisions[event.provision].wording, rows)
    for alternative in state.alternatives.values():
        if alternative.provision == event.provision:
            _alternative_row(session, alternative, rows)
    for seat, stances in state.stances.items():
        held = stances.get((event.provision, None))
        if held and held.revision == event.revision:  # on the chosen wording, and so now on the new revision
            positions.stance_row(session, state, seat, (event.provision, None), rows)


def amendment_proposed(session: str, state: State, event: e.AmendmentProposed, rows: Rows) -> None:
    amendment_moved(session, state, event.amendment, rows)
    agenda.wording_rows(session, event.amendment, 1, state.amendments[event.amendment].wording, rows)


def amendment_accepted(session: str, state: State, event: e.AmendmentAccepted, rows: Rows) -> None:
    amendment_moved(session, state, event.amendment, rows)
    provision = state.provisions[state.amendments[event.amendment].provision]
    provision_moved(session, state, provision.id, rows)
    agenda.wording_rows(session, provision.id, provision.revision, provision.wording, rows)


def amendment_moved(session: str, state: State, id: AmendmentId, rows: Rows) -> None:
    amendment: Amendment = state.amendments[id]
    put(
        rows,
        "amendment",
        {
            "session": session,
            "id": amendment.id,
            "provision": amendment.provision,
            "kind": amendment.kind.value,
            "revision": amendment.revision,
            "seat": amendment.seat,
            "state": amendment.state.value,
            "has_reason": amendment.has_reason,
            "seq": amendment.seq,
        },
    )


def draft_requested(session: str, state: State, event: e.DraftRequested, rows: Rows) -> None:
    agenda.moved(session, state, event.item, rows)
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
                _alternative_rows(session, alternative, rows)


def cleaned(session: str, state: State, event: e.TextCleaned, rows: Rows) -> None:
    agenda.moved(session, state, event.item, rows)
    requests_ended(session, state, rows)
    for provision in state.in_text(state.items[event.item]):
        agenda.provision_row(session, state, provision, rows)
    for amendment in event.lapsed:
        amendment_moved(session, state, amendment, rows)


def requests_ended(session: str, state: State, rows: Rows) -> None:
    """The requests, and their items, that the last entry has ended."""
    for request in state.requests.values():
        if request.ended_seq == state.seq:
            _request_row(session, request, rows)
            agenda.moved(session, state, request.item, rows)


def _alternative_rows(session: str, alternative: Alternative, rows: Rows) -> None:
    _alternative_row(session, alternative, rows)
    agenda.wording_rows(session, alternative.id, 1, alternative.wording, rows)


def _alternative_row(session: str, alternative: Alternative, rows: Rows) -> None:
    put(
        rows,
        "alternative",
        {
            "session": session,
            "id": alternative.id,
            "provision": alternative.provision,
            "ordinal": alternative.ordinal,
            "seat": alternative.seat,
            "revision": alternative.revision,
            "open": alternative.open,
            "amendment": alternative.amendment,
            "seq": alternative.seq,
        },
    )


def _request_row(session: str, request: Request, rows: Rows) -> None:
    put(
        rows,
        "draft_request",
        {
            "session": session,
            "id": request.id,
            "item": request.item,
            "state": request.state.value,
            "seq": request.seq,
            "at": request.at,
        },
    )
