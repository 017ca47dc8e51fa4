"""What a process does beside serving is missed when it stops being done, and is done to its end when it is told to."""

import asyncio
import os
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog.testing
from pydantic import SecretStr

from ledger.rebuild import outdated
from server.app import application
from server.embedded import find_redis_server, start_redis
from server.services import RedisAt, services
from server.settings import Settings
from tests.ledger.scene import schedule
from tests.workers.toy import eventually
from workers.redis import answers, connect


@pytest.mark.parametrize("job", ["revocations", "workers"])
async def test_a_job_that_dies_is_logged_and_the_process_is_not_ready(tmp_path: Path, redis_url: str, job: str) -> None:
    settings = Settings(data_dir=tmp_path, redis_url=SecretStr(redis_url))
    async with services(settings, RedisAt(redis_url), slots=1) as parts:
        app: Any = application(parts)  # httpx has narrower types for the same
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://polylogue") as http:
            async with asyncio.timeout(60):
                while (answer := await http.get("/readyz")).status_code != 200:  # noqa: ASYNC110 -- a worker beats soon
                    await asyncio.sleep(0.05)
            assert answer.json()["jobs"] is True
            (task,) = (task for task in asyncio.all_tasks() if task.get_name() == job)
            with structlog.testing.capture_logs() as logs:
                task.cancel()
                await parts.jobs.died.wait()
            assert [line["job"] for line in logs if line["log_level"] == "error"] == [job]
            answer = await http.get("/readyz")
        assert (answer.status_code, answer.json()["jobs"], answer.json()["database"]) == (503, False, True)


async def test_what_ends_in_order_is_not_dead(tmp_path: Path, redis_url: str) -> None:
    settings = Settings(data_dir=tmp_path, redis_url=SecretStr(redis_url))
    before = asyncio.all_tasks()
    with structlog.testing.capture_logs() as logs:
        async with services(settings, RedisAt(redis_url), slots=1) as parts:
            await schedule(parts.ledger)  # the last of its commits is still being told to the workers
    assert parts.jobs.dead == []
    assert [line for line in logs if line["log_level"] == "error"] == []
    assert {task.get_name() for task in asyncio.all_tasks() - before} == set()


@pytest.fixture
async def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[RedisAt]:
    """A Redis of ours that has died. Started again, it says so in `starts` and answers once there is a file `go`."""
    real, program = find_redis_server(), tmp_path / "bin" / "redis-server"
    program.parent.mkdir()
    program.write_text(
        f"#!/bin/sh\necho started >> {tmp_path}/starts\n"
        f'while [ ! -e {tmp_path}/go ]; do sleep 0.05; done\nexec "{real}" "$@"\n'
    )
    program.chmod(0o755)
    own = start_redis(tmp_path / "redis")
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    at = RedisAt(own.url, own, tmp_path / "redis")
    own.process.kill()
    yield at
    assert at.own
    at.own.stop()
    own.stop()  # and its folder with it


@asynccontextmanager
async def kept(at: RedisAt, starts: Path) -> AsyncIterator[None]:
    """While it is looked after, from another start on."""
    keeping = asyncio.create_task(at.keep())
    try:
        await eventually("another start", starts.exists)
        yield
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)


async def test_nobody_waits_for_our_redis_to_come_back(tmp_path: Path, slow: RedisAt) -> None:
    """It takes its time before it answers, until this very loop lets it."""
    client = connect(slow.url)
    async with kept(slow, tmp_path / "starts"):
        (tmp_path / "go").touch()
        async with asyncio.timeout(60):
            while not await answers(client):  # noqa: ASYNC110 -- another process has no event
                await asyncio.sleep(0.05)
        assert (tmp_path / "starts").read_text() == "started\n"
    await client.aclose()


async def test_a_failure_in_the_place_of_a_cancellation_ends_the_looking_after_too(
    slow: RedisAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = asyncio.Event()

    class Failing:
        """As redis-py may, where a connection that is given up cannot be closed either."""

        async def ping(self) -> bool:
            asked.set()
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                raise ConnectionError from None
            return True

        async def aclose(self) -> None:
            pass

    monkeypatch.setattr("server.services.connect", lambda _: Failing())
    keeping = asyncio.create_task(slow.keep())
    await asked.wait()
    keeping.cancel()
    async with asyncio.timeout(15):
        await asyncio.wait({keeping})


async def test_nor_does_a_process_that_stops(tmp_path: Path, slow: RedisAt) -> None:
    """The end of a loop waits for the threads that it has begun."""
    before = set(threading.enumerate())
    async with kept(slow, tmp_path / "starts"):
        pass
    assert set(threading.enumerate()) - before == set()


async def test_a_redis_of_ours_that_does_not_come_back_is_given_up_and_started_again(
    tmp_path: Path, slow: RedisAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.services.PATIENCE", 0.1)
    monkeypatch.setattr("server.services.KEPT_EVERY", 0.1)
    with structlog.testing.capture_logs() as logs:
        async with kept(slow, tmp_path / "starts"):
            await eventually("a third start", lambda: (tmp_path / "starts").read_text().count("started") > 1)
    assert "did not answer in 0.1 seconds" in next(line["error"] for line in logs if line["log_level"] == "error")


async def test_a_new_directory_is_not_said_to_hold_rows_of_another_version(tmp_path: Path, redis_url: str) -> None:
    settings = Settings(data_dir=tmp_path, redis_url=SecretStr(redis_url))
    with structlog.testing.capture_logs() as logged:
        async with services(settings, RedisAt(redis_url), slots=0) as parts:
            assert not await parts.database.read(outdated), "and its version is noted all the same"
    assert [line for line in logged if "another version" in line["event"]] == []
