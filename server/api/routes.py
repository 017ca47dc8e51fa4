"""Everything the API answers to, as one Litestar router: the endpoint over HTTP and WebSocket, and the page to try it.

Why no controller: an endpoint is two functions, and the schema and what stands behind it are handed in.
"""

from typing import Any

import strawberry
from litestar import HttpMethod, Request, Response, Router, WebSocket, route, websocket

from server.api.door import Authenticate, Bounds, ContextFactory, Door
from server.api.http import answer
from server.api.ide import ide_files
from server.api.socket import converse
from server.api.sockets import Sockets

DEFAULT_BOUNDS = Bounds()


def graphql_router(
    schema: strawberry.Schema,
    *,
    authenticate: Authenticate,
    context_factory: ContextFactory,
    sockets: Sockets,
    path: str = "/graphql",
    bounds: Bounds = DEFAULT_BOUNDS,
) -> Router:
    """The API at `path`. Who revokes a token calls `sockets.close_where`."""
    door = Door(schema, authenticate, context_factory, sockets, bounds)

    @route(
        "/",
        http_method=[HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE],
        request_max_body_size=bounds.message_bytes,
        include_in_schema=False,
        name="graphql",
    )
    async def over_http(request: Request[Any, Any, Any]) -> Response[bytes]:
        return await answer(door, request)

    @websocket("/", name="graphql-websocket")
    async def over_websocket(socket: WebSocket[Any, Any, Any]) -> None:
        await converse(door, socket)

    return Router(path, route_handlers=[over_http, over_websocket, ide_files()])
