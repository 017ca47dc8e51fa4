"""Projections of what delegations hold."""

from typing import Any

from sqlmodel import Field, SQLModel

from schema.tables.columns import big, primary


class Position(SQLModel, table=True):
    """What a delegation holds on an item: the newest revision."""

    session: str = primary()
    id: str = primary()
    item: str = Field(index=True)
    seat: str
    revision: int
    seq: int = big()


class PositionRevision(SQLModel, table=True):
    """One revision of a position; its words lie at `seq`, below `pointer`, the interests behind it at `interests_seq`,
    below `interests_pointer`.
    """

    __tablename__: Any = "position_revision"
    session: str = primary()
    position: str = primary()
    revision: int = primary()
    seq: int = big()
    at: str
    pointer: str
    interests_seq: int | None = big(default=None)
    interests_pointer: str


class Stance(SQLModel, table=True):
    """A stance as held now. `alternative` is empty for the present text; its words lie at `seq`, `/stances/<place>`."""

    session: str = primary()
    seat: str = primary()
    provision: str = primary()
    alternative: str = primary()
    item: str = Field(index=True)
    level: str
    importance: int
    revision: int
    bulk: bool
    if_agreed: str | None = None
    seq: int = big()
    place: int
    at: str
