"""Rows of the agenda: items with their names and the clauses and wordings of their texts."""

from collections.abc import Sequence

from ledger.projections.rows import Rows, codes, json_text, put
from polylogue import events as e
from polylogue.record.prose import Prose
from polylogue.state import Provision, State, Wording
from polylogue.vocabulary import ItemId


def added(session: str, state: State, item: e.Item, pointer: str, rows: Rows) -> None:
    """An item with its opening text; `pointer` is its place in the entry."""
    naming_rows(session, state, item.id, item.titles, f"{pointer}/titles", rows)
    moved(session, state, item.id, rows)
    for clause in item.provisions:
        provision_row(session, state, state.provisions[clause.id], rows)
        wording_rows(session, clause.id, 1, state.provisions[clause.id].wording, rows)


def moved(session: str, state: State, id: ItemId, rows: Rows) -> None:
    item = state.items[id]
    put(
        rows,
        "agenda_item",
        {
            "session": session,
            "id": item.id,
            "number": item.number,
            "phase": item.phase.value,
            "text_state": item.text.value,
            "dimensions": codes(item.dimensions),
            "circulation_ms": item.circulation_ms,
            "objection_window_ms": item.objection_window_ms,
            "callable_from": item.callable_from,
            "adopted_in_sitting": item.adopted_in_sitting,
            "request": item.request,
            "drafts": item.drafts,
            "deferred_seq": item.deferred_seq,
            "input_seq": item.input_seq,
        },
    )


def naming_rows(session: str, state: State, of: str, names: Sequence[Prose], pointer: str, rows: Rows) -> None:
    """Names of one thing in the entry that the state has just taken in, one a language (the last, if given twice)."""
    for ordinal, name in enumerate(names):
        put(
            rows,
            "naming",
            {
                "session": session,
                "of": of,
                "language": name.language,
                "ordinal": ordinal,
                "seq": state.seq,
                "pointer": f"{pointer}/{ordinal}",
            },
        )


def provision_row(session: str, state: State, provision: Provision, rows: Rows) -> None:
    put(
        rows,
        "provision",
        {
            "session": session,
            "id": provision.id,
            "item": provision.item,
            "ordinal": state.items[provision.item].provisions.index(provision.id),
            "kind": provision.kind.value,
            "state": provision.state.value,
            "revision": provision.revision,
            "sponsor": provision.sponsor,
            "sponsors": codes(tuple(provision.sponsors)),
            "authors": codes(provision.authors),
            "seq": provision.seq,
            "regions": json_text([_region(region) for region in provision.regions]),
            "brackets_seq": provision.brackets_seq,
        },
    )


def wording_rows(session: str, of: str, revision: int, wording: Wording, rows: Rows) -> None:
    for ordinal, version in enumerate(wording):
        put(
            rows,
            "wording",
            {
                "session": session,
                "of": of,
                "revision": revision,
                "language": version.language,
                "ordinal": ordinal,
                "status": version.status.value,
                "stale": version.stale,
                "fits": version.revision,
                "seq": version.seq,
                "pointer": version.pointer,
            },
        )


def _region(region: e.Region) -> list[list[object]]:
    return [[extent.alternative, extent.start, extent.end] for extent in region.extents]
