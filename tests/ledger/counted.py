"""A database that counts what is asked of it, for tests of how commands share transactions.

Why a wrapper and no mock: what it lets pass is done by the real database.
"""

import asyncio
from collections.abc import Callable
from typing import TypeVar

import sqlalchemy as sa

from ledger.database import Database

T = TypeVar("T")


class Counted:
    """A database that counts what is asked of it, and can hold transactions back or spoil their answers."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.dialect, self.lanes = database.dialect, database.lanes
        self.transactions = self.reads = 0
        self.gate = asyncio.Event()
        self.gate.set()
        self.lose: list[Exception] = []

    async def read(self, body: Callable[[sa.Connection], T], /) -> T:
        self.reads += 1
        return await self._database.read(body)

    async def transact(self, body: Callable[[sa.Connection], T], /) -> T:
        await self.gate.wait()
        self.transactions += 1
        done = await self._database.transact(body)
        if self.lose:
            raise self.lose.pop()
        return done

    async def close(self) -> None:
        await self._database.close()
