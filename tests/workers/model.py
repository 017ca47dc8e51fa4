"""A language model of the test's own: an OpenAI-compatible address on this host that misbehaves as it is told.

Why a socket and no mock: what breaks in practice is the wire, and the client that reads it is part of what is tried.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

KEY = "sk-not-a-secret-anywhere-else-4711"

ENOUGH = 1 << 24
"""Bytes that nobody should read to their end."""

VERBOSE = b"verbose " * 4096

Behaviour = Callable[["Heard", asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Heard:
    """A request as it came in; `whole`: somebody has listened to an endless answer to its end."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    whole: bool = False

    @property
    def asked(self) -> dict[str, Any]:
        """The material of the question."""
        return json.loads(self.body["messages"][1]["content"])


@dataclass
class Model:
    """The server: `does` one thing after the other, the last again and again."""

    does: list[Behaviour]
    heard: list[Heard] = field(default_factory=list[Heard])
    url: str = ""
    busy: set[asyncio.Task[Any]] = field(default_factory=set[asyncio.Task[Any]])

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self.busy.add(task)
        task.add_done_callback(self.busy.discard)
        try:
            await self._answer(reader, writer)
        finally:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            first, *lines = head.split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
            body = json.loads(await reader.readexactly(int(headers["content-length"])))
            self.heard.append(heard := Heard(first.split()[1], headers, body))
            await self.does[min(len(self.heard), len(self.does)) - 1](heard, writer)
            await writer.drain()


@asynccontextmanager
async def model(*does: Behaviour) -> AsyncIterator[Model]:
    """A model that does these things, while it lasts."""
    made = Model(list(does))
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    try:
        yield made
    finally:
        server.close()
        for task in made.busy:
            task.cancel()
        await asyncio.gather(*made.busy, return_exceptions=True)


def answer(content: str, status: str = "200 OK") -> bytes:
    """An answer over the wire with these words of the model."""
    completion = {"id": "1", "object": "chat.completion", "choices": [{"index": 0, "message": {"content": content}}]}
    body = json.dumps(completion).encode()
    head = (
        f"HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\nconnection: close\r\n"
    )
    return head.encode() + b"\r\n" + body


def reply(heard: Heard, *wordings: str, **more: Any) -> str:
    """A reply as it was asked for: these wordings for each clause, and what is agreed as it is."""
    agreed = [{"id": each["id"], "text": each["text"]} for each in heard.asked["agreed"]]
    clauses = [{"id": each["id"], "wordings": list(wordings)} for each in heard.asked["clauses"]]
    return json.dumps({"agreed": agreed, "clauses": clauses} | more, ensure_ascii=False)


# ── how it may behave ────────────────────────────────────────────────────────────────────────────────────────────────


def proposes(*wordings: str, **more: Any) -> Behaviour:
    async def does(heard: Heard, writer: asyncio.StreamWriter) -> None:
        writer.write(answer(reply(heard, *wordings, **more)))

    return does


def says(content: str | Callable[[Heard], str]) -> Behaviour:
    """These words, whatever was asked for."""

    async def does(heard: Heard, writer: asyncio.StreamWriter) -> None:
        writer.write(answer(content if isinstance(content, str) else content(heard)))

    return does


def sends(wire: bytes) -> Behaviour:
    """These bytes, and then an end."""

    async def does(_heard: Heard, writer: asyncio.StreamWriter) -> None:
        writer.write(wire)

    return does


def fails(status: str) -> Behaviour:
    return sends(answer(f"Incorrect key: {KEY}", status))


def cut(*wordings: str) -> Behaviour:
    """The beginning of a good answer, and then the connection is gone."""

    async def does(heard: Heard, writer: asyncio.StreamWriter) -> None:
        whole = answer(reply(heard, *wordings))
        writer.write(whole[: len(whole) // 2])

    return does


def slowly(*wordings: str) -> Behaviour:
    """A good answer, a few bytes at a time."""

    async def does(heard: Heard, writer: asyncio.StreamWriter) -> None:
        whole = answer(reply(heard, *wordings))
        for start in range(0, len(whole), 64):
            writer.write(whole[start : start + 64])
            await writer.drain()
            await asyncio.sleep(0)

    return does


async def silent(_heard: Heard, _writer: asyncio.StreamWriter) -> None:
    """Takes the question and never answers."""
    await asyncio.Event().wait()


async def endless(heard: Heard, writer: asyncio.StreamWriter) -> None:
    """Begins a good answer and does not end it before it has said ENOUGH."""
    writer.write(b'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{"choices":[{"message":{"content":"')
    for _ in range(ENOUGH // len(VERBOSE)):
        writer.write(VERBOSE)
        await writer.drain()
    writer.write(b'"}}]}')
    heard.whole = True
