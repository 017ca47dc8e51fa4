"""Access data: who people are, their tokens, the cards by which they come in, the answers they were given."""

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


class Invitation(SQLModel, table=True):
    """A join card by the keyed hash of its code: to what it admits, and whether it still does.

    `seats` is a list of codes; `issue_key` and `digest` are the idempotency key of the command that gave it out and the
    hash of what was asked; `taken_at` is when a card for one person found its person; `reason` is why a lost one was
    replaced by this.
    """

    id: str = primary()
    code: bytes = Field(unique=True, index=True)
    session: str = Field(index=True)
    role: str
    seats: str
    reusable: bool
    issued_by: str = Field(index=True)
    issue_key: str
    digest: bytes
    reason: str | None = None
    issued_at: str
    taken_at: str | None = None
    revoked_at: str | None = None


class Redemption(SQLModel, table=True):
    """That a person came in by a card. `key` is the idempotency key they used, `digest` the hash of what they gave."""

    invitation: str = primary()
    key: str = primary()
    person: str = Field(index=True)
    digest: bytes
    at: str


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
