"""The root of what can be read: who one is, the sessions one may see, the rules there are.

Why the root reads: everything below a session comes from one snapshot, of the present or of an earlier entry.
"""

import asyncio
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
import strawberry
from strawberry import UNSET

from polylogue.vocabulary import Instant, ItemId, PersonId, Role, SeatCode, Seq, SessionId, SessionPhase
from schema.api.authorise import authorise
from schema.api.consultations import Consultation, load_consultation, load_consultations
from schema.api.context import Context, Read
from schema.api.convergence import ConvergenceReport
from schema.api.errors import ApiError, ErrorCode
from schema.api.invitations import GivenCard, Invitation, invitation, join_cards
from schema.api.pages import Connection, page, page_size, place
from schema.api.rulesets import RuleSet, on_the_shelf
from schema.api.selection import Selection, selected, together
from schema.api.sessions import Session, entry_at, load_session
from schema.api.standpoint import ADMISSION, OF_THE_SITE, SESSION, Info, Reader, standpoint, standpoint_of, visible
from schema.api.values import given, is_id, shown
from schema.api.what_if import MOST_AT_ONCE, SupposedStance, Turns, newest_report, what_if

AsOfFactory = Callable[[SessionId, Seq], Read]
"""The service `as_of`: reads a session as it stood after an entry, from the same tables up to there."""

_NEWEST_FIRST = (SESSION.scheduled_at.desc(), SESSION.id.desc())


@shown
class Admission:
    """What a person is in a session."""

    session: Session
    roles: list[Role]
    seats: list[SeatCode]


@shown
class Viewer:
    """Who the token is: a pseudonymous person (null for strangers), what they are on this site, and the sessions to
    which they are admitted, newest first.
    """

    person: PersonId | None
    site_roles: list[Role]
    sessions: list[Admission]


@strawberry.input(
    one_of=True,
    description="A moment of a session: an entry of its record, which must be there, or a time; after the last entry"
    " that is the present.",
)
class AsOf:
    seq: Seq | None = UNSET
    time: Instant | None = UNSET


@shown
class Query:
    """What can be read."""

    @strawberry.field(description="Who this token is.")
    async def me(self, info: Info) -> Viewer:
        context, asked = info.context, selected(info)
        admissions = await context.read(lambda c: _admissions(c, context, asked)) if "sessions" in asked else []
        principal = context.principal
        return Viewer(person=principal.person, site_roles=_in_order(principal.site_roles), sessions=admissions)

    @strawberry.field(
        description="A session as it stands, or as it stood at a moment. Null when there is none of this id, when the"
        " viewer may not see it, and when it had not begun."
    )
    async def session(self, info: Info, id: strawberry.ID, as_of: AsOf | None = UNSET) -> Session | None:
        context, session, asked, moment = info.context, SessionId(id), selected(info), given(as_of)
        if not is_id(id):
            return None
        if moment is None and session not in context.standpoints:
            return await context.read(lambda c: _visible(c, session, asked, context))
        mine = await standpoint(info, session)
        if not authorise(context.principal, mine, "session"):
            return None
        read = await _past(context, session, moment) if moment else context.read
        reader = Reader(mine, context.language, context.now(), of_now=moment is None)
        return await read(lambda c: _given(c, session, asked, reader)) if read else None

    @strawberry.field(description="The sessions that the viewer may see, newest first; at most 200 at once.")
    async def sessions(
        self, info: Info, phase: SessionPhase | None = UNSET, first: int = 20, after: str | None = UNSET
    ) -> Connection[Session]:
        context, known, asked = info.context, place(given(after), 2), selected(info)

        def body(connection: sa.Connection) -> tuple[list[Session], int]:
            query = _listing(context, given(phase))
            total = 0
            if "totalCount" in asked:
                total = connection.execute(sa.select(sa.func.count()).select_from(query.subquery())).scalar_one()
            if known:
                query = query.where(sa.tuple_(SESSION.scheduled_at, SESSION.id) < known)
            rows = connection.execute(query.order_by(*_NEWEST_FIRST).limit(page_size(first) + 1)).all()
            fields = together(asked.below("nodes"), asked.below("edges").below("node"))
            return [_loaded(connection, row, fields, context) for row in rows], total

        sessions, total = await context.read(body)
        return page(sessions, first, total, lambda session: (session.scheduled_at, session.id))

    @strawberry.field(
        description="The report that an item would have with other stances than those of its newest report; null when"
        " there is none yet, and when there is no such session or the viewer has no part in it. Nothing is kept of it."
        " What stands beside the report stays as it was."
    )
    async def what_if(
        self, info: Info, session_id: strawberry.ID, item_id: strawberry.ID, moves: list[SupposedStance]
    ) -> ConvergenceReport | None:
        context, session = info.context, SessionId(session_id)
        mine = await standpoint(info, session)
        if not authorise(context.principal, mine, "whatIf") or not is_id(item_id):
            return None
        context.supposed += 1
        if context.supposed > MOST_AT_ONCE:
            raise ApiError(ErrorCode.VARIABLES_INVALID, f"At most {MOST_AT_ONCE} reports can be supposed at once.")
        reader, draw = Reader(mine, context.language, context.now()), "pictures" in selected(info)
        turns: Turns = context.services["turns"]
        async with turns.turn():
            row = await context.read(lambda c: newest_report(c, session, ItemId(item_id)))
            return await asyncio.to_thread(what_if, row, moves, reader, draw=draw) if row else None

    @strawberry.field(
        description="A public consultation; null when there is none of this id, or the viewer may not see it. One"
        " beside a session is for who may see the session, one beside none for who has a token."
    )
    async def consultation(self, info: Info, id: strawberry.ID) -> Consultation | None:
        principal, asked = info.context.principal, selected(info)
        return await info.context.read(lambda c: load_consultation(c, principal, id, asked))

    @strawberry.field(
        description="The public consultations that the viewer may see, those beside one session if it is named, the"
        " newest import first; at most 20 at once."
    )
    async def consultations(
        self, info: Info, session_id: strawberry.ID | None = UNSET, first: int = 20, after: str | None = UNSET
    ) -> Connection[Consultation]:
        principal, asked, session = info.context.principal, selected(info), given(session_id)
        beside = None if session is None else SessionId(session)
        return await info.context.read(lambda c: load_consultations(c, principal, beside, first, given(after), asked))

    @strawberry.field(
        description="Who the holder of a join card's code would be, before it is redeemed. Wrong codes are counted."
    )
    async def invitation(self, info: Info, code: str) -> Invitation:
        return await invitation(info, code)

    @strawberry.field(
        description="The join cards given out for a session, for who may give out more; null for others. No code is"
        " among them: it was shown once."
    )
    async def join_cards(self, info: Info, session_id: strawberry.ID) -> list[GivenCard] | None:
        return await join_cards(info, SessionId(session_id))

    @strawberry.field(description="The rule sets by which a session can be scheduled.")
    def rule_sets(self) -> list[RuleSet]:
        return list(on_the_shelf())

    @strawberry.field(description="The server's time, so that clients can show timers without polling.")
    def server_time(self, info: Info) -> Instant:
        return info.context.now()


def _listing(context: Context, phase: SessionPhase | None = None) -> sa.Select[Any]:
    query = visible(context.principal, *SESSION)
    return query if phase is None else query.where(SESSION.phase == phase.value)


def _admissions(connection: sa.Connection, context: Context, asked: Selection) -> list[Admission]:
    if context.principal.person is None:
        return []
    fields = asked.below("sessions").below("session")
    query = _listing(context).where(ADMISSION.session.is_not(None)).order_by(*_NEWEST_FIRST)
    found: list[Admission] = []
    for row in connection.execute(query).all():
        mine = standpoint_of(context.principal, row)
        session = _loaded(connection, row, fields, context)
        found.append(Admission(session=session, roles=_in_order(mine.roles - OF_THE_SITE), seats=sorted(mine.seats)))
    return found


def _in_order(roles: frozenset[Role]) -> list[Role]:
    return sorted(roles, key=list(Role).index)


def _visible(connection: sa.Connection, session: SessionId, asked: Selection, context: Context) -> Session | None:
    """The session, if the principal may see it; who they are and what they see come from one snapshot."""
    row = connection.execute(_listing(context).where(SESSION.id == session)).first()
    return _loaded(connection, row, asked, context) if row else None


def _given(connection: sa.Connection, session: SessionId, asked: Selection, reader: Reader) -> Session | None:
    """The session for a standpoint that is known already."""
    row = connection.execute(sa.select(*SESSION).where(SESSION.id == session)).first()
    return load_session(connection, row, asked, reader) if row else None


def _loaded(connection: sa.Connection, row: Any, asked: Selection, context: Context) -> Session:
    """A session from its row of `visible`."""
    mine = standpoint_of(context.principal, row)
    return load_session(connection, row, asked, Reader(mine, context.language, context.now()))


async def _past(context: Context, session: SessionId, moment: AsOf) -> Read | None:
    """How the session is read as it stood; null when it had not begun."""
    at: Seq | Instant = moment.seq if isinstance(moment.seq, int) else moment.time  # type: ignore[assignment]
    seq = await context.read(lambda connection: entry_at(connection, session, at))
    as_of: AsOfFactory = context.services["as_of"]
    return as_of(session, seq) if seq else None
