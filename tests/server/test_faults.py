"""Faults that a server must live through: Redis gone, the process killed while clients write."""

import asyncio
import os
import re
import signal
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.server.council import LAG, caught_up, position, room
from tests.serving import Server, polylogue, serving
from tests.workers.valkey import valkey


def test_without_redis_writes_go_on_and_figures_say_how_far_behind_they_are(tmp_path: Path) -> None:
    with valkey() as redis, serving(tmp_path / "data", redis_url=redis.url) as server:
        session, item, tokens = room(server)
        caught_up(server, session, 0)
        redis.kill()
        stated = server.give("stateStances", tokens["ALDER"], sessionId=session, itemId=item, forRest="SUPPORT")
        assert stated["__typename"] == "StateStancesPayload", stated
        behind = server.ask(LAG, id=session)["session"]
        assert behind["lag"]["events"] > 0
        assert behind["head"]["seq"] == stated["receipt"]["seq"]
        assert httpx.get(f"{server.url}/readyz", timeout=10).status_code == 503
        assert httpx.get(f"{server.url}/livez", timeout=10).status_code == 200
        redis.start()
        caught_up(server, session, 2)


def test_our_own_redis_is_started_again(tmp_path: Path) -> None:
    with serving(tmp_path / "data") as server:
        session, item, tokens = room(server)
        found = subprocess.run(
            ["pgrep", "-P", str(server.process.pid)], capture_output=True, text=True, check=True
        ).stdout.split()
        for pid in found:
            os.kill(int(pid), signal.SIGKILL)
        server.give("stateStances", tokens["BIRCH"], sessionId=session, itemId=item, forRest="ACCEPT")
        caught_up(server, session, 2)


@pytest.mark.parametrize("cycles", [2])
def test_a_server_killed_while_eight_clients_write_loses_and_doubles_nothing(tmp_path: Path, cycles: int) -> None:
    with serving(tmp_path / "data") as server:
        session, item, tokens = room(server)
        acknowledged: dict[str, int] = {}
        for cycle in range(cycles):
            killer = asyncio.run(storm(server, session, item, tokens, acknowledged, cycle))
            assert killer, "the server was killed before anybody wrote"
            server.start()
        # whoever was not answered asks again with the same key: once in the record, at the place first acknowledged
        for key, seq in sorted(acknowledged.items()):
            again = state(server, session, item, tokens, key)
            assert again["receipt"]["seq"] == seq, key
        with sqlite3.connect(tmp_path / "data" / "polylogue.db") as connection:
            (kept,) = connection.execute("SELECT count(*) FROM idempotency WHERE key LIKE 'storm-%'").fetchone()
            (entries,) = connection.execute("SELECT count(DISTINCT command) FROM event").fetchone()
            (keys,) = connection.execute("SELECT count(*) FROM idempotency").fetchone()
        assert kept >= len(acknowledged)
        assert entries == keys, "a command stands twice in the record, or without its key"
        audit = polylogue(server.environment, "audit")
        assert audit.returncode == 0, audit.stdout + audit.stderr
        the_organisers_token_was_shown_once_and_is_had_again_on_the_host(server, starts=1 + cycles)


def the_organisers_token_was_shown_once_and_is_had_again_on_the_host(server: Server, starts: int) -> None:
    printed = (server.directory / "server.log").read_text("utf-8")
    (first,) = re.findall(r"plg_\S+", printed)
    assert len(re.findall(r"For programs, GraphQL and GraphiQL: http://\S+/graphql\n", printed)) == starts
    assert printed.count("`polylogue token` gives another.\n") == starts - 1
    further = polylogue(server.environment, "token").stdout.strip()
    assert further != first
    for token in (first, further):
        assert server.ask("{ me { siteRoles } }", token)["me"] == {"siteRoles": ["ORGANISER"]}


def state(server: Server, session: str, item: str, tokens: dict[str, str], key: str) -> dict[str, Any]:
    """Give the command of a key once more."""
    return server.give("postPosition", tokens[key.split("-")[2]], **position(session, item, key))


async def storm(
    server: Server, session: str, item: str, tokens: dict[str, str], acknowledged: dict[str, int], cycle: int
) -> bool:
    """Eight clients write until the server is killed in their midst; who was answered is acknowledged."""
    query = """mutation($input: PostPositionInput!) { done: postPosition(input: $input) {
      ... on PostPositionPayload { receipt { seq } } } }"""
    seats = [seat for seat in tokens if seat != "CHAIR"]

    async def client(number: int) -> None:
        seat = seats[number % len(seats)]
        headers = {"Authorization": f"Bearer {tokens[seat]}"}
        async with httpx.AsyncClient(base_url=server.url, headers=headers, timeout=30) as http:
            for turn in range(1000):
                key = f"storm-{cycle}-{seat}-{number}-{turn}"
                sent = {"query": query, "variables": {"input": position(session, item, key)}}
                try:
                    answer = (await http.post("/graphql", json=sent)).json()
                except (httpx.HTTPError, ValueError):
                    return
                if done := (answer.get("data") or {}).get("done"):
                    acknowledged[key] = done["receipt"]["seq"]

    async def kill() -> None:
        before = len(acknowledged)
        while len(acknowledged) < before + 40:  # noqa: ASYNC110 -- whoever is answered counts
            await asyncio.sleep(0.01)
        server.process.kill()

    await asyncio.gather(kill(), *(client(number) for number in range(8)))
    await asyncio.to_thread(server.process.wait)
    return bool(acknowledged)
