"""Commands per second through the ledger, hot on one session and spread over many, against peers in the same run.

Why peers: a machine's own speed says nothing; what is shared is what grouping is worth (the same ledger with a
transaction per command, and the same rules and rows in requests that each have a transaction and a connection of their
own) and what all of it costs (a bare script that writes the same rows and decides nothing).

    python -m benchmarks.writer [--seconds N] [--only sqlite|postgresql]

A command is a position with eight stances and the interests behind it: three entries, two texts, eight stances. Both
databases flush each commit to the disk. All loads run in turns, several times; the best time of each counts, since
others on the machine can only slow it down. The table is Markdown, for benchmarks/results.md.
"""

import asyncio
import gc
import itertools
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import asyncpg
import uvloop

from benchmarks import contended
from benchmarks.bare import Bare, captured
from benchmarks.contended import Contended
from ledger.database import open_database
from ledger.known import Known, fold
from ledger.ledger import Ledger
from migrations import migrate
from polylogue.evolve import evolve
from polylogue.record import envelope
from polylogue.state import State
from tests.ledger.scene import SEATS, Scene, accepted, delegate, position, record, schedule
from tests.servers import start_postgres

CLIENTS = (1, 8, 64)
SESSIONS = 32
ROUNDS = 6
FOLDED = 5_000
_keys = itertools.count()

Do = Callable[[int], Awaitable[object]]
Measured = tuple[float, float, float]
Load = Callable[[float], Awaitable[Measured]]


async def load(do: Do, clients: int, seconds: float) -> Measured:
    """Commands per second of so many clients that each wait for their answer, with the median and p99 wait in ms."""
    waits: list[float] = []
    end = time.perf_counter() + seconds

    async def client(number: int) -> None:
        while (begun := time.perf_counter()) < end:
            await do(number)
            waits.append(time.perf_counter() - begun)

    begun = time.perf_counter()
    await asyncio.gather(*map(client, range(clients)))
    rate = len(waits) / (time.perf_counter() - begun)
    waits.sort()
    return rate, statistics.median(waits) * 1e3, waits[int(len(waits) * 0.99)] * 1e3


def saying(ledger: Ledger | Contended, scenes: Sequence[Scene]) -> Do:
    """Positions by delegates of the scenes; what all of them have in common is made beforehand, as by a client."""
    made = [(scene.session, position(scene)) for scene in scenes]
    delegates = [delegate(seat) for seat in SEATS]

    async def do(client: int) -> None:
        turn = next(_keys)
        session, like = made[client % len(made)]
        said = replace(like, text=f"What the delegation holds on the sharing of water, said for the {turn}th time.")
        by = delegates[client % len(delegates)]
        accepted(await ledger.submit(said, by=by, key=f"position {turn}", session=session))

    return do


async def measure(name: str, url: str, seconds: float) -> None:
    """All loads on one database, as lines of the table."""
    databases = [open_database(url), open_database(url)]
    ledger, alone = Ledger(databases[0]), Ledger(databases[1], at_once=1)
    hot, cold = await schedule(ledger), await schedule(ledger, "alone")
    many = [await schedule(ledger, f"many {i}") for i in range(SESSIONS)]
    together, one_by_one, spread = saying(ledger, [hot]), saying(alone, [cold]), saying(ledger, many)
    loads: list[tuple[str, int, Load]] = []
    for clients in CLIENTS:
        loads += [("together", clients, partial(load, together, clients))]
        loads += [("a transaction per command", clients, partial(load, one_by_one, clients))]
    connect = contended.postgresql if name == "PostgreSQL" else contended.sqlite
    for clients in CLIENTS:
        requests = saying(Contended(connect(url, clients)), [await schedule(ledger, f"requests of {clients}")])
        loads += [("a transaction per request", clients, partial(load, requests, clients))]
    loads += [(f"{SESSIONS} sessions", SESSIONS, partial(load, spread, SESSIONS))]
    if name == "PostgreSQL":
        apart = await schedule(ledger, "bare")  # for rows that no ledger has decided
        bare = Bare(await captured(ledger, apart), await asyncpg.connect(url))
        loads += [(f"bare script, {n} commands a transaction", n, partial(of_bare, bare, n)) for n in (1, 64)]
    await load(together, 16, 1)  # the first ones compile statements
    await load(one_by_one, 4, 1)
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    # in turns, because the machine is not equally fast all the time; there and back, because who comes after the
    # heaviest load pays for it
    found: dict[int, list[Measured]] = {}
    for turn in range(ROUNDS):
        for place in sorted(range(len(loads)), reverse=turn % 2 == 1):
            found.setdefault(place, []).append(await loads[place][2](seconds / ROUNDS))
    for place, (what, clients, _) in enumerate(loads):
        rate, median, worst = max(found[place])
        print(f"| {name} | {what} | {clients} | {rate:,.0f} | {median:.1f} | {worst:.1f} |")
    await folding(ledger, hot, name)
    for one in (ledger, alone):
        await one.close()
    for database in databases:
        await database.close()


async def of_bare(bare: Bare, together: int, seconds: float) -> Measured:
    rate = await bare.rate(together, seconds)
    return rate, 1e3 * together / rate, 1e3 * together / rate


async def folding(ledger: Ledger, scene: Scene, name: str) -> None:
    """How long a state takes that was forgotten, of the processor: from stored bytes, from entries decoded before, and
    from these with all that is held then asked for.
    """
    rows: Any = (await record(ledger, scene.session))[:FOLDED]
    entries = [envelope.read(row.stored) for row in rows]

    def stored() -> None:
        fold(Known(), rows)

    def decoded() -> State:
        state = State()
        for entry in entries:
            evolve(state, entry)
        return state

    def asked() -> None:
        for stances in decoded().stances.values():
            len(stances)

    for what, work in (("from stored bytes", stored), ("decoded", decoded), ("decoded, every seat asked", asked)):
        best = min(timed(work) for _ in range(20))
        print(f"| {name} | a fold of {len(rows):,} entries, {what} | | | {best * 1e3:.1f} | |")


def timed(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def main(*words: str) -> None:
    told = dict(zip(words[::2], words[1::2], strict=True))
    seconds, only = float(told.get("--seconds", 6)), told.get("--only")
    print(f"\n## The writer, {datetime.now(UTC):%Y-%m-%d}\n")
    print("| Database | Load | Clients | Commands/s | Median ms | p99 ms |\n|---|---|--:|--:|--:|--:|")
    with ExitStack() as stack:
        if only != "postgresql":
            url = f"sqlite:///{Path(stack.enter_context(tempfile.TemporaryDirectory()))}/record.db"
            migrate(url)
            uvloop.run(measure("SQLite", url, seconds))
        if only != "sqlite":
            server = stack.enter_context(start_postgres(durable=True))
            url = server.url(server.create())
            migrate(url)
            uvloop.run(measure("PostgreSQL", url, seconds))


if __name__ == "__main__":
    main(*sys.argv[1:])
