"""How a play ended: each item with its adopted text and the opinions on record, or why it was left."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from polylogue.vocabulary import Hash, ProvisionState, SessionId
from server.demo.acts import Script
from server.demo.client import Client
from server.demo.documents import ENDED
from server.demo.stage import Stage


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
    objections: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """The whole play: what the record holds at its end, and how many entries the gallery was not shown."""

    session: SessionId
    script: Script
    title: str
    phase: str
    entries: int
    withheld: int
    tree_root: Hash
    items: tuple[ItemEnded, ...]


async def outcome_of(client: Client, session: SessionId, token: str, script: Script, stage: Stage) -> Outcome:
    """How the play ended, asked of the server."""
    told = (await client.ask(ENDED, token, session=session))["session"]
    items = tuple(_item(item, stage) for item in told["agenda"])
    head = told["head"]
    root = Hash(head["treeRoot"])
    return Outcome(session, script, stage.title, told["phase"], head["seq"], stage.withheld, root, items)


def _item(told: Mapping[str, Any], stage: Stage) -> ItemEnded:
    decision = told["decision"] or {"number": 0, "clauses": (), "opinions": ()}
    standing = [p["id"] for p in told["text"]["provisions"] if p["state"] != ProvisionState.WITHDRAWN]
    heard = next(item for item in stage.items.values() if item.number == told["number"])
    report = told["convergence"]
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
                standing.index(one["provision"]) + 1 if one["provision"] else 0,
                one["text"]["text"],
            )
            for one in decision["opinions"]
        ),
        (told["deferredReason"] or {"text": ""})["text"],
        tuple(f.closeness for f in heard.figures if f.closeness is not None and f.stated == f.cells),
        report["headline"]["objections"] if report else 0,
    )
