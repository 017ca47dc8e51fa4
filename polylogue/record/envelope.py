"""A line of the record: the envelope around an event's payload, written once and hashed as it lies.

Why every member is always there: whoever reads a record years later needs no defaults to know what was said
(docs/record.md).
"""

import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from polylogue.events import FORMAT, KINDS, EntryCorrected, Event, InterestsStated, SessionScheduled, StancesPredicted
from polylogue.occasion import Acting, Actor, Entry, Visibility
from polylogue.record.canonical import canonical
from polylogue.record.payload import Seal, decode, encode
from polylogue.vocabulary import Audience, Instant, PersonId, Role, SeatCode, Seq, SessionId

NONCE_BYTES = 16

_FOR_ALL = Visibility()


def visibility(event: Event, acting: Acting) -> Visibility:
    """Who may read an event."""
    if isinstance(event, InterestsStated):
        if acting.seat is None:
            raise ValueError("interests are stated for a seat, or they would be for all to read")
        return Visibility(Audience.SEATS, (acting.seat,))
    if isinstance(event, StancesPredicted):
        return Visibility(Audience.SEATS, (event.seat,))
    if isinstance(event, EntryCorrected) and event.restored_interests:
        if event.of_seat is None:
            raise ValueError("interests are those of a seat, or their correction would be for all to read")
        return Visibility(Audience.SEATS, (event.of_seat,))
    return _FOR_ALL


def write(
    session: SessionId,
    command: str,
    entry: Entry,
    *,
    seal: Seal,
    nonce: bytes | None,
    canonical: Callable[[object], bytes] = canonical,
) -> bytes:
    """The canonical bytes of an entry.

    `nonce`: 16 random bytes, for events not for all, so that no leaf can be guessed; ValueError where it is missing or
    too much. `canonical` may be another function that makes the same bytes.
    """
    acting, seen = entry.acting, visibility(entry.event, entry.acting)
    if (seen.to is Audience.ALL) != (nonce is None):
        raise ValueError("an event has a nonce if and only if it is not for all")
    return canonical(
        {
            "v": entry.event.v,
            "session": session,
            "seq": entry.seq,
            "kind": type(entry.event).__name__,
            "at": entry.at,
            "command": command,
            "actor": _actor(acting.actor),
            "seat": acting.seat,
            "enteredBy": _actor(acting.entered_by) if acting.entered_by else None,
            "occurredAt": acting.occurred_at,
            "visibility": {"to": seen.to, "seats": list(seen.seats)},
            "corrects": entry.corrects,
            "nonce": nonce.hex() if nonce else None,
            "payload": encode(entry.event, seal),
        }
    )


def read(stored: bytes) -> Entry:
    """The entry of stored bytes; ValueError when this software does not know the kind, its version or the format."""
    return read_seen(stored)[0]


def read_seen(stored: bytes) -> tuple[Entry, Visibility]:
    """The entry of stored bytes and, as it stands there, who may read it; ValueError as in `read`."""
    return entry_of(json.loads(stored))


def entry_of(line: dict[str, Any]) -> tuple[Entry, Visibility]:
    """The entry that stored bytes are the JSON of, and who may read it; ValueError as in `read`."""
    kind = KINDS.get(line["kind"])
    if kind is None or line["v"] > kind.v:
        raise ValueError(f"the record holds {line['kind']} version {line['v']}, which this software does not know")
    entered_by: dict[str, Any] | None = line["enteredBy"]
    acting = Acting(
        _read_actor(line["actor"]),
        SeatCode(line["seat"]) if line["seat"] else None,
        _read_actor(entered_by) if entered_by else None,
        Instant(line["occurredAt"]) if line["occurredAt"] else None,
    )
    seen = _visibility_of(line["visibility"]["to"], *line["visibility"]["seats"])
    if kind is SessionScheduled and (format := line["payload"].get("format")) != FORMAT:
        raise ValueError(f"the record is of format {format}; this software reads format {FORMAT}")
    return Entry(Seq(line["seq"]), Instant(line["at"]), acting, decode(kind, line["payload"]), line["corrects"]), seen


def _actor(actor: Actor) -> dict[str, str | None]:
    return {"person": actor.person, "role": actor.role}


def _read_actor(given: dict[str, Any]) -> Actor:
    return _actor_of(given["person"], given["role"])


# a session has few persons, and each of them the same values at every entry
@lru_cache(maxsize=1024)
def _actor_of(person: PersonId | None, role: str) -> Actor:
    return Actor(person, Role(role))


@lru_cache(maxsize=1024)
def _visibility_of(to: str, *seats: SeatCode) -> Visibility:
    return Visibility(Audience(to), seats)
