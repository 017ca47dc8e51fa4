"""Computed results against the record: each report computed again at its basis, and the points of each timeline."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from ledger.audit.finding import Fault
from ledger.audit.recompute import Hashes, Recompute
from polylogue.convergence.change import Point
from polylogue.convergence.scope import basis
from polylogue.record.canonical import digest
from polylogue.state import State
from polylogue.vocabulary import ItemId, Seq, SessionId
from schema.tables import Progress, Report, Timeline

_report = Report.metadata.tables["report"]
_timeline = Timeline.metadata.tables["timeline"]
_progress = Progress.metadata.tables["progress"]

Kept = sa.Row[*tuple[Any, ...]]


@dataclass(slots=True)
class Results:
    """What is kept for a session, and how much of it was found right."""

    reports: dict[int, list[Kept]]
    points: dict[tuple[str, int], Any]
    computed: dict[str, int]
    recompute: Recompute
    checked: int = 0
    unknown: int = 0
    newest: dict[str, int] = field(default_factory=dict[str, int])

    def take(self, state: State, fed: Sequence[tuple[ItemId, Point]]) -> None:
        """Check what rests on the entry that the state has just taken in. Raises Fault at the first difference."""
        for item, point in fed:
            self._point(item, point)
        for kept in self.reports.pop(state.seq, ()):
            self._report(state, kept)

    def _point(self, item: ItemId, point: Point) -> None:
        place = f"the timeline of item {item} at entry {point.seq}"
        kept = self.points.pop((item, point.seq), None)
        if kept is None and point.seq <= self.computed.get(item, 0):
            raise Fault(f"{place} is missing")
        if kept is not None and kept != point.document():
            raise Fault(f"{place} should be {point.document()} and is {kept}")

    def _report(self, state: State, kept: Kept) -> None:
        place = f"the {kept.algorithm} report on {kept.item} at entry {kept.basis}"
        if basis(state, kept.item) != kept.basis:
            raise Fault(f"{place}: that entry does not feed it")
        parts: dict[str, Any] = json.loads(kept.per_seat)
        held = Hashes(kept.input_hash, kept.public_hash, json.loads(kept.seat_hashes))
        if (digest(json.loads(kept.document)), {s: digest(p) for s, p in parts.items()}) != (
            held.public,
            held.per_seat,
        ):
            raise Fault(f"{place}: its document has another hash than it says")
        made = self.recompute(state, kept.item, kept.algorithm, kept.version)
        if made is None:
            self.unknown += 1
        elif made != held:
            part = next(name for name in ("input", "public", "per_seat") if getattr(made, name) != getattr(held, name))
            raise Fault(f"{place}: computed again, its {part.replace('_', ' ')} hash is another")
        else:
            self.checked += 1
        self.newest[kept.item] = max(kept.basis, self.newest.get(kept.item, 0))

    def none_left(self) -> None:
        """Raise Fault where something is kept that rests on no entry."""
        for seq, kept in sorted(self.reports.items()):
            raise Fault(f"a report on {kept[0].item} rests on entry {seq}, which is not there")
        for item, seq in sorted(self.points):
            raise Fault(f"the timeline of item {item} has a point at entry {seq}, which does not feed it")
        for item, seq in sorted(self.computed.items()):
            if self.newest.get(item) != seq:
                raise Fault(f"{item} counts as computed up to entry {seq}, where it has no report")


def kept_results(connection: sa.Connection, session: SessionId, recompute: Recompute) -> Results:
    """What is kept of a session's results, to be checked while its record is folded."""
    reports: dict[int, list[Kept]] = defaultdict(list)
    for row in connection.execute(sa.select(_report).where(_report.c.session == session)):
        reports[row.basis].append(row)
    points = connection.execute(sa.select(_timeline).where(_timeline.c.session == session))
    computed = connection.execute(sa.select(_progress).where(_progress.c.session == session))
    return Results(
        reports,
        {(row.item, row.seq): json.loads(row.point) for row in points},
        {row.item: Seq(row.computed_seq) for row in computed},
        recompute,
    )
