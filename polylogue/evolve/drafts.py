"""Chapter 5, drafts: asked for, and put on the table."""

from polylogue import events as e
from polylogue.evolve import agenda, brackets
from polylogue.occasion import Entry
from polylogue.state import Provision, Request, State
from polylogue.vocabulary import ProvisionState, RequestState, SeatCode


def drafted(state: State, entry: Entry, event: e.DraftRequested | e.DraftTabled) -> None:
    item = state.items[event.item]
    match event:
        case e.DraftRequested():
            agenda.end_request(state, item, RequestState.LAPSED)
            item.request = event.request
            state.requests[event.request] = Request(
                event.request, item.id, entry.seq, entry.at, event.candidates, event.writer, event.seed
            )
        case e.DraftTabled():
            _table(state, entry, event)
            item.drafts = event.number
            state.drafts[event.draft] = event.item
            if event.request == item.request:
                agenda.end_request(state, item, RequestState.TABLED)
            if event.reopens:
                agenda.reopen(item)


def _table(state: State, entry: Entry, event: e.DraftTabled) -> None:
    item = agenda.fed(state, event.item)
    for i, clause in enumerate(event.clauses):
        _cite(state, (*clause.sources, *(source for tabled in clause.alternatives for source in tabled.sources)))
        provision = state.provisions.get(clause.id)
        if provision is None:
            wording = agenda.wording_at(entry, f"/clauses/{i}", clause.versions)
            provision = state.provisions[clause.id] = Provision(
                clause.id,
                item.id,
                clause.kind,
                wording,
                entry.seq,
                supported=_supported(state, clause.sources),
                authors=_seats(clause.sources),
            )
            item.provisions.append(clause.id)
        for j, tabled in enumerate(clause.alternatives):
            if tabled.id not in state.alternatives:
                wording = agenda.wording_at(entry, f"/clauses/{i}/alternatives/{j}", tabled.versions)
                amendment = next((s.amendment for s in tabled.sources if s.amendment and not s.drawn), None)
                supported = _supported(state, tabled.sources)
                seats = _seats(tabled.sources)
                brackets.bracket(state, provision, tabled.id, seats, wording, amendment, supported=supported)
        if provision.alternatives:
            provision.state = ProvisionState.BRACKETED


def _cite(state: State, sources: tuple[e.Source, ...]) -> None:
    for source in sources:
        if source.position and source.revision:
            state.cited.setdefault((source.position, source.revision), state.seq)


def _seats(sources: tuple[e.Source, ...]) -> tuple[SeatCode, ...]:
    """The delegations whose own words these are, in order."""
    return tuple(dict.fromkeys(source.seat for source in sources if source.seat and not source.drawn))


def _supported(state: State, sources: tuple[e.Source, ...]) -> bool:
    """Whether a wording has somebody's own words; those of an alternative are, if that has."""
    whole = (source for source in sources if not source.drawn)
    return any(
        state.alternatives[source.alternative].supported
        if source.alternative
        else bool(source.seat or source.position or source.amendment)
        for source in whole
    )
