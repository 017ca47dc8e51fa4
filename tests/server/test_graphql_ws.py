"""graphql-transport-ws against a real server: the protocol to the letter, revoked tokens, slow and rude clients."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import structlog
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from schema.api.errors import ApiError, ErrorCode
from server.api.door import Bounds
from tests.live import live
from tests.node import run_node
from tests.server.toy import SECRET, LedgerBroken, World, toy_app

BOUNDS = Bounds(init_wait=0.5, operations_per_socket=3)


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[World, str]]:
    world = World()
    with live(toy_app(world, BOUNDS)) as server:
        yield world, f"{server.ws_url}/graphql"


@pytest.fixture
def world(served: tuple[World, str]) -> Iterator[World]:
    world = served[0]
    tokens = dict(world.tokens)
    yield world
    world.context_breaks = None
    world.tokens.update(tokens)


class Client:
    """A WebSocket with raw messages."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    async def send(self, message: object) -> None:
        await self.socket.send(json.dumps(message))

    async def receive(self) -> dict[str, Any]:
        return json.loads(await asyncio.wait_for(self.socket.recv(), 10))

    async def subscribe(self, id: str, query: str, **payload: Any) -> None:
        await self.send({"type": "subscribe", "id": id, "payload": {"query": query, **payload}})

    async def closed(self) -> tuple[int, str]:
        """The code and reason with which the server closes, whatever it still says before."""
        try:
            while True:
                await self.receive()
        except ConnectionClosed:
            pass
        assert self.socket.close_code is not None
        return self.socket.close_code, self.socket.close_reason or ""


Opening = Callable[..., Any]


@pytest.fixture
def opening(served: tuple[World, str]) -> Opening:
    """Opens a socket, acknowledged unless `init` is None."""

    @asynccontextmanager
    async def opened(init: dict[str, Any] | None = {}, **rest: Any) -> AsyncIterator[Client]:  # noqa: B006 -- not changed
        rest.setdefault("subprotocols", [Subprotocol("graphql-transport-ws")])
        async with connect(served[1], **rest) as socket:
            client = Client(socket)
            if init is not None:
                await client.send({"type": "connection_init", "payload": init})
                assert await client.receive() == {"type": "connection_ack"}
            yield client

    return opened


async def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.01)


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


# --- The order of things ---


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


# --- Who asks ---


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


# --- What goes wrong ---


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{", "DOCUMENT_SYNTAX"),
        ("{ nothing }", "DOCUMENT_INVALID"),
        ("{ " + "hello " * 501 + "}", "DOCUMENT_TOO_MANY_FIELDS"),
        ("query A { me } query B { me }", "OPERATION_UNKNOWN"),
        ("", "REQUEST_MALFORMED"),
        ("query ($n: Even!) { even(number: $n) }", "VARIABLES_INVALID"),
        ("subscription { refusing }", "VARIABLES_INVALID"),
    ],
)
async def test_a_refused_operation_is_told_why(opening: Opening, query: str, code: str):
    async with opening() as client:
        await client.subscribe("a", query)
        message = await client.receive()
        assert (message["type"], message["id"]) == ("error", "a")
        assert [error["extensions"]["code"] for error in message["payload"]] == [code]
        await client.send({"type": "ping"})
        assert await client.receive() == {"type": "pong"}


async def test_a_subscription_that_lags_is_completed_with_where_to_resume(opening: Opening):
    async with opening() as client:
        await client.subscribe("a", "subscription { lagging }")
        assert (await client.receive())["payload"] == {"data": {"lagging": 1}}
        message = await client.receive()
        assert message["type"] == "error"
        (error,) = message["payload"]
        assert error["extensions"] == {"code": "SUBSCRIPTION_LAGGING", "seq": 41}
        await client.subscribe("a", "{ hello }")
        assert (await client.receive())["type"] == "next"


@pytest.mark.parametrize(
    ("query", "before", "last"),
    [
        ("{ broken }", 0, "complete"),
        ("{ hello brokenMaybe }", 0, "complete"),
        ("subscription { breaking }", 1, "error"),
        ("subscription { stumbling { hello wrongColour } }", 0, "complete"),
    ],
)
async def test_a_bug_is_masked_and_logged(opening: Opening, query: str, before: int, last: str):
    with structlog.testing.capture_logs(processors=[structlog.contextvars.merge_contextvars]) as logs:
        async with opening() as client:
            await client.subscribe("a", query)
            messages = [await client.receive()]
            while messages[-1]["type"] == "next":
                messages.append(await client.receive())
    assert messages[-1]["type"] == last
    assert SECRET not in json.dumps(messages)
    told = [m["payload"] if m["type"] == "error" else m.get("payload", {}).get("errors", []) for m in messages[before:]]
    errors = [error for payload in told for error in payload]
    assert errors
    for error, line in zip(errors, logs, strict=True):
        assert error["message"] == "Internal error"
        assert error["extensions"] == {"code": "INTERNAL", "requestId": line["request_id"]}
        assert SECRET in str(line["exc_info"])


async def test_a_bug_before_the_operation_runs_is_masked_too(opening: Opening, world: World):
    async with opening() as client:
        for bug in (LedgerBroken(SECRET), ConnectionRefusedError(SECRET)):
            world.context_breaks = bug
            await client.subscribe("a", "{ hello }")
            message = await client.receive()
            assert message["type"] == "error"
            assert message["payload"][0]["extensions"]["code"] == "INTERNAL"
            assert SECRET not in json.dumps(message)
        world.context_breaks = ApiError(ErrorCode.VARIABLES_INVALID, "Not in this language.")
        await client.subscribe("a", "{ hello }")
        assert (await client.receive())["payload"][0]["message"] == "Not in this language."


async def test_a_bug_while_a_token_is_checked_ends_the_socket(opening: Opening):
    async with opening(init=None) as client:
        await client.send({"type": "connection_init", "payload": {"token": "plg_boom"}})
        assert await client.closed() == (4500, "Internal error")
