"""The Python client of examples/python: played as its README says, and through what it must survive."""

import asyncio
import importlib.util
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import aclosing
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from gql import Client, GraphQLRequest
from gql.transport import httpx as over_http
from gql.transport.exceptions import TransportConnectionFailed, TransportQueryError
from gql.transport.httpx import HTTPXAsyncTransport
from graphql import build_schema, parse, validate

from tests.serving import Server, serving

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "examples" / "python"
RECORD = """query($id: ID!) { session(id: $id) { record(first: 1000) {
  ... on Event { seq seat kind leafHash canonical } ... on Withheld { seq } } } }"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that keeps its port when it is started again, as a client expects."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with serving(tmp_path_factory.mktemp("client"), port=str(port)) as found:
        yield found


@pytest.fixture(scope="module")
def seat() -> ModuleType:
    found = importlib.util.spec_from_file_location("seat", FOLDER / "seat.py")
    assert found
    assert found.loader
    module = importlib.util.module_from_spec(found)
    sys.modules["seat"] = module  # a dataclass looks for its own module
    found.loader.exec_module(module)
    return module


def run(server: Server, *words: str) -> list[str]:
    argv = [sys.executable, "-W", "error", *words]
    environment = os.environ | {"POLYLOGUE_URL": server.url}
    done = subprocess.run(argv, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()


COME_IN = """mutation($code: String!) { redeemInvitation(input: { code: $code, name: "Ann", idempotencyKey: "k" }) {
  ... on RedeemInvitationPayload { token } } }"""


def convened(server: Server) -> tuple[str, dict[str, str]]:
    """A session called together by `convene.py`, and tokens for the cards whose codes it printed."""
    first, *cards = run(server, "examples/python/convene.py", server.organiser)
    tokens: dict[str, str] = {}
    for who, code in (line.split() for line in cards):
        sent = {"query": COME_IN, "variables": {"code": code}}
        answer = httpx.post(f"{server.url}/graphql", json=sent, timeout=60).json()
        tokens[who] = answer["data"]["redeemInvitation"]["token"]
    return first.split()[0], tokens


def record(server: Server, session: str) -> list[dict[str, Any]]:
    return server.ask(RECORD, id=session)["session"]["record"]


def table(server: Server, session: str, token: str) -> tuple[str, list[str]]:
    query = "query($id: ID!) { session(id: $id) { agenda { id text { provisions { id } } } } }"
    item = server.ask(query, token, id=session)["session"]["agenda"][0]
    return item["id"], [provision["id"] for provision in item["text"]["provisions"]]


def test_the_readme_goes_from_a_server_to_a_stance(server: Server):
    commands = re.findall(r"^\$ (\.venv/bin/python .*)$", (FOLDER / "README.md").read_text("utf-8"), re.MULTILINE)
    convene, speak = (command.split()[1:] for command in commands)
    assert convene.pop() == "$ORGANISER"
    assert speak.pop() == "$CARD"
    first, *cards = run(server, *convene, server.organiser)
    session, card = first.split()[0], dict(line.split() for line in cards)["ALDER"]
    printed = run(server, *speak, card)
    example = re.findall(r"```\n(came in .*?)```", (FOLDER / "README.md").read_text("utf-8"), re.DOTALL)[0]
    assert [re.sub(r"plg_\S+|[0-9a-f-]{36}", "…", line) for line in printed] == [
        re.sub(r"plg_\S+|[0-9a-f-]{36}", "…", line) for line in example.splitlines()
    ]
    there = record(server, session)
    assert [(entry["seat"], entry["kind"]) for entry in there[-2:]] == [
        ("ALDER", "StancesStated"),
        ("ALDER", "PositionPosted"),
    ]
    heard = re.findall(r"^#(\d+) (\S+) (\w+)", "\n".join(printed), re.MULTILINE)
    assert heard == [(str(entry["seq"]), entry["seat"] or "-", entry["kind"]) for entry in there]


GRAPHQL = re.compile(r"```graphql\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize("block", GRAPHQL.findall((FOLDER / "README.md").read_text("utf-8")))
def test_the_readme_asks_what_the_schema_answers(block: str):
    schema = build_schema((ROOT / "schema" / "schema.graphql").read_text("utf-8"))
    assert validate(schema, parse(block)) == []


async def test_following_outlives_a_server_that_is_killed(server: Server, seat: ModuleType):
    session, tokens = convened(server)
    item, provisions = table(server, session, tokens["BIRCH"])
    following, heard = seat.Following(server.url, tokens["BIRCH"], session), []

    def stance(number: int, level: str) -> dict[str, Any]:
        return {"sessionId": session, "itemId": item, "stances": [{"provisionId": provisions[number], "level": level}]}

    async with aclosing(following.entries()) as entries, seat.door(server.url, tokens["BIRCH"]) as http:

        async def listen(until: int) -> None:
            async for entry in entries:
                heard.append(entry["seq"])
                if entry["seq"] == until:
                    return

        before = await seat.tell(http, seat.STATE_STANCES, **stance(0, "SUPPORT"))
        await listen(before["receipt"]["seq"])
        server.kill()
        telling = asyncio.create_task(seat.tell(http, seat.STATE_STANCES, **stance(1, "ACCEPT")))
        await asyncio.to_thread(server.start)
        told = await telling
        assert told["receipt"]["firstSeq"] == before["receipt"]["seq"] + 1
        await listen(told["receipt"]["seq"])
    assert heard == list(range(1, told["receipt"]["seq"] + 1))
    assert following.after == heard[-1]


httpx: Any = vars(over_http)["httpx"]
"""Whichever of its two clients gql has found."""


class LosingTheFirstAnswer(httpx.AsyncHTTPTransport):
    """A wire that carries each request and loses the answer to the first."""

    lost = 0

    async def handle_async_request(self, request: Any) -> Any:
        answer = await super().handle_async_request(request)
        if not self.lost:
            self.lost = len(await answer.aread())
            await answer.aclose()
            raise httpx.ReadError("the answer is lost")
        return answer


async def test_what_was_sent_twice_is_said_once(server: Server, seat: ModuleType):
    session, tokens = convened(server)
    item, _ = table(server, session, tokens["CEDAR"])
    wire = LosingTheFirstAnswer()
    headers = {"Authorization": f"Bearer {tokens['CEDAR']}"}
    async with Client(transport=HTTPXAsyncTransport(f"{server.url}/graphql", headers=headers, transport=wire)) as http:
        told = await seat.tell(http, seat.POST_POSITION, sessionId=session, itemId=item, text="Once.", language="en")
    posted = [entry for entry in record(server, session) if entry["kind"] == "PositionPosted"]
    assert wire.lost
    assert [entry["seq"] for entry in posted] == [told["receipt"]["seq"]]
    hashed = sha256(b"\0" + posted[0]["canonical"].encode()).hexdigest()  # as its README tells developers to
    assert told["receipt"]["leafHash"] == posted[0]["leafHash"] == hashed


async def test_a_refusal_is_raised_with_its_code(server: Server, seat: ModuleType):
    session, tokens = convened(server)
    item, _ = table(server, session, tokens["ALDER"])
    async with seat.door(server.url, tokens["ALDER"]) as http:
        with pytest.raises(seat.Refused, match="BULK_OBJECT") as refused:
            await seat.tell(http, seat.STATE_STANCES, sessionId=session, itemId=item, forRest="OBJECT")
    assert refused.value.code == "BULK_OBJECT"


async def test_a_token_that_is_nobodys_is_not_tried_again(server: Server, seat: ModuleType):
    session, _ = convened(server)
    wrong = f"plg_{'a' * 43}"
    with pytest.raises(TransportConnectionFailed):
        await anext(seat.Following(server.url, wrong, session).entries())
    async with seat.door(server.url, wrong) as http:
        with pytest.raises(TransportQueryError, match="UNAUTHENTICATED"):
            await http.execute(GraphQLRequest(seat.WHO_AM_I))


@pytest.mark.parametrize("program", ["convene.py", "seat.py"])
@pytest.mark.parametrize(
    ("token", "url", "said"),
    [
        (f"plg_{'a' * 43}", None, "The token is unknown or has been revoked.\n"),
        ("plg_…", None, "That is no token"),
        ("plg_a", "http://127.0.0.1:9", "http://127.0.0.1:9 does not answer as it should"),
    ],
)
def test_who_comes_with_what_is_no_token_or_to_no_server_is_told_so(
    server: Server, token: str, url: str | None, said: str, program: str
):
    argv = [sys.executable, "-W", "error", f"examples/python/{program}", token, "--url", url or server.url]
    done = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(said)
    assert "Traceback" not in done.stderr
