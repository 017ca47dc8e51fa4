"""Who goes first where pages are made: what hangs on the wall at once, the others one at a time between.

Why one at a time: thirty pages that are made side by side are all late, and answers to programs wait behind them.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager


class Precedence:
    """For the pages of one process."""

    def __init__(self) -> None:
        self._urgent = 0
        self._free = asyncio.Event()
        self._free.set()
        self._one = asyncio.Lock()

    @asynccontextmanager
    async def at_once(self) -> AsyncGenerator[None]:
        """What is made in the block waits for nothing, and no other is begun meanwhile."""
        self._urgent += 1
        self._free.clear()
        try:
            yield
        finally:
            self._urgent -= 1
            if not self._urgent:
                self._free.set()

    @asynccontextmanager
    async def in_turn(self) -> AsyncGenerator[None]:
        """What is made in the block waits its turn. Of those that wait one goes whenever nothing is urgent, however
        soon something is again.
        """
        async with self._one:
            await self._free.wait()
            yield
