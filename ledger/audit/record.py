"""The record checked line by line: places, bytes, hashes, times, commands, and the tree against its head.

Why twice: bytes are compared with the canonical form of what they say, and again with what this software would write
for the event it reads in them, so that nothing stands in a line that nobody sees.
"""

import json
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from ledger.audit.finding import Fault, is_instant
from ledger.lines import Line
from ledger.raw import kinds, raw, shown
from polylogue.events import FORMAT, KINDS, SessionScheduled
from polylogue.occasion import Entry
from polylogue.record import envelope
from polylogue.record.canonical import canonical, check_domain, digest
from polylogue.record.prose import Said
from polylogue.record.tree import grow, leaf_hash, root, tree_root
from polylogue.vocabulary import Instant, SessionId
from schema.tables import Event, Head

_head = Head.metadata.tables["head"]
_HEAD = raw(_head).where(_head.c.session == sa.bindparam("session"))
_head_kinds = kinds(_head)
_line_kinds = kinds(Event.metadata.tables["event"], "seq", "command", "stored", "leaf")


@dataclass(slots=True)
class Checked:
    """How far a record has been read and found right."""

    session: SessionId
    leaves: list[bytes] = field(default_factory=list[bytes])
    frontier: list[bytes] = field(default_factory=list[bytes])
    at: Instant = Instant("")
    command: str = ""
    commands: set[str] = field(default_factory=set[str])

    def take(self, line: Line) -> Entry:
        """The entry of the next line. Raises Fault where it is not what it should be."""
        place = len(self.leaves) + 1
        if line.seq != place:
            raise Fault(f"entry {line.seq} stands where entry {place} should")
        if wrong := _line_kinds(line):
            raise Fault(f"entry {place}: {wrong}")
        leaf = leaf_hash(line.stored)
        if leaf != line.leaf:
            raise Fault(f"entry {place}: its leaf hash is {line.leaf.hex()}, and over its bytes {leaf.hex()}")
        said = _said(line)
        entry = _entry(line, said)
        self._belongs(line, said)
        grow(self.frontier, len(self.leaves), leaf)
        self.leaves.append(leaf)
        return entry

    def _belongs(self, line: Line, said: dict[str, Any]) -> None:
        for name, expected in (("session", self.session), ("seq", line.seq), ("command", line.command)):
            if said[name] != expected or said[name] is True:
                raise Fault(f"entry {line.seq}: its bytes say {name} {said[name]!r}, its row {expected!r}")
        at = str(said["at"])
        if not is_instant(at) or at < self.at:
            raise Fault(f"entry {line.seq}: its time is {at!r}, after {self.at!r}")
        if line.command != self.command and line.command in self.commands:
            raise Fault(f"entry {line.seq}: its command {line.command} has other commands among its entries")
        self.at, self.command = Instant(at), line.command
        self.commands.add(line.command)

    def against_head(self, connection: sa.Connection) -> None:
        """Raise Fault unless the session's head row says the same as the lines read."""
        heads = connection.execute(_HEAD, {"session": self.session}).all()
        if not heads and not self.leaves:
            return
        if len(heads) != 1:
            raise Fault(f"it has {len(heads) or 'no'} {'heads' if heads else 'head'}")
        head = heads[0]
        if wrong := _head_kinds(head):
            raise Fault(f"its head is not right: {wrong}")
        if not self.leaves:
            raise Fault(f"its head says entry {head.seq}, and there is none")
        found = {"seq": head.seq, "leaf": head.leaf, "at": head.at, "frontier": head.frontier}
        expected = {
            "seq": len(self.leaves),
            "leaf": self.leaves[-1],
            "at": self.at,
            "frontier": b"".join(self.frontier),
        }
        for name, value in expected.items():
            if found[name] != value:
                raise Fault(f"its head says {name} {shown(found[name])}, its entries {shown(value)}")
        if root(self.frontier, len(self.leaves)) != tree_root(self.leaves):
            raise Fault("the tree's frontier and its definition give two roots")


def _said(line: Line) -> dict[str, Any]:
    """What the bytes say, if they are the canonical bytes of it and of a format that is known."""
    try:
        said: Any = json.loads(line.stored)
        check_domain(said)
        if canonical(said) != line.stored:
            raise Fault(f"entry {line.seq}: its bytes are not the canonical ones")
    except (ValueError, RecursionError) as error:
        raise Fault(f"entry {line.seq}: its bytes are no line of a record ({error})") from error
    try:
        scheduled = said["kind"] == SessionScheduled.__name__
        if scheduled != (line.seq == 1):
            raise Fault(f"entry {line.seq} is of the kind {said['kind']}, and the first one schedules the session")
        if scheduled and said["payload"]["format"] != FORMAT:
            written = said["payload"]["format"]
            raise Fault(f"it is written in format {written}, and this software knows format {FORMAT}")
    except (KeyError, TypeError) as error:
        raise Fault(f"entry {line.seq}: its bytes are no line of a record (without {error})") from error
    return said


def _entry(line: Line, said: dict[str, Any]) -> Entry:
    try:
        entry = envelope.read(line.stored)
        if type(said["v"]) is not int or said["v"] < 1:
            raise Fault(f"entry {line.seq}: there is no version {said['v']} of a kind")
        if said["v"] == KINDS[said["kind"]].v and _written(said, entry) != line.stored:
            raise Fault(f"entry {line.seq}: what is read from its bytes would be written in other bytes")
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Fault(f"entry {line.seq}: {error}") from error
    if isinstance(entry.event, SessionScheduled) and digest(dict(entry.event.rule_set)) != entry.event.rule_set_hash:
        raise Fault(f"entry {line.seq}: its rule set has another hash than it says")
    return entry


def _written(said: dict[str, Any], entry: Entry) -> bytes:
    nonce = bytes.fromhex(said["nonce"]) if said["nonce"] is not None else None
    if nonce is not None and len(nonce) != envelope.NONCE_BYTES:
        raise ValueError(f"a nonce has {envelope.NONCE_BYTES} bytes")
    return envelope.write(said["session"], said["command"], entry, seal=_no_words, nonce=nonce)


def _no_words(pointer: str, _: Said) -> str:
    raise ValueError(f"words in the record itself, at {pointer}")
