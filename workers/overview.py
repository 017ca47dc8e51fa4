"""The work "overview:<session>": the reports on the whole session and on its dimensions, and the pictures of reports.

Why apart from the reports on items: nobody waits for it. The tick finds it and no nudge does, so that in a storm of
stances it is done once a second and the exact figures are never behind it.
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from ledger import reports
from ledger.database import Database
from ledger.occasion import now
from polylogue.convergence.matrix import from_input
from polylogue.convergence.pictures import pictures
from polylogue.convergence.scope import SESSION, around, basis
from polylogue.vocabulary import SessionId
from workers.convergence import report
from workers.folded import Sessions

TIME_LIMIT = 120.0
"""Seconds that an overview may take."""


@dataclass(frozen=True)
class Overview:
    """Computes overviews; `stored` is told which session has a new one, after the commit."""

    database: Database
    sessions: Sessions
    stored: Callable[[SessionId], None]

    async def run(self, key: str) -> None:
        """Compute and store what is due of a session."""
        session = SessionId(key)
        done = await self.database.read(lambda connection: reports.computed_until(connection, session))
        async with self.sessions.newest(session) as folded:
            state = folded.tracker.state
            every = dict.fromkeys((SESSION, *(scope for item in state.items.values() for scope in around(item))))
            scopes = [scope for scope in every if basis(state, scope) > done.get(scope, -1)]
            wide = await asyncio.to_thread(lambda: [report(state, session, scope) for scope in scopes])
        undrawn = await self.database.read(lambda connection: reports.undrawn(connection, session))
        named = [*map(str, scopes), *(str(row.item) for row in undrawn)]
        before = await self.database.read(
            lambda connection: {name: reports.drawn(connection, session, name) for name in named}
        )
        made, drawings = await asyncio.to_thread(_drawn, wide, undrawn, before)
        await self.database.transact(
            lambda connection: reports.store_overview(
                connection, session, made, drawings, work=f"overview:{key}", at=now()
            )
        )
        self.stored(session)


def _drawn(
    wide: list[reports.Computed], undrawn: list[reports.Kept], before: Mapping[str, str | None]
) -> tuple[list[reports.Computed], dict[tuple[str, int], str]]:
    """The reports on wider scopes with their pictures, and the pictures of items' reports by item and basis."""
    made = [
        replace(
            each, row={**each.row, "pictures": _pictures(each.row["input"], each.row["input_hash"], before[each.scope])}
        )
        for each in wide
    ]
    return made, {(row.item, row.basis): _pictures(row.input, row.input_hash, before[row.item]) for row in undrawn}


def _pictures(given: object, seed: object, before: str | None) -> str:
    matrix = from_input(json.loads(str(given)))
    return json.dumps(pictures(matrix, bytes.fromhex(str(seed)), json.loads(before) if before else None))
