"""The words that an act of the desk is about: of clauses, other wordings, amendments and candidates, by their ids.

Why whole: nobody can choose between two wordings of which only the beginning is shown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from server.console.explained import Explained, explained
from server.console.pages import Answer
from server.console.wordings import Wording, chosen


@dataclass(frozen=True, slots=True)
class Placed:
    """A wording with its place, "1.2 bis", and who has proposed it."""

    place: str
    by: str | None
    wording: Wording


@dataclass(frozen=True, slots=True)
class Candidate:
    """Why it stands where it stands, and the clauses that would read otherwise by it; null: left out."""

    number: int
    why: Explained
    changed: tuple[tuple[str, Wording | None], ...]


def texts(item: Answer | None, names: Mapping[str, str], languages: Sequence[str]) -> dict[str, Placed]:
    """The wordings of an item that is shown, by the ids of clauses, alternatives and amendments."""
    return dict(_texts(item, names, languages)) if item else {}


def _texts(item: Answer, names: Mapping[str, str], languages: Sequence[str]) -> Iterator[tuple[str, Placed]]:
    for clause in item["text"]["provisions"]:
        place = f"{item['number']}.{clause['number']}"
        yield clause["id"], Placed(place, None, chosen(clause["versions"], languages))
        for each in clause["alternatives"]:
            by = names.get(each["seat"] or "")
            yield each["id"], Placed(f"{place} {each['label']}", by, chosen(each["versions"], languages))
        yield from _changes(clause["amendments"], place, names, languages)
    yield from _changes(item["text"]["insertions"], str(item["number"]), names, languages)


def _changes(
    amendments: Sequence[Answer], place: str, names: Mapping[str, str], languages: Sequence[str]
) -> Iterator[tuple[str, Placed]]:
    for each in amendments:
        if each["versions"]:
            by = names.get(each["seat"], each["seat"])
            yield each["id"], Placed(place, by, chosen(each["versions"], languages))
        yield from _changes(each.get("amendments", ()), place, names, languages)


def candidates(
    item: Answer | None, own: Answer | None, names: Mapping[str, str], languages: Sequence[str]
) -> dict[str, Candidate]:
    """Those of the newest round, by their ids."""
    found = own and own["round"]
    if not found or item is None or not item["round"]:
        return {}
    whys = explained(item, item["round"], names)
    present = {each["id"]: each for each in item["text"]["provisions"]}
    return {
        each["id"]: Candidate(
            number=each["number"],
            why=whys[each["id"]],
            changed=tuple(
                (
                    f"{item['number']}.{present[clause['provision']]['number']}",
                    None if clause["form"] == "OMITTED" else chosen(clause["versions"], languages),
                )
                for clause in each["clauses"]
                if clause["form"] != "PRESENT" and clause["provision"] in present
            ),
        )
        for each in found["candidates"]
        if each["id"] in whys  # the two were asked at different heads
    }
