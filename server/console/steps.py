"""The next sensible step of a sitting: what a chair who wants the items decided would do now.

Why one step stands on top: who has never chaired sees one button and why it is there; all else that is possible stands
below it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from server.console.desk import Aim, Move
from server.console.focus import UNDER_WAY
from server.console.pages import Answer

OF_TEXT = {"WORKING": "circulateText", "CLEAN": "callForConsensus", "BLOCKED": "requestDraft"}
"""What comes next for a text in a state; of one that circulates that depends on its brackets, of one
that is called on its time."""
WAITS = frozenset(("WINDOW_OPEN", "CIRCULATION_RUNNING"))
"""Refusals that pass by themselves."""


@dataclass(frozen=True, slots=True)
class Step:
    """The mutation that comes next, what it is about, and why it is not possible yet; `until` when that passes by
    itself. Without a mutation nothing is left to do.
    """

    mutation: str | None
    move: Move | None = None
    aims: tuple[Aim, ...] = ()
    refusal: Mapping[str, Any] | None = None
    until: str | None = None
    item: Answer | None = None


def step(room: Answer, moves: Mapping[str, Move]) -> Step:
    """The next step of a session as everybody sees it, with the moves of whoever asks."""
    match room["phase"]:
        case "SCHEDULED":
            return _of_session("openSession", moves)
        case "SUSPENDED":
            return _of_session("resumeSession", moves)
        case "CLOSED":
            return _of_session("sealSession", moves)
        case "SEALED":
            return Step(None)
        case _:
            return _in_sitting(room, moves)


def _in_sitting(room: Answer, moves: Mapping[str, Move]) -> Step:
    if room["quorum"]["present"] is None:
        return _of_session("recordRollCall", moves)
    item = room["item"]
    if item and item["phase"] in UNDER_WAY:
        return _of_item(room, item, moves)
    waiting = [each for each in room["agenda"] if each["phase"] in ("LISTED", "DEFERRED")]
    if under_way := next((each for each in room["agenda"] if each["phase"] in UNDER_WAY), None):
        return Step("elsewhere", item=under_way)
    if waiting:
        first = min(waiting, key=lambda each: (each["phase"] == "DEFERRED", each["number"]))
        return _on(first, "openItem", moves)
    return _of_session("closeSession", moves)


def _of_item(room: Answer, item: Answer, moves: Mapping[str, Move]) -> Step:
    state = item["text"]["state"]
    bracketed = any(each["state"] == "BRACKETED" for each in item["text"]["provisions"])
    if state == "CIRCULATED":
        if bracketed:
            return _brackets(item, moves)
        return _on(item, "cleanText", moves)
    if state == "CALLED":
        return _closing(item, moves)
    if state == "CLEAN" and not room["quorum"]["met"]:
        return Step("quorum", moves.get("recordRollCall"), item=item)
    return _on(item, OF_TEXT[state], moves)


def _brackets(item: Answer, moves: Mapping[str, Move]) -> Step:
    """The wordings of the clauses in brackets, to be chosen from: of each the present text, then the others."""
    move = moves.get("closeBracket")
    bracketed = [each for each in item["text"]["provisions"] if each["state"] == "BRACKETED"]
    found = {aim.wording: aim for aim in (*move.possible, *move.refused)} if move else {}
    there = (id for clause in bracketed for id in (clause["id"], *(each["id"] for each in clause["alternatives"])))
    return Step("closeBracket", move, tuple(found[id] for id in there if id in found), item=item)


def _closing(item: Answer, moves: Mapping[str, Move]) -> Step:
    move, call = moves.get("closeCall"), next(each for each in item["calls"] if each["closedAt"] is None)
    if move is None:
        return Step("closeCall", item=item)
    aims = tuple(aim for aim in (*move.possible, *move.refused) if not aim.withdraw)
    refusal = next((aim.refusal for aim in aims), None)
    waits = refusal is not None and refusal["code"] in WAITS
    return Step("closeCall", move, aims, refusal, call["objectionsUntil"] if waits else None, item)


def _of_session(mutation: str, moves: Mapping[str, Move]) -> Step:
    move = moves.get(mutation)
    return Step(mutation, move, move.possible if move else (), move.refusal if move else None)


def _on(item: Answer, mutation: str, moves: Mapping[str, Move]) -> Step:
    move = moves.get(mutation)
    aim = move.on(item["id"]) if move else None
    refusal = aim.refusal if aim else None
    waits = refusal is not None and refusal["code"] in WAITS
    return Step(mutation, move, (aim,) if aim else (), refusal, item["text"]["callableFrom"] if waits else None, item)
