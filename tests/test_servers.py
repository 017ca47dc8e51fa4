"""The services that tests use are real, empty at the start of each test, and gone with the tests."""

import asyncio
import subprocess
import sys
import time
from pathlib import Path

import asyncpg
import pytest
from redis import Redis

from tests.servers import Postgres, start_postgres, wheel_binaries

START_AND_WAIT = """
import time
from tests.servers import start_postgres
with start_postgres() as server:
    print(server.folder, flush=True)
    time.sleep(600)
"""


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_finds_redis_empty(redis_url: str, turn: int):
    with Redis.from_url(redis_url) as client:
        assert client.dbsize() == 0
        client.set("left by", turn)


@pytest.mark.parametrize("turn", [1, 2])
async def test_each_test_has_a_database_of_its_own(postgres_url: str, turn: int):
    connection = await asyncpg.connect(postgres_url)
    await connection.execute("CREATE TABLE note (text text)")
    await connection.execute("INSERT INTO note VALUES ('мир')")
    assert await connection.fetchval("SELECT length(text) FROM note") == 3
    assert await connection.fetchval("SHOW server_encoding") == "UTF8"
    assert await connection.fetchval("SHOW listen_addresses") == ""
    await connection.close()


async def test_a_database_may_be_the_copy_of_another(postgres_server: Postgres):
    template = postgres_server.create()
    postgres_server.execute("CREATE TABLE note (text text)", "INSERT INTO note VALUES ('a')", database=template)
    copy = postgres_server.create(template)
    connection = await asyncpg.connect(postgres_server.url(copy))
    assert await connection.fetchval("SELECT text FROM note") == "a"
    postgres_server.drop(copy)  # though somebody is connected
    postgres_server.drop(template)
    with pytest.raises(asyncpg.PostgresError):
        await connection.fetchval("SELECT 1")


def test_the_postgres_inside_the_wheel_will_do():
    with start_postgres(wheel_binaries()[0]) as server:
        server.execute("SELECT 1")
    assert not server.folder.exists()


def test_postgres_ends_with_tests_that_were_killed():
    with subprocess.Popen([sys.executable, "-c", START_AND_WAIT], stdout=subprocess.PIPE, text=True) as tests:
        assert tests.stdout
        left = Postgres(Path(tests.stdout.readline().strip()))
        left.execute("SELECT 1")
        tests.kill()
    end = time.monotonic() + 60
    while answers(left):
        assert time.monotonic() < end, "it does not end"
        time.sleep(0.05)
    while left.folder.exists():  # what was left is deleted by a later run, once the last of its processes has gone
        assert time.monotonic() < end, "it is not deleted"
        with start_postgres():
            pass


def answers(server: Postgres) -> bool:
    try:
        server.execute("SELECT 1")
    except (OSError, asyncpg.PostgresError, asyncio.IncompleteReadError):
        return False
    return True
