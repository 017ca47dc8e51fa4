"""Lines of the record: every member always there, read as written, and refused when they are of another time."""

import json
from typing import Any

import pytest

from polylogue import commands as c
from polylogue import events as e
from polylogue.occasion import Acting, Actor, Entry, Visibility
from polylogue.record.canonical import canonical
from polylogue.record.envelope import read, read_seen, visibility, write
from polylogue.record.prose import Said
from polylogue.vocabulary import Audience, Instant, PersonId, Role, SeatCode, Seq, SessionId
from tests.scenes import EN, sco

CHAIR = Acting(Actor(PersonId("chair"), Role.CHAIR))
CLOSED = Entry(Seq(7), Instant("2026-05-04T09:00:00.000Z"), CHAIR, e.SessionClosed())


def never(pointer: str, said: Said) -> str:
    raise AssertionError(f"a text at {pointer}")


def line(entry: Entry = CLOSED, nonce: bytes | None = None) -> bytes:
    return write(SessionId("s"), "one command", entry, seal=never, nonce=nonce)


def altered(stored: bytes, **members: Any) -> bytes:
    return canonical(json.loads(stored) | members)


def test_every_member_is_always_written():
    given = json.loads(line())
    assert given == {
        "v": 1,
        "session": "s",
        "seq": 7,
        "kind": "SessionClosed",
        "at": "2026-05-04T09:00:00.000Z",
        "command": "one command",
        "actor": {"person": "chair", "role": "CHAIR"},
        "seat": None,
        "enteredBy": None,
        "occurredAt": None,
        "visibility": {"to": "ALL", "seats": []},
        "corrects": None,
        "nonce": None,
        "payload": {},
    }


def test_an_entry_is_read_as_it_was_written():
    entered = Acting(
        Actor(None, Role.DELEGATE),
        SeatCode("KAZ"),
        Actor(PersonId("chair"), Role.CHAIR),
        Instant("2026-05-03T18:00:00.000Z"),
    )
    for acting in (CHAIR, entered):
        entry = Entry(CLOSED.seq, CLOSED.at, acting, CLOSED.event)
        assert read(line(entry)) == entry


def test_only_interests_are_not_for_all():
    scene = sco()
    position = c.PostPosition(item=scene.item, text="We agree.", language=EN, interests="To irrigate.")
    scene.give(position, "KAZ")
    *others, last = zip(scene.entries, scene.stored, strict=True)
    for entry, stored in others:
        assert visibility(entry.event, entry.acting) == read_seen(stored)[1] == Visibility(Audience.ALL, ())
    entry, stored = last
    assert (
        visibility(entry.event, entry.acting) == read_seen(stored)[1] == Visibility(Audience.SEATS, (SeatCode("KAZ"),))
    )
    assert len(bytes.fromhex(json.loads(stored)["nonce"])) == 16


def test_what_is_not_for_all_has_a_nonce_and_nothing_else_has():
    with pytest.raises(ValueError, match="nonce"):
        line(nonce=bytes(16))
    scene = sco()
    scene.give(c.PostPosition(item=scene.item, text="We agree.", language=EN, interests="To irrigate."), "KAZ")
    with pytest.raises(ValueError, match="nonce"):
        line(scene.entries[-1])


@pytest.mark.parametrize(
    ("members", "why"),
    [
        ({"kind": "SessionForgotten"}, "SessionForgotten version 1"),
        ({"v": 2}, "SessionClosed version 2"),
        ({"payload": {"mood": "good"}}, "no such member"),
        ({"visibility": {"to": "NOBODY", "seats": []}}, "NOBODY"),
    ],
)
def test_what_this_software_does_not_know_is_refused(members: dict[str, Any], why: str):
    with pytest.raises(ValueError, match=why):
        read(altered(line(), **members))


def test_a_record_of_another_format_is_refused():
    first = sco().stored[0]
    payload = json.loads(first)["payload"]
    with pytest.raises(ValueError, match="the record is of format 1; this software reads format 0"):
        read(altered(first, payload=payload | {"format": 1}))
    assert isinstance(read(first).event, e.SessionScheduled)


def test_interests_of_nobody_are_not_written():
    """They would be for all to read."""
    scene = sco()
    scene.give(c.PostPosition(item=scene.item, text="We agree.", language=EN, interests="To irrigate."), "KAZ")
    with pytest.raises(ValueError, match="for a seat"):
        visibility(scene.entries[-1].event, CHAIR)
