"""A whole server for tests, as `polylogue serve` starts it: its own process, data directory, Valkey and port.

Why a process: it is what a user has, and it can be killed.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from server.installation import RunningServer, running

STARTING_SECONDS = 60


@dataclass
class Server:
    """A running server and a client of it. `process` may be killed; `start` starts another on the same data."""

    directory: Path
    environment: dict[str, str]
    process: "subprocess.Popen[bytes]"
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
    environment = os.environ | {
        "POLYLOGUE_DATA_DIR": str(directory),
        "POLYLOGUE_PORT": "0",
        **{f"POLYLOGUE_{name.upper()}": value for name, value in settings.items()},
    }
    process, found = _started(directory, environment)
    server = Server(directory, environment, process, found)
    try:
        yield server
    finally:
        server.process.terminate()
        try:
            server.process.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()


def _started(directory: Path, environment: dict[str, str]) -> "tuple[subprocess.Popen[bytes], RunningServer]":
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "server.json").unlink(missing_ok=True)
    with (directory / "server.log").open("ab") as log:
        argv = [sys.executable, "-m", "server.cli", "serve"]
        process = subprocess.Popen(argv, env=environment, stdout=log, stderr=log)
    deadline = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            found = RunningServer(**json.loads((directory / "server.json").read_text("utf-8")))
        except (OSError, ValueError):
            found = None
        if found and running(directory):
            return process, found
        time.sleep(0.05)
    process.kill()
    raise AssertionError((directory / "server.log").read_text("utf-8")[-4000:])
