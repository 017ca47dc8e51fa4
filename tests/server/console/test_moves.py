"""Sessions that are looked at: followed once for all, woken by what is committed, forgotten with the last to leave."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ledger.database import open_database
from ledger.ledger import By, Ledger
from migrations import upgrade
from polylogue.commands import AdmitPerson, Command, ScheduleSession
from polylogue.vocabulary import PersonId, Role, SessionId
from schema.api.context import Receipt
from server.console.latest import Head
from server.console.moves import Moves
from server.scenarios.loader import shipped

PATIENCE = 30
ORGANISER = By(PersonId("01900000-0000-7000-8000-00000000000a"), frozenset({Role.ORGANISER}))


@dataclass
class Room:
    """A ledger with one session, and the sessions that are looked at."""

    ledger: Ledger
    moves: Moves
    session: SessionId
    head: Head
    given: int = 0

    async def give(self, command: Command) -> Receipt:
        self.given += 1
        done = await self.ledger.submit(command, by=ORGANISER, key=str(self.given), session=self.session)
        assert isinstance(done, Receipt)
        return done


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    database = open_database(f"sqlite:///{tmp_path / 'moves.db'}")
    await database.transact(upgrade)
    ledger = Ledger(database, poll=0.05)
    made = await ledger.submit(ScheduleSession(scenario=shipped("small-council")), by=ORGANISER, key="first")
    assert isinstance(made, Receipt)
    yield Room(ledger, Moves(ledger), made.session, Head(made.seq, 0))
    await ledger.close()
    await database.close()


def followers() -> int:
    return sum(task.get_name().startswith("console ") for task in asyncio.all_tasks())


async def until(number: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while followers() != number:  # noqa: ASYNC110 -- a task that ends tells nobody
            await asyncio.sleep(0.02)


async def test_what_is_committed_wakes_all_who_look(room: Room):
    async with room.moves.of(room.session, room.head) as first, room.moves.of(room.session, room.head) as second:
        assert first is second
        waiting = [asyncio.create_task(watched.beyond(room.head)) for watched in (first, second)]
        done = await room.give(AdmitPerson(role=Role.CHAIR, person=PersonId("01900000-0000-7000-8000-00000000000b")))
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*waiting)
            while first.head.seq < done.seq:
                await first.beyond(first.head)
        assert first.head == Head(done.seq, 0)


async def test_a_session_is_followed_once_and_forgotten_with_the_last_to_leave(room: Room):
    async with room.moves.of(room.session, room.head):
        await until(2)  # one follows the record, one the results beside it
        async with room.moves.of(room.session, room.head):
            assert followers() == 2
        assert followers() == 2
    await until(0)
    async with room.moves.of(room.session, room.head) as again:
        await until(2)
        assert not again.ended


async def test_who_waits_is_let_go_when_the_ledger_is_closed(room: Room):
    async with room.moves.of(room.session, room.head) as watched:
        waiting = asyncio.create_task(watched.beyond(room.head))
        await until(2)
        await room.ledger.close()
        async with asyncio.timeout(PATIENCE):
            await waiting
        assert watched.ended
