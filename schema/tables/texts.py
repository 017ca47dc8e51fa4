"""Projections of the negotiating text: clauses, wordings, alternatives, amendments, drafts."""

from typing import Any

from sqlmodel import Field, SQLModel

from schema.tables.columns import big, primary


class Provision(SQLModel, table=True):
    """A clause as it stands. `ordinal` is its place in the item's text, counted from 0 with those withdrawn."""

    session: str = primary()
    id: str = primary()
    item: str = Field(index=True)
    ordinal: int
    kind: str
    state: str
    revision: int
    sponsor: str | None = None
    seq: int = big()


class Wording(SQLModel, table=True):
    """A language version of a wording: of a provision's revision, or (revision 1) of an alternative or amendment."""

    session: str = primary()
    of: str = primary()
    revision: int = primary()
    language: str = primary()
    status: str
    seq: int = big()
    pointer: str


class Alternative(SQLModel, table=True):
    """Another wording of a clause; `revision` is the clause's when it was put on the table."""

    session: str = primary()
    id: str = primary()
    provision: str = Field(index=True)
    ordinal: int
    seat: str | None = None
    revision: int
    open: bool
    amendment: str | None = None
    seq: int = big()


class Amendment(SQLModel, table=True):
    session: str = primary()
    id: str = primary()
    provision: str = Field(index=True)
    kind: str
    revision: int
    seat: str
    state: str
    has_reason: bool
    seq: int = big()


class Draft(SQLModel, table=True):
    """A numbered draft; its clauses stand in the entry at `seq`."""

    session: str = primary()
    id: str = primary()
    item: str = Field(index=True)
    number: int
    request: str | None = None
    seq: int = big()
    at: str


class DraftRequest(SQLModel, table=True):
    """`state` is PENDING, TABLED or LAPSED."""

    __tablename__: Any = "draft_request"
    session: str = primary()
    id: str = primary()
    item: str = Field(index=True)
    state: str = Field(index=True)
    seq: int = big()
    at: str
