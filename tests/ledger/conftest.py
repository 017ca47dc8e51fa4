"""A database for each test, SQLite and PostgreSQL alike, and ledgers on it."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

from ledger.database import Database, open_database
from ledger.ledger import Ledger
from schema import tables
from tests.ledger.postgres import postgres
from tests.workers.valkey import Valkey, valkey

TABLES = [vars(kind)["__table__"] for kind in (*tables.RECORD, *tables.PROJECTIONS, *tables.RESULTS, *tables.ACCESS)]


def make_tables(connection: sa.Connection) -> None:
    SQLModel.metadata.create_all(connection, TABLES)


@dataclass
class Place:
    """Where a test's database is, and all that was opened on it."""

    url: str
    opened: list[Ledger] = field(default_factory=list[Ledger])
    databases: list[Database] = field(default_factory=list[Database])

    @property
    def sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    def database(self, **settings: Any) -> Database:
        self.databases.append(open_database(self.url, **settings))
        return self.databases[-1]

    def ledger(self, redis: Any = None, *, database: Database | None = None, **settings: Any) -> Ledger:
        """A ledger of its own on this database, as another process would have it."""
        self.opened.append(Ledger(database or self.database(), redis, **settings))
        return self.opened[-1]

    async def close(self) -> None:
        for ledger in self.opened:
            await ledger.close()
        for database in self.databases:
            await database.close()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str | None]:
    """A server with a database `template` that has the tables; null where there is none."""
    with postgres() as server:
        if server:
            asyncio.run(admin(server, "CREATE DATABASE template"))
            asyncio.run(prepare(server.format("template")))
        yield server


async def prepare(url: str) -> None:
    database = open_database(url)
    await database.transact(make_tables)
    await database.close()


async def admin(server: str, *statements: str) -> None:
    """Run statements that concern whole databases."""
    connection = await asyncpg.connect(server.format("postgres"))
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A new database with the tables."""
    if request.param == "sqlite":
        asyncio.run(prepare(url := f"sqlite:///{tmp_path}/record.db"))
        return url
    server: str | None = request.getfixturevalue("postgres_server")
    if server is None:
        pytest.skip("no PostgreSQL on this machine")
    again = "DROP DATABASE IF EXISTS record WITH (FORCE)", "CREATE DATABASE record TEMPLATE template"
    asyncio.run(admin(server, *again))
    return server.format("record")


@pytest.fixture
async def place(url: str) -> AsyncIterator[Place]:
    place = Place(url)
    yield place
    await place.close()


@pytest.fixture
def ledger(place: Place) -> Ledger:
    return place.ledger()


@pytest.fixture
def redis_server() -> Iterator[Valkey]:
    with valkey() as server:
        yield server


Backup = Callable[[], Awaitable[Callable[[], Awaitable[None]]]]


@pytest.fixture
def backup(place: Place, tmp_path: Path, request: pytest.FixtureRequest) -> Backup:
    """Takes a backup of the database, and gives a function that puts it back under the feet of whoever is connected."""

    async def of_sqlite() -> Callable[[], Awaitable[None]]:
        live, kept = place.url.removeprefix("sqlite:///"), str(tmp_path / "backup.db")

        def copy(source: str, target: str) -> None:
            one, other = sqlite3.connect(source), sqlite3.connect(target)
            one.backup(other)
            one.close()
            other.close()

        copy(live, kept)

        async def restore() -> None:
            copy(kept, live)

        return restore

    async def of_postgresql() -> Callable[[], Awaitable[None]]:
        server: str = request.getfixturevalue("postgres_server")
        await admin(
            server,
            "DROP DATABASE IF EXISTS backup",
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'record'",
            "CREATE DATABASE backup TEMPLATE record",
        )

        async def restore() -> None:
            await admin(server, "DROP DATABASE record WITH (FORCE)", "ALTER DATABASE backup RENAME TO record")

        return restore

    return of_sqlite if place.sqlite else of_postgresql
