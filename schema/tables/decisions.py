"""Projections of calls for consensus and what followed from them."""

from sqlmodel import Field, SQLModel

from schema.tables.columns import big, primary


class Call(SQLModel, table=True):
    """A call for consensus; what is null stands when it is closed."""

    session: str = primary()
    id: str = primary()
    item: str = Field(index=True)
    decision_type: str
    concerned: str | None = None
    eligible: str
    objections_until: str
    report: str | None = None
    seq: int = big()
    at: str
    closed_seq: int | None = big(default=None)
    closed_at: str | None = None
    outcome: str | None = None
    verdict: str | None = None
    absent: str | None = None
    unreachable: str | None = None


class Objection(SQLModel, table=True):
    """An objection in a call. `seq` is the entry that raised it or, where it stood before, that opened the call. With
    `version`, only to what the provision says in that language. Words that were corrected lie at `words_seq`,
    `words_pointer`.
    """

    session: str = primary()
    id: str = primary()
    call: str = Field(index=True)
    seat: str
    provision: str
    state: str
    carried: bool
    raised: bool
    version: str | None = None
    seq: int = big()
    words_seq: int | None = big(default=None)
    words_pointer: str | None = None


class Opinion(SQLModel, table=True):
    """An opinion on record; its words lie at `seq`, below `pointer`."""

    session: str = primary()
    id: str = primary()
    item: str = Field(index=True)
    seat: str
    kind: str
    provision: str | None = None
    seq: int = big()
    at: str
    pointer: str


class Decision(SQLModel, table=True):
    """An adopted text; `clauses` is what the body has adopted, word for word."""

    session: str = primary()
    id: str = primary()
    item: str = Field(index=True)
    number: int
    call: str
    report: str | None = None
    clauses: str
    seq: int = big()
    at: str


class Rescission(SQLModel, table=True):
    """That a text is adopted no longer, since the entry at `seq`."""

    session: str = primary()
    decision: str = primary()
    seq: int = big()
    at: str
