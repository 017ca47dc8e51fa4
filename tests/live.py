"""A real server for tests: a Litestar application in uvicorn, in a thread, on a free port of this machine.

Why real: status codes, close codes, limits of frames and what happens when a client goes away are half uvicorn's.
"""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn
from litestar import Litestar

from server.api.door import Bounds

STARTING_SECONDS = 30
STOPPING_SECONDS = 30


@dataclass(frozen=True)
class Live:
    """Where the server is: `http://127.0.0.1:PORT`, and the same for WebSockets."""

    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def ws_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}"


@contextmanager
def live(app: Litestar) -> Iterator[Live]:
    """Serve the application until the block is left; whatever its startup raises is raised here."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        app,
        lifespan="on",
        log_config=None,
        access_log=False,
        ws="websockets-sansio",
        ws_max_size=Bounds().message_bytes,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, name="live-server", daemon=True)
    thread.start()
    try:
        _wait_for(server, thread)
        yield Live(listening.getsockname()[1])
    finally:
        server.should_exit = True
        thread.join(STOPPING_SECONDS)
        listening.close()
        if thread.is_alive():
            raise RuntimeError("The server did not stop.")


def _wait_for(server: uvicorn.Server, thread: threading.Thread) -> None:
    deadline = time.monotonic() + STARTING_SECONDS
    while not server.started:
        if not thread.is_alive():
            raise RuntimeError("The server did not start; its log says why.")
        if time.monotonic() > deadline:
            raise TimeoutError("The server does not start.")
        time.sleep(0.01)
