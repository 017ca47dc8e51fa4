"""Chapter 5, amendments: proposed, revised, accepted, withdrawn."""

from collections.abc import Iterable

from polylogue import events as e
from polylogue.evolve import agenda, positions
from polylogue.footing import asked_of, footing
from polylogue.occasion import Entry
from polylogue.state import Amendment, Provision, State, Wording
from polylogue.versions import reworded
from polylogue.vocabulary import AmendmentId, AmendmentKind, AmendmentState, ProvisionId, ProvisionState, SeatCode


def amended(
    state: State,
    entry: Entry,
    event: e.AmendmentProposed | e.AmendmentRevised | e.AmendmentAccepted | e.AmendmentWithdrawn,
) -> None:
    match event:
        case e.AmendmentProposed():
            state.amendments[event.amendment] = _proposed(state, entry, event)
        case e.AmendmentRevised():
            amendment = state.amendments[event.amendment]
            amendment.revision, amendment.edition, amendment.moved_seq = event.revision, event.edition, entry.seq
            amendment.wording = agenda.wording_at(entry, "", event.versions)
            amendment.base = footing(state, amendment)
            amendment.accepted_by.clear()
            amendment.worded_by = None
        case e.AmendmentAccepted():
            _accepted(state, entry, event)
        case e.AmendmentWithdrawn():
            _end(state, event.amendment, AmendmentState.WITHDRAWN)
            lapse(state, event.lapsed)


def lapse(state: State, amendments: Iterable[AmendmentId]) -> None:
    for id in amendments:
        _end(state, id, AmendmentState.LAPSED)


def _end(state: State, id: AmendmentId, how: AmendmentState) -> None:
    """An amendment waits no longer."""
    state.amendments[id].state, state.amendments[id].moved_seq = how, state.seq


def left(state: State, provision: Provision, seat: SeatCode) -> None:
    """A seat is no sponsor any more; what it had accepted of the pending amendments counts no longer."""
    for amendment in state.amendments.values():
        if amendment.state is AmendmentState.PENDING and asked_of(amendment) == provision.id:
            amendment.accepted_by.discard(seat)
    provision.sponsors.remove(seat)
    provision.authors = tuple(each for each in provision.authors if each != seat)


def place(order: list[ProvisionId], provision: ProvisionId, after: ProvisionId | None) -> None:
    """Put a clause behind another one, or at the beginning."""
    order.insert(order.index(after) + 1 if after else 0, provision)


def _proposed(state: State, entry: Entry, event: e.AmendmentProposed) -> Amendment:
    amendment = Amendment(
        event.amendment,
        event.kind,
        event.item,
        event.provision,
        event.revision,
        positions.seat_of(entry),
        agenda.wording_at(entry, "", event.versions),
        has_reason=event.reason is not None,
        seq=entry.seq,
        provision_kind=event.provision_kind,
        after=event.after,
        amends=event.amends,
        moved_seq=entry.seq,
    )
    amendment.base = footing(state, amendment)
    return amendment


def _accepted(state: State, entry: Entry, event: e.AmendmentAccepted) -> None:
    amendment = state.amendments[event.amendment]
    amendment.accepted_by.add(entry.seat)
    if not event.final:
        return
    _end(state, amendment.id, AmendmentState.ACCEPTED)
    lapse(state, event.lapsed)
    if amendment.amends:
        parent = state.amendments[amendment.amends]
        parent.wording, parent.edition = amendment.wording, event.edition or parent.edition
        parent.accepted_by.clear()
        parent.worded_by, parent.moved_seq = amendment.seat, entry.seq
        return
    item = agenda.fed(state, amendment.item)
    match amendment.kind:
        case AmendmentKind.REPLACE:
            provision = state.provisions[amendment.provision]
            reword(state, provision, amendment.wording, event.revision or 0)
            own = (seat for seat in provision.sponsors if seat in amendment.accepted_by)
            provision.supported, provision.authors = True, tuple(dict.fromkeys((*amendment.authors, *own)))
        case AmendmentKind.INSERT_AFTER:
            state.provisions[amendment.provision] = Provision(
                amendment.provision,
                item.id,
                amendment.provision_kind,
                amendment.wording,
                entry.seq,
                sponsors=[amendment.seat],
                authors=amendment.authors,
            )
            place(item.provisions, amendment.provision, amendment.after)
        case AmendmentKind.DELETE:
            state.provisions[amendment.provision].state = ProvisionState.WITHDRAWN
        case AmendmentKind.MOVE:
            item.provisions.remove(amendment.provision)
            place(item.provisions, amendment.provision, amendment.after)
    if event.reopens:
        agenda.reopen(item)


def reword(state: State, provision: Provision, wording: Wording, revision: int) -> None:
    """Give a clause other words. Its brackets follow from the words again, however they were cut before."""
    provision.wording, provision.revision = reworded(state, provision, wording, revision), revision
    if provision.state is ProvisionState.AGREED:
        provision.state = ProvisionState.PROPOSED
    if provision.alternatives:
        provision.regions, provision.brackets_seq = (), state.seq
