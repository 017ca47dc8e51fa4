"""Rows of amendments, and of the clauses that they change."""

from collections.abc import Iterable

from ledger.projections import agenda, drafts, texts
from ledger.projections.rows import Rows, codes, put
from polylogue import events as e
from polylogue.footing import asked_of
from polylogue.state import Amendment, State
from polylogue.vocabulary import AmendmentId, AmendmentKind


def amendment_worded(session: str, state: State, id: AmendmentId, rows: Rows) -> None:
    """It has a new edition."""
    amendment = state.amendments[id]
    amendment_moved(session, state, id, rows)
    agenda.wording_rows(session, id, amendment.edition, amendment.wording, rows)


def amendment_accepted(session: str, state: State, event: e.AmendmentAccepted, rows: Rows) -> None:
    amendment = state.amendments[event.amendment]
    amendment_moved(session, state, amendment.id, rows)
    if not event.final:
        return
    lapsed(session, state, event.lapsed, rows)
    if amendment.amends:
        amendment_worded(session, state, amendment.amends, rows)
        return
    match amendment.kind:
        case AmendmentKind.REPLACE:
            provision = state.provisions[amendment.provision]
            texts.provision_moved(session, state, provision.id, rows)
            agenda.wording_rows(session, provision.id, provision.revision, provision.wording, rows)
        case AmendmentKind.INSERT_AFTER:
            texts.inserted(session, state, amendment.provision, rows)
        case AmendmentKind.DELETE:
            texts.provision_moved(session, state, amendment.provision, rows)
        case AmendmentKind.MOVE:
            agenda.moved(session, state, amendment.item, rows)
            for id in state.items[amendment.item].provisions:
                agenda.provision_row(session, state, state.provisions[id], rows)


def lapsed(session: str, state: State, ids: Iterable[AmendmentId], rows: Rows) -> None:
    for id in ids:
        amendment_moved(session, state, id, rows)


def sponsors_moved(session: str, state: State, event: e.SponsorJoined | e.SponsorLeft, rows: Rows) -> None:
    """What a sponsor that has left had accepted counts no longer."""
    texts.provision_moved(session, state, event.provision, rows)
    for amendment in state.amendments.values():
        if asked_of(amendment) == event.provision:
            amendment_moved(session, state, amendment.id, rows)


def amendment_moved(session: str, state: State, id: AmendmentId, rows: Rows) -> None:
    amendment: Amendment = state.amendments[id]
    put(
        rows,
        "amendment",
        {
            "session": session,
            "id": amendment.id,
            "item": amendment.item,
            "provision": amendment.provision,
            "kind": amendment.kind.value,
            "provision_kind": amendment.provision_kind.value,
            "revision": amendment.revision,
            "after": amendment.after,
            "amends": amendment.amends,
            "edition": amendment.edition,
            "accepted_by": codes(tuple(sorted(seat or "" for seat in amendment.accepted_by))),
            "seat": amendment.seat,
            "state": amendment.state.value,
            "has_reason": amendment.has_reason,
            "seq": amendment.seq,
        },
    )


def cleaned(session: str, state: State, event: e.TextCleaned, rows: Rows) -> None:
    agenda.moved(session, state, event.item, rows)
    drafts.requests_ended(session, state, rows)
    for provision in state.in_text(state.items[event.item]):
        agenda.provision_row(session, state, provision, rows)
    lapsed(session, state, event.lapsed, rows)
