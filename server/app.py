"""The application: GraphQL for programs, pages for people, health for operators.

Why made from its parts: tests and the demo put the same application on other databases and ports.
"""

from typing import Any

from litestar import Litestar, Request, WebSocket
from litestar.datastructures import State
from litestar.exceptions import MethodNotAllowedException, NotFoundException

from ledger.past import Past
from schema.api.context import Context
from schema.api.schema import make_schema
from schema.api.what_if import Turns
from server.api.door import Asked
from server.api.routes import graphql_router
from server.attempts import Attempts
from server.console.routes import console_router, no_such_address
from server.context import make_context
from server.exports.minutes_routes import minutes_router
from server.exports.routes import exports_router
from server.invitations import Invitations
from server.scenarios.loader import shipped
from server.services import Services
from server.telemetry import livez, metrics, readyz

SAFE = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}


def application(parts: Services, site: str = "") -> Litestar:
    """The application over running services; `site` is the address by which people reach it."""
    shared = {
        "access": parts.access,
        "cards": Invitations(parts.database, parts.access, parts.ledger, Attempts(parts.redis), site),
        "scenarios": shipped,
        "presence": parts.presence,
        "as_of": Past(parts.database).as_of,
        "turns": Turns(),
    }

    async def context_of(asked: Asked) -> Context:
        return make_context(asked.principal, parts.ledger, shared, address=asked.address)

    router = graphql_router(
        make_schema(),
        authenticate=parts.access.authenticate,
        context_factory=context_of,
        sockets=parts.sockets,
    )
    return Litestar(
        route_handlers=[
            router,
            console_router(parts, shared, context_of),
            exports_router(parts),
            minutes_router(parts),
            livez,
            readyz,
            metrics,
        ],
        state=State({"services": parts}),
        exception_handlers={NotFoundException: no_such_address, MethodNotAllowedException: no_such_address},
        openapi_config=None,
        logging_config=None,
        response_headers=SAFE,
    )


def connection_state(connection: Request[Any, Any, Any] | WebSocket[Any, Any, Any]) -> Services:
    """The services behind a connection."""
    return connection.app.state.services
