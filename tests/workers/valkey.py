"""A Redis that may be killed, stopped and brought back empty, one that is a Cluster, and a wire that can go deaf."""

import asyncio
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

from server.embedded import find_redis_server, start_redis

PATIENCE = 60.0  # seconds that a server may take to answer on a busy machine


class Valkey:
    """A Redis of the test's own, that has the same address in each of its lives and remembers nothing of the last."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lives = 0
        self.start()
        self.url, self.socket = self.running.url, self.running.socket

    def start(self) -> None:
        self.lives += 1
        self.running = start_redis(self.folder / str(self.lives), runtime=self.folder, patience=PATIENCE)

    def kill(self) -> None:
        self.running.kill()

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Neither dead nor answering."""
        self.running.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.running.process.send_signal(signal.SIGCONT)


@contextmanager
def short_folder() -> Iterator[Path]:
    """The path of a unix socket must be short, and a test's folder has a long one."""
    folder = Path(tempfile.mkdtemp(prefix="polylogue-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def valkey() -> Iterator[Valkey]:
    with short_folder() as folder:
        server = Valkey(folder)
        try:
            yield server
        finally:
            server.kill()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def say(port: int, command: str) -> str:
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(f"{command}\r\n".encode())
        return line.recv(4_096).decode()


@contextmanager
def cluster() -> Iterator[str]:
    """The address of a Cluster: of one node, which refuses commands across slots like any other."""
    program, port = find_redis_server(), free_port()
    assert program is not None
    with short_folder() as folder:
        words = ["--port", str(port), "--bind", "127.0.0.1", "--cluster-enabled", "yes", "--dir", str(folder)]
        words += ["--cluster-port", str(free_port()), "--save", ""]
        with subprocess.Popen([program, *words], stdout=subprocess.DEVNULL) as process:
            try:
                end = time.monotonic() + PATIENCE
                while True:
                    with suppress(OSError):
                        say(port, "CLUSTER ADDSLOTSRANGE 0 16383")
                        if "cluster_state:ok" in say(port, "CLUSTER INFO"):
                            break
                    assert process.poll() is None
                    assert time.monotonic() < end, "the Cluster does not come up"
                    time.sleep(0.01)
                yield f"redis+cluster://127.0.0.1:{port}"
            finally:
                process.kill()


class Wire:
    """Connections to a server that can go deaf: what is open stays open and carries nothing."""

    def __init__(self, server: Valkey) -> None:
        self.target = server.socket
        self.path = server.socket.with_name("wire.sock")
        self.url = f"unix://{self.path}"
        self.carries: dict[asyncio.Task[None] | None, asyncio.Event] = {}
        self.cut = False

    async def connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        carries = self.carries[asyncio.current_task()] = asyncio.Event()
        if not self.cut:
            carries.set()
        far_reader, far_writer = await asyncio.open_unix_connection(self.target)

        async def pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
            while data := await source.read(65_536):
                await carries.wait()
                sink.write(data)

        pumps = [asyncio.create_task(pump(reader, far_writer)), asyncio.create_task(pump(far_reader, writer))]
        with suppress(asyncio.CancelledError, ConnectionError):
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        for task in pumps:
            task.cancel()
        await asyncio.gather(*pumps, return_exceptions=True)
        for end in (writer, far_writer):
            end.close()
            with suppress(ConnectionError):
                await end.wait_closed()

    def go_deaf(self, *, cut: bool = False) -> None:
        """New connections still work, unless the wire is cut."""
        self.cut = cut
        for carries in self.carries.values():
            carries.clear()

    def hear_again(self) -> None:
        self.cut = False
        for carries in self.carries.values():
            carries.set()


@asynccontextmanager
async def wire(server: Valkey) -> AsyncIterator[Wire]:
    it = Wire(server)
    listener = await asyncio.start_unix_server(it.connect, it.path)
    yield it
    listener.close()
    connections = [task for task in it.carries if task]
    for task in connections:
        task.cancel()
    await asyncio.gather(*connections, return_exceptions=True)
    await listener.wait_closed()
