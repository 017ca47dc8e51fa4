"""PostgreSQL is restarted while clients write: who is not answered asks again, and nothing is lost or doubled."""

import asyncio
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncpg
import httpx

from tests.server.council import caught_up, position, room
from tests.server.following import following, heard
from tests.servers import Postgres, start_postgres
from tests.serving import Server, environment_of, polylogue, serving, working
from tests.workers.valkey import valkey

CLIENTS = 6
PATIENCE = 120.0
POST = """mutation($input: PostPositionInput!) { done: postPosition(input: $input) {
  ... on PostPositionPayload { receipt { seq leafHash } } } }"""


@dataclass
class Crowd:
    """Clients that write one thing after another, each again under its key until it is answered."""

    server: Server
    session: str
    item: str
    tokens: dict[str, str]
    enough: threading.Event = field(default_factory=threading.Event)
    acknowledged: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    refused: Counter[str] = field(default_factory=Counter[str])
    """What stood in the way, by its code."""

    def write(self, number: int) -> None:
        seat = sorted(set(self.tokens) - {"CHAIR"})[number % 3]
        turn = 0
        while not self.enough.is_set():
            key = f"restart-{seat}-{number}-{turn}"
            while (receipt := self.say(seat, key)) is None:
                time.sleep(0.02)
            self.acknowledged[key] = receipt
            turn += 1

    def say(self, seat: str, key: str) -> dict[str, Any] | None:
        headers = {"Authorization": f"Bearer {self.tokens[seat]}"}
        sent = {"query": POST, "variables": {"input": position(self.session, self.item, key)}}
        answer = httpx.post(f"{self.server.url}/graphql", json=sent, headers=headers, timeout=PATIENCE)
        said = answer.json()
        if "errors" in said:
            self.refused.update(error["extensions"]["code"] for error in said["errors"])
            return None
        return said["data"]["done"]["receipt"]

    @contextmanager
    def writing(self) -> Iterator[None]:
        with ThreadPoolExecutor(CLIENTS) as pool:
            clients = [pool.submit(self.write, number) for number in range(CLIENTS)]
            try:
                yield
            finally:
                self.enough.set()
            for client in clients:
                client.result()


def until(holds: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def counted(url: str) -> dict[str, int]:
    """Commands in the record, keys that are kept, and positions that were written, by what each says."""

    async def ask() -> dict[str, int]:
        connection = await asyncpg.connect(url)
        try:
            commands = await connection.fetchval("SELECT count(DISTINCT command) FROM event")
            keys = await connection.fetchval("SELECT count(*) FROM idempotency")
            said = await connection.fetch("SELECT text FROM prose WHERE text LIKE 'restart-%'")
        finally:
            await connection.close()
        return {"commands": commands, "keys": keys, **Counter(row["text"] for row in said)}

    return asyncio.run(ask())


def test_a_restart_of_postgresql_under_load_loses_and_doubles_nothing(tmp_path: Path) -> None:
    with start_postgres(durable=True) as postgres, valkey() as redis:
        url = postgres.url(postgres.create())
        given = {"database_url": url, "redis_url": redis.url, "worker_slots": "0"}
        environment = environment_of(tmp_path, **given)
        assert polylogue(environment, "migrate").returncode == 0
        with serving(tmp_path / "server", **given) as server, working(tmp_path, **given) as worker:
            session, item, tokens = room(server)
            caught_up(server, session, 0)  # the worker has come up: one that finds no database gives up at once
            crowd = Crowd(server, session, item, tokens)
            with following(server, tokens["CHAIR"], session) as socket:
                with crowd.writing():
                    for _ in range(2):
                        restart(postgres, crowd)
                stated = server.give("stateStances", tokens["ALDER"], sessionId=session, itemId=item, forRest="SUPPORT")
                seqs = [entry["seq"] for entry in heard(socket, stated["receipt"]["seq"])]
                assert seqs == list(range(1, stated["receipt"]["seq"] + 1)), "who follows has missed nothing"
            caught_up(server, session, 2)
            assert crowd.refused.keys() == {"UNAVAILABLE"}, "one code for a database that is away"
            for key, receipt in crowd.acknowledged.items():
                assert crowd.say(key.split("-")[1], key) == receipt, key
            assert (worker.poll(), server.process.poll()) == (None, None)
        found = counted(url)
        assert found.pop("commands") == found.pop("keys"), "a command stands twice in the record, or without its key"
        assert found == dict.fromkeys(crowd.acknowledged, 1)
        audit = polylogue(environment, "audit")
        assert audit.returncode == 0, audit.stdout + audit.stderr


def restart(postgres: Postgres, crowd: Crowd) -> None:
    """Stop it in the midst of writing, see everybody refused, start it again, see everybody go on."""
    before = len(crowd.acknowledged)
    until(lambda: len(crowd.acknowledged) >= before + 5 * CLIENTS)
    postgres.stop()
    refused = crowd.refused.total()
    until(lambda: crowd.refused.total() >= refused + 3 * CLIENTS)
    ready = httpx.get(f"{crowd.server.url}/readyz", timeout=30)
    assert (ready.status_code, ready.json()["database"]) == (503, False)
    postgres.start()
    before = len(crowd.acknowledged)
    until(lambda: len(crowd.acknowledged) >= before + 5 * CLIENTS)
