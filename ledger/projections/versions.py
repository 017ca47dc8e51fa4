"""Rows of language versions of clauses, as each act leaves them."""

from ledger.projections import agenda, texts
from ledger.projections.rows import Rows
from polylogue import events as e
from polylogue.state import State
from polylogue.vocabulary import ProvisionId


def version_moved(session: str, state: State, event: e.VersionProvided | e.VersionConfirmed, rows: Rows) -> None:
    """The versions of a clause's present revision; the clause too, which may have a new one."""
    texts.provision_moved(session, state, event.provision, rows)
    versions_moved(session, state, event.provision, rows)


def text_blocked(session: str, state: State, event: e.TextBlocked, rows: Rows) -> None:
    """The versions that were objected to are stale."""
    agenda.moved(session, state, event.item, rows)
    for disputed in event.disputed:
        versions_moved(session, state, disputed.provision, rows)


def versions_moved(session: str, state: State, id: ProvisionId, rows: Rows) -> None:
    provision = state.provisions[id]
    agenda.wording_rows(session, id, provision.revision, provision.wording, rows)
