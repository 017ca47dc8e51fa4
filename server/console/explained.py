"""Why a candidate stands where it stands, as facts that a template puts into the reader's words.

Why from the facts and not the paragraph in the record: that one is in English, and says how candidates stood when they
were proposed; delegations may have ranked them since.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from polylogue.drafting.explain import runs
from server.console.pages import Answer


@dataclass(frozen=True, slots=True)
class Part:
    """What is done with some clauses, `clauses` as "1.2–1.4", "1.6", or who objects to them. Among `names` null is the
    chair; `present`: the words as they stand are among what they are made of; `expected` objections are only so.
    `brackets` are the numbers of those whose words are left out, or said by some alone, as "1", "3–5".
    """

    what: str
    clauses: tuple[str, ...]
    count: int
    names: tuple[str | None, ...] = ()
    present: bool = False
    expected: int = 0
    brackets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tie:
    """A candidate with which this one was tied, whether it `leads`, and by which step."""

    other: int
    leads: bool
    step: str


@dataclass(frozen=True, slots=True)
class Explained:
    """A candidate's place among `of`; where it is beaten, `first` is the one that leads, which `above` of the `members`
    put above it and `below` below it.
    """

    number: int
    status_quo: bool
    present: bool
    parts: tuple[Part, ...]
    objections: tuple[Part, ...]
    place: int
    of: int
    first: int | None
    above: int
    below: int
    members: int
    ties: tuple[Tie, ...]


_Act = tuple[str, frozenset[str | None], bool, tuple[int, ...]]
"""A form, whose words a clause has, null for the chair's, whether the present ones are in it, and its brackets."""


def explained(item: Mapping[str, Any], told: Answer, names: Mapping[str, str]) -> dict[str, Explained]:
    """The candidates of a round by their ids; `item` has the text, `names` those of delegations in their order."""
    text = item["text"]["provisions"]
    places = {each["id"]: each["number"] for each in text}
    proposers = {each["id"]: each["seat"] for clause in text for each in clause["alternatives"]}
    prefix = f"{item['number']}."
    return {each["id"]: _explained(each, told, prefix, places, proposers, names) for each in told["candidates"]}


def _explained(
    candidate: Answer,
    told: Answer,
    prefix: str,
    places: Mapping[str, int],
    proposers: Mapping[str, str | None],
    names: Mapping[str, str],
) -> Explained:
    choice, number = told["choice"], candidate["number"]
    clauses = [each for each in candidate["clauses"] if each["provision"] in places]
    beaten = bool(choice["groups"]) and number not in choice["groups"][0]
    first = choice["order"][0] if beaten else None

    def put(above: int, below: int) -> int:
        return choice["preferred"][above - 1][below - 1]

    def parts(told_of: Callable[[Answer], Hashable]) -> Iterator[tuple[Any, tuple[str, ...], int]]:
        numbers: dict[Hashable, list[int]] = {}
        for each in clauses:
            numbers.setdefault(told_of(each), []).append(places[each["provision"]])
        for what, those in numbers.items():
            yield what, tuple(runs(sorted(those), prefix)), len(those)

    def named(codes: Iterable[str]) -> tuple[str, ...]:
        wanted = set(codes)
        return tuple(name for code, name in names.items() if code in wanted)

    whole = candidate["statusQuo"] or candidate["present"]
    acts = () if whole else parts(lambda clause: _act(clause, proposers))
    return Explained(
        number=number,
        status_quo=candidate["statusQuo"],
        present=candidate["present"],
        parts=tuple(
            Part(
                form,
                run,
                count,
                (*named(code for code in codes if code), *([None] if None in codes else [])),
                present,
                brackets=tuple(runs(brackets)),
            )
            for (form, codes, present, brackets), run, count in acts
        ),
        objections=tuple(
            Part("OBJECT", run, count, named(codes), expected=expected)
            for (codes, expected), run, count in parts(lambda c: (tuple(c["objected"]), c["expectedObjections"]))
            if codes or expected
        ),
        place=candidate["place"],
        of=len(told["candidates"]),
        first=first,
        above=put(first, number) if first else 0,
        below=put(number, first) if first else 0,
        members=len(told["members"]),
        ties=tuple(_ties(choice, number)),
    )


def _act(clause: Answer, proposers: Mapping[str, str | None]) -> _Act:
    """What is done with a clause."""
    form, brackets = clause["form"], tuple(clause["brackets"])
    if form == "NAMED_SUBSET":
        return form, frozenset(clause["seats"]), False, brackets
    if form == "ALTERNATIVE":
        known = clause["alternative"] in proposers
        return form, frozenset([proposers[clause["alternative"]]]) if known else frozenset(), False, ()
    if form == "CONCESSION":
        return form, frozenset(each["seat"] for each in clause["sources"] if each["seat"]), False, ()
    if form in {"MERGED", "SHORTENED"}:
        made_of = [each for each in clause["sources"] if each["kind"] == "WORDING"]
        others = [each for each in made_of if each["alternative"] or each["seat"]]
        return form, frozenset(each["seat"] for each in others), len(others) < len(made_of), brackets
    return form, frozenset(), False, ()


def _ties(choice: Mapping[str, Any], number: int) -> Iterator[Tie]:
    """What put the neighbours of a candidate above it and below it, where they were tied."""
    for tie in choice["ties"]:
        for (before, after), step in zip(zip(tie["order"], tie["order"][1:], strict=False), tie["steps"], strict=True):
            if number in (before, after):
                yield Tie(after if number == before else before, number == before, step)
