"""A WebSocket with raw messages, and what it is bound by.

Why raw: the protocol is tried to the letter, also where no library would break it.
"""

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from server.api.door import Bounds

BOUNDS = Bounds(init_wait=0.5, operations_per_socket=3)


class Client:
    """A WebSocket with raw messages."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    async def send(self, message: object) -> None:
        await self.socket.send(json.dumps(message))

    async def receive(self) -> dict[str, Any]:
        return json.loads(await asyncio.wait_for(self.socket.recv(), 10))

    async def subscribe(self, id: str, query: str, **payload: Any) -> None:
        await self.send({"type": "subscribe", "id": id, "payload": {"query": query, **payload}})

    async def closed(self) -> tuple[int, str]:
        """The code and reason with which the server closes, whatever it still says before."""
        try:
            while True:
                await self.receive()
        except ConnectionClosed:
            pass
        assert self.socket.close_code is not None
        return self.socket.close_code, self.socket.close_reason or ""


Opening = Callable[..., Any]


async def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.01)
