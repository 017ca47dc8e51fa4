"""Projections of a session as a whole: itself, names, delegations, people, sittings, roll calls."""

from typing import Any

from sqlmodel import Field, SQLModel

from schema.tables.columns import big, primary


class Session(SQLModel, table=True):
    id: str = primary()
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

    session: str = primary()
    of: str = primary()
    language: str = primary()
    ordinal: int
    seq: int = big()
    pointer: str


class Delegation(SQLModel, table=True):
    """`present` is null until the sitting's roll call."""

    session: str = primary()
    code: str = primary()
    standing: str
    languages: str
    present: bool | None = None


class Admission(SQLModel, table=True):
    """What a pseudonymous person is in a session; gone when dismissed."""

    session: str = primary()
    person: str = primary(index=True)
    roles: str
    seats: str
    seq: int = big()


class Sitting(SQLModel, table=True):
    session: str = primary()
    number: int = primary()
    opened_seq: int = big()
    opened_at: str
    ended_at: str | None = None
    roll_call_seq: int | None = big(default=None)


class RollCall(SQLModel, table=True):
    """A delegation's attendance at a sitting, as last recorded."""

    __tablename__: Any = "roll_call"
    session: str = primary()
    sitting: int = primary()
    seat: str = primary()
    present: bool
    seq: int = big()
