"""The same rows as the ledger writes, by a script that decides nothing: what a database can take from asyncpg.

Why captured and not made up: so that the peer keeps writing what the ledger writes, whatever becomes of its tables.
"""

import itertools
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import asyncpg

from ledger import idempotency, prose, transaction
from ledger.known import EVENT, HEAD, head_row
from ledger.ledger import Ledger
from ledger.projections.rows import TABLES
from tests.ledger.scene import SEATS, Scene, accepted, say

Table = tuple[str, list[dict[str, Any]]]


async def captured(ledger: Ledger, scene: Scene) -> list[Table]:
    """The rows of one command, as it leaves them to be written."""
    found: list[Table] = []
    store = transaction._store  # noqa: SLF001 -- here, and below: no other place has all rows

    def storing(desk: Any) -> None:
        session = scene.session
        found.append((EVENT.name, desk.events))
        found.append((prose.PROSE.name, list(desk.texts.values())))
        found.extend((name, [row for row in rows.values() if row]) for name, rows in desk.projected.items())
        found.append((HEAD.name, [head_row(session, desk.heads[session])]))
        found.append((idempotency.IDEMPOTENCY.name, desk.answered))
        store(desk)

    transaction._store = storing  # noqa: SLF001
    try:
        accepted(await say(ledger, scene, "captured", SEATS[0]))
    finally:
        transaction._store = store  # noqa: SLF001
    return [(name, [dict(row) for row in rows]) for name, rows in found]


@dataclass
class Bare:
    """Writes the rows again and again, each time further on in the record."""

    tables: Sequence[Table]
    connection: asyncpg.Connection
    count: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    async def rate(self, together: int, seconds: float) -> float:
        """Commands per second with so many in a transaction."""
        done, begun = 0, time.perf_counter()
        while time.perf_counter() < begun + seconds:
            await self._write([next(self.count) for _ in range(together)])
            done += together
        return done / (time.perf_counter() - begun)

    async def _write(self, turns: Sequence[int]) -> None:
        (head,) = next(rows for name, rows in self.tables if name == HEAD.name)
        async with self.connection.transaction():
            await self.connection.fetch("SELECT * FROM head WHERE session = $1 FOR UPDATE", head["session"])
            await self.connection.fetch("SELECT * FROM idempotency WHERE key = ANY($1)", [f"bare {n}" for n in turns])
            for name, rows in self.tables:
                if name == HEAD.name or (name in TABLES and name != "position_revision"):
                    written = rows  # the last of several writes counts, in the ledger too
                else:
                    written = [self._moved(name, row, turn) for turn in turns for row in rows]
                await self.connection.executemany(_statement(name, written[0]), [tuple(r.values()) for r in written])

    def _moved(self, name: str, row: dict[str, Any], turn: int) -> dict[str, Any]:
        moved = {**row, "seq": row["seq"] + 10 * turn}
        if name == "position_revision":
            moved["revision"] = row["revision"] + 10 * turn
        return {**moved, "key": f"bare {turn}"} if name == idempotency.IDEMPOTENCY.name else moved


def _statement(name: str, row: dict[str, Any]) -> str:
    columns, places = ", ".join(row), ", ".join(f"${i}" for i in range(1, len(row) + 1))
    if name in (EVENT.name, prose.PROSE.name, idempotency.IDEMPOTENCY.name):
        return f"INSERT INTO {name} ({columns}) VALUES ({places})"  # noqa: S608 -- names of our own
    table = HEAD if name == HEAD.name else TABLES[name]
    key = ", ".join(table.primary_key.columns.keys())
    rest = ", ".join(f"{c} = excluded.{c}" for c in row if c not in table.primary_key.columns)
    return f"INSERT INTO {name} ({columns}) VALUES ({places}) ON CONFLICT ({key}) DO UPDATE SET {rest}"  # noqa: S608
