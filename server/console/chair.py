"""What a chair sees on a laptop: the next step, what else may be done, who is there, and the last entries.

Why the room's part comes from the board's document: a chair and the wall then never show two different things.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from server.console.alphabets import in_order
from server.console.corrections import Correctable, correctable
from server.console.desk import Move, grouped, moves
from server.console.entries import Line, lines
from server.console.negotiated import negotiated
from server.console.pages import Answer, View, languages
from server.console.steps import Step, step
from server.console.texts import candidates, texts
from server.console.wordings import chosen

LAST_ENTRIES = 10
REPEATED = frozenset(("recordRollCall", "noteArrival", "noteDeparture"))
"""Acts that have a place of their own beside the seats."""

NOTHING_THERE = frozenset(("UNKNOWN_REFERENCE",))
"""Why a move is not possible where there is nothing that it could be about; nobody looks for it then."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A delegation at the desk; `present` null before the roll call, `connected` null while that is not known."""

    code: str
    name: str
    standing: str
    present: bool | None
    connected: bool | None
    counts: bool


@dataclass(frozen=True, slots=True)
class Silent:
    """Who cannot speak before a call closes: those who are absent, those whose devices are not there (null where that
    is not known), and those who have still to answer for an objection.
    """

    absent: tuple[Seat, ...]
    unreachable: tuple[Seat, ...] | None
    unanswered: tuple[Seat, ...]


def chair(session: Answer, view: View) -> dict[str, Any]:
    """The values of the chair's template."""
    room, found = session["room"], moves(session)
    preferred = languages(room, view)
    seats = _seats(room, session, view)
    next_step = step(room, found)
    on_top = {next_step.mutation or ""} - {"closeCall"}
    offered = correctable(session)
    return {
        "session": room,
        "seats": seats,
        "names": {seat.code: seat.name for seat in seats},
        "present": [seat.code for seat in seats if seat.present is not False],
        "called": all(seat.present is not None for seat in seats),
        "moves": found,
        "step": next_step,
        "title": next_step.item and chosen(next_step.item["titles"], preferred),
        "titles": {each["id"]: chosen(each["titles"], preferred) for each in room["agenda"]},
        "silent": silent(next_step, seats),
        "groups": list(grouped(found, on_top | REPEATED)),
        "impossible": _impossible(found.values()),
        "texts": texts(room["item"], {seat.code: seat.name for seat in seats}, preferred),
        "negotiated": negotiated(room, view),
        "candidates": candidates(room["item"], session["item"], {seat.code: seat.name for seat in seats}, preferred),
        "awaited": _awaited(session["item"]),
        "backs": {each["id"]: each["text"]["state"] for each in session["agenda"]},
        "short_of_quorum": room["phase"] == "OPEN"
        and room["quorum"]["present"] is not None
        and not room["quorum"]["met"],
        "latest": list(_latest(room, offered)),
        "tongues": tuple(dict.fromkeys((view.language, room["working"], *room["authentic"]))),
        "unused": _unused(session, room),
        "chairs": "CHAIR" in {role.value for role in view.standpoint.roles},
    }


def _unused(session: Answer, room: Answer) -> list[tuple[str, str | None]]:
    """By which cards nobody has come in yet, as far as they still let somebody in: the role, and the seat's name."""
    names = {each["code"]: each["name"] or each["code"] for each in room["delegations"]}
    still = [each for each in session.get("joinCards") or () if not each["people"] and not each["ended"]]
    return list(dict.fromkeys((each["role"], names.get(next(iter(each["seats"]), ""))) for each in still))


def _awaited(own: Answer | None) -> Answer | None:
    """The draft that was asked for and is not there yet."""
    return next((each for each in (own["draftRequests"] if own else ()) if each["state"] == "PENDING"), None)


def _impossible(found: Iterable[Move]) -> list[tuple[str, list[str]]]:
    """Reasons, each with the titles of the moves that it keeps from being possible."""
    reasons: dict[str, list[str]] = {}
    for move in found:
        if move.refusal and move.refusal["code"] not in NOTHING_THERE:
            reasons.setdefault(move.refusal["message"], []).append(move.act.title)
    return list(reasons.items())


def _seats(room: Answer, session: Answer, view: View) -> tuple[Seat, ...]:
    """In the order of their names in the reader's language."""
    connected = {each["code"]: each["connected"] for each in session["delegations"]}
    found = [
        Seat(
            code=each["code"],
            name=each["name"] or each["code"],
            standing=each["standing"],
            present=each["present"],
            connected=connected.get(each["code"]),
            counts=each["standing"] in room["ruleSet"]["eligible"],
        )
        for each in room["delegations"]
    ]
    key = in_order(view.language)
    return tuple(sorted(found, key=lambda seat: (not seat.counts, key(seat.name))))


def silent(next_step: Step, seats: Iterable[Seat]) -> Silent | None:
    """Before a call closes."""
    if next_step.mutation != "closeCall" or next_step.item is None:
        return None
    call = next(each for each in next_step.item["calls"] if each["closedAt"] is None)
    asked = [seat for seat in seats if seat.counts]
    known = all(seat.connected is not None for seat in asked)
    return Silent(
        absent=tuple(seat for seat in asked if not seat.present),
        unreachable=tuple(seat for seat in asked if seat.present and not seat.connected) if known else None,
        unanswered=tuple(seat for seat in asked if seat.code in call["unanswered"]),
    )


def _latest(room: Answer, offered: Mapping[int, Correctable]) -> Iterable[tuple[Line, Correctable | None]]:
    """The last entries, newest first, each with how it can be corrected."""
    shown = list(lines(room))[-LAST_ENTRIES:]
    return ((line, offered.get(line.seq)) for line in reversed(shown))
