"""Sessions that are sound, and all of them."""

import json
from dataclasses import asdict
from pathlib import Path

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.audit import Finding, audit_all, audit_session, sessions
from ledger.database import open_database
from migrations import steps
from polylogue.vocabulary import SessionId
from tests.ledger.audit.planted import COURSE, SESSION, audited, computed, keep_whole
from tests.ledger.course import keep
from tests.ledger.wander import wander


def test_a_session_as_it_was_kept_is_sound(kept: str):
    found = audited(kept)
    assert found.faults == ()
    assert found.sound
    assert (found.entries, found.texts, found.erased) == (len(COURSE.lines), len(COURSE.prose), 0)
    assert found.rows == sum(row is not None for rows in COURSE.rows.values() for row in rows.values())
    assert found.reports > 20
    assert found.sentence.startswith(f"Session {SESSION} is sound: {len(COURSE.lines)} entries, {found.texts} texts, ")
    assert found.sentence.endswith(f"root {found.root}.")
    assert json.dumps(asdict(found))


def test_a_session_that_is_not_there_has_no_faults(kept: str):
    other = SessionId("nowhere")
    assert steps.at(kept, lambda connection: audit_session(connection, other)) == Finding(session=other, root=None)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32), st.integers(1, 5))
def test_any_sitting_is_sound_with_its_results(sqlite_template: Path, tmp_path: Path, seed: int, every: int):
    course = wander(seed, 60)
    made = computed(course, every)
    path = tmp_path / "sitting.db"
    path.write_bytes(sqlite_template.read_bytes())

    def body(connection: sa.Connection) -> Finding:
        keep_whole(connection, course, made)
        return audit_session(connection, course.session)

    found = steps.at(f"sqlite:///{path}", body)
    assert (found.faults, found.reports) == ((), len(made))


async def test_all_sessions_are_audited_each_for_itself(kept: str):
    other = wander(7, 20, session=SessionId("01937e00-0000-7000-8000-00000000ffff"))

    def plant(connection: sa.Connection) -> None:
        keep(connection, other)
        connection.exec_driver_sql("UPDATE session SET public = NOT public WHERE id <> 'x' AND sitting = 1")
        connection.exec_driver_sql("INSERT INTO admission VALUES ('a ghost', 'nobody', '[]', '[]', 1)")

    database = open_database(kept)
    await database.transact(plant)
    assert await database.read(sessions) == [SESSION, other.session, "a ghost"]
    found = [finding async for finding in audit_all(database.read)]
    await database.close()
    assert [finding.sound for finding in found] == [True, False, False]
    assert "public should be False and is True" in found[1].faults[0]
    assert found[2].faults == ("the admission row person nobody is there, and the record makes none",)
