"""The map of delegations as a picture: near means alike, with one scale on both axes.

Why coalitions in private only: who is in none would be told to everybody.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import altair as alt

from server.convergence.pictures.frame import BLUE, COLOURS, QUIET, SHAPES, Caption, write
from server.convergence.pictures.places import ALONE, MANY, Field, Spot, labels, lines, pixels, placed, words
from server.convergence.reading import Document, Meeting, Reported

FIELD = Field(700, 480, 50)


def axes(found: Meeting, each: Reported, directory: Path, *, private: bool = False) -> Path | None:
    """The picture of the map; None where nobody can be placed. In private, coalitions and who is in none are marked."""
    drawn = each.pictures.get("axes")
    if not drawn or not drawn["points"]:
        return None
    points = {point["seat"]: (point["x"], point["y"]) for point in drawn["points"]}
    at = pixels(points.values(), FIELD)
    spots = placed({seat: at(point) for seat, point in points.items()}, _groups(each) if private else {})
    named = {} if len(points) > MANY else found.names
    given = labels(spots, named, FIELD)
    x, y = FIELD.scales(*(_axis(number, share) for number, share in enumerate(drawn["explained"], 1)))
    marks = _marks(spots, named, x, y, private=private)
    chart = alt.layer(*lines(given, FIELD, x, y), marks, *words(given))
    chart = chart.properties(width=FIELD.width, height=FIELD.height)
    notes = _notes(drawn, given, spots, found if private else None)
    caption = Caption(found, each, "map", "Map: near means alike", notes, hashed=False, private=private)
    return write(chart, directory, caption, width=FIELD.width + 40)


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


def _groups(each: Reported) -> dict[str, str]:
    found = each.pictures.get("coalitions", {}).get("groups", ())
    return {seat: " ".join(group["seats"]) for group in found for seat in group["seats"]}


def _notes(drawn: Document, given: Sequence[Document], spots: Sequence[Spot], found: Meeting | None) -> tuple[str, ...]:
    """What has to be said of a map. Who is not on it is named only in private: `found` has the names."""
    many = len(drawn["points"])
    notes = ["A larger mark holds several delegations. The axes have no names, and neither side is better."]
    if drawn["imputed"]:
        notes.append(f"{drawn['imputed']} pairs have no provision in common and stand at the mean distance.")
    if drawn["unplaced"]:
        named = [found.names.get(seat, seat) for seat in drawn["unplaced"]] if found else ()
        who = ", ".join(named) or f"{len(drawn['unplaced'])} of {len(drawn['unplaced']) + many}"
        notes.append(f"Too little stated to be placed: {who}.")
    if left := len(spots) - len(given):
        notes.append(f"{left} marks have no name for want of room.")
    return tuple(notes)


def _axis(number: int, share: float) -> "alt.Axis":
    return alt.Axis(
        title=f"axis {number}: {share:.0%} of the differences", labels=False, ticks=False, grid=False, aria=False
    )
