"""A house that works: a ledger on SQLite, a real Redis, and the hands that compute and draft.

Why put together here again: the tests look at one kind of work, and want to know how often it was done.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from ledger.database import Database, open_database
from ledger.due import Due
from ledger.ledger import Ledger
from migrations.steps import migrate
from polylogue import commands as c
from polylogue.vocabulary import Seq, SessionId
from schema.api.context import Receipt
from tests.ledger.scene import CHAIR, Scene, accepted, record
from tests.workers.toy import PATIENCE
from workers.convergence import Convergence
from workers.drafting import Drafting
from workers.due import Kind, Workers
from workers.folded import Sessions
from workers.overview import Overview
from workers.redis import connect
from workers.writers.writer import Writer, no_model

BUILD = "1"


@dataclass
class House:
    database: Database
    ledger: Ledger
    due: Due
    convergence: Convergence
    overview: Overview
    drafting: Drafting
    workers: Workers
    stored: list[SessionId] = field(default_factory=list[SessionId])

    async def idle(self) -> None:
        """Wait until nothing is due."""
        async with asyncio.timeout(PATIENCE):
            while await self.due.all_due(1_000):  # noqa: ASYNC110 -- the database is asked, which has no event
                await asyncio.sleep(0.01)


@asynccontextmanager
async def house(folder: Path, redis_url: str, writer: Writer | None = None) -> AsyncIterator[House]:
    """A house on an empty database in `folder`; nobody works until `serving` is given its workers. With a writer,
    drafts may be asked of a model.
    """
    url = f"sqlite:///{folder / 'record.db'}"
    migrate(url)
    database, redis = open_database(url), connect(redis_url)
    nudges: set[asyncio.Task[None]] = set()

    def moved(heads: Sequence[tuple[SessionId, Seq]]) -> None:
        async def nudge() -> None:
            await made.workers.nudge(*await due.of_sessions([session for session, _ in heads]))

        nudges.add(task := asyncio.create_task(nudge()))
        task.add_done_callback(nudges.discard)

    stored: list[SessionId] = []
    overviews: list[SessionId] = []
    due, sessions = Due(database, build=BUILD, backoff=0.01), Sessions(database)
    ledger = Ledger(database, after_commit=moved, model=writer is not None)
    convergence = Convergence(database, sessions, stored.append)
    drafting = Drafting(database, sessions, ledger, writer or no_model)
    overview = Overview(database, sessions, overviews.append)
    kinds = {
        "convergence": Kind(convergence.run, PATIENCE),
        "overview": Kind(overview.run, PATIENCE, patient=True),
        "drafting": Kind(drafting.run, PATIENCE),
    }
    workers = Workers(redis, due, kinds, BUILD, tick=0.2)
    made = House(database, ledger, due, convergence, overview, drafting, workers, stored)
    try:
        yield made
    finally:
        await asyncio.gather(*nudges)
        await ledger.close()
        await database.close()
        await redis.aclose()


def column(table: sa.Table, name: str, **where: str) -> Callable[[sa.Connection], list[object]]:
    """Reads one column of the rows of a table."""
    mine = sa.select(table.c[name]).where(*(table.c[key] == value for key, value in where.items()))
    return lambda connection: list(connection.execute(mine.order_by(table.c[name])).scalars())


async def chair(at: House, scene: Scene, command: c.Command) -> Receipt:
    return accepted(await at.ledger.submit(command, by=CHAIR, key=f"chair: {command}", session=scene.session))


async def payloads(at: House, scene: Scene, kind: str) -> Sequence[dict[str, Any]]:
    lines = [json.loads(row.stored) for row in await record(at.ledger, scene.session)]
    return [line["payload"] | {"seq": line["seq"]} for line in lines if line["kind"] == kind]
