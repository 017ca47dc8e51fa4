"""What a seat has entered on an item, newest first: each with its number in the record, which is its receipt.

Why from what stands and not from the record's end: a delegate looks for their own few lines among hundreds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from server.console.clauses import Clause
from server.console.pages import Answer

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Entered:
    """An entry: its number, its kind, the clause it is about, the stance taken, and the role of who entered it, where
    that was not the seat itself.
    """

    seq: int
    kind: str
    clause: int | None = None
    level: str | None = None
    by: str | None = None


def entered(item: Answer | None, own: Answer | None, me: str, clauses: Sequence[Clause]) -> list[Entered]:
    """The newest of what stands of the seat's acts; an objection and the stance that it brings are one."""
    if item is None or own is None:
        return []
    numbers = {each.id: each.number for each in clauses}
    found = sorted(_all(item, own, me, numbers), key=lambda each: (-each.seq, each.kind))
    shown: dict[int, Entered] = {}
    for each in found:
        shown.setdefault(each.seq, each)
    return list(shown.values())[:SHOWN]


def _all(item: Answer, own: Answer, me: str, numbers: dict[str, int]) -> Iterator[Entered]:
    for clause in item["text"]["provisions"]:
        wordings = (clause, *clause["alternatives"])
        for stance in (each for wording in wordings for each in wording["stances"] if each["seat"] == me):
            yield Entered(stance["seq"], "STANCE", clause["number"], stance["level"], _by(stance))
    for position in own["positions"]["nodes"]:
        yield Entered(position["seq"], "POSITION", by=_by(position))
    for objection in (item["call"] or {}).get("objections", ()):
        if objection["seat"] == me and objection["state"] != "STANDING":
            place = numbers.get(objection["provision"])
            yield Entered(objection["seq"], objection["state"], place, by=_by(objection))
    for opinion in item["opinions"]:
        if opinion["seat"] == me:
            yield Entered(opinion["seq"], "OPINION", numbers.get(opinion["provision"]), by=_by(opinion))
    for provision in item["text"]["provisions"]:
        mine = (each for each in provision["alternatives"] if each["seat"] == me)
        yield from (Entered(each["seq"], "ALTERNATIVE", provision["number"], by=_by(each)) for each in mine)
        yield from _amendments(provision["amendments"], me, provision["number"])
    yield from _amendments(item["text"]["insertions"], me, None)
    for answers in answers_of(own, me).values():
        yield from (Entered(each["seq"], "ANSWER", numbers.get(id), each["level"]) for id, each in answers.items())
    for ranking in (item["round"] or {}).get("rankings", ()):
        if ranking["seat"] == me:
            yield Entered(ranking["seq"], "RANKING")


def _by(said: Answer) -> str | None:
    return said["enteredBy"] and said["enteredBy"]["role"]


def answers_of(own: Answer | None, me: str) -> dict[str, dict[str, Answer]]:
    """What a seat has answered to the candidates of the round, by candidate and clause."""
    found = own and own["round"]
    return {
        candidate["id"]: {
            clause["provision"]: answer
            for clause in candidate["clauses"]
            for answer in clause["answers"]
            if answer["seat"] == me
        }
        for candidate in (found["candidates"] if found else ())
    }


def _amendments(amendments: Sequence[Answer], me: str, number: int | None) -> Iterator[Entered]:
    for each in amendments:
        if each["seat"] == me:
            yield Entered(each["seq"], "AMENDMENT", number, by=_by(each))
        yield from _amendments(each.get("amendments", ()), me, number)
