"""A writing process is killed again and again: no acknowledged command may be missing, none may be there twice.

`python -m tests.ledger.torture CYCLES [URL]` does it as often as is wanted, on SQLite or on the empty database at URL.
"""

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import sqlalchemy as sa

from ledger.audit import audit_all
from ledger.database import open_database
from ledger.ledger import Ledger
from migrations.steps import migrate
from tests.ledger.scene import PROSE, SEATS, Scene, accepted, record, say, schedule, sound

CLIENTS = 8
PATIENCE = 60.0  # seconds in which a process that writes has acknowledged something


async def write(url: str, scene: Scene, log: Path, life: int) -> None:
    """Eight clients say one thing after another, and note each before it is asked and when it is acknowledged."""
    pending = unacknowledged(log)  # what was asked in an earlier life is asked again, under its key
    notes = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    database = open_database(url)
    ledger = Ledger(database)

    def note(**what: object) -> None:
        os.write(notes, json.dumps(what).encode() + b"\n")

    async def client(number: int) -> None:
        turn = 0
        while True:
            words = str(pending.pop(number, f"{number} {life} {turn}"))
            note(client=number, asked=words)
            receipt = accepted(await say(ledger, scene, words, SEATS[number % len(SEATS)]))
            note(client=number, acknowledged=words, seq=receipt.seq, leaf=receipt.leaf_hash)
            turn += 1

    await asyncio.gather(*map(client, range(CLIENTS)))


def notes_in(log: Path) -> Iterator[dict[str, object]]:
    """What was noted; the last line may be cut off."""
    for line in log.read_bytes().splitlines(keepends=True) if log.exists() else ():
        if line.endswith(b"\n"):
            yield json.loads(line)


def unacknowledged(log: Path) -> dict[object, object]:
    """What each client has asked last, if it has no answer yet."""
    asked: dict[object, object] = {}
    for note in notes_in(log):
        if "asked" in note:
            asked[note["client"]] = note["asked"]
        else:
            asked.pop(note["client"], None)
    return asked


async def check(url: str, scene: Scene, log: Path) -> int:
    """Hold the record against what was acknowledged; how many commands that were."""
    database = open_database(url)
    ledger = Ledger(database)
    await sound(ledger, scene.session)
    async for finding in audit_all(ledger.read):
        assert finding.faults == ()
    leaves = {row.seq: row.leaf.hex() for row in await record(ledger, scene.session)}
    mine = sa.select(PROSE.c.text).where(PROSE.c.session == scene.session, PROSE.c.pointer == "/text")
    said = Counter(await ledger.read(lambda connection: connection.execute(mine).scalars().all()))
    said.pop("To irrigate in May.", None)  # the interests behind each of them
    await ledger.close()
    await database.close()
    notes = tuple(notes_in(log))
    acknowledged = [note for note in notes if "acknowledged" in note]
    for note in acknowledged:
        assert said[str(note["acknowledged"])] == 1, f"lost, though acknowledged: {note}"
        assert leaves[int(str(note["seq"]))] == note["leaf"], f"acknowledged otherwise than recorded: {note}"
    assert [words for words, times in said.items() if times != 1] == []
    assert said.keys() <= {note.get("asked") for note in notes}
    return len(acknowledged)


async def begin(url: str) -> Scene:
    database = open_database(url)
    ledger = Ledger(database)
    scene = await schedule(ledger)
    await ledger.close()
    await database.close()
    return scene


def torture(cycles: int, folder: Path, url: str | None = None, *, seed: int = 1) -> int:
    """Kill a writing process so many times; gives the number of commands that were acknowledged."""
    draw = random.Random(seed)
    url = url or f"sqlite:///{folder}/record.db"
    migrate(url)
    scene, log = asyncio.run(begin(url)), folder / "notes"
    done = 0
    for life in range(cycles):
        size = log.stat().st_size if log.exists() else 0
        words = [
            sys.executable,
            "-m",
            "tests.ledger.torture",
            "--write",
            url,
            json.dumps(asdict(scene)),
            log,
            str(life),
        ]
        with subprocess.Popen(words) as writing:
            end = time.monotonic() + PATIENCE
            while not log.exists() or log.stat().st_size < size + 2000:  # it is at work
                assert writing.poll() is None, "the writing process ended by itself"
                assert time.monotonic() < end, "the writing process does nothing"
                time.sleep(0.01)
            time.sleep(draw.uniform(0, 0.5))
            assert writing.poll() is None, "the writing process ended by itself"
            writing.send_signal(signal.SIGKILL)
        before, done = done, asyncio.run(check(url, scene, log))
        assert done > before
        print(f"cycle {life + 1}: {done} commands acknowledged, none lost, none doubled", flush=True)
    return done


def main(*words: str) -> None:
    if words[:1] == ("--write",):
        _, url, scene, log, life = words
        found = json.loads(scene)
        told = Scene(found["session"], found["item"], tuple(found["provisions"]))
        asyncio.run(write(url, told, Path(log), int(life)))
        return
    cycles, *url = words or ("20",)
    with tempfile.TemporaryDirectory() as folder:
        torture(int(cycles), Path(folder), *url)


if __name__ == "__main__":
    main(*sys.argv[1:])
