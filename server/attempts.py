"""How often a wrong code may be tried: by one address, and on the whole site.

Why only wrong ones are charged: two hundred phones behind one address of a hall must be able to join within a minute;
who guesses is wrong nearly always. Why in two places: the count in Redis holds for all processes together, the one
here holds while Redis is away; either may refuse, so nothing is let through because something has failed.
"""

import asyncio
import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog
from redis.exceptions import RedisError

from workers.redis import Client

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

SPAN = 60
"""Seconds in which a full allowance comes back."""
PER_ADDRESS, PER_SITE = 60, 600
"""Wrong codes within the span."""
SHORTEST = 2
"""Seconds that somebody is asked to wait at least."""
ADDRESSES = 10_000
"""How many addresses are remembered here; of more, those that tried last."""
PATIENCE = 0.5
"""Seconds in which a healthy Redis answers."""
LEFT_ALONE = 5.0
"""Seconds in which Redis is not asked again when it did not answer."""
PREFIX = "polylogue:codes:"
SITE = "site"
_NETWORK_V6 = 64


@dataclass(slots=True)
class _Allowance:
    """A bucket of tries that fills up steadily. What was tried at the same moment may leave it in debt."""

    left: float
    at: float

    def fill(self, most: int, now: float) -> None:
        self.left = min(float(most), self.left + (now - self.at) * most / SPAN)
        self.at = now

    def wait(self, most: int) -> int:
        """Seconds until a try is there again."""
        return 0 if self.left >= 1 else max(SHORTEST, math.ceil((1 - self.left) * SPAN / most))


class Attempts:
    """Counts wrong codes. `redis` is null where one process has the site to itself."""

    def __init__(self, redis: Client | None = None, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._redis, self._clock = redis, clock
        self._site = _Allowance(PER_SITE, clock())
        self._addresses: OrderedDict[str, _Allowance] = OrderedDict()
        self._away_until = clock()

    async def wait(self, address: str) -> int:
        """Seconds until somebody at this address may try a code; 0: now."""
        who = network(address)
        return max(self._wait_here(who), await self._in_redis(_wait_there, who))

    async def charge(self, address: str) -> None:
        """A code was wrong."""
        who = network(address)
        now = self._clock()
        for allowance, most in ((self._allowance(who), PER_ADDRESS), (self._site, PER_SITE)):
            allowance.fill(most, now)
            allowance.left -= 1
        await self._in_redis(_charge_there, who)

    def _wait_here(self, who: str) -> int:
        now = self._clock()
        self._site.fill(PER_SITE, now)
        mine = self._addresses.get(who)
        if mine:
            mine.fill(PER_ADDRESS, now)
        return max(self._site.wait(PER_SITE), mine.wait(PER_ADDRESS) if mine else 0)

    def _allowance(self, who: str) -> _Allowance:
        mine = self._addresses.setdefault(who, _Allowance(PER_ADDRESS, self._clock()))
        self._addresses.move_to_end(who)
        while len(self._addresses) > ADDRESSES:
            self._addresses.popitem(last=False)
        return mine

    async def _in_redis(self, ask: Callable[[Client, str], Awaitable[int]], who: str) -> int:
        """What the shared counts say; nothing while Redis is away, and then it is left alone for a while."""
        if self._redis is None or self._clock() < self._away_until:
            return 0
        try:
            async with asyncio.timeout(PATIENCE):
                return await ask(self._redis, who)
        except (RedisError, OSError, TimeoutError) as error:
            self._away_until = self._clock() + LEFT_ALONE
            log.warning("codes_counted_here_only", error=type(error).__name__)
            return 0


async def _wait_there(redis: Client, who: str) -> int:
    return max([await _wait_of(redis, key, most) for key, most in _counted(who)])


async def _wait_of(redis: Client, key: str, most: int) -> int:
    if int(await redis.get(key) or 0) < most:
        return 0
    return max(SHORTEST, await redis.ttl(key))


async def _charge_there(redis: Client, who: str) -> int:
    """One more in each count. What goes beyond the allowance makes the wait longer, so that in the long run tries which
    come all at once are no more than others.
    """
    for key, most in _counted(who):
        tried = await redis.incr(key)
        await redis.expire(key, SPAN, nx=True)
        if tried > most:
            await redis.expire(key, math.ceil(SPAN * tried / most), gt=True)
    return 0


def _counted(who: str) -> tuple[tuple[str, int], ...]:
    return (f"{PREFIX}{who}", PER_ADDRESS), (f"{PREFIX}{SITE}", PER_SITE)


def network(address: str) -> str:
    """Whom an address stands for: itself, or for IPv6 its /64, of which one machine has all addresses."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(known, ipaddress.IPv6Address):
        if known.ipv4_mapped:
            return str(known.ipv4_mapped)
        return str(ipaddress.ip_network((known, _NETWORK_V6), strict=False).network_address)
    return str(known)
