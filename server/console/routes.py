"""The addresses of pages: the first page, the pages of sessions with their streams, what forms do, and their files.

Why put together here: what a page needs is made once, and each part can be tried by itself.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import structlog
from litestar import Response, Router
from litestar.exceptions import HTTPException, NotFoundException
from litestar.exceptions.responses import create_exception_response
from litestar.status_codes import HTTP_500_INTERNAL_SERVER_ERROR

from server.api.door import ContextFactory
from server.console.acts import Acts
from server.console.doing import doing_handlers
from server.console.downloads import downloads_handlers
from server.console.files import static_file
from server.console.front import front_handlers
from server.console.join import join_handlers
from server.console.moves import Moves
from server.console.review import review_handlers
from server.console.site import Ask, Site, plain
from server.console.sitemap import OUTCOMES, PAGES
from server.console.sittings import sitting_handlers
from server.console.speaking import language_of
from server.console.views import Views
from server.lan import reaches_nobody
from server.services import Services

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

LARGEST_FORM = 1_000_000


def console_router(parts: Services, services: Mapping[str, Any], context_of: ContextFactory) -> Router:
    """The pages over running services; `services` is what the schema knows by name, `context_of` makes the context in
    which a form is executed.
    """
    away = reaches_nobody(services["cards"].url(""))
    site = Site(parts, PAGES, Views(parts.ledger, PAGES, services, away=away), Moves(parts.ledger), context_of)
    acts = Acts(site, OUTCOMES)
    looking = (*front_handlers(site), *sitting_handlers(site), *review_handlers(site), *downloads_handlers(site))
    handlers = (*looking, *join_handlers(site, acts), *doing_handlers(site, acts))
    return Router(
        "/",
        route_handlers=[*handlers, static_file],
        request_max_body_size=LARGEST_FORM,
        exception_handlers={NotFoundException: _nothing_here, HTTP_500_INTERNAL_SERVER_ERROR: _failed},
    )


def _nothing_here(request: Ask, _: NotFoundException) -> Response[str]:
    """The same for a session that is not there and for one that is not public."""
    return plain(request, "missing", language_of(request), HTTPStatus.NOT_FOUND, there=False, visitor=None, sent=None)


def no_such_address(request: Ask, error: HTTPException) -> Response[Any]:
    """What is answered where no handler is: a page to people, and to programs what they are always answered."""
    if request.url.path.startswith("/graphql") or "text/html" not in request.headers.get("accept", ""):
        return create_exception_response(request, error)
    status = error.status_code
    return plain(request, "missing", language_of(request), status, there=False, visitor=None, sent=None, unknown=True)


def _failed(request: Ask, error: Exception) -> Response[str]:
    # not the path: that of a join card is its code
    place = {"page": request.scope["path_template"], "session": request.path_params.get("session")}
    log.error("page failed", **place, exc_info=error)
    return plain(request, "failed", language_of(request), HTTPStatus.INTERNAL_SERVER_ERROR)
