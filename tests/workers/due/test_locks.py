"""A work is done once at a time: what happens while its lock is taken, freed or lost."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from redis.asyncio import ConnectionPool, Redis
from redis.asyncio.lock import Lock

from tests.workers.due.conftest import NEVER
from tests.workers.toy import Ledger, adds, crew, eventually, serving
from workers.redis import Client


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
