"""Who asks over a socket: tokens that are given, wrong, and revoked while it is open."""

import asyncio
from typing import Any

import pytest

from tests.server.sockets.client import Opening, until
from tests.server.toy import World


@pytest.mark.parametrize(
    ("params", "person"),
    [
        ({}, None),
        ({"authorization": "Bearer plg_ann"}, "ann"),
        ({"Authorization": "bearer plg_ann"}, "ann"),
        ({"token": "plg_ann"}, "ann"),
        ({"token": None}, None),
    ],
)
async def test_a_token_says_who_asks(opening: Opening, params: dict[str, Any], person: str | None):
    async with opening(init={**params, "language": "kk"}) as client:
        await client.subscribe("a", "{ me language }")
        assert (await client.receive())["payload"] == {"data": {"me": person, "language": "kk"}}


async def test_the_token_is_not_among_the_params_of_a_context(opening: Opening, world: World):
    world.contexts.clear()
    async with opening(init={"Authorization": "Bearer plg_ann", "token": "plg_ann", "language": "kk"}) as client:
        await client.subscribe("a", "{ me }")
        await client.receive()
    assert [context.asked.params for context in world.contexts] == [{"language": "kk"}]


@pytest.mark.parametrize(
    "params", [{"token": "plg_nobody"}, {"authorization": "Bearer plg_nobody"}, {"authorization": "Basic YTpi"}]
)
async def test_a_wrong_token_ends_the_socket(opening: Opening, params: dict[str, Any]):
    async with opening(init=None) as client:
        await client.send({"type": "connection_init", "payload": params})
        assert await client.closed() == (4403, "Forbidden")


async def test_headers_and_cookies_count_for_nothing(opening: Opening):
    headers = {"authorization": "Bearer plg_ann", "cookie": "token=plg_ann"}
    async with opening(additional_headers=headers) as client:
        await client.subscribe("a", "{ me }")
        assert (await client.receive())["payload"] == {"data": {"me": None}}


async def test_each_operation_has_its_own_context(opening: Opening, world: World):
    world.contexts.clear()
    async with opening() as client:
        for id in "ab":
            await client.subscribe(id, "{ requestId }")
        messages = [await client.receive() for _ in range(4)]
    ids = {m["id"]: m["payload"]["data"]["requestId"] for m in messages if m["type"] == "next"}
    assert sorted(ids.values()) == sorted(context.asked.request_id for context in world.contexts)
    assert len(set(ids.values())) == 2


async def test_a_revoked_person_hears_nothing_more_and_others_do(opening: Opening, world: World):
    async with opening(init={"token": "plg_ann"}) as ann, opening(init={"token": "plg_bob"}) as bob:
        for client in (ann, bob):
            await client.subscribe("a", "subscription { forever }")
            await client.subscribe("b", "subscription { silent }")
            await client.receive()
        await until(lambda: world.running == 4)
        assert await asyncio.to_thread(world.close_where_person, "ann") == 1
        assert await ann.closed() == (4403, "Forbidden")
        await until(lambda: world.running == 2)
        assert (await bob.receive())["payload"] == {"data": {"forever": "bob"}}
        await bob.subscribe("c", "{ me }")
    await until(lambda: world.running == 0)


async def test_a_revoked_client_that_does_not_read_is_cut_off_too(opening: Opening, world: World):
    async with opening(init={"token": "plg_eve"}, max_queue=1, compression=None, close_timeout=0.1) as eve:
        await eve.subscribe("a", "subscription { flood }")
        await asyncio.sleep(0.3)  # until the buffers of both sides are full and the server waits
        assert await asyncio.to_thread(world.close_where_person, "eve") == 1
        await until(lambda: len(world.sockets) == 0)


async def test_a_token_is_looked_at_again_for_each_operation(opening: Opening, world: World):
    """So a token that another process revoked starts nothing more here."""
    async with opening(init={"token": "plg_ann"}) as client:
        await client.subscribe("a", "{ me }")
        await client.receive()
        await client.receive()
        del world.tokens["plg_ann"]
        await client.subscribe("b", "{ me }")
        assert await client.closed() == (4403, "Forbidden")
