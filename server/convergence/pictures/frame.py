"""What all pictures have in common: title, nature of the session, basis and hash, fonts, colours.

Why on every picture: a picture is passed on without what stood around it.
"""

from dataclasses import dataclass
from pathlib import Path

import altair as alt
import vl_convert

from polylogue.vocabulary import Nature
from server.convergence.pictures.lettering import FONTS, wrapped
from server.convergence.private import LABEL
from server.convergence.reading import Meeting, Reported
from server.convergence.tables import heading

INK, QUIET, FAINT = "#1b1b1b", "#5f6368", "#d9dce1"
CLOSENESS, OBJECTIONS = "#1d4f91", "#bb2b23"
"""The board's colours of these lines (its style sheet, light)."""
BLUE, ORANGE = "#0072b2", "#d55e00"
"""Of the palette of Okabe and Ito, told apart with any kind of colour vision, as are all of `COLOURS`."""
COLOURS = (BLUE, "#e69f00", "#009e73", "#cc79a7", "#56b4e9", ORANGE, "#8a6d00", "#000000")
SHAPES = ("circle", "square", "triangle-up", "diamond", "triangle-down", "triangle-right", "triangle-left")
LABELS, SMALL = 12, 11
_TITLE = 16
_BOLD = 1.12
"""How much wider letters are in bold."""
NATURES = {
    Nature.SIMULATION: "Simulation: nothing here is the position of any state",
    Nature.RECONSTRUCTION: "Reconstruction from published records; nobody spoke here",
    Nature.CONSULTATION: "Consultation: what is said here binds nobody",
}
ADVICE = "Figures are advice."
CONFIG = {
    "font": FONTS,
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": LABELS,
        "titleFontSize": LABELS,
        "labelColor": INK,
        "titleColor": QUIET,
        "titleFontWeight": "normal",
        "titlePadding": 10,
        "labelLimit": 0,
        "gridColor": FAINT,
        "domainColor": QUIET,
        "tickColor": QUIET,
    },
    "legend": {
        "labelFontSize": LABELS, "titleFontSize": LABELS, "titleFontWeight": "normal", "titleColor": QUIET,
        "labelLimit": 0,
    },
    "concat": {"spacing": 18},
}  # fmt: skip

Chart = alt.Chart | alt.LayerChart | alt.FacetChart | alt.HConcatChart | alt.VConcatChart


@dataclass(frozen=True, slots=True)
class Caption:
    """What a picture shows, as it says itself. `hashed`: its figures are; `private`: it is not for everybody."""

    found: Meeting
    each: Reported
    file: str
    name: str
    notes: tuple[str, ...] = ()
    hashed: bool = True
    private: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        """What stands below the session's title."""
        each, drawn = self.each, "" if self.hashed else " Drawn from figures, not hashed."
        return (
            *((LABEL,) if self.private else ()),
            f"{self.name}. {heading(each.about)}",
            f"{NATURES[Nature(self.found.nature)]}.",
            f"Report at entry {each.basis}, input {each.input_hash[:12]}, version {each.version}.{drawn} {ADVICE}",
            *self.notes,
        )


def write(chart: Chart, directory: Path, caption: Caption, *, width: float) -> Path:
    """Write a picture as SVG, which loads nothing from anywhere; `width` is what it will have about, for its captions.

    Raises OSError where it cannot be written.
    """
    title = alt.Title(
        wrapped(caption.found.title, _TITLE * _BOLD, width),
        subtitle=[line for part in caption.lines for line in wrapped(part, LABELS, width)],
        anchor="start",
        frame="bounds",
        offset=16,
        fontSize=_TITLE,
        fontWeight=600,
        color=INK,
        subtitleFontSize=LABELS,
        subtitleColor=QUIET,
        subtitlePadding=6,
        subtitleLineHeight=17,
    )
    spec = chart.properties(title=title, background="white", padding=20).to_dict()
    spec["config"] = CONFIG
    path = directory / f"{caption.each.about.slug}-{caption.file}{'-private' if caption.private else ''}.svg"
    path.write_text(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]), "utf-8")
    return path


def name_of(found: Meeting, seat: str) -> str:
    """A delegation by its name and code."""
    name = found.names.get(seat, seat)
    return seat if name == seat else f"{name} {seat}"
