"""The data directory of an embedded installation: who holds it, and how to reach the server that does.

Why a lock: two servers on one SQLite file would follow two private Redis; a command that writes by itself must know
that none runs.
"""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

_ATTEMPTS = 4


class DirectoryHeld(Exception):
    """Another process holds the data directory."""


@dataclass(frozen=True, slots=True)
class RunningServer:
    """How local commands reach the server that holds the directory: its address, and a token of its organiser.

    `site` is the address by which others reach it.
    """

    url: str
    token: str
    pid: int
    site: str = ""


@contextmanager
def held(directory: Path) -> Iterator[None]:
    """Hold the directory (made if need be, for this user alone). Raises DirectoryHeld when another process does."""
    directory.mkdir(parents=True, exist_ok=True)
    directory.chmod(0o700)  # also one that was there before: what lies in it is not for everybody on this machine
    with (directory / "lock").open("a") as file:
        for attempt in range(_ATTEMPTS):
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError:
                if attempt == _ATTEMPTS - 1:
                    raise DirectoryHeld(f"another Polylogue process works with {directory}") from None
                time.sleep(0.1)  # `running` holds it for a moment when it looks
        yield


@contextmanager
def announced(directory: Path, server: RunningServer) -> Iterator[None]:
    """While it lasts, tell local commands how to reach this server, in a file that only this user can read."""
    path = directory / "server.json"
    draft = directory / f".server.{os.getpid()}.json"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(asdict(server), file)
    draft.replace(path)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def running(directory: Path) -> RunningServer | None:
    """The server that holds the directory now, if there is one."""
    try:
        with held(directory):
            return None
    except DirectoryHeld:
        pass
    try:
        return RunningServer(**json.loads((directory / "server.json").read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
