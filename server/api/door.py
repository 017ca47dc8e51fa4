"""What a door of the API is made with, and what a context is made of.

Why functions that are handed in: how a token is checked and what a resolver may reach is put together elsewhere.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import msgspec
import strawberry
import structlog
from litestar import Request, WebSocket

from schema.api.context import Principal
from schema.api.errors import AuthenticationError, ErrorCode
from server.api.sockets import Sockets

Authenticate = Callable[[str | None], Awaitable[Principal]]
"""Who a token is, None being no token at all; AuthenticationError when it is nobody's."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One operation before it runs: where it came in, by whom, and the id that its log lines carry.

    `params` is the payload of a WebSocket's `connection_init`; over HTTP it is empty.
    """

    connection: Request[Any, Any, Any] | WebSocket[Any, Any, Any]
    principal: Principal
    request_id: str
    params: Mapping[str, Any] = field(default_factory=dict[str, Any])

    @property
    def address(self) -> str:
        """Where the client is: what a trusted proxy says, else the other end of the connection."""
        client = self.connection.client
        return client.host if client else ""


ContextFactory = Callable[[Asked], Awaitable[Any]]
"""Makes the context of one operation, on a WebSocket too; an ApiError refuses the operation."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one client may take of a door.

    `message_bytes` bounds a request's body and a WebSocket's message (uvicorn's `ws_max_size` should be the same);
    `init_wait` is the seconds that a WebSocket has to introduce itself.
    """

    message_bytes: int = 1_000_000
    init_wait: float = 10.0
    operations_per_socket: int = 50


@dataclass(frozen=True, slots=True)
class Door:
    """The schema with all that the transports need."""

    schema: strawberry.Schema
    authenticate: Authenticate
    context_factory: ContextFactory
    sockets: Sockets
    bounds: Bounds


class Operation(msgspec.Struct, frozen=True):
    """A query, mutation or subscription as a client words it, over HTTP and WebSocket alike."""

    query: str
    operationName: str | None = None  # noqa: N815 -- the name in both specifications
    variables: dict[str, Any] | None = None
    extensions: dict[str, Any] | None = None


def bearer(authorization: str | None) -> str | None:
    """The token in an `Authorization: Bearer …`, None without one; AuthenticationError for any other scheme."""
    if authorization is None:
        return None
    scheme, _, token = authorization.strip().partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise AuthenticationError(ErrorCode.UNAUTHENTICATED, "The authorization must be a bearer token.")
    return token.strip()


@contextmanager
def request_bound(request_id: str | None = None) -> Iterator[str]:
    """Bind an id to all that is logged inside; without one given, the id that is bound already or a new one."""
    bound = request_id or structlog.contextvars.get_contextvars().get("request_id") or new_request_id()
    with structlog.contextvars.bound_contextvars(request_id=bound):
        yield bound


def new_request_id() -> str:
    return uuid4().hex
