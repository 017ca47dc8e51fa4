"""How a play ended: each item with its adopted text and the opinions on record, or why it was left."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from polylogue.vocabulary import Hash, SessionId, StanceLevel, Standing
from server.demo.acts import Script
from server.demo.client import Client
from server.demo.documents import ENDED
from server.demo.gains import Gains
from server.demo.stage import Line, Stage

MOST_MOVED, VISIBLE = 3, 0.005
"""Entries of a kind that are named; the least change that two places show."""


@dataclass(frozen=True, slots=True)
class AdoptedClause:
    """A clause as adopted: its number, whether it is preambular, its texts by language."""

    number: int
    preambular: bool
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OnRecord:
    """An opinion on record; `clause` is 0 when it is on the whole text."""

    seat: str
    kind: str
    clause: int
    text: str


@dataclass(frozen=True, slots=True)
class Objecting:
    """A member that cannot live with a wording of a clause at the end; `of` is whose wording, "" for the present text
    and "draft" for one that a draft brought.
    """

    seat: str
    clause: int
    of: str
    reason: str
    removed_by: str


@dataclass(frozen=True, slots=True)
class Moved:
    """An entry of moves or new words, how far an item's mean closeness changed by it and how much of that by the moves;
    or one of new words that is not among the largest changes: `change` is null. And what it was, as it was told.
    """

    seq: int
    change: float | None
    by_moves: float
    line: Line


@dataclass(frozen=True, slots=True)
class ItemEnded:
    """An item at the end of the play. `decision` is 0 and `clauses` are empty where nothing was adopted."""

    number: int
    title: str
    phase: str
    decision: int
    clauses: tuple[AdoptedClause, ...]
    opinions: tuple[OnRecord, ...]
    deferred: str
    closeness: tuple[float, ...]
    objections: tuple[Objecting, ...]
    moved: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What a member gained and gave, in words; empty where that was nothing."""

    name: str
    gained: str
    gave: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The whole play: what the record holds at its end, how many entries the gallery was not shown, the names of the
    seats, each member's part in the order of their names, and the token of a facilitator, who reads everything.
    """

    session: SessionId
    script: Script
    title: str
    phase: str
    entries: int
    withheld: int
    tree_root: Hash
    items: tuple[ItemEnded, ...]
    names: Mapping[str, str]
    parts: tuple[Part, ...]
    facilitator: str = field(repr=False)


async def outcome_of(
    client: Client, session: SessionId, facilitator: str, script: Script, stage: Stage, gains: Gains
) -> Outcome:
    """How the play ended, asked of the server as its facilitator."""
    told = (await client.ask(ENDED, facilitator, session=session))["session"]
    members = {seat["code"] for seat in told["delegations"] if seat["standing"] == Standing.MEMBER}
    items = tuple(_item(item, members, stage) for item in told["agenda"])
    seq, root = told["head"]["seq"], Hash(told["head"]["treeRoot"])
    parts = tuple(
        Part(name, gains.gained(seat), gains.gave(seat))
        for seat, name in sorted(stage.names.items(), key=lambda named: named[1])
        if seat in members
    )
    return Outcome(
        session, script, stage.title, told["phase"], seq, stage.withheld, root, items, stage.names, parts, facilitator
    )


def _item(told: Mapping[str, Any], members: Collection[str], stage: Stage) -> ItemEnded:
    decision = told["decision"] or {"number": 0, "clauses": (), "opinions": ()}
    numbers = {provision["id"]: provision["number"] for provision in told["text"]["provisions"]}
    heard = next(item for item in stage.items.values() if item.number == told["number"])
    return ItemEnded(
        told["number"],
        told["title"],
        told["phase"],
        decision["number"],
        tuple(
            AdoptedClause(
                clause["number"],
                clause["kind"] == "PREAMBULAR",
                {version["language"]: version["text"] for version in clause["versions"]},
            )
            for clause in decision["clauses"]
        ),
        tuple(
            OnRecord(
                one["seat"],
                one["kind"],
                numbers[one["provision"]] if one["provision"] else 0,
                one["text"]["text"],
            )
            for one in decision["opinions"]
        ),
        (told["deferredReason"] or {"text": ""})["text"],
        tuple(f.closeness for f in heard.figures if f.closeness is not None and f.stated == f.cells),
        tuple(_objecting(told["text"]["provisions"], members)),
        tuple(_moved(told["movement"], stage)),
    )


def _moved(movement: Mapping[str, Any] | None, stage: Stage) -> Iterator[Moved]:
    """The moves and new words by which the figure changed most, and visibly, and beside them the last by which words
    changed, in the order of the record.
    """
    if not movement:
        return
    shifts = [(each["seq"], float(each["change"])) for each in movement["largest"]]
    by_moves = {each["seq"]: float(each["byMoves"]) for each in movement["largest"]}
    most = sorted(shifts, key=lambda shift: (-abs(shift[1]), shift[0]))[:MOST_MOVED]
    reworded = sorted({each["seq"] for each in movement["rewordings"]})[-MOST_MOVED:]
    found: dict[int, float | None] = dict.fromkeys(reworded)
    found |= {seq: change for seq, change in shifts if seq in found and abs(change) >= VISIBLE}
    found |= {seq: change for seq, change in most if abs(change) >= VISIBLE}
    for seq, change in sorted(found.items()):
        if line := stage.line_of(seq):
            yield Moved(seq, change, by_moves.get(seq, 0.0), line)


def _objecting(provisions: Iterator[Mapping[str, Any]], members: Collection[str]) -> Iterator[Objecting]:
    """Who cannot live with the present text of a clause, then with each other wording in its bracket."""
    for provision in provisions:
        for wording in (provision, *provision["alternatives"]):
            of = "" if wording is provision else wording["seat"] or "draft"
            for stance in wording["stances"]:
                if stance["level"] == StanceLevel.OBJECT and stance["seat"] in members:
                    reason, removed_by = (
                        (stance[name] or {"text": ""})["text"] or "" for name in ("reason", "wouldBeRemovedBy")
                    )
                    yield Objecting(stance["seat"], provision["number"], of, reason, removed_by)
