"""Event streams end when the server stops.

Why: they never end by themselves, and a server that stops waits for what is open; a browser asks again by itself.
"""

import asyncio
from collections.abc import Iterable

from litestar.types import ASGIApp, Message, Receive, Scope, Send

EVENTS = b"text/event-stream"


def ending(app: ASGIApp, stopping: asyncio.Event) -> ASGIApp:
    """The application; its event streams end in order when `stopping` is set."""

    async def called(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        stream = _Stream(send, stopping)
        try:
            await app(scope, receive, stream.send)
        finally:
            await stream.leave()

    return called


class _Stream:
    """One response; the server ends it, if it is an event stream, and hears nothing of it afterwards."""

    def __init__(self, send: Send, stopping: asyncio.Event) -> None:
        self._send, self._stopping = send, stopping
        self._over = False
        self._ending: asyncio.Task[None] | None = None

    async def send(self, message: Message) -> None:
        if self._over:
            return
        if message["type"] == "http.response.body":
            self._over = not message.get("more_body", False)
        await self._send(message)
        if message["type"] == "http.response.start" and _of_events(message.get("headers", ())):
            self._ending = asyncio.create_task(self._end(), name="stream's end")

    async def leave(self) -> None:
        if self._ending:
            self._ending.cancel()
            await asyncio.gather(self._ending, return_exceptions=True)

    async def _end(self) -> None:
        await self._stopping.wait()
        if not self._over:
            self._over = True
            await self._send({"type": "http.response.body", "body": b"", "more_body": False})


def _of_events(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    return any(name.lower() == b"content-type" and value.startswith(EVENTS) for name, value in headers)
