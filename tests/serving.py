"""A whole server for tests, as `polylogue serve` starts it: its own process, data directory, Valkey and port.

Why a process: it is what a user has, and it can be killed. With the settings `database_url` and `redis_url` it is one
of perhaps several beside each other, which have no data directory to announce themselves in.
"""

import os
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from server.installation import RunningServer, running
from tests.commands import Command, run_command

STARTING_SECONDS = 60


@dataclass
class Server:
    """A running server and a client of it. `process` may be killed; `start` starts another on the same data."""

    directory: Path
    environment: dict[str, str]
    process: Command
    found: RunningServer

    @property
    def url(self) -> str:
        return self.found.url

    @property
    def organiser(self) -> str:
        return self.found.token

    def ask(self, query: str, token: str | None = None, **variables: object) -> dict[str, Any]:
        """The data of an operation; an error in it fails the test."""
        answer = self.answer(query, token, **variables)
        assert "errors" not in answer, answer
        return answer["data"]

    def answer(self, query: str, token: str | None = None, **variables: object) -> dict[str, Any]:
        """The whole answer to an operation, as the organiser unless a token is given."""
        headers = {"Authorization": f"Bearer {token or self.organiser}"}
        sent = {"query": query, "variables": variables}
        return httpx.post(f"{self.url}/graphql", json=sent, headers=headers, timeout=60).json()

    def give(self, mutation: str, token: str | None = None, *, fields: str = "", **input: object) -> dict[str, Any]:
        """The result of a mutation by its name; the key is made up unless one is given."""
        given = {"idempotencyKey": os.urandom(8).hex(), **input}
        kind = mutation[0].upper() + mutation[1:]
        query = (
            f"mutation($input: {kind}Input!) {{ done: {mutation}(input: $input) {{ __typename "
            f"... on {kind}Payload {{ receipt {{ firstSeq seq leafHash at }} {fields} }} "
            "... on Refusal { code message rule path } ... on Conflict { currentSeq currentRevision } } }"
        )
        return self.ask(query, token, input=given)["done"]

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait()

    def start(self) -> None:
        """Start another server on what the last one left."""
        self.process, self.found = _started(self.directory, self.environment)


@contextmanager
def serving(directory: Path, **settings: str) -> Iterator[Server]:
    """A server on a data directory while the block lasts; `settings` are of the environment."""
    environment = environment_of(directory, **settings)
    process, found = _started(directory, environment)
    server = Server(directory, environment, process, found)
    try:
        yield server
    finally:
        _end(server.process)


@contextmanager
def working(directory: Path, **settings: str) -> Iterator[Command]:
    """`polylogue work` while the block lasts."""
    log = directory / "work.log"
    process = Command(["work"], environment_of(directory, **settings), log, log)
    try:
        yield process
    finally:
        _end(process)


def polylogue(environment: dict[str, str], *words: str) -> "subprocess.CompletedProcess[str]":
    """What a command of the command line says, and with which code it ends."""
    return run_command(words, environment, STARTING_SECONDS)


def environment_of(directory: Path, **settings: str) -> dict[str, str]:
    """The environment of a process with these settings and no others."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("POLYLOGUE_")}
    given = {"data_dir": str(directory), "port": "0", **settings}
    return others | {f"POLYLOGUE_{name.upper()}": value for name, value in given.items()}


def _started(directory: Path, environment: dict[str, str]) -> tuple[Command, RunningServer]:
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "server.json").unlink(missing_ok=True)
    log = directory / "server.log"
    said = log.stat().st_size if log.exists() else 0
    process = Command(["serve"], environment, log, log)
    deadline = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if "POLYLOGUE_DATABASE_URL" in environment:
            found = _introduced(directory, said, environment, process.pid)
        else:
            found = running(directory) if (directory / "server.json").exists() else None
        if found:
            return process, found
        time.sleep(0.05)
    process.kill()
    raise AssertionError((directory / "server.log").read_text("utf-8")[-4000:])


def _introduced(directory: Path, said: int, environment: dict[str, str], pid: int) -> RunningServer | None:
    """A server without a data directory by what it has printed, and a token as whoever has the host gets it."""
    printed = (directory / "server.log").read_bytes()[said:].decode()
    if not (address := re.search(r"serves at (http://\S+)\n", printed)):
        return None
    given = polylogue(environment, "token")
    assert given.returncode == 0, given.stderr
    return RunningServer(address[1], given.stdout.strip(), pid)


def _end(process: Command) -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
