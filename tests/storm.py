"""A storm: a thousand stances change in two seconds on a whole server, while somebody follows them over the API.

Why through the ledger and not over HTTP: the storm must be faster than one client of the API could make it; who
watches is a real client.
"""

import asyncio
import json
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from ledger.ledger import Ledger
from polylogue.commands import StanceGiven, StateStances
from polylogue.vocabulary import Seq, StanceLevel
from server.serve import Serving
from tests.ledger.scene import SEATS, Scene, accepted, delegate, schedule

CHANGES = 1_000
SECONDS = 2.0
CLIENTS = 50
PATIENCE = 60.0
_LEVELS = (StanceLevel.SUPPORT, StanceLevel.ACCEPT, StanceLevel.NEUTRAL, StanceLevel.RESERVE)
_FOLLOWED = "subscription($s: ID!, $i: ID!) { convergence(sessionId: $s, itemId: $i) { basis headline { stated } } }"


@dataclass(frozen=True)
class Seen:
    """What the subscriber saw: the `bases` of the reports in the order of their arrival, and when each came.

    `newest` is the entry of the last change; the storm lasted from `begun` to `ended`, when that was acknowledged.
    """

    scene: Scene
    bases: Sequence[Seq]
    came: Sequence[float]
    newest: Seq
    begun: float
    ended: float


async def storm(serving: Serving) -> Seen:
    """Schedule a session, follow its item, let the storm pass, and wait until the subscriber has its end."""
    ledger = serving.parts.ledger
    scene = await schedule(ledger)
    url = serving.url.replace("http", "ws") + "/graphql"
    bases: list[Seq] = []
    came: list[float] = []
    moved = asyncio.Event()
    async with connect(url, subprotocols=[Subprotocol("graphql-transport-ws")], max_size=None) as socket:
        await _subscribe(socket, scene, serving.local_token)

        async def follow() -> None:
            async for message in socket:
                told = json.loads(message)
                assert told["type"] == "next", told
                bases.append(Seq(told["payload"]["data"]["convergence"]["basis"]))
                came.append(time.perf_counter())
                moved.set()

        async def reached(seq: Seq) -> None:
            while not bases or bases[-1] < seq:
                moved.clear()
                await moved.wait()

        following = asyncio.create_task(follow())
        async with asyncio.timeout(PATIENCE):
            await reached(Seq(1))  # the storm begins when there is somebody to see it
            begun = time.perf_counter()
            newest = max(await asyncio.gather(*(_states(ledger, scene, client, begun) for client in range(CLIENTS))))
            ended = time.perf_counter()
            await reached(newest)
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following
    return Seen(scene, bases, came, newest, begun, ended)


async def _subscribe(socket: ClientConnection, scene: Scene, token: str) -> None:
    await socket.send(json.dumps({"type": "connection_init", "payload": {"token": token}}))
    assert json.loads(await socket.recv())["type"] == "connection_ack"
    asked = {"query": _FOLLOWED, "variables": {"s": scene.session, "i": scene.item}}
    await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": asked}))


async def _states(ledger: Ledger, scene: Scene, client: int, begun: float) -> Seq:
    """Every so-many-th change of the storm, each at its time or, where that is past, at once; the last one's entry."""
    last = Seq(0)
    for number in range(client, CHANGES, CLIENTS):
        await asyncio.sleep(begun + SECONDS * number / CHANGES - time.perf_counter())
        stance = StanceGiven(
            provision=scene.provisions[number % len(scene.provisions)],
            level=_LEVELS[(number + number // 7) % len(_LEVELS)],
        )
        by = delegate(SEATS[number % len(SEATS)])
        command = StateStances(item=scene.item, stances=(stance,))
        done = await ledger.submit(command, by=by, key=f"storm {number}", session=scene.session)
        last = max(last, accepted(done).seq)
    return last
