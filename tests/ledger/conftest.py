"""A database for each test, SQLite and PostgreSQL alike, ledgers on it, and ways to do it harm."""

import shutil
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from ledger import known
from ledger.database import Database, open_database
from ledger.known import Known
from ledger.ledger import Ledger
from migrations.steps import migrate
from polylogue.vocabulary import Seq
from tests.servers import Postgres
from tests.workers.valkey import Valkey, valkey


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
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the tables."""
    path = tmp_path_factory.mktemp("template") / "record.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(migrated_postgres: str) -> str:
    return migrated_postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A new database with the tables."""
    if request.param == "postgresql":
        return request.getfixturevalue("postgres_url")
    shutil.copy(request.getfixturevalue("sqlite_template"), path := tmp_path / "record.db")
    return f"sqlite:///{path}"


@pytest.fixture
async def place(url: str) -> AsyncIterator[Place]:
    place = Place(url)
    yield place
    await place.close()


@pytest.fixture
def ledger(place: Place) -> Ledger:
    return place.ledger()


@pytest.fixture
def mortal_redis() -> Iterator[Valkey]:
    """A Redis of the test's own, to be killed and stopped."""
    with valkey() as server:
        yield server


Backup = Callable[[], Callable[[], None]]


@pytest.fixture
def backup(place: Place, tmp_path: Path, request: pytest.FixtureRequest) -> Backup:
    """Takes a backup of the database, and gives what puts it back under the feet of whoever is connected."""
    if place.sqlite:
        live, kept = place.url.removeprefix("sqlite:///"), str(tmp_path / "backup.db")
        return lambda: copy(live, kept) or (lambda: copy(kept, live))
    server: Postgres = request.getfixturevalue("postgres_server")
    name = str(sa.make_url(place.url).database)

    def of_postgresql() -> Callable[[], None]:
        taken = f"{name}_backup"
        server.execute(f"{KILL} WHERE datname = '{name}'", f"CREATE DATABASE {taken} TEMPLATE {name}")
        return lambda: server.execute(f"DROP DATABASE {name} WITH (FORCE)", f"ALTER DATABASE {taken} RENAME TO {name}")

    return of_postgresql


KILL = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"


def copy(source: str, target: str) -> None:
    one, other = sqlite3.connect(source), sqlite3.connect(target)
    one.backup(other)
    one.close()
    other.close()


class Folded(list[Seq]):
    """The entries that any ledger folds from stored bytes from now on, and whether some of them in a transaction."""

    in_transaction = False


@pytest.fixture
def folded(monkeypatch: pytest.MonkeyPatch) -> Folded:
    seen, fold = Folded(), known.fold

    def watched(mine: Known, rows: Any) -> None:
        seen.extend(row.seq for row in rows if row.seq > mine.seq)
        seen.in_transaction |= not threading.current_thread().name.startswith("asyncio_")
        fold(mine, rows)

    monkeypatch.setattr(known, "fold", watched)
    return seen
