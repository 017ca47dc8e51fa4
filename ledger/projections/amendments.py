"""Rows of amendments, and of the clauses that they change."""

from ledger.projections import agenda, drafts, texts
from ledger.projections.rows import Rows, put
from polylogue import events as e
from polylogue.state import Amendment, State
from polylogue.vocabulary import AmendmentId


def amendment_proposed(session: str, state: State, event: e.AmendmentProposed, rows: Rows) -> None:
    amendment_moved(session, state, event.amendment, rows)
    agenda.wording_rows(session, event.amendment, 1, state.amendments[event.amendment].wording, rows)


def amendment_accepted(session: str, state: State, event: e.AmendmentAccepted, rows: Rows) -> None:
    amendment_moved(session, state, event.amendment, rows)
    provision = state.provisions[state.amendments[event.amendment].provision]
    texts.provision_moved(session, state, provision.id, rows)
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


def cleaned(session: str, state: State, event: e.TextCleaned, rows: Rows) -> None:
    agenda.moved(session, state, event.item, rows)
    drafts.requests_ended(session, state, rows)
    for provision in state.in_text(state.items[event.item]):
        agenda.provision_row(session, state, provision, rows)
    for amendment in event.lapsed:
        amendment_moved(session, state, amendment, rows)
