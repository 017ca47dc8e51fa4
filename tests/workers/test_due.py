"""What is due gets done, once at a time, and what goes wrong is a failure that somebody can see."""

import asyncio
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import structlog.testing
from prometheus_client import CollectorRegistry
from redis.asyncio import ConnectionPool, Redis
from redis.asyncio.lock import Lock

from tests.workers.toy import Ledger, adds, crew, eventually, serving
from tests.workers.valkey import cluster
from workers.due import Kind, counters
from workers.redis import Client, answers, connect, workers_alive

NEVER = 3_600.0  # seconds between ticks, where a tick must not come to the rescue


Logs = list[structlog.typing.EventDict]


@pytest.fixture(autouse=True)
def logs() -> Iterator[Logs]:
    with structlog.testing.capture_logs() as logs:
        yield logs


@pytest.fixture
def prefix() -> str:
    return f"{uuid.uuid4().hex}:"


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[Client]:
    client = connect(redis_url)
    yield client
    await client.aclose()


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    ledger = Ledger(tmp_path / "truth.db")
    yield ledger
    ledger.db.close()


def events(logs: Logs) -> list[str]:
    return [line["event"] for line in logs]


async def test_the_first_of_many_nudges_keeps_its_place(redis: Client, ledger: Ledger, prefix: str) -> None:
    workers = crew(redis, ledger, prefix, {})
    await workers.nudge("add:a")
    await workers.nudge("add:b")
    for _ in range(100):
        await workers.nudge("add:a")
    assert await redis.zrange(f"{prefix}nudges", 0, -1) == ["add:a", "add:b"]


async def test_a_nudge_starts_a_work_that_no_tick_would_find(redis: Client, ledger: Ledger, prefix: str) -> None:
    workers = crew(redis, ledger, prefix, {"add": adds(ledger, "add")}, tick=NEVER)
    async with serving(workers):
        await eventually("the first tick", lambda: ledger.asked)
        ledger.trigger("add:a")
        await workers.nudge("add:a")
        await eventually("the result", lambda: ledger.outcomes("add:a") == ["stored"])


async def test_a_tick_finds_what_nobody_nudged(redis: Client, ledger: Ledger, prefix: str) -> None:
    async with serving(crew(redis, ledger, prefix, {"add": adds(ledger, "add")})):
        await eventually("the first tick", lambda: ledger.asked)
        ledger.trigger("add:a")
        await eventually("the result", lambda: ledger.outcomes("add:a") == ["stored"])


async def test_a_thousand_triggers_on_ten_keys(
    redis: Client, redis_url: str, ledger: Ledger, prefix: str, logs: Logs
) -> None:
    other = connect(redis_url)
    kinds = {"add": adds(ledger, "add")}
    crews = [crew(client, ledger, prefix, kinds, lease=10) for client in (redis, other)]
    works = [f"add:{key}" for key in range(10)]
    async with serving(*crews, slots=5):
        for number in range(1_000):
            work = works[number // 10 % 10]
            ledger.trigger(work)
            await crews[number % 2].nudge(work)
            await asyncio.sleep(0.02 if number % 10 == 9 else 0)
        await eventually("the last basis of each", lambda: not ledger.behind())
    await other.aclose()
    computed = ledger.db.execute("SELECT work, computed_seq FROM item ORDER BY work").fetchall()
    assert computed == [(work, 100) for work in works]
    assert ledger.overlaps() == []
    assert "work failed" not in events(logs)  # as a run would that met the mark of another
    runs = [outcome for work in works for outcome in ledger.outcomes(work)]
    assert set(runs) == {"stored"}
    assert len(runs) < 1_000
    print(f"{len(runs)} runs for 1,000 triggers")


class Turnstile:
    """Where a lock waits for the test before it is taken and before it is freed; says what it has come to."""

    def __init__(self, shut: str) -> None:
        self.come, self.refused, self.open = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self.freed = asyncio.Event()
        self.shut = shut

    async def passed(self, way: str) -> None:
        if way == self.shut:
            self.come.set()
            await self.open.wait()


class SlowLock(Lock):
    turnstile: Turnstile

    async def do_acquire(self, token: str | bytes) -> bool:
        await self.turnstile.passed("taking")
        if not (taken := await super().do_acquire(token)):
            self.turnstile.refused.set()
        return taken

    async def do_release(self, expected_token: bytes) -> None:
        await self.turnstile.passed("freeing")
        await super().do_release(expected_token)
        self.turnstile.freed.set()


class SlowRedis(Redis):
    turnstile: Turnstile

    def lock(self, *args: Any, **terms: Any) -> Lock:
        lock = SlowLock(self, *args, **terms)
        lock.turnstile = self.turnstile
        return lock


@asynccontextmanager
async def slow_redis(redis_url: str, shut: str) -> AsyncIterator[SlowRedis]:
    client = SlowRedis(connection_pool=ConnectionPool.from_url(redis_url, decode_responses=True))
    client.turnstile = Turnstile(shut)
    yield client
    await client.aclose()
    await client.connection_pool.aclose()


async def test_a_trigger_while_the_lock_is_being_freed_is_not_lost(redis_url: str, ledger: Ledger, prefix: str) -> None:
    async with slow_redis(redis_url, "freeing") as redis:
        workers = crew(redis, ledger, prefix, {"add": adds(ledger, "add")}, tick=NEVER, lease=60)
        async with serving(workers):
            await eventually("the first tick", lambda: ledger.asked)
            ledger.trigger("add:a")
            await workers.nudge("add:a")
            await eventually("a lock that is about to be freed", redis.turnstile.come.is_set)
            ledger.trigger("add:a")
            await workers.nudge("add:a")
            await eventually("a slot that met the lock", redis.turnstile.refused.is_set)
            redis.turnstile.open.set()
            await eventually("the second result", lambda: ledger.outcomes("add:a") == ["stored", "stored"])


async def test_a_work_done_by_another_while_its_lock_was_taken_is_not_done_again(
    redis_url: str, redis: Client, ledger: Ledger, prefix: str
) -> None:
    kinds = {"add": adds(ledger, "add")}
    async with slow_redis(redis_url, "taking") as slow:
        late, other = (crew(client, ledger, prefix, kinds, tick=NEVER) for client in (slow, redis))
        async with serving(late, slots=1):
            await eventually("the first tick", lambda: ledger.asked)
            ledger.trigger("add:a")
            await late.nudge("add:a")
            await eventually("a lock that is about to be taken", slow.turnstile.come.is_set)
            async with serving(other):
                await other.nudge("add:a")
                await eventually("the result of the other", lambda: not ledger.behind())
            slow.turnstile.open.set()
            await eventually("the lock freed", slow.turnstile.freed.is_set)
    assert ledger.outcomes("add:a") == ["stored"]


async def test_what_is_always_due_leaves_the_others_their_turn(redis: Client, ledger: Ledger, prefix: str) -> None:
    async def busy(key: str) -> None:
        with ledger.running(f"busy:{key}"):
            await asyncio.sleep(0.01)
            ledger.trigger(f"busy:{key}")

    kinds = {"busy": Kind(busy, 60), "add": adds(ledger, "add")}
    workers = crew(redis, ledger, prefix, kinds, tick=NEVER)
    async with serving(workers, slots=1):
        await eventually("the first tick", lambda: ledger.asked)
        ledger.trigger("busy:a")
        await workers.nudge("busy:a")
        await eventually("a busy work", lambda: len(ledger.outcomes("busy:a")) > 2)
        ledger.trigger("add:b")
        await workers.nudge("add:b")
        await eventually("the turn of the other", lambda: ledger.outcomes("add:b") == ["stored"])
        seen = len(ledger.outcomes("busy:a"))
        await eventually("the busy one again", lambda: len(ledger.outcomes("busy:a")) > seen)


async def test_a_job_that_fails_is_parked_and_freed_by_an_operator(redis: Client, ledger: Ledger, prefix: str) -> None:
    broken = [True]

    async def run(key: str) -> None:
        with ledger.running(f"frail:{key}"):
            await asyncio.sleep(0)
            if broken:
                raise ValueError("no such luck")

    registry = CollectorRegistry()
    workers = crew(redis, ledger, prefix, {"frail": Kind(run, 60)}, counts=counters(registry))
    async with serving(workers):
        ledger.trigger("frail:a")
        await workers.nudge("frail:a")
        await eventually("the fifth attempt", lambda: (ledger.failure("frail:a") or [0])[0] == 5)
        assert ledger.failure("frail:a") == (5, "ValueError: no such luck", "1")

        broken.clear()
        ledger.trigger("frail:a")
        await workers.nudge("frail:a")
        asked = ledger.asked
        await eventually("ticks that leave it alone", lambda: ledger.asked > asked + 3)
        assert ledger.outcomes("frail:a") == ["ValueError"] * 5

        ledger.retry("frail:a")
        await workers.nudge("frail:a")
        await eventually("the result", lambda: ledger.outcomes("frail:a")[5:] == ["stored"])
    assert ledger.failure("frail:a") is None
    labels = {"kind": "frail", "error": "ValueError"}
    assert registry.get_sample_value("polylogue_work_failures_total", labels) == 5
    assert registry.get_sample_value("polylogue_work_runs_total", {"kind": "frail"}) == 6


async def test_parked_work_is_freed_by_another_build(
    redis: Client, ledger: Ledger, prefix: str, tmp_path: Path
) -> None:
    ledger.trigger("add:a")
    for _ in range(5):
        await ledger.failed("add:a", "of the build before", build="1")
    later = Ledger(tmp_path / "truth.db", build="2")
    async with serving(crew(redis, ledger, prefix, {"add": adds(ledger, "add")})):
        await eventually("ticks that leave it alone", lambda: ledger.asked > 3)
        assert ledger.outcomes("add:a") == []
        async with serving(crew(redis, later, prefix, {"add": adds(later, "add")})):
            await eventually("the result", lambda: later.outcomes("add:a") == ["stored"])
    later.db.close()


async def stores_nothing() -> None:
    """Ends well, and nothing has changed."""


async def takes_too_long() -> None:
    await asyncio.sleep(NEVER)


async def will_not_be_stopped() -> None:
    try:
        await asyncio.sleep(NEVER)
    except asyncio.CancelledError:
        return


async def has_a_limit_of_its_own() -> None:
    async with asyncio.timeout(0.01):
        await asyncio.sleep(NEVER)


async def blocks_the_loop() -> None:
    time.sleep(1)  # noqa: ASYNC251 - the fault of this job
    await asyncio.sleep(0)


async def blocks_the_loop_to_its_end() -> None:
    time.sleep(1)  # noqa: ASYNC251 - the same


async def is_cancelled_from_within() -> None:
    task = asyncio.create_task(asyncio.sleep(NEVER))
    await asyncio.sleep(0)
    task.cancel()
    await task


COMES_TO_NOTHING: dict[str, tuple[Callable[[], Awaitable[None]], str]] = {
    "idle:a": (stores_nothing, "NoProgress: still due up to 1"),
    "endless:a": (takes_too_long, "Overran: ran longer than 0.3 s"),
    "stubborn:a": (will_not_be_stopped, "Overran: ran longer than 0.3 s"),
    "limited:a": (has_a_limit_of_its_own, "TimeoutError: "),
    "dropped:a": (is_cancelled_from_within, "Dropped: cancelled from within"),
}


async def test_a_run_that_comes_to_nothing_is_a_failure(redis: Client, ledger: Ledger, prefix: str) -> None:
    kinds = {work.partition(":")[0]: Kind(lambda _, job=job: job(), 0.3) for work, (job, _) in COMES_TO_NOTHING.items()}
    ledger.parked_after = 1
    workers = crew(redis, ledger, prefix, kinds | {"add": adds(ledger, "add")})
    for work in COMES_TO_NOTHING:
        ledger.trigger(work)
    async with serving(workers, slots=1):
        await eventually("a failure of each", lambda: all(map(ledger.failure, COMES_TO_NOTHING)))
        ledger.trigger("add:b")
        await eventually("another work in the same slot", lambda: ledger.outcomes("add:b") == ["stored"])
    errors = {work: ledger.failure(work) for work in COMES_TO_NOTHING}
    assert errors == {work: (1, error, "1") for work, (_, error) in COMES_TO_NOTHING.items()}


async def test_what_a_patient_work_is_left_meanwhile_is_no_failure(
    redis: Client, ledger: Ledger, prefix: str, logs: Logs
) -> None:
    """It is also due for what other works leave behind while it runs, which moves no basis; a tick finds it again."""
    stores = adds(ledger, "patient")
    runs = count(1)

    async def leaves_it_due(key: str) -> None:
        if next(runs) > 1:
            await stores.run(key)

    ledger.trigger("patient:a")
    async with serving(crew(redis, ledger, prefix, {"patient": Kind(leaves_it_due, 60, patient=True)}), slots=1):
        await eventually("another run", lambda: ledger.outcomes("patient:a") == ["stored"])
    assert ledger.failure("patient:a") is None
    assert "work failed" not in events(logs)


async def test_a_job_that_blocks_the_loop_past_its_lease_has_failed(redis: Client, ledger: Ledger, prefix: str) -> None:
    kinds = {"block": Kind(lambda _: blocks_the_loop(), 60), "end": Kind(lambda _: blocks_the_loop_to_its_end(), 60)}
    ledger.parked_after = 1
    ledger.trigger("block:a")
    ledger.trigger("end:a")
    async with serving(crew(redis, ledger, prefix, kinds, lease=0.6), slots=1):
        await eventually("both failures", lambda: ledger.failure("block:a") and ledger.failure("end:a"))
    for work in kinds:
        attempts, error, _ = ledger.failure(f"{work}:a") or (0, "", "")
        assert attempts == 1
        assert error.startswith("LoopBlocked: the event loop stood still for ")


async def test_a_lost_lock_stops_its_job_and_a_kept_one_does_not(redis: Client, ledger: Ledger, prefix: str) -> None:
    kinds = {"slow": adds(ledger, "slow", seconds=2.5)}  # longer than a lease
    async with serving(crew(redis, ledger, prefix, kinds)):
        ledger.trigger("slow:a")
        ledger.trigger("slow:b")
        await eventually("both runs", lambda: ledger.outcomes("slow:a") + ledger.outcomes("slow:b") == ["running"] * 2)
        await redis.delete(f"{prefix}lock:slow:a")
        await eventually("both results", lambda: not ledger.behind())
    assert ledger.outcomes("slow:a") == ["CancelledError", "stored"]
    assert ledger.outcomes("slow:b") == ["stored"]
    assert ledger.overlaps() == []


async def test_a_graceful_stop_lets_jobs_end_or_frees_their_work(redis: Client, ledger: Ledger, prefix: str) -> None:
    gate = asyncio.Event()

    async def waits(key: str) -> None:
        with ledger.running(f"waits:{key}"):
            await gate.wait()

    kinds = {"waits": Kind(waits, 60), "slow": adds(ledger, "slow", seconds=NEVER, time_limit=NEVER)}
    workers = crew(redis, ledger, prefix, kinds, lease=60, grace=2)
    async with serving(workers) as stop:
        ledger.trigger("waits:a")
        ledger.trigger("slow:b")
        await eventually("both runs", lambda: ledger.outcomes("waits:a") + ledger.outcomes("slow:b") == ["running"] * 2)
        stop.set()
        await asyncio.sleep(0.1)
        gate.set()
    assert ledger.outcomes("waits:a") == ["stored"]
    assert ledger.outcomes("slow:b") == ["CancelledError"]
    assert [work for work, *_ in ledger.behind()] == ["slow:b"]
    assert ledger.failure("slow:b") is None
    assert [key async for key in redis.scan_iter(f"{prefix}*") if not key.endswith("nudges")] == []


async def test_a_worker_that_is_cancelled_frees_its_work(redis: Client, ledger: Ledger, prefix: str) -> None:
    workers = crew(redis, ledger, prefix, {"slow": adds(ledger, "slow", seconds=NEVER, time_limit=NEVER)}, lease=60)
    serving_it = asyncio.create_task(workers.serve(2, asyncio.Event()))
    ledger.trigger("slow:b")
    await eventually("the run", lambda: ledger.outcomes("slow:b") == ["running"])
    serving_it.cancel()
    with pytest.raises(asyncio.CancelledError):
        await serving_it
    assert ledger.outcomes("slow:b") == ["CancelledError"]
    assert not await redis.exists(f"{prefix}lock:slow:b")


async def test_workers_go_on_when_the_database_was_away(redis: Client, ledger: Ledger, prefix: str) -> None:
    workers = crew(redis, ledger, prefix, {"add": adds(ledger, "add")})
    ledger.trigger("add:a")
    ledger.db.execute("ALTER TABLE item RENAME TO elsewhere")
    async with serving(workers, slots=1):
        await workers.nudge("add:a")
        await eventually("ticks without a database", lambda: ledger.asked > 3)
        ledger.db.execute("ALTER TABLE elsewhere RENAME TO item")
        await eventually("the result", lambda: ledger.outcomes("add:a") == ["stored"])


async def test_work_of_an_unknown_kind_is_left_to_others(
    redis: Client, ledger: Ledger, prefix: str, logs: Logs
) -> None:
    ledger.trigger("other:a")
    workers = crew(redis, ledger, prefix, {"add": adds(ledger, "add")})
    async with serving(workers):
        await workers.nudge("other:a")
        await eventually("a refusal", lambda: "no hands for this kind of work" in events(logs))
        asked = ledger.asked
        await eventually("ticks", lambda: ledger.asked > asked + 3)
    assert events(logs).count("no hands for this kind of work") == 1
    assert "slot failed" not in events(logs)


async def test_the_living_are_counted(redis: Client, ledger: Ledger, prefix: str) -> None:
    crews = [crew(redis, ledger, prefix, {}) for _ in range(2)]
    assert await workers_alive(redis, prefix) == 0
    async with serving(*crews):
        await eventually("ticks", lambda: ledger.asked >= 4)
        assert await workers_alive(redis, prefix) == 2
        assert await redis.ttl(f"{prefix}heartbeat:{crews[0].name}") > 0
    assert await workers_alive(redis, prefix) == 0

    await redis.sadd(f"{prefix}workers", "killed")  # as a worker leaves it whose heartbeat has expired
    assert await workers_alive(redis, prefix) == 0
    assert await redis.smembers(f"{prefix}workers") == set()


async def test_a_cluster_will_do(ledger: Ledger, prefix: str) -> None:
    frail = [True]

    async def run(key: str) -> None:
        with ledger.running(f"frail:{key}"):
            await asyncio.sleep(0)
            if frail:
                frail.clear()
                raise ValueError("once")

    with cluster() as url:
        redis = connect(url)
        workers = crew(redis, ledger, prefix, {"add": adds(ledger, "add"), "frail": Kind(run, 60)})
        works = [f"add:{key}" for key in range(10)] + ["frail:a"]
        async with serving(workers):
            for work in works:
                ledger.trigger(work)
            await workers.nudge(*works)
            await eventually("the results", lambda: not ledger.behind())
            assert await answers(redis)
            assert await workers_alive(redis, prefix) == 1
        assert await redis.keys(f"{prefix}lock:*") == []
        await redis.aclose()
    assert {outcome for work in works for outcome in ledger.outcomes(work)} == {"stored", "ValueError"}
