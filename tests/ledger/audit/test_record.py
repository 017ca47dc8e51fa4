"""The record itself: bytes, places, hashes, times, the tree and its head."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from ledger.rebuild import rebuild_session
from polylogue.record.canonical import canonical
from polylogue.record.tree import grow, leaf_hash
from tests.ledger.audit.planted import COURSE, SESSION, TABLES, Faults, Plant, audited, defenceless, sql

END = len(COURSE.lines)


def rewrite(seq: int, change: Callable[[dict[str, Any]], object], *, hashed: bool = True) -> Plant:
    """Write what a line says anew; with `hashed` its leaf, all the tree and the head as well, as a forger would."""

    def body(connection: sa.Connection) -> None:
        event, head = TABLES["event"], TABLES["head"]
        lines = [dict(line) for line in COURSE.lines]
        said = json.loads(bytes(lines[seq - 1]["stored"]))  # type: ignore[arg-type]
        change(said)
        stored = said.pop("raw", None) or canonical(said)
        lines[seq - 1]["stored"] = stored
        if hashed:
            lines[seq - 1]["leaf"] = leaf_hash(stored)
        changed = {"stored": stored, "leaf": lines[seq - 1]["leaf"]}
        connection.execute(sa.update(event).where(event.c.seq == seq).values(changed))
        frontier: list[bytes] = []
        for size, line in enumerate(lines):
            grow(frontier, size, bytes(line["leaf"]))  # type: ignore[arg-type]
        if hashed:
            connection.execute(sa.update(head).values(frontier=b"".join(frontier), leaf=lines[-1]["leaf"]))

    return defenceless(body)


def flip(bit: int) -> Plant:
    def body(connection: sa.Connection) -> None:
        event = TABLES["event"]
        stored = bytearray(COURSE.lines[19]["stored"])  # type: ignore[arg-type]
        stored[bit // 8 % len(stored)] ^= 1 << bit % 8
        connection.execute(sa.update(event).where(event.c.seq == 20).values(stored=bytes(stored)))

    return defenceless(body)


@pytest.mark.parametrize("bit", [0, 777, 2_001])
def test_a_flipped_bit(kept: str, bit: int):
    found = audited(kept, flip(bit))
    assert len(found.faults) == 1
    assert "entry 20: its leaf hash is" in found.faults[0]
    assert (found.entries, found.root) == (19, None)
    assert found.sentence.startswith(f"Session {SESSION} is not sound: entry 20: ")


def missing(seq: int) -> Plant:
    return defenceless(lambda c: c.execute(sa.delete(TABLES["event"]).where(TABLES["event"].c.seq == seq)))


RECORD: Faults = {
    "an entry taken out": (missing(30), "entry 31 stands where entry 30 should"),
    "the first taken out": (missing(1), "entry 2 stands where entry 1 should"),
    "the last taken out": (missing(END), f"its head says seq {END}, its entries {END - 1}"),
    "all taken out": (
        defenceless(sql("DELETE FROM event")),
        f"its head says entry {END}, and there is none",
    ),
    "two exchanged": (
        defenceless(
            sql(
                "UPDATE event SET seq = 1000 WHERE seq = 40",
                "UPDATE event SET seq = 40 WHERE seq = 41",
                "UPDATE event SET seq = 41 WHERE seq = 1000",
            )
        ),
        "entry 40: its bytes say seq 41, its row 40",
    ),
    "an entry of another session": (
        rewrite(9, lambda said: said.update(session="another")),
        "entry 9: its bytes say session 'another'",
    ),
    "a command renamed in its row": (
        defenceless(sql("UPDATE event SET command = 'mine' WHERE seq = 12")),
        "entry 12: its bytes say command",
    ),
    "a command that comes again": (
        defenceless(lambda c: _again(c, 20, 12)),
        "has other commands among its entries",
    ),
    "a time that goes back": (
        rewrite(50, lambda said: said.update(at="2026-05-04T08:59:59.999Z")),
        "entry 50: its time is '2026-05-04T08:59:59.999Z'",
    ),
    "a time without fractions": (
        rewrite(50, lambda said: said.update(at="2027-05-04T08:59:59Z")),
        "entry 50: its time is '2027-05-04T08:59:59Z'",
    ),
    "bytes in another order": (
        rewrite(5, lambda said: said.update(raw=json.dumps(said).encode())),
        "entry 5: its bytes are not the canonical ones",
    ),
    "a member nobody reads": (
        rewrite(5, lambda said: said.update(secret=1)),
        "entry 5: what is read from its bytes would be written in other bytes",
    ),
    "a payload's member nobody reads": (rewrite(5, lambda said: said["payload"].update(secret=1)), "entry 5: "),
    "a float": (rewrite(5, lambda said: said.update(seq=5.0)), "a float; figures are decimal strings"),
    "no JSON": (rewrite(5, lambda said: said.update(raw=b"{")), "entry 5: its bytes are no line of a record"),
    "no object": (rewrite(5, lambda said: said.update(raw=b"[]")), "entry 5: its bytes are no line of a record"),
    "no kind": (rewrite(5, lambda said: said.pop("kind")), "entry 5: its bytes are no line of a record"),
    "no time": (rewrite(5, lambda said: said.pop("at")), "entry 5: 'at'"),
    "an unknown kind": (
        rewrite(5, lambda said: said.update(kind="PeaceDeclared")),
        "the record holds PeaceDeclared version 1, which this software does not know",
    ),
    "a later version of a kind": (
        rewrite(5, lambda said: said.update(v=2)),
        "the record holds PersonAdmitted version 2, which this software does not know",
    ),
    "no version of a kind": (rewrite(5, lambda said: said.update(v=0)), "entry 5: there is no version 0 of a kind"),
    "an unknown format": (
        rewrite(1, lambda said: said["payload"].update(format=7)),
        "it is written in format 7, and this software knows format 0",
    ),
    "another beginning": (
        rewrite(1, lambda said: said.update(kind="SessionClosed", payload={})),
        "entry 1 is of the kind SessionClosed, and the first one schedules the session",
    ),
    "a rule changed under its hash": (
        rewrite(1, lambda said: said["payload"]["ruleSet"].update(title="Mine")),
        "entry 1: its rule set has another hash than it says",
    ),
    "an event shown to others than it is for": (
        rewrite(20, lambda said: said.update(visibility={"to": "OFFICERS", "seats": []})),
        "entry 20: ",
    ),
    "a nonce that is short": (
        rewrite(18, lambda said: said.update(nonce="00")),
        "entry 18: a nonce has 16 bytes",
    ),
    "stances on an item that is not there": (
        rewrite(17, lambda said: said["payload"].update(item="nothing")),
        "does not follow from those before it",
    ),
    "words inside the record": (
        rewrite(16, lambda said: said["payload"].update(text={"text": "We.", "language": "en"})),
        "entry 16: ",
    ),
    "a head moved on": (
        lambda c: c.execute(sa.update(TABLES["head"]).values(seq=END + 1)),
        f"its head says seq {END + 1}, its entries {END}",
    ),
    "a head's leaf": (
        lambda c: c.execute(sa.update(TABLES["head"]).values(leaf=b"\1" * 32)),
        f"its head says leaf {'01' * 32}, its entries {bytes(COURSE.lines[-1]['leaf']).hex()}",  # type: ignore[arg-type]
    ),
    "a head's frontier": (
        lambda c: c.execute(sa.update(TABLES["head"]).values(frontier=b"\2" * 32)),
        f"its head says frontier {'02' * 32}",
    ),
    "a head's time": (sql("UPDATE head SET at = '2030-01-01T00:00:00.000Z'"), "its head says at '2030-"),
    "a head gone": (sql("DELETE FROM head"), "it has no head"),
    "a line forged without its hash": (
        rewrite(44, lambda said: said["payload"].update(importance=2), hashed=False),
        "entry 44: its leaf hash is",
    ),
}


def _again(connection: sa.Connection, seq: int, other: int) -> None:
    """Let one entry bear the command of an earlier one, in its bytes and its row."""
    command = str(COURSE.lines[other - 1]["command"])
    event = TABLES["event"]
    said = json.loads(bytes(COURSE.lines[seq - 1]["stored"]))  # type: ignore[arg-type]
    stored = canonical(said | {"command": command})
    changed = {"stored": stored, "leaf": leaf_hash(stored), "command": command}
    connection.execute(sa.update(event).where(event.c.seq == seq).values(changed))


@pytest.mark.parametrize("fault", RECORD)
def test_the_record(kept_in_sqlite: str, fault: str):
    plant, said = RECORD[fault]
    found = audited(kept_in_sqlite, plant)
    assert found.faults, fault
    assert said in found.faults[0]
    assert not found.sound


def test_a_record_forged_whole_is_found_by_its_root_alone(kept_in_sqlite: str):
    """A forger who owns the database and writes everything anew leaves a sound record: with another root."""

    def absent(said: dict[str, Any]) -> None:
        payload = said["payload"]
        payload["present"], payload["absent"] = payload["absent"], payload["present"]

    def forge(connection: sa.Connection) -> None:
        rewrite(13, absent)(connection)
        rebuild_session(connection, SESSION)

    found = audited(kept_in_sqlite, forge)
    assert found.sound
    assert found.root != audited(kept_in_sqlite).root
