"""graphql-transport-ws to the letter: the client that everybody uses, and what is a message."""

import asyncio
import json
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from server.api.door import Bounds
from tests.live import live
from tests.node import run_node
from tests.server.sockets.client import Client, Opening, until
from tests.server.toy import World, toy_app

# --- The client that everybody uses ---


async def test_the_common_javascript_client_is_served(served: tuple[World, str], world: World):
    world.total = 0
    saw = await asyncio.to_thread(run_node, "graphql_ws_client.mjs", served[1], "plg_ann")
    assert saw["query"] == [{"data": {"me": "ann"}}]
    assert saw["mutation"] == [{"data": {"add": 2}}]
    assert saw["besides"] == [[{"data": {"count": n}} for n in range(1, to + 1)] for to in (1, 2, 3)]
    first, thrown = saw["lagging"]
    assert first == {"data": {"lagging": 1}}
    assert thrown["thrown"][0]["extensions"] == {"code": "SUBSCRIPTION_LAGGING", "seq": 41}
    assert saw["invalid"][0]["thrown"][0]["extensions"]["code"] == "DOCUMENT_INVALID"
    assert saw["first"] == {"data": {"forever": "ann"}}
    assert saw["after"] == [{"data": {"hello": "hello world"}}]
    assert saw["refused"] == [{"thrown": {"code": 4403, "reason": "Forbidden"}}]
    await until(lambda: world.running == 0)


# --- Messages ---


async def test_an_operation_from_subscribe_to_complete(opening: Opening):
    async with opening() as client:
        await client.subscribe("a", "subscription S($to: Int!) { count(to: $to) }", variables={"to": 2})
        assert [await client.receive() for _ in range(3)] == [
            {"type": "next", "id": "a", "payload": {"data": {"count": 1}}},
            {"type": "next", "id": "a", "payload": {"data": {"count": 2}}},
            {"type": "complete", "id": "a"},
        ]
        await client.subscribe("a", "query A { hello } query B { me }", operationName="B", extensions={"x": 1})
        assert (await client.receive())["payload"] == {"data": {"me": None}}


async def test_a_ping_is_answered_before_and_after_the_init(opening: Opening):
    async with opening(init=None) as client:
        await client.send({"type": "ping"})
        assert await client.receive() == {"type": "pong"}
        await client.send({"type": "connection_init"})
        assert await client.receive() == {"type": "connection_ack"}
        await client.send({"type": "pong", "payload": {"any": "thing"}})
        await client.send({"type": "ping", "payload": None})
        assert await client.receive() == {"type": "pong"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "null",
        "[]",
        "{}",
        '{"type": 1}',
        '{"type": "start"}',
        '{"type": "next", "id": "a", "payload": {}}',
        '{"type": "connection_ack"}',
        '{"type": "connection_init", "payload": 1}',
        '{"type": "ping", "payload": []}',
        '{"type": "subscribe"}',
        '{"type": "subscribe", "id": "a"}',
        '{"type": "subscribe", "id": "", "payload": {"query": "{ hello }"}}',
        '{"type": "subscribe", "id": 1, "payload": {"query": "{ hello }"}}',
        '{"type": "subscribe", "id": "a", "payload": {"query": null}}',
        '{"type": "subscribe", "id": "a", "payload": {"query": "{ hello }", "variables": []}}',
        '{"type": "subscribe", "id": "a", "payload": {"query": "{ hello }", "operationName": 1}}',
        '{"type": "subscribe", "id": "a", "payload": {"query": "{ hello }", "extensions": "x"}}',
        '{"type": "complete"}',
        '{"type": "ping", "payload": {"a": ' + "[" * 50_000 + "]" * 50_000 + "}}",
    ],
)
@pytest.mark.parametrize("acknowledged", [True, False])
async def test_what_is_no_message_ends_the_socket(opening: Opening, text: str, acknowledged: bool):
    async with opening(init={} if acknowledged else None) as client:
        await client.socket.send(text)
        code, reason = await client.closed()
        assert code == 4400
        assert reason.startswith("Invalid message: ")
        assert reason.endswith(".")


@pytest.mark.parametrize("params", [{"token": 1}, {"authorization": ["Bearer plg_ann"]}])
async def test_a_token_is_a_string(opening: Opening, params: dict[str, Any]):
    async with opening(init=None) as client:
        await client.send({"type": "connection_init", "payload": params})
        assert await client.closed() == (4400, "Invalid message: the token must be a string")


async def test_bytes_are_no_message(opening: Opening):
    async with opening() as client:
        await client.socket.send(b'{"type": "ping"}')
        assert await client.closed() == (4400, "Invalid message: not text")


async def test_a_reason_fits_its_frame_whatever_the_client_sent(opening: Opening):
    async with opening() as client:
        for _ in range(2):
            await client.subscribe("ж" * 500, "subscription { silent }")
        code, reason = await client.closed()
        assert code == 4409
        assert len(reason.encode()) <= 123
        assert reason.startswith("Subscriber for жжж")


@pytest.mark.parametrize("size", [1_000_001, 3_000_000])
async def test_a_message_over_a_megabyte_ends_the_socket(opening: Opening, size: int):
    async with opening() as client:
        await client.socket.send("x" * size)
        assert (await client.closed())[0] == 1009


async def test_a_message_is_measured_in_bytes_behind_any_server():
    """The server of the tests, told of a megabyte, lets pass what these bounds do not."""

    def ping(size: int) -> str:
        text = json.dumps({"type": "ping", "payload": {"fill": "ж" * 25}}, ensure_ascii=False)
        return text + " " * (size - len(text.encode()))

    with live(toy_app(World(), Bounds(message_bytes=100))) as server:
        offered = [Subprotocol("graphql-transport-ws")]
        async with connect(f"{server.ws_url}/graphql", subprotocols=offered) as socket:
            client = Client(socket)
            await socket.send(ping(100))
            assert await client.receive() == {"type": "pong"}
            await socket.send(ping(101))
            assert await client.closed() == (1009, "Message too big")


async def test_another_subprotocol_is_not_spoken(opening: Opening):
    for offered in ([Subprotocol("graphql-ws")], None):
        async with opening(init=None, subprotocols=offered) as client:
            assert await client.closed() == (4406, "Subprotocol not acceptable")


async def test_of_several_subprotocols_ours_is_taken(opening: Opening):
    async with opening(subprotocols=[Subprotocol("graphql-ws"), Subprotocol("graphql-transport-ws")]) as client:
        assert client.socket.subprotocol == "graphql-transport-ws"
