"""The columns of a table, for plain selects."""

from typing import Any

from sqlmodel import SQLModel


def columns(table: type[SQLModel]) -> Any:
    """The columns of a table by their names, for selects without mapped objects."""
    return table.metadata.tables[str(table.__tablename__)].c
