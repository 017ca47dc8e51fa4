"""The work "convergence:<session>/<item>": the reports on an item and on what holds it, and the item's timeline.

Why coalesced by the basis: whatever came while it waited is in the report, so a storm of stances gives few reports and
the last one is at its end.
"""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass

from ledger import reports
from ledger.database import Database
from ledger.occasion import now
from polylogue.convergence.extras import beside
from polylogue.convergence.matrix import ALGORITHM, VERSION, canonical_input
from polylogue.convergence.pictures import pictures
from polylogue.convergence.report import compute
from polylogue.convergence.scope import Scope, around, basis, matrix, of_item
from polylogue.record.canonical import digest
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
        """Compute and store the reports on an item, named "<session>/<item>", and on the scopes around it."""
        session, item = _parts(key)
        async with self.sessions.newest(session) as folded:
            state = folded.tracker.state
            scopes = (of_item(item), *around(state.items[item]))
            drawn = await self.database.read(lambda connection: [reports.drawn(connection, session, s) for s in scopes])
            made, *wider = await asyncio.to_thread(
                lambda: [report(state, session, scope, before) for scope, before in zip(scopes, drawn, strict=True)]
            )
            waiting = folded.points.get(item, [])
            kept = await self.database.read(lambda connection: reports.last_point(connection, session, item))
            points = [point.document() for point in waiting if kept < point.seq <= made.basis]
            new = await self.database.transact(
                lambda connection: reports.store(
                    connection, made, points, work=f"convergence:{key}", at=now(), around=wider
                )
            )
            folded.points[item] = [point for point in waiting if point.seq > made.basis]
        if new:
            self.stored(session)


def report(state: State, session: SessionId, scope: Scope, before: str | None = None) -> reports.Computed:
    """The report on a scope as the session stands; what is shown beside what is hashed is drawn to fit `before`, the
    pictures of the report before it as they are kept.
    """
    found, extras = matrix(state, scope)
    asked = canonical_input(found)
    document = compute(found).document()
    public, per_seat = document["public"], document["perSeat"]
    assert isinstance(public, dict) and isinstance(per_seat, dict)  # noqa: S101, PT018 -- narrows the types
    return reports.computed(
        session=session,
        scope=scope,
        basis=basis(state, scope),
        algorithm=ALGORITHM,
        version=VERSION,
        input=asked,
        document=public,  # pyright: ignore[reportUnknownArgumentType]
        per_seat=per_seat,  # pyright: ignore[reportUnknownArgumentType]
        beside=beside(found, extras),
        pictures=pictures(found, bytes.fromhex(digest(asked)), json.loads(before) if before else None),
    )


def _parts(key: str) -> tuple[SessionId, ItemId]:
    session, _, item = key.partition("/")
    return SessionId(session), ItemId(item)
