"""Where delegations and their names stand on a map, in pixels, so that no name lies on another.

Why names are placed here: delegations that answer alike stand on one spot, and a name on top of another is no name.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from math import hypot

import altair as alt

from server.convergence.pictures.frame import INK, LABELS
from server.convergence.pictures.lettering import widest, wrapped
from server.convergence.reading import Document

MANY = 40
"""Delegations above which codes stand for names."""
ALONE = "no coalition"
_TOGETHER = 7.0
"""Pixels within which delegations stand on one spot and share a label."""
_LINE = 15
_LABEL_WIDTH = 230
_DISTANCES = (12, 22, 36, 54, 76)
_DIRECTIONS = ((1, 0), (-1, 0), (0, -1), (0, 1), (0.7, -0.7), (0.7, 0.7), (-0.7, -0.7), (-0.7, 0.7))
_ALIGNED = ("left", "right", "center")
PAPER = "white"
_CROSS, _LEADER = "#eceef1", "#9aa0a6"

At = tuple[float, float]
"""Across and down, or along the axes of a map."""


@dataclass(frozen=True, slots=True)
class Field:
    """What a map is drawn on, in pixels: across and down, and how much of it stays free at each edge."""

    width: float
    height: float
    edge: float

    def scales(self, along: "alt.Axis | None" = None, up: "alt.Axis | None" = None) -> "tuple[alt.X, alt.Y]":
        """Pixels as they are, from the upper left corner."""
        return (
            alt.X("x:Q", scale=alt.Scale(domain=[0, self.width], nice=False), axis=along),
            alt.Y("y:Q", scale=alt.Scale(domain=[self.height, 0], nice=False), axis=up),
        )


@dataclass(frozen=True, slots=True)
class Spot:
    """Delegations on one place of the picture, in pixels from its upper left corner, by a coalition or none."""

    seats: tuple[str, ...]
    x: float
    y: float
    group: str


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "_Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def pixels(points: Collection[At], field: Field) -> Callable[[At], At]:
    """How to go from a map to the picture: one scale on both axes, all these points within the edges."""
    xs, ys = zip(*points, strict=True)
    wide, high = field.width - 2 * field.edge, field.height - 2 * field.edge
    spread = max((max(xs) - min(xs)) / wide, (max(ys) - min(ys)) / high, 1e-9)
    x, y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    return lambda point: (field.width / 2 + (point[0] - x) / spread, field.height / 2 - (point[1] - y) / spread)


def placed(points: Mapping[str, At], groups: Mapping[str, str]) -> list[Spot]:
    """Delegations where they stand in the picture, those on one spot together, in alphabetical order."""
    spots: list[Spot] = []
    for seat, (x, y) in sorted(points.items()):
        group = groups.get(seat, ALONE)
        near = next((s for s in spots if s.group == group and hypot(s.x - x, s.y - y) < _TOGETHER), None)
        if near:
            spots[spots.index(near)] = Spot((*near.seats, seat), near.x, near.y, group)
        else:
            spots.append(Spot((seat,), x, y, group))
    return spots


def labels(spots: Sequence[Spot], names: Mapping[str, str], field: Field) -> list[Document]:
    """For each spot its names where they meet no other label and no spot, as near as they can be; a label that finds
    no room has none.
    """
    taken = [_Box(spot.x - 8, spot.y - 8, spot.x + 8, spot.y + 8) for spot in spots]
    found: list[Document] = []
    for spot in spots:
        lines = wrapped(
            ", ".join(names.get(seat, seat) for seat in spot.seats), LABELS, min(_LABEL_WIDTH, field.width / 3)
        )
        width, height = widest(lines, LABELS) + 4, _LINE * len(lines)
        for distance, (across, down) in ((d, way) for d in _DISTANCES for way in _DIRECTIONS):
            x, y = spot.x + across * distance, spot.y + down * (distance + (height / 2 if down else 0))
            align = "left" if across > 0 else "right" if across < 0 else "center"
            left = x if across > 0 else x - width if across < 0 else x - width / 2
            box = _Box(left, y - height / 2, left + width, y + height / 2)
            inside = box.left >= 0 and box.right <= field.width and box.top >= 0 and box.bottom <= field.height
            if inside and not any(box.meets(other) for other in taken):
                taken.append(box)
                found.append(
                    {
                        "x": spot.x, "y": spot.y, "x2": x, "y2": y, "at": x, "align": align, "words": "\n".join(lines),
                        "top": y - _LINE * (len(lines) - 1) / 2, "far": distance > _DISTANCES[1],
                    }
                )  # fmt: skip
                break
    return found


def lines(given: Sequence[Document], field: Field, x: "alt.X", y: "alt.Y") -> "list[alt.Chart]":
    """A cross through the middle, and lines to labels that stand far from their spots; marks come on top of them."""
    cross: list[Document] = [
        {"x": 0, "y": field.height / 2, "x2": field.width, "y2": field.height / 2},
        {"x": field.width / 2, "y": 0, "x2": field.width / 2, "y2": field.height},
    ]
    both = ((cross, _CROSS), ([label for label in given if label["far"]], _LEADER))
    return [
        alt.Chart(alt.Data(values=rows)).mark_rule(color=colour, aria=False).encode(x, y, x2="x2:Q", y2="y2:Q")
        for rows, colour in both
    ]


def words(given: Sequence[Document]) -> "list[alt.Chart]":
    """The labels themselves, on a rim of paper where a line passes behind them."""
    return [
        alt.Chart(alt.Data(values=[label for label in given if label["align"] == align]))
        .mark_text(
            align=align,
            baseline="middle",
            fontSize=LABELS,
            color=color,
            stroke=PAPER,
            strokeWidth=rim,
            lineBreak="\n",
            aria=False,
        )
        .encode(alt.X("at:Q"), alt.Y("top:Q"), text="words:N")
        for color, rim in ((PAPER, 4), (INK, 0))
        for align in _ALIGNED
    ]
