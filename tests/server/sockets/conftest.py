"""A real server of a small API, and sockets that are opened to it."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from tests.live import live
from tests.server.sockets.client import BOUNDS, Client, Opening
from tests.server.toy import World, toy_app


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[World, str]]:
    world = World()
    with live(toy_app(world, BOUNDS)) as server:
        yield world, f"{server.ws_url}/graphql"


@pytest.fixture
def world(served: tuple[World, str]) -> Iterator[World]:
    world = served[0]
    tokens = dict(world.tokens)
    yield world
    world.context_breaks = None
    world.tokens.update(tokens)


@pytest.fixture
def opening(served: tuple[World, str]) -> Opening:
    """Opens a socket, acknowledged unless `init` is None."""

    @asynccontextmanager
    async def opened(init: dict[str, Any] | None = {}, **rest: Any) -> AsyncIterator[Client]:  # noqa: B006 -- not changed
        rest.setdefault("subprotocols", [Subprotocol("graphql-transport-ws")])
        async with connect(served[1], **rest) as socket:
            client = Client(socket)
            if init is not None:
                await client.send({"type": "connection_init", "payload": init})
                assert await client.receive() == {"type": "connection_ack"}
            yield client

    return opened
