"""Whose devices are there: seats with an open page or subscription, in all processes.

Why in Redis and never in the record: a device comes and goes every minute, and what was so when a call ended is in the
entry of its closing. Why unknown is an answer of its own: a chair who is told that nobody is there would wait for those
who are.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import structlog
from redis.exceptions import RedisError

from ledger.stopping import told_to_stop
from polylogue.vocabulary import SeatCode, SessionId
from workers.redis import PREFIX, Client

EVERY = 4.0
"""Seconds between two signs of life of a process."""
LASTS = 12
"""Seconds that a sign lasts: a process that has died is forgotten after so long."""
FRESH = 1.0
"""Seconds for which an answer is given again."""
PATIENCE = 1.0
"""Seconds in which a healthy Redis answers."""

TROUBLES = (RedisError, OSError, TimeoutError)

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

Seats = frozenset[SeatCode]


class Presence:
    """The devices of this process and, through Redis, of all others; without one this process is alone."""

    def __init__(self, redis: Client | None, *, prefix: str = PREFIX) -> None:
        self._redis: Any = redis
        self._prefix, self._process = f"{prefix}present:", uuid4().hex
        self._here: dict[SessionId, Counter[SeatCode]] = {}
        self._said: set[SessionId] = set()
        self._answers: dict[SessionId, tuple[float, asyncio.Task[Seats | None]]] = {}
        self._memory: str | None = None
        self._doubted_until = 0.0
        self._changed = asyncio.Event()

    @asynccontextmanager
    async def here(self, session: SessionId, seats: Collection[SeatCode]) -> AsyncIterator[None]:
        """A device of these seats is there while the block lasts."""
        if not seats:
            yield
            return
        self._here.setdefault(session, Counter()).update(seats)
        self._told(session)
        try:
            yield
        finally:
            there = self._here[session]
            there.subtract(seats)
            for seat in [seat for seat in seats if there[seat] <= 0]:
                del there[seat]
            if not there:
                del self._here[session]
            self._told(session)

    async def connected(self, session: SessionId) -> Seats | None:
        """The seats with a device that is there; null when that is not known, as while Redis is away."""
        if self._redis is None:
            return self._own(session)
        now = asyncio.get_running_loop().time()
        at, asked = self._answers.get(session, (0.0, None))
        if asked is None or asked.cancelled() or (asked.done() and now - at > FRESH):
            self._answers = {of: each for of, each in self._answers.items() if now - each[0] <= FRESH}
            asked = asyncio.create_task(self._ask(session), name="presence")
            self._answers[session] = (now, asked)
        found = await asyncio.shield(asked)
        return None if found is None else found | self._own(session)

    async def keep(self) -> None:
        """Say again and again what devices are here; until cancelled."""
        try:
            while self._redis is not None and not told_to_stop():
                self._changed.clear()
                await self._say()
                try:
                    async with asyncio.timeout(EVERY):
                        await self._changed.wait()
                except TimeoutError:
                    pass
        finally:
            if self._redis is not None:
                await self._leave()

    def _own(self, session: SessionId) -> Seats:
        return frozenset(self._here.get(session, ()))

    def _told(self, session: SessionId) -> None:
        self._answers.pop(session, None)
        self._changed.set()

    # ── in Redis: a key a process and session, which expires, and a set of a session's processes ──

    async def _say(self) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                await self._redis.set(f"{self._prefix}memory", uuid4().hex, nx=True)
                for session in self._said - set(self._here):
                    await self._forget(session)
                for session, seats in list(self._here.items()):
                    self._said.add(session)
                    await self._redis.set(self._key(session), " ".join(sorted(seats)), ex=LASTS)
                    await self._redis.sadd(self._processes(session), self._process)
                    await self._redis.expire(self._processes(session), 10 * LASTS)
        except TROUBLES as trouble:
            self._doubt()
            log.warning("devices_not_told", error=repr(trouble))

    async def _forget(self, session: SessionId) -> None:
        await self._redis.delete(self._key(session))
        await self._redis.srem(self._processes(session), self._process)
        self._said.discard(session)

    async def _leave(self) -> None:
        """What this process has said is no longer so; if Redis is away, that expires by itself."""
        try:
            async with asyncio.timeout(PATIENCE):
                for session in list(self._said):
                    await self._forget(session)
        except TROUBLES:
            pass

    async def _ask(self, session: SessionId) -> Seats | None:
        found: set[SeatCode] = set()
        try:
            async with asyncio.timeout(PATIENCE):
                if not await self._remembers():
                    return None
                for process in await self._redis.smembers(self._processes(session)):
                    said = await self._redis.get(f"{self._prefix}{session}:{process}")
                    if said is None:
                        await self._redis.srem(self._processes(session), process)
                    found.update(map(SeatCode, (said or "").split()))
        except TROUBLES:
            self._doubt()
            return None
        return frozenset(found)

    async def _remembers(self) -> bool:
        """Whether Redis has what all processes have said: not soon after it was away or has come back empty."""
        memory = await self._redis.get(f"{self._prefix}memory")
        if memory is None or (self._memory is not None and memory != self._memory):
            self._doubt()
        self._memory = memory or self._memory
        return asyncio.get_running_loop().time() >= self._doubted_until

    def _doubt(self) -> None:
        self._doubted_until = asyncio.get_running_loop().time() + 2 * EVERY

    def _key(self, session: SessionId) -> str:
        return f"{self._prefix}{session}:{self._process}"

    def _processes(self, session: SessionId) -> str:
        return f"{self._prefix}{session}"
