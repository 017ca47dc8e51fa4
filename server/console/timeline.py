"""The little timeline of an item's figures: where its points lie in a drawing of 100 by 40.

Why coordinates and not a chart program: a line and a few bars are read from the back row, and the page loads no script
for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT = 100.0, 40.0
MOST_POINTS = 60
"""Of more points, this many are drawn, evenly chosen; the last is always among them."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """A line of mean closeness (0 at the bottom, 1 at the top), steps of objections (the most there were: full height),
    and what they say in figures.
    """

    line: str
    steps: str
    first: int
    last: int
    closeness: str
    closeness_then: str
    objections: int
    most_objections: int


def timeline(points: Sequence[Mapping[str, Any]]) -> Timeline | None:
    """The drawing; null before there are two points of which closeness is known."""
    known = [point for point in points if point["meanCloseness"] is not None]
    if len(known) < 2:  # noqa: PLR2004 -- a line has two ends
        return None
    kept = [known[i * (len(known) - 1) // (MOST_POINTS - 1)] for i in range(MOST_POINTS)]
    drawn = known if len(known) <= MOST_POINTS else kept
    first, last = drawn[0]["seq"], drawn[-1]["seq"]
    most = max(point["objections"] for point in drawn)
    scale = HEIGHT / max(most, 4)
    line: list[str] = []
    steps: list[str] = [f"M0 {HEIGHT:g}"]
    for point in drawn:
        x = WIDTH * (point["seq"] - first) / (last - first)
        line.append(f"{x:.2f},{HEIGHT * (1 - float(point['meanCloseness'])):.2f}")
        steps.append(f"H{x:.2f}V{HEIGHT - point['objections'] * scale:.2f}")
    return Timeline(
        line=" ".join(line),
        steps="".join((*steps, f"H{WIDTH:g}V{HEIGHT:g}Z")),
        first=first,
        last=last,
        closeness=drawn[-1]["meanCloseness"],
        closeness_then=drawn[0]["meanCloseness"],
        objections=drawn[-1]["objections"],
        most_objections=most,
    )
