"""A socket on which every entry of a session comes, and what has been heard on it.

Why of its own: whoever restarts or stops a server has somebody listen to it.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from tests.serving import Server

PATIENCE = 60.0
ENTRIES = """subscription($id: ID!) { sessionEntries(sessionId: $id) {
  ... on Event { seq leafHash } ... on Withheld { seq leafHash } } }"""


@contextmanager
def following(server: Server, token: str, session: str) -> Iterator[ClientConnection]:
    """A socket on which every entry of the session comes."""
    address = server.url.replace("http", "ws", 1) + "/graphql"
    with connect(address, subprotocols=[Subprotocol("graphql-transport-ws")], max_queue=None) as socket:
        socket.send(json.dumps({"type": "connection_init", "payload": {"token": token}}))
        assert json.loads(socket.recv(PATIENCE))["type"] == "connection_ack"
        asked = {"query": ENTRIES, "variables": {"id": session}}
        socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": asked}))
        yield socket


def heard(socket: ClientConnection, upto: int) -> list[dict[str, Any]]:
    """What has come, up to an entry."""
    found: list[dict[str, Any]] = []
    while not found or found[-1]["seq"] < upto:
        message = json.loads(socket.recv(PATIENCE))
        assert message["type"] == "next", message
        assert "errors" not in message["payload"], message
        found.append(message["payload"]["data"]["sessionEntries"])
    return found
