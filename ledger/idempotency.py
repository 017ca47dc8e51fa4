"""Idempotency: the answer to an accepted command is kept under the key its author gave it.

Why in the command's own transaction: then an answer exists if and only if the command was written, so a repeat after a
lost connection or a crash can neither lose nor double it.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec
import sqlalchemy as sa

from ledger import statements
from polylogue.commands import Command
from polylogue.refusals import Refusal, RefusalCode
from polylogue.vocabulary import Hash, Instant, PersonId, SeatCode, Seq, SessionId
from schema.api.context import Receipt
from schema.tables import Idempotency

RULE = "0.2"

_encode = msgspec.json.Encoder(order="deterministic").encode

Key = tuple[PersonId, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to a command with this digest."""

    digest: bytes
    receipt: Receipt


Answers = dict[Key, Answer]

IDEMPOTENCY = Idempotency.metadata.tables["idempotency"]
_find = statements.find(IDEMPOTENCY)


def digest(command: Command, session: SessionId | None, seat: SeatCode | None, occurred_at: Instant | None) -> bytes:
    """SHA-256 over the JSON of a command and of what its author said with it; the same only for the same command."""
    said = (type(command).__name__, command, session, seat, occurred_at)
    try:
        written = _encode(said)
    except UnicodeEncodeError:  # an unpaired surrogate: it is for the rules to refuse it
        written = repr(said).encode(errors="surrogatepass")
    return hashlib.sha256(written).digest()


def find(connection: sa.Connection, keys: Iterable[Key]) -> Answers:
    """The answers given before to these persons under these keys, in any session."""
    rows = _find(connection, sorted({(key, person) for person, key in keys}))
    return {
        (row.person, row.key): Answer(
            row.digest, Receipt(row.session, Seq(row.first_seq), Seq(row.seq), Hash(row.leaf.hex()), Instant(row.at))
        )
        for row in rows
    }


def row_of(key: Key, answer: Answer) -> dict[str, Any]:
    """The row that keeps an answer."""
    receipt = answer.receipt
    return {
        "key": key[1],
        "person": key[0],
        "session": receipt.session,
        "digest": answer.digest,
        "first_seq": receipt.first_seq,
        "seq": receipt.seq,
        "leaf": bytes.fromhex(receipt.leaf_hash),
        "at": receipt.at,
    }


def conflict() -> Refusal:
    """The refusal of a key that stands for another command."""
    return Refusal(RefusalCode.IDEMPOTENCY_CONFLICT, RULE, path=("idempotencyKey",))
