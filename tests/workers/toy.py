"""A small truth in SQLite, and toy jobs that leave a trace of every run.

The engine is tried on a real database and on processes that can be killed: `python -m tests.workers.toy` is one.
"""

import asyncio
import os
import random
import signal
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import structlog

from workers.due import Kind, Workers
from workers.redis import Client, connect

PATIENCE = 30.0  # seconds that a busy machine may take before a test gives up
DUE = """SELECT item.work, input_seq FROM item LEFT JOIN failure ON failure.work = item.work
    WHERE input_seq > computed_seq AND (failure.work IS NULL OR failure.build <> :build OR retry_at <= :now)"""


class Ledger:
    """The truth: items that events feed, failures, and a row for each run of a toy job."""

    def __init__(self, path: Path, *, build: str = "1", backoff: float = 0.05, parked_after: int = 5) -> None:
        self.build, self.backoff, self.parked_after = build, backoff, parked_after
        self.asked = 0  # how often the whole of what is due was asked for
        self.db = sqlite3.connect(path, isolation_level=None, timeout=20)
        self.db.executescript("""PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;
            CREATE TABLE IF NOT EXISTS item (work TEXT PRIMARY KEY, input_seq INT, computed_seq INT DEFAULT 0);
            CREATE TABLE IF NOT EXISTS failure
                (work TEXT PRIMARY KEY, attempts INT, retry_at REAL, error TEXT, build TEXT);
            CREATE TABLE IF NOT EXISTS run
                (id INTEGER PRIMARY KEY, work TEXT, began REAL, ended REAL, outcome TEXT);""")

    async def all_due(self, limit: int) -> list[str]:
        self.asked += 1
        terms = {"build": self.build, "now": time.time(), "limit": limit}
        return [work for work, _ in self.db.execute(f"{DUE} ORDER BY random() LIMIT :limit", terms)]

    async def due(self, work: str) -> int | None:
        terms = {"build": self.build, "now": time.time(), "work": work}
        row = self.db.execute(f"{DUE} AND item.work = :work", terms).fetchone()
        return row and row[1]

    async def failed(self, work: str, error: str, *, build: str) -> str | None:
        row = self.failure(work)
        attempts = 1 + (row[0] if row and row[2] == build else 0)
        pause = self.backoff * 2 ** (attempts - 1) * random.uniform(0.5, 1)
        retry_at = time.time() + pause if attempts < self.parked_after else None
        self.db.execute("REPLACE INTO failure VALUES (?, ?, ?, ?, ?)", (work, attempts, retry_at, error, build))
        return retry_at and str(retry_at)

    def trigger(self, work: str) -> int:
        """An event that feeds this work."""
        upsert = (
            "INSERT INTO item VALUES (?, 1, 0) ON CONFLICT DO UPDATE SET input_seq = input_seq + 1 RETURNING input_seq"
        )
        return self.db.execute(upsert, (work,)).fetchone()[0]

    def retry(self, work: str) -> None:
        """What an operator does for parked work."""
        self.db.execute("DELETE FROM failure WHERE work = ?", (work,))

    @contextmanager
    def running(self, work: str) -> Iterator[int]:
        """A run up to the basis that it yields; its result and its success are one transaction."""
        (basis,) = self.db.execute("SELECT input_seq FROM item WHERE work = ?", (work,)).fetchone()
        began = time.monotonic()
        insert = "INSERT INTO run (work, began, outcome) VALUES (?, ?, 'running') RETURNING id"
        (run,) = self.db.execute(insert, (work, began)).fetchone()
        try:
            yield basis
        except BaseException as error:
            terms = (time.monotonic(), type(error).__name__, run)
            self.db.execute("UPDATE run SET ended = ?, outcome = ? WHERE id = ?", terms)
            raise
        self.db.execute("BEGIN IMMEDIATE")
        newer = "UPDATE item SET computed_seq = ? WHERE work = ? AND computed_seq < ?"
        stored = self.db.execute(newer, (basis, work, basis)).rowcount
        self.db.execute("DELETE FROM failure WHERE work = ?", (work,))
        outcome = "stored" if stored else "stale"
        self.db.execute("UPDATE run SET ended = ?, outcome = ? WHERE id = ?", (time.monotonic(), outcome, run))
        self.db.execute("COMMIT")

    def failure(self, work: str) -> tuple[int, str, str] | None:
        """Attempts, error and build of what failed last."""
        return self.db.execute("SELECT attempts, error, build FROM failure WHERE work = ?", (work,)).fetchone()

    def outcomes(self, work: str) -> list[str]:
        return [o for (o,) in self.db.execute("SELECT outcome FROM run WHERE work = ? ORDER BY id", (work,))]

    def behind(self) -> list[tuple[str, int, int]]:
        return self.db.execute("SELECT * FROM item WHERE computed_seq < input_seq").fetchall()

    def overlaps(self) -> list[tuple[str, int, int]]:
        """Pairs of runs of one work that both came to a result and were at work at the same time."""
        return self.db.execute("""SELECT a.work, a.id, b.id FROM run a JOIN run b ON a.work = b.work AND a.id < b.id
            WHERE a.outcome IN ('stored', 'stale') AND b.outcome IN ('stored', 'stale')
            AND a.began < b.ended AND b.began < a.ended""").fetchall()


async def eventually(what: str, holds: Callable[[], object]) -> None:
    """Wait until something holds, however slow the machine is."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, f"never came: {what}"
        await asyncio.sleep(0.01)


@asynccontextmanager
async def serving(*crews: Workers, slots: int = 3) -> AsyncIterator[asyncio.Event]:
    """Crews at work; the event that is yielded stops them."""
    stop = asyncio.Event()
    tasks = [asyncio.create_task(crew.serve(slots, stop)) for crew in crews]
    try:
        yield stop
    finally:
        stop.set()
        await asyncio.gather(*tasks)


def adds(ledger: Ledger, name: str, seconds: float = 0.02, time_limit: float = 60) -> Kind:
    """A job that takes a while and stores its result."""

    async def run(key: str) -> None:
        with ledger.running(f"{name}:{key}"):
            await asyncio.sleep(seconds)

    return Kind(run, time_limit)


def hangs_once(ledger: Ledger, name: str) -> Kind:
    """A job that never ends when it is run for the first time."""

    async def run(key: str) -> None:
        with ledger.running(f"{name}:{key}"):
            await asyncio.sleep(3_600 if len(ledger.outcomes(f"{name}:{key}")) == 1 else 0.02)

    return Kind(run, 7_200)


def kills(ledger: Ledger, name: str) -> Kind:
    """A job that takes its process with it."""

    async def run(key: str) -> None:
        with ledger.running(f"{name}:{key}"):
            os.kill(os.getpid(), signal.SIGKILL)

    return Kind(run, 60)


def crew(redis: Client, ledger: Ledger, prefix: str, kinds: dict[str, Kind], **terms: Any) -> Workers:
    """Workers in a hurry: with a lease and ticks that suit a test."""
    return replace(Workers(redis, ledger, kinds, ledger.build, prefix, lease=2, tick=0.1, grace=0.5), **terms)


async def main(url: str, database: str, prefix: str, lease: str) -> None:
    ledger = Ledger(Path(database))
    kinds = {"add": adds(ledger, "add"), "hang": hangs_once(ledger, "hang"), "kill": kills(ledger, "kill")}
    await crew(connect(url), ledger, prefix, kinds, lease=float(lease)).serve(2, asyncio.Event())


def bear() -> None:
    """Return in a child, and in another whenever one has died: a death must not cost another start of Python."""
    while child := os.fork():
        os.waitpid(child, 0)


if __name__ == "__main__":
    structlog.configure(processors=[structlog.processors.KeyValueRenderer()])
    words = sys.argv[1:]
    if words[4:] == ["reborn"]:
        bear()
    asyncio.run(main(*words[:4]))
