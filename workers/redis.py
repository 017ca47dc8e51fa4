"""Connections to Redis that survive its restarts, and the signs of life that workers leave there.

redis-py's `from_url` never retries: after a restart of Redis each pooled connection fails once, and a lock that such a
failure should have freed keeps its work from everybody for seconds. So whoever wants a client gets it here.
"""

import asyncio
from typing import cast

from redis.asyncio import Redis, RedisCluster
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialWithJitterBackoff
from redis.exceptions import RedisError

from ledger.stopping import told_to_stop

Client = Redis | RedisCluster

PREFIX = "polylogue:"
PULSE = 15  # seconds that a worker which says nothing counts as alive
PATIENCE = 1.0  # seconds in which a healthy Redis answers
CLUSTER = "+cluster://"  # redis+cluster://host:port names any node of a Cluster


def connect(url: str) -> Client:
    """A client that decodes text and tries five times within about a second; nothing is opened before its first use."""
    retry = Retry(ExponentialWithJitterBackoff(cap=0.5, base=0.01), 5)
    if CLUSTER in url:
        return RedisCluster.from_url(url.replace(CLUSTER, "://", 1), retry=retry, decode_responses=True)
    # redis-py leaves its keyword arguments untyped, here and below.
    return Redis.from_url(url, retry=retry, decode_responses=True)  # pyright: ignore[reportUnknownMemberType]


async def answers(redis: Client) -> bool:
    """Whether Redis answers now: for a health check, which is asked again soon."""
    try:
        async with asyncio.timeout(PATIENCE):
            return bool(await redis.ping())  # pyright: ignore[reportUnknownMemberType]
    except (RedisError, OSError, TimeoutError):
        if told_to_stop():
            raise asyncio.CancelledError from None
        return False


async def beat(redis: Client, worker: str, prefix: str = PREFIX) -> None:
    """Say that this worker is alive: a key that expires by the clock of Redis, and a set that knows whom to ask about.

    The set is there because finding keys by a pattern walks through the whole database, on every node.
    """
    await redis.set(f"{prefix}heartbeat:{worker}", "1", ex=PULSE)
    await redis.sadd(f"{prefix}workers", worker)


async def retire(redis: Client, worker: str, prefix: str = PREFIX) -> None:
    await redis.delete(f"{prefix}heartbeat:{worker}")
    await redis.srem(f"{prefix}workers", worker)


async def workers_alive(redis: Client, prefix: str = PREFIX) -> int:
    """How many workers have beaten lately; forgets the others. Raises RedisError when Redis is away."""
    alive = 0
    for worker in cast("set[str]", await redis.smembers(f"{prefix}workers")):
        if await redis.exists(f"{prefix}heartbeat:{worker}"):
            alive += 1
        else:
            await redis.srem(f"{prefix}workers", worker)  # one that still lives says so again with its next beat
    return alive
