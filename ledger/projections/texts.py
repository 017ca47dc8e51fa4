"""Rows of the negotiating text: its clauses, as each act leaves them."""

from ledger.projections import agenda
from ledger.projections.rows import Rows
from polylogue import events as e
from polylogue.state import State
from polylogue.vocabulary import ProvisionId


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
