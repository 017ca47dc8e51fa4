"""Access data: who people are, their tokens, the answers they were given."""

from sqlmodel import Field, SQLModel

from schema.tables.columns import big, primary


class Person(SQLModel, table=True):
    """Who a pseudonymous person is; known to this table only."""

    id: str = primary()
    name: str
    created_at: str


class Token(SQLModel, table=True):
    """A bearer token by its SHA-256. `issue_key` is the idempotency key of the command that gave it out."""

    hash: bytes = primary()
    person: str = Field(index=True)
    site_role: str | None = None
    issued_by: str | None = None
    issue_key: str | None = None
    created_at: str
    revoked_at: str | None = None


class Idempotency(SQLModel, table=True):
    """The answer to an accepted command, by the key its author gave it."""

    key: str = primary()
    person: str = primary()
    session: str
    digest: bytes
    first_seq: int = big()
    seq: int = big()
    leaf: bytes
    at: str


class Kept(SQLModel, table=True):
    """Small facts about the installation, such as the version of its projections."""

    name: str = primary()
    value: str
