"""Who moved whom: an item at two moments, compared over the stances that were stated at both.

Why between reports: each holds what it was computed from, so a comparison is as exact as they are.
"""

import json
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sqlalchemy as sa

from polylogue.convergence import credit
from polylogue.convergence.change import Move, Point
from polylogue.convergence.credit import compare
from polylogue.convergence.decimal import nine_places
from polylogue.convergence.matrix import ALGORITHM, AnotherVersion, from_input
from polylogue.vocabulary import ItemId, ProvisionId, SeatCode, Seq, SessionId, StanceLevel
from schema import tables
from schema.api.standpoint import Reader
from schema.api.values import Figure, shown
from schema.columns import columns

REPORT, TIMELINE = columns(tables.Report), columns(tables.Timeline)
LEVELS = tuple(reversed(StanceLevel))
"""Levels by their place on the scale, OBJECT first."""

Period = tuple[Seq | None, Seq | None]


@shown
class StanceChange:
    """A delegation said another level than before, at entry `seq`; `reworded`: of other words. `steps` is the sum of
    its distances to those who had stated theirs, before minus after; `closeness` and `meanCloseness` are what was
    gained on the provision and in the item's mean, null where nobody was there to come nearer to.
    """

    seq: Seq
    seat: SeatCode
    provision: ProvisionId
    before: StanceLevel
    after: StanceLevel
    reworded: bool
    steps: int
    closeness: Figure | None
    mean_closeness: Figure | None


@shown
class ProvisionMovement:
    """Closeness on one provision, then and now, over the seats that had stated it before and have after."""

    provision: ProvisionId
    stated: int
    before: Figure | None
    after: Figure | None


@shown
class Shift:
    """An entry of moves or new words, and the `change` of mean closeness by it. What is more or less in it than
    `byMoves` is by stances stated for the first time or left behind by new words, and by provisions that came or went.
    """

    seq: Seq
    change: Figure
    by_moves: Figure
    seats: list[SeatCode]
    reworded: list[ProvisionId]


@shown
class Rewording:
    """A provision got other words at entry `seq`."""

    seq: Seq
    provision: ProvisionId


@shown
class Credit:
    """What all changes of a delegation did together; for itself, the chair and facilitators."""

    seat: SeatCode
    moves: int
    steps: int
    mean_closeness: Figure


@shown
class Movement:
    """From the report at entry `since` to the one at `until`: closeness over the `cells` stated at both, so that who
    speaks late fakes no convergence. `onlyBefore` and `onlyAfter` count the stances that could not be compared.
    """

    since: Seq
    until: Seq
    cells: int
    only_before: int
    only_after: int
    before: Figure | None
    after: Figure | None
    provisions: list[ProvisionMovement]
    moves: list[StanceChange]
    rewordings: list[Rewording]

    largest: list[Shift]
    credits: list[Credit]


def point_of(said: dict[str, Any]) -> Point:
    """A timeline's point as it was kept; its figures have nine places."""
    seq, moves = Seq(said["seq"]), said.get("moves", ())
    return Point(
        seq=seq,
        provisions=said["provisions"],
        open_brackets=said["openBrackets"],
        objections=said["objections"],
        **{name: _exact(said[member]) for name, member in _FIGURES.items()},
        moves=tuple(move_of(seq, move) for move in moves),
        reworded=tuple(said.get("reworded", ())),
    )


_FIGURES = {
    "mean_closeness": "meanCloseness",
    "alpha": "alpha",
    "unanimity_share": "unanimityShare",
    "coverage": "coverage",
}


def move_of(seq: Seq, said: dict[str, Any]) -> Move:
    """A move of a point as it was kept."""
    rest = {name: said[name] for name in ("seat", "provision", "before", "after", "reworded", "steps")}
    effect, on_mean = _exact(said["closeness"]), _exact(said["meanCloseness"])
    return Move(seq=seq, closeness=effect, mean_closeness=on_mean, **rest)


def _exact(stored: str | None) -> Fraction | None:
    return None if stored is None else Fraction(stored)


# ── loading ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Stood:
    """What the reports at both ends of a period were computed from, and the points between them as they are kept."""

    since: Seq
    until: Seq
    before: str
    after: str
    points: list[str]


def load_stood(connection: sa.Connection, session: SessionId, item: ItemId, period: Period) -> Stood | None:
    """An item at the newest reports that are not later than these entries; a null one stands for the first report with
    a mean closeness and the newest. Null where there are no reports yet, or none that tells what it was computed from.
    """
    since, until = period
    last = _report_at(connection, session, item, until)
    first = _first(connection, session, item, until) if since is None else _report_at(connection, session, item, since)
    first = first or _report_at(connection, session, item, None, oldest=True)
    if first is None or last is None or first.basis > last.basis:
        return None
    query = sa.select(TIMELINE.point).where(
        TIMELINE.session == session, TIMELINE.item == item, TIMELINE.seq.between(first.basis, last.basis)
    )
    points = list(connection.execute(query.order_by(TIMELINE.seq)).scalars())
    return Stood(first.basis, last.basis, first.input, last.input, points)


def _first(connection: sa.Connection, session: SessionId, item: ItemId, until: Seq | None) -> Any:
    """The oldest report that has a mean closeness; before it nothing can be held against a later one."""
    mine = (TIMELINE.session == session, TIMELINE.item == item)
    query = sa.select(TIMELINE.seq, TIMELINE.point).where(*mine).order_by(TIMELINE.seq)
    with connection.execute(query).yield_per(50) as points:
        spoken = next((seq for seq, point in points if json.loads(point)["meanCloseness"] is not None), None)
    return None if spoken is None else _report_at(connection, session, item, until, since=spoken, oldest=True)


def _report_at(
    connection: sa.Connection,
    session: SessionId,
    item: ItemId,
    upto: Seq | None,
    *,
    since: Seq | None = None,
    oldest: bool = False,
) -> Any:
    """The newest (or oldest) report whose basis is not later, nor earlier than `since`."""
    mine = (REPORT.session == session, REPORT.item == item, REPORT.algorithm == ALGORITHM, REPORT.input.is_not(None))
    mine = (*mine, REPORT.basis >= (since or 0), sa.true() if upto is None else REPORT.basis <= upto)
    query = sa.select(REPORT.basis, REPORT.input).where(*mine)
    order = REPORT.basis.asc() if oldest else REPORT.basis.desc()
    return connection.execute(query.order_by(order).limit(1)).one_or_none()


def moved(stood: Stood, reader: Reader) -> Movement | None:
    """The movement; null where one end is of a version that is gone. Takes its time: not for an event loop."""
    try:
        change = compare(from_input(json.loads(stood.before)), from_input(json.loads(stood.after)))
    except AnotherVersion:
        return None
    points = [point_of(json.loads(point)) for point in stood.points]
    later = points[1:]
    moves = [move for point in later for move in point.moves]
    return Movement(
        since=stood.since,
        until=stood.until,
        cells=change.cells,
        only_before=change.only_before,
        only_after=change.only_after,
        before=_shown(change.before),
        after=_shown(change.after),
        provisions=[
            ProvisionMovement(
                provision=ProvisionId(each.id),
                stated=each.stated,
                before=_shown(each.before),
                after=_shown(each.after),
            )
            for each in change.provisions
        ],
        moves=[stance_change(move) for move in moves],
        rewordings=[
            Rewording(seq=Seq(point.seq), provision=ProvisionId(id)) for point in later for id in point.reworded
        ],
        largest=[_shift(each) for each in credit.largest(points)],
        credits=[
            Credit(
                seat=SeatCode(each.seat),
                moves=each.moves,
                steps=each.steps,
                mean_closeness=_told(each.mean_closeness),
            )
            for each in credit.credits(moves)
            if reader.may_see(SeatCode(each.seat))
        ],
    )


def stance_change(move: Move) -> StanceChange:
    """A move as it is shown."""
    return StanceChange(
        seq=Seq(move.seq),
        seat=SeatCode(move.seat),
        provision=ProvisionId(move.provision),
        before=LEVELS[move.before],
        after=LEVELS[move.after],
        reworded=move.reworded,
        steps=move.steps,
        closeness=_shown(move.closeness),
        mean_closeness=_shown(move.mean_closeness),
    )


def _shift(found: credit.Shift) -> Shift:
    return Shift(
        seq=Seq(found.seq),
        change=_told(found.change),
        by_moves=_told(found.by_moves),
        seats=[SeatCode(seat) for seat in found.seats],
        reworded=[ProvisionId(id) for id in found.reworded],
    )


def _told(value: Fraction) -> Figure:
    return Figure(nine_places(value))


def _shown(value: Fraction | None) -> Figure | None:
    return None if value is None else _told(value)
