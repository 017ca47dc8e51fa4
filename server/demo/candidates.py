"""Candidates as a script names them: by what they do with clauses, and as the screen lists them.

Why by what they do: whoever speaks of a text in a room says "with India's wording of clause three", not its number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from polylogue.vocabulary import CandidateId

PRESENT, WINNER = "present", "winner"
LISTED = 5
"""How many candidates the screen lists, the best first."""


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
    """The best candidates in lines: their place and number, objections left and expected, and words."""
    lines = [_line(place, number, candidates[number - 1]) for place, number in enumerate(order[:LISTED], 1)]
    more = len(order) - LISTED
    return "\n".join([*lines, *([f"    and {more} more"] if more > 0 else [])])


def _line(place: int, number: int, told: Mapping[str, Any]) -> str:
    kept = "  (no text)" if told["statusQuo"] else "  (the text as it stands)" if told["present"] else ""
    objections = f"objections: {told['objections']} stated, {told['expectedObjections']} expected"
    return f"{place:>3}. candidate {number:<2}  {objections}, {told['words']:>4} words{kept}"
