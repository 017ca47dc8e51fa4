"""Which item of a session is shown: the one that was asked for, else the one that the room works on.

Why its own question: it is answered from a session's outline, so that only the item that is shown is read whole.
"""

from collections.abc import Mapping, Sequence
from typing import Any

UNDER_WAY = ("DECISION", "NEGOTIATION", "DELIBERATION")
"""Phases of an item in which the room works on it; the furthest first."""
OVER = ("CLOSED", "SEALED")
"""Phases of a session in which no item is under way: it is asked what came out."""


def in_focus(phase: str, agenda: Sequence[Mapping[str, Any]], number: int | None) -> Mapping[str, Any] | None:
    """The item of this number. Else none of a session that is over. Else the one under way; of several the one with an
    open call, or the furthest, or the last on the agenda. When none is under way, the one that was decided or deferred
    last, else the first.
    """
    for item in agenda:
        if item["number"] == number:
            return item
    return None if phase in OVER else max(agenda, key=_rank, default=None)


def _rank(item: Mapping[str, Any]) -> tuple[Any, ...]:
    number, under_way = item["number"], item["phase"] in UNDER_WAY
    return (
        any(call["closedAt"] is None for call in item["calls"]),
        -UNDER_WAY.index(item["phase"]) if under_way else -len(UNDER_WAY),
        number if under_way else 0,
        max(item["decision"]["seq"] if item["decision"] else 0, item["deferredSeq"] or 0),
        -number,
    )
