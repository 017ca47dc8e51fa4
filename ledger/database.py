"""Where a transaction runs: one plain function over a connection, on SQLite or on PostgreSQL.

Why plain functions: the same body then serves both databases, without a line of SQL written twice. SQLite calls it on
its one writing thread or on a reading one, PostgreSQL inside the event loop over asyncpg.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol, TypeVar

import sqlalchemy as sa
from sqlalchemy import event, exc
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import QueuePool

from schema.circumstances import Unreachable, circumstances, clash, sqlstate

T = TypeVar("T")

Body = Callable[[sa.Connection], T]

_ENDED = frozenset(("", "08", "57"))
"""Classes after which a connection is not used again. SQLAlchemy asks asyncpg whether it is closed, which it may not
have noticed yet when the server's last words arrive; nor does anybody know its state after an error of the client."""


class Database(Protocol):
    """A database with one pool for transactions that write and another, never starved by it, for reads."""

    @property
    def dialect(self) -> str:
        """Sqlite or postgresql."""
        ...

    @property
    def lanes(self) -> int:
        """How many writing transactions run side by side."""
        ...

    async def read(self, body: Body[T], /) -> T:
        """Run a body that only reads, on one snapshot."""
        ...

    async def transact(self, body: Body[T], /) -> T:
        """Run a body in one transaction; it is rolled back when the body raises."""
        ...

    async def close(self) -> None: ...


def open_database(url: str, *, readers: int = 4, lanes: int = 4, lock_timeout_ms: int = 5000) -> Database:
    """The database at sqlite:///path or postgresql://…; connects at the first use. SQLite has one lane whatever is
    asked for.
    """
    made = sa.make_url(url)
    match made.get_backend_name():
        case "sqlite":
            return _Sqlite(made, readers, lock_timeout_ms)
        case "postgresql":
            return _Postgresql(made, readers, lanes, lock_timeout_ms)
        case other:
            raise ValueError(f"the record is kept in SQLite or PostgreSQL, not in {other}")


async def first_or_after(database: Database, body: Body[T]) -> T:
    """Transact a body; once more where another was first to insert the same key, whose rows it then finds."""
    try:
        return await database.transact(body)
    except exc.DBAPIError as error:
        if not clash(error):
            raise
        return await database.transact(body)


class _Sqlite:
    dialect = "sqlite"
    lanes = 1

    def __init__(self, url: sa.URL, readers: int, lock_timeout_ms: int) -> None:
        self._writer = _sqlite_engine(url, "BEGIN IMMEDIATE", f"busy_timeout={lock_timeout_ms}", 1)
        self._reader = _sqlite_engine(url, "BEGIN", f"busy_timeout={lock_timeout_ms}", readers, "query_only=1")
        self._writing = ThreadPoolExecutor(1, "writer")
        self._reading = ThreadPoolExecutor(readers, "reader")

    async def read(self, body: Body[T], /) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._reading, _run, self._reader, body)

    async def transact(self, body: Body[T], /) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._writing, _run, self._writer, body)

    async def close(self) -> None:
        await asyncio.to_thread(self._stop)

    def _stop(self) -> None:
        self._writing.shutdown()
        self._reading.shutdown()
        self._reader.dispose()
        self._writer.dispose()


def _run(engine: sa.Engine, body: Body[T]) -> T:
    with engine.begin() as connection:
        return body(connection)


def _sqlite_engine(url: sa.URL, begin: str, *pragmas_and_size: Any) -> sa.Engine:
    timeout, size, *more = pragmas_and_size
    engine = sa.create_engine(
        url.set(drivername="sqlite+pysqlite"),
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        connect_args={"check_same_thread": False},
        hide_parameters=True,  # in errors, which are logged: parameters hold what people said
    )
    pragmas = (timeout, "journal_mode=WAL", "synchronous=FULL", *more)

    def connected(raw: Any, _: object) -> None:
        raw.isolation_level = None  # or the module's own BEGIN comes first and defeats BEGIN IMMEDIATE
        for pragma in pragmas:
            raw.execute(f"PRAGMA {pragma}")

    def begun(connection: sa.Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begun)
    return engine


class _Postgresql:
    dialect = "postgresql"

    def __init__(self, url: sa.URL, readers: int, lanes: int, lock_timeout_ms: int) -> None:
        self.lanes = lanes
        settings = {"lock_timeout": str(lock_timeout_ms), "application_name": "polylogue"}
        self._writer = _postgresql_engine(url, lanes, settings)
        # one snapshot for all statements of a read, so that what a resolver puts together belongs together
        self._reader = _postgresql_engine(url, readers, settings, isolation_level="REPEATABLE READ")
        self._reader = self._reader.execution_options(postgresql_readonly=True)

    async def read(self, body: Body[T], /) -> T:
        try:
            return await _run_sync(self._reader, body)
        except exc.DBAPIError as error:
            if not circumstances(error):
                raise
            return await _run_sync(self._reader, body)  # after a restart of the server each pool finds out once

    async def transact(self, body: Body[T], /) -> T:
        return await _run_sync(self._writer, body)

    async def close(self) -> None:
        await self._reader.dispose()
        await self._writer.dispose()


async def _run_sync(engine: AsyncEngine, body: Body[T]) -> T:
    try:
        async with engine.connect() as connection:
            try:
                async with connection.begin():
                    return await connection.run_sync(body)
            except exc.DBAPIError as error:
                if sqlstate(error)[:2] in _ENDED:
                    await connection.invalidate()
                raise
    except OSError as error:  # no server, or no socket where one was
        raise Unreachable("the database is not there") from error


def _postgresql_engine(url: sa.URL, size: int, settings: dict[str, str], **more: Any) -> AsyncEngine:
    return create_async_engine(
        url.set(drivername="postgresql+asyncpg"),
        pool_size=size,
        max_overflow=0,
        connect_args={"server_settings": settings},
        hide_parameters=True,
        **more,
    )
