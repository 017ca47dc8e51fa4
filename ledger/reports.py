"""Results computed from the record: kept beside it, never in it, and never older than what is there.

Why apart from the writer: a report moves no session's head and waits for no lock that a speaker needs. A result whose
basis is not newer is refused, so two workers that compute the same thing do no harm.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from ledger.due import forget
from ledger.statements import upsert
from polylogue.convergence.matrix import ALGORITHM
from polylogue.convergence.scope import WIDE, Scope
from polylogue.record.canonical import canonical, digest, digest_of
from polylogue.vocabulary import Instant, Seq, SessionId
from schema import tables

_report = tables.Report.metadata.tables["report"]
_timeline = tables.Timeline.metadata.tables["timeline"]
_progress = tables.Progress.metadata.tables["progress"]
_head = tables.ReportsHead.metadata.tables["reports_head"]
_keep_points = upsert(_timeline)
_INSERT = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


@dataclass(frozen=True, slots=True)
class Computed:
    """A report on a scope at a basis (the last entry that fed it), and its row, written before a transaction begins."""

    session: SessionId
    scope: Scope
    basis: Seq
    algorithm: str
    row: Mapping[str, object]


Kept = sa.Row[*tuple[Any, ...]]
"""A row of a report as it is kept."""


def computed(  # noqa: PLR0913 -- the parts of a report, each by its name
    *,
    session: SessionId,
    scope: Scope,
    basis: Seq,
    algorithm: str,
    version: int,
    input: Mapping[str, object],
    document: Mapping[str, object],
    per_seat: Mapping[str, object],
    beside: Mapping[str, object],
    pictures: Mapping[str, object] | None = None,
) -> Computed:
    """A report ready to be kept.

    `document` is everybody's part, `per_seat` one a seat; each is hashed: SHA-256 over canonical JSON, as is the input.
    `beside` and `pictures` are shown with the report and not hashed: the one does not follow from the input, the other
    may differ in its last digits from one machine to the next, and may be drawn later.
    """
    asked, told = canonical(input), canonical(document)
    row = {
        "algorithm": algorithm,
        "basis": basis,
        "version": version,
        "input_hash": digest_of(asked),
        "public_hash": digest_of(told),
        "seat_hashes": json_text({seat: digest(part) for seat, part in per_seat.items()}),
        "document": told.decode(),
        "per_seat": json_text(per_seat),
        "beside": json_text(beside),
        "input": asked.decode(),
        "pictures": None if pictures is None else json_text(pictures),
    }
    return Computed(session, scope, basis, algorithm, row)


def newest(connection: sa.Connection, session: str, item: str, algorithm: str) -> Kept | None:
    """The newest report of an item, or none yet."""
    mine = (_report.c.session == session, _report.c.item == item, _report.c.algorithm == algorithm)
    return connection.execute(sa.select(_report).where(*mine).order_by(_report.c.basis.desc()).limit(1)).one_or_none()


def drawn(connection: sa.Connection, session: str, scope: str) -> str | None:
    """The pictures of the newest report on a scope, as they are kept; the next ones are drawn to fit them."""
    mine = (_report.c.session == session, _report.c.item == scope, _report.c.algorithm == ALGORITHM)
    query = sa.select(_report.c.pictures).where(*mine, _report.c.pictures.is_not(None))
    return connection.scalar(query.order_by(_report.c.basis.desc()).limit(1))


def computed_until(connection: sa.Connection, session: str) -> dict[str, Seq]:
    """The entry up to which each scope has been computed."""
    mine = sa.select(_progress.c.item, _progress.c.computed_seq).where(_progress.c.session == session)
    return {scope: Seq(seq) for scope, seq in connection.execute(mine).all()}


def store(
    connection: sa.Connection, made: Computed, points: Sequence[Mapping[str, object]], *, work: str, at: Instant
) -> bool:
    """Keep a report on an item and its timeline's points up to it; false, and nothing kept, where it is not newer.

    In the same transaction the item counts as computed, the work's failure is forgotten, and the session's report
    revision moves on.
    """
    if not _keep(connection, made, at):
        return False
    own = {"session": made.session, "item": made.scope}
    if rows := [own | {"seq": point["seq"], "point": json_text(point)} for point in points]:
        _keep_points(connection, rows)
    forget(connection, work)
    _move_on(connection, made.session)
    return True


def undrawn(connection: sa.Connection, session: str) -> list[Kept]:
    """The newest report of each item that has no pictures yet."""
    mine = (_report.c.session == session, _report.c.algorithm == ALGORITHM, _report.c.item.not_in(WIDE))
    last = sa.select(_report.c.item, sa.func.max(_report.c.basis)).where(*mine).group_by(_report.c.item)
    newest_ones = sa.tuple_(_report.c.item, _report.c.basis).in_(last)
    wanted = (_report.c.pictures.is_(None), _report.c.input.is_not(None))
    return list(connection.execute(sa.select(_report).where(*mine, newest_ones, *wanted)).all())


def store_overview(
    connection: sa.Connection,
    session: SessionId,
    wide: Sequence[Computed],
    pictures: Mapping[tuple[str, int], str],
    *,
    work: str,
    at: Instant,
) -> bool:
    """Keep reports on wider scopes, and pictures of items' reports by item and basis; false where none was newer."""
    new = [_keep(connection, made, at) for made in wide]
    for (item, basis), drawing in pictures.items():
        own = (_report.c.session == session, _report.c.item == item, _report.c.algorithm == ALGORITHM)
        connection.execute(sa.update(_report).where(*own, _report.c.basis < basis).values(pictures=None))
        connection.execute(sa.update(_report).where(*own, _report.c.basis == basis).values(pictures=drawing))
    forget(connection, work)
    if any(new) or pictures:
        _move_on(connection, session)
    return any(new)


def _move_on(connection: sa.Connection, session: SessionId) -> None:
    head = _INSERT[connection.dialect.name](_head).values(session=session, revision=1)
    connection.execute(head.on_conflict_do_update(index_elements=["session"], set_={"revision": _head.c.revision + 1}))


def _keep(connection: sa.Connection, made: Computed, at: Instant) -> bool:
    """Keep one report, unless there is one of the same or a newer basis."""
    insert = _INSERT[connection.dialect.name]
    own = {"session": made.session, "item": made.scope}
    progress = insert(_progress).values(**own, computed_seq=made.basis, at=at)
    moved = connection.execute(
        progress.on_conflict_do_update(
            index_elements=["session", "item"],
            set_={"computed_seq": progress.excluded.computed_seq, "at": progress.excluded.at},
            where=_progress.c.computed_seq < progress.excluded.computed_seq,
        )
    )
    if not moved.rowcount:
        return False
    if made.scope in WIDE:  # kept for every entry, what they rest on would be most of a database
        older = (_report.c.session == made.session, _report.c.item == made.scope)
        connection.execute(sa.update(_report).where(*older).values(pictures=None, input=None))
    kept = insert(_report).values(**own, **made.row, made_at=at)
    anew = {name: kept.excluded[name] for name in ("input", "pictures", "beside")}
    connection.execute(kept.on_conflict_do_update(index_elements=list(_report.primary_key.columns), set_=anew))
    return True


def last_point(connection: sa.Connection, session: str, item: str) -> Seq:
    """The entry up to which the item's timeline is filled in; 0 when it is empty."""
    found = connection.scalar(
        sa.select(sa.func.max(_timeline.c.seq)).where(_timeline.c.session == session, _timeline.c.item == item)
    )
    return Seq(found or 0)


def json_text(value: object) -> str:
    """A document as its column keeps it, where nothing is hashed."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
