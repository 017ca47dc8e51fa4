"""Reports computed again, and timelines."""

import pytest
import sqlalchemy as sa

from ledger.audit import Finding, audit_session, recompute
from ledger.audit.recompute import Hashes
from migrations import steps
from polylogue.convergence.scope import of_item
from polylogue.convergence.track import Tracker
from polylogue.record.canonical import canonical, digest
from tests.ledger.audit.planted import COURSE, SESSION, TABLES, Faults, Plant, audited, sql

REPORT, TIMELINE, PROGRESS = TABLES["report"], TABLES["timeline"], TABLES["progress"]
BASIS = 22
"""An entry at which a report was made: a stance was stated."""

FED = next(iter(COURSE.state.items.values())).input_seq
"""The last entry that feeds the first item's reports."""


def replaced(column: sa.Column[str], old: str, new: str) -> Plant:
    """Exchange something in the documents of a table."""
    return lambda c: c.execute(sa.update(column.table).values({column: sa.func.replace(column, old, new)}))


def moved(**changed: object) -> Plant:
    """Change columns of the report at BASIS."""
    return lambda c: c.execute(sa.update(REPORT).where(REPORT.c.basis == BASIS).values(changed))


def forged(connection: sa.Connection) -> None:
    """A document that is not what the input gives, under the hash that fits it."""
    document = {"headline": {"objections": 0}}
    changed = {"document": canonical(document).decode(), "public_hash": digest(document)}
    connection.execute(sa.update(REPORT).where(REPORT.c.basis == BASIS).values(changed))


RESULTS: Faults = {
    "an input hash": (moved(input_hash="ab"), "its input hash is another"),
    "a public hash": (
        moved(public_hash="ab"),
        "its document has another hash than it says",
    ),
    "a figure": (replaced(REPORT.c.document, '"0.', '"1.'), "its document has another hash than it says"),
    "a seat's figure": (replaced(REPORT.c.per_seat, '"0.', '"1.'), "the part of KGZ has another hash than it says"),
    "a document with its hash": (forged, "computed again, its public hash is another"),
    "an entry that feeds nothing": (moved(basis=20), "does not feed it"),
    "an entry that is not there": (
        moved(basis=2000),
        "rests on entry 2000, which is not there",
    ),
    "an item that is not there": (
        moved(item="nothing"),
        f"the convergence report on nothing at entry {BASIS}: that entry does not feed it",
    ),
    "a point less": (sql("DELETE FROM timeline WHERE seq = 22"), f"at entry {BASIS} is missing"),
    "a point changed": (replaced(TIMELINE.c.point, '"objections":1', '"objections":0'), "should be {"),
    "a point moved": (
        lambda c: c.execute(sa.update(TIMELINE).where(TIMELINE.c.seq == FED).values(seq=2000)),
        f"at entry {FED} is missing",
    ),
    "a point more": (
        lambda c: c.execute(
            sa.insert(TIMELINE).from_select(
                ["session", "item", "seq", "point"],
                sa.select(TIMELINE.c.session, TIMELINE.c.item, sa.literal(2000), TIMELINE.c.point).where(
                    TIMELINE.c.seq == FED
                ),
            )
        ),
        "has a point at entry 2000, which does not feed it",
    ),
    "more than was computed": (
        lambda c: c.execute(sa.update(PROGRESS).where(PROGRESS.c.computed_seq == FED).values(computed_seq=2000)),
        "counts as computed up to entry 2000, where it has no report",
    ),
}


@pytest.mark.parametrize("fault", RESULTS)
def test_results(kept_in_sqlite: str, fault: str):
    plant, said = RESULTS[fault]
    found = audited(kept_in_sqlite, plant)
    assert len(found.faults) == 1, found.faults
    assert said in found.faults[0]


def test_a_report_of_a_version_that_is_gone_is_counted_and_no_fault(kept: str):
    def body(connection: sa.Connection) -> Finding:
        return audit_session(connection, SESSION, recompute=lambda *_: None)

    found = steps.at(kept, body)
    assert found.sound
    assert found.reports == 0
    assert found.unknown > 20
    assert "reports made by a version that this software no longer has" in found.sentence


def test_recomputing_knows_only_its_own_version():
    tracker = Tracker()
    for entry in COURSE.entries:
        tracker.apply(entry)
    item = of_item(next(iter(tracker.state.items)))
    assert isinstance(recompute(tracker.state, item, "convergence", 1), Hashes)
    assert recompute(tracker.state, item, "convergence", 2) is None
    assert recompute(tracker.state, item, "astrology", 1) is None
