"""Workers without a queue: the database says what is due, Redis wakes one worker and keeps the others off.

Redis holds only what may vanish at any moment, so that losing it costs time and never a result: `nudges`, a sorted set
of works to look at, one expiring lock per work, and a mark that tells a run which ended from one whose process died.
"""

import asyncio
import os
import random
import secrets
import socket
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, cast

import structlog
from prometheus_client import CollectorRegistry, Counter
from redis.exceptions import RedisError

from ledger.stopping import told_to_stop
from schema.circumstances import away, circumstances, in_short
from workers.lease import Lease, LeaseLost, hold
from workers.redis import PREFIX, Client, beat, retire

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

POLL = 2.0  # seconds after which an idle slot asks anew; must stay below redis-py's socket_timeout (5)
SHOAL = 1_000  # works that one tick nudges at most
MOURNING = 3_600  # seconds beyond its time limit for which a run that never ended is remembered
WORDS = 500  # characters of an error that are kept


class Truth(Protocol):
    """What the database answers. Its reads go to the primary, or a run that has just ended would look undone."""

    async def all_due(self, limit: int) -> list[str]:
        """At most `limit` works ("kind:key") that are due now; if there are more, not always the same ones."""
        ...

    async def due(self, work: str) -> int | None:
        """The seq up to which a run would compute now, or None: nothing to do, parked, or not yet time to try again.

        A run that succeeds leaves None or a higher seq, and deletes the work's failure in the transaction that stores
        its result.
        """
        ...

    async def failed(self, work: str, error: str, *, build: str) -> str | None:
        """One more attempt that failed: not due before the instant given, after a growing while; after five attempts
        parked, and none given.

        An operator's retry and another build of the software free it, new events do not; attempts of another build do
        not count.
        """
        ...


@dataclass(frozen=True)
class Kind:
    """How works of one kind are done."""

    run: Callable[[str], Awaitable[None]]  # given the key, reads what is due now and stores its result, or raises
    time_limit: float  # seconds, above 0
    patient: bool = False  # what comes while it runs, with a newer basis or without, waits for the tick


class Expected(Exception):
    """What may happen to a work without a fault of ours: it fails like any other, and the log says so in a line."""


class Dropped(Exception):
    """The job waited for something that was cancelled; let through, it would end the slot."""


class Overran(Expected):
    """The job took longer than its kind may."""


class NoProgress(Exception):
    """The job ended well and left its work just as due as before: without a failure it would spin."""


class Vanished(Expected):
    """The run before this one never ended: its process was killed, or killed by it."""


class SlotLost(Exception):
    """A slot or the tick has ended by itself, which none of them does but by a bug."""


@dataclass(frozen=True)
class Counts:
    """What the workers of one process have done since it started."""

    runs: Counter
    failures: Counter
    lost: Counter
    seconds: Counter


def counters(registry: CollectorRegistry) -> Counts:
    return Counts(
        runs=Counter("polylogue_work_runs", "Runs that were started", ["kind"], registry=registry),
        failures=Counter("polylogue_work_failures", "Failures by their class", ["kind", "error"], registry=registry),
        lost=Counter("polylogue_work_leases_lost", "Runs stopped because Redis was away", ["kind"], registry=registry),
        seconds=Counter("polylogue_work_seconds", "Seconds spent in runs", ["kind"], registry=registry),
    )


def worker_name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


@dataclass(frozen=True)
class Workers:
    """The hands of one process. `redis` comes from workers.redis.connect; times are in seconds."""

    redis: Client
    truth: Truth
    kinds: Mapping[str, Kind]  # by the kind of a work "kind:key"
    build: str  # of the software, because another build may well do what this one could not
    prefix: str = PREFIX
    lease: float = 5.0  # for which a killed worker keeps its work from the others
    tick: float = 1.0  # by which a lost nudge, a retry or a deadline may be late
    grace: float = 10.0  # that running jobs get after `stop`
    counts: Counts = field(default_factory=lambda: counters(CollectorRegistry()))
    name: str = field(default_factory=worker_name)

    async def nudge(self, *works: str) -> None:
        """Have somebody look at these works: after the commit, never before. If Redis is away, a tick does it."""
        if not works:
            return
        try:
            # NX: the first nudge keeps its place in the line, the others add nothing.
            await self.redis.zadd(f"{self.prefix}nudges", dict.fromkeys(works, time.time()), nx=True)
        except Exception as error:  # noqa: BLE001 - the caller has committed, and a tick comes anyway
            log.warning("nudge lost", works=len(works), error=repr(error))

    async def serve(self, slots: int, stop: asyncio.Event) -> None:
        """Do up to `slots` works at a time until `stop`; what still runs `grace` later frees its lock and stays due.

        Raises SlotLost, and stops in the same way, when a slot or the tick ends before: fewer hands than were asked for
        must not go unnoticed. Its cause is what they ended with.
        """
        busy: set[asyncio.Task[None] | None] = set()
        ending = asyncio.Event()  # one of our own: `stop` is not set when a slot is lost
        tasks = [asyncio.create_task(self._slot(ending, busy)) for _ in range(slots)]
        tasks.append(asyncio.create_task(self._ticks(ending)))
        log.info("worker started", worker=self.name, slots=slots, kinds=sorted(self.kinds))
        told = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait((told, *tasks), return_when=asyncio.FIRST_COMPLETED)
            ending.set()
            lost = not stop.is_set()
            for task in tasks:
                if task not in busy:
                    task.cancel()
            await asyncio.wait(tasks, timeout=self.grace)
        finally:
            told.cancel()
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)
            try:
                await retire(self.redis, self.name, self.prefix)
            except RedisError as error:
                log.info("heartbeat left to expire", worker=self.name, error=repr(error))
            log.info("worker stopped", worker=self.name)
        errors = [error for task in tasks if not task.cancelled() and (error := task.exception())]
        if lost or errors:
            raise SlotLost from next(iter(errors), None)

    async def _ticks(self, ending: asyncio.Event) -> None:
        """Nudge all that is due: nudges lost, workers killed, retries, deadlines, Redis back empty."""
        while not ending.is_set() and not told_to_stop():
            try:
                await beat(self.redis, self.name, self.prefix)
                works = await self.truth.all_due(SHOAL)
                await self.nudge(*(work for work in works if work.partition(":")[0] in self.kinds))
            except RedisError as error:
                log.warning("redis is away", error=in_short(error))
            except Exception as error:
                if circumstances(error):
                    log.warning("what is due cannot be asked for, asked again soon", error=in_short(error))
                else:
                    log.exception("tick failed")
            await asyncio.sleep(self.tick * random.uniform(0.8, 1))  # noqa: S311 - keeps many processes out of step

    async def _slot(self, ending: asyncio.Event, busy: set[asyncio.Task[None] | None]) -> None:
        while not ending.is_set() and not told_to_stop():
            try:
                popped = await self.redis.bzpopmin(f"{self.prefix}nudges", timeout=POLL)
                if popped:
                    busy.add(asyncio.current_task())
                    await self._look(str(popped[1]))
            except Exception as error:  # Redis or the database is away, and redis-py raises more than RedisError
                # What was popped is still due, and a tick brings it back; that Redis is away is said loudly there.
                if isinstance(error, RedisError):
                    log.debug("slot waits for redis", error=repr(error))
                elif circumstances(error):
                    log.warning("a work was left, looked at again soon", error=in_short(error))
                else:
                    log.exception("slot failed")
                await asyncio.sleep(random.uniform(0.2, 0.5))  # noqa: S311 - as above
            finally:
                busy.discard(asyncio.current_task())

    async def _look(self, work: str) -> None:
        """Run a work once, if it is due and nobody else runs it."""
        kind = self.kinds.get(work.partition(":")[0])
        if kind is None:
            log.warning("no hands for this kind of work", work=work)
            return
        if await self.truth.due(work) is None:
            return
        async with hold(self.redis, f"{self.prefix}lock:{work}", self.lease) as held:
            if held is None:
                return  # its holder asks again after the release
            await self._attempt(work, kind, held)
        # Asked after the release, so that a nudge which met our lock is not lost; put at the end of the line, so that
        # a work which is always due leaves the others their turn.
        if not kind.patient and await self.truth.due(work) is not None:
            await self.nudge(work)

    async def _attempt(self, work: str, kind: Kind, held: Lease) -> None:
        """Run a work whose lock is ours; what goes wrong becomes a failure in the database."""
        basis = await self.truth.due(work)  # again, now that nobody else can do it or fail at it
        if basis is None:
            return
        name = work.partition(":")[0]
        mark, run = f"{self.prefix}started:{work}", f"{self.name}:{secrets.token_hex(4)}"
        # With GET, or a retry of redis-py would take its own first try for a run that never ended.
        expiry = int(kind.time_limit) + MOURNING
        former = cast("str | None", await self.redis.set(mark, run, nx=True, get=True, ex=expiry))
        try:
            await self._run(work, kind, held, basis, None if former == run else former)
        except LeaseLost:
            self.counts.lost.labels(name).inc()
            log.warning("lease lost, job stopped", work=work)
        except Exception as error:
            self.counts.failures.labels(name, type(error).__name__).inc()
            expected = isinstance(error, Expected) or away(error)
            if not expected:
                log.exception("work failed", work=work)
            again = await self.truth.failed(work, f"{type(error).__name__}: {error}"[:WORDS], build=self.build)
            if again is None:
                log.warning("work is parked until `polylogue retry` frees it", work=work, error=in_short(error))
            elif expected:
                log.warning(
                    "work is tried again",
                    work=work,
                    after=again,
                    why=str(error) if isinstance(error, Expected) else in_short(error),
                )
        finally:
            # A job that is cancelled has not vanished either.
            try:
                await self.redis.delete(mark)
            except RedisError as error:
                log.warning("mark of a run not removed", work=work, error=repr(error))

    async def _run(self, work: str, kind: Kind, held: Lease, basis: int, former: str | None) -> None:
        if former is not None:
            raise Vanished(f"the run before, {former}, never ended")
        name, _, key = work.partition(":")
        self.counts.runs.labels(name).inc()
        begun = time.monotonic()
        try:
            await within(kind.time_limit, held.cover(kind.run(key)))
        finally:
            self.counts.seconds.labels(name).inc(time.monotonic() - begun)
        # A patient work is also due for what others have left it meanwhile, such as a report without pictures, which
        # moves no basis.
        left = None if kind.patient else await self.truth.due(work)
        if left is not None and left <= basis:
            raise NoProgress(f"still due up to {left}")


async def within(seconds: float, job: Awaitable[None]) -> None:
    """Await the job for so long at most; Overran tells our limit from a TimeoutError of the job's own."""
    limit = asyncio.timeout(seconds)
    try:
        async with limit:
            await job
    except TimeoutError:
        if not limit.expired():
            raise
    except asyncio.CancelledError:
        if told_to_stop():
            raise  # the worker stops
        raise Dropped("cancelled from within") from None
    if limit.expired():  # also when the job swallowed its cancellation
        raise Overran(f"ran longer than {seconds:g} s")
