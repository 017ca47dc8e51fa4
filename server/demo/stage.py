"""The stage: what the public gallery has heard of the session so far, ready to be shown.

Why only from the record: what the screen shows is what anybody may follow, entry by entry; the script is not asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from polylogue.vocabulary import CallOutcome, ItemPhase, Standing, TextState

FEEDS = frozenset(
    ("StancesStated", "ProvisionProposed", "ProvisionWithdrawn", "AlternativeProposed", "BracketClosed",
     "BracketReopened", "AmendmentAccepted", "DraftTabled", "CandidateTaken")
)  # fmt: skip
"""Kinds of entries that move an item's figures; a text that is declared clean does where it has brackets left."""

AFTER_A_CALL = {
    CallOutcome.ADOPTED: TextState.ADOPTED,
    CallOutcome.BLOCKED: TextState.BLOCKED,
    CallOutcome.NO_QUORUM: TextState.CLEAN,
    CallOutcome.WITHDRAWN: TextState.CLEAN,
}


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in words: who (a seat's code, an officer, or nobody in particular), what they do, and their words.

    `english` translates words in another language; `seq` is the entry's place, 0 for what is no entry.
    """

    who: str
    did: str
    words: str = ""
    english: str = ""
    tone: str = ""
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """What a seat that objected in a call said would remove its objection; `reworded` since."""

    seat: str
    words: str
    reworded: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """Headline figures of an item at an entry; closeness is 0 to 1, or null while nobody can be compared."""

    basis: int
    closeness: float | None
    objections: int
    stated: int
    cells: int


@dataclass(frozen=True, slots=True)
class Round:
    """Candidates as they were proposed, what they do with clauses, and their numbers in the order they have now."""

    candidates: Sequence[Mapping[str, Any]]
    wordings: Sequence[Mapping[str, Any]]
    order: Sequence[int]

    def ways(self, number: int) -> list[Mapping[str, Any]]:
        """What a candidate does with each clause."""
        return [self.wordings[place] for place in self.candidates[number - 1]["wordings"]]


@dataclass(slots=True)
class OnStage:
    """An item as the gallery knows it. Tuples and not lists: a screen may be looking from another thread."""

    number: int
    id: str
    title: str
    phase: str = ItemPhase.LISTED
    text: str = TextState.WORKING
    clauses: tuple[str, ...] = ()
    bracketed: frozenset[str] = frozenset()
    closed: int = 0
    drafts: int = 0
    fed: int = 0
    callable_from: str = ""
    objections_until: str = ""
    figures: tuple[Figures, ...] = ()

    @property
    def reported(self) -> int:
        """The entry up to which figures are known."""
        return self.figures[-1].basis if self.figures else 0


@dataclass(slots=True)
class Stage:
    """The session as the gallery knows it: items by id, names of seats, what was put forward by whom."""

    title: str = ""
    names: dict[str, str] = field(default_factory=dict[str, str])
    members: frozenset[str] = frozenset()
    items: dict[str, OnStage] = field(default_factory=dict[str, OnStage])
    lines: tuple[Line, ...] = ()
    heard: int = 0
    sitting: bool = False
    present: tuple[str, ...] = ()
    quorum: int = 0
    """How many members it takes to decide; 0 while that is not known."""
    withheld: int = 0
    proposed: dict[str, str] = field(default_factory=dict[str, str])
    worded: dict[str, str] = field(default_factory=dict[str, str])
    amendments: dict[str, Mapping[str, Any]] = field(default_factory=dict[str, Mapping[str, Any]])
    asked: dict[str, Asked] = field(default_factory=dict[str, Asked])
    """By the clause that was objected to; the last objection stands for several."""
    rounds: dict[str, Round] = field(default_factory=dict[str, Round])
    """By item the last round of candidates."""

    def line_of(self, seq: int) -> Line | None:
        """The line of an entry; for one that goes with the entry before it, such as the stance that an objection
        brings, the line of that.
        """
        return next((line for line in reversed(self.lines) if line.seq <= seq), None)

    def attendance(self) -> str:
        """How many are present: of the members, as the quorum counts them, and of the others."""
        there = self.members.intersection(self.present)
        members = f"{len(there)} of {len(self.members)} members" + (f" (quorum: {self.quorum})" if self.quorum else "")
        others = len(self.names) - len(self.members)
        return (
            f"{members} and {len(self.present) - len(there)} of {others} others present"
            if others
            else f"{members} present"
        )

    def item_of(self, provision: str) -> OnStage | None:
        return next((item for item in self.items.values() if provision in item.clauses), None)

    def about(self, said: Mapping[str, Any]) -> str:
        """The clause that an entry is about, by itself or through an amendment; empty where it is about none."""
        return said.get("provision") or self.amendments.get(said.get("amendment", ""), {}).get("provision", "")

    def clause(self, provision: str) -> str:
        """How a clause is called: item and number, "1.2"."""
        item = self.item_of(provision)
        return f"{item.number}.{item.clauses.index(provision) + 1}" if item else "?"

    def number_of(self, item: str, candidate: str) -> int:
        """The number of a candidate of an item's last round."""
        return 1 + [each["id"] for each in self.rounds[item].candidates].index(candidate)

    def ways_of(self, item: str, candidate: str) -> list[Mapping[str, Any]]:
        """What a candidate of an item's last round does with each clause."""
        return self.rounds[item].ways(self.number_of(item, candidate))

    def measure(self, item: str, report: Mapping[str, Any]) -> None:
        """Take in a convergence report."""
        found, told = self.items[item], report["headline"]
        closeness = float(told["meanCloseness"]) if told["meanCloseness"] is not None else None
        figures = Figures(report["basis"], closeness, told["objections"], told["stated"], told["cells"])
        found.figures = (*found.figures, figures)

    def hear(self, entry: Mapping[str, Any]) -> None:
        """Take in an entry of the record, before it is put into words."""
        self.heard = entry["seq"]
        if "kind" not in entry:
            self.withheld += 1
            return
        said: Mapping[str, Any] = entry["detail"]
        item = self._concerned(entry["kind"], said)
        if item and _feeds(item, entry["kind"], said):
            item.fed = entry["seq"]
        match entry["kind"]:
            case "SessionScheduled":
                self._begin(said)
            case "SessionOpened":
                self.sitting = True
            case "RollCallRecorded":
                self.present = tuple(said["present"])
            case "AlternativeProposed" | "AmendmentProposed":
                self._put_forward(entry["seat"], said)
            case "CandidatesProposed" | "CandidatesRanked":
                self._keep_round(said)
            case _:
                pass
        if item and entry["kind"] == "AmendmentAccepted" and said["final"]:
            _place(item, self.amendments[said["amendment"]])
        if item:
            _move(item, entry["kind"], said)
            _bracket(item, entry["kind"], said)
        if entry["kind"] == "DraftTabled":
            self._credit(said)
        self._keep_asked(entry, said)

    def _begin(self, said: Mapping[str, Any]) -> None:
        self.title = _english(said["titles"])
        self.names = {seat["code"]: _english(seat["names"]) or seat["code"] for seat in said["delegations"]}
        self.members = frozenset(seat["code"] for seat in said["delegations"] if seat["standing"] == Standing.MEMBER)
        self.items = {item["id"]: _listed(item) for item in said["items"]}

    def _put_forward(self, seat: str, said: Mapping[str, Any]) -> None:
        id = said.get("alternative") or said["amendment"]
        self.proposed[id] = seat
        if said["versions"]:
            self.worded[id] = said["versions"][0]["text"] or ""
        if "amendment" in said:
            self.amendments[id] = said

    def _keep_round(self, said: Mapping[str, Any]) -> None:
        """Remember a round, and in which order its candidates are since a seat has ranked them."""
        order = said["choice"]["order"]
        if "candidates" in said:
            self.rounds[said["item"]] = Round(said["candidates"], said["wordings"], order)
        else:
            self.rounds[said["item"]] = replace(self.rounds[said["item"]], order=order)

    def _concerned(self, kind: str, said: Mapping[str, Any]) -> OnStage | None:
        if kind == "ItemAdded":
            return None
        if id := said.get("item") or said.get("ofItem"):
            return self.items.get(id)
        if amendment := self.amendments.get(said.get("amendment", "")):
            return self.items.get(amendment["item"])
        return self.item_of(said["provision"]) if "provision" in said else None

    def _keep_asked(self, entry: Mapping[str, Any], said: Mapping[str, Any]) -> None:
        """Remember what an objection asks for, and that its clause has got other words since."""
        provision = self.about(said)
        match entry["kind"]:
            case "ObjectionRaised":
                words = (said["wouldBeRemovedBy"] or {}).get("text") or ""
                self.asked[provision] = Asked(entry["seat"], words)
            case "AmendmentAccepted" | "BracketClosed" if provision in self.asked:
                if said.get("becomes") or said.get("chosen"):
                    self.asked[provision] = replace(self.asked[provision], reworded=True)
            case _:
                pass

    def _credit(self, said: Mapping[str, Any]) -> None:
        """Remember who is behind the wordings that a draft brought: those whose amendments they are made of."""
        for clause in said["clauses"]:
            for alternative in clause["alternatives"]:
                seat = next((source["seat"] for source in alternative["sources"] if source["seat"]), None)
                if seat:
                    self.proposed.setdefault(alternative["id"], seat)


def _feeds(item: OnStage, kind: str, said: Mapping[str, Any]) -> bool:
    """Whether an entry moves an item's figures. A language version does where it makes the others stale, the closing of
    a call where objections have blocked it, a correction where it is of stances.
    """
    match kind:
        case "TextCleaned":
            return bool(item.bracketed)
        case "VersionProvided":
            return bool(said["stale"])
        case "CallClosed":
            return said["outcome"] == CallOutcome.BLOCKED
        case "EntryCorrected":
            return bool(said["stances"] or said["dropped"])
        case _:
            return kind in FEEDS


def _listed(item: Mapping[str, Any]) -> OnStage:
    clauses = tuple(clause["id"] for clause in item["provisions"])
    return OnStage(item["number"], item["id"], _english(item["titles"]), clauses=clauses)


def _move(item: OnStage, kind: str, said: Mapping[str, Any]) -> None:
    """What an entry does to an item's phase and text."""
    match kind:
        case "ItemOpened":
            item.phase = said["phase"]
        case "ItemDeferred":
            item.phase = ItemPhase.DEFERRED
        case "TextCirculated":
            item.phase, item.text, item.callable_from = (
                ItemPhase.NEGOTIATION, TextState.CIRCULATED, said["callableFrom"],
            )  # fmt: skip
        case "TextCleaned":
            item.text = TextState.CLEAN
        case "CallOpened":
            item.phase, item.text, item.objections_until = (
                ItemPhase.DECISION, TextState.CALLED, said["objectionsUntil"],
            )  # fmt: skip
        case "CallClosed":
            item.text, item.objections_until = AFTER_A_CALL[CallOutcome(said["outcome"])], ""
            if item.text is TextState.CLEAN:
                item.phase = ItemPhase.NEGOTIATION
        case "TextAdopted":
            item.phase = ItemPhase.CONCLUDED
        case _:
            pass
    if said.get("reopens") or kind == "TextReopened":
        item.phase, item.text = ItemPhase.NEGOTIATION, TextState.CIRCULATED


def _place(item: OnStage, amendment: Mapping[str, Any]) -> None:
    """An accepted amendment puts a clause in, or moves one; one taken out keeps its number, as when withdrawn."""
    if amendment["would"] not in ("INSERT_AFTER", "MOVE") or amendment["amends"]:
        return
    others = [clause for clause in item.clauses if clause != amendment["provision"]]
    place = others.index(amendment["behind"]) + 1 if amendment["behind"] else 0
    item.clauses = (*others[:place], amendment["provision"], *others[place:])


def _bracket(item: OnStage, kind: str, said: Mapping[str, Any]) -> None:
    """What an entry does to an item's clauses and brackets."""
    match kind:
        case "ProvisionProposed":
            place = item.clauses.index(said["after"]) + 1 if said["after"] else len(item.clauses)
            item.clauses = (*item.clauses[:place], said["provision"], *item.clauses[place:])
        case "AlternativeProposed":
            item.bracketed |= {said["provision"]}
        case "CandidateTaken":
            item.closed += len(item.bracketed.intersection(clause["provision"] for clause in said["clauses"]))
            item.bracketed -= {clause["provision"] for clause in said["clauses"]}
        case "DraftTabled":
            item.drafts = said["number"]
            new = (clause["id"] for clause in said["clauses"] if clause["id"] not in item.clauses)
            item.clauses = (*item.clauses, *new)
            item.bracketed |= {clause["id"] for clause in said["clauses"] if clause["alternatives"]}
        case "BracketClosed":
            item.bracketed -= {said["provision"]}
            item.closed += 1
        case "TextCleaned":
            item.bracketed = frozenset()
        case _:
            pass


def _english(texts: list[Mapping[str, Any]]) -> str:
    """The English one of texts in several languages, else the first."""
    found = next((text for text in texts if text["language"] == "en"), texts[0] if texts else {"text": ""})
    return found["text"] or ""
