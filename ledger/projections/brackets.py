"""Rows of brackets: alternatives, and what closing a bracket changes."""

from ledger.projections import agenda, positions, texts
from ledger.projections.rows import Rows, put
from polylogue import events as e
from polylogue.state import Alternative, State


def alternative_proposed(session: str, state: State, event: e.AlternativeProposed, rows: Rows) -> None:
    texts.provision_moved(session, state, event.provision, rows)
    alternative_rows(session, state.alternatives[event.alternative], rows)


def bracket_closed(session: str, state: State, event: e.BracketClosed, rows: Rows) -> None:
    texts.provision_moved(session, state, event.provision, rows)
    agenda.wording_rows(session, event.provision, event.revision, state.provisions[event.provision].wording, rows)
    for alternative in state.alternatives.values():
        if alternative.provision == event.provision:
            _alternative_row(session, alternative, rows)
    for seat, stances in state.stances.items():
        held = stances.get((event.provision, None))
        if held and held.revision == event.revision:  # on the chosen wording, and so now on the new revision
            positions.stance_row(session, state, seat, (event.provision, None), rows)


def alternative_rows(session: str, alternative: Alternative, rows: Rows) -> None:
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
