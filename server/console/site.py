"""What the handlers of pages share: the views, who may act how, and how a page is answered.

Why one value: a handler then is a few lines, and a test can put the same on other parts.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from secrets import token_urlsafe
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode
from uuid import uuid4

from litestar import Request, Response
from litestar.datastructures import Cookie

from polylogue.vocabulary import LanguageTag, SeatCode, SessionId
from schema.api.context import Context, Standpoint
from schema.api.standpoint import NOWHERE
from server.api.door import Asked, ContextFactory
from server.console.forms import Form, is_number
from server.console.home import home
from server.console.languages import marked
from server.console.moves import Moves
from server.console.pages import Page, View
from server.console.sent import Sent
from server.console.speaking import chosen
from server.console.templates import templates
from server.console.views import Views
from server.console.visitors import Visitor, is_ours, is_secure, standing, visitor_of
from server.services import Services

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
    "Vary": "Cookie, Accept-Language",
}
HTML = "text/html"
LONGEST_NUMBER = 3

TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")

FORGED = marked("This form was not sent from a page of this site. Open the page anew and send it again.")

Ask = Request[Any, Any, Any]
Query = Mapping[str, str]


@dataclass(frozen=True)
class Site:
    """The pages over running services. `context_of` makes the context in which a form is executed as its sender."""

    parts: Services
    pages: Mapping[str, Page]
    views: Views
    moves: Moves
    context_of: ContextFactory

    async def visitor(self, request: Ask) -> Visitor:
        return await visitor_of(request, self.parts.access)

    async def standing(self, visitor: Visitor, session: str) -> Standpoint:
        return await standing(self.parts.ledger, visitor, SessionId(session))

    def view(self, name: str, session: str, standpoint: Standpoint, query: Query, language: LanguageTag) -> View | None:
        """The view that an address asks for; what it says that cannot be is as if it were not said."""
        item, text = query.get("item", ""), query.get("text", "")
        return self.pages[name].view(
            name,
            SessionId(session),
            standpoint,
            item=int(item) if is_number(item, LONGEST_NUMBER) else None,
            text=LanguageTag(text) if TAG.fullmatch(text) else None,
            language=language,
            seat=SeatCode(query.get("seat", "")),
        )

    def secure(self, request: Ask) -> bool:
        """Whether cookies are for https alone."""
        return is_secure(request, self.parts.settings.public_url)

    async def context(self, request: Ask, visitor: Visitor) -> Context:
        """What an operation of a visitor gets: the same as over the API, in the language of the page."""
        context = await self.context_of(Asked(request, visitor.principal, uuid4().hex))
        context.language = visitor.language
        return context

    async def ask(self, request: Ask, visitor: Visitor, document: str, **variables: Any) -> dict[str, Any]:
        """What a document of the pages says to a visitor."""
        return await self.views.ask_in(await self.context(request, visitor), document, **variables)

    def ours(self, request: Ask) -> bool:
        """Whether a form was sent from a page of ours."""
        return is_ours(request, self.parts.settings.public_url)

    async def shown(
        self, request: Ask, visitor: Visitor, view: View, sent: Sent | None = None, status: int = HTTPStatus.OK
    ) -> Response[str]:
        """A page of a session, with an answer to what was sent from it."""
        if sent:
            html = await self.views.told(view, sent)
        else:
            html = (found := await self.views.now(view)) and found.html()
        return page(request, html, status) if html else turned_away(request, visitor, NOWHERE, sent)

    async def home(
        self, request: Ask, visitor: Visitor, sent: Sent | None = None, status: int = HTTPStatus.OK
    ) -> Response[str]:
        """The first page, with an answer to what was sent from it."""
        known = await self.views.ask("home", visitor.language, visitor.principal)
        return plain(
            request, "home", visitor.language, status, sent=sent, once=token_urlsafe(12), **home(known, visitor)
        )


def turned_away(request: Ask, visitor: Visitor, standpoint: Standpoint, sent: Sent | None = None) -> Response[str]:
    """What somebody is shown who may not see a page: the same for a session that is not there and for one that they may
    not know of.
    """
    there = bool(standpoint.roles)
    status = HTTPStatus.FORBIDDEN if there else HTTPStatus.NOT_FOUND
    return plain(request, "missing", visitor.language, status, there=there, visitor=visitor, sent=sent)


def forged(request: Ask, visitor: Visitor, form: Form) -> Response[str]:
    """What is answered to a form that no page of ours has sent."""
    sent = Sent("", form, {"message": FORGED, "code": None, "path": None})
    return plain(request, "missing", visitor.language, HTTPStatus.FORBIDDEN, there=True, visitor=visitor, sent=sent)


async def form_of(request: Ask) -> Form:
    """What was sent, each field with all its values."""
    sent = await request.form()
    return {name: [value for value in sent.getall(name) if isinstance(value, str)] for name in dict(sent)}


def plain(request: Ask, name: str, language: LanguageTag, status: int = HTTPStatus.OK, **values: Any) -> Response[str]:
    """A page that is not kept up to date."""
    usual = {"view": None, "sent": None, "here": _here(request)}
    html = templates(language).get_template(f"{name}.html").render(**{**usual, **values})
    return page(request, html, status)


def _here(request: Ask) -> str:
    """Where the same page is to be had in another language; of a form's answer, the page that it was sent from."""
    query = [(name, value) for name, value in parse_qsl(request.url.query) if name != "lang"]
    path = unquote(request.url.path)
    if request.method != "GET":
        session, sent_from = request.path_params.get("session"), dict(query).get("page")
        path, query = f"/s/{session}/{sent_from}" if session and sent_from else "/", []
    # never two slashes in front, which would be another host
    return f"/{quote(path.lstrip('/'))}" + (f"?{urlencode(query)}" if query else "")


def page(request: Ask, html: str, status: int = HTTPStatus.OK, cookies: list[Cookie] | None = None) -> Response[str]:
    kept = [*chosen(request), *(cookies or [])]
    return Response(html, status_code=status, media_type=HTML, headers=SAFE, cookies=kept)
