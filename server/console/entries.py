"""Entries of the record as lines that people read: when, whose act it was, and what its words are about.

Why the places are looked up here: a line says "clause 1.2", and an entry has only ids. An act that leaves two entries,
as an objection leaves a stance too, is told once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from server.console.amendments import named
from server.console.pages import Answer

TELL_THE_STANCE = ("ObjectionRaised", "ObjectionWithdrawn")
"""Kinds of entries that are followed by the stance that their command sets."""


@dataclass(frozen=True, slots=True)
class Line:
    """An entry that the viewer may read. `who` is the delegation whose act it was, `whom` are those that it is about,
    by their names. `clause` is "1.2", null for one that does not stand in the text: it did once, or it is `to_come`; of
    stances, where all are on one clause. `item` is an item's number, null where the entry is about none; `corrects` the
    entry that this one corrects; `corrected` says that one of those at hand corrects this one.
    """

    seq: int
    at: str
    kind: str
    who: str | None
    whom: tuple[str, ...]
    role: str
    entered_by: str | None
    item: int | None
    clause: str | None
    to_come: bool
    corrects: int | None
    corrected: bool
    detail: dict[str, Any]


def lines(session: Answer) -> Iterator[Line]:
    """Those entries of a session's answer that the viewer may read, in their order."""
    items = {item["id"]: item["number"] for item in session["agenda"]}
    names = {each["code"]: each["name"] or each["code"] for each in session["delegations"]}
    clauses: dict[str, str] = {}
    amended: dict[str, str | None] = {}
    for item in session["agenda"]:
        provisions = item["text"]["provisions"]
        clauses |= {each["id"]: f"{item['number']}.{each['number']}" for each in provisions}
        amended |= dict(named(item["text"], clauses))
    corrected = {entry.get("corrects") for entry in session["record"]}
    before: Mapping[str, Any] = {}
    for entry in session["record"]:
        told, before = _told_by(before, entry), entry
        if told or "kind" not in entry:  # it is withheld
            continue
        detail = entry["detail"] or {}
        amendment = detail.get("amendment")
        clause = amended.get(amendment) if amendment else clauses.get(_provision(detail) or "")
        expected = [detail["expectedOf"]] if "expectedOf" in detail else []
        yield Line(
            seq=entry["seq"],
            at=entry["at"],
            kind=entry["kind"],
            who=entry["seat"] and names.get(entry["seat"], entry["seat"]),
            whom=tuple(names.get(code, code) for code in detail.get("seats") or expected),
            role=entry["actor"]["role"],
            entered_by=entry["enteredBy"] and entry["enteredBy"]["role"],
            item=detail["added"]["number"] if "added" in detail else items.get(detail.get("item", "")),
            clause=clause,
            to_come=clause is None and amendment in amended,
            corrects=entry.get("corrects"),
            corrected=entry["seq"] in corrected,
            detail=detail,
        )


def _provision(detail: Mapping[str, Any]) -> str | None:
    """The one clause that an entry is about."""
    about = {each["provision"] for each in detail.get("stances") or ()}
    return about.pop() if len(about) == 1 else detail.get("provision")


def _told_by(before: Mapping[str, Any], entry: Mapping[str, Any]) -> bool:
    """Whether an entry is the stance that the entry right before it, of the same command, tells of."""
    same = entry.get("kind") == "StancesStated" and before.get("kind") in TELL_THE_STANCE
    return same and entry["command"] == before["command"]
