"""What goes wrong over a socket: refusals are told why, a laggard where to resume, and bugs are masked and logged."""

import json

import pytest
import structlog

from schema.api.errors import ApiError, ErrorCode
from tests.server.sockets.client import Opening
from tests.server.toy import SECRET, LedgerBroken, World


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
