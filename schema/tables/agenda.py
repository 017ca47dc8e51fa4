"""The projection of the agenda."""

from typing import Any

from sqlmodel import SQLModel

from schema.tables.columns import big, primary


class AgendaItem(SQLModel, table=True):
    """`input_seq` is the last entry that feeds a computation on the item (polylogue.state.Item says which do).

    `deferred_seq` is the deferral with its reason, while it lasts.
    """

    __tablename__: Any = "agenda_item"
    session: str = primary()
    id: str = primary()
    number: int
    phase: str
    text_state: str
    dimensions: str
    circulation_ms: int
    objection_window_ms: int
    callable_from: str | None = None
    adopted_in_sitting: int | None = None
    request: str | None = None
    drafts: int
    deferred_seq: int | None = big(default=None)
    input_seq: int = big()
