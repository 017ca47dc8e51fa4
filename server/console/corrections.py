"""The last entries that can be corrected, and what stands in each, for the form in which it is said otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from server.console.pages import Answer

FORMS: Mapping[str, str] = {
    "RollCallRecorded": "rollCall",
    "StancesStated": "stances",
    "PositionPosted": "position",
    "InterestsStated": "interests",
    "ObjectionRaised": "objection",
    "ObjectionWithdrawn": "withdrawal",
    "OpinionPlaced": "opinion",
    "CallOpened": "call",
}
"""The member of `restored` in which what an entry of a kind should have said is given."""
NEVER_VOID = frozenset(("rollCall", "call"))


@dataclass(frozen=True, slots=True)
class Correctable:
    """An entry that can be corrected: in which member of `restored`, null where it can only be said that nothing of the
    sort was said or done (`voidable`); and what it said.
    """

    seq: int
    kind: str
    form: str | None
    voidable: bool
    said: Mapping[str, Any]


def correctable(session: Answer) -> dict[int, Correctable]:
    """By the entry's number; what a correction said is corrected by saying that nothing was."""
    move = next((each for each in session["availableMoves"] if each["mutation"] == "correctEntry"), None)
    possible = {target["seq"] for target in move["targets"] if not target["refusal"]} if move else set[int]()
    return {
        entry["seq"]: Correctable(
            seq=entry["seq"],
            kind=entry["kind"],
            form=FORMS.get(entry["kind"]),
            voidable=FORMS.get(entry["kind"]) not in NEVER_VOID,
            said=entry["detail"] or {},
        )
        for entry in session["record"]
        if entry.get("seq") in possible
    }
