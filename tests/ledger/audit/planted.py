"""One course kept whole, and ways to do it harm that are taken back."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from ledger import reports
from ledger.audit import Finding, audit_session
from ledger.reports import Computed, store
from migrations import steps
from polylogue.convergence.extras import beside
from polylogue.convergence.matrix import canonical_input
from polylogue.convergence.report import compute
from polylogue.convergence.scope import matrix, of_item
from polylogue.convergence.track import Tracker
from polylogue.vocabulary import Instant, ItemId
from schema.tables import Event
from tests.ledger.course import Course, keep
from tests.ledger.whole import whole

TABLES = Event.metadata.tables
COURSE = whole()
SESSION = COURSE.session
AT = Instant("2026-05-05T09:00:00.000Z")

Plant = Callable[[sa.Connection], Any]
Faults = dict[str, tuple[Plant, str]]
"""What is done, by a name for it, and what the audit says."""


Made = list[tuple[Computed, list[dict[str, object]]]]


def computed(course: Course, every: int = 1) -> Made:
    """What workers would have kept for a course: a report at every so many bases of an item, with its points."""
    tracker, waiting, made = Tracker(), dict[ItemId, list[dict[str, object]]](), Made()
    for entry in course.entries:
        for item, point in tracker.apply(entry):
            waiting.setdefault(item, []).append(point.document())
            if len(waiting[item]) < every:
                continue
            found, extras = matrix(tracker.state, item)
            document: dict[str, Any] = compute(found).document()
            report = reports.computed(
                session=course.session,
                scope=of_item(item),
                basis=entry.seq,
                algorithm="convergence",
                version=1,
                input=canonical_input(found),
                document=document["public"],
                per_seat=document["perSeat"],
                beside=beside(found, extras),
                pictures={},
            )
            made.append((report, waiting.pop(item)))
    return made


REPORTS = computed(COURSE)


def keep_whole(connection: sa.Connection, course: Course = COURSE, made: Made = REPORTS) -> None:
    """A course with its rows and its results."""
    keep(connection, course)
    for report, points in made:
        assert store(connection, report, points, work="convergence:", at=AT)


def audited(url: str, plant: Plant | None = None) -> Finding:
    """What the audit finds after a fault was planted, which is then taken back."""

    def body(connection: sa.Connection) -> Finding:
        trial = connection.begin_nested()
        if plant:
            plant(connection)
        found = audit_session(connection, SESSION)
        trial.rollback()
        return found

    return steps.at(url, body)


def sql(*statements: str) -> Plant:
    return lambda connection: [connection.exec_driver_sql(statement) for statement in statements]


def defenceless(plant: Plant) -> Plant:
    """As somebody who owns the database would do it: the triggers are taken away first."""

    def body(connection: sa.Connection) -> None:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("DROP TRIGGER event_stays ON event")
        else:
            for name in ("update", "delete", "replace"):
                connection.exec_driver_sql(f"DROP TRIGGER event_no_{name}")
        plant(connection)

    return body
