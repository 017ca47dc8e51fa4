"""Chapter 5, amendments: proposed, accepted, withdrawn."""

from polylogue import events as e
from polylogue.evolve import agenda, positions
from polylogue.occasion import Entry
from polylogue.state import Amendment, State
from polylogue.vocabulary import AmendmentState, ProvisionState


def amended(
    state: State, entry: Entry, event: e.AmendmentProposed | e.AmendmentAccepted | e.AmendmentWithdrawn
) -> None:
    match event:
        case e.AmendmentProposed():
            state.amendments[event.amendment] = Amendment(
                event.amendment,
                event.kind,
                event.provision,
                event.revision,
                positions.seat_of(entry),
                agenda.wording_at(entry, "", event.versions),
                has_reason=event.reason is not None,
                seq=entry.seq,
            )
        case e.AmendmentAccepted():
            amendment = state.amendments[event.amendment]
            amendment.accepted_by.add(entry.seat)
            if event.revision is not None:
                amendment.state = AmendmentState.ACCEPTED
                provision = state.provisions[amendment.provision]
                provision.wording, provision.revision = amendment.wording, event.revision
                agenda.fed(state, provision.item)
                if provision.state is ProvisionState.AGREED:
                    provision.state = ProvisionState.PROPOSED
            if event.reopens:
                agenda.reopen(state.items[state.provisions[amendment.provision].item])
        case e.AmendmentWithdrawn():
            state.amendments[event.amendment].state = AmendmentState.WITHDRAWN
