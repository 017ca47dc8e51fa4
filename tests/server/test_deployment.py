"""Servers beside each other on one PostgreSQL and one Valkey, with a worker: what is installed for many rooms.

Every part is a process of its own, started as an operator would start it.
"""

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from tests.server.following import following, heard
from tests.server.windows import call
from tests.serving import Server, environment_of, polylogue, serving, working
from tests.workers.valkey import Valkey, valkey

PATIENCE = 60.0
SEATS = ("ALDER", "BIRCH", "CEDAR")
STANDING = """query($id: ID!) { session(id: $id) { phase head { seq treeRoot } lag { events }
  agenda { id phase text { state provisions { id revision versions { text } stances { seat level } } }
    decision { number clauses { versions { text } } } convergence { basis headline { stated objections } } } } }"""


@pytest.fixture(scope="module")
def redis() -> Iterator[Valkey]:
    with valkey() as found:
        yield found


@dataclass
class Pair:
    """Two servers that are asked in turn, and the connections to their database, which can be cut."""

    servers: tuple[Server, Server]
    database: str
    tokens: dict[str, str] = field(default_factory=dict[str, str])
    session: str = ""

    def __post_init__(self) -> None:
        self.turns = cycle(self.servers)

    def do(self, mutation: str, who: str | None = None, **input: Any) -> dict[str, Any]:
        """Give a command through the server whose turn it is."""
        session = {"sessionId": self.session} if self.session else {}
        done = next(self.turns).give(mutation, self.tokens[who] if who else None, **session, **input)
        assert done["__typename"].endswith("Payload"), done
        return done

    def standing(self) -> dict[str, Any]:
        """The session as both servers show it, which is the same."""
        first, second = (server.ask(STANDING, id=self.session)["session"] for server in self.servers)
        assert first == second
        return first

    def wait_for(self, met: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        end = time.monotonic() + PATIENCE
        while not met(found := self.servers[0].ask(STANDING, id=self.session)["session"]):
            assert time.monotonic() < end, found
            time.sleep(0.1)
        return found

    def cut(self) -> int:
        """End all connections to the database, as its restart would; how many there were."""

        async def end() -> int:
            connection = await asyncpg.connect(self.database)
            try:
                others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
                return len(await connection.fetch(f"SELECT pg_terminate_backend(pid) {others}"))
            finally:
                await connection.close()

        return asyncio.run(end())


def test_what_is_missing_is_said_before_anything_is_served(postgres_url: str, redis: Valkey, tmp_path: Path) -> None:
    alone = environment_of(tmp_path, database_url=postgres_url)
    refused = polylogue(alone, "serve")
    assert refused.returncode == 2, refused.stderr
    assert "POLYLOGUE_REDIS_URL is not" in " ".join(refused.stderr.split())
    both = environment_of(tmp_path, database_url=postgres_url, redis_url=redis.url)
    for command in ("serve", "work", "token", "audit"):
        refused = polylogue(both, command)
        assert (refused.returncode, refused.stdout) == (2, ""), (command, refused)
        assert "run polylogue migrate" in " ".join(refused.stderr.split()), command
        assert "Traceback" not in refused.stderr
    for _ in range(2):
        migrated = polylogue(both, "migrate")
        assert migrated.returncode == 0, migrated.stderr
        assert "The database stands at revision" in migrated.stdout
    audit = polylogue(both, "audit")
    assert (audit.returncode, audit.stdout) == (0, "There is no session yet.\n")


def test_two_servers_and_a_worker_hold_one_sitting(postgres_url: str, redis: Valkey, tmp_path: Path) -> None:
    given = {"database_url": postgres_url, "redis_url": redis.url, "worker_slots": "0"}
    environment = environment_of(tmp_path, **given)
    assert polylogue(environment, "migrate").returncode == 0
    with ExitStack() as stack:
        first = stack.enter_context(serving(tmp_path / "first", **given))
        second = stack.enter_context(serving(tmp_path / "second", **given))
        pair = Pair((first, second), postgres_url)
        made = pair.do("scheduleSession", scenario="small-council", fields="session { id }")
        pair.session = made["session"]["id"]
        for role, seats in (("CHAIR", []), *(("DELEGATE", [seat]) for seat in SEATS)):
            admitted = pair.do("admitPerson", role=role, seats=seats, name="Somebody", fields="token")
            pair.tokens[seats[0] if seats else "chair"] = admitted["token"]
        socket = stack.enter_context(following(first, pair.tokens["ALDER"], pair.session))
        play_until_nobody_computes(pair)
        stack.enter_context(working(tmp_path, **given))
        pair.wait_for(lambda found: caught_up(found, stated=6, objections=1))
        assert pair.cut() > 1
        entries = play_until_adopted(pair)
        found = pair.wait_for(lambda found: caught_up(found, stated=6, objections=0))
        assert found == pair.standing()
        came = heard(socket, entries)
        assert [entry["seq"] for entry in came] == list(range(1, entries + 1))
        audit = polylogue(environment, "audit")
        assert audit.returncode == 0, audit.stdout
        assert pair.session in audit.stdout
        rebuilt = polylogue(environment, "rebuild")
        assert rebuilt.returncode == 0, rebuilt.stderr
        assert pair.standing() == found
        closed = pair.do("closeSession", "chair")
        assert heard(socket, closed["receipt"]["seq"])[-1]["leafHash"] == closed["receipt"]["leafHash"]
        assert polylogue(environment, "audit", pair.session).returncode == 0


def play_until_nobody_computes(pair: Pair) -> None:
    """To the stances of everybody, one of which objects; there is no worker, and the servers say so."""
    item = pair.standing()["agenda"][0]
    pair.do("openSession", "chair")
    pair.do("recordRollCall", "chair", present=list(SEATS))
    pair.do("openItem", "chair", itemId=item["id"])
    objection = {"level": "OBJECT", "reason": "A day is short.", "wouldBeRemovedBy": "Say two days."}
    given = {"itemId": item["id"], "language": "en"}
    clause = item["text"]["provisions"][1]["id"]
    pair.do("postPosition", "ALDER", **given, text="Two days.", stances=[{"provisionId": clause, **objection}])
    for seat in SEATS:
        pair.do("stateStances", seat, itemId=item["id"], forRest="ACCEPT")
    found = pair.standing()
    assert found["agenda"][0]["convergence"] is None
    assert found["lag"]["events"] > 0


def play_until_adopted(pair: Pair) -> int:
    """From the cut connections to the adopted text; the last entry of the record."""
    item = pair.standing()["agenda"][0]
    id, clause = item["id"], item["text"]["provisions"][1]["id"]
    words = {"text": "Each shall tell the others two days ahead.", "language": "en"}
    pair.do("proposeAmendment", "ALDER", provisionId=clause, revision=1, **words)
    query = "query($id: ID!) { session(id: $id) { agenda { text { provisions { amendments { id } } } } } }"
    shown = pair.servers[1].ask(query, id=pair.session)["session"]["agenda"][0]["text"]["provisions"][1]
    pair.do("acceptAmendment", "chair", amendmentId=shown["amendments"][0]["id"])
    for seat in SEATS:  # what they have said of the wording before is carried, and not counted
        pair.do("stateStances", seat, itemId=id, stances=[{"provisionId": clause, "level": "SUPPORT"}])
    pair.do("circulateText", "chair", itemId=id)
    pair.do("cleanText", "chair", itemId=id)
    call(pair.do, "chair", id)
    time.sleep(0.1)  # half an hour for objections, in this scenario's days of a second
    closed = pair.do("closeCall", "chair", itemId=id, fields="decision { number clauses { versions { text } } }")
    assert words["text"] in json.dumps(closed["decision"])
    return closed["receipt"]["seq"]


def caught_up(found: dict[str, Any], *, stated: int, objections: int) -> bool:
    report = found["agenda"][0]["convergence"]
    return (
        report is not None
        and report["headline"] == {"stated": stated, "objections": objections}
        and not found["lag"]["events"]
    )
