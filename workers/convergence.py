"""The work "convergence:<session>/<item>": the exact report on an item at the newest basis, and its timeline.

Why coalesced by the basis: whatever came while it waited is in the report, so a storm of stances gives few reports and
the last one is at its end.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from ledger import reports
from ledger.database import Database
from ledger.occasion import now
from polylogue.convergence.extras import beside
from polylogue.convergence.matrix import ALGORITHM, VERSION, canonical_input
from polylogue.convergence.report import compute
from polylogue.convergence.scope import Scope, basis, matrix, of_item
from polylogue.state import State
from polylogue.vocabulary import ItemId, SessionId
from workers.folded import Sessions

TIME_LIMIT = 60.0
"""Seconds that a report may take."""


@dataclass(frozen=True)
class Convergence:
    """Computes reports; `stored` is told which session has a new one, after the commit."""

    database: Database
    sessions: Sessions
    stored: Callable[[SessionId], None]

    async def run(self, key: str) -> None:
        """Compute and store the report of an item, named "<session>/<item>"."""
        session, item = _parts(key)
        async with self.sessions.newest(session) as folded:
            made = await asyncio.to_thread(report, folded.tracker.state, session, of_item(item))
            waiting = folded.points.get(item, [])
            kept = await self.database.read(lambda connection: reports.last_point(connection, session, item))
            points = [point.document() for point in waiting if kept < point.seq <= made.basis]
            new = await self.database.transact(
                lambda connection: reports.store(connection, made, points, work=f"convergence:{key}", at=now())
            )
            folded.points[item] = [point for point in waiting if point.seq > made.basis]
        if new:
            self.stored(session)


def report(state: State, session: SessionId, scope: Scope) -> reports.Computed:
    """The exact report on a scope as the session stands, with what is carried and bulk beside what is hashed."""
    found, extras = matrix(state, scope)
    document = compute(found).document()
    public, per_seat = document["public"], document["perSeat"]
    assert isinstance(public, dict) and isinstance(per_seat, dict)  # noqa: S101, PT018 -- narrows the types
    return reports.computed(
        session=session,
        scope=scope,
        basis=basis(state, scope),
        algorithm=ALGORITHM,
        version=VERSION,
        input=canonical_input(found),
        document=public,  # pyright: ignore[reportUnknownArgumentType]
        per_seat=per_seat,  # pyright: ignore[reportUnknownArgumentType]
        beside=beside(found, extras),
    )


def _parts(key: str) -> tuple[SessionId, ItemId]:
    session, _, item = key.partition("/")
    return SessionId(session), ItemId(item)
