"""What is drawn from a report's figures: intervals, coalitions, an order of provisions, a map.

Why floats here and nowhere else: pictures are drawn, not proved; another machine may draw their last digits otherwise.
"""

from typing import Any

from polylogue.vocabulary import ProvisionId, SeatCode
from schema.api.standpoint import Reader
from schema.api.values import shown


@shown
class AlphaInterval:
    """Where alpha lies in 95 of 100 draws of provisions; null where too few provisions are comparable. `defined` is in
    how many of the `draws` it could be computed.
    """

    low: float | None
    high: float | None
    draws: int
    defined: int


@shown
class Coalition:
    """Delegations that stand together in at least 80 of 100 draws. `stability` is how often the least close two of them
    do; `cohesion` is 1 when all always say the same, over the `provisions` that could be counted.
    """

    seats: list[SeatCode]
    stability: float | None
    cohesion: float | None
    provisions: int


@shown
class Together:
    """In how many of the draws, 0 to 1, two delegations were in one group."""

    first: SeatCode
    second: SeatCode
    share: float


@shown
class Coalitions:
    """Delegations by what they say, in the order of their codes, never by size. `isolated` stand with nobody,
    `unplaced` have stated too little; which of the two is told of a delegation to itself, the chair and facilitators.
    `together` are the pairs of a group for everybody, the others for who may know of one of the two.
    `silhouette` tells how clearly the groups are apart, -1 to 1.
    """

    groups: list[Coalition]
    isolated: list[SeatCode]
    unplaced: list[SeatCode]
    together: list[Together]
    silhouette: float | None
    draws: int


@shown
class Bridge:
    """A provision in the order in which provisions bridge coalitions: fewest objections, then the highest lowest
    stances, then `across`, the mean share over coalitions that accept it. Provisions that are even share a `place`.
    `leximin` counts the stances from OBJECT to SUPPORT as they are compared: a gap is among those of RESERVE.
    """

    provision: ProvisionId
    place: int
    objections: int
    leximin: list[int]
    stated: int
    across: float | None


@shown
class MapPoint:
    """A delegation on the map; near means alike."""

    seat: SeatCode
    x: float
    y: float


@shown
class ConvergenceMap:
    """The delegations on two axes that show as much of their differences as two axes can: `explained` tells how much
    each does. It is turned to fit the map before. `imputed` pairs have too little in common and stand at the mean;
    `unplaced` delegations share no provision with another, which is told of each to itself, the chair and facilitators.
    """

    points: list[MapPoint]
    explained: list[float]
    unplaced: list[SeatCode]
    imputed: int


@shown
class Pictures:
    """What is drawn from a report's figures and is in no hash."""

    alpha_interval: AlphaInterval
    coalitions: Coalitions
    bridging: list[Bridge]
    map: ConvergenceMap


def pictures(document: dict[str, Any], reader: Reader) -> Pictures:
    """From the document kept beside a report."""
    interval, grouped, drawn = (document[name] for name in ("alphaInterval", "coalitions", "axes"))
    return Pictures(
        alpha_interval=AlphaInterval(**interval),
        coalitions=Coalitions(
            groups=[Coalition(**each) for each in grouped["groups"]],
            isolated=[seat for seat in grouped["isolated"] if reader.may_see(seat)],
            unplaced=[seat for seat in grouped["unplaced"] if reader.may_see(seat)],
            together=[Together(**each) for each in grouped["together"] if _may_see(each, grouped["groups"], reader)],
            silhouette=grouped["silhouette"],
            draws=grouped["draws"],
        ),
        bridging=[
            Bridge(provision=each["id"], **{name: value for name, value in each.items() if name != "id"})
            for each in document["bridging"]
        ],
        map=ConvergenceMap(
            points=[MapPoint(**point) for point in drawn["points"]],
            explained=drawn["explained"],
            unplaced=[seat for seat in drawn["unplaced"] if reader.may_see(seat)],
            imputed=drawn["imputed"],
        ),
    )


def _may_see(pair: dict[str, Any], groups: list[dict[str, Any]], reader: Reader) -> bool:
    """Whether a pair's share may be shown: of one that is no group's, it would tell who stands with nobody."""
    seats = {pair["first"], pair["second"]}
    return any(seats <= set(group["seats"]) for group in groups) or any(map(reader.may_see, seats))
