"""How the nouns are stored: the record, the projections made from it, results computed from it, and access data.

Why four kinds: the record is written once and never changed; a projection can be dropped and made again from it; a
result can be computed again; access data (tokens, names of people, idempotency keys) belongs to none of them and is
never compared.

Instants are kept as the record writes them, so that text order is time order on both databases. Lists and documents
are JSON text. A projection holds no free text, only the (seq, pointer) of its words in `prose`, so that erasing a text
is one delete.
"""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

PROJECTIONS_VERSION = 1
"""Raised when projections change in a way that needs them rebuilt."""


def _key(**more: Any) -> Any:
    return Field(primary_key=True, **more)


def _seq(**more: Any) -> Any:
    return Field(sa_type=sa.BigInteger, **more)


# ── the record ───────────────────────────────────────────────────────────────────────────────────────────────────────


class Event(SQLModel, table=True):
    """An entry of a session's record: the exact bytes that were hashed. Append-only by trigger."""

    session: str = _key()
    seq: int = _key(sa_type=sa.BigInteger)
    command: str
    stored: bytes
    leaf: bytes


class Prose(SQLModel, table=True):
    """A free text of an entry with its salt; deleting the row erases the text and nothing else."""

    session: str = _key()
    seq: int = _key(sa_type=sa.BigInteger)
    pointer: str = _key()
    language: str
    text: str
    salt: bytes


class Head(SQLModel, table=True):
    """Where a session's record ends: last seq, its leaf hash, the tree's frontier, the last entry's time."""

    session: str = _key()
    seq: int = _seq()
    leaf: bytes
    frontier: bytes
    at: str


# ── projections ──────────────────────────────────────────────────────────────────────────────────────────────────────


class Session(SQLModel, table=True):
    id: str = _key()
    nature: str
    phase: str = Field(index=True)
    format: int
    engine: int
    rule_set: str
    rule_set_hash: str
    conference: str | None = None
    continues: str | None = None
    public: bool
    clock_scale: str
    working: str
    authentic: str
    sitting: int
    decisions: int
    scheduled_at: str


class Naming(SQLModel, table=True):
    """A title or name in one language: of the session (its id), an item (its id) or a delegation (its code)."""

    session: str = _key()
    of: str = _key()
    language: str = _key()
    ordinal: int
    seq: int = _seq()
    pointer: str


class Delegation(SQLModel, table=True):
    """`present` is null until the sitting's roll call."""

    session: str = _key()
    code: str = _key()
    standing: str
    languages: str
    present: bool | None = None


class Admission(SQLModel, table=True):
    """What a pseudonymous person is in a session; gone when dismissed."""

    session: str = _key()
    person: str = _key(index=True)
    roles: str
    seats: str
    seq: int = _seq()


class Sitting(SQLModel, table=True):
    session: str = _key()
    number: int = _key()
    opened_seq: int = _seq()
    opened_at: str
    ended_at: str | None = None
    roll_call_seq: int | None = _seq(default=None)


class RollCall(SQLModel, table=True):
    """A delegation's attendance at a sitting, as last recorded."""

    __tablename__: Any = "roll_call"
    session: str = _key()
    sitting: int = _key()
    seat: str = _key()
    present: bool
    seq: int = _seq()


class AgendaItem(SQLModel, table=True):
    """`input_seq` is the last entry that feeds a computation on the item; `deferred_seq` the deferral with its reason."""

    __tablename__: Any = "agenda_item"
    session: str = _key()
    id: str = _key()
    number: int
    phase: str
    text_state: str
    dimensions: str
    circulation_ms: int
    objection_window_ms: int
    callable_from: str | None = None
    adopted_in_sitting: int | None = None
    request: str | None = None
    drafts: int
    deferred_seq: int | None = _seq(default=None)
    input_seq: int = _seq()


class Provision(SQLModel, table=True):
    """A clause as it stands. `ordinal` is its place in the item's text, counted from 0 with those withdrawn."""

    session: str = _key()
    id: str = _key()
    item: str = Field(index=True)
    ordinal: int
    kind: str
    state: str
    revision: int
    sponsor: str | None = None
    seq: int = _seq()


class Wording(SQLModel, table=True):
    """A language version of a wording: of a provision's revision, or (revision 1) of an alternative or amendment."""

    session: str = _key()
    of: str = _key()
    revision: int = _key()
    language: str = _key()
    status: str
    seq: int = _seq()
    pointer: str


class Alternative(SQLModel, table=True):
    """Another wording of a clause; `revision` is the clause's when it was put on the table."""

    session: str = _key()
    id: str = _key()
    provision: str = Field(index=True)
    ordinal: int
    seat: str | None = None
    revision: int
    open: bool
    amendment: str | None = None
    seq: int = _seq()


class Amendment(SQLModel, table=True):
    session: str = _key()
    id: str = _key()
    provision: str = Field(index=True)
    kind: str
    revision: int
    seat: str
    state: str
    has_reason: bool
    seq: int = _seq()


class Position(SQLModel, table=True):
    """What a delegation holds on an item: the newest revision."""

    session: str = _key()
    id: str = _key()
    item: str = Field(index=True)
    seat: str
    revision: int
    seq: int = _seq()


class PositionRevision(SQLModel, table=True):
    """One revision of a position; its words lie at `seq`, the interests behind it at `interests_seq`."""

    __tablename__: Any = "position_revision"
    session: str = _key()
    position: str = _key()
    revision: int = _key()
    seq: int = _seq()
    at: str
    interests_seq: int | None = _seq(default=None)


class Stance(SQLModel, table=True):
    """A stance as held now. `alternative` is empty for the present text; its words lie at `seq`, `/stances/<place>`."""

    session: str = _key()
    seat: str = _key()
    provision: str = _key()
    alternative: str = _key()
    item: str = Field(index=True)
    level: str
    importance: int
    revision: int
    bulk: bool
    if_agreed: str | None = None
    seq: int = _seq()
    place: int
    at: str


class Draft(SQLModel, table=True):
    """A numbered draft; its clauses stand in the entry at `seq`."""

    session: str = _key()
    id: str = _key()
    item: str = Field(index=True)
    number: int
    request: str | None = None
    seq: int = _seq()
    at: str


class DraftRequest(SQLModel, table=True):
    """`state` is PENDING, TABLED or LAPSED."""

    __tablename__: Any = "draft_request"
    session: str = _key()
    id: str = _key()
    item: str = Field(index=True)
    state: str = Field(index=True)
    seq: int = _seq()
    at: str


class Call(SQLModel, table=True):
    """A call for consensus; what is null stands when it is closed."""

    session: str = _key()
    id: str = _key()
    item: str = Field(index=True)
    decision_type: str
    concerned: str | None = None
    eligible: str
    objections_until: str
    report: str | None = None
    seq: int = _seq()
    at: str
    closed_seq: int | None = _seq(default=None)
    closed_at: str | None = None
    outcome: str | None = None
    verdict: str | None = None
    absent: str | None = None
    unreachable: str | None = None


class Objection(SQLModel, table=True):
    """An objection in a call. `seq` is the entry that raised it or, where it stood before, that opened the call."""

    session: str = _key()
    id: str = _key()
    call: str = Field(index=True)
    seat: str
    provision: str
    state: str
    carried: bool
    raised: bool
    seq: int = _seq()


class Opinion(SQLModel, table=True):
    session: str = _key()
    id: str = _key()
    item: str = Field(index=True)
    seat: str
    kind: str
    provision: str | None = None
    seq: int = _seq()
    at: str


class Decision(SQLModel, table=True):
    """An adopted text; `clauses` is what the body has adopted, word for word."""

    session: str = _key()
    id: str = _key()
    item: str = Field(index=True)
    number: int
    call: str
    report: str | None = None
    clauses: str
    seq: int = _seq()
    at: str


# ── results computed from the record ─────────────────────────────────────────────────────────────────────────────────


class Report(SQLModel, table=True):
    """A computed report: `document` for everybody, `per_seat` one part a delegation; hashes over both.

    `beside` is shown with it and not hashed: stances carried over from older wording, and how many were stated in bulk.
    """

    session: str = _key()
    item: str = _key()
    algorithm: str = _key()
    basis: int = _key(sa_type=sa.BigInteger)
    version: int
    input_hash: str
    public_hash: str
    seat_hashes: str
    document: str
    per_seat: str
    beside: str
    made_at: str


class Timeline(SQLModel, table=True):
    """Headline figures at an entry that feeds them."""

    session: str = _key()
    item: str = _key()
    seq: int = _key(sa_type=sa.BigInteger)
    point: str


class Progress(SQLModel, table=True):
    """How far the computations on an item have come."""

    session: str = _key()
    item: str = _key()
    computed_seq: int = _seq()
    at: str


class ReportsHead(SQLModel, table=True):
    """Counts the results stored for a session, since they move on without its head."""

    __tablename__: Any = "reports_head"
    session: str = _key()
    revision: int = _seq()


class Failure(SQLModel, table=True):
    """A work that failed; `retry_at` null: parked until an operator or another build of the software frees it."""

    work: str = _key()
    attempts: int
    retry_at: str | None = None
    error: str
    build: str
    failed_at: str


# ── access data ──────────────────────────────────────────────────────────────────────────────────────────────────────


class Person(SQLModel, table=True):
    """Who a pseudonymous person is; known to this table only."""

    id: str = _key()
    name: str
    created_at: str


class Token(SQLModel, table=True):
    """A bearer token by its SHA-256. `issue_key` is the idempotency key of the command that gave it out."""

    hash: bytes = _key()
    person: str = Field(index=True)
    site_role: str | None = None
    issued_by: str | None = None
    issue_key: str | None = None
    created_at: str
    revoked_at: str | None = None


class Idempotency(SQLModel, table=True):
    """The answer to an accepted command, by the key its author gave it."""

    key: str = _key()
    person: str = _key()
    session: str
    digest: bytes
    first_seq: int = _seq()
    seq: int = _seq()
    leaf: bytes
    at: str


class Kept(SQLModel, table=True):
    """Small facts about the installation, such as the version of its projections."""

    name: str = _key()
    value: str


RECORD = (Event, Prose, Head)
PROJECTIONS = (
    Session,
    Naming,
    Delegation,
    Admission,
    Sitting,
    RollCall,
    AgendaItem,
    Provision,
    Wording,
    Alternative,
    Amendment,
    Position,
    PositionRevision,
    Stance,
    Draft,
    DraftRequest,
    Call,
    Objection,
    Opinion,
    Decision,
)
RESULTS = (Report, Timeline, Progress, ReportsHead, Failure)
ACCESS = (Person, Token, Idempotency, Kept)
