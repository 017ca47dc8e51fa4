"""Pairs of delegations as a picture: similarity below the diagonal, provisions in common above it.

Why in alphabetical order: rows sorted by a figure would rank delegations, and would move from one report to the next.
"""

from pathlib import Path

import altair as alt

from server.convergence.bars import figure
from server.convergence.pictures.frame import INK, LABELS, QUIET, Caption, name_of, write
from server.convergence.pictures.lettering import widest
from server.convergence.reading import Meeting, Reported

LARGEST, SMALLEST, ACROSS = 46, 7, 700
"""Sides of a cell, and of the whole where there is room for it, in pixels."""
_WITH_WORDS = 26
_UPRIGHT = 15
"""Delegations up to which there is room for their codes beside each other."""
_LOWEST = 0.5
"""Where colours begin; similarities of practice lie above it, and lower ones stretch the scale."""
_DARK = 0.6
"""Part of the scale from which letters are white."""


def pairs(found: Meeting, each: Reported, directory: Path) -> Path | None:
    """The picture of all pairs; None where there are none."""
    seats, given = each.public["seats"], each.public["pairs"]
    if not given:
        return None
    side = max(SMALLEST, min(LARGEST, ACROSS // len(seats)))
    size = min(LABELS, side)
    names = {seat: name_of(found, seat) for seat in seats}
    shown = [
        {
            "row": names[pair["second"]], "column": pair["first"], "similarity": float(pair["similarity"]),
            "words": figure(pair["similarity"], 2).removeprefix("0"),
        }
        for pair in given if pair["similarity"] is not None
    ]  # fmt: skip
    low = min([_LOWEST, *(row["similarity"] for row in shown)])
    cells = alt.Chart(alt.Data(values=shown)).mark_rect(stroke="white").encode(
        alt.Color(
            "similarity:Q",
            title="similarity S",
            scale=alt.Scale(domain=[low, 1], scheme="blues"),
            legend=alt.Legend(gradientLength=160, format=".1f"),
        ),
        *_places(seats, names, size),
    )  # fmt: skip
    layers = [cells]
    if side >= _WITH_WORDS:
        dark = low + _DARK * (1 - low)
        layers.append(
            alt.Chart(alt.Data(values=shown)).mark_text(fontSize=LABELS)
            .encode(
                *_places(seats, names, size),
                text="words:N",
                color=alt.condition(f"datum.similarity > {dark}", alt.value("white"), alt.value(INK)),
            )
        )  # fmt: skip
        common = [{"row": names[p["first"]], "column": p["second"], "words": str(p["overlap"])} for p in given]
        hidden = [
            {"row": names[p["second"]], "column": p["first"], "words": "·"} for p in given if p["similarity"] is None
        ]
        alone = [{"row": names[seat], "column": seat, "words": "–"} for seat in seats]
        quiet = alt.Chart(alt.Data(values=common + hidden + alone)).mark_text(fontSize=LABELS, color=QUIET)
        layers.append(quiet.encode(*_places(seats, names, size), text="words:N"))
    chart = alt.layer(*layers).properties(width=alt.Step(side), height=alt.Step(side))
    least = each.public["minimumOverlap"]
    notes = (
        f"Below the diagonal: similarity S; a dot where it is hidden, below {least} provisions in common.",
        "Above it: how many provisions both have stated. Delegations in alphabetical order.",
    )
    width = max(420.0, side * len(seats) + widest([*names.values()], size) + 100)
    return write(
        chart, directory, Caption(found, each, "pairs", "How alike two delegations answer", notes), width=width
    )


def _places(seats: list[str], names: dict[str, str], size: int) -> "tuple[alt.X, alt.Y]":
    axis = {"title": None, "domain": False, "ticks": False, "labelFontSize": size}
    across = alt.Axis(orient="top", labelAngle=0 if len(seats) <= _UPRIGHT else -90, labelPadding=6, **axis)
    down = alt.Axis(minExtent=widest([*names.values()], size) + 16, labelPadding=8, **axis)
    return (
        alt.X("column:N", sort=seats, scale=alt.Scale(domain=seats), axis=across),
        alt.Y("row:N", sort=[*names.values()], scale=alt.Scale(domain=[*names.values()]), axis=down),
    )
