"""graphql-transport-ws in time: what comes before what, how much at once, and clients that are silent, slow or gone."""

import asyncio

import structlog

from tests.server.sockets.client import BOUNDS, Client, Opening, until
from tests.server.toy import World


async def test_nothing_runs_before_the_acknowledgement(opening: Opening, world: World):
    world.contexts.clear()
    async with opening(init=None) as client:
        await client.subscribe("a", "{ hello }")
        assert await client.closed() == (4401, "Unauthorized")
    assert world.contexts == []


async def test_a_second_init_ends_the_socket(opening: Opening):
    async with opening() as client:
        await client.send({"type": "connection_init"})
        assert await client.closed() == (4429, "Too many initialisation requests")


async def test_who_does_not_introduce_themselves_is_not_waited_for(opening: Opening):
    async with opening(init=None) as client:
        pinging = asyncio.create_task(keep_pinging(client))
        assert await client.closed() == (4408, "Connection initialisation timeout")
        pinging.cancel()


async def keep_pinging(client: Client) -> None:
    while True:
        await client.send({"type": "ping"})
        await asyncio.sleep(0.05)


async def test_an_acknowledged_socket_may_be_silent(opening: Opening):
    async with opening() as client:
        await asyncio.sleep(BOUNDS.init_wait * 1.5)
        await client.send({"type": "ping"})
        assert await client.receive() == {"type": "pong"}


async def test_an_id_is_used_once_at_a_time(opening: Opening, world: World):
    async with opening() as client:
        await client.subscribe("a", "subscription { silent }")
        await client.subscribe("a", "{ hello }")
        assert await client.closed() == (4409, "Subscriber for a already exists")
    await until(lambda: world.running == 0)


async def test_an_id_is_free_as_soon_as_its_operation_is_over(opening: Opening, world: World):
    async with opening() as client:
        for _ in range(50):
            await client.subscribe("a", "{ hello }")
            assert (await client.receive())["type"] == "next"
            assert (await client.receive())["type"] == "complete"
            await client.subscribe("a", "{")
            assert (await client.receive())["type"] == "error"
        for _ in range(50):
            await client.subscribe("a", "subscription { silent }")
            await client.send({"type": "complete", "id": "a"})
        await client.subscribe("b", "{ hello }")
        assert (await client.receive())["id"] == "b"
        await until(lambda: world.running == 0)


async def test_nothing_more_comes_after_a_complete(opening: Opening, world: World):
    async with opening() as client:
        await client.subscribe("a", "subscription { forever }")
        assert (await client.receive())["id"] == "a"
        await client.send({"type": "complete", "id": "a"})
        await client.send({"type": "complete", "id": "never-was"})
        await client.send({"type": "ping"})
        while (message := await client.receive()) != {"type": "pong"}:
            assert message["type"] == "next"  # sent before the complete was heard
        await until(lambda: world.running == 0)
        await client.send({"type": "ping"})
        assert await client.receive() == {"type": "pong"}


async def test_only_so_many_operations_at_a_time(opening: Opening, world: World):
    async with opening() as client:
        for id in "abc":
            await client.subscribe(id, "subscription { silent }")
        await client.subscribe("d", "{ hello }")
        message = await client.receive()
        assert (message["type"], message["id"]) == ("error", "d")
        assert [error["extensions"]["code"] for error in message["payload"]] == ["SUBSCRIPTION_LIMIT"]
        await client.send({"type": "complete", "id": "a"})
        await client.subscribe("d", "{ hello }")
        assert (await client.receive())["payload"] == {"data": {"hello": "hello world"}}
    await until(lambda: world.running == 0)


async def test_a_client_that_leaves_leaves_nothing_behind(opening: Opening, world: World):
    async with opening() as client:
        for id in "abc":
            await client.subscribe(id, "subscription { forever }")
        await until(lambda: world.running == 3)
        client.socket.transport.abort()
    await until(lambda: world.running == 0 and len(world.sockets) == 0)


async def test_a_client_that_leaves_while_it_is_written_to_is_no_bug(opening: Opening, world: World):
    with structlog.testing.capture_logs() as logs:
        async with opening(max_queue=1, compression=None, close_timeout=0.1) as client:
            await client.subscribe("a", "subscription { flood }")
            await asyncio.sleep(0.3)  # until the buffers of both sides are full and the server waits
            client.socket.transport.abort()
        await until(lambda: len(world.sockets) == 0)
    assert logs == []
