"""Nudges between processes over Redis: "this session has moved".

Why only nudges: whoever hears one reads the record, so one that is lost costs time and never data, and Redis may be
away, hang or come back empty at any moment. Nothing here is awaited by whoever waits for an answer.
"""

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any, cast

import structlog
from redis.asyncio import Redis, RedisCluster
from redis.asyncio.client import PubSub

from ledger.stopping import told_to_stop

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

Client = Redis | RedisCluster

PATIENCE = 1.0  # seconds in which a healthy Redis takes a message
QUIET = 10.0  # seconds of silence after which Redis is asked whether it is still there
SHORTEST_PAUSE, LONGEST_PAUSE = 0.2, 2.0  # seconds before another connection is tried
PULSE = "polylogue:pulse"  # a channel that keeps the connection in being while nothing is followed

Heard = Callable[[str, str | None], None]
"""Given a channel and what was said on it; null: the subscription has only begun, so anything may have been missed."""


class Nudges:
    """Publishes and hears nudges of one process, on one connection for hearing. `redis` decodes text."""

    def __init__(self, redis: Client, heard: Heard) -> None:
        self._redis, self._heard = redis, heard
        self._unsaid: dict[str, str] = {}
        self._wanted: set[str] = {PULSE}
        self._subscribed: set[str] = set()
        self._pubsub: PubSub | None = None
        self._lock = asyncio.Lock()
        self._hearing: asyncio.Task[None] | None = None
        self._listening: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._saying = False

    def say(self, channel: str, words: str) -> None:
        """Publish soon; of several on one channel that still wait, the last."""
        self._unsaid[channel] = words
        if not self._saying:
            self._saying = True
            self._start(self._say())

    def want(self, *channels: str) -> None:
        """Hear these channels from soon on; says so by a null."""
        self._wanted.update(channels)
        if self._hearing is None:
            self._hearing = self._start(self._hear())
        self._start(self._agree())

    def leave(self, *channels: str) -> None:
        """Hear these channels no longer."""
        self._wanted.difference_update(channels)
        self._start(self._agree())

    async def close(self) -> None:
        tasks = set(self._tasks)
        while tasks:  # more than once, since redis-py can swallow a cancellation while it connects
            for task in tasks:
                task.cancel()
            _, tasks = await asyncio.wait(tasks, timeout=0.1)

    def _start(self, job: Any) -> asyncio.Task[None]:
        task: asyncio.Task[None] = asyncio.create_task(job)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _say(self) -> None:
        try:
            while self._unsaid:
                channel, words = next(iter(self._unsaid.items()))
                del self._unsaid[channel]
                async with asyncio.timeout(PATIENCE):
                    await self._redis.publish(channel, words)  # pyright: ignore[reportUnknownMemberType]
        except Exception as error:  # noqa: BLE001 -- redis-py raises more than RedisError; others find out by polling
            log.warning("nudges lost", channels=len(self._unsaid) + 1, error=repr(error))
            self._unsaid.clear()
        finally:
            self._saying = False

    async def _hear(self) -> None:
        """Pass on what is said; after any trouble begin anew on another connection, and say that all may be missed."""
        pause = SHORTEST_PAUSE
        while not told_to_stop():
            # redis-py leaves much untyped, here and below
            pubsub: PubSub = self._redis.pubsub()  # pyright: ignore[reportUnknownMemberType]
            listening: asyncio.Task[None] | None = None
            try:
                async with self._lock, asyncio.timeout(QUIET):
                    await self._redis.initialize()  # a Cluster does not know its nodes before
                    self._subscribed = set(self._wanted)
                    await pubsub.subscribe(*self._subscribed)
                    self._pubsub = pubsub
                listening = self._listening = asyncio.create_task(self._listen(pubsub))
                pause = SHORTEST_PAUSE
                await asyncio.wait((listening,))
            except Exception as error:  # noqa: BLE001 -- as above
                log.warning("redis is not heard", error=repr(error))
            finally:
                self._pubsub = self._listening = None
                if listening:
                    listening.cancel()
                    await asyncio.gather(listening, return_exceptions=True)
                with suppress(Exception):
                    await pubsub.aclose()
            await asyncio.sleep(pause * random.uniform(0.5, 1))  # noqa: S311 -- keeps many processes out of step
            pause = min(2 * pause, LONGEST_PAUSE)

    async def _listen(self, pubsub: PubSub) -> None:
        """Until there is trouble."""
        asked = False
        try:
            while not told_to_stop():
                message = cast("dict[str, Any] | None", await pubsub.get_message(timeout=QUIET))
                if message is None and asked:
                    log.warning("redis has fallen silent")
                    return
                asked = message is None
                if message is None:
                    await pubsub.ping()  # pyright: ignore[reportUnknownMemberType]
                elif message["type"] == "message":
                    self._heard(message["channel"], message["data"])
                elif message["type"] == "subscribe":
                    self._heard(message["channel"], None)
        except Exception as error:  # noqa: BLE001 -- as above
            log.warning("redis is heard no longer", error=repr(error))

    async def _agree(self) -> None:
        """Make what is subscribed what is wanted.

        The lock is for all calls that (un)subscribe: two at a time on one connection lose wake-ups without a word.
        """
        async with self._lock:
            pubsub = self._pubsub
            if pubsub is None:
                return  # whoever connects next subscribes to all that is wanted
            more, fewer = self._wanted - self._subscribed, self._subscribed - self._wanted
            self._subscribed = set(self._wanted)
            try:
                if more:
                    await pubsub.subscribe(*more)
                if fewer:
                    await pubsub.unsubscribe(*fewer)  # pyright: ignore[reportUnknownMemberType]
            except Exception as error:  # noqa: BLE001 -- as above
                log.warning("redis is not subscribed to", error=repr(error))
                if self._listening:
                    self._listening.cancel()  # so that hearing begins anew
