"""Projections of rounds: candidates proposed with a draft, how seats ranked and answered them."""

from typing import Any

from sqlmodel import Field, SQLModel

from schema.tables.columns import big, primary


class Round(SQLModel, table=True):
    """A round on the text of a draft; candidates stand in the entry at `seq`, what is predicted in those after it.

    `choice_seq` is the entry with the order that follows from all ballots now, `taken` the candidate that became the
    text.
    """

    session: str = primary()
    draft: str = primary()
    item: str = Field(index=True)
    number: int
    request: str
    seq: int = big()
    at: str
    members: int
    winner: str
    stop: str | None = None
    choice_seq: int = big()
    taken: str | None = None
    taken_seq: int | None = big(default=None)


class Ranking(SQLModel, table=True):
    """A seat's own ballot on a round's candidates; it stands in the entry at `seq`."""

    session: str = primary()
    draft: str = primary()
    seat: str = primary()
    seq: int = big()
    at: str


class Answer(SQLModel, table=True):
    """What a seat says of a wording that only candidates have; its words lie at `seq`, `/stances/<place>`."""

    __tablename__: Any = "candidate_answer"
    session: str = primary()
    draft: str = primary()
    seat: str = primary()
    wording: int = primary()
    level: str
    importance: int
    seq: int = big()
    place: int
    at: str
