"""Rows on their way to the database: keyed, whole, and written with a few statements.

Why whole and keyed: the last of two writes to a row counts, so what a batch of entries changes is written once.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from ledger.statements import Write, upsert
from polylogue.record.canonical import canonical
from schema.tables import PROJECTIONS

Key = tuple[Any, ...]
Row = dict[str, Any]

Rows = dict[str, dict[Key, Row | None]]
"""Table, primary key, the whole row; null where the row goes."""


def _table(kind: type[SQLModel]) -> sa.Table:
    return vars(kind)["__table__"]


TABLES: Mapping[str, sa.Table] = {table.name: table for table in map(_table, PROJECTIONS)}
"""The tables made from the record, by name, in the order in which they are written."""

KEYS: Mapping[str, tuple[str, ...]] = {name: tuple(table.primary_key.columns.keys()) for name, table in TABLES.items()}


def session_of(table: sa.Table) -> sa.Column[str]:
    """The column that says whose row it is."""
    return table.c.id if table.name == "session" else table.c.session


def put(rows: Rows, table: str, row: Row) -> None:
    """Have a row written, in place of any other with its key."""
    for column, value in row.items():
        if isinstance(value, str) and "\0" in value:  # PostgreSQL keeps no NUL in a text; the record has it escaped
            row[column] = value.replace("\0", "\ufffd")
    rows.setdefault(table, {})[tuple([row[column] for column in KEYS[table]])] = row


def drop(rows: Rows, table: str, *key: str) -> None:
    """Have a row deleted."""
    rows.setdefault(table, {})[tuple([part.replace("\0", "\ufffd") for part in key])] = None


def json_text(value: object) -> str:
    """A list or document as its column keeps it: canonical JSON."""
    return canonical(value).decode()


def codes(values: Iterable[str]) -> str:
    """A list of words as its column keeps it, in the order given."""
    return json_text(list(values))


def write_rows(connection: sa.Connection, rows: Rows) -> None:
    """Write and delete rows, table by table."""
    for name, (write, delete) in _STATEMENTS.items():
        changed = rows.get(name)
        if not changed:
            continue
        if kept := [row for row in changed.values() if row is not None]:
            write(connection, kept)
        if gone := [dict(zip(KEYS[name], key, strict=True)) for key, row in changed.items() if row is None]:
            connection.execute(delete, gone)


def _delete(table: sa.Table) -> sa.Executable:
    return sa.delete(table).where(*(column == sa.bindparam(column.name) for column in table.primary_key.columns))


# built once, so that each of them is compiled once
_STATEMENTS: Mapping[str, tuple[Write, sa.Executable]] = {
    name: (upsert(table), _delete(table)) for name, table in TABLES.items()
}
