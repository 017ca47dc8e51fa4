"""An event stream ends when the server stops; what an application leaves out, as ASGI lets it, is nothing missing."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from server.streams import ending

HTTP: Any = {"type": "http"}
EVENTS = {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/event-stream")]}


async def nothing() -> Any:
    """What a client that only listens sends."""
    await asyncio.Event().wait()


@pytest.mark.parametrize("start", [EVENTS, {"type": "http.response.start", "status": 204}])
async def test_a_body_is_the_last_where_it_does_not_say_that_more_comes(start: Mapping[str, Any]) -> None:
    sent: list[Any] = []
    stopping = asyncio.Event()

    async def send(message: Any) -> None:
        sent.append(message)

    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        await send(start)
        await send({"type": "http.response.body", "body": b"data: 1\n\n"})
        stopping.set()
        await asyncio.sleep(0.01)  # in which a stream that is open would be ended

    await ending(app, stopping)(HTTP, nothing, send)
    assert sent == [start, {"type": "http.response.body", "body": b"data: 1\n\n"}]


async def test_a_stream_that_is_open_is_ended_and_hears_no_more() -> None:
    sent: list[Any] = []
    stopping = asyncio.Event()

    async def send(message: Any) -> None:
        sent.append(message)

    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        await send(EVENTS)
        await send({"type": "http.response.body", "body": b"data: 1\n\n", "more_body": True})
        stopping.set()
        while sent[-1].get("more_body", True):  # noqa: ASYNC110 -- the end is sent past the application
            await asyncio.sleep(0)
        await send({"type": "http.response.body", "body": b"data: 2\n\n", "more_body": True})

    async with asyncio.timeout(30):
        await ending(app, stopping)(HTTP, nothing, send)
    assert [message.get("body") for message in sent] == [None, b"data: 1\n\n", b""]
