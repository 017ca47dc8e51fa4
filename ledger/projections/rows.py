"""Rows on their way to the database: keyed, whole, and written with a few statements.

Why whole and keyed: the last of two writes to a row counts, so what a batch of entries changes is written once.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
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


def _key_of(names: Sequence[str]) -> Callable[[Row], Key]:
    if len(names) > 1:
        return itemgetter(*names)
    name = names[0]
    return lambda row: (row[name],)


_KEY_OF: Mapping[str, Callable[[Row], Key]] = {name: _key_of(names) for name, names in KEYS.items()}


def session_of(table: sa.Table) -> sa.Column[str]:
    """The column that says whose row it is."""
    return table.c.id if table.name == "session" else table.c.session


def put(rows: Rows, table: str, row: Row) -> None:
    """Have a row written, in place of any other with its key."""
    rows.setdefault(table, {})[_KEY_OF[table](row)] = row


def drop(rows: Rows, table: str, *key: str | int) -> None:
    """Have a row deleted."""
    rows.setdefault(table, {})[key] = None


def json_text(value: object) -> str:
    """A list or document as its column keeps it: canonical JSON."""
    return canonical(value).decode()


@lru_cache(maxsize=1024)
def codes(values: tuple[str, ...]) -> str:
    """A list of words as its column keeps it, in the order given."""
    return json_text(list(values))


def write_rows(connection: sa.Connection, rows: Rows) -> None:
    """Write and delete rows, table by table."""
    for name, (write, delete) in _STATEMENTS.items():
        changed = rows.get(name)
        if not changed:
            continue
        if kept := [row for row in changed.values() if row is not None]:
            write(connection, _storable(name, kept))
        if gone := [key for key, row in changed.items() if row is None]:
            connection.execute(delete, [_without_nul(dict(zip(KEYS[name], key, strict=True))) for key in gone])


def _storable(table: str, rows: Sequence[Row]) -> Sequence[Row]:
    """The rows without NUL, which PostgreSQL keeps in no text; the record has it escaped."""
    if not any("\0" in value for row in rows for value in row.values() if isinstance(value, str)):
        return rows
    clean = map(_without_nul, rows)
    return list({_KEY_OF[table](row): row for row in clean}.values())


def _without_nul(row: Row) -> Row:
    return {column: value.replace("\0", "\ufffd") if isinstance(value, str) else value for column, value in row.items()}


def _delete(table: sa.Table) -> sa.Executable:
    return sa.delete(table).where(*(column == sa.bindparam(column.name) for column in table.primary_key.columns))


# built once, so that each of them is compiled once
_STATEMENTS: Mapping[str, tuple[Write, sa.Executable]] = {
    name: (upsert(table), _delete(table)) for name, table in TABLES.items()
}
