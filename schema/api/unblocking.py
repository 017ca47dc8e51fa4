"""What keeps a text from being agreed, and the smallest changes after which nothing would.

Why with the words: a number of steps moves nobody; what a delegation said would remove its objection does.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from polylogue.vocabulary import AlternativeId, ProvisionId, SeatCode, SessionId, StanceLevel
from schema.api.movement import LEVELS
from schema.api.rows import Place, complete, texts_at
from schema.api.selection import Selection
from schema.api.values import Text, shown

Texts = dict[Place, Text]


@shown
class OpenConcern:
    """A member that objects to the present text of a provision, and what it said would remove the objection. `carried`:
    it was said of an older wording.
    """

    provision: ProvisionId
    seat: SeatCode
    importance: int
    carried: bool
    reason: Text | None
    would_be_removed_by: Text | None


@shown
class StanceMove:
    """A stance that would change, on the provision's present text or on an alternative. `cost` is the levels given up
    times the importance; `wouldBeRemovedBy` is what the delegation itself asked for.
    """

    seat: SeatCode
    provision: ProvisionId
    alternative: AlternativeId | None
    before: StanceLevel
    after: StanceLevel
    importance: int
    cost: int
    carried: bool
    would_be_removed_by: Text | None


@shown
class AlternativeTaken:
    """An alternative that would replace the present text. What the seats `notStated` think of it is not known."""

    provision: ProvisionId
    alternative: AlternativeId
    not_stated: list[SeatCode]


@shown
class SmallestSet:
    """Moves after which no member would object to anything; not one of the delegations in it can be left out.

    `unknown` counts seats that have not stated what they think of an alternative that would be taken.
    """

    seats: list[SeatCode]
    moves: list[StanceMove]
    takings: list[AlternativeTaken]
    cost: int
    unknown: int


@shown
class Unblocking:
    """Open concerns, and every smallest set of moves that would leave none, the least costly first.

    `exact`: all sets are listed. Above twelve objecting delegations the search may be cut off; then all sets that cost
    less than `bound` are listed.
    """

    exact: bool
    bound: int | None
    concerns: list[OpenConcern]
    sets: list[SmallestSet]


def said_in(connection: sa.Connection, session: SessionId, documents: Sequence[Any], asked: Selection) -> Texts:
    """The reasons and conditions that documents of what would unblock refer to, as far as they are asked for."""
    wanted = asked.below("concerns"), asked.below("sets").below("moves")
    if not any(fields.any("reason", "wouldBeRemovedBy") for fields in wanted):
        return {}
    conditions = [stance["condition"] for document in documents for stance in _stances(document) if stance["condition"]]
    places = {
        (each["seq"], f"/stances/{each['place']}/{name}")
        for each in conditions
        for name in ("reason", "wouldBeRemovedBy")
    }
    return complete(connection, session, texts_at(connection, session, {seq for seq, _ in places}), places)


def unblocking(document: dict[str, Any], texts: Texts) -> Unblocking:
    """From the document kept beside a report."""
    return Unblocking(
        exact=document["exact"],
        bound=document["bound"],
        concerns=[
            OpenConcern(
                provision=each["provision"],
                seat=each["seat"],
                importance=each["importance"],
                carried=each["carried"],
                reason=_said(each, "reason", texts),
                would_be_removed_by=_said(each, "wouldBeRemovedBy", texts),
            )
            for each in document["concerns"]
        ],
        sets=[
            SmallestSet(
                seats=each["seats"],
                moves=[_move(move, texts) for move in each["moves"]],
                takings=[
                    AlternativeTaken(
                        provision=taken["provision"], alternative=taken["alternative"], not_stated=taken["notStated"]
                    )
                    for taken in each["takings"]
                ],
                cost=each["cost"],
                unknown=each["unknown"],
            )
            for each in document["sets"]
        ],
    )


def _move(move: dict[str, Any], texts: Texts) -> StanceMove:
    return StanceMove(
        seat=move["seat"],
        provision=move["provision"],
        alternative=move["alternative"],
        before=LEVELS[move["before"]],
        after=LEVELS[move["after"]],
        importance=move["importance"],
        cost=move["cost"],
        carried=move["carried"],
        would_be_removed_by=_said(move, "wouldBeRemovedBy", texts),
    )


def _stances(document: dict[str, Any]) -> Iterable[dict[str, Any]]:
    yield from document["concerns"]
    for each in document["sets"]:
        yield from each["moves"]


def _said(stance: dict[str, Any], name: str, texts: Texts) -> Text | None:
    place = stance["condition"]
    return texts.get((place["seq"], f"/stances/{place['place']}/{name}")) if place else None
