"""Where the figures of an item turned: the entries at which they moved, and those of its calls and its decision.

Why as a list of entries: a reader who sees a figure move wants to know what was said there.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MOST = 60
"""Turns that are listed; of more the last."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The figures from an entry on; `came` is what came there: CALL, a call's outcome, DECISION, or "" for none."""

    seq: int
    closeness: str | None
    objections: int
    brackets: int
    reworded: bool
    came: str


def turns(item: Mapping[str, Any]) -> tuple[Turn, ...]:
    """The entries at which a figure of an item, or what stands in its text, was another than before."""
    return tuple(_turns(item["timeline"], _came(item)))[-MOST:]


def _came(item: Mapping[str, Any]) -> dict[int, str]:
    came = {call["seq"]: "CALL" for call in item["calls"]}
    came |= {call["closedSeq"]: call["outcome"] for call in item["calls"] if call["closedSeq"]}
    return came | ({item["decision"]["seq"]: "DECISION"} if item["decision"] else {})


def _turns(points: Sequence[Mapping[str, Any]], came: dict[int, str]) -> Iterator[Turn]:
    left = dict(sorted(came.items()))
    before: tuple[Any, ...] = ()
    figures: tuple[Any, ...] = (None, 0, 0)
    for point in (each for each in points if each["meanCloseness"] is not None):
        for seq in [seq for seq in left if seq < point["seq"]]:
            yield Turn(seq, *figures, reworded=False, came=left.pop(seq))
        figures = point["meanCloseness"], point["objections"], point["openBrackets"]
        if figures != before or point["reworded"] or point["seq"] in left:
            yield Turn(point["seq"], *figures, reworded=bool(point["reworded"]), came=left.pop(point["seq"], ""))
        before = figures
    for seq, what in left.items():
        yield Turn(seq, *figures, reworded=False, came=what)
