"""The tables that are read against the same tables made anew from the record, in a database of their own."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from itertools import zip_longest
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool

from ledger.audit.finding import Fault
from ledger.projections.rows import KEYS, TABLES, session_of
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


def compare(live: sa.Connection, made: sa.Connection, session: SessionId) -> int:
    """How many rows are the same on both sides. Raises Fault at the first that is not."""
    rows = 0
    for name, table in TABLES.items():
        mine = sa.select(table).where(session_of(table) == session)
        expected, found = (_by_key(name, connection.execute(mine)) for connection in (made, live))
        if fault := _difference(name, expected, found):
            raise Fault(fault)
        rows += len(expected)
    return rows


Keyed = Mapping[tuple[Any, ...], Mapping[str, Any]]


def _by_key(name: str, rows: sa.CursorResult[*tuple[Any, ...]]) -> Keyed:
    # sorted here: two databases may sort texts in two ways
    found = ({**row} for row in rows.mappings())
    return dict(sorted((tuple(row[part] for part in KEYS[name]), row) for row in found))


def _difference(name: str, expected: Keyed, found: Keyed) -> str | None:
    for wanted, there in zip_longest(expected, found):
        if wanted == there:
            if wanted is not None and (said := _column(expected[wanted], found[wanted])):
                return f"{_row(name, wanted)}: {said}"
        elif there is None or (wanted is not None and wanted < there):
            return f"{_row(name, wanted)} is missing"
        else:
            return f"{_row(name, there)} is there, and the record makes none"
    return None


def _column(expected: Mapping[str, Any], found: Mapping[str, Any]) -> str | None:
    for column, value in expected.items():
        if found[column] != value:
            return f"{column} should be {value!r} and is {found[column]!r}"
    return None


def _row(name: str, key: tuple[Any, ...] | None) -> str:
    """A row as a person names it; its session is said already."""
    parts = zip(KEYS[name], key or (), strict=True)
    own = ", ".join(f"{part} {value}" for part, value in parts if part != "session")
    return f"the {name.replace('_', ' ')} row {own}"
