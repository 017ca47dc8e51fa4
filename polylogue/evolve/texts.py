"""Chapter 5: clauses, alternatives, amendments and drafts, and the life of a text up to the call."""

from dataclasses import replace

from polylogue import events as e
from polylogue.evolve import agenda, positions
from polylogue.occasion import Entry
from polylogue.state import Alternative, Amendment, Provision, Request, State, Wording
from polylogue.vocabulary import (
    AlternativeId,
    AmendmentId,
    AmendmentState,
    ItemPhase,
    ProvisionState,
    RequestState,
    SeatCode,
    TextState,
)


def worded(
    state: State,
    entry: Entry,
    event: e.ProvisionProposed
    | e.ProvisionWithdrawn
    | e.AlternativeProposed
    | e.BracketClosed
    | e.AmendmentProposed
    | e.AmendmentAccepted
    | e.AmendmentWithdrawn,
) -> None:
    match event:
        case e.ProvisionProposed():
            wording = agenda.wording_at(entry, "", event.versions)
            state.provisions[event.provision] = Provision(
                event.provision, event.item, event.kind, wording, entry.seq, sponsor=entry.seat
            )
            order = agenda.fed(state, event.item).provisions
            order.insert(order.index(event.after) + 1 if event.after else len(order), event.provision)
        case e.ProvisionWithdrawn():
            provision = state.provisions[event.provision]
            provision.state = ProvisionState.WITHDRAWN
            agenda.fed(state, provision.item)
        case e.AlternativeProposed():
            provision = state.provisions[event.provision]
            provision.state = ProvisionState.BRACKETED
            _bracket(state, provision, event.alternative, entry.seat, agenda.wording_at(entry, "", event.versions))
            item = agenda.fed(state, provision.item)
            if event.reopens:
                agenda.reopen(item)
        case e.BracketClosed():
            _close_bracket(state, event)
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


def _bracket(
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


def moved(
    state: State,
    entry: Entry,
    event: e.DraftRequested | e.DraftTabled | e.TextCirculated | e.TextCleaned | e.TextReopened,
) -> None:
    item = state.items[event.item]
    match event:
        case e.DraftRequested():
            item.request = event.request
            state.requests[event.request] = Request(event.request, item.id, entry.seq, entry.at)
        case e.DraftTabled():
            _table(state, entry, event)
            item.drafts = event.number
            state.drafts[event.draft] = event.item
            if event.request == item.request:
                agenda.end_request(state, item, RequestState.TABLED)
            if event.reopens:
                agenda.reopen(item)
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
            for amendment in event.lapsed:
                state.amendments[amendment].state = AmendmentState.LAPSED
        case e.TextReopened():
            agenda.reopen(item)


def _table(state: State, entry: Entry, event: e.DraftTabled) -> None:
    item = agenda.fed(state, event.item)
    for i, clause in enumerate(event.clauses):
        provision = state.provisions.get(clause.id)
        if provision is None:
            wording = agenda.wording_at(entry, f"/clauses/{i}", clause.versions)
            provision = state.provisions[clause.id] = Provision(clause.id, item.id, clause.kind, wording, entry.seq)
            item.provisions.append(clause.id)
        for j, tabled in enumerate(clause.alternatives):
            if tabled.id not in state.alternatives:
                wording = agenda.wording_at(entry, f"/clauses/{i}/alternatives/{j}", tabled.versions)
                amendment = next((s.amendment for s in tabled.sources if s.amendment), None)
                seat = next((s.seat for s in tabled.sources if s.seat), None)
                _bracket(state, provision, tabled.id, seat, wording, amendment)
        if provision.alternatives:
            provision.state = ProvisionState.BRACKETED
