"""Statements on many rows at once, made once for each database and sent as they are.

Why not through SQLAlchemy each time: it takes every row apart anew, which costs more than all else in a batch. Why one
document or a few arrays on PostgreSQL: one statement serves any number of rows, and one execution of it is cheaper than
one for each row. asyncpg looks at each element of an array twice, so rows are written as a document, which takes the
writer a fifth of that; but bytes, which JSON would have as text, as arrays.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from schema.lists import padded

Row = dict[str, Any]
Found = Sequence[sa.Row[*tuple[Any, ...]]]
Find = Callable[[sa.Connection, Sequence[tuple[Any, ...]]], Found]
"""Reads the rows with these primary keys, each a tuple in the order of the key's columns."""

Write = Callable[[sa.Connection, Sequence[Row]], None]
"""Writes rows, each with all columns of the table; no two with the same key."""

_POSTGRESQL = postgresql.dialect()

_document = msgspec.json.Encoder().encode


def insert(table: sa.Table) -> Write:
    """Write rows that are new."""
    return _write(table, "")


def upsert(table: sa.Table) -> Write:
    """Write rows, each in place of the one with its key if there is one."""
    key = ", ".join(map(_quoted, table.primary_key.columns))
    rest = ", ".join(f"{_quoted(c)} = excluded.{_quoted(c)}" for c in table.c if not c.primary_key)
    return _write(table, f" ON CONFLICT ({key}) DO " + (f"UPDATE SET {rest}" if rest else "NOTHING"))


def find(table: sa.Table) -> Find:
    """Read rows by their keys.

    One look-up in the index for each key, whatever the planner thinks: given a list of keys, SQLite reads the whole
    table, and so does PostgreSQL with a plan that it made while the table was empty.
    """
    key = table.primary_key.columns
    columns, name, names = ", ".join(map(_quoted, table.c)), _quoted(table), ", ".join(map(_quoted, key))
    same = " AND ".join(f"found.{_quoted(c)} = asked.{_quoted(c)}" for c in key)
    one = f"SELECT {columns} FROM {name} AS found WHERE {same} LIMIT 1"  # noqa: S608 -- our names, here and below
    at_once = f"SELECT found.* FROM {_unnest(key)} AS asked ({names}) CROSS JOIN LATERAL ({one}) AS found"  # noqa: S608
    place = f"({', '.join('?' * len(key))})"
    joined = f"asked CROSS JOIN {name} AS found WHERE {same}"

    def read(connection: sa.Connection, keys: Sequence[tuple[Any, ...]]) -> Found:
        if connection.dialect.name == "postgresql":
            return connection.exec_driver_sql(at_once, _columns_of(keys)).all()
        known = padded(keys)
        places = ", ".join([place] * len(known))
        listed = f"WITH asked ({names}) AS (VALUES {places}) SELECT found.* FROM {joined}"  # noqa: S608
        return connection.exec_driver_sql(listed, tuple(chain.from_iterable(known))).all()

    return read


def _write(table: sa.Table, conflict: str) -> Write:
    names = [column.name for column in table.c]
    columns, name = ", ".join(map(_quoted, table.c)), _quoted(table)
    values: Callable[[Row], tuple[Any, ...]] = itemgetter(*names)
    one_by_one = f"INSERT INTO {name} ({columns}) VALUES ({', '.join('?' * len(names))}){conflict}"  # noqa: S608 -- our names
    as_arrays = any(isinstance(column.type, sa.LargeBinary) for column in table.c)
    given = _unnest(table.c) if as_arrays else f"json_to_recordset($1::json) AS given ({_typed(table.c)})"
    at_once = f"INSERT INTO {name} ({columns}) SELECT * FROM {given}{conflict}"  # noqa: S608 -- our names

    def write(connection: sa.Connection, rows: Sequence[Row]) -> None:
        if connection.dialect.name != "postgresql":
            connection.exec_driver_sql(one_by_one, list(map(values, rows)))
        elif as_arrays:
            connection.exec_driver_sql(at_once, _columns_of(map(values, rows)))
        else:
            connection.exec_driver_sql(at_once, (_document(rows).decode(),))

    return write


def _unnest(columns: Iterable[sa.Column[Any]]) -> str:
    """Arrays, one a column, as rows."""
    return "unnest(" + ", ".join(f"${i}::{_type(column)}[]" for i, column in enumerate(columns, 1)) + ")"


def _typed(columns: Iterable[sa.Column[Any]]) -> str:
    return ", ".join(f"{_quoted(column)} {_type(column)}" for column in columns)


def _type(column: sa.Column[Any]) -> str:
    return column.type.compile(_POSTGRESQL)


def _columns_of(rows: Iterable[tuple[Any, ...]]) -> tuple[list[Any], ...]:
    return tuple(map(list, zip(*rows, strict=True)))


def _quoted(named: sa.Table | sa.Column[Any]) -> str:
    return _POSTGRESQL.identifier_preparer.quote(named.name)
