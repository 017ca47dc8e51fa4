"""Views: the page that somebody who stands thus in a session is shown at a head.

Why a view names no person: two viewers with the same view see the same bytes, so nothing personal can reach another by
mistake, and what is made for one is made for all. A page is a GraphQL document, executed as its viewer may query, and a
template for the answer.
"""

import asyncio
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from strawberry.types.graphql import OperationType

from ledger.ledger import Ledger
from polylogue.vocabulary import LanguageTag, SeatCode, SessionId
from schema.api.context import Context, Principal, Standpoint
from schema.api.schema import make_schema
from server.console.focus import OVER, in_focus
from server.console.latest import Head, Latest
from server.console.live import Rendered, render
from server.console.pages import EVERYBODY, HOSTS, TICK, Answer, Page, View
from server.console.precedence import Precedence
from server.console.sent import Sent
from server.console.templates import templates
from server.console.wordings import named
from server.context import ENGLISH, make_context

FOLDER = Path(__file__).resolve().parent
STRANGER = Principal()
SOME_ENTRIES = 16
"""Entries from the end of the record that a page asks for; it shows the last few that its viewer may read."""
KEPT = 256
"""Renderings and answers kept at most."""
MOMENT = 1.0
"""Seconds for which a page is good that shows what changes with time alone."""
READS = {OperationType.QUERY}
WORDED = re.compile(r"\b(title|name|availableMoves)\b")
"""Fields that are answered in the words of a language; a document without them is asked once for readers of all."""


class _Question(NamedTuple):
    """What several views may ask together; without a language, in the same words for all."""

    document: str
    session: SessionId
    item: str
    language: LanguageTag | None
    standpoint: Standpoint
    seat: SeatCode | None


class Views:
    """The pages of sessions, each executed once for a head and rendered once for a view. `services` is what the schema
    knows by name; with `away` phones cannot reach the address that stands on cards.
    """

    def __init__(
        self, ledger: Ledger, pages: Mapping[str, Page], services: Mapping[str, Any], *, away: bool = False
    ) -> None:
        self._ledger, self._pages, self._services = ledger, pages, services
        self._schema, self._away = make_schema(), away
        self._outlines: Latest[SessionId, Answer | None] = Latest(KEPT)
        self._answers: Latest[_Question, Answer | None] = Latest(KEPT)
        self._renderings: Latest[View, tuple[Answer, Rendered] | None] = Latest(KEPT)
        self._precedence = Precedence()

    async def ask(
        self,
        document: str,
        language: LanguageTag = ENGLISH,
        principal: Principal = STRANGER,
        standpoints: Mapping[SessionId, Standpoint] | None = None,
        **variables: Any,
    ) -> dict[str, Any]:
        """What a document of this folder says to a principal, by default a stranger who stands as is given."""
        context = make_context(principal, self._ledger, self._services, language)
        context.standpoints.update(standpoints or {})
        return await self.ask_in(context, document, **variables)

    async def ask_in(self, context: Context, document: str, **variables: Any) -> dict[str, Any]:
        """What a document of this folder says in a context."""
        result: Any = await self._schema.execute(
            documents()[document], variables, context_value=context, allowed_operation_types=READS
        )
        if result.errors:
            raise RuntimeError(f"{document}.graphql: {result.errors}")
        return result.data

    def page(self, view: View) -> Page:
        """The page that a view is of."""
        return self._pages[view.page]

    async def head(self, session: SessionId) -> Head | None:
        """How far a session has got; null when there is none."""
        outline = await self._outline(session)
        return _head(outline) if outline else None

    async def now(self, view: View) -> Rendered | None:
        """What a view shows now; null when there is no such session."""
        outline = await self._outline(view.session)
        found = await self._shown(view, _head(outline), outline) if outline else None
        return found and found[1]

    async def at(self, view: View, head: Head) -> Rendered | None:
        """What a view shows at this head or a later one; null when there is no such session."""
        outline = await self._outlines.get(view.session, head, lambda _: self._outline(view.session))
        found = await self._shown(view, head, outline) if outline else None
        return found and found[1]

    async def told(self, view: View, sent: Sent) -> str | None:
        """The whole page with an answer to what its reader has just sent: made for them alone, and kept up to date as
        the others are.
        """
        outline = await self._outline(view.session)
        found = await self._shown(view, _head(outline), outline) if outline else None
        if found is None:
            return None
        answer, usual = found
        return self._rendered(view, answer, sent).html(usual.shows)

    async def _shown(self, view: View, head: Head, outline: Answer) -> tuple[Answer, Rendered] | None:
        page = self._pages[view.page]
        moment = int(asyncio.get_running_loop().time() / MOMENT) if page.timely else 0
        item = in_focus("" if page.about_seat else outline["phase"], outline["agenda"], view.item)
        document = page.over if page.over and not item and outline["phase"] in OVER else page.document
        number = item["id"] if item else ""
        what = _Question(document, view.session, number, view.language, view.standpoint, view.seat)
        now = head._replace(moment=moment)

        async def make(last: tuple[Answer, Rendered] | None) -> tuple[Answer, Rendered] | None:
            async with self._precedence.at_once() if page.every <= TICK else self._precedence.in_turn():
                answer = await self._answers.get(what, now, lambda _: self._answer(what, now))
                if page.room and answer is not None:
                    shared = what._replace(document=page.room, standpoint=EVERYBODY, seat=None)
                    room = await self._answers.get(shared, head, lambda _: self._answer(shared, head))
                    answer = {**answer, "room": room} if room is not None else None
                if answer is None or (last and last[0] == answer):
                    return last if answer else None
                return answer, self._rendered(view, answer, before=last[1] if last else None)

        return await self._renderings.get(view, now, make)

    def _rendered(
        self, view: View, answer: Answer, sent: Sent | None = None, before: Rendered | None = None
    ) -> Rendered:
        template = templates(view.language).get_template(f"{view.page}.html")
        values = {"view": view, "sent": sent, "places": self.places, "away": self._away}
        values["signed_in"] = view.standpoint != EVERYBODY
        return render(template, before, **values, **self._pages[view.page].shape(answer, view))

    def places(self, standpoint: Standpoint) -> list[str]:
        """The pages that are open to somebody who stands thus."""
        return [name for name, page in self._pages.items() if page.admits(standpoint)]

    async def _outline(self, session: SessionId) -> Answer | None:
        return (await self.ask("outline", standpoints={session: EVERYBODY}, session=session))["session"]

    async def _answer(self, what: _Question, head: Head) -> Answer | None:
        if what.language and not WORDED.search(documents()[what.document]):
            same = what._replace(language=None)
            answer = await self._answers.get(same, head, lambda _: self._answer(same, head))
            return answer and named(answer, what.language)
        found = await self.ask(
            what.document,
            what.language or ENGLISH,
            standpoints={what.session: what.standpoint},
            session=what.session,
            item=what.item,
            after=max(0, head.seq - SOME_ENTRIES),
            seat=what.seat,
            host=bool(what.standpoint.roles & HOSTS),
        )
        session = found.pop("session")
        return session and {**found, **session}


def _head(outline: Answer) -> Head:
    return Head(outline["head"]["seq"], outline["head"]["reportRevision"])


@cache
def documents() -> dict[str, str]:
    """The documents of this folder by name."""
    return {path.stem: path.read_text("utf-8") for path in FOLDER.glob("*.graphql")}
