"""The first page, and how one comes in and leaves: by a token, which a cookie then keeps.

Why the token is sent as a form and answered by a redirect: it never stands in an address, nor in a browser's history.
"""

from http import HTTPStatus
from typing import Any

from litestar import Response, get, post
from litestar.handlers import BaseRouteHandler
from litestar.response import Redirect
from litestar.status_codes import HTTP_303_SEE_OTHER

from schema.api.errors import AuthenticationError
from server.console.acts import first
from server.console.languages import marked
from server.console.sent import Sent
from server.console.site import HTML, Ask, Site, forged, form_of
from server.console.visitors import forgotten, remembered

NO_TOKEN = marked("This is no token of this site, or it has been revoked.")


def front_handlers(site: Site) -> list[BaseRouteHandler]:
    """Home, signing in, signing out."""

    @get("/", media_type=HTML, include_in_schema=False, name="home")
    async def home(request: Ask) -> Response[str]:
        return await site.home(request, await site.visitor(request))

    @post("/sign-in", media_type=HTML, include_in_schema=False, name="sign-in")
    async def sign_in(request: Ask) -> Response[Any]:
        visitor, form = await site.visitor(request), await form_of(request)
        if not site.ours(request):
            return forged(request, visitor, {})
        token = first(form, "token").strip()
        try:
            known = (await site.parts.access.authenticate(token or None)).person is not None
        except AuthenticationError:
            known = False
        if not known:
            sent = Sent("sign-in", {}, {"message": NO_TOKEN, "code": None, "path": ["token"]})
            return await site.home(request, visitor, sent, HTTPStatus.UNPROCESSABLE_ENTITY)
        cookie = remembered(token, secure=site.secure(request))
        return Redirect("/", status_code=HTTP_303_SEE_OTHER, cookies=[cookie])

    @post("/sign-out", media_type=HTML, include_in_schema=False, name="sign-out")
    async def sign_out(request: Ask) -> Response[Any]:
        if not site.ours(request):
            return forged(request, await site.visitor(request), {})
        return Redirect("/", status_code=HTTP_303_SEE_OTHER, cookies=[forgotten(secure=site.secure(request))])

    return [home, sign_in, sign_out]
