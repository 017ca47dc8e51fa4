"""Workers that are stopped let their jobs end, or free their work for others."""

import asyncio

import pytest

from tests.workers.due.conftest import NEVER
from tests.workers.toy import Ledger, adds, crew, eventually, serving
from workers.due import Kind
from workers.redis import Client


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
