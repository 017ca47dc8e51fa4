"""What delegations think of each provision, and who objects; and, in private, what each delegation's stances weigh.

Why all stances and not only objections: a provision that nobody minds and one that half the room accepts with a
reservation have the same number of objections.
"""

from pathlib import Path

import altair as alt

from server.convergence.pictures.frame import BLUE, INK, LABELS, ORANGE, QUIET, Caption, name_of, write
from server.convergence.pictures.lettering import shortened, widest
from server.convergence.reading import Document, Meeting, Reported

STANCES = ("object", "reserve", "neutral", "accept", "support", "not stated")
SHADES = ("#bb2b23", "#f5bf45", "#d5dae0", "#a5dcc5", "#0b7558", "white")
"""The board's colours of stances (its style sheet, light)."""
LETTERS = ("O", "R", "N", "A", "S", "")
"""The board's letters, for whom red and green are alike; the bars stand in this order too."""
DARK = {"object", "support"}
MOST = 60
"""Provisions up to which all are drawn, above only those with objections."""
WIDTH, WORDS, STEP = 360, 330, 30
_DIGIT, _LETTER = 9, 16
"""Room for a digit and for a letter; what has less is not written into its bar, the letter first."""
_SIGNED = "datum.value == 0 ? '0' : format(datum.value, '+.2f')"
_FEW = 4
"""Delegations up to which those who object are named; the bar counts them all."""


def concerns(found: Meeting, each: Reported, directory: Path) -> Path | None:
    """The picture of the provisions in the order of the text; None where there are none."""
    provisions = each.public["provisions"]
    all_of_them = len(provisions)
    if all_of_them > MOST:
        provisions = [provision for provision in provisions if provision["objections"]]
    if not provisions:
        return None
    labels = {p["id"]: _label(found, each, p) for p in provisions}
    rows: list[Document] = []
    for provision in provisions:
        start = 0
        counts = (*provision["histogram"], len(provision["notStated"]))
        for stance, letter, count in zip(STANCES, LETTERS, counts, strict=True):
            if count:
                row = {"provision": labels[provision["id"]], "stance": stance, "count": count, "letter": letter}
                rows.append(row | {"start": start, "end": start + count, "dark": stance in DARK})
                start += count
    seats = len(each.public["seats"])
    order = [*labels.values()]
    words = widest(order, LABELS) + 10
    down = alt.Y(
        "provision:N", sort=order, scale=alt.Scale(domain=order),
        axis=alt.Axis(title=None, domain=False, ticks=False, labelAlign="left", labelPadding=words, minExtent=words),
    )  # fmt: skip
    data = alt.Chart(alt.Data(values=rows))
    bars = data.mark_bar(stroke=QUIET, strokeWidth=0.5, height=STEP - 9).encode(
        alt.X("start:Q", title="delegations", scale=alt.Scale(domain=[0, seats], nice=False),
              axis=alt.Axis(format="d", tickMinStep=1, grid=False)),
        alt.X2("end:Q"), down,
        alt.Color("stance:N", title=None, sort=list(STANCES), scale=alt.Scale(domain=STANCES, range=SHADES),
                  legend=alt.Legend(orient="top", symbolType="square", symbolStrokeColor=QUIET, symbolStrokeWidth=0.5,
                                    symbolSize=140, columns=len(STANCES), offset=6)),
    )  # fmt: skip
    written = data.transform_filter(f"datum.count * {WIDTH} / {seats} > {_DIGIT} * length(toString(datum.count))")
    room = f"datum.count * {WIDTH} / {seats} > {_LETTER} + {_DIGIT} * length(toString(datum.count))"
    middle = written.transform_calculate(
        middle="(datum.start + datum.end) / 2",
        said=f"datum.letter && {room} ? datum.letter + ' ' + datum.count : toString(datum.count)",
    ).mark_text(fontSize=LABELS).encode(
        alt.X("middle:Q"), down, text="said:N",
        color=alt.condition("datum.dark", alt.value("white"), alt.value(INK)),
    )  # fmt: skip
    said = [{"provision": labels[id], "who": who} for id, who in _objectors(found, each).items() if id in labels]
    objecting = alt.Chart(alt.Data(values=said)).mark_text(align="left", fontSize=LABELS, color=SHADES[0]).encode(
        down, x=alt.value(WIDTH + 10), text="who:N"
    )  # fmt: skip
    chart = alt.layer(bars, middle, objecting).properties(width=WIDTH, height=alt.Step(STEP))
    notes = () if all_of_them == len(provisions) else (f"Only the {len(provisions)} of {all_of_them} with objections.",)
    width = WIDTH + widest(order, LABELS) + max(40.0, widest([row["who"] for row in said], LABELS))
    caption = Caption(found, each, "concerns", "Open concerns and stances, by provision", notes)
    return write(chart, directory, caption, width=width)


def without_one(found: Meeting, each: Reported, directory: Path) -> Path | None:
    """The private picture of what the figures would be without a delegation; None where that is not defined."""
    rows = [
        {"seat": name_of(found, seat), "gain": float(part["leaveOneOut"][member]), "what": what}
        for seat, part in each.per_seat.items()
        for member, what in (("meanCloseness", "mean closeness C"), ("unanimityShare", "unanimity share"))
        if part["leaveOneOut"][member] is not None
    ]
    if not rows:
        return None
    names = [name_of(found, seat) for seat in each.public["seats"]]
    widths = widest(names, LABELS)
    panels: list[alt.Chart] = []
    for place, what in enumerate(("mean closeness C", "unanimity share")):
        mine = [row for row in rows if row["what"] == what]
        most = max([0.01, *(abs(row["gain"]) for row in mine)])
        axis = alt.Axis(title=None, ticks=False, domain=False, labels=not place, minExtent=0 if place else widths + 16)
        panel = alt.Chart(alt.Data(values=mine)).mark_bar(height=14).encode(
            alt.X("gain:Q", title=f"gain in {what} without it", scale=alt.Scale(domain=[-most, most]),
                  axis=alt.Axis(labelExpr=_SIGNED, tickCount=4, labelFlush=False)),
            alt.Y("seat:N", sort=names, scale=alt.Scale(domain=names), axis=axis),
            color=alt.condition("datum.gain > 0", alt.value(ORANGE), alt.value(BLUE)),
        )  # fmt: skip
        panels.append(panel.properties(width=230, height=alt.Step(24)))
    notes = ("The figure without a delegation minus the figure with it. Alphabetical: not an order of merit or blame.",)
    name = "What the figures would be without one delegation"
    caption = Caption(found, each, "without-one", name, notes, private=True)
    return write(alt.hconcat(*panels), directory, caption, width=widths + 500)


def _label(found: Meeting, each: Reported, provision: Document) -> str:
    clause = found.clauses[provision["id"]]
    return shortened(f"{clause.label(each.about)}  {clause.words}", LABELS, WORDS)


def _objectors(found: Meeting, each: Reported) -> dict[str, str]:
    """Who objects to the present text of which provision, alphabetical; of many how many."""
    named = {id: [found.names.get(seat, seat) for seat in seats] for id, seats in each.objecting.items()}
    return {id: f"objecting: {', '.join(names) if len(names) <= _FEW else len(names)}" for id, names in named.items()}
