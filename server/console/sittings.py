"""The pages of a session by their addresses, each with the stream that keeps it up to date.

Why who may not see a session is answered as if there were none: an address that is guessed must tell nothing.
"""

from collections.abc import AsyncIterator
from typing import Any

from litestar import Response, get
from litestar.exceptions import HTTPException, NotFoundException
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Stream

from server.console.forms import is_number
from server.console.pages import View
from server.console.sent import Sent
from server.console.site import HTML, SAFE, Ask, Site, turned_away
from server.console.stream import Onlooker, Streams

LIVE = {**SAFE, "X-Accel-Buffering": "no"}
STREAMS = 2000
"""Streams at a time in one process at most: each holds a connection."""
LONGEST_SEQ = 11


def sitting_handlers(site: Site) -> list[BaseRouteHandler]:
    """The pages and their streams."""
    names = [name for name, page in site.pages.items() if not page.own]
    streams, open_streams = Streams(site.views, site.moves, site.parts.sockets, site.parts.presence), _Count()

    @get("/s/{session:str}", include_in_schema=False, name="session")
    async def session_page(session: FromPath[str]) -> Redirect:
        return Redirect(f"/s/{session}/board")

    @get([f"/s/{{session:str}}/{name}" for name in names], media_type=HTML, include_in_schema=False, name="page")
    async def a_page(request: Ask, session: FromPath[str], done: FromQuery[str] = "") -> Response[Any]:
        visitor = await site.visitor(request)
        standpoint = await site.standing(visitor, session)
        name, query = request.url.path.rpartition("/")[2], dict(request.query_params)
        view = site.view(name, session, standpoint, query, visitor.language)
        if view is None:
            return turned_away(request, visitor, standpoint)
        receipt = Sent("", seq=int(done)) if is_number(done, LONGEST_SEQ) else None
        return await site.shown(request, visitor, view, receipt)

    @get([f"/s/{{session:str}}/{name}/live" for name in names], include_in_schema=False, name="page-live")
    async def a_stream(request: Ask, session: FromPath[str], after: FromQuery[str] = "") -> Stream:
        visitor = await site.visitor(request)
        name, query = request.url.path.split("/")[-2], dict(request.query_params)

        async def view_now() -> View | None:
            again = await site.visitor(request)
            return site.view(name, session, await site.standing(again, session), query, visitor.language)

        async def stands() -> bool:
            return await view_now() == view

        view = await view_now()
        head = view and await site.views.head(view.session)
        if not view or not head:
            raise NotFoundException
        if open_streams.now >= STREAMS:
            raise HTTPException(status_code=503, detail="Too many pages are open.", headers={"Retry-After": "10"})
        seen = request.headers.get("last-event-id") or after
        told = streams.of(Onlooker(visitor.principal, stands), view, head, seen)
        return Stream(open_streams.counted(told), media_type="text/event-stream", headers=LIVE)

    return [session_page, a_page, a_stream]


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
