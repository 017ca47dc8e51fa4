"""Results computed from the record, and how far computing has come."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from schema.tables.columns import big, primary


class Report(SQLModel, table=True):
    """A computed report: `document` for everybody, `per_seat` one part a delegation; hashes over both.

    `item` is what it is about: an item's id, or a wider scope (polylogue.convergence.scope). `input` is what
    it was computed from. Not hashed are `beside` (stances carried, bulk, on unmet conditions) and `pictures` (what is
    drawn from the figures). Both are null in reports made before they were kept.
    """

    session: str = primary()
    item: str = primary()
    algorithm: str = primary()
    basis: int = primary(sa_type=sa.BigInteger)
    version: int
    input_hash: str
    public_hash: str
    seat_hashes: str
    document: str
    per_seat: str
    beside: str
    made_at: str
    input: str | None = None
    pictures: str | None = None


class Timeline(SQLModel, table=True):
    """Headline figures at an entry that feeds them."""

    session: str = primary()
    item: str = primary()
    seq: int = primary(sa_type=sa.BigInteger)
    point: str


class Progress(SQLModel, table=True):
    """How far the computations on an item have come."""

    session: str = primary()
    item: str = primary()
    computed_seq: int = big()
    at: str


class ReportsHead(SQLModel, table=True):
    """Counts the results stored for a session, since they move on without its head."""

    __tablename__: Any = "reports_head"
    session: str = primary()
    revision: int = big()


class Failure(SQLModel, table=True):
    """A work that failed; `retry_at` null: parked until an operator or another build of the software frees it."""

    work: str = primary()
    attempts: int
    retry_at: str | None = None
    error: str
    build: str
    failed_at: str
