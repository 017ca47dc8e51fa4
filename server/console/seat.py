"""What a delegate sees on a phone: what is asked of the seat now, the clauses with the seat's own word on each, and
what else is open to it.

Why what is open comes from the rule set's own rows: a session may be under another, and a form that could only be
refused is not offered.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from polylogue.vocabulary import LanguageTag
from server.console.alphabets import names_in_order
from server.console.asked import asked
from server.console.clauses import Clause, changes_of, clauses_of
from server.console.entered import entered
from server.console.pages import Answer, View
from server.console.wordings import Wording, chosen, said


@dataclass(frozen=True, slots=True)
class Open:
    """The commands that the rules leave open to a seat of this standing, as session, item and text stand."""

    names: frozenset[str]

    def __contains__(self, command: str) -> bool:
        return command in self.names


def seat(session: Answer, view: View) -> dict[str, Any]:
    """The values of the seat's template."""
    room = session["room"]
    item, own = room["item"], session["item"]
    delegations = {each["code"]: each for each in room["delegations"]}
    me, preferred = delegations[view.seat or ""], languages(room, view)
    names = names_in_order(room["delegations"], view.language)
    opened = Open(frozenset(_open(room, item, me["standing"])))
    clauses = tuple(clauses_of(item, own, me["code"], preferred, me["languages"])) if item else ()
    insertions = tuple(changes_of(item["text"]["insertions"], {}, me["code"], preferred)) if item else ()
    position = own["positions"]["nodes"][0] if own and own["positions"]["nodes"] else None
    return {
        "session": room,
        "me": me,
        "seats": [delegations[code] for code in names if code in view.standpoint.seats],
        "names": names,
        "item": item,
        "title": item and chosen(item["titles"], (view.language, *preferred)),
        "tabs": [(each, chosen(each["titles"], (view.language, *preferred))) for each in room["agenda"]],
        "open": opened,
        "asks": tuple(asked(room, item, me, opened, clauses, insertions)),
        "clauses": clauses,
        "insertions": insertions,
        "position": position,
        "entered": entered(item, own, me["code"], clauses),
        "tongues": tuple(dict.fromkeys((*me["languages"], room["working"], *room["authentic"]))),
        "candidates": _candidates(item, clauses, preferred, me["code"]) if "RankCandidates" in opened else (),
        "adopted": _adopted(item, preferred),
        "opinions": [(each, said(each["text"])) for each in _opinions(item) if each["seat"] == me["code"]],
    }


def languages(room: Answer, view: View) -> tuple[LanguageTag, ...]:
    """The languages in which texts are shown: the one asked for, the reader's own if the session has it, its others."""
    known = [LanguageTag(tag) for tag in (room["working"], *room["authentic"])]
    first = [tag for tag in (view.text, view.language) if tag and tag in known]
    return tuple(dict.fromkeys((*first, *known)))


def _opinions(item: Answer | None) -> list[Answer]:
    return item["opinions"] if item else []


def _open(room: Answer, item: Answer | None, standing: str) -> Iterable[str]:
    for row in room["ruleSet"]["commands"]:
        here = standing in row["seat"] and room["phase"] in row["session"]
        of_item = item and item["phase"] in row["item"] and (not row["text"] or item["text"]["state"] in row["text"])
        if here and of_item:
            yield row["command"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A candidate for the whole text, and the place that the seat has given it; `parts` are its clauses that read
    otherwise than the text, by number.
    """

    id: str
    number: int
    status_quo: bool
    present: bool
    objections: int
    explanation: Wording | None
    parts: tuple[tuple[int, Wording | None], ...]
    place: int | None


def _candidates(
    item: Answer | None, clauses: Sequence[Clause], preferred: Sequence[LanguageTag], me: str
) -> tuple[Candidate, ...]:
    """Those of a round that is not decided, as they are numbered."""
    found = item and item["round"]
    if not found or found["taken"] or me not in found["members"]:
        return ()
    rankings: list[Answer] = [each for each in found["rankings"] if each["seat"] == me]
    ranking: list[list[str]] = rankings[0]["groups"] if rankings else []
    places = {candidate: place for place, group in enumerate(ranking, 1) for candidate in group}
    standing = {each.id: each for each in clauses}

    def parts(candidate: Answer) -> Iterable[tuple[int, Wording | None]]:
        for each in candidate["clauses"]:
            clause = standing.get(each["provision"])
            words = chosen(each["versions"], preferred) if each["versions"] else None
            if clause and (words is None or words.text != clause.wording.text):
                yield clause.number, words

    return tuple(
        Candidate(
            id=each["id"],
            number=each["number"],
            status_quo=each["statusQuo"],
            present=each["present"],
            objections=each["objections"],
            explanation=said(each["explanation"]),
            parts=tuple(parts(each)),
            place=places.get(each["id"]),
        )
        for each in sorted(found["candidates"], key=lambda each: each["number"])
    )


def _adopted(item: Answer | None, preferred: Sequence[LanguageTag]) -> list[tuple[Answer, Wording]]:
    decision = item and item["decision"]
    return [(each, chosen(each["versions"], preferred)) for each in decision["clauses"]] if decision else []
