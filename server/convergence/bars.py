"""Figures as characters: bars, histograms and lines that a terminal of 80 columns has room for.

Why never rounded to 1: a figure that is shown as 1.000 is 1, so that nobody is called unanimous who is not.
"""

from collections.abc import Sequence
from decimal import Decimal

NOTHING = "·"
"""Stands for a figure that is not defined, and for a level that nobody took."""
_EIGHTHS = " ▏▎▍▌▋▊▉█"
_HEIGHTS = "▁▂▃▄▅▆▇█"


def figure(value: str | float | None, places: int = 3) -> str:
    """A figure from −1 to 1 in so many places; one that is not 1 is never shown as 1."""
    if value is None:
        return NOTHING
    exact, step = Decimal(str(value)), Decimal(1).scaleb(-places)
    rounded = exact.quantize(step)
    if rounded == 1 and exact < 1:
        rounded -= step
    return str(rounded).replace("-", "−") if rounded else str(abs(rounded))


def signed(value: str | float | None, places: int = 3) -> str:
    """A difference, with its sign."""
    shown = figure(value, places)
    return f"+{shown}" if value is not None and Decimal(str(value)) > 0 and Decimal(shown) else shown


def bar(value: str | float | None, width: int = 12) -> str:
    """A bar from 0 to 1; nothing below 0."""
    filled = round(8 * width * min(max(float(value or 0), 0), 1))
    whole, part = divmod(filled, 8)
    return ("█" * whole + (_EIGHTHS[part] if part else "")).ljust(width)


def histogram(counts: Sequence[int]) -> str:
    """A column for each count, the highest full; a dot for none."""
    most = max(counts, default=0)
    return "".join(_HEIGHTS[-(-8 * count // most) - 1] if count else NOTHING for count in counts)


def line(values: Sequence[float | None], width: int) -> str:
    """Values in order as columns from the lowest to the highest; at most `width` of them, with the first and last."""
    known = [value for value in values if value is not None]
    if not known or width < 1:
        return ""
    columns = min(width, len(values))
    low, high = min(known), max(known)
    drawn = [values[place * (len(values) - 1) // max(1, columns - 1)] for place in range(columns)]
    return "".join(" " if value is None else _height(value, low, high) for value in drawn)


def _height(value: float, low: float, high: float) -> str:
    return _HEIGHTS[3] if high == low else _HEIGHTS[round(7 * (value - low) / (high - low))]
