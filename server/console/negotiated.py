"""What is negotiated, as the desk has it before itself: the text with its brackets, whose concerns stand, which
amendments wait, and what became of the last call.

Why from the board's own shape: the desk and the wall then never count differently.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from polylogue.vocabulary import StanceLevel
from server.console.amendments import Amendment
from server.console.board import Clause, Focus, board
from server.console.concerns import Concern
from server.console.pages import Answer, View


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in the way in a clause: how many wordings its bracket has (0: it has none), who that counts cannot
    live with its present text (null), or only with what it says in a language, and whose amendments wait there.
    """

    place: str
    wordings: int
    against: tuple[tuple[str | None, tuple[str, ...]], ...]
    waiting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the last call ended; `decision` is the number of what was adopted, `by` are those who object."""

    kind: str
    decision: int | None
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Negotiated:
    """`clauses` are the board's, each with its place and who holds what on it; `concerns` as its macro takes them, with
    the places of their clauses.
    """

    focus: Focus
    clauses: tuple[tuple[str, Clause, Mapping[str, Sequence[str]]], ...]
    openings: tuple[Amendment, ...]
    concerns: tuple[Mapping[str, Any], ...]
    standing: tuple[Standing, ...]
    outcome: Outcome | None


def negotiated(room: Answer, view: View) -> Negotiated | None:
    """Of the item that is shown, in the language of the page where a clause stands in it; null where there is none."""
    shown = board(room, replace(view, text=view.text or view.language))
    focus = shown["focus"]
    if focus is None:
        return None
    number = focus.item["number"]
    clauses = tuple((f"{number}.{each.number}", each, _held(focus, at)) for at, each in enumerate(focus.clauses))
    return Negotiated(
        focus=focus,
        clauses=clauses,
        openings=focus.openings,
        concerns=tuple(_concern(each, number) for each in focus.concerns),
        standing=tuple(
            each for each in (_standing(place, clause, focus) for place, clause, _ in clauses) if _stands(each)
        ),
        outcome=_outcome(focus),
    )


def _held(focus: Focus, at: int) -> Mapping[str, Sequence[str]]:
    """Who of those counted holds what on the present text of a clause, by level."""
    said = [(row.cells[at].level, row.name) for row in focus.counted if not row.cells[at].carried]
    return {level.value: [name for held, name in said if held == level] for level in StanceLevel}


def _concern(concern: Concern, item: int) -> Mapping[str, Any]:
    told = {field.name: getattr(concern, field.name) for field in fields(concern)}
    return told | {"clause": f"{item}.{concern.clause}"}


def _standing(place: str, clause: Clause, focus: Focus) -> Standing:
    of_clause = [each for each in focus.concerns if each.counted and each.clause == clause.number and not each.label]
    versions = sorted({each.version for each in of_clause}, key=lambda version: version or "")
    against = ((version, (each.name for each in of_clause if each.version == version)) for version in versions)
    return Standing(
        place=place,
        wordings=1 + len(clause.alternatives) if clause.state == "BRACKETED" else 0,
        against=tuple((version, tuple(dict.fromkeys(names))) for version, names in against),
        waiting=tuple(each.proposer for each in clause.amendments),
    )


def _stands(each: Standing) -> bool:
    return bool(each.wordings or each.against or each.waiting)


def _outcome(focus: Focus) -> Outcome | None:
    """None while a call is open, and once the text has moved on from what a call left."""
    call, item = focus.last_call, focus.item
    if call is None or focus.call or not call["outcome"]:
        return None
    if call["outcome"] == "ADOPTED":
        return Outcome("ADOPTED", item["decision"]["number"], ()) if item["decision"] else None
    if item["text"]["state"] != ("BLOCKED" if call["outcome"] == "BLOCKED" else "CLEAN"):
        return None
    by = dict.fromkeys(each.name for each in focus.concerns if each.state and each.counted)
    return Outcome(call["outcome"], None, tuple(by))
