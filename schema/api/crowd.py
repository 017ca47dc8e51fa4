"""What the figures of a consultation look like in the API: statements, groups, lists, places on the map.

Why floats: these figures are those of Polis, shown beside a session and hashed nowhere (docs/crowd.md).
"""

from enum import StrEnum
from typing import Any

import strawberry
from strawberry import Private

from schema.api.values import described, shown


@strawberry.enum(description="Whether agreeing or disagreeing is meant.")
class ConsultationSide(StrEnum):
    AGREE = "AGREE"
    DISAGREE = "DISAGREE"


@strawberry.enum(description="What a moderator of the consultation has said of a statement.")
class ConsultationModeration(StrEnum):
    IN = "IN"
    UNDECIDED = "UNDECIDED"
    OUT = "OUT"


class ConsultationGrouping(StrEnum):
    """Whose groups they are: those that the imported files name (EXPORT), or, where these name none, those that were
    found in the votes (COMPUTED).
    """

    EXPORT = "EXPORT"
    COMPUTED = "COMPUTED"


strawberry.enum(ConsultationGrouping, description=described(ConsultationGrouping))


@shown
class ConsultationPlace:
    """A place on the map. Only distances mean something, not where up is."""

    x: float
    y: float


@shown
class ConsultationPoint:
    """Where one participant stands, and in which group; null in none. Nothing else is told of them: `number` is no
    more than the place in this list, which is ordered by group and place on the map.
    """

    number: int
    x: float
    y: float
    group: int | None


@shown
class ConsultationFigures:
    """How much a group is on one side of a statement: `votes` on that side, their `share`, and the `ratio` to the
    others' share, both with one added to every count; a test above 1.2816 is significant.
    """

    votes: int
    share: float
    share_test: float
    ratio: float
    ratio_test: float


@shown
class ConsultationStatementByGroup:
    """What a group says to a statement. `seen` counts its votes, passes among them."""

    group: int
    seen: int
    agree: ConsultationFigures
    disagree: ConsultationFigures


@shown
class ConsultationStatement:
    """A statement of a participant, in their words. `seen` counts all votes, `mean` is their mean, from 1 for agreeing
    to -1. `priority` is the greater the sooner it should be shown to who votes. `groupAwareConsensus` multiplies the
    groups' shares who agree, and is null without groups. `consensus` is the side on which all agree, if they do.
    """

    id: strawberry.ID
    moderation: ConsultationModeration
    meta: bool
    agree: int
    disagree: int
    passed: int = strawberry.field(name="pass")
    seen: int
    mean: float
    at: ConsultationPlace
    extremity: float
    priority: float
    group_aware_consensus: float | None
    consensus: ConsultationSide | None
    words: Private[str | None]
    by_group_document: Private[list[dict[str, Any]]]

    @strawberry.field(
        description="Null where a moderator of the consultation has taken it out, but for the chair, the secretariat"
        " and facilitators of its session, and the organiser of this site."
    )
    def text(self) -> str | None:
        return self.words

    @strawberry.field(description="What each group says to it.")
    def by_group(self) -> list[ConsultationStatementByGroup]:
        return [
            ConsultationStatementByGroup(
                group=group, seen=each["seen"], agree=figures_of(each["agree"]), disagree=figures_of(each["disagree"])
            )
            for group, each in enumerate(self.by_group_document)
        ]


@shown
class ConsultationRepresentative:
    """A statement on a group's list: what the group is for or against and the others less so. `votes` of `seen`
    members are on this `side`, `agrees` of them agree whichever side it is. `bestAgree` marks what the group most
    distinctly agrees with.
    """

    statement: ConsultationStatement
    side: ConsultationSide
    best_agree: bool
    agrees: int
    seen: int
    votes: int
    share: float
    share_test: float
    ratio: float
    ratio_test: float


@shown
class ConsultationGroup:
    """People who vote alike; `centre` is where they stand on the map."""

    group: int
    members: int
    centre: ConsultationPlace
    representative: list[ConsultationRepresentative]


@shown
class ConsultationCommon:
    """A statement that a significant majority of everybody is on one side of."""

    statement: ConsultationStatement
    votes: int
    seen: int
    share: float
    share_test: float


@shown
class ConsultationConsensus:
    """What all agree with, and what all disagree with; at most five statements each."""

    agree: list[ConsultationCommon]
    disagree: list[ConsultationCommon]


@shown
class ConsultationSilhouette:
    """How clearly so many groups are apart, 1 at best."""

    groups: int
    silhouette: float


def place_of(at: list[float]) -> ConsultationPlace:
    return ConsultationPlace(x=at[0], y=at[1])


def figures_of(side: dict[str, Any]) -> ConsultationFigures:
    return ConsultationFigures(**measures_of(side))


def measures_of(entry: dict[str, Any]) -> dict[str, Any]:
    names = {"votes": "votes", "share": "share", "share_test": "shareTest", "ratio": "ratio", "ratio_test": "ratioTest"}
    return {name: entry[member] for name, member in names.items()}
