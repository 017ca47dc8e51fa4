"""Positions per second over GraphQL on PostgreSQL, and what is left of it for a script that only writes the rows.

Why a ratio in the same run: it says what HTTP, GraphQL, the rules, the tree and the receipt cost together, on any
machine. The clients share the machine with the server, so they read and write sockets and nothing more.

    python -m benchmarks.api [SECONDS]

A position has eight stances and the interests behind it, as in benchmarks/writer.py. PostgreSQL flushes each commit to
the disk; the workers of the server rest.
"""

import asyncio
import itertools
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncpg

from benchmarks.bare import Bare, captured
from ledger.database import open_database
from ledger.ledger import Ledger
from migrations import migrate
from tests.ledger.scene import SEATS, schedule
from tests.servers import Postgres, start_postgres
from tests.serving import Server, serving
from tests.workers.valkey import valkey

CLIENTS = (1, 16)
MUTATION = """mutation($input: PostPositionInput!) { postPosition(input: $input) {
  __typename ... on PostPositionPayload { receipt { seq leafHash } } ... on Refusal { code message } } }"""

Waits = list[float]


@dataclass(frozen=True)
class Room:
    """An open session with one item of eight clauses, and a token by seat."""

    session: str
    item: str
    provisions: tuple[str, ...]
    tokens: dict[str, str]

    def positions(self, name: str) -> Iterator[bytes]:
        """Bodies of requests, each a new position."""
        stances = [{"provisionId": id, "level": "ACCEPT"} for id in self.provisions]
        given: dict[str, Any] = {"sessionId": self.session, "itemId": self.item, "language": "en", "stances": stances}
        for turn in itertools.count():
            words = f"What the delegation holds on the sharing of water, said for the {turn}th time."
            said = {"text": words, "interests": "To irrigate in May.", "idempotencyKey": f"{name}:{turn}"}
            yield json.dumps({"query": MUTATION, "variables": {"input": given | said}}).encode()


def main(seconds: float) -> None:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        postgres = stack.enter_context(start_postgres(durable=True))
        redis = stack.enter_context(valkey())
        url = postgres.url(postgres.create())
        migrate(url)
        given = {"database_url": url, "redis_url": redis.url, "worker_slots": "0", "log_level": "WARNING"}
        server = stack.enter_context(serving(folder, **given))
        room = _room(server)
        asyncio.run(_load(server, room, 4, seconds / 2, "first"))  # the first ones compile statements
        api = {clients: asyncio.run(_load(server, room, clients, seconds, str(clients))) for clients in CLIENTS}
        bare = asyncio.run(_bare(postgres, seconds))
    print(
        "| `postPosition`, eight stances | Clients | Per second | Median ms | p99 ms | of bare, alone | of bare, 16 |"
    )
    print("|---|--:|--:|--:|--:|--:|--:|")
    for clients, (rate, waits) in api.items():
        median, last = 1e3 * statistics.median(waits), 1e3 * statistics.quantiles(waits, n=100)[98]
        ratios = " | ".join(f"1/{of / rate:.1f}" for of in bare.values())
        print(f"| GraphQL over HTTP | {clients} | {rate:,.0f} | {median:.1f} | {last:.1f} | {ratios} |")
    for together, rate in bare.items():
        print(f"| bare asyncpg, {together} in a transaction | 1 | {rate:,.0f} | {1e3 * together / rate:.1f} | | | |")


def _room(server: Server) -> Room:
    def texts(words: str) -> list[dict[str, str]]:
        return [{"language": "en", "text": words}]

    definition = {
        "titles": texts("Reservoirs"),
        "delegations": [{"code": seat, "names": texts(seat)} for seat in SEATS],
        "items": [
            {
                "titles": texts("Shared water"),
                "provisions": [{"versions": texts(f"Clause {n}.")} for n in range(8)],
            }
        ],
    }
    session = server.give("scheduleSession", definition=definition, fields="session { id }")["session"]["id"]
    query = "query($id: ID!) { session(id: $id) { agenda { id text { provisions { id } } } } }"
    (item,) = server.ask(query, id=session)["session"]["agenda"]
    tokens: dict[str, str] = {}
    for seat in SEATS:
        admitted = server.give(
            "admitPerson", sessionId=session, role="DELEGATE", seats=[seat], name=seat, fields="token"
        )
        tokens[seat] = admitted["token"]
    return Room(session, item["id"], tuple(provision["id"] for provision in item["text"]["provisions"]), tokens)


async def _load(server: Server, room: Room, clients: int, seconds: float, name: str) -> tuple[float, Waits]:
    """Positions per second of so many clients that each wait for their answer, and how long they waited."""
    address = urlsplit(server.url)
    waits: Waits = []
    end = time.perf_counter() + seconds

    async def client(number: int) -> None:
        seat = SEATS[number % len(SEATS)]
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        head = (
            f"POST /graphql HTTP/1.1\r\nHost: {address.netloc}\r\nContent-Type: application/json\r\n"
            f"Authorization: Bearer {room.tokens[seat]}\r\nContent-Length: "
        ).encode()
        for body in room.positions(f"{name}:{number}"):
            if (begun := time.perf_counter()) >= end:
                break
            writer.write(head + b"%d\r\n\r\n" % len(body) + body)
            answer = await _answer(reader)
            waits.append(time.perf_counter() - begun)
            if b'"PostPositionPayload"' not in answer:
                raise RuntimeError(answer.decode())
        writer.close()
        await writer.wait_closed()

    begun = time.perf_counter()
    await asyncio.gather(*map(client, range(clients)))
    return len(waits) / (time.perf_counter() - begun), waits


async def _answer(reader: asyncio.StreamReader) -> bytes:
    """The body of a response with a length."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    return await reader.readexactly(int(length.partition(b":")[2]))


async def _bare(postgres: Postgres, seconds: float) -> dict[int, float]:
    """Commands per second of the same rows, by how many are in a transaction, in a database of their own."""
    url = postgres.url(postgres.create())
    await asyncio.to_thread(migrate, url)
    database = open_database(url)
    ledger = Ledger(database, None)
    try:
        bare = Bare(await captured(ledger, await schedule(ledger)), await asyncpg.connect(url))
        return {together: await bare.rate(together, seconds) for together in CLIENTS}
    finally:
        await ledger.close()
        await database.close()


if __name__ == "__main__":
    main(float(sys.argv[1]) if sys.argv[1:] else 8.0)
