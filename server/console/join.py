"""Coming in by a join card: who one will be, one's name, and on to the seat.

Why a page before the act: a browser may open an address by itself to show a picture of it, and a card counts once.
"""

from http import HTTPStatus
from secrets import token_urlsafe
from typing import Any
from urllib.parse import quote, urlencode

from litestar import Response, get, post
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from litestar.status_codes import HTTP_303_SEE_OTHER

from server.console.acts import Acts, sent_of
from server.console.home import own_place
from server.console.languages import marked
from server.console.sent import Sent
from server.console.site import HTML, Ask, Site, forged, form_of, plain
from server.console.visitors import Visitor, remembered

REDEEM = "redeemInvitation"
SELECTION = "token role seats session { id phase }"
LONGEST_CODE = 64
LONGEST_NAME = 200
STATUS = {
    "CODE_UNKNOWN": HTTPStatus.NOT_FOUND,
    "CODE_USED": HTTPStatus.GONE,
    "CODE_EXPIRED": HTTPStatus.GONE,
    "CODE_REVOKED": HTTPStatus.GONE,
    "TOO_MANY_CODES": HTTPStatus.TOO_MANY_REQUESTS,
}
"""With which status it is said why a card admits nobody."""
NO_CODE = marked("Write the code that stands on your card.")


def join_handlers(site: Site, acts: Acts) -> list[BaseRouteHandler]:
    """The pages of a join card. A code is typed on the first page, or comes with the address that a card shows."""

    async def card(
        request: Ask, visitor: Visitor, code: str, sent: Sent | None, status: int, name: str = ""
    ) -> Response[Any]:
        found = (await site.ask(request, visitor, "invitation", code=code[:LONGEST_CODE]))["invitation"]
        if not found["usable"]:
            status = STATUS.get(found["reason"]["code"], HTTPStatus.UNPROCESSABLE_ENTITY)
        values = {"card": found, "code": code[:LONGEST_CODE], "visitor": visitor, "sent": sent}
        values["called"] = sent.value("name") if sent else name
        return plain(request, "join", visitor.language, status, once=token_urlsafe(24), **values)

    @get("/join", media_type=HTML, include_in_schema=False, name="join")
    async def join(request: Ask, code: FromQuery[str] = "", name: FromQuery[str] = "") -> Response[Any]:
        if typed := code.strip()[:LONGEST_CODE]:
            if "/" in typed:  # no code, and no address either
                return await card(request, await site.visitor(request), typed, None, HTTPStatus.NOT_FOUND)
            kept = f"?{urlencode({'name': name[:LONGEST_NAME]})}" if name.strip() else ""
            return Redirect(f"/join/{quote(typed, safe='')}{kept}", status_code=HTTP_303_SEE_OTHER)
        sent = Sent("join", {}, {"message": NO_CODE, "code": None, "path": ["code"]})
        return await site.home(request, await site.visitor(request), sent, HTTPStatus.UNPROCESSABLE_ENTITY)

    @get("/join/{code:str}", media_type=HTML, include_in_schema=False, name="join-card")
    async def join_card(request: Ask, code: FromPath[str], name: FromQuery[str] = "") -> Response[Any]:
        return await card(request, await site.visitor(request), code, None, HTTPStatus.OK, name[:LONGEST_NAME])

    @post("/join/{code:str}", media_type=HTML, include_in_schema=False, name="join-in")
    async def join_in(request: Ask, code: FromPath[str]) -> Response[Any]:
        visitor, form = await site.visitor(request), await form_of(request)
        if not site.ours(request):
            return forged(request, visitor, form)
        if visitor.known:
            form = {name: values for name, values in form.items() if name != "name"}
        done = await acts.give(request, visitor, REDEEM, form, shown=SELECTION, code=code)
        if done.payload is None:
            return await card(request, visitor, code, sent_of(form, done), done.status)
        session, token = done.payload["session"], done.payload["token"]
        place = own_place(session, [done.payload["role"]], done.payload["seats"])
        seat = f"?seat={done.payload['seats'][0]}" if place == "seat" else ""
        cookies = [remembered(token, secure=site.secure(request))] if token else []
        return Redirect(f"/s/{session['id']}/{place}{seat}", status_code=HTTP_303_SEE_OTHER, cookies=cookies)

    return [join, join_card, join_in]
