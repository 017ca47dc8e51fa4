"""The record of a session, read from the database for a reader of its minutes, and the forms that minutes have.

Why the rights of the API: what the minutes tell of an entry is for those who may read the entry, and for nobody else.
"""

import json
from collections.abc import Callable

import sqlalchemy as sa

from polylogue.minutes.account import Account, Noted
from polylogue.minutes.html import html
from polylogue.minutes.markdown import markdown
from polylogue.minutes.page import Minutes
from polylogue.record.envelope import entry_of
from polylogue.vocabulary import SessionId
from schema.api.context import Principal, Standpoint
from schema.api.rows import EVENT, texts_at
from schema.api.standpoint import standpoint_in

MARKDOWN, HTML = "md", "html"

WRITERS: dict[str, Callable[[Minutes], str]] = {MARKDOWN: markdown, HTML: html}


def account(connection: sa.Connection, session: SessionId, reader: Standpoint) -> Account | None:
    """The record of a session for a reader; null where there is none.

    Raises ValueError where the record cannot be read by this software.
    """
    query = sa.select(EVENT.stored).where(EVENT.session == session).order_by(EVENT.seq)
    noted = tuple(_noted(stored, reader) for stored in connection.execute(query).scalars())
    if not noted:
        return None
    told = texts_at(connection, session, [each.entry.seq for each in noted if each.readable])
    return Account(noted, {place: text.text for place, text in told.items() if text.text is not None})


def visible_account(connection: sa.Connection, principal: Principal, session: SessionId) -> Account | None:
    """The record of a session for a principal; null where there is none that they may see."""
    reader = standpoint_in(connection, principal, session)
    return account(connection, session, reader) if reader.roles else None


def _noted(stored: bytes, reader: Standpoint) -> Noted:
    line = json.loads(stored)
    entry, seen = entry_of(line)
    return Noted(entry, seen, line["command"], reader.may_read(seen))
