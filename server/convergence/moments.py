"""The map at some moments of a session, each turned like the one after it: a point that lies elsewhere has moved.

Why from the record: of older reports no map is kept, and they stand where workers had the time for them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from ledger.lines import pages
from polylogue.convergence.axes import Axes, axes
from polylogue.convergence.matrix import Matrix
from polylogue.convergence.scope import Scope, matrix
from polylogue.evolve import evolve
from polylogue.record import envelope
from polylogue.state import State
from polylogue.vocabulary import SessionId
from server.convergence.reading import Reported

MOST = 6
"""Moments that are shown, as evenly over the entries that feed the figures as can be."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The map just after an entry: the places of those who can be placed, of so many `seats`."""

    seq: int
    points: Mapping[str, tuple[float, float]]
    seats: int


def moments(connection: sa.Connection, session: SessionId, reported: Iterable[Reported]) -> dict[str, list[Moment]]:
    """By scope, in order, the last being the map of the report; none of a scope whose map has no point."""
    drawn = {each.about.scope: each for each in reported if each.pictures.get("axes", {}).get("points")}
    wanted = {scope: chosen(each) for scope, each in drawn.items()}
    tables = _tables(connection, session, wanted)
    return {scope: _turned(each, [(seq, tables[scope, seq]) for seq in wanted[scope]]) for scope, each in drawn.items()}


def chosen(each: Reported) -> Sequence[int]:
    """Entries before that of the report at which two delegations could be compared, the first of them, and others."""
    fed = sorted({p["seq"] for _, points in each.timelines for p in points if p["meanCloseness"] is not None})
    before = [seq for seq in fed if seq < each.basis]
    steps = min(MOST - 1, len(before))
    return [before[step * len(before) // steps] for step in range(steps)]


def _tables(
    connection: sa.Connection, session: SessionId, wanted: Mapping[str, Iterable[int]]
) -> dict[tuple[str, int], Matrix]:
    """By scope and entry, the stances after it, from one pass through the record."""
    due: dict[int, list[str]] = defaultdict(list)
    for scope, seqs in wanted.items():
        for seq in seqs:
            due[seq].append(scope)
    found, state, last = dict[tuple[str, int], Matrix](), State(), max(due, default=0)
    for lines in pages(connection, session):
        for line in lines:
            if line.seq > last:
                return found
            evolve(state, envelope.read(line.stored))
            found |= {(scope, line.seq): matrix(state, Scope(scope))[0] for scope in due.get(line.seq, ())}
    return found


def _turned(each: Reported, tables: Sequence[tuple[int, Matrix]]) -> list[Moment]:
    """From the last back to the first, so that the last is the map that is shown elsewhere."""
    points = {point["seat"]: (point["x"], point["y"]) for point in each.pictures["axes"]["points"]}
    found, after = [Moment(each.basis, points, len(each.public["seats"]))], Axes(points, (0.0, 0.0))
    for seq, table in reversed(tables):
        after = axes(table, after)
        found.append(Moment(seq, after.points, len(table.seats)))
    return found[::-1]
