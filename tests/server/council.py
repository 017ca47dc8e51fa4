"""A small council that is open, and waiting until nothing of it is behind.

Why of its own: faults of the server and of the database are tried on the same council.
"""

import time
from typing import Any

from tests.serving import Server

WAIT = 60
LAG = """query($id: ID!) { session(id: $id) { head { seq } lag { events seconds }
  agenda { id convergence { basis headline { stated } } text { provisions { id } } } } }"""


def room(server: Server) -> tuple[str, str, dict[str, str]]:
    """A small council that is open: its session, its item, a token by seat."""
    made = server.give("scheduleSession", scenario="small-council", fields="session { id delegations { code } }")
    session = made["session"]["id"]
    given: dict[str, str] = {}
    for role, seats in (("CHAIR", []), *(("DELEGATE", [d["code"]]) for d in made["session"]["delegations"])):
        admitted = server.give("admitPerson", sessionId=session, role=role, seats=seats, name="N", fields="token")
        given[seats[0] if seats else role] = admitted["token"]
    server.give("openSession", given["CHAIR"], sessionId=session)
    item = server.ask(LAG, id=session)["session"]["agenda"][0]["id"]
    server.give("openItem", given["CHAIR"], sessionId=session, itemId=item)
    return session, item, given


def caught_up(server: Server, session: str, stated: int) -> None:
    """Wait until the figures say as much as was stated and nothing is behind."""
    deadline = time.monotonic() + WAIT
    while True:
        found = server.ask(LAG, id=session)["session"]
        report = found["agenda"][0]["convergence"]
        if found["lag"]["events"] == 0 and report and report["headline"]["stated"] == stated:
            return
        assert time.monotonic() < deadline, found
        time.sleep(0.1)


def position(session: str, item: str, key: str) -> dict[str, Any]:
    return {"sessionId": session, "itemId": item, "idempotencyKey": key, "text": key, "language": "en"}
