"""What is to be kept of a session as a file: its record, line by line, and its figures.

Why lines that say of what is withheld only the place and the leaf hash: whoever has the file can compute the root of
the tree from it, whatever they may read.
"""

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import sqlalchemy as sa
from litestar import Request, Response, get
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath
from litestar.response import Stream

from ledger.ledger import Ledger
from polylogue.record.envelope import read_seen
from polylogue.vocabulary import SessionId
from schema.api.context import Standpoint
from schema.api.errors import AuthenticationError
from schema.api.rows import EVENT, texts_at
from schema.api.standpoint import standpoint_in
from server.console.site import Site
from server.console.speaking import language_of
from server.exports.readers import reader_of
from server.exports.routes import KEEP_OUT, nobody, sentence

AT_ONCE = 500
"""Entries that are read together."""
NOTHING_HERE = "There is no such session here."
LINES = "application/jsonl"
REFUSED: dict[int | type[Exception], Any] = {AuthenticationError: nobody}


def downloads_handlers(site: Site) -> list[BaseRouteHandler]:
    """The files."""
    parts = site.parts

    async def standing(request: Request[Any, Any, Any], session: str) -> Standpoint:
        principal = await reader_of(request, parts.access)
        return await parts.ledger.read(lambda connection: standpoint_in(connection, principal, SessionId(session)))

    @get("/s/{session:str}/record.jsonl", include_in_schema=False, name="record-lines", exception_handlers=REFUSED)
    async def record(request: Request[Any, Any, Any], session: FromPath[str]) -> Response[Any] | Stream:
        reader = await standing(request, session)
        head = await site.views.head(SessionId(session)) if reader.roles else None
        if not head:
            return sentence(NOTHING_HERE, 404)
        told = lines(parts.ledger, SessionId(session), reader, head.seq)
        return Stream(told, media_type=LINES, headers={**KEEP_OUT, **_kept_as(f"record-{session[:8]}.jsonl")})

    @get("/s/{session:str}/figures.json", include_in_schema=False, name="figures-file", exception_handlers=REFUSED)
    async def figures(request: Request[Any, Any, Any], session: FromPath[str]) -> Response[Any]:
        reader = await standing(request, session)
        if not reader.roles:
            return sentence(NOTHING_HERE, 404)
        id = SessionId(session)
        found = await site.views.ask("figures", language_of(request), standpoints={id: reader}, session=id)
        content = json.dumps(found["session"], ensure_ascii=False, indent=1) + "\n"
        headers = {**KEEP_OUT, **_kept_as(f"figures-{session[:8]}.json")}
        return Response(content, media_type="application/json", headers=headers)

    return [record, figures]


async def lines(ledger: Ledger, session: SessionId, reader: Standpoint, head: int) -> AsyncIterator[str]:
    """The record up to an entry, a JSON object a line: what is hashed (`canonical`) with its texts, or that it is
    withheld.
    """
    for after in range(0, head, AT_ONCE):
        up_to = min(after + AT_ONCE, head)
        yield "".join(await ledger.read(lambda c, a=after, b=up_to: list(_lines(c, session, reader, a, b))))


def _lines(connection: sa.Connection, session: SessionId, reader: Standpoint, after: int, up_to: int) -> Iterator[str]:
    query = sa.select(EVENT.seq, EVENT.leaf, EVENT.stored).order_by(EVENT.seq)
    found = connection.execute(query.where(EVENT.session == session, EVENT.seq > after, EVENT.seq <= up_to)).all()
    readable = {seq for seq, _, stored in found if reader.may_read(read_seen(stored)[1])}
    texts: dict[int, list[dict[str, str | None]]] = {seq: [] for seq in readable}
    for (seq, pointer), text in texts_at(connection, session, readable).items():
        texts[seq].append({"pointer": pointer, "language": text.language, "text": text.text})
    for seq, leaf, stored in found:
        line: dict[str, Any] = {"seq": seq, "leafHash": leaf.hex()}
        line |= {"canonical": stored.decode(), "texts": texts[seq]} if seq in readable else {"withheld": True}
        yield json.dumps(line, ensure_ascii=False) + "\n"


def _kept_as(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
