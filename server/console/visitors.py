"""Who looks at a page: the token in their cookie, and what its holder is in a session.

Why the same token as everywhere: a card revoked ends on pages as it ends on sockets, and nothing else can be stolen.
Why an origin is asked for: a browser sends the cookie along with a form that another site has made.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from litestar import Request
from litestar.datastructures import Cookie

from ledger.ledger import Ledger
from polylogue.vocabulary import LanguageTag, SessionId
from schema.api.context import Principal, Standpoint
from schema.api.errors import AuthenticationError
from schema.api.standpoint import standpoint_in
from server.access import Access
from server.console.speaking import language_of

COOKIE = "polylogue"
KEPT_SECONDS = 90 * 24 * 3600
"""How long a phone remembers its card; a session of several sittings takes weeks."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """`ended`: their cookie holds a token that is nobody's any more."""

    principal: Principal
    language: LanguageTag
    ended: bool = False

    @property
    def known(self) -> bool:
        return self.principal.person is not None


async def visitor_of(request: Request[Any, Any, Any], access: Access) -> Visitor:
    """Whoever asks; a stranger when they have no token, or one that is no good."""
    language, token = language_of(request), request.cookies.get(COOKIE) or None
    try:
        return Visitor(await access.authenticate(token), language)
    except AuthenticationError:
        return Visitor(Principal(), language, ended=True)


async def standing(ledger: Ledger, visitor: Visitor, session: SessionId) -> Standpoint:
    """What a visitor is in a session; nothing where there is none of this id that they may see."""
    return await ledger.read(lambda connection: standpoint_in(connection, visitor.principal, session))


def remembered(token: str, *, secure: bool) -> Cookie:
    """The cookie by which a browser keeps its token: no script reads it, and no other site's form brings it."""
    return Cookie(COOKIE, value=token, max_age=KEPT_SECONDS, httponly=True, samesite="lax", secure=secure)


def forgotten(*, secure: bool) -> Cookie:
    return Cookie(COOKIE, value="", max_age=0, httponly=True, samesite="lax", secure=secure)


def is_secure(request: Request[Any, Any, Any], public_url: str | None) -> bool:
    """Whether browsers reach this server over https alone."""
    return (public_url or "").startswith("https:") or request.url.scheme == "https"


def is_ours(request: Request[Any, Any, Any], public_url: str | None) -> bool:
    """Whether a form was sent from a page of ours. Over plain http, as in a room, browsers tell the origin only."""
    if site := request.headers.get("sec-fetch-site"):
        return site == "same-origin"
    origin = urlsplit(request.headers.get("origin", "")).netloc
    return bool(origin) and origin in (request.headers.get("host"), urlsplit(public_url or "").netloc)
