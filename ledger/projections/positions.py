"""Rows of what delegations hold: positions with their revisions, and stances."""

from ledger.projections import agenda
from ledger.projections.rows import Rows, put
from polylogue import events as e
from polylogue.occasion import Entry
from polylogue.stances import Held
from polylogue.state import State
from polylogue.vocabulary import AlternativeId, ItemId, PositionId, ProvisionId, SeatCode


def posted(session: str, state: State, entry: Entry, event: e.PositionPosted, rows: Rows) -> None:
    if entry.seat:
        position_row(session, state, event.item, entry.seat, rows)
    revision_row(session, state, event.position, event.revision, rows)


def position_row(session: str, state: State, item: ItemId, seat: SeatCode, rows: Rows) -> None:
    id, revision = state.positions[item, seat]
    put(
        rows,
        "position",
        {
            "session": session,
            "id": id,
            "item": item,
            "seat": seat,
            "revision": revision,
            "seq": state.posted[id][-1].seq,
        },
    )


def interests(session: str, state: State, event: e.InterestsStated, rows: Rows) -> None:
    revision_row(session, state, event.position, event.revision, rows)


def stated(session: str, state: State, entry: Entry, event: e.StancesStated, rows: Rows) -> None:
    agenda.moved(session, state, event.item, rows)
    if seat := entry.seat:
        for s in event.stances:
            stance_row(session, state, seat, (s.provision, s.alternative), rows)


def stance_row(
    session: str, state: State, seat: SeatCode, target: tuple[ProvisionId, AlternativeId | None], rows: Rows
) -> None:
    provision, alternative = target
    held: Held = state.stances[seat][target]
    put(
        rows,
        "stance",
        {
            "session": session,
            "seat": seat,
            "provision": provision,
            "alternative": alternative or "",
            "item": state.provisions[provision].item,
            "level": held.level.value,
            "importance": held.importance,
            "revision": held.revision,
            "bulk": held.bulk,
            "if_agreed": held.if_agreed,
            "seq": held.seq,
            "place": held.place,
            "at": held.at,
        },
    )


def revision_row(session: str, state: State, position: PositionId, revision: int, rows: Rows) -> None:
    now = state.posted[position][revision - 1]
    put(
        rows,
        "position_revision",
        {
            "session": session,
            "position": position,
            "revision": revision,
            "seq": now.seq,
            "at": now.at,
            "pointer": now.pointer,
            "interests_seq": now.interests_seq,
            "interests_pointer": now.interests_pointer,
        },
    )
