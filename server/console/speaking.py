"""In which language a page speaks to whoever asks for it: as they chose, else as their browser says.

Why a cookie and no account: a delegate has a card and no profile, and the projector has nobody.
"""

from typing import Any

from litestar import Request
from litestar.datastructures import Cookie

from polylogue.vocabulary import LanguageTag
from server.console.languages import INTERFACE, accepted, interface

COOKIE = "polylogue-language"
A_YEAR = 365 * 24 * 3600


def language_of(request: Request[Any, Any, Any]) -> LanguageTag:
    """The language asked for in the address, else the one chosen before, else what the browser likes best."""
    said = request.query_params.get("lang"), request.cookies.get(COOKIE)
    return interface([*said, *accepted(request.headers.get("accept-language", ""))])


def chosen(request: Request[Any, Any, Any]) -> list[Cookie]:
    """The cookie that keeps a choice made in the address, if there is one."""
    if (said := request.query_params.get("lang")) not in INTERFACE:
        return []
    return [Cookie(COOKIE, value=str(said), max_age=A_YEAR, httponly=True, samesite="lax")]
