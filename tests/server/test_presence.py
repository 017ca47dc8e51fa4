"""Whose devices are there, told across processes; what is not known is never told as nobody."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from polylogue.vocabulary import SeatCode, SessionId
from schema.api.context import Context
from server import presence as module
from server.context import make_context
from server.presence import Presence
from tests.schema.api.house import GUEST, SCHEMA, SEATS, house, on_sqlite
from tests.workers.valkey import Valkey, valkey
from workers.redis import connect

CHN, KAZ, KGZ = SEATS
HERE, ELSEWHERE = SessionId("here"), SessionId("elsewhere")
SEEN = "query ($id: ID!) { session(id: $id) { delegations { code connected } } }"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch):
    """Seconds become moments."""
    for name, seconds in (("EVERY", 0.1), ("FRESH", 0.0), ("PATIENCE", 0.3)):
        monkeypatch.setattr(module, name, seconds)


@asynccontextmanager
async def process(server: Valkey | None) -> AsyncIterator[Presence]:
    """A process with its devices."""
    redis = connect(server.url) if server else None
    found = Presence(redis)
    keeping = asyncio.create_task(found.keep())
    try:
        yield found
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
        if redis:
            await redis.aclose()


async def until(presence: Presence, seats: set[SeatCode] | None, session: SessionId = HERE) -> None:
    """Wait until it is told that these seats are there; null: that it is not known."""
    async with asyncio.timeout(15):
        while await presence.connected(session) != seats:  # noqa: ASYNC110 -- another process has no event
            await asyncio.sleep(0.02)


@pytest.mark.usefixtures("quick")
async def test_devices_come_and_go_in_two_processes():
    with valkey() as server:
        async with process(server) as one, process(server) as other:
            await until(one, set())
            async with one.here(HERE, {KAZ}), other.here(HERE, {KAZ, KGZ}), other.here(ELSEWHERE, {CHN}):
                await until(one, {KAZ, KGZ})
                await until(other, {KAZ, KGZ})
                async with one.here(HERE, {KAZ}):
                    pass
                assert await one.connected(HERE) == {KAZ, KGZ}  # one of two devices has left
            await until(one, set())
            await until(other, set())


@pytest.mark.usefixtures("quick")
async def test_what_a_dead_process_has_said_expires(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "LASTS", 1)
    with valkey() as server:
        async with process(server) as one:
            dead = Presence(redis := connect(server.url))
            async with dead.here(HERE, {KGZ}):
                await dead._say()
                await until(one, {KGZ})
                await until(one, set())
            await redis.aclose()


@pytest.mark.usefixtures("quick")
async def test_while_redis_is_away_nobody_is_said_to_be_missing():
    with valkey() as server:
        async with process(server) as one, process(server) as other:
            await until(one, set())
            async with other.here(HERE, {KGZ}):
                await until(one, {KGZ})
                with server.stopped():
                    assert await one.connected(HERE) is None
                await until(one, {KGZ})
                server.kill()
                assert await one.connected(HERE) is None
                server.start()  # empty: what others have said is not there yet
                seen = []
                async with asyncio.timeout(15):
                    while (told := await one.connected(HERE)) != {KGZ}:
                        seen.append(told)
                        await asyncio.sleep(0.01)
                assert set(seen) <= {None}


async def test_a_failure_in_the_place_of_a_cancellation_ends_it_too():
    asked = asyncio.Event()

    class Failing:
        """As redis-py may, where a connection that is given up cannot be closed either."""

        async def set(self, *_: object, **__: object) -> None:
            asked.set()
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                raise ConnectionError from None

    presence: Any = Presence(None)
    presence._redis = Failing()
    keeping = asyncio.create_task(presence.keep())
    await asked.wait()
    keeping.cancel()
    async with asyncio.timeout(15):
        await asyncio.wait({keeping})


async def test_a_process_without_redis_is_alone():
    async with process(None) as one:
        assert await one.connected(HERE) == set()
        async with one.here(HERE, {KAZ}):
            assert await one.connected(HERE) == {KAZ}


async def test_the_desk_sees_who_follows_the_session_and_nobody_else_does(tmp_path: Path):
    async with house(on_sqlite(tmp_path)) as home:
        table, presence = await home.open(), Presence(None)
        nobody = dict.fromkeys((*SEATS, GUEST), False)

        async def as_(who: str) -> Context:
            principal = await home.access.authenticate(home.tokens[who])
            return make_context(principal, home.ledger, {"presence": presence})

        async def seen(by: str) -> dict[str, bool | None]:
            result: Any = await SCHEMA.execute(SEEN, {"id": table.session}, context_value=await as_(by))
            return {each["code"]: each["connected"] for each in result.data["session"]["delegations"]}

        assert await seen("chair") == await seen("secretary") == await seen("facilitator") == nobody
        assert set((await seen(KAZ)).values()) == {None}
        follows = f'subscription {{ sessionEntries(sessionId: "{table.session}") {{ __typename }} }}'
        for who, found in ((KAZ, {**nobody, KAZ: True}), ("facilitator", nobody)):
            stream: Any = await SCHEMA.subscribe(follows, context_value=await as_(who))
            await anext(stream)
            assert await seen("chair") == found
            await stream.aclose()
            assert await seen("chair") == nobody
