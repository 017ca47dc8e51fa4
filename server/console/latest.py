"""The newest of each thing that is made from a session, made once for all who ask at the same head.

Why: fifty boards of one session want the same page at the same moment, and making it costs what fifty cost together.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Head(NamedTuple):
    """How far a session has got: the end of its record, how often results have been stored beside it, and the moment,
    for pages that show what changes with time alone.
    """

    seq: int
    reports: int
    moment: int = 0

    def reaches(self, other: "Head") -> bool:
        return self.seq >= other.seq and self.reports >= other.reports and self.moment >= other.moment


@dataclass(frozen=True, slots=True)
class _Made(Generic[V]):
    head: Head
    task: "asyncio.Task[V]"


class Latest(Generic[K, V]):
    """At most `most` things are kept, those that were asked for last."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._made: OrderedDict[K, _Made[V]] = OrderedDict()

    async def get(self, key: K, head: Head, make: Callable[[V | None], Awaitable[V]]) -> V:
        """The thing at this head or a later one. `make` gets the one before, if there is one, and is not run twice at
        a time; who goes away meanwhile does not end it for the others.
        """
        known = self._made.get(key)
        if known is None or not known.head.reaches(head) or _failed(known.task):
            before = known.task.result() if known and known.task.done() and not _failed(known.task) else None
            known = self._made[key] = _Made(head, asyncio.ensure_future(_run(make, before)))
        self._made.move_to_end(key)
        while len(self._made) > self._most:
            self._made.popitem(last=False)
        return await asyncio.shield(known.task)


async def _run(make: Callable[[V | None], Awaitable[V]], before: V | None) -> V:
    return await make(before)


def _failed(task: "asyncio.Task[V]") -> bool:
    return task.done() and (task.cancelled() or task.exception() is not None)
