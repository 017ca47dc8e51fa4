"""The tables that are read against the same tables made anew from the record, in a database of their own."""

from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool

from ledger.audit.finding import Fault
from ledger.projections.rows import KEYS, TABLES, session_of
from ledger.raw import Raw, raw, shown
from polylogue.vocabulary import SessionId


@contextmanager
def scratch() -> Generator[sa.Connection]:
    """Empty tables in memory, gone afterwards."""
    engine = sa.create_engine("sqlite://", poolclass=StaticPool)
    try:
        with engine.begin() as connection:
            for table in TABLES.values():
                table.create(connection)
            yield connection
    finally:
        engine.dispose()


_MINE = {name: raw(table).where(session_of(table) == sa.bindparam("session")) for name, table in TABLES.items()}


def compare(live: sa.Connection, made: sa.Connection, session: SessionId) -> int:
    """How many rows are the same on both sides. Raises Fault at the first that is not."""
    rows = 0
    for name, mine in _MINE.items():
        expected, found = (connection.execute(mine, {"session": session}).all() for connection in (made, live))
        wanted, there = _by_key(name, expected), _by_key(name, found)
        if wanted != there:
            raise Fault(_difference(name, wanted, there))
        if len(there) != len(found):
            raise Fault(_doubled(name, found))
        rows += len(expected)
    return rows


Keyed = Mapping[tuple[Any, ...], Raw]


def _by_key(name: str, rows: Sequence[Raw]) -> Keyed:
    places = [list(TABLES[name].c.keys()).index(part) for part in KEYS[name]]
    return {tuple(row[place] for place in places): row for row in rows}


def _difference(name: str, expected: Keyed, found: Keyed) -> str:
    """The first of the rows, by key, that are not the same on both sides."""
    keys = sorted(expected.keys() | found.keys(), key=_order)
    key = next(key for key in keys if expected.get(key) != found.get(key))
    if key not in found:
        return f"{_row(name, key)} is missing"
    if key not in expected:
        return f"{_row(name, key)} is there, and the record makes none"
    return f"{_row(name, key)}: {_column(name, expected[key], found[key])}"


def _order(key: tuple[Any, ...]) -> tuple[tuple[str, Any], ...]:
    """Sorted here: two databases may sort texts in two ways, and SQLite may hold values of any kind."""
    return tuple((type(part).__name__, part) for part in key)


def _doubled(name: str, rows: Sequence[Raw]) -> str:
    """The first row that is there twice, which only a table that has lost its key can hold."""
    keys = Counter(key for row in rows for key in _by_key(name, [row]))
    return f"{_row(name, next(key for key, times in keys.items() if times > 1))} is there twice"


def _column(name: str, expected: Raw, found: Raw) -> str:
    column, wanted, there = next(
        (column, wanted, there)
        for column, wanted, there in zip(TABLES[name].c, expected, found, strict=True)
        if wanted != there
    )
    return f"{column.name} should be {_told(column, wanted)} and is {_told(column, there)}"


def _told(column: sa.Column[Any], value: object) -> str:
    """A value as a person reads it; SQLite keeps 1 and 0 where PostgreSQL has truth values."""
    return shown(bool(value) if isinstance(column.type, sa.Boolean) and value in (0, 1) else value)


def _row(name: str, key: tuple[Any, ...]) -> str:
    """A row as a person names it; its session is said already."""
    parts = zip(KEYS[name], key, strict=True)
    own = ", ".join(f"{part} {value}" for part, value in parts if part != "session")
    return f"the {name.replace('_', ' ')} row {own}"
