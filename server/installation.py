"""The data directory of an embedded installation: who holds it, and how to reach the server that does.

Why a lock: two servers on one SQLite file would follow two private Redis; a command that writes by itself must know
that none runs.
"""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from stat import S_ISREG
from typing import IO

import structlog

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

_ATTEMPTS = 4


class DirectoryHeld(Exception):
    """Another process holds the data directory."""


@dataclass(frozen=True, slots=True)
class RunningServer:
    """How local commands reach the server that holds the directory: its address, and a token of its organiser.

    `site` is the address by which others reach it; one that does not `stay` is a demo's and ends with it.
    """

    url: str
    token: str
    pid: int
    site: str = ""
    stays: bool = True


@contextmanager
def held(directory: Path) -> Iterator[None]:
    """Hold the directory; one that is made is for this user alone. Raises DirectoryHeld when another process does.

    One that was there keeps its mode, as it may be for others too. What is made in it meanwhile is for this user alone.
    """
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    before = os.umask(0o077)  # of the whole process, and so of its database and its Redis
    try:
        with (directory / "lock").open("a") as file:
            for attempt in range(_ATTEMPTS):
                if _taken(file):
                    break
                if attempt == _ATTEMPTS - 1:
                    raise DirectoryHeld(f"another Polylogue process works with {directory}")
                time.sleep(0.1)  # `running` holds it for a moment when it looks
            _look_at(directory / "polylogue.db")
            yield
    finally:
        os.umask(before)


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
    """The server that holds the directory now, if there is one; makes nothing. Raises DirectoryHeld when it is one of a
    demo, which would be gone before whoever asks for it is done.
    """
    try:
        with (directory / "lock").open() as file:
            if _taken(file):
                return None
        server = RunningServer(**json.loads((directory / "server.json").read_text("utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None
    if not server.stays:
        raise DirectoryHeld(
            f"A demo plays with {directory}, and its server ends with it. Wait until it is over, or set another "
            "POLYLOGUE_DATA_DIR; beside `polylogue serve` or `polylogue demo --serve` you need not wait."
        )
    return server


def _taken(file: IO[str]) -> bool:
    """Whether the lock is ours now, until the file is closed."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _look_at(database: Path) -> None:
    """Warn of a database that others on this machine can read: what was said in private lies in it."""
    with suppress(FileNotFoundError):
        found = database.stat()
        if S_ISREG(found.st_mode) and found.st_mode & 0o044 and database.parent.stat().st_mode & 0o011:
            log.warning("others on this machine can read the database: chmod 600, unless they may", file=str(database))
