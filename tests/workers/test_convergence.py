"""Reports follow the record: every feeding entry is a point, a storm is a few reports, and a backup is folded anew."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

from ledger.ledger import Ledger
from ledger.reports import newest
from polylogue.commands import StanceGiven, StateStances
from polylogue.convergence.matrix import ALGORITHM
from polylogue.record.canonical import digest
from polylogue.vocabulary import SeatCode, StanceLevel
from tests.ledger.conftest import copy
from tests.ledger.scene import SEATS, Scene, accepted, delegate, record, say, schedule
from tests.workers.house import House, column, house
from tests.workers.toy import serving
from workers.folded import Folded, Sessions

TIMELINE, REPORT, ITEM = (SQLModel.metadata.tables[name] for name in ("timeline", "report", "agenda_item"))
FEEDING = {"SessionScheduled", "StancesStated"}
"""The kinds in these histories on which figures rest."""


@pytest.fixture
async def at(tmp_path: Path, redis_url: str) -> AsyncIterator[House]:
    async with house(tmp_path, redis_url) as made:
        yield made


async def state_one(ledger: Ledger, scene: Scene, seat: SeatCode, level: StanceLevel, key: str) -> None:
    stance = StanceGiven(provision=scene.provisions[0], level=level)
    command = StateStances(item=scene.item, stances=(stance,))
    accepted(await ledger.submit(command, by=delegate(seat), key=key, session=scene.session))


async def input_seq(at: House, scene: Scene) -> int:
    (found,) = await at.database.read(column(ITEM, "input_seq", session=scene.session, id=scene.item))
    assert isinstance(found, int)
    return found


async def test_every_entry_that_feeds_an_item_is_a_point_and_the_report_is_of_the_last(at: House) -> None:
    scene = await schedule(at.ledger)
    await say(at.ledger, scene, "Water is shared.", SEATS[0])
    async with serving(at.workers):
        await at.idle()  # one report in between: what follows goes on from it
        await say(at.ledger, scene, "Water is ours.", SEATS[1])
        await state_one(at.ledger, scene, SEATS[1], StanceLevel.RESERVE, "changed")
        await at.idle()

    lines = [json.loads(row.stored) for row in await record(at.ledger, scene.session)]
    fed = [line["seq"] for line in lines if line["kind"] in FEEDING]
    assert await at.database.read(column(TIMELINE, "seq", session=scene.session)) == fed

    found = await at.database.read(lambda c: newest(c, scene.session, scene.item, ALGORITHM))
    assert found is not None
    document = json.loads(found.document)
    assert found.basis == fed[-1] == await input_seq(at, scene)
    assert found.public_hash == digest(document)
    (pair,) = (p for p in document["pairs"] if (p["first"], p["second"]) == SEATS[:2])
    assert (pair["overlap"], pair["identical"]) == (8, "0.875000000"), "of eight clauses they differ on one"

    points = await at.database.read(
        lambda c: [
            json.loads(point) for point in c.execute(sa.select(TIMELINE.c.point).order_by(TIMELINE.c.seq)).scalars()
        ]
    )
    last = points[-1]
    assert {name: document["headline"][name] for name in ("meanCloseness", "alpha")} == {
        name: last[name] for name in ("meanCloseness", "alpha")
    }


async def test_a_storm_of_stances_gives_few_reports_and_the_last_is_at_its_end(at: House) -> None:
    scene = await schedule(at.ledger)
    levels = [StanceLevel.SUPPORT, StanceLevel.ACCEPT, StanceLevel.NEUTRAL, StanceLevel.RESERVE]
    async with serving(at.workers):
        await asyncio.gather(
            *(
                state_one(at.ledger, scene, SEATS[n % len(SEATS)], levels[n % len(levels)], f"storm {n}")
                for n in range(200)
            )
        )
        await at.idle()
    bases = await at.database.read(column(REPORT, "basis", session=scene.session, item=scene.item))
    assert bases[-1] == await input_seq(at, scene)
    assert len(at.stored) == len(bases) < 50
    assert len(await at.database.read(column(TIMELINE, "seq", session=scene.session))) == 201


async def test_two_processes_compute_the_same_and_one_of_them_is_told(at: House) -> None:
    scene = await schedule(at.ledger)
    key = f"{scene.session}/{scene.item}"
    await at.convergence.run(key)
    await at.convergence.run(key)
    assert at.stored == [scene.session]
    assert await at.database.read(column(REPORT, "item", session=scene.session)) == [scene.item]
    await at.overview.run(scene.session)
    await at.overview.run(scene.session)
    assert await at.database.read(column(REPORT, "item", session=scene.session)) == [scene.item, "session"]
    assert None not in await at.database.read(column(REPORT, "pictures", session=scene.session))
    assert await at.due.all_due(10) == []


async def test_an_overview_is_due_until_all_is_drawn_and_no_nudge_finds_it(at: House) -> None:
    scene = await schedule(at.ledger)
    work = f"overview:{scene.session}"
    assert work in await at.due.all_due(10)
    assert work not in await at.due.of_sessions([scene.session])
    await at.overview.run(scene.session)
    assert work not in await at.due.all_due(10)
    await at.convergence.run(f"{scene.session}/{scene.item}")
    assert await at.due.all_due(10) == [work], "the item's report has no pictures yet"
    await at.overview.run(scene.session)
    assert await at.due.all_due(10) == []


@pytest.mark.parametrize("further", [0, 1, 3], ids=["shorter", "as long", "longer"])
async def test_a_record_put_back_from_a_backup_is_folded_anew(at: House, tmp_path: Path, further: int) -> None:
    scene = await schedule(at.ledger)
    live, kept = str(tmp_path / "record.db"), str(tmp_path / "backup.db")
    copy(live, kept)
    await state_one(at.ledger, scene, SEATS[0], StanceLevel.SUPPORT, "lost")
    known = Sessions(at.database)
    async with known.newest(scene.session) as folded:
        before = folded.seq
    copy(kept, live)
    for n in range(further):
        await state_one(at.ledger, scene, SEATS[1], StanceLevel.RESERVE, f"other {n}")

    async with known.newest(scene.session) as again, Sessions(at.database).newest(scene.session) as fresh:
        assert seen(again, scene) == seen(fresh, scene)
        assert again.seq == before - 1 + further
        assert SEATS[0] not in again.tracker.state.stances, "what was lost with the backup is not remembered"


def seen(folded: Folded, scene: Scene) -> tuple[object, ...]:
    return folded.seq, folded.leaf, folded.tracker.state.stances, folded.points[scene.item]
