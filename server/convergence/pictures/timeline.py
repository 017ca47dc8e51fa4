"""The timeline as a picture: closeness and coverage above, objections below, and where words changed.

Why coverage beside closeness: few early stances may lie close together and say little.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import altair as alt

from server.convergence.pictures.frame import (
    CLOSENESS,
    COLOURS,
    INK,
    LABELS,
    OBJECTIONS,
    QUIET,
    SMALL,
    Caption,
    Chart,
    write,
)
from server.convergence.reading import About, Document, Meeting, Reported

WIDTH, HEIGHT, LOW = 620, 240, 90
_STEPS = 4
_NOW = 25
"""The part of its width that a drawing goes on behind the last entry."""
_APART = 15
"""Pixels between the middles of two labels."""
_DASHES = ([1, 0], [7, 3], [2, 3], [9, 3, 2, 3])
_LINES = (("closeness C", "meanCloseness", CLOSENESS, [1, 0]), ("coverage", "coverage", QUIET, [5, 4]))


def timeline(found: Meeting, each: Reported, directory: Path) -> Path | None:
    """The picture of an item's timeline, or of those of several; None before there are two points."""
    timelines = [(about, points) for about, points in each.timelines if len(points) > 1]
    if not timelines:
        return None
    timelines = _until_now(timelines)
    one = each.about.number is not None
    (upper, lower) = _of_item(timelines[0][1]) if one else _of_items(timelines)
    notes = ("A triangle: words of a provision changed, and stances on the old ones no longer counted.",) if one else ()
    chart = alt.vconcat(upper, lower).resolve_scale(x="shared")
    return write(
        chart, directory, Caption(found, each, "timeline", "How closeness came about", notes), width=WIDTH + 120
    )


def _until_now(timelines: Sequence[tuple[About, Sequence[Document]]]) -> list[tuple[About, Sequence[Document]]]:
    """With a little room behind the last entry: a step of no width would not show what stands now."""
    seqs = [point["seq"] for _, points in timelines for point in points]
    now = max(seqs) + max(1, (max(seqs) - min(seqs)) // _NOW)
    return [(about, (*points, {**points[-1], "seq": now, "reworded": ()})) for about, points in timelines]


def _of_item(points: Sequence[Document]) -> tuple[Chart, Chart]:
    last = points[-1]
    rows = [
        {"entry": point["seq"], "value": float(point[member]), "what": name}
        for name, member, _, _ in _LINES
        for point in points
        if point[member] is not None
    ]
    ends = [(name, float(last[member]), colour) for name, member, colour, _ in _LINES if last[member] is not None]
    names, colours, dashes = [name for name, *_ in _LINES], [line[2] for line in _LINES], [line[3] for line in _LINES]
    lines = _steps(rows, points, "share, 0 to 1", (names, colours, dashes))
    changed = [{"entry": point["seq"], "value": 0} for point in points if point.get("reworded")]
    marks = (
        alt.Chart(alt.Data(values=changed))
        .mark_point(shape="triangle-up", size=70, color=INK, filled=False, yOffset=-7)
        .encode(_entries(points, title=None), alt.Y("value:Q"))
    )
    upper = alt.layer(lines, marks, *_ends(ends, last["seq"], points)).properties(width=WIDTH, height=HEIGHT)
    objections = [{"entry": point["seq"], "value": point["objections"]} for point in points]
    return upper, _objections(points, objections, "objections")


def _of_items(timelines: Sequence[tuple[About, Sequence[Document]]]) -> tuple[Chart, Chart]:
    points = [point for _, each in timelines for point in each]
    names = [about.name for about, _ in timelines]
    colours = [COLOURS[place % len(COLOURS)] for place in range(len(names))]
    dashes = [_DASHES[place % len(_DASHES)] for place in range(len(names))]
    rows = [
        {"entry": point["seq"], "value": float(point["meanCloseness"]), "what": about.name}
        for about, each in timelines
        for point in (*each, each[-1] | {"seq": max(point["seq"] for point in points)})
        if point["meanCloseness"] is not None
    ]
    ends = [
        (about.name, float(each[-1]["meanCloseness"]), colour)
        for (about, each), colour in zip(timelines, colours, strict=True)
        if each[-1]["meanCloseness"] is not None
    ]
    lines = _steps(rows, points, "mean closeness C, 0 to 1", (names, colours, dashes))
    upper = alt.layer(lines, *_ends(ends, max(p["seq"] for p in points), points))
    return upper.properties(width=WIDTH, height=HEIGHT), _objections(
        points, _together(timelines), "objections, all items"
    )


def _steps(rows: list[Document], points: Sequence[Document], title: str, drawn: tuple[Any, Any, Any]) -> Chart:
    """Shares from 0 to 1 as steps; `drawn` are the names of the lines, their colours and their dashes."""
    names, colours, dashes = drawn
    return (
        alt.Chart(alt.Data(values=rows))
        .mark_line(interpolate="step-after", strokeWidth=2)
        .encode(
            _entries(points, title=None),
            alt.Y("value:Q", title=title, scale=alt.Scale(domain=[0, 1])),
            alt.Color("what:N", legend=None, scale=alt.Scale(domain=names, range=colours)),
            alt.StrokeDash("what:N", legend=None, scale=alt.Scale(domain=names, range=dashes)),
        )
    )


def _together(timelines: Sequence[tuple[About, Sequence[Document]]]) -> list[Document]:
    """The objections on all items after each entry that feeds one of them."""
    changes = sorted((point["seq"], about.scope, point["objections"]) for about, each in timelines for point in each)
    standing: dict[str, int] = {}
    rows: dict[int, int] = {}
    for seq, item, count in changes:
        standing[item] = count
        rows[seq] = sum(standing.values())
    return [{"entry": seq, "value": count} for seq, count in rows.items()]


def _objections(points: Sequence[Document], rows: Sequence[Document], title: str) -> Chart:
    top = max(2, *(row["value"] for row in rows))
    axis = alt.Axis(format="d", values=list(range(0, top + 1, -(-top // _STEPS))), title=title)
    area = (
        alt.Chart(alt.Data(values=list(rows)))
        .mark_area(
            interpolate="step-after", color=OBJECTIONS, opacity=0.2, line={"color": OBJECTIONS, "strokeWidth": 2}
        )
        .encode(_entries(points), alt.Y("value:Q", axis=axis, scale=alt.Scale(domain=[0, top])))
    )
    return area.properties(width=WIDTH, height=LOW)


def _ends(ends: Sequence[tuple[str, float, str]], at: int, points: Sequence[Document]) -> "list[alt.Chart]":
    """The names of lines at their ends, apart from each other; in the colours of the lines."""
    low = HEIGHT + _APART
    placed: list[tuple[str, float, str]] = []
    for name, value, colour in sorted(ends, key=lambda end: end[1]):
        low = min(HEIGHT * (1 - value), low - _APART)
        placed.append((f"{name} {value:.2f}", low, colour))
    above = min((y for _, y, _ in placed), default=0.0)
    return [
        alt.Chart(alt.Data(values=[{"entry": at, "name": name}]))
        .mark_text(align="left", dx=8, fontSize=LABELS, color=colour)
        .encode(_entries(points, title=None), y=alt.value(y - min(above, 0)), text="name:N")
        for name, y, colour in placed
    ]


def _entries(points: Sequence[Document], title: str | None = "entry of the record") -> "alt.X":
    first, last = (f(point["seq"] for point in points) for f in (min, max))
    axis = alt.Axis(grid=False, format="d", tickMinStep=1, title=title, labels=title is not None, labelFontSize=SMALL)
    return alt.X("entry:Q", axis=axis, scale=alt.Scale(domain=[first, max(last, first + 1)], nice=False))
