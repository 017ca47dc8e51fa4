"""Results are kept beside the record, only ever newer ones, and together with all that follows from keeping one."""

import json
from typing import Any

import pytest
import sqlalchemy as sa

from ledger.database import Database
from ledger.reports import Computed, computed, drawn, last_point, newest, store, store_overview, undrawn
from polylogue.convergence.scope import SESSION, of_item
from polylogue.record.canonical import digest
from polylogue.vocabulary import Instant, ItemId, Seq, SessionId
from schema.tables import Event
from tests.ledger.conftest import Place

TABLES = Event.metadata.tables
AT, LATER = Instant("2026-05-04T09:00:00.000Z"), Instant("2026-05-04T09:00:01.000Z")
WORK = "convergence:s/i"
PARTS: dict[str, Any] = {
    "session": SessionId("s"),
    "scope": of_item(ItemId("i")),
    "basis": Seq(7),
    "algorithm": "convergence",
    "version": 1,
    "input": {"cells": [[0, 0, 4, 2]]},
    "document": {"headline": {"meanCloseness": "0.500000000"}},
    "per_seat": {"KAZ": {"leaveOneOut": {"provisions": 1}}},
    "beside": {"bulkStances": 0},
    "pictures": {"axes": None},
}


def made_with(**other: Any) -> Computed:
    return computed(**PARTS | other)


MADE = made_with()


@pytest.fixture
def database(place: Place) -> Database:
    return place.database()


def rows(connection: sa.Connection, table: str) -> list[dict[str, object]]:
    return [dict(row) for row in connection.execute(sa.select(TABLES[table])).mappings()]


def keep(made: Computed, *points: int, at: Instant = AT):
    return lambda c: store(c, made, [{"seq": seq, "objections": 0} for seq in points], work=WORK, at=at)


async def test_a_report_is_kept_with_its_points_and_hashes(database: Database):
    assert await database.transact(keep(MADE, 3, 7))
    found = await database.read(lambda c: newest(c, "s", "i", "convergence"))
    assert found is not None
    assert (found.basis, found.version, found.made_at) == (7, 1, AT)
    assert found.input_hash == digest(PARTS["input"])
    assert found.public_hash == digest(json.loads(found.document)) == digest(PARTS["document"])
    assert json.loads(found.seat_hashes) == {"KAZ": digest(json.loads(found.per_seat)["KAZ"])}
    assert json.loads(found.beside) == {"bulkStances": 0}
    assert digest(json.loads(found.input)) == found.input_hash
    assert json.loads(found.pictures) == {"axes": None}
    assert await database.read(lambda c: last_point(c, "s", "i")) == 7
    assert await database.read(lambda c: rows(c, "progress")) == [
        {"session": "s", "item": "i", "computed_seq": 7, "at": AT}
    ]
    assert await database.read(lambda c: rows(c, "reports_head")) == [{"session": "s", "revision": 1}]


async def test_where_nothing_is_kept_there_is_no_newest_and_no_point(database: Database):
    assert await database.read(lambda c: newest(c, "s", "i", "convergence")) is None
    assert await database.read(lambda c: last_point(c, "s", "i")) == 0


@pytest.mark.parametrize("basis", [7, 6])
async def test_a_report_whose_basis_is_not_newer_is_refused_whole(database: Database, basis: int):
    await database.transact(keep(MADE, 7))
    before = await database.read(
        lambda c: [rows(c, name) for name in ("report", "timeline", "progress", "reports_head")]
    )
    other = made_with(basis=Seq(basis), input={"cells": []})
    assert not await database.transact(keep(other, 5, at=LATER))
    after = await database.read(
        lambda c: [rows(c, name) for name in ("report", "timeline", "progress", "reports_head")]
    )
    assert before == after


async def test_a_newer_report_stands_beside_the_older_one_and_is_the_newest(database: Database):
    await database.transact(keep(MADE, 7))
    assert await database.transact(keep(made_with(basis=Seq(9)), 9, at=LATER))
    found = await database.read(lambda c: newest(c, "s", "i", "convergence"))
    assert found is not None
    assert found.basis == 9
    assert len(await database.read(lambda c: rows(c, "report"))) == 2
    assert [row["computed_seq"] for row in await database.read(lambda c: rows(c, "progress"))] == [9]
    assert [row["revision"] for row in await database.read(lambda c: rows(c, "reports_head"))] == [2]


async def test_older_reports_keep_no_pictures_and_those_of_wider_scopes_no_input(database: Database):
    for basis in (7, 9):
        own, wide = made_with(basis=Seq(basis), pictures=None), made_with(scope=SESSION, basis=Seq(basis))
        assert await database.transact(lambda c, own=own: store(c, own, [], work=WORK, at=AT))
        drawing = {("i", basis): "{}"}
        await database.transact(
            lambda c, w=wide, d=drawing: store_overview(c, SessionId("s"), [w], d, work=WORK, at=AT)
        )
    kept = {
        (row["item"], row["basis"]): (row["input"] is not None, row["pictures"] is not None)
        for row in await database.read(lambda c: rows(c, "report"))
    }
    assert kept == {
        ("i", 7): (True, False), ("i", 9): (True, True), ("session", 7): (False, False), ("session", 9): (True, True)
    }  # fmt: skip


async def test_reports_of_another_item_or_session_are_not_in_the_way(database: Database):
    await database.transact(keep(MADE))
    assert await database.transact(keep(made_with(scope=of_item(ItemId("j")), basis=Seq(3))))
    assert await database.transact(keep(made_with(session=SessionId("t"), basis=Seq(3))))
    heads = await database.read(lambda c: rows(c, "reports_head"))
    assert sorted((row["session"], row["revision"]) for row in heads) == [("s", 2), ("t", 1)]


async def test_an_overview_keeps_what_is_newer_and_the_pictures_of_items(database: Database):
    wide = made_with(scope=SESSION, basis=Seq(9))
    undrawn_yet = made_with(pictures=None)
    assert await database.transact(lambda c: store(c, undrawn_yet, [], work=WORK, at=AT))
    assert [row.item for row in await database.read(lambda c: undrawn(c, "s"))] == ["i"]
    drawing = {("i", 7): "{}"}
    assert await database.transact(lambda c: store_overview(c, SessionId("s"), [wide], drawing, work=WORK, at=AT))
    assert await database.read(lambda c: undrawn(c, "s")) == []
    assert await database.read(lambda c: drawn(c, "s", SESSION)) == '{"axes":null}'
    assert await database.read(lambda c: drawn(c, "s", "i")) == "{}"
    assert await database.read(lambda c: drawn(c, "t", SESSION)) is None
    older = made_with(scope=SESSION, basis=Seq(8), pictures={"axes": 1})
    assert not await database.transact(lambda c: store_overview(c, SessionId("s"), [older], {}, work=WORK, at=AT))
    kept = await database.read(lambda c: rows(c, "report"))
    assert sorted((row["item"], row["basis"]) for row in kept) == [("i", 7), ("session", 9)]
    assert [row["revision"] for row in await database.read(lambda c: rows(c, "reports_head"))] == [2]


async def test_the_failure_of_a_work_that_succeeds_is_forgotten_with_it(database: Database):
    failure = {"attempts": 2, "retry_at": None, "error": "E", "build": "1", "failed_at": AT}

    def fail(connection: sa.Connection) -> None:
        for work in (WORK, "convergence:s/j"):
            connection.execute(sa.insert(TABLES["failure"]).values(work=work, **failure))

    await database.transact(fail)
    await database.transact(keep(MADE))
    assert [row["work"] for row in await database.read(lambda c: rows(c, "failure"))] == ["convergence:s/j"]


async def test_a_report_that_cannot_be_kept_leaves_nothing(database: Database):
    def broken(connection: sa.Connection) -> None:
        keep(MADE, 7)(connection)
        raise RuntimeError("after it")

    with pytest.raises(RuntimeError, match="after it"):
        await database.transact(broken)
    for table in ("report", "timeline", "progress", "reports_head"):
        assert await database.read(lambda c, table=table: rows(c, table)) == []
