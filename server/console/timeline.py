"""The timeline of an item's figures: where its lines, steps and marks lie in a drawing that is 100 wide.

Why coordinates and not a chart program: four lines of steps and a few marks are read from the back row, and the page
loads no script for them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SIZE = 100.0
"""Width and height of each part of the drawing; the page stretches it."""
LEAST_SCALE = 4
"""A scale of counts ends here at least: one objection is not to look like many."""
MOST_POINTS = 120
"""Of more points, this many are drawn, evenly chosen; the last is always among them."""
NOW = 4.0
"""Width that the last point gets: a step of no width would not show what stands now."""

Point = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """A call for consensus: the entries that opened and closed it, and where they lie; what came of it.

    While it is open `closed` is null, and it reaches to the end of the drawing.
    """

    opened: int
    closed: int | None
    outcome: str | None
    begins: float
    ends: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """Steps of mean closeness and of the unanimity share (0 at the bottom, 1 at the top), of objections (an area) and
    of open brackets (both from 0 to `scale`), ticks where a wording changed, and the calls.

    `then` and `now` are the first and last points that are drawn; `most_objections` and `most_brackets` are of all
    points; `rewordings` counts the entries that changed a wording.
    """

    closeness: str
    unanimity: str
    objections: str
    brackets: str
    ticks: str
    calls: tuple[Call, ...]
    scale: int
    first: int
    last: int
    then: Point
    now: Point
    most_objections: int
    most_brackets: int
    rewordings: int


def timeline(points: Sequence[Point], calls: Sequence[Mapping[str, Any]] = ()) -> Timeline | None:
    """The drawing; null before there are two points of which closeness is known. It ends with the last point, or with
    the last that is known of a call, up to which the figures stood as they were; what stands now takes `NOW` of it.
    """
    known = [point for point in points if point["meanCloseness"] is not None]
    if len(known) < 2:  # noqa: PLR2004 -- a line has two ends
        return None
    first, last = known[0]["seq"], max(known[-1]["seq"], *(each["closedSeq"] or each["seq"] for each in calls), 0)

    def across(seq: int) -> float:
        return (SIZE - NOW) * max(0, seq - first) / (last - first)

    kept = [known[i * (len(known) - 1) // (MOST_POINTS - 1)] for i in range(MOST_POINTS)]
    drawn = known if len(known) <= MOST_POINTS else kept
    places = [across(point["seq"]) for point in drawn]
    most_objections, most_brackets = (max(point[name] for point in known) for name in ("objections", "openBrackets"))
    scale = max(LEAST_SCALE, most_objections, most_brackets)
    reworded = [point["seq"] for point in known if point["reworded"]]
    return Timeline(
        closeness="M0 " + _steps(places, [float(point["meanCloseness"]) for point in drawn]),
        unanimity="M0 " + _steps(places, [float(point["unanimityShare"]) for point in drawn]),
        objections=f"M0 {SIZE:g}V" + _steps(places, [point["objections"] / scale for point in drawn]) + f"V{SIZE:g}Z",
        brackets="M0 " + _steps(places, [point["openBrackets"] / scale for point in drawn]),
        ticks="".join(f"M{place}V{SIZE:g}" for place in dict.fromkeys(f"{across(seq):.3g} 0" for seq in reworded)),
        calls=tuple(_calls(calls, across)),
        scale=scale,
        first=first,
        last=last,
        then=drawn[0],
        now=drawn[-1],
        most_objections=most_objections,
        most_brackets=most_brackets,
        rewordings=len(reworded),
    )


def _steps(places: Sequence[float], shares: Sequence[float]) -> str:
    """Shares from 0 to 1 as steps from the first place to the end: each stands until another one comes."""
    heights = [f"{SIZE * (1 - share):.3g}" for share in shares]
    changes = [
        f"H{place:.3g}V{now}"
        for place, before, now in zip(places[1:], heights[:-1], heights[1:], strict=True)
        if now != before
    ]
    return "".join((heights[0], *changes, f"H{SIZE:g}"))


def _calls(calls: Iterable[Mapping[str, Any]], across: Callable[[int], float]) -> Iterator[Call]:
    for each in calls:
        closed = each["closedSeq"]
        ends = SIZE if closed is None else across(closed)
        yield Call(each["seq"], closed, each["outcome"], round(across(each["seq"]), 2), round(ends, 2))
