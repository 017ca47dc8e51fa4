"""The root of what can be followed: the record entry by entry, the newest report, the newest draft.

Why the standpoint is asked again on the way: a subscription lives for hours, and who is dismissed, or whose token is
revoked, must not get another entry.
"""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AbstractAsyncContextManager, aclosing, nullcontext
from dataclasses import dataclass, field
from typing import Any, TypeVar

import sqlalchemy as sa
import strawberry

from polylogue import events
from polylogue.convergence.scope import SESSION, of_dimension, of_item
from polylogue.record.payload import texts as texts_in
from polylogue.vocabulary import Audience, Dimension, ItemId, Seq, SessionId
from schema.api.agenda import ITEM
from schema.api.attendance import Presence
from schema.api.authorise import authorise
from schema.api.context import Context, Lagging, Line, Standpoint
from schema.api.convergence import ConvergenceReport, load_reports
from schema.api.details import Texts
from schema.api.drafts import Draft, load_drafts
from schema.api.errors import ApiError, ErrorCode, SubscriptionLagging
from schema.api.record import Entry, shown_line, wants
from schema.api.rows import texts_at
from schema.api.selection import selected
from schema.api.sessions import HEAD, entry_at
from schema.api.standpoint import NOWHERE, Info, Reader, revoked, standpoint_in
from schema.api.values import BEFORE_ALL, EventKind, given, is_id, shown

T = TypeVar("T")

AHEAD = 100
"""Entries whose texts are read together while a subscriber catches up."""


@shown
class Subscription:
    """What can be followed. A client that is too slow is told SUBSCRIPTION_LAGGING and from where to resume."""

    @strawberry.subscription(
        description="Every entry of a session's record after this one, once and in order: those that are there, then as"
        " they come. Of those that the viewer may read only these kinds; the others come withheld in any case. It ends"
        " with SEQ_BEYOND_HEAD when there is no such entry yet."
    )
    async def session_entries(
        self,
        info: Info,
        session_id: strawberry.ID,
        after: Seq = BEFORE_ALL,
        kinds: list[EventKind] | None = strawberry.UNSET,
    ) -> AsyncGenerator[Entry, None]:
        follower = await _follower(info.context, session_id, "sessionEntries")
        if after:  # an entry that is not there yet is a client's mistake, and waiting would hide it
            await follower.read(lambda connection, _: entry_at(connection, follower.session, after))
        detailed = "detail" in selected(info)
        wanted = None if (narrowed := given(kinds)) is None else [str(kind) for kind in narrowed]
        async with follower.here(), aclosing(_lines(info.context, follower.session, after)) as lines:
            async for line in lines:
                await follower.ready_for(line, detailed=detailed)
                if wants(wanted, line, follower.standpoint):
                    yield shown_line(line, follower.standpoint, follower.texts)

    @strawberry.subscription(
        description="The newest convergence report, then each newer one: on an item, on those that touch a dimension,"
        " or, with neither, on all."
    )
    async def convergence(
        self,
        info: Info,
        session_id: strawberry.ID,
        item_id: strawberry.ID | None = strawberry.UNSET,
        dimension: Dimension | None = strawberry.UNSET,
    ) -> AsyncGenerator[ConvergenceReport, None]:
        item, touched = given(item_id), given(dimension)
        if item is not None and touched is not None:
            raise ApiError(ErrorCode.VARIABLES_INVALID, "Ask for an item or for a dimension, not for both.")
        follower = await _follower(info.context, session_id, "convergence", item)
        scope = of_dimension(touched) if touched else of_item(ItemId(item)) if item else SESSION
        asked, known = selected(info), Seq(0)

        def newest(connection: sa.Connection, reader: Reader) -> ConvergenceReport | None:
            found = load_reports(connection, follower.session, [scope], None, asked, reader).get(scope)
            return found[-1] if found else None

        reports = info.context.follow_reports(follower.session)
        async with follower.here(), aclosing(_closable(reports)) as revisions:
            async for _ in revisions:
                report = await follower.read(newest)
                if report and report.basis > known:
                    known = report.basis
                    yield report

    @strawberry.subscription(description="An item's newest draft, then each newer one.")
    async def draft(self, info: Info, session_id: strawberry.ID, item_id: strawberry.ID) -> AsyncGenerator[Draft, None]:
        follower = await _follower(info.context, session_id, "draft", item_id)
        item, asked, known = ItemId(item_id), selected(info), 0

        def newest(connection: sa.Connection, _: Reader) -> tuple[Seq, Draft | None]:
            found = load_drafts(connection, follower.session, [item], asked, newest=True).get(item)
            return _head(connection, follower.session), found[-1] if found else None

        head, draft = await follower.read(newest)
        if draft:
            known = draft.number
            yield draft
        async with follower.here(), aclosing(_lines(info.context, follower.session, head)) as lines:
            async for line in lines:
                event = line.entry.event
                if follower.concerned_by(event) or (isinstance(event, events.DraftTabled) and event.item == item):
                    _, draft = await follower.read(newest)
                    if draft and draft.number > known:
                        known = draft.number
                        yield draft


@dataclass(slots=True)
class _Follower:
    """A viewer who follows a session: what they are in it, as last looked up, and the texts read up to an entry.

    With `given` the standpoint came with the context: it is that of a page and not of a person.
    """

    context: Context
    session: SessionId
    action: str
    given: bool
    standpoint: Standpoint = NOWHERE
    texts: Texts = field(default_factory=dict[Any, Any])
    upto: Seq = Seq(0)

    def concerned_by(self, event: events.Event) -> bool:
        """Whether the event changes what the viewer is in the session."""
        person = self.context.principal.person
        return isinstance(event, events.PersonAdmitted | events.PersonDismissed) and event.person == person

    def here(self) -> AbstractAsyncContextManager[None]:
        """Somebody of the seats that the viewer holds is there while the block lasts."""
        presence: Presence | None = self.context.services.get("presence")
        return presence.here(self.session, self.standpoint.seats) if presence and not self.given else nullcontext()

    async def read(self, body: Any) -> Any:
        """Read with the standpoint of now, looked up in the same snapshot; raises ApiError once there is none left."""
        principal = self.context.principal

        def looked_up(connection: sa.Connection) -> tuple[Standpoint, Any]:
            if self.given:
                mine = self.standpoint
            else:
                mine = NOWHERE if revoked(connection, principal) else standpoint_in(connection, principal, self.session)
            if not authorise(principal, mine, self.action):
                raise _unknown()
            return mine, body(connection, Reader(mine, self.context.language, self.context.now()))

        self.standpoint, found = await self.context.read(looked_up)
        return found

    async def ready_for(self, line: Line, *, detailed: bool) -> None:
        """Look up what showing a line takes: its texts, and the standpoint again where it matters whose it is."""
        if line.seq <= self.upto:  # the standpoint was looked up after this entry
            return
        worded = detailed and texts_in(line.entry.event)
        if line.visibility.to is Audience.ALL and not worded and not self.concerned_by(line.entry.event):
            return

        def body(connection: sa.Connection, _: Reader) -> tuple[Texts, Seq]:
            upto = min(_head(connection, self.session), Seq(line.seq + AHEAD - 1))
            return texts_at(connection, self.session, range(line.seq, upto + 1)) if detailed else {}, upto

        self.texts, self.upto = await self.read(body)


async def _follower(context: Context, session: str, action: str, item: str | None = None) -> _Follower:
    """The viewer as a follower; raises ApiError when there is no such session or item, or none that is for them."""
    if not is_id(session):
        raise _unknown()
    if item is not None and not is_id(item):
        item = ""  # there is none of this id, and who may not see the session is not told so
    id = SessionId(session)
    follower = _Follower(context, id, action, id in context.standpoints, context.standpoints.get(id, NOWHERE))

    def there(connection: sa.Connection, _: Reader) -> bool:
        query = sa.select(ITEM.id).where(ITEM.session == id, ITEM.id == item)
        return item is None or connection.execute(query).first() is not None

    if not await follower.read(there):
        raise ApiError(ErrorCode.UNKNOWN_REFERENCE, "There is no such item in this session; look at `itemId`.")
    return follower


def _unknown() -> ApiError:
    message = "There is no such session, or you have no part in it; look at `sessionId`."
    return ApiError(ErrorCode.UNKNOWN_REFERENCE, message)


def _head(connection: sa.Connection, session: SessionId) -> Seq:
    return Seq(connection.execute(sa.select(HEAD.seq).where(HEAD.session == session)).scalar_one_or_none() or 0)


async def _lines(context: Context, session: SessionId, after: Seq) -> AsyncGenerator[Line, None]:
    try:
        async with aclosing(_closable(context.follow(session, after))) as lines:
            async for line in lines:
                yield line
    except Lagging as lagging:
        raise SubscriptionLagging(lagging.seq) from None


async def _closable(values: AsyncIterator[T]) -> AsyncGenerator[T, None]:
    """An iterator that ends when its reader goes, whatever it is made of."""
    try:
        async for value in values:
            yield value
    finally:
        if close := getattr(values, "aclose", None):
            await close()
