"""Chapter 5, texts: clauses, and the life of a text up to the call."""

from polylogue import events as e
from polylogue.evolve import agenda, amendments, positions
from polylogue.occasion import Entry
from polylogue.state import Provision, State
from polylogue.vocabulary import ItemPhase, ProvisionState, RequestState, TextState


def worded(
    state: State, entry: Entry, event: e.ProvisionProposed | e.ProvisionWithdrawn | e.SponsorJoined | e.SponsorLeft
) -> None:
    match event:
        case e.ProvisionProposed():
            wording = agenda.wording_at(entry, "", event.versions)
            state.provisions[event.provision] = Provision(
                event.provision, event.item, event.kind, wording, entry.seq, sponsors=[entry.seat] if entry.seat else []
            )
            order = agenda.fed(state, event.item).provisions
            order.insert(order.index(event.after) + 1 if event.after else len(order), event.provision)
        case e.ProvisionWithdrawn():
            provision = state.provisions[event.provision]
            provision.state = ProvisionState.WITHDRAWN
            agenda.fed(state, provision.item)
            amendments.lapse(state, event.lapsed)
        case e.SponsorJoined():
            state.provisions[event.provision].sponsors.append(positions.seat_of(entry))
        case e.SponsorLeft():
            amendments.left(state, state.provisions[event.provision], positions.seat_of(entry))


def moved(state: State, event: e.TextCirculated | e.TextCleaned | e.TextReopened) -> None:
    item = state.items[event.item]
    match event:
        case e.TextCirculated():
            item.text, item.phase = TextState.CIRCULATED, ItemPhase.NEGOTIATION
            item.callable_from = event.callable_from
        case e.TextCleaned():
            item.text = TextState.CLEAN
            agenda.end_request(state, item, RequestState.LAPSED)
            for provision in state.in_text(item):
                if provision.state is ProvisionState.BRACKETED:  # a house may clean a text with brackets left
                    agenda.fed(state, item.id)
                provision.state = ProvisionState.AGREED
            amendments.lapse(state, event.lapsed)
        case e.TextReopened():
            agenda.reopen(item)
