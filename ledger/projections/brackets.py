"""Rows of brackets: alternatives, and what closing a bracket changes."""

from ledger.projections import agenda, positions, texts
from ledger.projections.rows import Rows, codes, put
from polylogue import events as e
from polylogue.state import Alternative, State
from polylogue.vocabulary import AlternativeId, ProvisionId


def alternative_proposed(session: str, state: State, event: e.AlternativeProposed, rows: Rows) -> None:
    texts.provision_moved(session, state, event.provision, rows)
    alternative_rows(session, state.alternatives[event.alternative], rows)


def bracket_closed(session: str, state: State, event: e.BracketClosed, rows: Rows) -> None:
    bracket_cut(session, state, event.provision, rows)
    agenda.wording_rows(session, event.provision, event.revision, state.provisions[event.provision].wording, rows)
    _all_alternatives(session, state, event.provision, rows)
    _stances(session, state, event.provision, None, rows)
    for remaining in event.remaining:
        if remaining.of:
            agenda.wording_rows(session, remaining.id, 1, state.alternatives[remaining.id].wording, rows)
            _stances(session, state, event.provision, remaining.id, rows)


def bracket_reopened(session: str, state: State, event: e.BracketReopened, rows: Rows) -> None:
    bracket_cut(session, state, event.provision, rows)
    _all_alternatives(session, state, event.provision, rows)
    if event.former:
        agenda.wording_rows(session, event.former, 1, state.alternatives[event.former].wording, rows)
        _stances(session, state, event.provision, event.former, rows)


def bracket_cut(session: str, state: State, provision: ProvisionId, rows: Rows) -> None:
    """Its brackets are others than before, by an act that is kept."""
    texts.provision_moved(session, state, provision, rows)
    put(rows, "bracket_act", {"session": session, "seq": state.seq, "provision": provision})


def clause_settled(session: str, state: State, id: ProvisionId, rows: Rows) -> None:
    """A clause has got its next revision, and its bracket, if it had one, is closed."""
    provision = state.provisions[id]
    agenda.provision_row(session, state, provision, rows)
    agenda.wording_rows(session, id, provision.revision, provision.wording, rows)
    _all_alternatives(session, state, id, rows)
    _stances(session, state, id, None, rows)


def _all_alternatives(session: str, state: State, provision: ProvisionId, rows: Rows) -> None:
    for alternative in state.alternatives.values():
        if alternative.provision == provision:
            _alternative_row(session, alternative, rows)


def _stances(session: str, state: State, provision: ProvisionId, alternative: AlternativeId | None, rows: Rows) -> None:
    """Stances on a wording: some are now on its newest revision, or on what it has become."""
    for seat, stances in state.stances.items():
        if (provision, alternative) in stances:
            positions.stance_row(session, state, seat, (provision, alternative), rows)


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
            "of": codes(alternative.of),
            "others": codes(alternative.others),
            "seq": alternative.seq,
        },
    )
