"""The addresses of pages: the sessions that are open to strangers, and the board of each with its stream.

Why a stranger's view only: whoever opens these pages has shown no token, and a session that is not public is to them as
if there were none.
"""

import re
from collections.abc import AsyncIterator
from typing import Any

import structlog
from litestar import Request, Response, Router, get
from litestar.exceptions import HTTPException, NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Stream
from litestar.status_codes import HTTP_500_INTERNAL_SERVER_ERROR

from polylogue.vocabulary import LanguageTag, SessionId
from server.console.board import board
from server.console.files import static_file
from server.console.moves import Moves
from server.console.stream import stream
from server.console.templates import templates
from server.console.views import View, Views
from server.context import ENGLISH
from server.services import Services

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

# Everything comes from this server, and nothing is written into the page that would run or style.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
SAFE = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
LIVE = {**SAFE, "X-Accel-Buffering": "no"}
STREAMS = 2000
"""Streams at a time in one process at most: each holds a connection."""
HTML = "text/html"
LONGEST_NUMBER = 3
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


def console_router(parts: Services) -> Router:
    """The pages over running services."""
    views, moves, open_streams = Views(parts.ledger, {"board": board}), Moves(parts.ledger), _Count()

    @get("/", media_type=HTML, include_in_schema=False, name="home")
    async def home() -> Response[str]:
        sessions = (await views.ask("home"))["sessions"]["nodes"]
        html = templates(ENGLISH).get_template("home.html").render(sessions=sessions)
        return Response(html, media_type=HTML, headers=SAFE)

    @get("/s/{session:str}", include_in_schema=False, name="session")
    async def session_page(session: FromPath[str]) -> Redirect:
        return Redirect(f"/s/{session}/board")

    @get("/s/{session:str}/board", media_type=HTML, include_in_schema=False, name="board")
    async def board_page(session: FromPath[str], item: FromQuery[str] = "", text: FromQuery[str] = "") -> Response[str]:
        view = _board(session, item, text)
        shown = await views.now(view)
        if not shown:
            raise NotFoundException
        return Response(shown.html(), media_type=HTML, headers=SAFE)

    @get("/s/{session:str}/board/live", include_in_schema=False, name="board-live")
    async def board_live(
        request: Request[Any, Any, Any],
        session: FromPath[str],
        item: FromQuery[str] = "",
        text: FromQuery[str] = "",
        after: FromQuery[str] = "",
    ) -> Stream:
        view = _board(session, item, text)
        head = await views.head(view.session)
        if not head:
            raise NotFoundException
        if open_streams.now >= STREAMS:
            raise HTTPException(status_code=503, detail="Too many pages are open.", headers={"Retry-After": "10"})
        shown = request.headers.get("last-event-id") or after
        told = open_streams.counted(stream(views, moves, view, head, shown))
        return Stream(told, media_type="text/event-stream", headers=LIVE)

    return Router(
        "/",
        route_handlers=[home, session_page, board_page, board_live, static_file],
        exception_handlers={NotFoundException: _nothing_here, HTTP_500_INTERNAL_SERVER_ERROR: _failed},
    )


def _board(session: str, item: str, text: str) -> View:
    """The board that an address asks for; what it says that cannot be is as if it were not said."""
    number = int(item) if item.isascii() and item.isdigit() and len(item) <= LONGEST_NUMBER else None
    return View("board", SessionId(session), number, LanguageTag(text) if LANGUAGE.fullmatch(text) else None)


class _Count:
    """How many streams are open."""

    def __init__(self) -> None:
        self.now = 0

    async def counted(self, messages: AsyncIterator[str]) -> AsyncIterator[str]:
        self.now += 1
        try:
            async for message in messages:
                yield message
        finally:
            self.now -= 1


def _nothing_here(_: Request[Any, Any, Any], __: NotFoundException) -> Response[str]:
    """The same for a session that is not there and for one that is not public."""
    html = templates(ENGLISH).get_template("missing.html").render()
    return Response(html, status_code=404, media_type=HTML, headers=SAFE)


def _failed(request: Request[Any, Any, Any], error: Exception) -> Response[str]:
    log.error("page failed", path=request.url.path, exc_info=error)
    html = templates(ENGLISH).get_template("failed.html").render()
    return Response(html, status_code=500, media_type=HTML, headers=SAFE)
