"""What each member gained and gave in a play: its words taken up, and what it came to agree to.

Why counted from what the gallery hears: whoever doubts that everybody gives and gains something can follow the record
and count again. Nothing is weighed, and nobody is put before anybody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from polylogue.vocabulary import StanceLevel
from server.demo.stage import Stage

AGREEING = frozenset(("SUPPORT", "ACCEPT"))
LEVELS = [level.value for level in StanceLevel]
"""From the most to the least that one can hold of a wording."""
NAMED = 3
"""Clauses that a line names; the others are counted."""

Target = tuple[str, str, str]
"""Who holds something of which clause, and of which wording of it, "" for the present text."""


@dataclass(slots=True)
class Gains:
    """By seat the numbers of clauses, each once and in the order of the record: whose words it has, where what it had
    asked for was taken up, where the wording that it preferred was chosen; to what it came to agree, where it gave up
    an objection, where another wording was chosen than the one it preferred, what it let pass with a reservation.
    """

    words: dict[str, dict[str, None]] = field(default_factory=dict[str, dict[str, None]])
    asked: dict[str, dict[str, None]] = field(default_factory=dict[str, dict[str, None]])
    agreed: dict[str, dict[str, None]] = field(default_factory=dict[str, dict[str, None]])
    withdrawn: dict[str, dict[str, None]] = field(default_factory=dict[str, dict[str, None]])
    preferred: dict[str, dict[str, None]] = field(default_factory=dict[str, dict[str, None]])
    gave_way: dict[str, dict[str, None]] = field(default_factory=dict[str, dict[str, None]])
    reserved: dict[str, dict[str, None]] = field(default_factory=dict[str, dict[str, None]])
    held: dict[Target, str] = field(default_factory=dict[Target, str])
    authors: dict[str, str] = field(default_factory=dict[str, str])
    others: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """By clause the wordings in its bracket beside the present one."""

    def hear(self, stage: Stage, entry: Mapping[str, Any]) -> None:
        """Take in an entry that the stage has heard."""
        said: Mapping[str, Any] = entry.get("detail", {})
        match entry.get("kind"):
            case "ProvisionProposed":
                self.authors[said["provision"]] = entry["seat"]
            case "AmendmentAccepted" if said["final"]:
                _note(self.words, stage, stage.proposed.get(said["amendment"]), stage.about(said))
            case "AlternativeProposed" | "DraftTabled" | "BracketClosed" | "CandidateTaken" as kind:
                self._bracket(stage, kind, said)
            case "TextAdopted":
                for clause in stage.items[said["item"]].clauses:
                    _note(self.words, stage, self.authors.get(clause), clause)
                    for seat in stage.members:
                        if self.held.get((seat, clause, "")) == StanceLevel.RESERVE:
                            _note(self.reserved, stage, seat, clause)
            case "ObjectionWithdrawn":
                _note(self.withdrawn, stage, entry["seat"], said["provision"])
            case "StancesStated":
                self._stated(stage, entry["seat"], said["stances"])
            case _:
                pass

    def _bracket(self, stage: Stage, kind: str, said: Mapping[str, Any]) -> None:
        match kind:
            case "AlternativeProposed":
                self.others.setdefault(said["provision"], []).append(said["alternative"])
            case "DraftTabled":
                for clause in said["clauses"]:
                    self.others.setdefault(clause["id"], []).extend(each["id"] for each in clause["alternatives"])
            case "BracketClosed":
                self._chosen(stage, said["provision"], said["chosen"] or "")
            case _:
                for way in stage.ways_of(said["item"], said["candidate"]):
                    self._chosen(stage, way["provision"], way["alternative"] or "")

    def _chosen(self, stage: Stage, provision: str, chosen: str) -> None:
        """A wording of a bracket has become the text: its author's gain, and that of all who held more of it than of
        another; who held more of another has given way.
        """
        _note(self.words, stage, stage.proposed.get(chosen), provision)
        wordings = ("", *self.others.pop(provision, ()))
        for seat in stage.members:
            held = {w: level for w in wordings if (level := self.held.get((seat, provision, w)))}
            if level := held.get(chosen):
                ranks = [*map(LEVELS.index, held.values())]
                if LEVELS.index(level) > min(ranks):
                    _note(self.gave_way, stage, seat, provision)
                elif LEVELS.index(level) < max(ranks):
                    _note(self.preferred, stage, seat, provision)
                self.held[seat, provision, ""] = level

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
        """What a seat gained, in words: by itself, or else with others; empty where it gained nothing."""
        own = _said(seat, (("its words in", self.words), ("what it asked for in", self.asked)))
        return own or _said(seat, (("the wording it preferred in", self.preferred),), self.agreed.get(seat, ()))

    def gave(self, seat: str) -> str:
        """What a seat gave, in words: where it changed its mind, or else where it let others have theirs; empty where
        it gave nothing. To agree to one's own words, or to what one has asked for, is no gift.
        """
        own = {*self.words.get(seat, ()), *self.asked.get(seat, ())}
        changed = _said(seat, (("agreed to", self.agreed), ("withdrew its objection to", self.withdrawn)), own)
        return changed or _said(seat, (("gave way in", self.gave_way), ("let pass", self.reserved)), own)


def _note(found: dict[str, dict[str, None]], stage: Stage, seat: str | None, provision: str) -> None:
    if seat:
        found.setdefault(seat, {})[stage.clause(provision)] = None


def _said(seat: str, parts: Iterable[tuple[str, Mapping[str, Iterable[str]]]], but: Iterable[str] = ()) -> str:
    told: list[str] = []
    for words, found in parts:
        if named := sorted(set(found.get(seat, ())).difference(but)):
            more = f" and {len(named) - NAMED} more" if len(named) > NAMED else ""
            told.append(f"{words} {', '.join(named[:NAMED])}{more}")
    return ", ".join(told)
