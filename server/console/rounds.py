"""The newest round of candidates as the board lists it: in their order now, with the objections that each leaves.

Why counts and no names: what is expected of a delegation is not for the room.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from server.console.explained import Explained, explained

LISTED = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line of the list; `taken`: it has become the text. The status quo is no text, `present` what stands now."""

    place: int
    number: int
    stated: int
    expected: int
    words: int
    status_quo: bool
    present: bool
    taken: bool


@dataclass(frozen=True, slots=True)
class Round:
    """The first candidates of a round and how many more there are; why the first one is first; whether rounds stop.

    `ranked` is how many delegations have ranked candidates themselves.
    """

    number: int
    candidates: tuple[Candidate, ...]
    more: int
    why: Explained
    stop: str | None
    ranked: int
    members: int


def newest(item: Mapping[str, Any], names: Mapping[str, str]) -> Round | None:
    """The round to show: none once the item is decided. `names` are those of delegations, in their order."""
    told = item["round"]
    if not told or item["decision"]:
        return None
    listed = told["candidates"]
    return Round(
        number=told["number"],
        candidates=tuple(
            Candidate(
                place=each["place"],
                number=each["number"],
                stated=each["objections"],
                expected=each["expectedObjections"],
                words=each["words"],
                status_quo=each["statusQuo"],
                present=each["present"],
                taken=each["id"] == told["taken"],
            )
            for each in listed[:LISTED]
        ),
        more=max(0, len(listed) - LISTED),
        why=explained(item, told, names)[listed[0]["id"]],
        stop=told["stop"],
        ranked=len(told["rankings"]),
        members=len(told["members"]),
    )
