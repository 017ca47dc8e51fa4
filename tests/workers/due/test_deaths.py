"""Workers and Redis may die at any moment, and nothing that is due is lost."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry

from tests.workers.due.conftest import Logs
from tests.workers.toy import Ledger, adds, crew, eventually, hangs_once, serving
from tests.workers.valkey import Valkey, valkey, wire
from workers.due import Kind, SlotLost, counters
from workers.redis import Client, answers, connect

PREFIX = "deaths:"
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def server() -> Iterator[Valkey]:
    with valkey() as running:
        yield running


@pytest.fixture
async def redis(server: Valkey) -> AsyncIterator[Client]:
    client = connect(server.url)
    yield client
    await client.aclose()


@contextmanager
def worker_process(server: Valkey, folder: Path, lease: float, *, reborn: bool = False) -> Iterator[int]:
    """The process group of a worker, which is killed at the end at the latest."""
    words = [sys.executable, "-m", "tests.workers.toy", server.url, str(folder / "truth.db"), PREFIX, str(lease)]
    words += ["reborn"] if reborn else []
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        yield process.pid
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


async def test_work_of_a_killed_worker_is_started_again(
    server: Valkey, redis: Client, ledger: Ledger, tmp_path: Path, logs: Logs
) -> None:
    ledger.trigger("hang:a")
    with worker_process(server, tmp_path, lease=2):
        await eventually("a run in the other process", lambda: ledger.outcomes("hang:a") == ["running"])
    registry = CollectorRegistry()
    workers = crew(redis, ledger, PREFIX, {"hang": hangs_once(ledger, "hang")}, counts=counters(registry))
    async with serving(workers):
        await eventually("the result", lambda: not ledger.behind())
    assert ledger.outcomes("hang:a") == ["running", "stored"]
    assert ledger.failure("hang:a") is None
    labels = {"kind": "hang", "error": "Vanished"}
    assert registry.get_sample_value("polylogue_work_failures_total", labels) == 1
    (told,) = (line for line in logs if line["log_level"] != "info")
    assert (told["log_level"], told["event"], told["work"]) == ("warning", "work is tried again", "hang:a")
    assert told["why"].startswith("the run before, ")
    assert float(told["after"])
    assert "exc_info" not in told


async def test_a_job_that_kills_its_process_is_parked_at_five_starts(
    server: Valkey, ledger: Ledger, tmp_path: Path
) -> None:
    ledger.trigger("kill:a")
    with worker_process(server, tmp_path, lease=0.5, reborn=True):
        await eventually("the fifth attempt", lambda: (ledger.failure("kill:a") or [0])[0] == 5)
        ledger.trigger("add:b")
        await eventually("other work in the sixth process", lambda: ledger.outcomes("add:b") == ["stored"])
    assert ledger.outcomes("kill:a") == ["running"] * 5
    assert (ledger.failure("kill:a") or ["", ""])[1].startswith("Vanished: the run before, ")


async def test_redis_killed_and_back_empty_loses_nothing(
    server: Valkey, redis: Client, ledger: Ledger, logs: Logs
) -> None:
    other = connect(server.url)
    kinds = {"add": adds(ledger, "add")}
    crews = [crew(client, ledger, PREFIX, kinds) for client in (redis, other)]

    async def load(number: int) -> None:
        ledger.trigger(f"add:{number % 10}")
        await crews[number % 2].nudge(f"add:{number % 10}")
        await asyncio.sleep(0.005)

    def gone(who: str) -> int:
        return sum(line["event"] == who for line in logs)

    async with serving(*crews):
        for _ in range(2):
            for number in range(100):
                await load(number)
            server.kill()
            logs.clear()
            await load(0)
            await load(1)
            await eventually("ticks have met its absence", lambda: gone("redis is away") >= 2)
            await eventually("slots have, too", lambda: gone("slot waits for redis") >= 6)
            server.start()
        await eventually("every last basis", lambda: not ledger.behind())
    await other.aclose()
    assert ledger.db.execute("SELECT sum(computed_seq) FROM item").fetchone() == (204,)


async def test_a_connection_that_hangs_costs_a_renewal_and_no_job(server: Valkey, ledger: Ledger) -> None:
    async with wire(server) as line:
        redis = connect(line.url)
        workers = crew(redis, ledger, PREFIX, {"slow": adds(ledger, "slow", seconds=3.5)}, lease=3)
        async with serving(workers):
            ledger.trigger("slow:a")
            await eventually("a run", lambda: ledger.outcomes("slow:a") == ["running"])
            line.go_deaf()
            await eventually("its end", lambda: ledger.outcomes("slow:a") != ["running"])
            line.hear_again()
        await redis.aclose()
    assert ledger.outcomes("slow:a") == ["stored"]


async def test_a_job_is_stopped_before_its_lock_can_be_anothers(server: Valkey, redis: Client, ledger: Ledger) -> None:
    registry = CollectorRegistry()
    kinds = {"hang": hangs_once(ledger, "hang")}
    async with wire(server) as line:
        far = connect(line.url)
        async with serving(crew(far, ledger, PREFIX, kinds, counts=counters(registry))):
            ledger.trigger("hang:a")
            await eventually("a run", lambda: ledger.outcomes("hang:a") == ["running"])
            line.go_deaf(cut=True)
            async with serving(crew(redis, ledger, PREFIX, kinds)):
                await eventually("the result of the other", lambda: not ledger.behind())
            line.hear_again()
        await far.aclose()
    assert ledger.outcomes("hang:a") == ["CancelledError", "stored"]
    first, second = ledger.db.execute("SELECT began, ended FROM run ORDER BY id").fetchall()
    assert first[1] < second[0]
    assert registry.get_sample_value("polylogue_work_leases_lost_total", {"kind": "hang"}) == 1
    labels = {"kind": "hang", "error": "LeaseLost"}
    assert registry.get_sample_value("polylogue_work_failures_total", labels) is None


async def test_a_connection_that_died_is_not_noticed(server: Valkey, redis: Client) -> None:
    await redis.set("a", "1")
    server.kill()
    server.start()
    assert await redis.get("a") is None


async def test_health_is_what_redis_says(server: Valkey, redis: Client) -> None:
    assert await answers(redis)
    with server.stopped():
        assert not await answers(redis)
    assert await answers(redis)
    server.kill()
    assert not await answers(redis)
    server.start()
    assert await answers(redis)


async def test_workers_that_lose_a_slot_stop_and_say_so(redis: Client, ledger: Ledger) -> None:
    """No job of ours ends its slot, but a library may: what is left of the hands must not seem to be all of them."""

    async def run(_: str) -> None:
        task = asyncio.current_task()
        assert task
        task.cancel()
        await asyncio.sleep(0)

    ledger.trigger("slot:a")
    workers = crew(redis, ledger, PREFIX, {"slot": Kind(run, 60)})
    with pytest.raises(SlotLost):
        await workers.serve(2, asyncio.Event())


class LibraryGone(BaseException):
    """What no `except Exception` holds."""


async def test_a_lost_slot_says_why_and_the_others_only_finish_what_they_have(redis: Client, ledger: Ledger) -> None:
    begun, gone = asyncio.Event(), asyncio.Event()

    async def goes(_: str) -> None:
        await begun.wait()
        gone.set()
        raise LibraryGone

    async def lasts(key: str) -> None:
        with ledger.running(f"lasts:{key}"):
            begun.set()
            await gone.wait()
            await asyncio.sleep(0.1)  # in which the loss is noticed

    kinds = {"goes": Kind(goes, 60), "lasts": Kind(lasts, 60), "add": adds(ledger, "add")}
    workers = crew(redis, ledger, PREFIX, kinds, grace=30)
    for work in ("goes:a", "lasts:b", "add:c"):
        ledger.trigger(work)
        await workers.nudge(work)
    with pytest.raises(SlotLost) as lost:
        await workers.serve(2, asyncio.Event())
    assert isinstance(lost.value.__cause__, LibraryGone)
    assert ledger.outcomes("lasts:b") == ["stored"]
    assert ledger.outcomes("add:c") == []
