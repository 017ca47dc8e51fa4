"""Acts of a script: who does what, with the names that people use instead of ids.

Why data: a session of a hundred acts is read and changed like a play, and is tried on the rules alone before anybody
plays it over a network.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from polylogue.refusals import RefusalCode

CHAIR = "CHAIR"
SCRIPTS = ("duty-officers", "heard-first", "distance")
"""Scripts in the order of seeds: in each somebody else objects, gives way and gains."""

PAUSES = {
    "PostPosition": 0.75, "StateStances": 0.3, "ProvideVersion": 0.12, "RaiseObjection": 2.0, "OpenItem": 1.0,
    "DeferItem": 1.5,
}  # fmt: skip
SAID = ("PostPosition", "StateStances", "ProvideVersion")
"""Acts on which nothing of the same kind rests: several can be done at once."""

PAUSE, IN_ROUND = 0.5, 0.12
"""Seconds for which an act stays before the next, at the pace of a person: most acts, and those of a round."""


class ScriptInvalid(Exception):
    """A script that says something impossible; the message names the script and the act."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act. `by` is CHAIR or a seat's code; `do` a command; `said` what the command says, by the script's names.

    `refused` is the refusal that is part of the play; `pause` the seconds after it at the pace of a person.
    """

    by: str
    do: str
    said: Mapping[str, Any]
    refused: RefusalCode | None
    pause: float
    where: str

    @property
    def what(self) -> str:
        """Who does what, as another act may name it: "UZB PlaceOpinionOnRecord"."""
        return f"{self.by} {self.do}"


@dataclass(frozen=True, slots=True)
class Script:
    """A play: its name, what it is about in a sentence, the scenario it is played in, and its acts in order."""

    name: str
    about: str
    scenario: str
    acts: tuple[Act, ...]


def script_of(seed: int) -> Script:
    """The script that a seed chooses."""
    return script(SCRIPTS[seed % len(SCRIPTS)])


@cache
def script(name: str) -> Script:
    """A script by its name, from its folder; ScriptInvalid names the part and the act that is wrong."""
    said = _read(name, "script")
    acts = (
        act
        for part in said["parts"]
        for number, given in enumerate(_read(name, part)["acts"], 1)
        for act in _acts(given, f"{name}/{part}, act {number}")
    )
    return Script(name, said["about"], said["scenario"], tuple(acts))


def _read(name: str, part: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("server.demo.scripts").joinpath(name, f"{part}.toml").read_text("utf-8"))


def turns(acts: Iterable[Act]) -> Iterator[tuple[Act, ...]]:
    """The acts in order, those together that may be done at once: what different people say, each of them once, and
    versions of different clauses.
    """
    turn: dict[tuple[str, str], Act] = {}
    for act in acts:
        free = act.do in SAID and not act.refused
        if turn and (not free or _subject(act) in turn or next(iter(turn.values())).do not in SAID):
            yield tuple(turn.values())
            turn = {}
        turn[_subject(act)] = act
    yield tuple(turn.values())


def _subject(act: Act) -> tuple[str, str]:
    return act.by, act.said.get("clause", "")


def item_of(act: Act) -> int:
    """The number of the item that an act is about, by itself or through a clause; 0 for one about none."""
    return int(act.said["item"] if "item" in act.said else act.said.get("clause", "0").partition(".")[0])


def _acts(given: Mapping[str, Any], where: str) -> Iterator[Act]:
    """The act, or a round of the same act by several seats."""
    said = dict(given)
    try:
        by, do, refused = said.pop("by"), said.pop("do"), said.pop("refused", None)
        seats = [by] if isinstance(by, str) else by
        pause = said.pop("pause", IN_ROUND if len(seats) > 1 else PAUSES.get(do, PAUSE))
        code = RefusalCode(refused) if refused else None
    except (KeyError, ValueError) as wrong:
        raise ScriptInvalid(f"{where}: {wrong}") from wrong
    for seat in seats:
        yield Act(by=seat, do=do, said=said, refused=code, pause=pause, where=f"{where}, {do} by {seat}")
