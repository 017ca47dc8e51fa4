"""What would unblock: the smallest sets of moves after which nobody would object, as the board shows them.

Why with the delegations' own words: how far somebody would have to go moves nobody; what would remove an objection is
what its delegation said.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from server.console.wordings import Wording, said

MOST = 3
"""Sets that are shown, as many as the document asks for; of further ones it is said how many there are."""


@dataclass(frozen=True, slots=True)
class Step:
    """A delegation's stance on a wording that would change; `label` is that of another wording than the present text.
    `concern` is the id of the open concern that it would settle, `words` are what its delegation said would remove it.
    """

    concern: str
    code: str
    name: str
    clause: int
    label: str | None
    before: str
    after: str
    carried: bool
    words: Wording | None


@dataclass(frozen=True, slots=True)
class Taken:
    """Another wording that would be taken instead of the present text, how many have not said what they think, and the
    name of its proposer, where that has not spoken on it and is taken to support it.
    """

    clause: int
    label: str
    unknown: int
    proposer: str | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """One smallest set: its steps in the order of the names, the wordings that would be taken in that of the text."""

    steps: tuple[Step, ...]
    taken: tuple[Taken, ...]


@dataclass(frozen=True, slots=True)
class Ways:
    """The sets that are shown, and how many more there are; `exact`: no others."""

    shown: tuple[Way, ...]
    more: int
    exact: bool

    @property
    def told(self) -> frozenset[str]:
        """The concerns of which it is said here what would settle them."""
        return frozenset(step.concern for way in self.shown for step in way.steps)


def ways(item: Mapping[str, Any], names: Mapping[str, str]) -> Ways | None:
    """What would unblock an item; null where it is decided, and where nobody objects."""
    found = item["unblocking"]
    if item["decision"]:
        return None
    clauses, labels = _wordings(item["text"]["provisions"])
    sets = [_way(each, clauses, labels, names) for each in found["sets"][:MOST]]
    if not any(each.steps or each.taken for each in sets):
        return None
    return Ways(tuple(sets), found["setCount"] - len(sets), found["exact"])


def _wordings(provisions: Sequence[Mapping[str, Any]]) -> tuple[dict[str, int], dict[str, str]]:
    """The numbers of clauses, and the labels of other wordings, by their ids."""
    labels = {each["id"]: each["label"] for provision in provisions for each in provision["alternatives"]}
    return {provision["id"]: provision["number"] for provision in provisions}, labels


def _way(
    found: Mapping[str, Any], clauses: Mapping[str, int], labels: Mapping[str, str], names: Mapping[str, str]
) -> Way:
    taken = (
        Taken(
            clauses[each["provision"]],
            labels[each["alternative"]],
            len(each["notStated"]),
            next((names[seat] for seat in each["assumed"]), None),
        )
        for each in found["takings"]
    )
    places = {seat: place for place, seat in enumerate(names)}
    steps = sorted(_steps(found, clauses, labels, names), key=lambda step: (places[step.code], step.clause))
    return Way(tuple(steps), tuple(taken))


def _steps(
    found: Mapping[str, Any], clauses: Mapping[str, int], labels: Mapping[str, str], names: Mapping[str, str]
) -> Iterator[Step]:
    for move in found["moves"]:
        yield Step(
            concern=f"concern-{move['seat']}-{move['alternative'] or move['provision']}",
            code=move["seat"],
            name=names[move["seat"]],
            clause=clauses[move["provision"]],
            label=labels[move["alternative"]] if move["alternative"] else None,
            before=move["before"],
            after=move["after"],
            carried=move["carried"],
            words=said(move["wouldBeRemovedBy"]),
        )
