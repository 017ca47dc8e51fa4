"""What the database says is due: figures behind the record and drafts asked for, not what waits or is parked."""

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from ledger.database import Database
from ledger.due import MAX_ATTEMPTS, OF_GOING_ON, Due
from ledger.projections import write_rows
from ledger.reports import store, store_overview
from polylogue import commands as c
from polylogue.convergence.scope import SESSION
from polylogue.vocabulary import Instant, ItemId, RequestId, SessionId
from schema.tables import Event
from tests.ledger.audit.planted import AT, computed
from tests.ledger.conftest import Place
from tests.ledger.course import CHAIR, EN, MEMBERS, WORKER, Course, named, of, scheduled, stance

PROGRESS = Event.metadata.tables["progress"]
FAILURE = Event.metadata.tables["failure"]
PAST = Instant("2020-01-01T00:00:00.000Z")


@pytest.fixture
def database(place: Place) -> Database:
    return place.database()


@pytest.fixture
def due(database: Database) -> Due:
    return Due(database, build="1")


def opened() -> tuple[Course, ItemId, ItemId]:
    course = scheduled()
    first, second = course.state.items
    course.go(c.OpenSession())
    course.go(c.OpenItem(item=first))
    return course, first, second


async def show(database: Database, course: Course) -> None:
    """Bring the rows that are read to where the course is."""
    await database.transact(lambda connection: write_rows(connection, course.rows))


async def compute(database: Database, course: Course, item: ItemId) -> None:
    """Keep the newest report of an item, and call the session's own as new."""
    report, points = [made for made in computed(course) if made[0].scope == item][-1]
    work = f"convergence:{course.session}/{item}"
    assert await database.transact(lambda connection: store(connection, report, points, work=work, at=AT))
    wide = replace(report, scope=SESSION, basis=course.state.seq)
    await database.transact(lambda c: store_overview(c, course.session, [wide], {}, work=work, at=AT))


async def waited_for(due: Due, limit: int) -> list[str]:
    """What is due, without overviews, which tests/workers/test_convergence.py looks at."""
    return [work for work in await due.all_due(limit) if not work.startswith("overview:")]


def figures(course: Course, item: ItemId) -> str:
    return f"convergence:{course.session}/{item}"


def draft(course: Course, request: RequestId) -> str:
    return f"drafting:{course.session}/{request}"


async def test_items_whose_figures_are_behind_are_due_up_to_what_feeds_them(database: Database, due: Due):
    course, first, second = opened()
    await show(database, course)
    assert set(await waited_for(due, 10)) == {figures(course, first), figures(course, second)}
    assert await due.due(figures(course, first)) == 1
    await compute(database, course, first)
    assert await waited_for(due, 10) == [figures(course, second)]
    assert await due.due(figures(course, first)) is None


async def test_only_what_feeds_a_figure_makes_it_due_again(database: Database, due: Due):
    course, first, _ = opened()
    await show(database, course)
    await compute(database, course, first)
    course.go(c.PostPosition(item=first, text="We.", language=EN), of(MEMBERS[0]))
    await show(database, course)
    assert await due.due(figures(course, first)) is None
    clause = course.state.items[first].provisions[0]
    (stated,) = course.go(c.StateStances(item=first, stances=(stance(clause),)), of(MEMBERS[0]))
    await show(database, course)
    assert await due.due(figures(course, first)) == stated.seq


async def test_a_session_that_is_closed_is_done_to_the_end(database: Database, due: Due):
    """Also one that closed between two looks, and whatever fails meanwhile."""
    course, first, second = opened()
    both = {figures(course, first), figures(course, second)}
    await show(database, course)
    assert set(await waited_for(due, 10)) == both
    course.go(c.CloseSession())
    await show(database, course)
    assert set(await waited_for(due, 10)) == both
    await compute(database, course, first)
    await due.failed(figures(course, second), "x", build="1")
    assert await waited_for(due, 10) == []
    await database.transact(lambda connection: connection.execute(sa.update(FAILURE).values(retry_at=PAST)))
    assert await waited_for(due, 10) == [figures(course, second)]
    await compute(database, course, second)
    assert await waited_for(due, 10) == []
    course.go(c.ReopenSession(reason="A slip.", language=EN))
    course.go(c.StateStances(item=first, stances=(stance(course.state.items[first].provisions[0]),)), of(MEMBERS[0]))
    await show(database, course)
    assert await waited_for(due, 10) == [figures(course, first)]


async def test_closed_sessions_are_looked_at_when_one_closes_and_now_and_then(
    database: Database, due: Due, monkeypatch: pytest.MonkeyPatch
):
    course, first, second = opened()
    course.go(c.CloseSession())
    await show(database, course)
    for item in (first, second):
        await compute(database, course, item)
    assert await waited_for(due, 10) == []
    await database.transact(lambda connection: connection.execute(sa.delete(PROGRESS)))
    assert await waited_for(due, 10) == [], "nothing has closed since"
    other = Course(session=SessionId("01937e00-0000-7000-8000-000000000001"))
    scheduled(other).go(c.OpenSession())
    other.go(c.CloseSession())
    await show(database, other)
    assert len(await waited_for(due, 10)) == 4
    await database.transact(lambda connection: connection.execute(sa.delete(PROGRESS)))
    settled = Due(database, build="1")
    for each in (course, other):
        for item in each.state.items:
            await compute(database, each, item)
    assert await waited_for(settled, 10) == []
    await database.transact(lambda connection: connection.execute(sa.delete(PROGRESS)))
    monkeypatch.setattr("ledger.due.LOOK_AT_ALL", 0.0)
    assert len(await waited_for(settled, 10)) == 4


async def test_a_session_that_closes_while_another_is_reopened_is_looked_at(database: Database, due: Due):
    """Then as many are closed as before."""
    closed, *_ = opened()
    closed.go(c.CloseSession())
    other = Course(session=SessionId("01937e00-0000-7000-8000-000000000001"))
    scheduled(other).go(c.OpenSession())
    for course in (closed, other):
        await show(database, course)
        for item in course.state.items:
            await compute(database, course, item)
    assert await waited_for(due, 10) == []
    assert await waited_for(due, 10) == []
    item = next(iter(other.state.items))
    other.go(c.OpenItem(item=item))
    other.go(c.StateStances(item=item, stances=(stance(other.state.items[item].provisions[0]),)), of(MEMBERS[0]))
    other.go(c.CloseSession())
    closed.go(c.ReopenSession(reason="A slip.", language=EN))
    for course in (closed, other):
        await show(database, course)
    assert await waited_for(due, 10) == [figures(other, item)]


async def test_a_session_that_is_scheduled_and_closed_between_two_looks_is_looked_at(database: Database, due: Due):
    assert await waited_for(due, 10) == []
    course, first, second = opened()
    course.go(c.CloseSession())
    await show(database, course)
    assert set(await waited_for(due, 10)) == {figures(course, first), figures(course, second)}


def test_a_look_goes_by_the_sessions_that_go_on(sqlite_template: Path):
    """Not by every item there ever was, as the plan of the query says."""
    asked = OF_GOING_ON.params(build="1", now=PAST, limit=10)
    with sa.create_engine(f"sqlite:///{sqlite_template}").connect() as connection:
        query = str(asked.compile(connection.engine, compile_kwargs={"literal_binds": True}))
        steps = [row.detail for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}")]
    read = [step for step in steps if "agenda_item" in step or "progress" in step]
    assert read
    assert [step for step in read if step.startswith("SCAN")] == []


async def test_a_limit_is_kept(database: Database, due: Due):
    await show(database, opened()[0])
    assert len(await due.all_due(1)) == 1


async def test_works_of_some_sessions(database: Database, due: Due):
    course, first, second = opened()
    await show(database, course)
    assert set(await due.of_sessions([course.session, "another"])) == {figures(course, first), figures(course, second)}
    assert await due.of_sessions(["another"]) == []


@pytest.mark.parametrize("work", ["convergence:nowhere/nothing", "drafting:nowhere/nothing", "unknown:x", ""])
async def test_works_that_are_not_there_are_not_due(database: Database, due: Due, work: str):
    await show(database, opened()[0])
    assert await due.due(work) is None


async def test_a_draft_is_due_until_it_is_tabled(database: Database, due: Due):
    course, first, _ = opened()
    request = named(course.go(c.RequestDraft(item=first)), "request")
    await show(database, course)
    assert await due.due(draft(course, request)) == course.state.items[first].input_seq
    clauses = (c.DraftedClause(text="New."),)
    course.go(c.TableDraft(item=first, request=request, clauses=clauses), WORKER)
    await show(database, course)
    assert await due.due(draft(course, request)) is None


async def test_a_draft_is_not_due_while_it_cannot_be_tabled(database: Database, due: Due):
    course, first, _ = opened()
    request = named(course.go(c.RequestDraft(item=first)), "request")
    steps: list[tuple[c.Command, bool]] = [
        (c.SuspendSession(), False),
        (c.ResumeSession(), True),
        (c.CirculateText(item=first), True),
        (c.DeferItem(item=first, reason="Late."), False),
        (c.OpenItem(item=first), False),
    ]
    for command, expected in steps:
        course.go(command, CHAIR)
        await show(database, course)
        assert (await due.due(draft(course, request)) is not None) == expected, command


async def test_a_work_that_failed_waits_and_is_tried_again(database: Database, due: Due):
    course, first, _ = opened()
    await show(database, course)
    work = figures(course, first)
    await due.failed(work, "ValueError: x", build="1")
    assert await due.due(work) is None
    assert work not in await waited_for(due, 10)
    assert work not in await due.of_sessions([course.session])
    await database.transact(lambda connection: connection.execute(sa.update(FAILURE).values(retry_at=PAST)))
    assert await due.due(work) == 1
    assert work in await waited_for(due, 10)


async def test_pauses_grow_and_after_five_attempts_it_is_parked(database: Database, due: Due):
    course, first, _ = opened()
    await show(database, course)
    work = figures(course, first)
    for attempt in range(1, MAX_ATTEMPTS + 1):
        await due.failed(work, f"try {attempt}", build="1")
        (failure,) = await due.failures()
        assert (failure.attempts, failure.error) == (attempt, f"try {attempt}")
        assert (failure.retry_at is None) == (attempt == MAX_ATTEMPTS)
        assert failure.retry_at is None or failure.retry_at > failure.failed_at
    assert await due.due(work) is None
    await compute_input(database, course, first)
    assert await due.due(work) is None, "new entries do not free what is parked"


async def compute_input(database: Database, course: Course, item: ItemId) -> None:
    course.go(c.ProposeProvision(item=item, text="More.", language=EN), of(MEMBERS[0]))
    await show(database, course)


async def test_another_build_frees_what_is_parked_and_counts_anew(database: Database, due: Due):
    course, first, _ = opened()
    await show(database, course)
    work = figures(course, first)
    for _ in range(MAX_ATTEMPTS):
        await due.failed(work, "x", build="1")
    newer = Due(database, build="2")
    assert await newer.due(work) == 1
    await newer.failed(work, "y", build="2")
    (failure,) = await newer.failures()
    assert (failure.attempts, failure.build) == (1, "2")
    assert failure.retry_at is not None


async def test_two_builds_side_by_side_do_not_free_each_other_s_failures(database: Database, due: Due):
    course, first, _ = opened()
    await show(database, course)
    work = figures(course, first)
    other = Due(database, build="2")
    await due.failed(work, "x", build="1")
    assert (await due.due(work), await other.due(work)) == (None, None)
    await database.transact(lambda connection: connection.execute(sa.update(FAILURE).values(retry_at=PAST)))
    assert (await due.due(work), await other.due(work)) == (1, 1)
    await other.failed(work, "y", build="2")
    assert (await due.due(work), await other.due(work)) == (None, None)


@pytest.mark.parametrize(
    ("act", "kept"),
    [(c.SuspendSession(), True), (c.DeferItem(item=ItemId("first"), reason="Late."), False), (c.CloseSession(), False)],
)
async def test_the_failure_of_a_draft_is_kept_as_long_as_somebody_waits_for_it(
    database: Database, due: Due, act: c.Command, *, kept: bool
):
    course, first, _ = opened()
    work = draft(course, named(course.go(c.RequestDraft(item=first)), "request"))
    await show(database, course)
    for each in (work, figures(course, first)):
        for _ in range(MAX_ATTEMPTS):
            await due.failed(each, "x", build="1")
    await due.all_due(10)
    assert len(await due.failures()) == 2
    course.go(replace(act, item=first) if isinstance(act, c.DeferItem) else act, CHAIR)
    await show(database, course)
    await due.all_due(10)
    found = {failure.work for failure in await due.failures()}
    assert found == {figures(course, first)} | ({work} if kept else set())


async def test_an_operator_frees_what_is_parked(database: Database, due: Due):
    course, first, _ = opened()
    await show(database, course)
    work = figures(course, first)
    for _ in range(MAX_ATTEMPTS):
        await due.failed(work, "x", build="1")
    assert await due.retry(work)
    assert await due.due(work) == 1
    assert not await due.retry(work)
