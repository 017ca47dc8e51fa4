"""Who moved whom: an item at two moments, compared over the stances that were stated at both.

Why between reports: each holds what it was computed from, so a comparison is as exact as they are.
"""

import json
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

import sqlalchemy as sa

from polylogue.convergence import credit
from polylogue.convergence.change import Move, Point
from polylogue.convergence.credit import compare
from polylogue.convergence.decimal import nine_places
from polylogue.convergence.matrix import ALGORITHM, from_input
from polylogue.vocabulary import ItemId, ProvisionId, SeatCode, Seq, SessionId, StanceLevel
from schema import tables
from schema.api.rows import columns
from schema.api.standpoint import Reader
from schema.api.values import Figure, shown

REPORT, TIMELINE = columns(tables.Report), columns(tables.Timeline)
LEVELS = tuple(reversed(StanceLevel))
"""Levels by their place on the scale, OBJECT first."""

Period = tuple[Seq | None, Seq | None]


@shown
class StanceChange:
    """A delegation said another level than before, at entry `seq`; `reworded`: of other words. How much nearer it came
    to those who had stated theirs is for itself, the chair and facilitators: `steps` is the sum of its distances to
    them before minus after, the others what closeness gained on the provision and in the item's mean.
    """

    seq: Seq
    seat: SeatCode
    provision: ProvisionId
    before: StanceLevel
    after: StanceLevel
    reworded: bool
    steps: int | None
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
    """An entry that moved mean closeness, and by how much; `byMoves` is what changed stances account for, where the
    viewer may see the figures of all who changed one. The rest is stances stated for the first time or left behind by
    new words, and provisions that came or went.
    """

    seq: Seq
    change: Figure
    by_moves: Figure | None
    seats: list[SeatCode]
    reworded: list[ProvisionId]


@shown
class Rewording:
    """A provision got other words at entry `seq`."""

    seq: Seq
    provision: ProvisionId


@shown
class Credit:
    """What a delegation's changes did together; for itself, the chair and facilitators."""

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


def point_of(stored: str) -> Point:
    """A timeline's point as it was kept; its figures have nine places."""
    said = json.loads(stored)
    seq, moves = Seq(said["seq"]), said.get("moves", ())
    return Point(
        seq=seq,
        provisions=said["provisions"],
        open_brackets=said["openBrackets"],
        objections=said["objections"],
        **{name: _exact(said[member]) for name, member in _FIGURES.items()},
        moves=tuple(_move(seq, move) for move in moves),
        reworded=tuple(said.get("reworded", ())),
    )


_FIGURES = {
    "mean_closeness": "meanCloseness",
    "alpha": "alpha",
    "unanimity_share": "unanimityShare",
    "coverage": "coverage",
}


def _move(seq: Seq, said: dict[str, Any]) -> Move:
    rest = {name: said[name] for name in ("seat", "provision", "before", "after", "reworded", "steps")}
    effect, on_mean = _exact(said["closeness"]), _exact(said["meanCloseness"])
    return Move(seq=seq, closeness=effect, mean_closeness=on_mean, **rest)


def _exact(stored: str | None) -> Fraction | None:
    return None if stored is None else Fraction(stored)


# ── loading ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def load_movement(
    connection: sa.Connection, session: SessionId, item: ItemId, period: Period, reader: Reader
) -> Movement | None:
    """How an item moved between the newest reports that are not later than these entries; a null one stands for the
    first report and the newest. Null where there are no reports yet, or none that tells what it was computed from.
    """
    since, until = period
    stood = None if since is None else _report_at(connection, session, item, since)
    first = stood or _report_at(connection, session, item, None, oldest=True)
    last = _report_at(connection, session, item, until)
    if first is None or last is None or first.basis > last.basis:
        return None
    query = sa.select(TIMELINE.point).where(
        TIMELINE.session == session, TIMELINE.item == item, TIMELINE.seq.between(first.basis, last.basis)
    )
    points = [point_of(stored) for stored in connection.execute(query.order_by(TIMELINE.seq)).scalars()]
    return _movement(first, last, points, reader)


def _report_at(
    connection: sa.Connection, session: SessionId, item: ItemId, upto: Seq | None, *, oldest: bool = False
) -> Any:
    """The newest (or oldest) report whose basis is not later."""
    mine = (REPORT.session == session, REPORT.item == item, REPORT.algorithm == ALGORITHM, REPORT.input.is_not(None))
    query = sa.select(REPORT.basis, REPORT.input).where(*mine, sa.true() if upto is None else REPORT.basis <= upto)
    order = REPORT.basis.asc() if oldest else REPORT.basis.desc()
    return connection.execute(query.order_by(order).limit(1)).one_or_none()


def _movement(first: Any, last: Any, points: Sequence[Point], reader: Reader) -> Movement:
    change = compare(from_input(json.loads(first.input)), from_input(json.loads(last.input)))
    later = points[1:]
    moves = [move for point in later for move in point.moves]
    return Movement(
        since=first.basis,
        until=last.basis,
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
        moves=stance_changes(moves, reader),
        rewordings=[
            Rewording(seq=Seq(point.seq), provision=ProvisionId(id)) for point in later for id in point.reworded
        ],
        largest=[_shift(each, reader) for each in credit.largest(points)],
        credits=[
            Credit(
                seat=SeatCode(each.seat), moves=each.moves, steps=each.steps, mean_closeness=_told(each.mean_closeness)
            )
            for each in credit.credits(moves)
            if reader.may_see(SeatCode(each.seat))
        ],
    )


def stance_changes(moves: Iterable[Move], reader: Reader) -> list[StanceChange]:
    """Moves as the viewer may see them."""
    return [_stance_change(move, mine=reader.may_see(SeatCode(move.seat))) for move in moves]


def _stance_change(move: Move, *, mine: bool) -> StanceChange:
    return StanceChange(
        seq=Seq(move.seq),
        seat=SeatCode(move.seat),
        provision=ProvisionId(move.provision),
        before=LEVELS[move.before],
        after=LEVELS[move.after],
        reworded=move.reworded,
        steps=move.steps if mine else None,
        closeness=_shown(move.closeness) if mine else None,
        mean_closeness=_shown(move.mean_closeness) if mine else None,
    )


def _shift(found: credit.Shift, reader: Reader) -> Shift:
    mine = all(reader.may_see(SeatCode(seat)) for seat in found.seats)
    return Shift(
        seq=Seq(found.seq),
        change=_told(found.change),
        by_moves=_told(found.by_moves) if mine else None,
        seats=[SeatCode(seat) for seat in found.seats],
        reworded=[ProvisionId(id) for id in found.reworded],
    )


def _told(value: Fraction) -> Figure:
    return Figure(nine_places(value))


def _shown(value: Fraction | None) -> Figure | None:
    return None if value is None else _told(value)
