"""Rows of the negotiating text: its clauses, as each act leaves them."""

from ledger.projections import agenda
from ledger.projections.rows import Rows
from polylogue import events as e
from polylogue.state import State
from polylogue.vocabulary import ProvisionId


def provision_proposed(session: str, state: State, event: e.ProvisionProposed, rows: Rows) -> None:
    inserted(session, state, event.provision, rows)


def inserted(session: str, state: State, id: ProvisionId, rows: Rows) -> None:
    """A new clause; those behind it move on by a place."""
    provision = state.provisions[id]
    agenda.moved(session, state, provision.item, rows)
    order = state.items[provision.item].provisions
    for behind in order[order.index(id) :]:
        agenda.provision_row(session, state, state.provisions[behind], rows)
    agenda.wording_rows(session, id, 1, provision.wording, rows)


def provision_moved(session: str, state: State, id: ProvisionId, rows: Rows) -> None:
    provision = state.provisions[id]
    agenda.provision_row(session, state, provision, rows)
    agenda.moved(session, state, provision.item, rows)
