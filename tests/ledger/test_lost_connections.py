"""Histories in which the connection, the lock or the answer is lost: nothing accepted is lost, nothing is doubled."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import pytest
import sqlalchemy as sa
from sqlalchemy import exc
from sqlalchemy.util import await_only

from ledger import transaction
from polylogue.vocabulary import Seq, SessionId
from schema.api.context import Receipt
from tests.ledger.conftest import KILL, Place
from tests.ledger.counted import Counted
from tests.ledger.scene import SEATS, Scene, accepted, say, saying, schedule, sound, texts
from tests.servers import Postgres

POSTGRESQL = pytest.mark.parametrize("url", ["postgresql"], indirect=True)
"""For what SQLite cannot do: it has no connection to lose, and one lock for all sessions."""


@pytest.fixture
def kill(place: Place, request: pytest.FixtureRequest) -> Callable[[], None]:
    """Ends every connection to the test's database."""
    server: Postgres = request.getfixturevalue("postgres_server")
    return lambda: server.execute(f"{KILL} WHERE datname = '{sa.make_url(place.url).database}'")


@asynccontextmanager
async def head_locked(place: Place, scene: Scene) -> AsyncIterator[None]:
    """Somebody else holds the lock that the writer needs."""
    if place.sqlite:
        other = sqlite3.connect(place.url.removeprefix("sqlite:///"), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
        other.close()
        return
    connection = await asyncpg.connect(place.url)
    async with connection.transaction():
        await connection.execute("SELECT 1 FROM head WHERE session = $1 FOR UPDATE", scene.session)
        yield
    await connection.close()


@POSTGRESQL
async def test_a_connection_killed_before_the_commit(
    place: Place, kill: Callable[[], None], monkeypatch: pytest.MonkeyPatch
):
    """All is written but not committed when the server ends the connection: it is done again whole."""
    counted = Counted(place.database())
    ledger = place.ledger(database=counted)
    scene = await schedule(ledger)
    store: Callable[[Any], None] = transaction._store
    killed: list[int] = []

    def storing(desk: Any) -> None:
        store(desk)
        if not killed:
            killed.append(len(desk.events))
            kill()

    monkeypatch.setattr(transaction, "_store", storing)
    counted.transactions = 0
    receipts = await saying(ledger, scene, 20)
    assert (killed, counted.transactions) == ([60], 2)
    assert await texts(ledger, scene) == [f"say {i}" for i in range(20)]
    assert await sound(ledger, scene.session) == receipts[-1].seq


@pytest.mark.parametrize(
    "error", [ConnectionResetError(), exc.DBAPIError("COMMIT", {}, OSError(), connection_invalidated=True)]
)
async def test_a_commit_whose_answer_is_lost(place: Place, error: Exception):
    """Whether it happened is not known: it did, the keys say so, and those who follow hear of it too."""
    moved: list[tuple[SessionId, Seq]] = []

    def told(heads: Sequence[tuple[SessionId, Seq]]) -> None:
        moved.extend(heads)

    counted = Counted(place.database())
    ledger = place.ledger(database=counted, after_commit=told)
    scene = await schedule(ledger)
    moved.clear()
    counted.lose.append(error)
    receipts = await saying(ledger, scene, 20)
    assert await texts(ledger, scene) == [f"say {i}" for i in range(20)]
    assert await sound(ledger, scene.session) == receipts[-1].seq
    assert [receipt.seq - receipt.first_seq for receipt in receipts] == [2] * 20
    assert moved == [(scene.session, receipts[-1].seq)]


@POSTGRESQL
async def test_connections_killed_between_commands(place: Place, kill: Callable[[], None]):
    ledger = place.ledger()
    scene = await schedule(ledger)
    for i in range(3):
        kill()
        accepted(await say(ledger, scene, f"{i}"))
        kill()
        assert await sound(ledger, scene.session)
    assert await texts(ledger, scene) == ["0", "1", "2"]


@POSTGRESQL
async def test_connections_killed_under_load(place: Place, kill: Callable[[], None]):
    """A caller either has its receipt, or an error after which its key tells."""
    ledgers = [place.ledger(at_once=4) for _ in range(2)]
    scene = await schedule(ledgers[0])
    ended = asyncio.Event()

    async def killing() -> None:
        for _ in range(10):  # and then no more, for a new connection may take longer than the time between two
            await asyncio.sleep(0.1)
            await asyncio.to_thread(kill)
        ended.set()

    async def client(number: int) -> list[str]:
        said: list[str] = []
        while not ended.is_set() or not said:
            words = f"{number} {len(said)}"
            while True:
                try:
                    accepted(await say(ledgers[number % 2], scene, words, SEATS[number % len(SEATS)]))
                    break
                except (exc.DBAPIError, OSError):
                    await asyncio.sleep(0.01)
            said.append(words)
        return said

    _, *said = await asyncio.gather(killing(), *(client(number) for number in range(8)))
    assert sorted(await texts(place.ledger(), scene)) == sorted(words for mine in said for words in mine or ())
    await sound(place.ledger(), scene.session)


async def test_a_lock_that_is_not_had_in_time_fails_and_the_next_command_goes_on(place: Place):
    counted = Counted(place.database(lock_timeout_ms=60))
    ledger = place.ledger(database=counted)
    scene = await schedule(ledger)
    counted.transactions = 0
    async with head_locked(place, scene):
        with pytest.raises(exc.DBAPIError, match="lock"):
            await say(ledger, scene, "one")
    assert counted.transactions == 2
    accepted(await say(ledger, scene, "one"))
    assert await texts(ledger, scene) == ["one"]


async def test_a_lock_that_comes_free_is_waited_for(place: Place):
    ledger = place.ledger(database=place.database(lock_timeout_ms=60_000))
    scene = await schedule(ledger)
    async with head_locked(place, scene):
        waiting = asyncio.create_task(say(ledger, scene, "one"))
        await asyncio.sleep(0.05)
        assert not waiting.done()
    accepted(await waiting)


@POSTGRESQL
async def test_a_locked_session_does_not_ruin_those_that_share_its_transaction(place: Place):
    ledger = place.ledger(database=place.database(lanes=1, lock_timeout_ms=60))
    locked, free = await schedule(ledger), await schedule(ledger, "free")
    async with head_locked(place, locked):
        answers = await asyncio.gather(
            *(say(ledger, scene, f"{scene.session} {i}") for i in range(3) for scene in (locked, free)),
            return_exceptions=True,
        )
    assert [isinstance(answer, Receipt) for answer in answers] == [False, True] * 3
    assert await texts(ledger, locked) == []


async def test_reads_do_not_wait_for_the_writers(place: Place):
    ledger = place.ledger()
    scene = await schedule(ledger)
    async with head_locked(place, scene):
        assert await sound(ledger, scene.session)


async def test_a_read_cannot_write(place: Place):
    ledger = place.ledger()
    scene = await schedule(ledger)
    with pytest.raises(exc.DBAPIError, match=r"read.?only"):
        await ledger.read(lambda connection: connection.execute(sa.text("DELETE FROM head")))
    await sound(ledger, scene.session)


async def test_a_read_is_one_snapshot(place: Place):
    """What a reader puts together from two statements belongs together, whatever is written between them."""
    database = place.database()
    count = sa.text("SELECT count(*) FROM kept")
    write = sa.text("INSERT INTO kept (name, value) VALUES (:name, '')")
    loop = asyncio.get_running_loop()

    def put(name: str) -> Any:
        return database.transact(lambda connection: connection.execute(write, {"name": name}))

    def body(connection: sa.Connection) -> tuple[int, int]:
        before = connection.execute(count).scalar_one()
        if place.sqlite:  # a thread of its own
            asyncio.run_coroutine_threadsafe(put("between"), loop).result()
        else:
            await_only(put("between"))
        return before, connection.execute(count).scalar_one()

    await put("before")
    assert await database.read(body) == (1, 1)
    assert await database.read(lambda connection: connection.execute(count).scalar_one()) == 2
