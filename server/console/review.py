"""The record of a session as a list to be searched, with what moved the figures, what the audit says, and files.

Why not kept up to date like other pages: whoever reads an old entry should not have it move away under their eyes.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath
from litestar.response import Redirect
from litestar.status_codes import HTTP_303_SEE_OTHER

from ledger.ledger import Ledger
from polylogue.minutes.account import Account
from polylogue.minutes.listing import Listed, listing
from polylogue.vocabulary import Hash, LanguageTag, SessionId
from schema.api.context import Standpoint
from schema.api.rows import EVENT
from server.console.alphabets import names_in_order
from server.console.checks import Checks
from server.console.forms import is_number
from server.console.latest import Head, Latest
from server.console.pages import EVERYBODY, HOLDERS, READERS, Answer, View, languages
from server.console.search import LONGEST_NUMBER, Search, found, page_with, search_of
from server.console.site import HTML, Ask, Site, forged, plain, turned_away
from server.console.turns import turns
from server.console.wordings import chosen
from server.exports.minutes import account

NAME = "review"
KEPT = 16
"""Lists of records kept at most, of those that were asked for last."""


def for_all(standpoint: Standpoint) -> Standpoint | None:
    """A page for whoever may see the session, each with what they may read."""
    mine = standpoint.roles & (READERS | HOLDERS)
    return Standpoint(mine, standpoint.seats) if mine else EVERYBODY if standpoint.roles else None


@dataclass(frozen=True, slots=True)
class Record:
    """A record as a reader may read it, and its leaf hashes by entry."""

    listed: tuple[Listed | None, ...]
    leaves: Mapping[int, Hash]


class Records:
    """The records that somebody reads, each put into words once for a head and a reader's rights."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._kept: Latest[tuple[SessionId, Standpoint, LanguageTag], Record] = Latest(KEPT)
        self._one_at_a_time = asyncio.Lock()

    async def of(self, session: SessionId, reader: Standpoint, language: LanguageTag, head: Head) -> Record:
        async def make(_: Record | None) -> Record:
            async with self._one_at_a_time:
                told, leaves = await self._ledger.read(lambda connection: _read(connection, session, reader))
                return Record(await asyncio.to_thread(listing, told, language), leaves)

        return await self._kept.get((session, reader, language), head, make)


def _read(connection: sa.Connection, session: SessionId, reader: Standpoint) -> tuple[Account, dict[int, Hash]]:
    told = account(connection, session, reader)
    if told is None:
        raise NotFoundException
    leaves = connection.execute(sa.select(EVENT.seq, EVENT.leaf).where(EVENT.session == session))
    return told, {seq: Hash(leaf.hex()) for seq, leaf in leaves}


def review(session: Answer, view: View, record: Record, search: Search) -> dict[str, Any]:
    """The values of the page's template."""
    preferred = languages(session, view)
    agenda = [(each, chosen(each["titles"], preferred)) for each in session["agenda"]]
    return {
        "session": session,
        "names": names_in_order(session["delegations"], view.language),
        "agenda": agenda,
        "turns": next((turns(each) for each in session["agenda"] if each["number"] == search.item), ()),
        "search": search,
        "found": found(record.listed, record.leaves, search),
        "withheld": sum(each is None for each in record.listed),
        "texts": preferred,
        "may_check": bool(view.standpoint.roles & READERS),
    }


def unasked(session: Answer, _: View) -> dict[str, Any]:
    """The page by itself shows nothing: it has handlers of its own."""
    return {"session": session}


def review_handlers(site: Site) -> list[BaseRouteHandler]:
    """The page, and having the record checked."""
    records, checks = Records(site.parts.ledger), Checks()

    @get("/s/{session:str}/review", media_type=HTML, include_in_schema=False, name=NAME)
    async def page(request: Ask, session: FromPath[str]) -> Response[Any]:
        visitor = await site.visitor(request)
        standpoint, query = await site.standing(visitor, session), dict(request.query_params)
        view = site.view(NAME, session, standpoint, {}, visitor.language)
        head = view and await site.views.head(view.session)
        if not view or not head:
            return turned_away(request, visitor, standpoint)
        named = query.get("entry", "").strip()
        if is_number(named, LONGEST_NUMBER) and 0 < (entry := int(named)) <= head.seq:
            return Redirect(f"{view.address}?after={page_with(entry)}#entry-{entry}", status_code=HTTP_303_SEE_OTHER)
        asked = await site.views.ask(
            NAME, view.language, standpoints={view.session: view.standpoint}, session=view.session
        )
        answer = asked["session"]
        seats, items = [each["code"] for each in answer["delegations"]], [each["number"] for each in answer["agenda"]]
        search = search_of(query, seats, items)
        record = await records.of(view.session, view.standpoint, view.language, head)
        values = review(answer, view, record, search)
        may_check = values["may_check"]
        return plain(
            request, NAME, view.language, view=view, signed_in=visitor.known, places=site.views.places, sent=None,
            nowhere=named[:LONGEST_NUMBER], head=head.seq,
            checked=checks.last(view.session) if may_check else None, **values,
        )  # fmt: skip

    @post("/s/{session:str}/review/check", include_in_schema=False, name="review-check")
    async def check(request: Ask, session: FromPath[str]) -> Response[Any]:
        visitor = await site.visitor(request)
        standpoint = await site.standing(visitor, session)
        if not site.ours(request):
            return forged(request, visitor, {})
        view = site.view(NAME, session, standpoint, {}, visitor.language)
        if not view or not view.standpoint.roles & READERS:
            return turned_away(request, visitor, standpoint)
        await checks.check(view.session)
        return Redirect(f"{view.address}#check", status_code=HTTP_303_SEE_OTHER)

    return [page, check]
