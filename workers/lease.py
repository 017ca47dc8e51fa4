"""A lock that lasts as long as its holder's job, and a job that never outlasts its lock.

redis-py's lock expires by itself, so a killed holder keeps nobody waiting for long. The price is that a holder can lose
it while it works: it is renewed in time, and where that fails the job is cancelled before the lock can be another's.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable
from contextlib import asynccontextmanager
from itertools import pairwise

import structlog
from redis.asyncio.lock import Lock
from redis.exceptions import LockError

from ledger.stopping import told_to_stop
from workers.redis import Client

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

SAFE = 0.9  # share of a lease for which a job may run without a renewal; the rest is for stopping it
RENEW = 1 / 3  # share of a lease after which it is renewed
RETRY = 1 / 10  # share after which a renewal that failed is tried again
CALL = 1 / 6  # share that one renewal may take, so that a connection that hangs leaves time for another try
DEAF = 2 / 3  # share of a lease after which nobody but a blocked event loop can explain that no renewal was tried


class LeaseLost(Exception):
    """Redis was away or forgot the lock: nothing that the job could have done better."""


class LoopBlocked(Exception):
    """The job, or another beside it, held up the event loop until the lock could have been another's."""


class Lease:
    """A lock that this process holds now."""

    def __init__(self, lock: Lock, seconds: float, taken: float) -> None:
        self._lock = lock
        self._seconds = seconds
        self._until = taken + seconds * SAFE  # by the clock of the loop

    async def cover(self, job: Awaitable[None]) -> None:
        """Await the job and renew the lock meanwhile; raises LeaseLost or LoopBlocked instead of running without it."""
        now = asyncio.get_running_loop().time
        deadline = asyncio.timeout_at(self._until)
        wakes = [now()]
        try:
            async with deadline:
                renewal = asyncio.create_task(self._renew(deadline, wakes))
                try:
                    await job
                finally:
                    renewal.cancel()
                    await asyncio.wait({renewal})
        except TimeoutError:
            if not deadline.expired():
                raise  # the job's own
        if deadline.expired():
            wakes.append(now())
            silence = max(later - earlier for earlier, later in pairwise(wakes))
            if silence > self._seconds * DEAF:
                raise LoopBlocked(f"the event loop stood still for {silence:.1f} s")
            raise LeaseLost

    async def _renew(self, deadline: asyncio.Timeout, wakes: list[float]) -> None:
        """Push the deadline back as long as the lock is ours; notes in `wakes` when it had a chance to try."""
        pause = RENEW
        while not told_to_stop():
            await asyncio.sleep(self._seconds * pause)
            begun = asyncio.get_running_loop().time()
            wakes[:] = [*wakes[-1:], begun]
            try:
                async with asyncio.timeout(self._seconds * CALL):
                    await self._lock.reacquire()
                until, pause = begun + self._seconds * SAFE, RENEW
            except LockError:
                until = begun  # another's already, or Redis came back without it
            except Exception as error:  # noqa: BLE001 - another try is the answer, and then the deadline
                log.warning("lease not renewed", lock=self._lock.name, error=repr(error))
                pause = RETRY
                continue
            if not deadline.expired():
                deadline.reschedule(until)


@asynccontextmanager
async def hold(redis: Client, name: str, seconds: float) -> AsyncGenerator[Lease | None]:
    """The lock of this name, freed at the end; None when it is another's."""
    taken = asyncio.get_running_loop().time()  # before the call: Redis starts to count after it
    lock = redis.lock(name, timeout=seconds)
    if not await lock.acquire(blocking=False):
        yield None
        return
    try:
        yield Lease(lock, seconds, taken)
    finally:
        try:
            await lock.release()
        except LockError:
            log.info("lock was lost before it was freed", lock=name)
        except Exception as error:  # noqa: BLE001 - it expires by itself
            log.warning("lock not freed", lock=name, error=repr(error))
