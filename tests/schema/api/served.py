"""The house behind its doors: a real server, and clients that ask it over HTTP and WebSocket."""

import json
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
from litestar import Litestar
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from schema.api.context import Context, Principal
from server.api.door import Asked
from server.api.routes import graphql_router
from server.api.sockets import Sockets
from server.context import make_context
from tests.live import Live, live
from tests.schema.api.house import SCHEMA, House, house

PATIENCE = 20.0


Ask = Callable[[str, Any], dict[str, Any]]
"""Asks a document with variables; the response, or the first one of several."""


@dataclass
class Served:
    """Where the house is served, and the house itself, which belongs to the server's loop."""

    place: Live
    house: House

    @contextmanager
    def http(self, token: str | None) -> Iterator[Ask]:
        """Ask over HTTP."""
        headers = {"authorization": f"Bearer {token}"} if token else {}
        with httpx.Client(headers=headers, timeout=PATIENCE) as client:
            url = f"{self.place.url}/graphql"
            yield lambda document, given: client.post(url, json={"query": document, "variables": given}).json()

    @contextmanager
    def websocket(self, token: str | None) -> Iterator[Ask]:
        """Ask over one WebSocket."""
        with self.socket(token) as socket:
            yield lambda document, given: first(socket, document, given)

    @contextmanager
    def socket(self, token: str | None) -> Iterator[ClientConnection]:
        """A socket that has introduced itself."""
        with connect(f"{self.place.ws_url}/graphql", subprotocols=[Subprotocol("graphql-transport-ws")]) as socket:
            send(socket, "connection_init", payload={"authorization": f"Bearer {token}"} if token else {})
            assert receive(socket)["type"] == "connection_ack"
            yield socket


def send(socket: ClientConnection, type: str, **more: Any) -> None:
    socket.send(json.dumps({"type": type, **more}))


def receive(socket: ClientConnection) -> dict[str, Any]:
    return json.loads(socket.recv(timeout=PATIENCE))


def first(socket: ClientConnection, document: str, variables: Any = None) -> dict[str, Any]:
    """The first answer to an operation, which is then told to end."""
    send(socket, "subscribe", id=(id := uuid4().hex), payload={"query": document, "variables": variables})
    while (message := receive(socket)).get("id") != id:
        pass  # an earlier operation is ending
    if message["type"] == "error":
        return {"data": None, "errors": message["payload"]}
    assert message["type"] == "next"
    send(socket, "complete", id=id)
    return message["payload"]


@contextmanager
def served(url: str, prepare: Callable[[House], Coroutine[Any, Any, None]], redis: Any = None) -> Iterator[Served]:
    """A house on an empty database, prepared in the server's own loop before the first request."""
    made: list[House] = []

    @asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncIterator[None]:
        async with house(url, redis, sockets) as home:
            await prepare(home)
            made.append(home)
            yield

    async def authenticate(token: str | None) -> Principal:
        return await made[0].access.authenticate(token)

    async def context_of(asked: Asked) -> Context:
        return make_context(asked.principal, made[0].ledger, made[0].services, address=asked.address)

    sockets = Sockets()
    router = graphql_router(
        SCHEMA,
        authenticate=authenticate,
        context_factory=context_of,
        sockets=sockets,
    )
    with live(Litestar(route_handlers=[router], lifespan=[lifespan], openapi_config=None)) as place:
        yield Served(place, made[0])
