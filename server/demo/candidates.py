"""Candidates as a script names them: by what they do with clauses, and as the screen lists them.

Why by what they do: whoever speaks of a text in a room says "with India's wording of clause three", not its number.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from polylogue.drafting.tokens import sentences
from polylogue.vocabulary import CandidateId

PRESENT, WINNER = "present", "winner"
LISTED = 5
"""How many candidates the screen lists, the best first."""
CHANGED = 3
"""How many clauses of the first candidate are shown in its words."""

EXPECTED = "Expected means: said of words close to these, and nothing said of these yet."
"""What a line of the list calls expected, in one line of a terminal."""

Words = Callable[[str], tuple[str, str]]
"""The words of an alternative, and the seat that put it forward; empty where nobody has heard them."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A candidate and what it does with each clause, by its number in the item: "present", the code of the seat whose
    alternative it takes, or what else it does ("omitted", "merged").
    """

    id: CandidateId
    ways: Mapping[str, str]


def named(spec: str, candidates: Sequence[Candidate]) -> CandidateId:
    """The best candidate of a description: "winner", "present", or what it does with clauses: "3=IND 4=omitted".

    Clauses that are not named stay as they are. KeyError where there is none.
    """
    if spec == WINNER:
        return candidates[0].id
    wanted = dict(word.split("=") for word in spec.split() if word != PRESENT)
    for candidate in candidates:
        if all(way == wanted.get(clause, PRESENT) for clause, way in candidate.ways.items()):
            return candidate.id
    raise KeyError(f"no candidate {spec!r}")


def ranked(spec: str, candidates: Sequence[Candidate]) -> tuple[tuple[CandidateId, ...], ...]:
    """A ranking such as "3=IND > winner | present": best first, tied ones with a stroke between them."""
    return tuple(tuple(named(one.strip(), candidates) for one in group.split("|")) for group in spec.split(">"))


def way(form: str, seat: str | None) -> str:
    """What a candidate does with a clause, in a word."""
    return seat if form == "ALTERNATIVE" and seat else form.lower()


def listed(order: Sequence[int], candidates: Sequence[Mapping[str, Any]]) -> str:
    """The best candidates in lines: their place and number, their length, objections stated and expected; and above
    them what is expected.
    """
    lines = [EXPECTED]
    lines += [_line(place, number, candidates[number - 1]) for place, number in enumerate(order[:LISTED], 1)]
    more = len(order) - LISTED
    return "\n".join([*lines, *([f"    and {more} more"] if more > 0 else [])])


def first(
    told: Mapping[str, Any], wordings: Sequence[Mapping[str, Any]], clause: Callable[[str], str], stage: Words
) -> str:
    """What the first candidate changes, clause by clause in its words, and its paragraph without the figures.

    `clause` names a clause, `stage` knows the words and the seat of an alternative.
    """
    changed = [way for place in told["wordings"] if (way := wordings[place])["form"] != "PRESENT"]
    lines = [f"{clause(way['provision'])}  {_says(way, stage)}" for way in changed[:CHANGED]]
    if len(changed) > CHANGED:
        lines.append(f"and {len(changed) - CHANGED} more")
    said = [each.strip() for each in sentences((told["explanation"] or {}).get("text") or "", "en")]
    return "\n".join([*lines, " ".join(each for each in said if not each.startswith(("Of ", "It comes ")))])


def beside(first: Mapping[str, Any] | None, number: int, chosen: str, seat: str) -> str:
    """What the first candidate would have done with a clause that the chair settles with a wording (`chosen`, "" for
    the present text); empty where that is the same. `first` is its way with the clause, `seat` whose wording it takes.
    """
    if first is None or (first["form"] in ("PRESENT", "ALTERNATIVE") and (first["alternative"] or "") == chosen):
        return ""
    match first["form"]:
        case "PRESENT":
            does = "would leave the clause as it is"
        case "ALTERNATIVE":
            does = f"would take the wording of {seat}"
        case "OMITTED":
            does = "would leave the clause out"
        case _:
            does = "has words that no member put forward"
    return f"Candidate {number}, the first, {does}; the chair goes by what delegations have said since."


def _says(way: Mapping[str, Any], stage: Words) -> str:
    if way["form"] == "OMITTED":
        return "(left out)"
    words, seat = stage(way["alternative"]) if way["alternative"] else ("", "")
    own = next((version["text"] for version in way["versions"]), None)
    text = own or words or "(a wording on the table)"
    return f"{text} ({seat})" if seat else text


def _line(place: int, number: int, told: Mapping[str, Any]) -> str:
    kept = "  (the text as it stands)" if told["present"] else ""
    length = "no text at all" if told["statusQuo"] else f"{told['words']:>4} words"
    objections = f"objections stated {told['objections']}, expected {told['expectedObjections']}"
    return f"{place:>3}. candidate {number:<2}  {length:<{len('no text at all')}}  {objections}{kept}"
