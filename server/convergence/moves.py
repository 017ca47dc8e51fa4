"""How figures came about: the timeline as a line, with the entries at which most moved and texts changed.

Why an entry and not who moved most: a move is in the record for everybody, a sum of moves is a figure about one
delegation.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from polylogue.convergence.change import Move, Point
from polylogue.convergence.credit import Shift, largest
from polylogue.vocabulary import SCALE
from server.convergence.bars import NOTHING, figure, line
from server.convergence.reading import Document, Meeting, Reported

LARGEST = 5
"""Entries of moves or new words shown by which the figure changed most."""
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


def read(point: Document) -> Point:
    """A point of a timeline as it is kept, with its figures as ratios."""
    moves = tuple(
        Move(
            seq=point["seq"],
            **{name: move[name] for name in ("seat", "provision", "before", "after", "reworded", "steps")},
            closeness=_ratio(move["closeness"]),
            mean_closeness=_ratio(move["meanCloseness"]),
        )
        for move in point.get("moves", ())
    )
    return Point(
        seq=point["seq"],
        provisions=point["provisions"],
        open_brackets=point["openBrackets"],
        objections=point["objections"],
        mean_closeness=_ratio(point["meanCloseness"]),
        alpha=_ratio(point["alpha"]),
        unanimity_share=_ratio(point["unanimityShare"]),
        coverage=_ratio(point["coverage"]),
        moves=moves,
        reworded=tuple(point.get("reworded", ())),
    )


def _ratio(figure: str | None) -> Fraction | None:
    return None if figure is None else Fraction(figure)


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
    shifted = {shift.seq: shift for shift in largest([*map(read, points)], LARGEST)}
    told = [point for point in points if point["seq"] in shifted or point.get("reworded")]
    if not told:
        return table
    title = Text("Moves and new words by which closeness changed most, and other new words:", style="dim")
    return Group(
        table,
        title,
        *(Text(_told(found, each, before.get(point["seq"]), point, shifted.get(point["seq"]))) for point in told),
    )


def _told(found: Meeting, each: Reported, before: Document | None, point: Document, shift: Shift | None) -> str:
    """What an entry did: to closeness, how much of it by moves and by which, with which new words."""
    moves = [
        f"{move['seat']} on {found.clauses[move['provision']].label(each.about)} "
        f"{_LEVELS[move['before']]} → {_LEVELS[move['after']]}"
        for move in point.get("moves", ())
    ]
    if len(moves) > _SHOWN_MOVES:
        moves[_SHOWN_MOVES:] = [f"{len(moves) - _SHOWN_MOVES} more moves"]
    parts = [", ".join(moves)] if moves else []
    if point.get("reworded"):
        labels = (found.clauses[provision].label(each.about) for provision in point["reworded"])
        parts.append(f"new wording of {', '.join(labels)}")
    then = before["meanCloseness"] if before else None
    share = f" ({_signed(shift.change)}, {_signed(shift.by_moves)} by moves)" if shift else ""
    return f"entry {point['seq']}: C {figure(then)} → {figure(point['meanCloseness'])}{share}; " + "; ".join(parts)


def _signed(change: Fraction) -> str:
    return f"{float(change):+.3f}".replace("-", "−")
