"""Chapters 2 and 3: items as they are added, taken up and deferred, and what any chapter does to an item."""

from polylogue import events as e
from polylogue.occasion import Entry
from polylogue.state import Item, Provision, State, TextAt, Wording
from polylogue.vocabulary import (
    AmendmentState,
    ItemId,
    ItemPhase,
    ProvisionState,
    RequestState,
    Seq,
    TextState,
)


def taken_up(
    state: State, entry: Entry, event: e.ItemAdded | e.ItemOpened | e.ItemDeferred | e.ItemSteppedBack
) -> None:
    match event:
        case e.ItemAdded():
            add(state, entry, event.item, "/item")
        case e.ItemOpened():
            item = state.items[event.item]
            item.phase, item.deferred_seq = event.phase, None
            item.circulation_ms, item.objection_window_ms = event.circulation_ms, event.objection_window_ms
        case e.ItemDeferred():
            item = state.items[event.item]
            item.phase, item.deferred_seq = ItemPhase.DEFERRED, entry.seq
            end_request(state, item, RequestState.LAPSED)
        case e.ItemSteppedBack():
            _step_back(state, state.items[event.item], event)


def _step_back(state: State, item: Item, event: e.ItemSteppedBack) -> None:
    """What the step had done is undone: clauses are agreed no longer, the circulation period has not begun."""
    if item.text is TextState.CLEAN:
        for provision in state.in_text(item):
            provision.state = ProvisionState.PROPOSED
    for amendment in event.revived:
        state.amendments[amendment].state, state.amendments[amendment].moved_seq = AmendmentState.PENDING, state.seq
    item.phase, item.text, item.lapsed = event.phase, event.text, ()
    if event.text is TextState.WORKING:
        item.callable_from = None
    if event.phase is ItemPhase.LISTED:
        end_request(state, item, RequestState.LAPSED)


def add(state: State, entry: Entry, item: e.Item, pointer: str) -> None:
    clauses = [clause.id for clause in item.provisions]
    state.items[item.id] = Item(item.id, item.number, item.dimensions, entry.seq, provisions=clauses)
    for i, clause in enumerate(item.provisions):
        wording = wording_at(entry, f"{pointer}/provisions/{i}", clause.versions)
        state.provisions[clause.id] = Provision(clause.id, item.id, clause.kind, wording, entry.seq)


def fed(state: State, id: ItemId) -> Item:
    """The item, whose figures this entry may change."""
    item = state.items[id]
    item.input_seq = state.seq
    return item


def reopen(item: Item) -> None:
    item.text, item.phase = TextState.CIRCULATED, ItemPhase.NEGOTIATION


def end_request(state: State, item: Item, how: RequestState) -> None:
    """The draft that was asked for has been tabled, or can no longer be."""
    if item.request:
        request = state.requests[item.request]
        request.state, request.ended_seq = how, state.seq
        item.request = None


def wording_at(entry: Entry, pointer: str, versions: tuple[e.Version, ...]) -> Wording:
    """Where the versions that an event brings lie in the record."""
    return wording_in(entry.seq, pointer, versions)


def wording_in(seq: Seq, pointer: str, versions: tuple[e.Version, ...]) -> Wording:
    """Where the versions of an earlier event lie."""
    return tuple(
        TextAt(version.language, version.status, seq, f"{pointer}/versions/{i}/text")
        for i, version in enumerate(versions)
    )
