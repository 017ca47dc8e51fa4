"""Projections of writers: when a language model was asked for wordings, and for which draft."""

from sqlmodel import Field, SQLModel

from schema.tables.columns import big, primary


class Writing(SQLModel, table=True):
    """That a model was asked, or could not be; what was said stands in the entry at `seq`."""

    session: str = primary()
    seq: int = big(primary_key=True)
    request: str = Field(index=True)
    outcome: str
