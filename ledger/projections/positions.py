"""Rows of what delegations hold: positions with their revisions, and stances."""

from ledger.projections import agenda
from ledger.projections.rows import Rows, put
from polylogue import events as e
from polylogue.occasion import Entry
from polylogue.state import Held, State
from polylogue.vocabulary import AlternativeId, PositionId, ProvisionId, SeatCode, Seq


def posted(session: str, state: State, entry: Entry, event: e.PositionPosted, rows: Rows) -> None:
    put(
        rows,
        "position",
        {
            "session": session,
            "id": event.position,
            "item": event.item,
            "seat": entry.seat,
            "revision": event.revision,
            "seq": entry.seq,
        },
    )
    _revision_row(session, state, event.position, event.revision, None, rows)


def interests(session: str, state: State, event: e.InterestsStated, rows: Rows) -> None:
    _revision_row(session, state, event.position, event.revision, state.seq, rows)


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


def _revision_row(
    session: str, state: State, position: PositionId, revision: int, interests_seq: Seq | None, rows: Rows
) -> None:
    """The newest revision of a position; the interests behind it are stated in the same command."""
    seq, at = state.posted[position]
    put(
        rows,
        "position_revision",
        {
            "session": session,
            "position": position,
            "revision": revision,
            "seq": seq,
            "at": at,
            "interests_seq": interests_seq,
        },
    )
