"""Statements that write many rows at once, made once for each database and sent as they are.

Why not through SQLAlchemy each time: it takes every row apart anew, which costs more than all else in a batch. Why
arrays on PostgreSQL: one execution of one statement for all rows is some times cheaper than one for each.
"""

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

Row = dict[str, Any]
Write = Callable[[sa.Connection, Sequence[Row]], None]
"""Writes rows, each with all columns of the table; no two with the same key."""

_POSTGRESQL = postgresql.dialect()


def insert(table: sa.Table) -> Write:
    """Write rows that are new."""
    return _write(table, "")


def upsert(table: sa.Table) -> Write:
    """Write rows, each in place of the one with its key if there is one."""
    key = ", ".join(map(_quoted, table.primary_key.columns))
    rest = ", ".join(f"{_quoted(c)} = excluded.{_quoted(c)}" for c in table.c if not c.primary_key)
    return _write(table, f" ON CONFLICT ({key}) DO " + (f"UPDATE SET {rest}" if rest else "NOTHING"))


def _write(table: sa.Table, conflict: str) -> Write:
    names = [column.name for column in table.c]
    columns, name = ", ".join(map(_quoted, table.c)), _quoted(table)
    values: Callable[[Row], tuple[Any, ...]] = itemgetter(*names)
    one_by_one = f"INSERT INTO {name} ({columns}) VALUES ({', '.join('?' * len(names))}){conflict}"  # noqa: S608 -- our names
    arrays = ", ".join(f"${i}::{c.type.compile(_POSTGRESQL)}[]" for i, c in enumerate(table.c, 1))
    at_once = f"INSERT INTO {name} ({columns}) SELECT * FROM unnest({arrays}){conflict}"  # noqa: S608 -- our names

    def write(connection: sa.Connection, rows: Sequence[Row]) -> None:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(at_once, tuple(map(list, zip(*map(values, rows), strict=True))))
        else:
            connection.exec_driver_sql(one_by_one, list(map(values, rows)))

    return write


def _quoted(named: sa.Table | sa.Column[Any]) -> str:
    return _POSTGRESQL.identifier_preparer.quote(named.name)
