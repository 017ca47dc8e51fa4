"""What is due is found by nudges and ticks, whoever serves it, and on whatever Redis."""

import asyncio

from tests.workers.due.conftest import NEVER, Logs, events
from tests.workers.toy import Ledger, adds, crew, eventually, serving
from tests.workers.valkey import cluster
from workers.due import Kind
from workers.redis import Client, answers, connect, workers_alive


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
