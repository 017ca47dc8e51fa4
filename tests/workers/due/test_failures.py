"""What goes wrong with a work is a failure that somebody can see, and parks it in the end."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from itertools import count
from pathlib import Path

from prometheus_client import CollectorRegistry

from tests.workers.due.conftest import NEVER, Logs, events
from tests.workers.toy import Ledger, adds, crew, eventually, serving
from workers.due import Kind, counters
from workers.redis import Client


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


BUGS = {"idle:a", "limited:a", "dropped:a"}
"""Those of them whose traceback somebody needs."""


async def test_a_run_that_comes_to_nothing_is_a_failure(redis: Client, ledger: Ledger, prefix: str, logs: Logs) -> None:
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
    assert {line["work"] for line in logs if line.get("exc_info")} == BUGS
    parked = [line["work"] for line in logs if line["event"] == "work is parked until `polylogue retry` frees it"]
    assert sorted(parked) == sorted(COMES_TO_NOTHING)


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


async def test_workers_go_on_when_the_database_was_away(redis: Client, ledger: Ledger, prefix: str) -> None:
    workers = crew(redis, ledger, prefix, {"add": adds(ledger, "add")})
    ledger.trigger("add:a")
    ledger.db.execute("ALTER TABLE item RENAME TO elsewhere")
    async with serving(workers, slots=1):
        await workers.nudge("add:a")
        await eventually("ticks without a database", lambda: ledger.asked > 3)
        ledger.db.execute("ALTER TABLE elsewhere RENAME TO item")
        await eventually("the result", lambda: ledger.outcomes("add:a") == ["stored"])
