"""Damage of any kind to any column: the session's line tells it, and the other sessions are checked all the same.

Why column by column: SQLite keeps whatever is put into a column, and what nobody has thought of is what happens.
"""

from collections.abc import Iterator
from itertools import count

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from ledger.audit import Finding, audit_session, rows, sessions
from ledger.audit.finding import Fault
from ledger.audit.session import BESIDE
from ledger.projections import write_rows
from ledger.projections.rows import TABLES as MADE
from ledger.projections.rows import session_of
from ledger.rebuild import rebuild_session
from ledger.unread import Unreadable
from migrations import steps
from polylogue.vocabulary import SessionId
from server.convergence.recomputed import recomputed
from tests.ledger.audit.planted import COURSE, SESSION, TABLES, Plant, audited, computed, defenceless, keep_whole, sql
from tests.ledger.wander import wander

OTHER = wander(7, 24, session=SessionId("01937e00-0000-7000-8000-00000000ffff"))

BAD_UTF8 = "CAST(x'ff41' AS TEXT)"
WRONG = (
    "NULL",
    "'no such thing'",
    "''",
    "'{'",
    "'[]'",
    "'NaN'",
    "'\"\\ud800\"'",
    "-7",
    "9223372036854775807",
    "0.5",
    "x'00ff'",
    BAD_UTF8,
    "CAST(? AS TEXT)",
    "CAST(? AS BLOB)",
    "substr(?, 1, length(?) - 1)",
)
"""What is put in the place of a value, which is `?`."""

LAWFUL = {
    "report.version: 9223372036854775807",  # of a version that this software does not have: counted, and not judged
    "report.input: NULL",  # not kept of older reports on wider scopes
    "report.pictures: NULL",  # not drawn yet
    "reports_head.revision: 9223372036854775807",  # a count that nothing else tells
}
"""What may be there without a hand of anybody's."""


def harm(column: sa.Column[object], wrong: str, session: str) -> str:
    """A statement that puts a wrong value into one of a session's rows, the last in which it changes anything."""
    name, table = f'"{column.name}"', f'"{column.table.name}"'
    value, mine = wrong.replace("?", name), f"{session_of(column.table).name} = '{session}'"
    last = f"SELECT max(rowid) FROM {table} WHERE {mine} AND {name} IS NOT {value}"  # noqa: S608 -- our own names
    return f"UPDATE {table} SET {name} = {value} WHERE rowid = ({last})"  # noqa: S608


def planted(connection: sa.Connection, statement: str) -> bool:
    """Whether the statement has changed anything; the schema may refuse it."""
    try:
        return bool(connection.exec_driver_sql(statement).rowcount)
    except IntegrityError:
        return False


@pytest.fixture(scope="module")
def two(kept_in_sqlite: str) -> str:
    """Two sessions with their results."""
    steps.at(kept_in_sqlite, lambda connection: keep_whole(connection, OTHER, computed(OTHER, 3)))
    return kept_in_sqlite


def test_whatever_stands_in_a_row_that_is_made_from_the_record_is_noticed(two: str):
    """Of the wrong values three for each column, in turn; a text that cannot be read at all is tried below."""
    turn, values = count(), [wrong for wrong in WRONG if wrong != BAD_UTF8]

    def unnoticed(connection: sa.Connection) -> Iterator[str]:
        with rows.scratch() as made:
            write_rows(made, COURSE.rows)
            for column in (column for table in MADE.values() for column in table.c):
                for _ in range(3):
                    wrong = values[next(turn) * 5 % len(values)]
                    trial = connection.begin_nested()
                    if planted(connection, harm(column, wrong, SESSION)):
                        try:
                            rows.compare(connection, made, SESSION)
                            yield f"{column}: {wrong}"
                        except Fault:
                            pass
                    trial.rollback()

    assert steps.at(two, lambda connection: list(unnoticed(connection))) == []


def test_whatever_stands_in_any_other_row_is_noticed_and_stays_with_its_session(two: str):
    """Two for each column, in turn; the audit runs whole, over all sessions that have to do with it."""
    turn, seen = count(), set[str]()

    def damaged(connection: sa.Connection, column: sa.Column[object], wrong: str) -> None:
        trial = connection.begin_nested()
        if column.table.name == "event":
            defenceless(lambda _: None)(connection)
        if planted(connection, harm(column, wrong, OTHER.session)):
            seen.add(f"{column}: {wrong}")
            others = [session for session in sessions(connection) if session != SESSION]
            faults = [fault for session in others for fault in audit_session(connection, session).faults]
            assert faults or f"{column}: {wrong}" in LAWFUL, f"{column}: {wrong}"
            assert not any("cannot be checked" in fault for fault in faults), faults
            assert "".join(faults).isprintable()
        trial.rollback()

    def body(connection: sa.Connection) -> None:
        for column in (column for name in BESIDE for column in TABLES[name].c):
            for _ in range(2):
                damaged(connection, column, WRONG[next(turn) * 7 % len(WRONG)])
        damaged(connection, MADE["session"].c.nature, BAD_UTF8)

    steps.at(two, body)
    assert len(seen) > 60


STORED = "UPDATE event SET stored = {} WHERE seq = 20"
UNREAD = {
    "a report that is no JSON": (
        sql("UPDATE report SET per_seat = '{' WHERE basis = 22"),
        "report on 01937e00-0000-7000-9000-000000000001 at entry 22: its per seat is no JSON (Expecting",
    ),
    "a report of another shape": (
        sql("UPDATE report SET seat_hashes = '[]' WHERE basis = 22"),
        "at entry 22: its seat hashes is no JSON object",
    ),
    "a report cut off": (
        sql("UPDATE report SET document = substr(document, 1, 9) WHERE basis = 22"),
        "at entry 22: its document has another hash than it says",
    ),
    "what it rests on cut off": (
        sql("UPDATE report SET input = substr(input, 1, 9) WHERE basis = 22"),
        "at entry 22: its input has another hash than it says",
    ),
    "another count beside a report": (
        sql("""UPDATE report SET beside = replace(beside, '"bulkStances":0', '"bulkStances":3')"""),
        "what it says beside the figures is another (bulkStances)",
    ),
    "a version that never was": (sql("UPDATE report SET version = 0"), "there is no version 0 of it"),
    "an algorithm that never was": (sql("UPDATE report SET algorithm = 'stars'"), "there is no such algorithm"),
    "a report made at no time": (sql("UPDATE report SET made_at = '2026-02-30T00:00:00.000Z'"), "which is no time"),
    "computed at no time": (sql("UPDATE progress SET at = 'soon'"), "was computed at 'soon', which is no time"),
    "reports that nobody counts": (sql("DELETE FROM reports_head"), "it has reports, and no count of them"),
    "a point that is no JSON": (sql("UPDATE timeline SET point = '{' WHERE seq = 22"), "and is {"),
    "no row of the record at all": (defenceless(sql("DELETE FROM event", "DELETE FROM head")), " is there, and the"),
}


def test_what_cannot_be_read_is_named_on_both_databases(kept: str):
    for fault, (plant, said) in UNREAD.items():
        found = audited(kept, plant)
        assert any(said in each for each in found.faults), (fault, found.faults)


def lose_keys(table: str) -> Plant:
    """A table as a careless import leaves it: without its key, and each row twice."""
    return sql(
        f"CREATE TABLE copied AS SELECT * FROM {table} UNION ALL SELECT * FROM {table}",  # noqa: S608
        f"DROP TABLE {table}",
        f"ALTER TABLE copied RENAME TO {table}",
    )


IN_SQLITE = {
    "bytes as text": (
        defenceless(sql(STORED.format("CAST(stored AS TEXT)"))),
        "…, which is no sequence of bytes",
    ),
    "bytes cut off": (defenceless(sql(STORED.format("substr(stored, 1, 9)"))), "entry 20: its leaf hash is"),
    "a place that is a word": (
        defenceless(sql("UPDATE event SET seq = 'x' WHERE seq = 20")),
        "entry 21 stands where entry 20",
    ),
    "a text that is no UTF-8": (
        sql(f"UPDATE prose SET text = {BAD_UTF8} WHERE seq = 16 AND pointer = '/text'"),  # noqa: S608
        r"the text at /text of entry 16: its text is '\udcffA', which is no UTF-8",
    ),
    "a truth value that is a number": (
        sql("UPDATE session SET public = 7"),
        "public should be False and is 7",
    ),
    "lines twice": (lose_keys("event"), "entry 1 stands where entry 2 should"),
    "a head twice": (lose_keys("head"), "it has 2 heads"),
    "rows twice": (lose_keys("stance"), "the stance row seat CHN, "),
    "reports twice": (lose_keys("report"), " is there twice"),
    "a table gone": (sql("DROP TABLE timeline"), "its results cannot be read (no such table: timeline)"),
}


@pytest.mark.parametrize("fault", IN_SQLITE)
def test_what_only_sqlite_keeps_is_named(kept_in_sqlite: str, fault: str):
    plant, said = IN_SQLITE[fault]
    found = audited(kept_in_sqlite, plant)
    assert any(said in each for each in found.faults), found.faults


def test_a_session_whose_id_is_no_text_is_told_of(two: str):
    def body(connection: sa.Connection) -> list[Finding]:
        trial = connection.begin_nested()
        connection.exec_driver_sql("UPDATE roll_call SET session = x'00ff' WHERE rowid = 1")
        connection.exec_driver_sql(f"UPDATE naming SET session = {BAD_UTF8} WHERE rowid = 1")  # noqa: S608
        found = [audit_session(connection, session) for session in sessions(connection)]
        trial.rollback()
        return found

    found = steps.at(two, body)
    assert [each.session for each in found[:2]] == [SESSION, OTHER.session]
    assert {each.session for each in found[2:]} == {"00ff", r"'\udcffA'"}
    assert {each.faults for each in found[2:]} == {("there are rows of a session whose id is no UTF-8 text",)}


def test_computing_and_making_anew_name_the_entry_too(kept: str):
    def body(connection: sa.Connection) -> None:
        trial = connection.begin_nested()
        defenceless(
            lambda c: c.execute(sa.update(TABLES["event"]).where(TABLES["event"].c.seq == 20).values(stored=b"{"))
        )(connection)
        assert "entry 20 cannot be read (" in (recomputed(connection, SESSION).difference or "")
        with pytest.raises(Unreadable, match=f"session {SESSION} cannot be rebuilt, as its entry 20 cannot be read"):
            rebuild_session(connection, SESSION)
        trial.rollback()
        sql("UPDATE report SET per_seat = '{'")(connection)
        assert "its per seat is no JSON" in (recomputed(connection, SESSION).difference or "")

    steps.at(kept, body)
