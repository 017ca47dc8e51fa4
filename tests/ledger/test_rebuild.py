"""Tables dropped and made anew from the record are what they were."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from ledger.audit import audit_session
from ledger.database import Database
from ledger.known import lock
from ledger.projections.rows import TABLES, session_of
from ledger.rebuild import KEPT_AS, outdated, rebuild_all, rebuild_session
from ledger.unread import NotRebuilt
from migrations import steps
from polylogue.vocabulary import SessionId
from schema.tables import PROJECTIONS_VERSION, Event
from tests.ledger.conftest import Place
from tests.ledger.course import Course, keep
from tests.ledger.wander import wander
from tests.ledger.whole import whole

KEPT = Event.metadata.tables["kept"]
OTHERS = [SessionId(f"01937e00-0000-7000-8000-00000000000{n}") for n in (1, 2)]


@pytest.fixture(scope="module")
def courses() -> list[Course]:
    return [whole(), *(wander(n, 40, session=session) for n, session in enumerate(OTHERS))]


@pytest.fixture
async def database(place: Place, courses: list[Course]) -> Database:
    database = place.database()

    def fill(connection: sa.Connection) -> None:
        for course in courses:
            keep(connection, course)

    await database.transact(fill)
    return database


def sound(connection: sa.Connection) -> list[bool]:
    sessions = connection.execute(sa.select(TABLES["session"].c.id).order_by(TABLES["session"].c.id)).scalars().all()
    return [audit_session(connection, session).sound for session in sessions]


def harm(connection: sa.Connection) -> None:
    connection.exec_driver_sql("UPDATE session SET phase = 'OPEN', decisions = 7")
    connection.exec_driver_sql("DELETE FROM wording")
    connection.exec_driver_sql("INSERT INTO admission SELECT session, 'intruder', roles, seats, seq FROM admission "
                               "WHERE person = 'chair'")  # fmt: skip


async def test_all_sessions_are_made_anew(database: Database, courses: list[Course]):
    await database.transact(harm)
    assert await database.read(sound) == [False] * 3
    told: list[tuple[SessionId, int, int]] = []
    assert await rebuild_all(database.transact, lambda *said: told.append(said)) == 3
    assert await database.read(sound) == [True] * 3
    assert told == [(session, n, 3) for n, session in enumerate(sorted(course.session for course in courses), 1)]


async def test_one_session_is_made_anew_and_the_others_left(database: Database):
    await database.transact(harm)
    course = whole()
    assert await database.transact(lambda c: rebuild_session(c, course.session)) == course.entries[-1].seq
    assert await database.read(sound) == [True, False, False]


async def test_rows_of_no_record_go(database: Database):
    await database.transact(lambda c: c.exec_driver_sql("INSERT INTO admission VALUES ('ghost', 'nobody', '', '', 1)"))
    await rebuild_all(database.transact)
    query = sa.select(sa.func.count()).where(session_of(TABLES["admission"]) == "ghost")
    assert await database.read(lambda c: c.execute(query).scalar_one()) == 0


async def test_a_session_without_a_record_has_no_last_entry(database: Database):
    assert await database.transact(lambda c: rebuild_session(c, SessionId("ghost"))) == 0


async def test_what_breaks_off_leaves_each_session_whole(database: Database, courses: list[Course]):
    """A session's record cannot be read: all others are made anew, this one keeps its rows, as does the note."""
    first = min(course.session for course in courses)

    def break_off(connection: sa.Connection) -> None:
        harm(connection)
        for trigger in ("event_stays ON event",) if connection.dialect.name == "postgresql" else ("event_no_update",):
            connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
        event = Event.metadata.tables["event"]
        unread = sa.update(event).where(event.c.session == first, event.c.seq == 5).values(stored=b"{}")
        connection.execute(unread)
        connection.execute(sa.insert(KEPT).values(name=KEPT_AS, value="0"))

    await database.transact(break_off)
    before = await database.read(lambda c: c.exec_driver_sql("SELECT count(*) FROM admission").scalar_one())
    with pytest.raises(NotRebuilt) as stopped:
        await rebuild_all(database.transact)
    assert str(stopped.value) == f"session {first} cannot be rebuilt, as its entry 5 cannot be read: KeyError('kind')"
    assert await database.read(sound) == [False, True, True]
    after = await database.read(lambda c: c.exec_driver_sql("SELECT count(*) FROM admission").scalar_one())
    assert before - after == 2  # the intruders of two sessions
    assert await database.read(outdated)


async def test_a_version_of_the_projections_is_noted(database: Database):
    assert await database.read(outdated) == (PROJECTIONS_VERSION != 1)
    await database.transact(lambda c: c.execute(sa.insert(KEPT).values(name=KEPT_AS, value="0")))
    assert await database.read(outdated)
    await rebuild_all(database.transact)
    assert not await database.read(outdated)


def test_nobody_writes_a_session_while_it_is_made_anew(postgres_url: str):
    course = whole()
    steps.at(postgres_url, lambda connection: keep(connection, course))

    def writes(connection: sa.Connection) -> None:
        connection.exec_driver_sql("SET LOCAL lock_timeout = '100ms'")
        lock(connection, [course.session])

    def making(connection: sa.Connection) -> None:
        rebuild_session(connection, course.session)
        with ThreadPoolExecutor(1) as thread, pytest.raises(DBAPIError, match="lock timeout"):
            thread.submit(steps.at, postgres_url, writes).result()

    steps.at(postgres_url, making)
    steps.at(postgres_url, writes)
