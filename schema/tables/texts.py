"""Projections of the negotiating text: clauses, wordings, alternatives, amendments, drafts."""

from typing import Any

from sqlmodel import Field, SQLModel

from schema.tables.columns import big, primary


class Provision(SQLModel, table=True):
    """A clause as it stands. `ordinal` is its place in the item's text, counted from 0 with those withdrawn. `sponsors`
    are listed in the order in which they became so; `sponsor` is the first. `authors` put its present words forward.
    """

    session: str = primary()
    id: str = primary()
    item: str = Field(index=True)
    ordinal: int
    kind: str
    state: str
    revision: int
    sponsor: str | None = None
    sponsors: str
    authors: str
    seq: int = big()
    regions: str
    brackets_seq: int | None = big(default=None)


class Wording(SQLModel, table=True):
    """A language version of a wording: of a provision's revision, an amendment's edition, or (1) of an alternative.
    The one at `ordinal` 0 is what it says; `fits` is the provision's revision for which a version was given or
    confirmed, and it is `stale` when other words have changed since.
    """

    session: str = primary()
    of: str = primary()
    revision: int = primary()
    language: str = primary()
    ordinal: int
    status: str
    stale: bool
    fits: int
    seq: int = big()
    pointer: str


class Alternative(SQLModel, table=True):
    """Another wording of a clause; `revision` is the clause's when it was put on the table, `of` lists what it was made
    of when a bracket was closed. `others` have put it forward together with `seat`.
    """

    session: str = primary()
    id: str = primary()
    provision: str = Field(index=True)
    ordinal: int
    seat: str | None = None
    revision: int
    open: bool
    amendment: str | None = None
    of: str
    others: str
    seq: int = big()


class BracketAct(SQLModel, table=True):
    """That a clause's bracket was closed, merged, split or reopened; how stands in the entry at `seq`."""

    __tablename__: Any = "bracket_act"
    session: str = primary()
    seq: int = big(primary_key=True)
    provision: str = Field(index=True)


class Amendment(SQLModel, table=True):
    """`provision` is the clause it is about, which an insertion would make; `amends` the amendment whose wording it is
    about, `revision` the clause's revision or that one's edition; `accepted_by` lists seats, the chair as none.
    """

    session: str = primary()
    id: str = primary()
    item: str = Field(index=True)
    provision: str = Field(index=True)
    kind: str
    provision_kind: str
    revision: int
    after: str | None = None
    amends: str | None = None
    edition: int
    accepted_by: str
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
    """`state` is PENDING, TABLED or LAPSED; `candidates` is how many may be proposed."""

    __tablename__: Any = "draft_request"
    session: str = primary()
    id: str = primary()
    item: str = Field(index=True)
    state: str = Field(index=True)
    candidates: int
    writer: str
    seq: int = big()
    at: str
