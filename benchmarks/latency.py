"""How long it takes from an acknowledged position to the convergence that a subscriber is pushed; and the board.

Why over the network with a real client: the sum of HTTP, rules, commit, nudge, worker and WebSocket is what a room
feels.

    python -m benchmarks.latency [POSITIONS]
"""

import asyncio
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from benchmarks.memory import resident
from tests.serving import Server, serving

SEATS = tuple(f"S{n:02}" for n in range(10))
PROVISIONS = 40

BOARD = """query($id: ID!) { session(id: $id) { title phase head { seq } delegations { code } agenda { number
  text { state provisions { id number state versions { language text } stances { seat level carried } } } } } }"""
PUSHED = (
    "subscription($s: ID!, $i: ID!) { convergence(sessionId: $s, itemId: $i) { basis headline { meanCloseness } } }"
)


def main(positions: int) -> None:
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder) / "data") as server:
        session, item, provisions, tokens = _room(server)
        asyncio.run(_measure(server, session, item, provisions, tokens, positions))


def _room(server: Server) -> tuple[str, str, list[str], dict[str, str]]:
    text = "The parties shall consult each other on matters of common concern at least once a year."
    definition = {
        "titles": [{"language": "en", "text": "Benchmark"}],
        "delegations": [{"code": seat} for seat in SEATS],
        "items": [
            {
                "titles": [{"language": "en", "text": "Item"}],
                "provisions": [{"versions": [{"language": "en", "text": f"{text} ({n})"}]} for n in range(PROVISIONS)],
            }
        ],
    }
    session = server.give("scheduleSession", definition=definition, fields="session { id }")["session"]["id"]
    found = server.ask("query($id: ID!) { session(id: $id) { agenda { id text { provisions { id } } } } }", id=session)[
        "session"
    ]["agenda"][0]
    tokens = {
        seat: server.give("admitPerson", sessionId=session, role="DELEGATE", seats=[seat], name=seat, fields="token")[
            "token"
        ]
        for seat in SEATS
    }
    for seat, token in tokens.items():
        server.give("stateStances", token, sessionId=session, itemId=found["id"], forRest="ACCEPT", seat=seat)
    return session, found["id"], [p["id"] for p in found["text"]["provisions"]], tokens


async def _measure(
    server: Server, session: str, item: str, provisions: list[str], tokens: dict[str, str], positions: int
) -> None:
    waits: list[float] = []
    answers: list[float] = []
    seen: dict[int, float] = {}
    ready = asyncio.Event()
    moved = asyncio.Event()

    async def follow() -> None:
        url = server.url.replace("http", "ws") + "/graphql"
        async with connect(url, subprotocols=[Subprotocol("graphql-transport-ws")], max_size=None) as socket:
            await socket.send(json.dumps({"type": "connection_init", "payload": {"token": tokens[SEATS[0]]}}))
            await socket.recv()
            variables = {"s": session, "i": item}
            await socket.send(
                json.dumps({"id": "1", "type": "subscribe", "payload": {"query": PUSHED, "variables": variables}})
            )
            async for message in socket:
                payload = json.loads(message)
                if payload["type"] == "next":
                    seen[payload["payload"]["data"]["convergence"]["basis"]] = time.perf_counter()
                    ready.set()
                    moved.set()

    follower = asyncio.create_task(follow())
    async with httpx.AsyncClient(base_url=server.url, timeout=60) as http:
        await asyncio.wait_for(ready.wait(), 30)
        headers = {"Authorization": f"Bearer {tokens[SEATS[0]]}"}
        for turn in range(positions):
            seat = SEATS[turn % len(SEATS)]
            sent = _position(session, item, provisions, turn)
            headers = {"Authorization": f"Bearer {tokens[seat]}"}
            begun = time.perf_counter()
            answer = (await http.post("/graphql", json=sent, headers=headers)).json()
            acknowledged = time.perf_counter()
            seq = answer["data"]["postPosition"]["receipt"]["seq"]
            answers.append(acknowledged - begun)
            while not any(basis >= seq - 1 for basis in seen):
                moved.clear()
                await asyncio.wait_for(moved.wait(), 30)
            waits.append(max(0.0, min(at for basis, at in seen.items() if basis >= seq - 1) - acknowledged))
        boards: list[float] = []
        for _ in range(50):
            begun = time.perf_counter()
            await http.post("/graphql", json={"query": BOARD, "variables": {"id": session}}, headers=headers)
            boards.append(time.perf_counter() - begun)
    follower.cancel()
    rows = (("position answered", answers), ("acknowledged to pushed", waits), ("board of 400 stances", boards))
    print(f"| {len(SEATS)} delegations, {PROVISIONS} provisions, {positions} positions | p50 ms | p99 ms |")
    print("|---|--:|--:|")
    for name, values in rows:
        print(f"| {name} | {_at(values, 50):.1f} | {_at(values, 99):.1f} |")
    print(f"| memory of the server, MB | {resident(server.process.pid):.0f} | |")


def _position(session: str, item: str, provisions: list[str], turn: int) -> dict[str, Any]:
    levels = ("SUPPORT", "ACCEPT", "NEUTRAL", "RESERVE")
    stances = [
        {"provisionId": provisions[(turn * 8 + n) % len(provisions)], "level": levels[(turn + n) % 4], "reason": "So."}
        for n in range(8)
    ]
    query = """mutation($input: PostPositionInput!) { postPosition(input: $input) {
      ... on PostPositionPayload { receipt { seq } } ... on Refusal { code message } } }"""
    given = {
        "sessionId": session,
        "itemId": item,
        "idempotencyKey": f"p{turn}",
        "text": f"We hold that this matters, for the {turn}th time.",
        "language": "en",
        "stances": stances,
    }
    return {"query": query, "variables": {"input": given}}


def _at(values: list[float], percent: int) -> float:
    """A percentile in milliseconds."""
    return 1000 * statistics.quantiles(values, n=100)[percent - 1]


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 200)
