"""A session as it stood: row for row what the tables held then, however much has come since."""

import asyncio
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from ledger.ledger import Ledger
from ledger.past import Past
from ledger.projections.rows import TABLES
from ledger.reports import computed, store
from polylogue.commands import AcceptAmendment, CloseBracket, ProposeAlternative, ProposeAmendment
from polylogue.convergence.scope import of_item
from polylogue.vocabulary import AlternativeId, AmendmentId, Instant, Seq
from tests.ledger.conftest import Place
from tests.ledger.scene import CHAIR, EN, SEATS, Scene, accepted, delegate, say, schedule

KEPT_BESIDE = tuple(SQLModel.metadata.tables[name] for name in ("event", "prose", "head", "report", "timeline"))
Rows = Mapping[str, list[Any]]


def everything(connection: sa.Connection) -> Rows:
    """All rows of a database with one session: those made from the record, and those that are not."""
    tables = (*TABLES.values(), *KEPT_BESIDE)
    return {table.name: sorted(map(repr, connection.execute(sa.select(table)).all())) for table in tables}


async def course(ledger: Ledger) -> tuple[Scene, dict[Seq, Rows]]:
    """A session in which much is said, and all rows as they were after each act."""
    scene, seen = await schedule(ledger), dict[Seq, Rows]()

    async def look() -> None:
        rows = await ledger.read(everything)
        seen[Seq(len(rows["event"]))] = rows

    async def one(table: str) -> Any:
        return await ledger.read(lambda c: c.execute(sa.select(SQLModel.metadata.tables[table].c.id)).scalar_one())

    await look()
    for number, seat in enumerate(SEATS[:3]):
        accepted(await say(ledger, scene, f"Position {number}.", seat))
        await look()
    wish = ProposeAmendment(provision=scene.provisions[0], revision=1, text="Better.", language=EN)
    other = ProposeAlternative(provision=scene.provisions[1], text="Otherwise.", language=EN)
    for command in (wish, other):
        accepted(await ledger.submit(command, by=delegate(SEATS[0]), key=str(command), session=scene.session))
        await look()
    accept = AcceptAmendment(amendment=AmendmentId(await one("amendment")))
    close = CloseBracket(provision=scene.provisions[1], alternative=AlternativeId(await one("alternative")))
    for command in (accept, close):
        accepted(await ledger.submit(command, by=CHAIR, key=str(command), session=scene.session))
        await look()
    return scene, seen


async def test_every_moment_has_the_rows_that_were_there_then(place: Place) -> None:
    database = place.database()
    scene, seen = await course(place.ledger(database=database))
    past = Past(database, kept=3)
    for seq in (*seen, *reversed(seen)):  # there and back, so that moments are forgotten and made again
        found = await past.as_of(scene.session, seq)(everything)
        assert found == seen[seq], f"entry {seq}"


async def test_reports_are_those_whose_basis_had_been_reached(place: Place) -> None:
    database = place.database()
    scene, seen = await course(place.ledger(database=database))
    early, late = min(seen), max(seen)
    for basis in (early, late):
        parts: dict[str, dict[str, object]] = {
            name: {} for name in ("input", "document", "per_seat", "beside", "pictures")
        }
        made = computed(
            session=scene.session,
            scope=of_item(scene.item),
            basis=basis,
            algorithm="convergence",
            version=1,
            **parts,
        )
        points = [{"seq": basis}]
        at = Instant("2030-01-01T00:00:00.000Z")
        assert await database.transact(
            lambda c, made=made, points=points, at=at: store(c, made, points, work="w", at=at)
        )
    past = Past(database)

    def bases(connection: sa.Connection) -> list[tuple[int, ...]]:
        tables = SQLModel.metadata.tables
        columns = (tables["report"].c.basis, tables["timeline"].c.seq, tables["progress"].c.computed_seq)
        return [tuple(connection.execute(sa.select(c).order_by(c)).scalars()) for c in columns]

    assert await past.as_of(scene.session, Seq(late - 1))(bases) == [(early,), (early,), (early,)]
    assert await past.as_of(scene.session, late)(bases) == [(early, late), (early, late), (late,)]


async def test_many_who_look_at_one_moment_share_it_and_one_who_leaves_spoils_it_for_nobody(place: Place) -> None:
    database = place.database()
    scene, seen = await course(place.ledger(database=database))
    read, seq = Past(database).as_of(scene.session, max(seen)), max(seen)
    first, *others = (asyncio.create_task(read(everything)) for _ in range(5))
    await asyncio.sleep(0)
    first.cancel()
    assert all(found == seen[seq] for found in await asyncio.gather(*others))
    assert first.cancelled() or first.cancelling()
