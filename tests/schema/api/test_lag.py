"""A worker that has died shows as lateness, to everybody; what has failed, to those who can do something about it."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from polylogue import commands as c
from polylogue.evolve import evolve
from polylogue.procedure.time import later
from polylogue.rules.ruleset import Guard
from polylogue.state import State
from polylogue.vocabulary import Role, StanceLevel
from schema.api.context import Principal, Standpoint
from schema.api.lag import FEEDS
from tests.ledger.course import CHAIR, EN, MEMBERS, Course, of, scheduled
from tests.ledger.wander import wander
from tests.polylogue.procedure.guards import cleaning_a_bracket, house
from tests.schema.api.seen import NOW, STRANGER, Seen, in_file, person, seen, table, written

VIEWER = person(CHAIR)
SEEDS = st.integers(min_value=0, max_value=2**32)
LAG = "lag { events seconds failures { work attempts parked retryAt failedAt } }"


def fed(course: Course, item: str) -> list[int]:
    """Entries that feed an item's figures, as the fold has it."""
    state, found = State(), list[int]()
    for entry in course.entries:
        evolve(state, entry)
        if item in state.items and state.items[item].input_seq == entry.seq:  # type: ignore[index]
            found.append(entry.seq)
    return found


async def test_what_is_computed_up_to_the_end_is_not_late(kept: Seen, course: Course):
    for item in course.state.items:
        await kept.compute(item)
    assert (await kept.session(LAG, VIEWER))["lag"] == {"events": 0, "seconds": 0, "failures": []}


async def test_lateness_runs_from_the_first_entry_that_is_not_computed(kept: Seen, course: Course):
    first, *others = course.state.items
    for item in others:
        await kept.compute(item)
    feeding = fed(course, first)
    for done in (0, 4, len(feeding) - 1):
        if done:
            await kept.compute(first, upto=feeding[done - 1])  # type: ignore[arg-type]
        waiting = course.entries[feeding[done] - 1]
        now = later(waiting.at, 90_500)
        told = (await kept.session(LAG, VIEWER, at=now))["lag"]
        assert told["seconds"] == 90
        assert told["events"] == feeding[-1] - (feeding[done - 1] if done else 0)


async def test_entries_that_feed_nothing_or_another_item_make_nobody_late(tmp_path: Path):
    course = scheduled()
    first, second = course.state.items
    await written(course, url := in_file(tmp_path / "before.db"))
    async with seen(course, url) as before:
        await before.compute(first)
        progress = await before.read(
            lambda connection: connection.execute(sa.select(table("progress"))).mappings().all()
        )
    for command in (
        c.PostPosition(item=first, text="Words only.", language=EN),
        c.StateStances(item=second, for_rest=StanceLevel.ACCEPT),
        c.StateStances(item=first, for_rest=StanceLevel.ACCEPT),
    ):
        course.wait(10)
        course.go(command, of(MEMBERS[0]))
    await written(course, url := in_file(tmp_path / "late.db"))
    async with seen(course, url) as late:
        await late.database.transact(lambda connection: connection.execute(sa.insert(table("progress")), progress))
        await late.compute(second)
        told = (await late.session(LAG, VIEWER, at=later(course.at, 5_000)))["lag"]
    assert (told["events"], told["seconds"]) == (course.entries[-1].seq - 1, 5)


async def fail(kept: Seen) -> None:
    def body(connection: sa.Connection) -> Any:
        rows = [
            {"work": f"convergence:{kept.course.session}/a", "attempts": 5, "retry_at": None},
            {"work": f"drafting:{kept.course.session}/b", "attempts": 1, "retry_at": NOW},
            {"work": "convergence:another/a", "attempts": 1, "retry_at": NOW},
        ]
        more = {"error": "secret", "build": "1", "failed_at": NOW}
        return connection.execute(sa.insert(table("failure")), [row | more for row in rows])

    await kept.database.transact(body)


@pytest.mark.parametrize("role", [Role.CHAIR, Role.SECRETARIAT, Role.FACILITATOR])
async def test_failures_are_shown_to_officers(kept: Seen, role: Role):
    await fail(kept)
    told = await kept.session(LAG, STRANGER, standpoint=Standpoint(frozenset((role,))))
    work, draft = told["lag"]["failures"]
    assert (work["attempts"], work["parked"], work["retryAt"]) == (5, True, None)
    assert (draft["attempts"], draft["parked"], draft["retryAt"]) == (1, False, NOW)


@pytest.mark.parametrize("viewer", [person(of(MEMBERS[0])), Principal(None, frozenset((Role.ORGANISER,)))])
async def test_failures_are_not_shown_to_others(kept: Seen, viewer: Principal):
    await fail(kept)
    assert (await kept.session(LAG, viewer))["lag"]["failures"] == []


def test_what_feeds_figures_is_what_the_fold_says(course: Course):
    kinds = {type(course.entries[seq - 1].event) for item in course.state.items for seq in fed(course, item)}
    scene, command, by = cleaning_a_bracket()
    house(scene, "CleanText", without=Guard.NO_BRACKET)
    before = scene.state.seq
    scene.give(command, by)
    kinds |= {
        type(entry.event) for entry in scene.entries[before:] if entry.seq == scene.state.items[scene.item].input_seq
    }
    assert kinds == set(FEEDS)


@given(SEEDS)
@settings(max_examples=20)
def test_nothing_else_feeds_figures_in_any_sitting(seed: int):
    state = State()
    for entry in wander(seed, 120).entries:
        evolve(state, entry)
        if any(item.input_seq == entry.seq for item in state.items.values()):
            assert isinstance(entry.event, FEEDS)
