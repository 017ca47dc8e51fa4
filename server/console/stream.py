"""The stream that keeps an open page up to date: what changed, on one grid of time for all streams.

Why a grid: streams that tick together ask for the same head, so that it is executed, rendered and encoded once. Why the
time is sent: a page shows remaining times by the server's clock, and a word now and then keeps proxies from closing.
"""

import asyncio
from collections.abc import AsyncIterator

from ledger.occasion import now as server_time
from server.console.latest import Head
from server.console.moves import Moves
from server.console.views import View, Views

TICK = 0.25
HEARTBEAT = 15.0
RETRY_MS = 1000


async def stream(views: Views, moves: Moves, view: View, head: Head, shown: str) -> AsyncIterator[str]:
    """What a page that shows this needs to show the view at this head, then whatever changes; ends with the session's
    being followed, or with its being visible.
    """
    async with moves.of(view.session, head) as watched:
        head = watched.head
        now = await views.at(view, head)
        yield f"retry: {RETRY_MS}\n" + _clock()
        if now and (message := now.for_one_that_shows(shown)):
            yield message
        while now:
            try:
                async with asyncio.timeout(HEARTBEAT):
                    await watched.beyond(head)
            except TimeoutError:
                yield _clock()
                continue
            if watched.ended:
                return
            await asyncio.sleep(TICK - asyncio.get_running_loop().time() % TICK)
            head, before = watched.head, now
            now = await views.at(view, head)
            if now and (message := now.since(before)):
                yield message


def _clock() -> str:
    return f"event: clock\ndata: {server_time()}\n\n"
