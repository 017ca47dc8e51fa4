"""What the desk enters for a seat: what a delegation has said or done without a device.

Why a page of its own and not the seat's: what is entered for somebody names who entered it and when it is said to have
happened, so that nobody takes it for the delegation's own hand.
"""

from dataclasses import replace
from typing import Any

from server.console.alphabets import names_in_order
from server.console.desk import FOR_A_SEAT, Move, moves_of
from server.console.pages import Answer, View, languages
from server.console.texts import texts
from server.console.wordings import chosen


def enter(session: Answer, view: View) -> dict[str, Any]:
    """The values of the template."""
    room, preferred = session["room"], languages(session["room"], view)
    delegations = {each["code"]: each for each in room["delegations"]}
    names = names_in_order(room["delegations"], view.language)
    me = delegations.get(view.seat or "")
    found = [_within(move, room["item"]) for move in moves_of(session, FOR_A_SEAT)] if me else []
    spoken = me["languages"] if me else []
    return {
        "session": room,
        "me": me,
        "names": names,
        "seats": [delegations[code] for code in names],
        "moves": [move for move in found if move.possible],
        "texts": texts(room["item"], names, preferred),
        "titles": {each["id"]: chosen(each["titles"], preferred) for each in room["agenda"]},
        "tongues": tuple(dict.fromkeys((room["working"], *spoken, *room["authentic"]))),
    }


def _within(move: Move, item: Answer | None) -> Move:
    """What of a move is about the item that is shown."""
    if item is None:
        return replace(move, possible=())
    text = item["text"]
    changes = [*text["insertions"], *(change for clause in text["provisions"] for change in clause["amendments"])]
    rewordings = [each for change in changes for each in change["amendments"]]
    shown = {item["id"], *(each["id"] for each in (*text["provisions"], *changes, *rewordings))}
    return replace(move, possible=tuple(aim for aim in move.possible if shown & {value for _, value in aim.hidden}))
