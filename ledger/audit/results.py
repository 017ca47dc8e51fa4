"""Computed results against the record: each report computed again at its basis, and the points of each timeline."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import sqlalchemy as sa

from ledger.audit.finding import Fault, is_instant
from ledger.audit.recompute import Hashes, Recompute
from ledger.raw import Raw, kinds, raw
from ledger.reports import json_text
from polylogue.convergence.change import Point
from polylogue.convergence.matrix import ALGORITHM
from polylogue.convergence.scope import basis
from polylogue.record.canonical import digest, digest_of
from polylogue.state import State
from polylogue.vocabulary import ItemId, SessionId
from schema.tables import Progress, Report, ReportsHead, Timeline

_report = Report.metadata.tables["report"]
_timeline = Timeline.metadata.tables["timeline"]
_progress = Progress.metadata.tables["progress"]
_head = ReportsHead.metadata.tables["reports_head"]

Place = tuple[str, int]
"""An item or a wider scope, and an entry."""


@dataclass(slots=True)
class Results:
    """What is kept for a session, and how much of it was found right."""

    reports: dict[int, list[Raw]]
    points: dict[Place, str]
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
        if kept is not None and kept != json_text(point.document()):
            raise Fault(f"{place} should be {point.document()} and is {kept}")

    def _report(self, state: State, kept: Raw) -> None:
        place = _place(kept)
        if basis(state, kept.item) != kept.basis:
            raise Fault(f"{place}: that entry does not feed it")
        held, beside = _held(place, kept)
        made = self.recompute(state, kept.item, kept.algorithm, kept.version)
        if made is None:
            self.unknown += 1
        elif made != held:
            part = next(name for name in ("input", "public", "per_seat") if getattr(made, name) != getattr(held, name))
            raise Fault(f"{place}: computed again, its {part.replace('_', ' ')} hash is another")
        elif kept.input is not None and digest_of(kept.input.encode()) != kept.input_hash:
            raise Fault(f"{place}: its input has another hash than it says")
        elif others := [name for name, value in made.beside.items() if beside.get(name) != value]:
            raise Fault(f"{place}: computed again, what it says beside the figures is another ({others[0]})")
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
    """What is kept of a session's results, to be checked while its record is folded. Raises Fault at what is no row."""

    def rows(table: sa.Table) -> Sequence[Raw]:
        return connection.execute(_MINE[table.name], {"session": session}).all()

    reports: dict[int, list[Raw]] = defaultdict(list)
    for row in _checked(_report, rows(_report)):
        reports[row.basis].append(row)
    points = _checked(_timeline, rows(_timeline))
    computed = _checked(_progress, rows(_progress))
    heads = _checked(_head, rows(_head))
    if reports and not heads:
        raise Fault("it has reports, and no count of them")
    for row in heads:
        if row.revision < 1:
            raise Fault(f"its count of reports is {row.revision}")
    for row in computed:
        if not is_instant(row.at):
            raise Fault(f"{row.item} was computed at {row.at!r}, which is no time")
    return Results(
        reports,
        {(row.item, row.seq): row.point for row in points},
        {row.item: row.computed_seq for row in computed},
        recompute,
    )


_MINE = {
    table.name: raw(table).where(table.c.session == sa.bindparam("session"))
    for table in (_report, _timeline, _progress, _head)
}
_KINDS = {table.name: kinds(table) for table in (_report, _timeline, _progress, _head)}


def _checked(table: sa.Table, rows: Sequence[Raw]) -> Sequence[Raw]:
    """The rows, if each holds what its columns hold, and none is there twice."""
    seen: set[tuple[Any, ...]] = set()
    for row in rows:
        key = tuple(getattr(row, part) for part in table.primary_key.columns.keys())  # noqa: SIM118 -- no dictionary
        place = " ".join((f"the {table.name.replace('_', ' ')} row", *map(str, key[1:])))
        if wrong := _KINDS[table.name](row):
            raise Fault(f"{place}: {wrong}")
        if key in seen:
            raise Fault(f"{place} is there twice")
        seen.add(key)
    return rows


def _place(kept: Raw) -> str:
    return f"the {kept.algorithm} report on {kept.item} at entry {kept.basis}"


def _held(place: str, kept: Raw) -> tuple[Hashes, Mapping[str, Any]]:
    """The hashes of a report as it says them, each compared with what it is of, and what is shown beside it."""
    if kept.algorithm != ALGORITHM:
        raise Fault(f"{place}: there is no such algorithm")
    if kept.version < 1:
        raise Fault(f"{place}: there is no version {kept.version} of it")
    if not is_instant(kept.made_at):
        raise Fault(f"{place}: it was made at {kept.made_at!r}, which is no time")
    seats, parts, beside, _ = (
        _object(place, name, getattr(kept, name)) for name in ("seat_hashes", "per_seat", "beside", "pictures")
    )
    if digest_of(kept.document.encode()) != kept.public_hash:
        raise Fault(f"{place}: its document has another hash than it says")
    made = _digests(place, parts)
    if other := sorted(seat for seat in made.keys() | seats.keys() if made.get(seat) != seats.get(seat)):
        raise Fault(f"{place}: the part of {other[0]} has another hash than it says")
    return Hashes(kept.input_hash, kept.public_hash, seats), beside


def _digests(place: str, parts: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return {seat: digest(part) for seat, part in parts.items()}
    except (ValueError, RecursionError) as error:
        raise Fault(f"{place}: its per seat is nothing that has a hash ({error})") from error


def _object(place: str, name: str, written: str | None) -> dict[str, Any]:
    """A JSON object as it is kept."""
    if written is None:
        return {}
    try:
        found: Any = json.loads(written)
    except (ValueError, RecursionError) as error:
        raise Fault(f"{place}: its {name.replace('_', ' ')} is no JSON ({error})") from error
    if not isinstance(found, dict):
        raise Fault(f"{place}: its {name.replace('_', ' ')} is no JSON object")
    return cast("dict[str, Any]", found)
