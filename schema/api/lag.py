"""How far what is computed is behind the record.

Why shown: a worker that has died is then seen as lateness, and not as silence.
"""

from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa

from polylogue import events
from polylogue.record import envelope
from polylogue.vocabulary import Instant, Seq, SessionId
from schema import tables
from schema.api.agenda import ITEM
from schema.api.rows import EVENT
from schema.api.selection import Selection
from schema.api.standpoint import Reader
from schema.api.values import NOT_ASKED, shown
from schema.columns import columns

PROGRESS, FAILURE = columns(tables.Progress), columns(tables.Failure)

FEEDS = (
    events.SessionScheduled,
    events.ItemAdded,
    events.StancesStated,
    events.ProvisionProposed,
    events.ProvisionWithdrawn,
    events.AlternativeProposed,
    events.BracketClosed,
    events.BracketReopened,
    events.AmendmentAccepted,
    events.DraftTabled,
    events.CandidateTaken,
    events.VersionProvided,
    events.CallClosed,
    events.EntryCorrected,
    events.TextCleaned,
)
"""Events that may feed figures: the kinds with which the fold moves an item's `input_seq`."""

READ_AT_ONCE = 50


@shown
class WorkFailure:
    """A work that failed; `parked` until an operator or another build of the software frees it."""

    work: str
    attempts: int
    failed_at: Instant
    retry_at: Instant | None
    parked: bool


@shown
class WorkerLag:
    """How far computed figures are behind the record: entries between what was last computed and what feeds it, on the
    item that is furthest behind, and seconds since its first entry that is not computed. `failures` are for officers;
    others see none.
    """

    events: int
    seconds: int = NOT_ASKED
    failures: list[WorkFailure] = NOT_ASKED


def load_lag(connection: sa.Connection, session: SessionId, reader: Reader, asked: Selection) -> WorkerLag:
    computed = sa.func.coalesce(PROGRESS.computed_seq, 0)
    done = sa.and_(PROGRESS.session == ITEM.session, PROGRESS.item == ITEM.id)
    query = (
        sa.select(ITEM.id, computed, ITEM.input_seq)
        .outerjoin_from(ITEM.id.table, PROGRESS.item.table, done)
        .where(ITEM.session == session, computed < ITEM.input_seq)
    )
    behind = {item: (after, feeds) for item, after, feeds in connection.execute(query)}
    lag = WorkerLag(events=max((feeds - after for after, feeds in behind.values()), default=0))
    if "seconds" in asked:
        waiting = (_first(connection, session, item, *span) for item, span in behind.items())
        since = min((at for at in waiting if at), default=reader.now)
        passed = datetime.fromisoformat(reader.now) - datetime.fromisoformat(since)
        lag.seconds = max(0, int(passed.total_seconds()))
    if "failures" in asked:
        lag.failures = list(_failures(connection, session)) if reader.officer else []
    return lag


def _first(connection: sa.Connection, session: SessionId, item: str, after: Seq, upto: Seq) -> Instant | None:
    """When the first entry was made that feeds the item's figures and is not computed."""
    while after < upto:
        query = (
            sa.select(EVENT.seq, EVENT.stored)
            .where(EVENT.session == session, EVENT.seq > after, EVENT.seq <= upto)
            .order_by(EVENT.seq)
            .limit(READ_AT_ONCE)
        )
        for seq, stored in connection.execute(query).all():
            after = seq
            entry = envelope.read(stored)
            if isinstance(entry.event, FEEDS) and _may_concern(entry.event, item):
                return entry.at
    return None


def _may_concern(event: object, item: str) -> bool:
    """Events that name a provision and not its item are taken to concern it."""
    named = getattr(event, "item", item)
    return not isinstance(named, str) or named == item


def _failures(connection: sa.Connection, session: SessionId) -> Iterator[WorkFailure]:
    """Works are named after what they work on, the session among it; the error itself is the operator's to read."""
    query = sa.select(*FAILURE).where(FAILURE.work.contains(session)).order_by(FAILURE.work)
    for row in connection.execute(query):
        yield WorkFailure(
            work=row.work,
            attempts=row.attempts,
            failed_at=row.failed_at,
            retry_at=row.retry_at,
            parked=row.retry_at is None,
        )
