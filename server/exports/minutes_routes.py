"""The addresses of minutes, as Markdown and as HTML, with the rights of whoever asks.

Why one at a time: those of a long session take most of a second, and deliberations go first.
"""

import asyncio
from typing import Any

import sqlalchemy as sa
from litestar import Request, Response, Router, get
from litestar.params import FromPath, FromQuery

from polylogue.drafting.phrases import language_name
from polylogue.minutes.account import Account
from polylogue.minutes.compose import compose
from polylogue.minutes.html import Way, html, policy
from polylogue.minutes.page import Minutes
from polylogue.minutes.phrases import known, phrases
from polylogue.vocabulary import LanguageTag, SessionId
from schema.api.errors import AuthenticationError
from server.exports.minutes import HTML, MARKDOWN, WRITERS, visible_account
from server.exports.readers import reader_of
from server.exports.routes import KEEP_OUT, language_of, nobody, sentence
from server.services import Services

NOTHING_HERE = "There is no such session here."
BUSY = "Too many minutes are asked for at once."
WAITING = 32
"""Requests at most that wait for minutes or have theirs written."""


def minutes_router(parts: Services) -> Router:
    """The minutes over running services."""
    one_at_a_time, waiting = asyncio.Lock(), asyncio.Semaphore(WAITING)

    async def written(request: Request[Any, Any, Any], session: str, language: str, form: str) -> str | None:
        principal = await reader_of(request, parts.access)

        def read(connection: sa.Connection) -> Account | None:
            return visible_account(connection, principal, SessionId(session))

        def write(account: Account) -> str:
            minutes = compose(account, language_of(language))
            return html(minutes, _ways(session, minutes)) if form == HTML else WRITERS[form](minutes)

        async with waiting, one_at_a_time:
            account = await parts.ledger.read(read)
            return await asyncio.to_thread(write, account) if account else None

    @get("/s/{session:str}/minutes.md", include_in_schema=False, name="minutes-markdown")
    async def as_markdown(
        request: Request[Any, Any, Any], session: FromPath[str], language: FromQuery[str] = ""
    ) -> Response[str]:
        if waiting.locked():
            return sentence(BUSY, 503, {"Retry-After": "5"})
        words = await written(request, session, language, MARKDOWN)
        if words is None:
            return sentence(NOTHING_HERE, 404)
        return Response(words, media_type="text/markdown", headers=KEEP_OUT)

    @get("/s/{session:str}/minutes.html", include_in_schema=False, name="minutes-html")
    async def as_html(
        request: Request[Any, Any, Any], session: FromPath[str], language: FromQuery[str] = ""
    ) -> Response[str]:
        if waiting.locked():
            return sentence(BUSY, 503, {"Retry-After": "5"})
        page = await written(request, session, language, HTML)
        if page is None:
            return sentence(NOTHING_HERE, 404)
        only = f"{policy()}; frame-ancestors 'none'"
        return Response(page, media_type="text/html", headers={**KEEP_OUT, "Content-Security-Policy": only})

    return Router("/", route_handlers=[as_markdown, as_html], exception_handlers={AuthenticationError: nobody})


def _ways(session: str, minutes: Minutes) -> list[Way]:
    """Back to the record of the session, and to the same minutes in the other languages."""
    back = Way(f"/s/{session}/review", f"← {phrases(minutes.language)['record']}", minutes.language)
    return [back, *(_in(session, tag, minutes.language) for tag in sorted(known()))]


def _in(session: str, tag: str, shown: LanguageTag) -> Way:
    words = language_name(tag, phrases(tag))
    return Way(f"/s/{session}/minutes.html?language={tag}", words, LanguageTag(tag), here=tag == shown)
