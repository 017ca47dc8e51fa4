"""What is drawn from an item's figures: seeded by the hash of the report's input, marked as drawn, and not hashed.

Why apart from the report: a float depends on the machine that rounds it.
"""

from collections.abc import Mapping
from typing import Any

from polylogue.convergence.alpha_interval import Interval, interval
from polylogue.convergence.axes import Axes, axes
from polylogue.convergence.bridging import Ranked, bridging, root
from polylogue.convergence.coalitions import Coalitions, coalitions
from polylogue.convergence.draws import table
from polylogue.convergence.matrix import Matrix

PLACES = 6


def pictures(matrix: Matrix, seed: bytes, before: Mapping[str, Any] | None = None) -> dict[str, object]:
    """All pictures of one report as JSON values; floats have six places (docs/convergence.md, the pictures).

    `seed` is the hash of the report's input, `before` the pictures of the report before on the same item or scope,
    for the frame of its map; what is missing in it is not used.
    """
    stances = table(matrix)  # once: of many cells, to read them is a third of the work
    found = coalitions(matrix, seed, stances=stances)
    groups = (*found.groups, *((seat,) for seat in found.isolated))
    return {
        "alphaInterval": _interval(interval(matrix, seed, stances=stances)),
        "coalitions": _coalitions(found),
        "bridging": [_ranked(each, len(groups)) for each in bridging(matrix, groups, stances)],
        "axes": _axes(axes(matrix, _frame(before), stances)),
    }


def _rounded(value: float | None) -> float | None:
    """Six places, and never a zero with a sign."""
    return None if value is None else round(value, PLACES) + 0.0


def _interval(found: Interval) -> dict[str, object]:
    return {
        "low": _rounded(found.low),
        "high": _rounded(found.high),
        "draws": found.draws,
        "defined": found.defined,
    }


def _coalitions(found: Coalitions) -> dict[str, object]:
    return {
        "groups": [
            {
                "seats": list(seats),
                "stability": _rounded(stability),
                "cohesion": _rounded(None if cohesion is None else float(cohesion)),
                "provisions": counted,
            }
            for seats, stability, cohesion, counted in zip(
                found.groups, found.stability, found.cohesion, found.counted, strict=True
            )
        ],
        "isolated": list(found.isolated),
        "unplaced": list(found.unplaced),
        "silhouette": _rounded(found.silhouette),
        "draws": found.draws,
        "together": [
            {"first": first, "second": second, "share": _rounded(share)}
            for (first, second), share in found.together.items()
        ],
    }


def _ranked(found: Ranked, groups: int) -> dict[str, object]:
    return {
        "id": found.provision,
        "place": found.place,
        "objections": found.objections,
        "leximin": list(found.leximin),
        "stated": found.stated,
        "across": _rounded(root(found.across, groups)),
    }


def _axes(found: Axes) -> dict[str, object]:
    return {
        "points": [{"seat": seat, "x": _rounded(x), "y": _rounded(y)} for seat, (x, y) in found.points.items()],
        "explained": [_rounded(share) for share in found.explained],
        "unplaced": list(found.unplaced),
        "imputed": found.imputed,
    }


def _frame(before: Mapping[str, Any] | None) -> Axes | None:
    """The map before, as far as it was written."""
    written = (before or {}).get("axes")
    if not written:
        return None
    return Axes({point["seat"]: (point["x"], point["y"]) for point in written["points"]}, (0.0, 0.0))
