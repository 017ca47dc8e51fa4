"""How figures came about: the timeline as a line, with the entries at which most moved and texts changed.

Why an entry and not who moved most: a move is in the record for everybody, a sum of moves is a figure about one
delegation.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from polylogue.vocabulary import SCALE
from server.convergence.bars import NOTHING, figure, line
from server.convergence.reading import Document, Meeting, Reported

LARGEST = 3
"""Entries shown that moved the figure most."""
_SHOWN_MOVES = 4
_BESIDE = 48
"""Columns that a line leaves to its name and figures."""
_LEVELS = {place: level for level, place in SCALE.items()}


def timelines(found: Meeting, each: Reported, width: int) -> Iterator[tuple[str, RenderableType]]:
    """For each item of a report, a title and its lines."""
    for about, points in each.timelines:
        if points:
            of = "" if each.about.number else f" of item {about.number}"
            title = f"Timeline{of}, entries {points[0]['seq']} to {points[-1]['seq']}"
            yield title, _lines(found, each, points, width)


def largest(points: Sequence[Document]) -> list[Document]:
    """The points at which moves changed the mean closeness most, in the order of the record."""
    moved = [point for point in points if moved_by(point)]
    chosen = sorted(moved, key=lambda point: (-abs(moved_by(point)), point["seq"]))[:LARGEST]
    return sorted(chosen, key=lambda point: point["seq"])


def moved_by(point: Document) -> Decimal:
    """What the moves of an entry did to the mean closeness, over stances that stood before and after only."""
    return sum((Decimal(move["meanCloseness"] or 0) for move in point.get("moves", ())), Decimal(0))


def _lines(found: Meeting, each: Reported, points: Sequence[Document], width: int) -> RenderableType:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    for name, member in (("closeness C", "meanCloseness"), ("coverage", "coverage"), ("objections", "objections")):
        values = [None if point[member] is None else float(point[member]) for point in points]
        known = [point[member] for point in points if point[member] is not None]
        shown = [str(value) if isinstance(value, int) else figure(value) for value in known]
        said = f"{shown[0]} → {shown[-1]}" if shown else NOTHING
        least, most = (shown[known.index(f(known, key=float))] for f in (min, max)) if known else (NOTHING, NOTHING)
        span = Text(f"{least} to {most}", style="dim")
        table.add_row(name, Text(line(values, max(8, width - _BESIDE)), style="cyan"), said, span)
    before = dict(zip((point["seq"] for point in points[1:]), points, strict=False))
    events = sorted(
        [(point["seq"], _move(found, each, before[point["seq"]], point)) for point in largest(points)]
        + [(point["seq"], _reworded(found, each, point)) for point in points if point.get("reworded")],
        key=lambda event: event[0],
    )
    if not events:
        return table
    title = Text("Entries at which moves changed most, and those at which words changed:", style="dim")
    return Group(table, title, *(Text(words) for _, words in events))


def _move(found: Meeting, each: Reported, before: Document, point: Document) -> str:
    moves = [
        f"{move['seat']} on {found.clauses[move['provision']].label(each.about)} "
        f"{_LEVELS[move['before']]} → {_LEVELS[move['after']]}"
        for move in point["moves"][:_SHOWN_MOVES]
    ]
    left = len(point["moves"]) - _SHOWN_MOVES
    more = f", and {left} more" if left > 0 else ""
    closeness = f"C {figure(before['meanCloseness'])} → {figure(point['meanCloseness'])}"
    return f"entry {point['seq']}: {closeness}; {', '.join(moves)}{more}"


def _reworded(found: Meeting, each: Reported, point: Document) -> str:
    labels = ", ".join(found.clauses[provision].label(each.about) for provision in point["reworded"])
    return f"entry {point['seq']}: new wording of {labels}"
