"""The papers of a session's items, read from the database for a viewer, or for who has the host.

Why two ways in: over HTTP a session that the viewer may not see is as if there were none; the host's operator has it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from polylogue.drafting.paper import Paper
from polylogue.vocabulary import ItemId, LanguageTag, SessionId
from schema import tables
from schema.api.context import Principal
from schema.api.naming import load_names
from schema.api.papers import load_papers
from schema.api.standpoint import SESSION, visible
from schema.api.values import is_id
from schema.columns import columns

NUMBER = re.compile(r"[0-9]{1,4}")
"""An item's number as it is written."""

_ITEM = columns(tables.AgendaItem)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item is: its session, its id, its number on the agenda."""

    session: SessionId
    item: ItemId
    number: int


def paper_at(connection: sa.Connection, place: Place) -> Paper:
    """The paper of an item that there is."""
    return load_papers(connection, place.session, [place.item], load_names(connection, place.session))[place.item]


def visible_paper(connection: sa.Connection, principal: Principal, session: SessionId, number: int) -> Paper | None:
    """The paper of an item by its number; null when there is none that the principal may see."""
    if not is_id(session) or connection.execute(visible(principal).where(SESSION.id == session)).first() is None:
        return None
    found = places(connection, session)
    return paper_at(connection, found[number]) if number in found else None


def places(connection: sa.Connection, session: SessionId) -> Mapping[int, Place]:
    """The items of a session by their numbers; none where there is no such session."""
    query = sa.select(_ITEM.session, _ITEM.id, _ITEM.number).where(_ITEM.session == session).order_by(_ITEM.number)
    return {row.number: Place(row.session, row.id, row.number) for row in connection.execute(query)}


def place_of(connection: sa.Connection, item: str) -> Place | None:
    """Where the item of an id is."""
    query = sa.select(_ITEM.session, _ITEM.id, _ITEM.number).where(_ITEM.id == item)
    row = connection.execute(query).first()
    return Place(row.session, row.id, row.number) if row else None


def languages(paper: Paper) -> tuple[LanguageTag, ...]:
    """The session's languages, and all others in which the item has a title or a clause a version."""
    said = (*paper.titles, *(each for clause in paper.clauses for each in clause.present.versions))
    return tuple(dict.fromkeys((*paper.languages, *sorted(each.language for each in said))))
