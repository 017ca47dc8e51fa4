"""What each member gained and gave in a play: its words taken up, and what it came to agree to.

Why counted from what the gallery hears: whoever doubts that everybody gives and gains something can follow the record
and count again. Nothing is weighed, and nobody is put before anybody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from server.demo.stage import Stage

AGREEING = frozenset(("SUPPORT", "ACCEPT"))
NAMED = 3
"""Clauses that a line names; the others are counted."""

Target = tuple[str, str, str]
"""Who holds something of which clause, and of which wording of it, "" for the present text."""


@dataclass(slots=True)
class Gains:
    """By seat the numbers of clauses, each once and in the order of the record: whose words it has, where what it had
    asked for was taken up, to what it came to agree, where it gave up an objection.
    """

    words: dict[str, dict[str, None]] = field(default_factory=dict[str, dict[str, None]])
    asked: dict[str, dict[str, None]] = field(default_factory=dict[str, dict[str, None]])
    agreed: dict[str, dict[str, None]] = field(default_factory=dict[str, dict[str, None]])
    withdrawn: dict[str, dict[str, None]] = field(default_factory=dict[str, dict[str, None]])
    held: dict[Target, str] = field(default_factory=dict[Target, str])
    authors: dict[str, str] = field(default_factory=dict[str, str])

    def hear(self, stage: Stage, entry: Mapping[str, Any]) -> None:
        """Take in an entry that the stage has heard."""
        said: Mapping[str, Any] = entry.get("detail", {})
        match entry.get("kind"):
            case "ProvisionProposed":
                self.authors[said["provision"]] = entry["seat"]
            case "AmendmentAccepted" if said["final"]:
                _note(self.words, stage, stage.proposed.get(said["amendment"]), stage.about(said))
            case "BracketClosed" if said["chosen"]:
                _note(self.words, stage, stage.proposed.get(said["chosen"]), said["provision"])
            case "CandidateTaken":
                for way in stage.ways_of(said["item"], said["candidate"]):
                    _note(self.words, stage, stage.proposed.get(way["alternative"] or ""), way["provision"])
            case "TextAdopted":
                for clause in stage.items[said["item"]].clauses:
                    _note(self.words, stage, self.authors.get(clause), clause)
            case "ObjectionWithdrawn":
                _note(self.withdrawn, stage, entry["seat"], said["provision"])
            case "StancesStated":
                self._stated(stage, entry["seat"], said["stances"])
            case _:
                pass

    def _stated(self, stage: Stage, seat: str, stances: Iterable[Mapping[str, Any]]) -> None:
        """To agree is to give where one did not before, and the wording is somebody else's."""
        for stance in stances:
            provision, chosen = stance["provision"], stance["chosen"] or ""
            before = self.held.get((seat, provision, chosen), "SUPPORT")
            if before not in AGREEING and stance["level"] in AGREEING and stage.proposed.get(chosen) != seat:
                _note(self.agreed, stage, seat, provision)
            asked = stage.asked.get(provision)
            if asked and asked.seat == seat and asked.reworded and stance["level"] != "OBJECT" and not chosen:
                _note(self.asked, stage, seat, provision)
            self.held[seat, provision, chosen] = stance["level"]

    def gained(self, seat: str) -> str:
        """What a seat gained, in words; empty where it gained nothing."""
        parts = (("its words in", self.words), ("what it asked for in", self.asked))
        return _said((words, found.get(seat, {})) for words, found in parts)

    def gave(self, seat: str) -> str:
        """What a seat gave, in words; empty where it gave nothing. To agree to one's own words, or to what one has
        asked for, is no gift.
        """
        own = {*self.words.get(seat, ()), *self.asked.get(seat, ())}
        parts = (("agreed to", self.agreed), ("withdrew its objection to", self.withdrawn))
        return _said((words, found.get(seat, {}).keys() - own) for words, found in parts)


def _note(found: dict[str, dict[str, None]], stage: Stage, seat: str | None, provision: str) -> None:
    if seat:
        found.setdefault(seat, {})[stage.clause(provision)] = None


def _said(parts: Iterable[tuple[str, Iterable[str]]]) -> str:
    told: list[str] = []
    for words, clauses in parts:
        named = sorted(clauses)
        if named:
            more = f" and {len(named) - NAMED} more" if len(named) > NAMED else ""
            told.append(f"{words} {', '.join(named[:NAMED])}{more}")
    return ", ".join(told)
