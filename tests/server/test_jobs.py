"""What a process does beside serving is missed when it stops being done, and is done to its end when it is told to."""

import asyncio
import os
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog.testing
from pydantic import SecretStr

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


async def test_nobody_waits_for_our_redis_to_come_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Redis that takes its time before it answers, until this very loop lets it."""
    real, slow = find_redis_server(), tmp_path / "bin" / "redis-server"
    slow.parent.mkdir()
    slow.write_text(
        f"#!/bin/sh\necho started >> {tmp_path}/starts\n"
        f'while [ ! -e {tmp_path}/go ]; do sleep 0.05; done\nexec "{real}" "$@"\n'
    )
    slow.chmod(0o755)
    own = start_redis(tmp_path / "redis")
    monkeypatch.setenv("PATH", f"{slow.parent}{os.pathsep}{os.environ['PATH']}")
    at = RedisAt(own.url, own, tmp_path / "redis")
    client = connect(own.url)
    own.process.kill()
    keeping = asyncio.create_task(at.keep())
    try:
        await eventually("another start", (tmp_path / "starts").exists)
        (tmp_path / "go").touch()
        async with asyncio.timeout(60):
            while not await answers(client):  # noqa: ASYNC110 -- another process has no event
                await asyncio.sleep(0.05)
        assert (tmp_path / "starts").read_text() == "started\n"
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
        await client.aclose()
        assert at.own
        at.own.stop()
        own.stop()  # and its folder with it
