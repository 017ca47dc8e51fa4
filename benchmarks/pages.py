"""How long it takes until an open board has a change, while a whole room looks on: boards and seats in three languages.

Why raw sockets: two hundred real browsers would measure themselves; what a page is sent, and when, is the server's.

    python -m benchmarks.pages [SECONDS [CHANGES_A_SECOND]]
"""

import asyncio
import html
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from benchmarks.memory import resident
from tests.serving import Server, serving

BOARDS, SEATS = 20, 180
LANGUAGES = ("en", "ru", "zh-Hans")
SCENARIO = "sco-sustainable-security"
PATIENCE = 30.0
STREAM = re.compile(r'hx-sse:connect="([^"]+)"')
ENTRY = re.compile(rb'id="entry-(\d+)"')


@dataclass
class Room:
    """A session with its item, clauses and tokens, and what has been seen: by change, when it was answered
    and when each board had it; how long the answers took.
    """

    session: str
    item: str
    clauses: list[str]
    codes: list[str]
    chair: str
    tokens: dict[str, str]
    acknowledged: dict[int, float] = field(default_factory=dict[int, float])
    answered: list[float] = field(default_factory=list[float])
    boards: list[dict[int, float]] = field(default_factory=list[dict[int, float]])
    bytes: int = 0


def main(seconds: float, rate: float) -> None:
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder) / "data") as server:
        asyncio.run(_measure(server, _room(server), seconds, rate))


def _room(server: Server) -> Room:
    made = server.give("scheduleSession", scenario=SCENARIO, fields="session { id delegations { code standing } }")
    id = made["session"]["id"]
    codes = [each["code"] for each in made["session"]["delegations"] if each["standing"] == "MEMBER"]

    def admitted(role: str, *seats: str) -> str:
        more: dict[str, Any] = {"seats": list(seats)} if seats else {}
        return server.give("admitPerson", sessionId=id, role=role, name=role, **more, fields="token")["token"]

    chair = admitted("CHAIR")
    asked = "query($id: ID!) { session(id: $id) { agenda { id text { provisions { id } } } } }"
    item = server.ask(asked, id=id)["session"]["agenda"][0]
    server.give("openSession", chair, sessionId=id)
    server.give("recordRollCall", chair, sessionId=id, present=codes)
    server.give("openItem", chair, sessionId=id, itemId=item["id"])
    clauses = [each["id"] for each in item["text"]["provisions"]]
    return Room(id, item["id"], clauses, codes, chair, {code: admitted("DELEGATE", code) for code in codes})


async def _measure(server: Server, room: Room, seconds: float, rate: float) -> None:
    pid, before = server.process.pid, resident(server.process.pid)
    begun = time.perf_counter()
    addresses = [(f"/s/{room.session}/board", "")] * BOARDS
    addresses += [(f"/s/{room.session}/seat?seat={c}", room.tokens[c]) for c in room.codes * (SEATS // len(room.codes))]
    opened = [
        asyncio.create_task(_page(server.url, room, address, token, LANGUAGES[n % len(LANGUAGES)], board=n < BOARDS))
        for n, (address, token) in enumerate(addresses)
    ]
    followed = await asyncio.gather(*opened)
    opening = time.perf_counter() - begun
    spent, at = _cpu(pid), time.perf_counter()
    await _changes(server, room, seconds, rate)
    await asyncio.sleep(1)
    share = (_cpu(pid) - spent) / (time.perf_counter() - at)
    after = resident(pid)
    for task in followed:
        task.cancel()
    had = ((_had(seen, seq), at) for seq, at in room.acknowledged.items() for seen in room.boards)
    kept = sorted(max(0.0, shown - at) for shown, at in had if shown)
    print(f"| {BOARDS} boards, {len(addresses) - BOARDS} seats, {rate:g} changes/s for {seconds:g} s | |\n|---|--:|")
    print(f"| a change until a board has it, median ms | {statistics.median(kept) * 1000:.0f} |")
    print(f"| p99 ms (aim: below 1,000) | {kept[len(kept) * 99 // 100] * 1000:.0f} |")
    print(f"| longest, ms | {kept[-1] * 1000:.0f} |")
    print(f"| changes that boards have had | {len(kept)} of {len(room.acknowledged) * BOARDS} |")
    answered = sorted(room.answered)
    print(f"| a change until it is answered, median ms | {statistics.median(answered) * 1000:.0f} |")
    print(f"| p99 ms | {answered[len(answered) * 99 // 100] * 1000:.0f} |")
    print(f"| sent to all pages, MB/s | {room.bytes / seconds / 1e6:.1f} |")
    print(f"| all pages opened in, s | {opening:.1f} |")
    print(f"| processor of the server, cores | {share:.2f} |")
    print(f"| memory of the server before and with all pages, MB | {before:.0f}, {after:.0f} |")
    print(f"| load | {os.getloadavg()[0]:.1f} |")


def _had(seen: Mapping[int, float], seq: int) -> float | None:
    """When a board showed an entry or, its place among the last few being gone already, a later one."""
    return min((at for later, at in seen.items() if later >= seq), default=None)


async def _page(url: str, room: Room, address: str, token: str, language: str, *, board: bool) -> "asyncio.Task[None]":
    """Ask for a page, and follow its stream."""
    cookies = {"polylogue": token} if token else {}
    asked = f"{address}{'&' if '?' in address else '?'}lang={language}"
    async with httpx.AsyncClient(base_url=url, cookies=cookies, timeout=PATIENCE) as client:
        answer = await client.get(asked)
        answer.raise_for_status()
    found = STREAM.search(answer.text)
    assert found, asked
    streams = await _stream(url, html.unescape(found[1]), cookies)
    return asyncio.create_task(_follow(*streams, room, board=board))


async def _stream(url: str, path: str, cookies: Mapping[str, str]) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    where = urlsplit(url)
    reading, writing = await asyncio.open_connection(where.hostname, where.port, limit=1 << 22)
    cookie = "".join(f"Cookie: {name}={value}\r\n" for name, value in cookies.items())
    writing.write(f"GET {path} HTTP/1.1\r\nHost: {where.netloc}\r\nAccept: text/event-stream\r\n{cookie}\r\n".encode())
    status = await reading.readline()
    assert b" 200 " in status, (status, path)
    return reading, writing


async def _follow(reading: asyncio.StreamReader, writing: asyncio.StreamWriter, room: Room, *, board: bool) -> None:
    """Count what comes; of a board also when each entry was there for the first time."""
    seen: dict[int, float] = {}
    rest = b""
    if board:
        room.boards.append(seen)
    while chunk := await reading.read(1 << 16):
        room.bytes += len(chunk)
        if not board:
            continue
        now, rest = time.perf_counter(), rest[-32:] + chunk
        for seq in {int(found) for found in ENTRY.findall(rest)}:
            seen.setdefault(seq, now)
    writing.close()


async def _changes(server: Server, room: Room, seconds: float, rate: float) -> None:
    """Stances, one after the other at this rate, whatever the answers take."""
    receipt = "... on StateStancesPayload { receipt { seq } }"
    query = f"mutation($i: StateStancesInput!) {{ stateStances(input: $i) {{ __typename {receipt} }} }}"
    levels = ("SUPPORT", "ACCEPT", "NEUTRAL")
    begun = time.perf_counter()
    async with httpx.AsyncClient(base_url=server.url, timeout=PATIENCE) as client:

        async def change(n: int) -> None:
            await asyncio.sleep(max(0.0, begun + n / rate - time.perf_counter()))
            stance = {"provisionId": room.clauses[n % len(room.clauses)], "level": levels[n // 7 % 3]}
            said = {"sessionId": room.session, "itemId": room.item, "stances": [stance], "idempotencyKey": f"key-{n}"}
            given = said | {"seat": room.codes[n % len(room.codes)]}
            headers = {"Authorization": f"Bearer {room.chair}"}
            asked = time.perf_counter()
            answer = await client.post("/graphql", json={"query": query, "variables": {"i": given}}, headers=headers)
            room.acknowledged[answer.json()["data"]["stateStances"]["receipt"]["seq"]] = now = time.perf_counter()
            room.answered.append(now - asked)

        await asyncio.gather(*(change(n) for n in range(int(seconds * rate))))


def _cpu(pid: int) -> float:
    """Seconds of processor that a process has spent."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    given = [float(word) for word in sys.argv[1:]]
    main(*(given + [20.0, 20.0][len(given) :]))
