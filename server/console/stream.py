"""The stream that keeps an open page up to date: what changed, on one grid of time for all streams.

Why a grid: streams that tick together ask for the same head, so that it is executed, rendered and encoded once. Why the
time is sent: a page shows remaining times by the server's clock, and a word now and then keeps proxies from closing.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

from ledger.occasion import now as server_time
from schema.api.context import Principal
from server.api.sockets import Sockets
from server.console.latest import Head
from server.console.moves import Moves, Watched
from server.console.pages import TICK, View
from server.console.views import Views
from server.presence import Presence

HEARTBEAT = 15.0
AGAIN = 2.0
"""Seconds after which a page is looked at again that changes with time alone."""
RETRY_MS = 1000
ANEW = "event: anew\ndata: anew\n\n"
"""Has a page ask for itself again: whoever looks at it is something else now."""

Stands = Callable[[], Awaitable[bool]]
"""Whether whoever looks still stands in the session as their view has it."""


class Onlooker:
    """Somebody whose page is open; `gone` when their token has ended."""

    def __init__(self, principal: Principal, stands: Stands) -> None:
        self.principal: Principal | None = principal
        self.stands, self.gone, self.watched = stands, False, Watched(Head(0, 0))

    def dismiss(self, code: int, reason: str) -> None:  # noqa: ARG002 -- as a socket is dismissed
        self.gone = True
        self.watched.wake()


@dataclass(frozen=True, slots=True)
class Streams:
    """What streams are made from."""

    views: Views
    moves: Moves
    sockets: Sockets
    presence: Presence

    async def of(self, onlooker: Onlooker, view: View, head: Head, shown: str) -> AsyncIterator[str]:
        """What a page that shows this needs to show the view at this head, then whatever changes; ends with the
        session's being followed, and with its onlooker's standing as the view has it.
        """
        async with self.moves.of(view.session, head) as watched:
            onlooker.watched, people = watched, watched.people
            mine = view.standpoint.seats if view.seat in view.standpoint.seats else ()
            with self.sockets.holding(onlooker):
                if not await onlooker.stands():  # since the view was made something may have changed that nobody tells
                    yield ANEW
                    return
                async with self.presence.here(view.session, mine):
                    async for message in _messages(self.views, view, shown, onlooker, people):
                        yield message


async def _messages(views: Views, view: View, shown: str, onlooker: Onlooker, people: int) -> AsyncIterator[str]:
    watched = onlooker.watched
    head = watched.head
    now = await views.at(view, head)
    yield f"retry: {RETRY_MS}\n" + _clock()
    if now and (message := now.for_one_that_shows(shown)):
        yield message
    page, clock, rested = views.page(view), asyncio.get_running_loop(), 0.0
    waits = page.every > TICK
    while now:
        try:
            async with asyncio.timeout(AGAIN if page.timely else HEARTBEAT):
                await watched.beyond(head, onlooker)
        except TimeoutError:
            yield _clock()
            if page.timely:
                now, before = await views.at(view, head), now
                if now and (message := now.since(before)):
                    yield message
            continue
        if watched.ended:
            return
        # what can wait comes half a tick behind what hangs on the wall, and rests for as long as it took
        await asyncio.sleep(_next(page.every, max(clock.time(), rested), TICK / 2 if waits else 0) - clock.time())
        if onlooker.gone or (people != watched.people and not await onlooker.stands()):
            yield ANEW
            return
        people, head, before = watched.people, watched.head, now
        begun = clock.time()
        now = await views.at(view, head)
        rested = 2 * clock.time() - begun if waits else 0.0
        if now and (message := now.since(before)):
            yield message


def _next(every: float, after: float, behind: float) -> float:
    """The next time on a grid that lies so far behind the one of all streams."""
    return after + every - (after - behind) % every


def _clock() -> str:
    return f"event: clock\ndata: {server_time()}\n\n"
