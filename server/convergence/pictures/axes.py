"""The map of delegations as a picture: near means alike, with one scale on both axes and names that do not collide.

Why names are placed here: delegations that answer alike stand on one spot, and a name on top of another is no name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot
from pathlib import Path

import altair as alt

from server.convergence.pictures.frame import BLUE, COLOURS, INK, LABELS, QUIET, SHAPES, Caption, write
from server.convergence.pictures.lettering import widest, wrapped
from server.convergence.reading import Document, Meeting, Reported

WIDTH, HEIGHT, EDGE = 700, 480, 50
_TOGETHER = 7.0
"""Pixels within which delegations stand on one spot and share a label."""
_LINE = 15
_LABEL_WIDTH = 230
_MANY = 40
"""Delegations above which codes stand for names."""
_DISTANCES = (12, 22, 36, 54, 76)
_DIRECTIONS = ((1, 0), (-1, 0), (0, -1), (0, 1), (0.7, -0.7), (0.7, 0.7), (-0.7, -0.7), (-0.7, 0.7))
_ALIGNED = ("left", "right", "center")
_CROSS = (
    {"x": 0, "y": HEIGHT / 2, "x2": WIDTH, "y2": HEIGHT / 2},
    {"x": WIDTH / 2, "y": 0, "x2": WIDTH / 2, "y2": HEIGHT},
)
ALONE = "no coalition"


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


def axes(found: Meeting, each: Reported, directory: Path, *, private: bool = False) -> Path | None:
    """The picture of the map; None where nobody can be placed. In private, coalitions and who is in none are marked."""
    drawn = each.pictures.get("axes")
    if not drawn or not drawn["points"]:
        return None
    spots = placed(drawn["points"], _groups(each) if private else {})
    named = {} if len(drawn["points"]) > _MANY else found.names
    labels = _labels(spots, named)
    along, up = drawn["explained"]
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, WIDTH], nice=False), axis=_axis(1, along))
    y = alt.Y("y:Q", scale=alt.Scale(domain=[HEIGHT, 0], nice=False), axis=_axis(2, up))
    rules = (
        alt.Chart(alt.Data(values=list(data))).mark_rule(color=colour, aria=False).encode(x, y, x2="x2:Q", y2="y2:Q")
        for data, colour in ((_CROSS, "#eceef1"), ([label for label in labels if label["far"]], "#9aa0a6"))
    )
    words = (
        alt.Chart(alt.Data(values=[label for label in labels if label["align"] == align]))
        .mark_text(align=align, baseline="middle", fontSize=LABELS, color=INK, lineBreak="\n", aria=False)
        .encode(alt.X("at:Q"), alt.Y("top:Q"), text="words:N")
        for align in _ALIGNED
    )
    chart = alt.layer(*rules, _marks(spots, named, x, y, private=private), *words).properties(
        width=WIDTH, height=HEIGHT
    )
    notes = _notes(drawn, labels, spots, found if private else None)
    caption = Caption(found, each, "map", "Map: near means alike", notes, hashed=False, private=private)
    return write(chart, directory, caption, width=WIDTH + 40)


def _marks(spots: Sequence[Spot], named: Mapping[str, str], x: "alt.X", y: "alt.Y", *, private: bool) -> "alt.Chart":
    """A mark for each spot, larger where several delegations stand; in private coalitions by colour and by shape."""
    rows = [
        {"x": spot.x, "y": spot.y, "count": len(spot.seats), "who": ", ".join(named.get(s, s) for s in spot.seats)}
        | ({"group": spot.group} if private else {})
        for spot in spots
    ]
    sizes = alt.Scale(domain=[1, max(2, *(row["count"] for row in rows))], range=[90, 260])
    data = alt.Chart(alt.Data(values=rows))
    size, said = alt.Size("count:Q", legend=None, scale=sizes), alt.Description("who:N")
    if not private:
        return data.mark_point(filled=True, opacity=1, stroke="white", strokeWidth=1, color=BLUE).encode(
            x, y, size, said
        )
    groups = sorted({spot.group for spot in spots}, key=lambda group: (group == ALONE, group))
    colours = [QUIET if group == ALONE else COLOURS[n % len(COLOURS)] for n, group in enumerate(groups)]
    shapes = ["cross" if group == ALONE else SHAPES[n % len(SHAPES)] for n, group in enumerate(groups)]
    legend = alt.Legend(orient="bottom", direction="vertical", symbolSize=110)
    return data.mark_point(filled=True, opacity=1, stroke="white", strokeWidth=1).encode(
        x,
        y,
        size,
        said,
        alt.Color("group:N", title=None, legend=legend, scale=alt.Scale(domain=groups, range=colours)),
        alt.Shape("group:N", title=None, legend=legend, scale=alt.Scale(domain=groups, range=shapes)),
    )


def placed(points: Sequence[Document], groups: Mapping[str, str]) -> list[Spot]:
    """Delegations where they stand in the picture, those on one spot together, in alphabetical order."""
    xs, ys = ([point[axis] for point in points] for axis in "xy")
    spread = max((max(xs) - min(xs)) / (WIDTH - 2 * EDGE), (max(ys) - min(ys)) / (HEIGHT - 2 * EDGE), 1e-9)
    centre = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    spots: list[Spot] = []
    for point in sorted(points, key=lambda point: point["seat"]):
        x = WIDTH / 2 + (point["x"] - centre[0]) / spread
        y = HEIGHT / 2 - (point["y"] - centre[1]) / spread
        group = groups.get(point["seat"], ALONE)
        near = next((s for s in spots if s.group == group and hypot(s.x - x, s.y - y) < _TOGETHER), None)
        if near:
            spots[spots.index(near)] = Spot((*near.seats, point["seat"]), near.x, near.y, group)
        else:
            spots.append(Spot((point["seat"],), x, y, group))
    return spots


def _groups(each: Reported) -> dict[str, str]:
    found = each.pictures.get("coalitions", {}).get("groups", ())
    return {seat: " ".join(group["seats"]) for group in found for seat in group["seats"]}


def _labels(spots: Sequence[Spot], names: Mapping[str, str]) -> list[Document]:
    """For each spot its names where they meet no other label and no spot, as near as they can be; a label that finds
    no room has none.
    """
    taken = [_Box(spot.x - 8, spot.y - 8, spot.x + 8, spot.y + 8) for spot in spots]
    labels: list[Document] = []
    for spot in spots:
        lines = wrapped(", ".join(names.get(seat, seat) for seat in spot.seats), LABELS, _LABEL_WIDTH)
        width, height = widest(lines, LABELS) + 4, _LINE * len(lines)
        for distance, (across, down) in ((d, way) for d in _DISTANCES for way in _DIRECTIONS):
            x, y = spot.x + across * distance, spot.y + down * (distance + (height / 2 if down else 0))
            align = "left" if across > 0 else "right" if across < 0 else "center"
            left = x if across > 0 else x - width if across < 0 else x - width / 2
            box = _Box(left, y - height / 2, left + width, y + height / 2)
            inside = box.left >= 0 and box.right <= WIDTH and box.top >= 0 and box.bottom <= HEIGHT
            if inside and not any(box.meets(other) for other in taken):
                taken.append(box)
                labels.append(
                    {
                        "x": spot.x, "y": spot.y, "x2": x, "y2": y, "at": x, "align": align, "words": "\n".join(lines),
                        "top": y - _LINE * (len(lines) - 1) / 2, "far": distance > _DISTANCES[1],
                    }
                )  # fmt: skip
                break
    return labels


def _notes(
    drawn: Document, labels: Sequence[Document], spots: Sequence[Spot], found: Meeting | None
) -> tuple[str, ...]:
    """What has to be said of a map. Who is not on it is named only in private: `found` has the names."""
    many = len(drawn["points"])
    notes = ["A larger mark holds several delegations. The axes have no names, and neither side is better."]
    if drawn["imputed"]:
        notes.append(f"{drawn['imputed']} pairs have no provision in common and stand at the mean distance.")
    if drawn["unplaced"]:
        named = [found.names.get(seat, seat) for seat in drawn["unplaced"]] if found else ()
        who = ", ".join(named) or f"{len(drawn['unplaced'])} of {len(drawn['unplaced']) + many}"
        notes.append(f"Too little stated to be placed: {who}.")
    if left := len(spots) - len(labels):
        notes.append(f"{left} marks have no name for want of room.")
    return tuple(notes)


def _axis(number: int, share: float) -> "alt.Axis":
    return alt.Axis(
        title=f"axis {number}: {share:.0%} of the differences", labels=False, ticks=False, grid=False, aria=False
    )
