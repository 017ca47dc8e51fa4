"""Serving: the application in uvicorn, with workers beside it, until it is told to stop.

Why in one loop: an embedded installation is one process, and what it announces (address, local token) is true while it
serves.
"""

import asyncio
import contextlib
import gc
import os
import socket
import sys
from collections.abc import AsyncGenerator, Coroutine, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import uvicorn
import uvloop

from ledger.occasion import fresh_id
from server.api.door import Bounds
from server.app import application
from server.installation import RunningServer, announced, held
from server.lan import room_address
from server.services import RedisAt, Services, redis_of, services
from server.settings import EVERYWHERE, Settings, SettingsInvalid
from server.streams import ending

T = TypeVar("T")

LOCAL_TOKEN = "local"  # noqa: S105 -- the name of one, not a token
"""Key of the organiser's token that local commands use: a new one at each start, and the one before ends."""
SILENT_MS = 30_000
"""Milliseconds after which a connection ends whose other side acknowledges nothing: a phone that went out without a
word. A page is sent something every quarter of a minute, so its device is gone within one; by itself TCP tries for a
quarter of an hour.
"""


@dataclass(frozen=True)
class Serving:
    """A server that answers: its address here and for others, and the organiser's token for local use."""

    url: str
    site: str
    local_token: str
    parts: Services
    ended: "asyncio.Task[None]"


def run(main: Coroutine[Any, Any, T]) -> T:
    """Run what serves or works, on the fast loop. From the main thread."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(main)


@contextmanager
def installation(settings: Settings) -> Generator[RedisAt]:
    """Hold what this process alone may hold, and give Redis. From the main thread."""
    with contextlib.ExitStack() as stack:
        if settings.embedded:
            stack.enter_context(held(settings.data_dir))
        yield stack.enter_context(redis_of(settings))


@asynccontextmanager
async def serving(settings: Settings, redis_at: RedisAt, *, stays: bool = True) -> AsyncGenerator[Serving]:
    """A server that answers while the block lasts; it may also end by itself (Ctrl-C), as `ended` tells. One that does
    not stay is used by no other command.
    """
    async with contextlib.AsyncExitStack() as stack:
        listening = stack.enter_context(_bound(settings))  # first: where it cannot, the database is left as it is
        port = listening.getsockname()[1]
        url = f"http://{_host(settings)}:{port}"
        site = (settings.public_url or _in_room(settings, port) or url).rstrip("/")
        parts = await stack.enter_async_context(services(settings, redis_at, slots=settings.worker_slots))
        # of several servers on one database each would end the other's, so there each has one of its own
        key = LOCAL_TOKEN if settings.embedded else f"{LOCAL_TOKEN}:{fresh_id()}"
        local_token = await parts.access.fresh_organiser_token(key)
        _listen(listening, settings)
        stopping = asyncio.Event()
        config = uvicorn.Config(
            ending(application(parts, site), stopping),
            lifespan="on",
            log_config=None,
            access_log=False,
            ws="websockets-sansio",
            ws_max_size=Bounds().message_bytes,
            timeout_graceful_shutdown=5,
            forwarded_allow_ips=settings.trusted_proxies,
            server_header=False,
        )
        server = _Server(config, stopping)
        ended = asyncio.create_task(server.serve(sockets=[listening]), name="server")
        try:
            while not server.started and not ended.done():  # noqa: ASYNC110 -- uvicorn has no event for it
                await asyncio.sleep(0.01)
            if not server.started:
                raise RuntimeError("the server has ended before it answered; the log says why")
            _settle_memory()
            _share_the_interpreter()
            here = RunningServer(url, local_token, os.getpid(), site, stays)
            with announced(settings.data_dir, here) if settings.embedded else contextlib.nullcontext():
                yield Serving(url, site, local_token, parts, ended)
        finally:
            server.should_exit = True
            await ended


class _Server(uvicorn.Server):
    """uvicorn, which says that it stops before it waits for what is open."""

    def __init__(self, config: uvicorn.Config, stopping: asyncio.Event) -> None:
        super().__init__(config)
        self._stopping = stopping

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._stopping.set()
        await super().shutdown(sockets)


def _settle_memory() -> None:
    """What is there after the start stays: the collector need not look at it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _share_the_interpreter() -> None:
    """A reader gives the interpreter away at each row, and waits for this long where another thread computes: with the
    five milliseconds that it is by itself, a page that is read in 40 took 300 beside a worker.
    """
    sys.setswitchinterval(0.001)


def _bound(settings: Settings) -> socket.socket:
    """A socket that has the port and takes no connection yet."""
    family = socket.AF_INET6 if ":" in settings.listens else socket.AF_INET
    # the protocol is named, or asyncio does not see that this is TCP and leaves Nagle's delay of 40 ms in every answer
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if hasattr(socket, "TCP_USER_TIMEOUT"):  # connections have it from the socket that they come in by
            listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, SILENT_MS)
        listening.bind((settings.listens, settings.port))
    except OSError as taken:
        listening.close()
        raise _not_listened_on(settings, taken) from None
    return listening


def _listen(listening: socket.socket, settings: Settings) -> None:
    try:
        listening.listen(2048)
    except OSError as taken:  # two that start at once may both have bound it
        raise _not_listened_on(settings, taken) from None


def _not_listened_on(settings: Settings, taken: OSError) -> SettingsInvalid:
    return SettingsInvalid(f"{settings.listens}:{settings.port} cannot be listened on: {taken.strerror}")


def _host(settings: Settings) -> str:
    shown = {EVERYWHERE: "127.0.0.1", "::": "[::1]"}
    host = settings.listens
    return shown.get(host, f"[{host}]" if ":" in host else host)


def _in_room(settings: Settings, port: int) -> str | None:
    """The address of this machine for phones in the same room, where it listens for them."""
    if not settings.lan:
        return None
    address = room_address()
    if address is None:
        raise SettingsInvalid(
            "This machine is in no network: connect it to the room's Wi-Fi, or open one by your phone, and start again."
        )
    return f"http://{address}:{port}"
