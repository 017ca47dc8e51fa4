"""The map at some moments, side by side in one scale, with the way that each delegation came.

Why codes and not names: there is room for three letters; the names stand above.
"""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import altair as alt

from server.convergence.moments import Moment
from server.convergence.pictures.frame import BLUE, FAINT, INK, LABELS, QUIET, SMALL, Caption, Chart, write
from server.convergence.pictures.lettering import extent
from server.convergence.pictures.places import MANY, Field, labels, lines, pixels, placed, words
from server.convergence.reading import Document, Meeting, Reported

FIELD = Field(250, 200, 26)
COLUMNS = 3
NOTES = (
    "After each entry, in one scale; each map is turned like the one after it, and the last is the map of the report.",
    "A line comes from where the same delegation stood before: it or others have said another thing or a first one,",
    "or words of which they had spoken are gone. Who cannot be placed yet is not there.",
)


def maps(found: Meeting, each: Reported, moments: Sequence[Moment], directory: Path) -> Path | None:
    """The picture of the map at these moments; None where there is but one."""
    if len(moments) <= 1:
        return None
    panels = [_panel(moments[0], None, moments), *(_panel(now, before, moments) for before, now in pairwise(moments))]
    rows = [alt.hconcat(*panels[row : row + COLUMNS]) for row in range(0, len(panels), COLUMNS)]
    width = min(len(panels), COLUMNS) * (FIELD.width + 20)
    seats = each.public["seats"]
    notes = (*NOTES, *_named(found, seats, width)) if len(seats) <= MANY else NOTES
    caption = Caption(found, each, "maps", "The map and how it became so", notes, hashed=False)
    return write(alt.vconcat(*rows), directory, caption, width=width)


def _named(found: Meeting, seats: Sequence[str], width: float) -> list[str]:
    """The codes with the names for which they stand, in lines that end between two."""
    lines: list[str] = []
    for seat in seats:
        words = f"{seat} {found.names.get(seat, '')}".strip()
        if lines and extent(longer := f"{lines[-1]}, {words}", LABELS) <= width:
            lines[-1] = longer
        else:
            lines.append(words)
    return lines


def _panel(now: Moment, before: Moment | None, moments: Sequence[Moment]) -> Chart:
    at = pixels([point for moment in moments for point in moment.points.values()], FIELD)
    spots = placed({seat: at(point) for seat, point in now.points.items()}, {})
    x, y = FIELD.scales()
    rows: list[Document] = [{"x": spot.x, "y": spot.y, "who": " ".join(spot.seats)} for spot in spots]
    marks = (
        alt.Chart(alt.Data(values=rows))
        .mark_point(filled=True, opacity=1, size=50, color=BLUE)
        .encode(x, y, alt.Description("who:N"))
    )
    came: list[Document] = []
    for seat, point in now.points.items():
        if before and seat in before.points:
            (x1, y1), (x2, y2) = at(before.points[seat]), at(point)
            came.append({"x": x1, "y": y1, "x2": x2, "y2": y2})
    ways = alt.Chart(alt.Data(values=came)).mark_rule(color=QUIET, aria=False).encode(x, y, x2="x2:Q", y2="y2:Q")
    title = alt.Title(
        f"Entry {now.seq}", subtitle=f"{len(now.points)} of {now.seats} delegations", fontSize=SMALL + 1, color=INK,
        subtitleColor=QUIET, subtitleFontSize=SMALL, anchor="start", offset=4,
    )  # fmt: skip
    given = labels(spots, {}, FIELD)
    chart = alt.layer(*lines(given, FIELD, x, y), ways, marks, *words(given))
    return chart.properties(width=FIELD.width, height=FIELD.height, title=title, view=alt.ViewConfig(stroke=FAINT))
