"""What the other delegations say of a clause, as a seat reads it: who holds what, what they would change, and what they
cannot live with.

Why folded under the clause: a delegate negotiates from the phone, and the wall is too far to be read.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from polylogue.vocabulary import StanceLevel
from server.console.clauses import Change
from server.console.concerns import Concern
from server.console.pages import Answer
from server.console.wordings import Wording, said


@dataclass(frozen=True, slots=True)
class Others:
    """`holding` are the names by level, of what counts on the present text; amendments and concerns with their
    words.
    """

    holding: tuple[tuple[str, tuple[str, ...]], ...]
    changes: tuple[Change, ...]
    concerns: tuple[Concern, ...]

    @property
    def count(self) -> int:
        """How many things there are to read beside the stances."""
        return len(self.changes) + len(self.concerns)

    def __bool__(self) -> bool:
        return bool(self.holding or self.changes or self.concerns)


@dataclass(frozen=True, slots=True)
class Position:
    """The newest text of a delegation's position; `mine`: it is the seat's own."""

    name: str
    revision: int
    text: Wording
    mine: bool


def others(
    provision: Answer, changes: Iterable[Change], concerns: Iterable[Concern], me: str, names: Mapping[str, str]
) -> Others:
    """What is said of a clause by all but the seat itself; stances in the order of names."""
    held = {each["seat"]: each["level"] for each in provision["stances"] if not each["carried"] and each["seat"] != me}
    by_level = ((level, tuple(names[code] for code in names if held.get(code) == level)) for level in StanceLevel)
    return Others(
        holding=tuple((level.value, whose) for level, whose in by_level if whose),
        changes=tuple(each for each in changes if not each.mine),
        concerns=tuple(each for each in concerns if each.clause == provision["number"] and each.code != me),
    )


def positions_of(item: Answer, me: str, names: Mapping[str, str]) -> Sequence[Position]:
    """All positions on an item, the seat's own first."""
    found = {each["seat"]: each for each in item["positions"]["nodes"]}
    order = sorted(names, key=lambda code: code != me)
    texts = ((code, found[code], said(found[code]["text"])) for code in order if code in found)
    return [Position(names[code], each["revision"], text, code == me) for code, each, text in texts if text]
