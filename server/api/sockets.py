"""The open WebSockets of this process, so that a revoked token dies on them at once.

Why a registry: a socket asks who its token is when an operation starts, but a subscription may run for hours.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from schema.api.context import Principal


class Closable(Protocol):
    """An open socket; `principal` is None until its connection is acknowledged."""

    principal: Principal | None

    def dismiss(self, code: int, reason: str) -> None:
        """End its operations now and close it; does not wait for the other side."""
        ...


class Sockets:
    """The sockets that are open now. Belongs to one event loop."""

    def __init__(self) -> None:
        self._open: set[Closable] = set()

    def __len__(self) -> int:
        return len(self._open)

    @contextmanager
    def holding(self, socket: Closable) -> Iterator[None]:
        self._open.add(socket)
        try:
            yield
        finally:
            self._open.discard(socket)

    def close_where(self, concerned: Callable[[Principal], bool]) -> int:
        """Close with 4403 all sockets whose principal is concerned, and say how many; nothing more is sent on them."""
        found = [socket for socket in self._open if socket.principal is not None and concerned(socket.principal)]
        for socket in found:
            socket.dismiss(4403, "Forbidden")
        return len(found)
