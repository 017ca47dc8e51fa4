"""How the items of a session ended, for the board of one that is over: adopted texts, opinions, what is left and why.

Why not the last item alone: whoever opens the board afterwards asks what came out, and no item is under way.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from polylogue.vocabulary import CallOutcome, LanguageTag
from server.console.concerns import Concern, concerns
from server.console.pages import Answer
from server.console.wordings import Wording, chosen, said


@dataclass(frozen=True, slots=True)
class Blocked:
    """A call for consensus that was closed with objections in force: whose, on which clause (null: one that stands no
    longer in the text), and why where that is still held.
    """

    at: str
    objections: tuple[tuple[str, int | None, Wording | None], ...]


@dataclass(frozen=True, slots=True)
class Ended:
    """An item at the end: what was adopted with the opinions on record, or the reason and the concerns that stayed.

    `adopted` has the clauses with the wordings shown, `opinions` each with its delegation's name and clause, `blocked`
    the calls that met objections.
    """

    item: Mapping[str, Any]
    title: Wording
    adopted: tuple[tuple[Mapping[str, Any], Wording], ...]
    opinions: tuple[tuple[Mapping[str, Any], str, int | None], ...]
    blocked: tuple[Blocked, ...]
    concerns: tuple[Concern, ...]


def outcomes(
    session: Answer,
    preferred: Sequence[LanguageTag],
    titled: Sequence[LanguageTag],
    eligible: Collection[str],
    names: Mapping[str, str],
) -> Iterator[Ended]:
    """Every item of the agenda, in its order; texts and titles have languages of their own."""
    standings = {each["code"]: each["standing"] for each in session["delegations"]}
    for item in session["agenda"]:
        yield Ended(
            item=item,
            title=chosen(item["titles"], titled),
            adopted=adopted(item, preferred),
            opinions=opinions(item, names),
            blocked=blocked(item, names),
            concerns=() if item["decision"] else tuple(concerns(item, eligible, names, standings, preferred)),
        )


def adopted(item: Mapping[str, Any], preferred: Sequence[LanguageTag]) -> tuple[tuple[Mapping[str, Any], Wording], ...]:
    """The clauses of an item's decision, each in the language shown; none where there is no decision."""
    clauses = item["decision"]["clauses"] if item["decision"] else ()
    return tuple((clause, chosen(clause["versions"], preferred)) for clause in clauses)


def opinions(
    item: Mapping[str, Any], names: Mapping[str, str]
) -> tuple[tuple[Mapping[str, Any], str, int | None], ...]:
    """The opinions on record beside an item's decision: whose each is, and on which clause if on one."""
    numbers = {each["id"]: each["number"] for each in item["text"]["provisions"]}
    placed = item["decision"]["opinions"] if item["decision"] else ()
    return tuple((each, names.get(each["seat"], each["seat"]), numbers.get(each["provision"])) for each in placed)


def blocked(item: Mapping[str, Any], names: Mapping[str, str]) -> tuple[Blocked, ...]:
    """The calls on an item that were closed with objections in force, in their order; delegations as in `names`."""
    places = {seat: place for place, seat in enumerate(names)}
    numbers = {each["id"]: each["number"] for each in item["text"]["provisions"]}
    found: list[Blocked] = []
    for call in item["calls"]:
        if call["outcome"] != CallOutcome.BLOCKED:
            continue
        reasons = {(each["seat"], each["provision"]): each["reason"] for each in call["objections"]}
        against = ((each["seat"], each["provision"]) for each in call["verdict"]["objections"])
        told = sorted(against, key=lambda each: (places.get(each[0], len(places)), numbers.get(each[1], 0)))
        found.append(
            Blocked(
                call["closedAt"],
                tuple(
                    (names.get(seat, seat), numbers.get(provision), said(reasons.get((seat, provision))))
                    for seat, provision in told
                ),
            )
        )
    return tuple(found)
