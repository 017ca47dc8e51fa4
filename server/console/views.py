"""Views: what a rendering depends on besides the record, and the page that a view shows at a head.

Why a view names no person: two viewers with the same view see the same bytes, so nothing personal can reach another by
mistake, and what is made for one is made for all. A page is a GraphQL document, executed as its viewer may query, and a
template for the answer.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from ledger.ledger import Ledger
from polylogue.vocabulary import LanguageTag, SessionId
from schema.api.context import Principal
from schema.api.schema import make_schema
from server.console.focus import OVER, in_focus
from server.console.latest import Head, Latest
from server.console.live import Rendered, render
from server.console.templates import templates
from server.context import ENGLISH, make_context

FOLDER = Path(__file__).resolve().parent
STRANGER = Principal()
SOME_ENTRIES = 16
"""Entries from the end of the record that a page asks for; it shows the last few that its viewer may read."""
WHEN_OVER = {"board": "outcomes"}
"""Documents of pages that show a session that is over as a whole, and no item of it."""
KEPT = 256
"""Renderings and answers kept at most."""

Answer = dict[str, Any]
"""What a document says about a session."""


@dataclass(frozen=True, slots=True)
class View:
    """A page of a session in an interface language; which item (null: the one under way), and the language in which
    texts are shown (null: the session's).
    """

    page: str
    session: SessionId
    item: int | None = None
    text: LanguageTag | None = None
    language: LanguageTag = ENGLISH


class _Question(NamedTuple):
    """What several views may ask together."""

    document: str
    session: SessionId
    item: str
    language: LanguageTag


Shape = Callable[[Answer, View], Mapping[str, Any]]
"""Makes what a template shows from what a document says."""


class Views:
    """The pages of sessions, each executed once for a head and rendered once for a view."""

    def __init__(self, ledger: Ledger, shapes: Mapping[str, Shape]) -> None:
        self._ledger, self._shapes = ledger, shapes
        self._schema = make_schema()
        self._outlines: Latest[SessionId, Answer | None] = Latest(KEPT)
        self._answers: Latest[_Question, Answer | None] = Latest(KEPT)
        self._renderings: Latest[View, tuple[Answer, Rendered] | None] = Latest(KEPT)

    async def ask(self, document: str, language: LanguageTag = ENGLISH, **variables: Any) -> dict[str, Any]:
        """What a document of this folder says to a stranger."""
        context = make_context(STRANGER, self._ledger, {}, language)
        result: Any = await self._schema.execute(documents()[document], variables, context_value=context)
        if result.errors:
            raise RuntimeError(f"{document}.graphql: {result.errors}")
        return result.data

    async def head(self, session: SessionId) -> Head | None:
        """How far a session has got; null when there is none that a stranger may see."""
        outline = await self._outline(session)
        return _head(outline) if outline else None

    async def now(self, view: View) -> Rendered | None:
        """What a view shows now; null when there is no such session for it."""
        outline = await self._outline(view.session)
        return await self._shown(view, _head(outline), outline) if outline else None

    async def at(self, view: View, head: Head) -> Rendered | None:
        """What a view shows at this head or a later one; null when there is no such session for it."""
        outline = await self._outlines.get(view.session, head, lambda _: self._outline(view.session))
        return await self._shown(view, head, outline) if outline else None

    async def _shown(self, view: View, head: Head, outline: Answer) -> Rendered | None:
        item = in_focus(outline["phase"], outline["agenda"], view.item)
        document = WHEN_OVER[view.page] if not item and outline["phase"] in OVER else view.page
        what = _Question(document, view.session, item["id"] if item else "", view.language)
        answer = await self._answers.get(what, head, lambda _: self._answer(what, head))

        async def make(last: tuple[Answer, Rendered] | None) -> tuple[Answer, Rendered] | None:
            if answer is None or (last and last[0] == answer):
                return last if answer else None
            template = templates(view.language).get_template(f"{view.page}.html")
            return answer, render(template, view=view, **self._shapes[view.page](answer, view))

        made = await self._renderings.get(view, head, make)
        return made and made[1]

    async def _outline(self, session: SessionId) -> Answer | None:
        return (await self.ask("outline", session=session))["session"]

    async def _answer(self, what: _Question, head: Head) -> Answer | None:
        after = max(0, head.seq - SOME_ENTRIES)
        found = await self.ask(what.document, what.language, session=what.session, item=what.item, after=after)
        return found["session"]


def _head(outline: Answer) -> Head:
    return Head(outline["head"]["seq"], outline["head"]["reportRevision"])


@cache
def documents() -> dict[str, str]:
    """The documents of this folder by name."""
    return {path.stem: path.read_text("utf-8") for path in FOLDER.glob("*.graphql")}
