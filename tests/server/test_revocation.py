"""A revoked token dies on the sockets that are open: here, in other processes, and while Redis is away."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import pytest
import structlog
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

from ledger.database import Database, open_database
from ledger.occasion import fresh_id
from polylogue.vocabulary import Instant, PersonId
from schema.api.context import Principal
from server.access import Access
from server.api.sockets import Sockets
from server.revocation import CHANNEL, EVERY, Revocations
from tests.schema.api.house import House, Table, command, make_tables, on_sqlite
from tests.schema.api.served import receive, send, served
from workers.redis import connect


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = open_database(f"sqlite:///{tmp_path}/access.db")
    await opened.transact(make_tables)
    yield opened
    await opened.close()


@dataclass(eq=False)
class Socket:
    """An open socket as the registry knows it."""

    principal: Principal | None
    closed: int | None = None

    def dismiss(self, code: int, reason: str) -> None:
        assert reason
        self.closed = code


@dataclass
class Process:
    access: Access
    sockets: Sockets
    watching: "asyncio.Task[None]"


@asynccontextmanager
async def process(database: Database, redis: Any) -> AsyncIterator[Process]:
    """What a server process has of it."""
    sockets = Sockets()
    revocations = Revocations(sockets, redis)
    access = Access(database, revoked=revocations.tell)
    watching = asyncio.create_task(revocations.watch(access))
    try:
        yield Process(access, sockets, watching)
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)


async def until(met: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not met():  # noqa: ASYNC110 -- what is waited for tells nobody
            await asyncio.sleep(0.01)


async def test_a_socket_here_is_closed_before_revoking_is_answered(database: Database):
    async with process(database, None) as here:
        ann, bob = (PersonId(fresh_id()) for _ in range(2))
        hers, his = [
            Socket(await here.access.authenticate(await here.access.admit(person, "A", issued_by=ann, key=person)))
            for person in (ann, bob)
        ]
        with here.sockets.holding(hers), here.sockets.holding(his), here.sockets.holding(Socket(None)):
            await here.access.revoke(ann)
            assert (hers.closed, his.closed) == (4403, None)


async def test_another_process_hears_of_it_through_redis(
    database: Database, redis_url: str, monkeypatch: pytest.MonkeyPatch
):
    """It need not look by itself: that it would do so only after an hour."""
    monkeypatch.setattr("server.revocation.EVERY", 3600.0)
    async with (
        connect(redis_url) as one,
        connect(redis_url) as two,
        process(database, one) as here,
        process(database, two) as there,
    ):
        ann = PersonId(fresh_id())
        token = await here.access.admit(ann, "Ann", issued_by=ann, key="k")
        socket = Socket(await there.access.authenticate(token))
        with there.sockets.holding(socket):
            while await one.publish(CHANNEL, "look") < 2:  # noqa: ASYNC110 -- until both listen
                await asyncio.sleep(0.01)
            await here.access.revoke(ann)
            await until(lambda: socket.closed == 4403)


async def test_without_redis_another_process_finds_out_by_looking(database: Database):
    assert EVERY < 2
    async with process(database, None) as here, process(database, None) as there:
        ann = PersonId(fresh_id())
        token = await here.access.admit(ann, "Ann", issued_by=ann, key="k")
        socket = Socket(await there.access.authenticate(token))
        with there.sockets.holding(socket):
            await here.access.revoke(ann)
            await until(lambda: socket.closed == 4403)


@pytest.mark.parametrize("trouble", [ConnectionRefusedError("the database is away"), ValueError("a bug")])
async def test_no_trouble_ends_the_watch(database: Database, monkeypatch: pytest.MonkeyPatch, trouble: Exception):
    """What is revoked meanwhile is found afterwards."""
    monkeypatch.setattr("server.revocation.EVERY", 0.01)
    async with process(database, None) as here:
        ann = PersonId(fresh_id())
        token = await here.access.admit(ann, "Ann", issued_by=ann, key="k")
        socket = Socket(await here.access.authenticate(token))
        looks: list[Instant] = []
        read = here.access.revoked_since

        async def in_trouble(at: Instant) -> list[bytes]:
            looks.append(at)
            raise trouble

        with here.sockets.holding(socket), structlog.testing.capture_logs() as logged:
            monkeypatch.setattr(here.access, "revoked_since", in_trouble)
            await until(lambda: len(looks) > 3)
            await Access(database).revoke(ann)
            monkeypatch.setattr(here.access, "revoked_since", read)
            await until(lambda: socket.closed == 4403)
        assert logged


@pytest.mark.parametrize("wait", [0, 0.0005, 0.001, 0.002, 0.004])
async def test_a_process_stops_also_while_it_connects_to_redis(database: Database, redis_url: str, wait: float):
    """There redis-py can swallow a cancellation."""
    async with asyncio.timeout(30), connect(redis_url) as redis:
        for _ in range(5):
            async with process(database, redis):
                await asyncio.sleep(wait)


def read_on(socket: ClientConnection) -> NoReturn:
    while True:
        receive(socket)


@pytest.mark.parametrize("action", ["revokeToken", "reissueSeat"])
def test_a_subscription_ends_when_the_chair_ends_its_token(tmp_path: Path, action: str):
    """On a real server: the socket is closed, and the token opens nothing any more."""
    tables: list[Table] = []

    async def prepare(home: House) -> None:
        tables.append(await home.open())

    with served(on_sqlite(tmp_path), prepare) as server:
        (table,) = tables
        tokens, given = server.house.tokens, {"session": table.session}
        follow = "subscription($session: ID!) { sessionEntries(sessionId: $session) { __typename } }"
        with server.socket(tokens["KAZ"]) as hers, server.socket(tokens["CHN"]) as his:
            for socket in (hers, his):
                send(socket, "subscribe", id="1", payload={"query": follow, "variables": given})
                assert receive(socket)["type"] == "next"
            with server.http(tokens["chair"]) as ask:
                whose = {
                    "revokeToken": {"person": server.house.people["KAZ"]},
                    "reissueSeat": {"seats": ["KAZ"], "idempotencyKey": "lost"},
                }
                answer = ask(command(action), {"input": {"sessionId": table.session, **whose[action]}})
                assert answer["data"][action]["__typename"].endswith("Payload")
            with pytest.raises(ConnectionClosed) as closed:
                read_on(hers)
            assert closed.value.rcvd
            assert closed.value.rcvd.code == 4403
            assert receive(his)["type"] == "next", "the others follow on"
        with server.http(tokens["KAZ"]) as ask:
            refused = ask("{ serverTime }", None)
            assert [error["extensions"]["code"] for error in refused["errors"]] == ["UNAUTHENTICATED"]
