"""The record as a viewer may read it: entries in order, and for each that is not theirs its place and leaf hash.

Why withheld entries always come: nothing is skipped, so the tree still verifies; and a filter that left them out would
tell of what kind they are.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Annotated, Any

import sqlalchemy as sa
import strawberry
from strawberry import Private

from polylogue.occasion import Actor, Visibility
from polylogue.record import envelope
from polylogue.record.payload import texts as texts_in
from polylogue.vocabulary import Hash, Instant, SeatCode, Seq, SessionId
from schema.api.context import Line, Standpoint
from schema.api.details import EventDetail, Texts, shown_event
from schema.api.pages import page_size
from schema.api.rows import EVENT, texts_at
from schema.api.selection import Selection
from schema.api.values import EventKind, shown

LARGEST_PAGE = 1000
"""Entries that are given at once at most."""

READ_AT_ONCE = 500
"""Entries that are read together while looking for some of certain kinds."""

FOR_ALL = b'"visibility":{"seats":[],"to":"ALL"}'
"""How the canonical bytes of an entry for all have it: names sorted, no blanks."""


@shown
class Event:
    """An entry of the record that the viewer may read.

    `actor` is whose act it is, `seat` the delegation it is done for, `enteredBy` who entered it when that is somebody
    else, `occurredAt` the time they claim for it. `visibility` says who may read it.
    """

    seq: Seq
    leaf_hash: Hash
    kind: EventKind
    at: Instant
    actor: Actor
    seat: SeatCode | None
    entered_by: Actor | None
    occurred_at: Instant | None
    visibility: Visibility
    stored: Private[bytes]
    said: Private[Any]
    texts: Private[Texts]

    @strawberry.field(description="The command that led to it, and perhaps to its neighbours.")
    def command(self) -> strawberry.ID:
        return json.loads(self.stored)["command"]

    @strawberry.field(description="The entry that this one corrects.")
    def corrects(self) -> Seq | None:
        return json.loads(self.stored)["corrects"]

    @strawberry.field(description="What it says, with its texts where they have not been erased.")
    def detail(self) -> EventDetail:
        return shown_event(self.said, self.seq, self.texts)

    @strawberry.field(description="The exact bytes that are hashed: canonical JSON (RFC 8785).")
    def canonical(self) -> str:
        return self.stored.decode()


@shown
class Withheld:
    """An entry that the viewer may not read."""

    seq: Seq
    leaf_hash: Hash


Entry = Annotated[
    Event | Withheld, strawberry.union("Entry", description="A line of the record, as far as the viewer may read it.")
]


def shown_line(line: Line, standpoint: Standpoint, texts: Texts) -> Event | Withheld:
    """A line as a viewer sees it."""
    if not standpoint.may_read(line.visibility):
        return Withheld(seq=line.seq, leaf_hash=Hash(line.leaf.hex()))
    entry = line.entry
    return Event(
        seq=line.seq,
        leaf_hash=Hash(line.leaf.hex()),
        kind=type(entry.event).__name__,
        at=entry.at,
        actor=entry.acting.actor,
        seat=entry.acting.seat,
        entered_by=entry.acting.entered_by,
        occurred_at=entry.acting.occurred_at,
        visibility=line.visibility,
        stored=line.stored,
        said=entry.event,
        texts=texts,
    )


def wants(kinds: Sequence[str] | None, line: Line, standpoint: Standpoint) -> bool:
    """Whether a viewer who asked for these kinds gets this line: one they may not read always, whatever they asked."""
    return kinds is None or type(line.entry.event).__name__ in kinds or not standpoint.may_read(line.visibility)


def load_record(
    connection: sa.Connection,
    session: SessionId,
    head: Seq,
    standpoint: Standpoint,
    page: tuple[Seq, int, tuple[str, ...] | None],
    asked: Selection,
) -> list[Event | Withheld]:
    """The entries of a page (after, first, kinds), none beyond `head`."""
    after, first, kinds = page
    size = page_size(first, LARGEST_PAGE)
    rows = _rows(connection, session, after, head, size, kinds)
    candidates = (Line(Seq(seq), leaf, stored, *envelope.read_seen(stored)) for seq, leaf, stored in rows)
    lines = list(islice((line for line in candidates if wants(kinds, line, standpoint)), size))
    texts: Texts = {}
    if "detail" in asked:
        readable = {line.seq for line in lines if standpoint.may_read(line.visibility) and texts_in(line.entry.event)}
        texts = texts_at(connection, session, readable)
    return [shown_line(line, standpoint, texts) for line in lines]


def _rows(
    connection: sa.Connection,
    session: SessionId,
    after: Seq,
    head: Seq,
    size: int,
    kinds: Iterable[str] | None,
) -> Iterator[tuple[int, bytes, bytes]]:
    """Rows of the record, without those that are certainly neither of these kinds nor withheld: telling it by their
    bytes costs a hundredth of decoding them.
    """
    marks = None if kinds is None else [f'"kind":"{kind}"'.encode() for kind in kinds]
    at_once = size if marks is None else READ_AT_ONCE
    while after < head and at_once:
        query = (
            sa.select(EVENT.seq, EVENT.leaf, EVENT.stored)
            .where(EVENT.session == session, EVENT.seq > after, EVENT.seq <= head)
            .order_by(EVENT.seq)
            .limit(at_once)
        )
        for seq, leaf, stored in connection.execute(query).all():
            after = seq
            if marks is None or FOR_ALL not in stored or any(mark in stored for mark in marks):
                yield seq, leaf, stored
