"""The ledger's own rules and rows as most servers would write them: each request a transaction of its own connection.

Why so generous: the state is shared in memory and never read again, so that nothing differs from the ledger but who
commits, and that the lock of a session's head is fought for and not queued for.
"""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import sqlalchemy as sa

from ledger import database as databases
from ledger import idempotency
from ledger.known import Known
from ledger.ledger import By
from ledger.occasion import now
from ledger.transaction import Asked, write
from polylogue.commands import Command
from polylogue.refusals import Refusal
from polylogue.vocabulary import SessionId
from schema.api.context import Receipt

LOCK_TIMEOUT_MS = 60_000
"""Long enough that nobody gives up: a request that did would look quick."""

Transact = Callable[[Callable[[sa.Connection], Any]], Awaitable[Any]]


class Contended:
    """Commits each command by itself; as many at once as there are connections."""

    def __init__(self, transact: Transact) -> None:
        self._transact = transact
        self._known: dict[SessionId, Known] = {}

    async def submit(self, command: Command, *, by: By, key: str, session: SessionId) -> Receipt | Refusal:
        """As the ledger's, without repeating what failed."""
        asked = Asked(
            session=session,
            command=command,
            by=by,
            key=key,
            seat=None,
            occurred_at=None,
            reachable=None,
            expected_seq=None,
            digest=idempotency.digest(command, session, None, None),
            at=now(),
            model=False,
            answer=asyncio.get_running_loop().create_future(),
        )
        # The head row is locked before the state is looked at, so whoever holds it is alone with the state.
        outcomes = await self._transact(lambda connection: write(connection, [asked], self._known, far=None))
        if isinstance(outcome := outcomes[0], Exception):
            raise outcome
        return outcome


def sqlite(url: str, connections: int) -> Transact:
    """Transactions in so many threads, each with a connection of its own: SQLite's own waiting decides who is next."""
    timeout = f"busy_timeout={LOCK_TIMEOUT_MS}"
    engine = databases._sqlite_engine(sa.make_url(url), "BEGIN IMMEDIATE", timeout, connections)  # noqa: SLF001
    threads = ThreadPoolExecutor(connections, "request")

    async def transact(body: Callable[[sa.Connection], Any]) -> Any:
        return await asyncio.get_running_loop().run_in_executor(threads, databases._run, engine, body)  # noqa: SLF001

    return transact


def postgresql(url: str, connections: int) -> Transact:
    """Transactions on so many connections, which wait for the head row."""
    return databases.open_database(url, lanes=connections, lock_timeout_ms=LOCK_TIMEOUT_MS).transact
