"""What a viewer is in a session, by what they were admitted to; who is nothing there does not learn that it exists.

Why asked of the present, even for a reader of the past: who may look is decided now.
"""

import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
import strawberry

from polylogue.occasion import Visibility
from polylogue.vocabulary import Audience, Instant, LanguageTag, Role, SeatCode, SessionId
from schema import tables
from schema.api.context import Context, Principal, Standpoint
from schema.api.values import is_id
from schema.columns import columns

Info = strawberry.Info[Context, None]

SESSION, ADMISSION, TOKEN = columns(tables.Session), columns(tables.Admission), columns(tables.Token)

NOWHERE = Standpoint()
OF_THE_SITE = frozenset((Role.ORGANISER, Role.WORKER))
"""Roles of the site that see what is public in every session, and by themselves nothing private."""


@dataclass(frozen=True, slots=True)
class Reader:
    """In whose eyes a session is loaded: what they are in it, the language they read, the time; and whether it is the
    session of now, not of a moment in the past.
    """

    standpoint: Standpoint
    language: LanguageTag
    now: Instant
    of_now: bool = True

    def may_see(self, seat: SeatCode) -> bool:
        """Whether what is for a seat, the chair and facilitators is for this reader."""
        return self.standpoint.may_read(Visibility(Audience.SEATS, (seat,)))

    @property
    def officer(self) -> bool:
        return self.standpoint.may_read(Visibility(Audience.OFFICERS))


def visible(principal: Principal, *more: Any) -> Any:
    """Selects the sessions that a principal may see, with `public`, `roles` and `seats` for `standpoint_of`."""
    mine = sa.and_(ADMISSION.session == SESSION.id, ADMISSION.person == principal.person)
    query = sa.select(SESSION.public, ADMISSION.roles, ADMISSION.seats, *more).select_from(
        SESSION.id.table.outerjoin(ADMISSION.session.table, mine)
    )
    if principal.site_roles & OF_THE_SITE:
        return query
    return query.where(sa.or_(SESSION.public, ADMISSION.session.is_not(None)))


def standpoint_of(principal: Principal, row: Any) -> Standpoint:
    """What the principal is in the session of a row of `visible`."""
    admitted = frozenset(map(Role, json.loads(row.roles or "[]")))
    roles = admitted | (principal.site_roles & OF_THE_SITE)
    if row.public and not admitted:
        roles |= {Role.PUBLIC}
    return Standpoint(roles, frozenset(json.loads(row.seats or "[]")))


def standpoint_in(connection: sa.Connection, principal: Principal, session: SessionId) -> Standpoint:
    """What the principal is in a session: nothing, if there is none of that id or they may not see it."""
    if not is_id(session):
        return NOWHERE
    row = connection.execute(visible(principal).where(SESSION.id == session)).first()
    return standpoint_of(principal, row) if row else NOWHERE


async def standpoint(info: Info, session: SessionId) -> Standpoint:
    """The viewer's standpoint in a session; asked of the database once an operation."""
    known = info.context.standpoints
    if session not in known:
        principal = info.context.principal
        known[session] = await info.context.read(lambda c: standpoint_in(c, principal, session))
    return known[session]


def revoked(connection: sa.Connection, principal: Principal) -> bool:
    """Whether the token by which the principal came has been taken back since."""
    if principal.token is None:
        return False
    alive = sa.select(TOKEN.hash).where(TOKEN.hash == principal.token, TOKEN.revoked_at.is_(None))
    return connection.execute(alive).first() is None
