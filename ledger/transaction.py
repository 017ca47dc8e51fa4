"""What happens inside one transaction: waiting commands are decided, recorded and projected.

Why many at once: a session's head admits one transaction at a time, so what waits for it shares the cost of a commit;
and several sessions share one where the database has a single writer.
"""

import asyncio
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

import sqlalchemy as sa

from ledger import idempotency, prose
from ledger.canonical import canonical, read
from ledger.known import EVENT, HEAD, Known, Locked, catch_up, head_row, lock, recorded
from ledger.occasion import By, fresh_id
from ledger.projections import Rows, project, write_rows
from ledger.statements import insert, upsert
from polylogue.commands import Command
from polylogue.decide import decide
from polylogue.evolve import evolve
from polylogue.occasion import Entry, Occasion
from polylogue.record import envelope
from polylogue.record.tree import grow, leaf_hash, root
from polylogue.refusals import Refusal
from polylogue.vocabulary import Audience, Hash, Instant, ItemId, SeatCode, Seq, SessionId
from schema.api.context import Receipt
from schema.tables import Report

REPORTED = "convergence"
"""The algorithm whose newest report an act may cite."""


@dataclass(slots=True, eq=False)
class Asked:
    """A command that waits, and where its answer goes. Its time is that of its arrival."""

    session: SessionId
    command: Command
    by: By
    key: str
    seat: SeatCode | None
    occurred_at: Instant | None
    expected_seq: Seq | None
    digest: bytes
    at: Instant
    model: bool
    reachable: frozenset[SeatCode] | None
    answer: "asyncio.Future[Receipt | Refusal]"
    id: str = field(default_factory=fresh_id)


Outcome = Receipt | Refusal | Exception


@dataclass(slots=True)
class _Desk:
    """All that the commands of one transaction share, and the rows they leave to be written."""

    connection: sa.Connection
    heads: dict[SessionId, Locked]
    known: dict[SessionId, Known]
    answers: idempotency.Answers
    events: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    texts: prose.Rows = field(default_factory=dict[prose.Place, dict[str, Any]])
    answered: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    projected: Rows = field(default_factory=Rows)
    moved: set[SessionId] = field(default_factory=set[SessionId])


def write(
    connection: sa.Connection, batch: Sequence[Asked], known: dict[SessionId, Known], *, far: int | None
) -> list[Outcome]:
    """Decide, record and project commands in the caller's transaction; one outcome for each, in order.

    `known` is brought up to date in place, and worth nothing if the transaction fails. Raises Behind, before anything
    is decided, when a state lacks more than `far` entries.
    """
    heads = lock(connection, sorted({asked.session for asked in batch}))  # first, so that what is read next is final
    catch_up(connection, known, heads, far=far)
    answers = idempotency.find(connection, [(asked.by.person, asked.key) for asked in batch])
    desk = _Desk(connection, heads, known, answers)
    outcomes = [_settle(desk, asked) for asked in batch]
    if desk.events:
        _store(desk)
    return outcomes


def _settle(desk: _Desk, asked: Asked) -> Outcome:
    key = (asked.by.person, asked.key)
    if earlier := desk.answers.get(key):
        return earlier.receipt if earlier.digest == asked.digest else idempotency.conflict()
    known, head = desk.known[asked.session], desk.heads[asked.session]
    at = max(asked.at, head.at)
    try:
        decided = decide(known.state, asked.command, _occasion(desk, asked, at))
        if isinstance(decided, Refusal):
            return decided
        entries = [
            Entry(Seq(seq), at, decided.acting, event, decided.corrects)
            for seq, event in enumerate(decided.events, head.seq + 1)
        ]
        texts: prose.Rows = {}
        stored = [_bytes(asked, entry, texts) for entry in entries]
    except Exception as bug:  # noqa: BLE001 -- nothing has changed yet, so this command fails alone
        return bug
    desk.texts |= texts
    for entry, line in zip(entries, stored, strict=True):
        _append(desk, asked, known, entry, line)
    return _accept(desk, asked, entries[0].seq)


def _occasion(desk: _Desk, asked: Asked, at: Instant) -> Occasion:
    return Occasion(
        at=at,
        person=asked.by.person,
        ids=_ids(),
        site_roles=asked.by.site_roles,
        seat=asked.seat,
        occurred_at=asked.occurred_at,
        expected_seq=asked.expected_seq,
        report=lambda item: _newest_report(desk.connection, asked.session, item),
        prose=prose.words(desk.connection, asked.session, desk.texts),
        several=prose.several(desk.connection, asked.session, desk.texts),
        root=lambda: Hash(root(desk.heads[asked.session].frontier, desk.heads[asked.session].seq).hex()),
        recorded=lambda seq: _recorded(desk, asked.session, seq),
        model=asked.model,
        reachable=asked.reachable,
    )


def _recorded(desk: _Desk, session: SessionId, seq: Seq) -> Entry | None:
    """An entry of the record, or of what this transaction adds to it."""
    fresh = (event["stored"] for event in desk.events if event["session"] == session and event["seq"] == seq)
    stored = next(fresh, None)
    return read(stored)[0] if stored else recorded(desk.connection, session, seq)


def _ids() -> Iterator[str]:
    return (fresh_id() for _ in repeat(None))


def _bytes(asked: Asked, entry: Entry, texts: prose.Rows) -> bytes:
    """The exact bytes of an entry; its texts go to `texts`."""
    public = envelope.visibility(entry.event, entry.acting).to is Audience.ALL
    return envelope.write(
        asked.session,
        asked.id,
        entry,
        seal=prose.sealing(asked.session, entry.seq, texts),
        nonce=None if public else os.urandom(envelope.NONCE_BYTES),
        canonical=canonical,
    )


def _append(desk: _Desk, asked: Asked, known: Known, entry: Entry, stored: bytes) -> None:
    """Put an entry at the end of the record, of the tree and of the state."""
    session, head, leaf = asked.session, desk.heads[asked.session], leaf_hash(stored)
    grow(head.frontier, head.seq, leaf)
    evolve(known.state, entry)
    project(session, known.state, entry, desk.projected)
    head.seq, head.leaf, head.at = entry.seq, leaf, entry.at
    known.seq, known.leaf = entry.seq, leaf
    desk.events.append({"session": session, "seq": entry.seq, "command": asked.id, "stored": stored, "leaf": leaf})


def _accept(desk: _Desk, asked: Asked, first: Seq) -> Receipt:
    head = desk.heads[asked.session]
    receipt = Receipt(asked.session, first, head.seq, Hash(head.leaf.hex()), head.at)
    key, answer = (asked.by.person, asked.key), idempotency.Answer(asked.digest, receipt)
    desk.answers[key] = answer  # for the same key further on in this batch
    desk.answered.append(idempotency.row_of(key, answer))
    desk.moved.add(asked.session)
    return receipt


# ── statements, made once so that SQLAlchemy compiles them once ──────────────────────────────────────────────────────

_reports = Report.metadata.tables["report"]
_NEWEST = (
    sa.select(_reports.c.public_hash)
    .where(
        _reports.c.session == sa.bindparam("session"),
        _reports.c.item == sa.bindparam("item"),
        _reports.c.algorithm == REPORTED,
    )
    .order_by(_reports.c.basis.desc())
    .limit(1)
)


def _newest_report(connection: sa.Connection, session: SessionId, item: ItemId) -> Hash | None:
    return connection.execute(_NEWEST, {"session": session, "item": item}).scalar_one_or_none()


_write_events = insert(EVENT)
_write_texts = insert(prose.PROSE)
_write_heads = upsert(HEAD)
_write_answers = insert(idempotency.IDEMPOTENCY)


def _store(desk: _Desk) -> None:
    connection = desk.connection
    _write_events(connection, desk.events)
    if desk.texts:
        _write_texts(connection, list(desk.texts.values()))
    write_rows(connection, desk.projected)
    _write_heads(connection, [head_row(session, desk.heads[session]) for session in sorted(desk.moved)])
    _write_answers(connection, desk.answered)
