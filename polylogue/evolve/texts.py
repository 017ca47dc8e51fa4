"""Chapter 5, texts: clauses, and the life of a text up to the call."""

from polylogue import events as e
from polylogue.evolve import agenda, amendments, positions
from polylogue.occasion import Entry
from polylogue.state import Item, Provision, State
from polylogue.vocabulary import ItemPhase, ProvisionKind, ProvisionState, RequestState, TextState


def worded(
    state: State, entry: Entry, event: e.ProvisionProposed | e.ProvisionWithdrawn | e.SponsorJoined | e.SponsorLeft
) -> None:
    match event:
        case e.ProvisionProposed():
            wording = agenda.wording_at(entry, "", event.versions)
            state.provisions[event.provision] = Provision(
                event.provision,
                event.item,
                event.kind,
                wording,
                entry.seq,
                sponsors=[entry.seat] if entry.seat else [],
                authors=(entry.seat,) if entry.seat else (),
            )
            item = agenda.fed(state, event.item)
            at = item.provisions.index(event.after) + 1 if event.after else _end(state, item, event.kind)
            item.provisions.insert(at, event.provision)
        case e.ProvisionWithdrawn():
            provision = state.provisions[event.provision]
            provision.state = ProvisionState.WITHDRAWN
            agenda.fed(state, provision.item)
            amendments.lapse(state, event.lapsed)
        case e.SponsorJoined():
            provision, seat = state.provisions[event.provision], positions.seat_of(entry)
            provision.sponsors.append(seat)
            provision.authors = tuple(dict.fromkeys((*provision.authors, seat)))
        case e.SponsorLeft():
            amendments.left(state, state.provisions[event.provision], positions.seat_of(entry))


def _end(state: State, item: Item, kind: ProvisionKind) -> int:
    """Where a clause of that kind stands last: the preamble ends before the first operative clause."""
    standing = {each.id: each.kind for each in state.in_text(item)}
    operative = (at for at, id in enumerate(item.provisions) if standing.get(id) is ProvisionKind.OPERATIVE)
    whole = len(item.provisions)
    return next(operative, whole) if kind is ProvisionKind.PREAMBULAR else whole


def moved(state: State, event: e.TextCirculated | e.TextCleaned | e.TextReopened) -> None:
    item = state.items[event.item]
    match event:
        case e.TextCirculated():
            item.text, item.phase = TextState.CIRCULATED, ItemPhase.NEGOTIATION
            item.callable_from = event.callable_from
        case e.TextCleaned():
            item.text, item.lapsed = TextState.CLEAN, event.lapsed
            agenda.end_request(state, item, RequestState.LAPSED)
            for provision in state.in_text(item):
                if provision.state is ProvisionState.BRACKETED:  # a house may clean a text with brackets left
                    agenda.fed(state, item.id)
                provision.state = ProvisionState.AGREED
            amendments.lapse(state, event.lapsed)
        case e.TextReopened():
            agenda.reopen(item)
