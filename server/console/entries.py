"""Entries of the record as lines that people read: when, whose act it was, and what its words are about.

Why the places are looked up here: a line says "clause 1.2", and an entry has only ids.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from server.console.views import Answer


@dataclass(frozen=True, slots=True)
class Line:
    """An entry that the viewer may read. `clause` is "1.2", null for one that stands no longer in the text; `item` is
    an item's number, null where the entry is about none.
    """

    seq: int
    at: str
    kind: str
    seat: str | None
    role: str
    entered_by: str | None
    item: int | None
    clause: str | None
    detail: dict[str, Any]


def lines(session: Answer) -> Iterator[Line]:
    """Those entries of a session's answer that the viewer may read, in their order."""
    items = {item["id"]: item["number"] for item in session["agenda"]}
    clauses: dict[str, str] = {}
    for item in session["agenda"]:
        for provision in item["text"]["provisions"]:
            name = f"{item['number']}.{provision['number']}"
            clauses |= {provision["id"]: name, **{each["id"]: name for each in provision["amendments"]}}
    for entry in session["record"]:
        if "kind" not in entry:  # it is withheld
            continue
        detail = entry["detail"] or {}
        about = detail.get("provision") or detail.get("amendment") or ""
        yield Line(
            seq=entry["seq"],
            at=entry["at"],
            kind=entry["kind"],
            seat=entry["seat"],
            role=entry["actor"]["role"],
            entered_by=entry["enteredBy"] and entry["enteredBy"]["role"],
            item=detail["added"]["number"] if "added" in detail else items.get(detail.get("item", "")),
            clause=clauses.get(about),
            detail=detail,
        )
