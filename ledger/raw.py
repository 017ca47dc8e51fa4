"""Columns as they lie in the database, without the types that they should have.

Why: SQLite keeps text in a column of bytes, and bytes in one of numbers, if somebody puts them there. A driver that
makes the declared type of it fails while it reads, and then nobody can say which row it was.
"""

import re
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy import exc
from sqlalchemy.types import NULLTYPE

Raw = sa.Row[*tuple[Any, ...]]

LONG = 80
"""Characters that are shown of a value of which nothing is known."""

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_WORDS: Mapping[type, str] = {str: "text", bytes: "sequence of bytes", int: "whole number"}


def raw(table: sa.Table, *names: str) -> sa.Select[*tuple[Any, ...]]:
    """Columns of a table, or all, as they lie."""
    wanted = [table.c[name] for name in names] or list(table.c)
    return sa.select(*(sa.type_coerce(column, NULLTYPE).label(column.name) for column in wanted))


def kinds(table: sa.Table, *names: str) -> Callable[[Raw], str | None]:
    """What is wrong with the kinds of a row's values, as a clause, or null: the first that its column does not hold.

    Only those of these columns are looked at, or all.
    """
    columns = [table.c[name] for name in names] or list(table.c)
    wanted = [(column.name, _kind(column.type), bool(column.nullable)) for column in columns]

    def check(row: Raw) -> str | None:
        for name, kind, nullable in wanted:
            value = getattr(row, name)
            if type(value) is not kind and not (value is None and nullable):
                return f"its {name} is {_cut(shown(value))}, which is no {_WORDS[kind]}"
            if kind is str and value and not value.isascii() and _SURROGATE.search(value):
                return f"its {name} is {_cut(shown(value))}, which is no UTF-8"
        return None

    return check


def _cut(words: str) -> str:
    return words if len(words) <= LONG else f"{words[:LONG]}…"


def _kind(declared: sa.types.TypeEngine[Any]) -> type:
    if isinstance(declared, sa.LargeBinary):
        return bytes
    return int if isinstance(declared, sa.Integer) else str


def shown(value: object) -> str:
    """A value as a person can read it."""
    return value.hex() if isinstance(value, bytes) else repr(value)


def printable(words: str) -> str:
    """The words with whatever is no Unicode text escaped."""
    return words.encode(errors="backslashreplace").decode()


def undecodable(error: BaseException) -> bool:
    """Whether SQLite holds a text that is no UTF-8, which its driver refuses to read."""
    return isinstance(error, exc.OperationalError) and "decode to UTF-8" in str(error.orig)


def _escaping(held: bytes) -> str:
    return held.decode(errors="surrogateescape")


@contextmanager
def leniently(connection: sa.Connection) -> Generator[None]:
    """Have texts that are no UTF-8 read with their bytes as surrogates, so that somebody can say where they are."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name != "sqlite":
        yield
        return
    before, driver.text_factory = driver.text_factory, _escaping
    try:
        yield
    finally:
        driver.text_factory = before
