"""Chapter 5, brackets: another wording beside the present one, and the choice between them."""

from dataclasses import replace

from polylogue import events as e
from polylogue.evolve import agenda
from polylogue.occasion import Entry
from polylogue.state import Alternative, Provision, State, Wording
from polylogue.vocabulary import AlternativeId, AmendmentId, ProvisionState, SeatCode


def bracketed(state: State, entry: Entry, event: e.AlternativeProposed | e.BracketClosed) -> None:
    match event:
        case e.AlternativeProposed():
            provision = state.provisions[event.provision]
            provision.state = ProvisionState.BRACKETED
            bracket(state, provision, event.alternative, entry.seat, agenda.wording_at(entry, "", event.versions))
            item = agenda.fed(state, provision.item)
            if event.reopens:
                agenda.reopen(item)
        case e.BracketClosed():
            _close_bracket(state, event)


def bracket(
    state: State,
    provision: Provision,
    id: AlternativeId,
    seat: SeatCode | None,
    wording: Wording,
    amendment: AmendmentId | None = None,
) -> None:
    """Put an alternative beside a clause's present text."""
    state.alternatives[id] = Alternative(
        id,
        provision.id,
        seat,
        wording,
        revision=provision.revision,
        ordinal=len(provision.alternatives),
        seq=state.seq,
        amendment=amendment,
    )
    provision.alternatives.append(id)


def _close_bracket(state: State, event: e.BracketClosed) -> None:
    """The chosen wording becomes the next revision; who stated a stance on it has stated it on that revision."""
    provision = state.provisions[event.provision]
    before = provision.revision
    for held in state.stances.values():
        chosen = held.get((provision.id, event.alternative))
        if chosen and (event.alternative or chosen.revision == before):
            held[provision.id, None] = replace(chosen, revision=event.revision)
    if event.alternative:
        provision.wording = state.alternatives[event.alternative].wording
    for alternative in provision.alternatives:
        state.alternatives[alternative].open = False
    provision.alternatives = []
    provision.revision, provision.state = event.revision, ProvisionState.PROPOSED
    agenda.fed(state, provision.item)
