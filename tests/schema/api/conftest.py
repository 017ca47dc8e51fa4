"""A house for each test that acts; for those that only look, a session that has seen everything, kept once."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.ledger.course import Course
from tests.ledger.whole import whole
from tests.schema.api.house import House, Table, house, on_sqlite
from tests.schema.api.seen import Seen, in_file, seen, written
from tests.servers import Postgres


@pytest.fixture(scope="session")
def course() -> Course:
    return whole()


@pytest.fixture(scope="session")
def course_file(course: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("course") / "record.db"
    asyncio.run(written(course, in_file(path)))
    return path


@pytest.fixture(scope="session")
def course_database(course: Course, postgres_server: Postgres) -> str:
    name = postgres_server.create()
    asyncio.run(written(course, postgres_server.url(name)))
    return name


@pytest.fixture(scope="session")
def postgres_template(migrated_postgres: str) -> str:
    return migrated_postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def kept_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield in_file(shutil.copy(request.getfixturevalue("course_file"), tmp_path / "record.db"))
        return
    server: Postgres = request.getfixturevalue("postgres_server")
    copy = server.create(request.getfixturevalue("course_database"))
    yield server.url(copy)
    server.drop(copy)


@pytest.fixture
async def kept(kept_url: str, course: Course) -> AsyncIterator[Seen]:
    async with seen(course, kept_url) as found:
        yield found


@pytest.fixture
async def home(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[House]:
    """On SQLite unless a test asks for both."""
    on_postgresql = getattr(request, "param", "sqlite") == "postgresql"
    async with house(request.getfixturevalue("postgres_url") if on_postgresql else on_sqlite(tmp_path)) as made:
        yield made


@pytest.fixture
async def table(home: House) -> Table:
    return await home.open()
