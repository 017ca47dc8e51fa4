"""The addresses of documents: the text of an item as Markdown and as PDF, to look at or to keep.

Why with the rights of whoever asks: a stranger gets what is public, and a token, sent as over the API or kept by the
pages, opens what it opens there; what the viewer may not see is as if it were not there.
"""

import asyncio
from typing import Any

import structlog
from litestar import Request, Response, Router, get
from litestar.params import FromPath, FromQuery

from polylogue.drafting.compose import compose
from polylogue.drafting.markdown import markdown
from polylogue.drafting.paper import Paper
from polylogue.text import TextRefused, admit_language
from polylogue.vocabulary import LanguageTag, SessionId
from schema.api.errors import AuthenticationError
from server.exports.press import NO_TYPESETTER, Press, PressBusy
from server.exports.readers import reader_of
from server.exports.reading import NUMBER, visible_paper
from server.services import Services

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

KEEP_OUT = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Vary": "Authorization, Cookie"}
PLAIN = "text/plain"
NOTHING_HERE = "There is no such text here."


def exports_router(parts: Services) -> Router:
    """The documents over running services."""
    press = Press(parts.settings.font_dir)

    async def found(request: Request[Any, Any, Any], session: str, number: str) -> Paper | None:
        principal = await reader_of(request, parts.access)
        if not NUMBER.fullmatch(number):
            return None
        return await parts.ledger.read(lambda c: visible_paper(c, principal, SessionId(session), int(number)))

    @get("/s/{session:str}/items/{number:str}/text.md", include_in_schema=False, name="document-markdown")
    async def as_markdown(
        request: Request[Any, Any, Any], session: FromPath[str], number: FromPath[str], language: FromQuery[str] = ""
    ) -> Response[str]:
        paper = await found(request, session, number)
        if paper is None:
            return sentence(NOTHING_HERE, 404)
        words = await asyncio.to_thread(lambda: markdown(compose(paper, language_of(language))))
        return Response(words, media_type="text/markdown", headers=KEEP_OUT)

    @get("/s/{session:str}/items/{number:str}/text.pdf", include_in_schema=False, name="document-pdf")
    async def as_pdf(
        request: Request[Any, Any, Any], session: FromPath[str], number: FromPath[str], language: FromQuery[str] = ""
    ) -> Response[bytes] | Response[str]:
        paper = await found(request, session, number)
        if paper is None:
            return sentence(NOTHING_HERE, 404)
        try:
            pdf = await press.pdf(await asyncio.to_thread(compose, paper, language_of(language)))
        except PressBusy:
            return sentence("Too many documents are asked for at once.", 503, {"Retry-After": "5"})
        except ModuleNotFoundError:
            return sentence(NO_TYPESETTER, 501)
        name = f'inline; filename="item-{number}.pdf"'
        return Response(pdf, media_type="application/pdf", headers={**KEEP_OUT, "Content-Disposition": name})

    return Router(
        "/",
        route_handlers=[as_markdown, as_pdf],
        exception_handlers={AuthenticationError: nobody, **_unset()},
    )


def language_of(tag: str) -> LanguageTag | None:
    """The language that an address asks for; what is none is as if it were not said."""
    try:
        return LanguageTag(admit_language(tag))
    except TextRefused:
        return None


def _unset() -> dict[type[Exception], Any]:
    """What is answered when a document cannot be set, where there is a typesetter at all."""
    try:
        from server.exports.typeset import GlyphMissing, NotTypeset  # noqa: PLC0415 -- what it imports is an extra
    except ModuleNotFoundError:
        return {}

    def missing(request: Request[Any, Any, Any], error: GlyphMissing) -> Response[str]:
        log.warning("no glyph", path=request.url.path, error=str(error))
        return sentence(str(error), 501)

    def unset(request: Request[Any, Any, Any], error: NotTypeset) -> Response[str]:
        log.error("document not set", path=request.url.path, error=str(error))
        return sentence("This document cannot be set here; the server's log says why.", 500)

    return {GlyphMissing: missing, NotTypeset: unset}


def nobody(_: Request[Any, Any, Any], error: AuthenticationError) -> Response[str]:
    """What a token that is none is answered."""
    return sentence(str(error), 401, {"WWW-Authenticate": "Bearer"})


def sentence(words: str, status: int, more: dict[str, str] | None = None) -> Response[str]:
    """A sentence in place of a document."""
    return Response(words + "\n", status_code=status, media_type=PLAIN, headers={**KEEP_OUT, **(more or {})})
