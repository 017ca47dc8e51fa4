"""Rows of a session as a whole: itself, its delegations, its people, its sittings with their roll calls."""

from collections.abc import Iterable

from ledger.projections import agenda, drafts
from ledger.projections.rows import Rows, codes, drop, put
from polylogue import events as e
from polylogue.occasion import Entry
from polylogue.state import State
from polylogue.vocabulary import SeatCode


def scheduled(session: str, state: State, event: e.SessionScheduled, rows: Rows) -> None:
    session_row(session, state, rows)
    agenda.naming_rows(session, state, session, event.titles, "/titles", rows)
    for i, seat in enumerate(event.delegations):
        agenda.naming_rows(session, state, seat.code, seat.names, f"/delegations/{i}/names", rows)
    delegation_rows(session, state, rows)
    for i, item in enumerate(event.items):
        agenda.added(session, state, item, f"/items/{i}", rows)


def admitted(session: str, entry: Entry, event: e.PersonAdmitted, rows: Rows) -> None:
    put(
        rows,
        "admission",
        {
            "session": session,
            "person": event.person,
            "roles": codes(event.roles),
            "seats": codes(event.seats),
            "seq": entry.seq,
        },
    )


def dismissed(session: str, event: e.PersonDismissed, rows: Rows) -> None:
    drop(rows, "admission", session, event.person)


def opened(session: str, state: State, rows: Rows) -> None:
    """A new sitting, in which nobody has been called yet."""
    moved(session, state, rows)
    delegation_rows(session, state, rows)


def closed(session: str, state: State, rows: Rows) -> None:
    moved(session, state, rows)
    drafts.requests_ended(session, state, rows)


def roll_called(session: str, state: State, event: e.RollCallRecorded, rows: Rows) -> None:
    sitting_row(session, state, rows)
    attended(session, state, event.sitting, (*event.present, *event.absent), rows)


def attended(session: str, state: State, sitting: int, seats: Iterable[SeatCode], rows: Rows) -> None:
    """Whether these delegations are or were at a sitting, as the last entry has it."""
    delegation_rows(session, state, rows)
    present = state.sittings[sitting].present or frozenset()
    for seat in seats:
        put(
            rows,
            "roll_call",
            {
                "session": session,
                "sitting": sitting,
                "seat": seat,
                "present": seat in present,
                "seq": state.seq,
            },
        )


def moved(session: str, state: State, rows: Rows) -> None:
    session_row(session, state, rows)
    sitting_row(session, state, rows)


def session_row(session: str, state: State, rows: Rows) -> None:
    beginning, rules = state.beginning, state.rules
    if beginning is None or rules is None:
        raise ValueError("a session begins with SessionScheduled")
    put(
        rows,
        "session",
        {
            "id": session,
            "nature": beginning.nature.value,
            "phase": state.phase.value,
            "format": beginning.format,
            "engine": beginning.engine,
            "rule_set": rules.name,
            "rule_set_hash": beginning.rule_set_hash,
            "conference": beginning.conference,
            "continues": beginning.continues,
            "public": beginning.public,
            "clock_scale": beginning.clock_scale,
            "working": state.working,
            "authentic": codes(state.authentic),
            "sitting": state.sitting,
            "decisions": state.decisions,
            "scheduled_at": beginning.at,
        },
    )


def sitting_row(session: str, state: State, rows: Rows) -> None:
    """The sitting that runs or ended last; a session may be closed before its first."""
    if sat := state.sat:
        put(
            rows,
            "sitting",
            {
                "session": session,
                "number": sat.number,
                "opened_seq": sat.opened_seq,
                "opened_at": sat.opened_at,
                "ended_at": sat.ended_at,
                "roll_call_seq": sat.roll_call_seq,
            },
        )


def delegation_rows(session: str, state: State, rows: Rows) -> None:
    for code, standing in state.delegations.items():
        put(
            rows,
            "delegation",
            {
                "session": session,
                "code": code,
                "standing": standing.value,
                "languages": codes(state.languages[code]),
                "present": None if state.present is None else code in state.present,
            },
        )
