"""Which errors of a database blame the moment, and which blame what it was asked.

Why here: the writer tries again after the first, and the API tells its clients to; both must mean the same errors.
"""

from sqlalchemy import exc

CIRCUMSTANCES = frozenset(("08", "25", "40", "53", "55", "57", "58"))
"""Classes of SQLSTATE that blame the moment and not the data: connection, read-only, serialisation, resources, locks,
shutdown, system."""

UNIQUE_VIOLATION = "23505"
LOCK_NOT_AVAILABLE = "55P03"
DISK_FULL = "53100"
_BUSY, _LOCKED, _IOERR, _FULL, _CANTOPEN = 5, 6, 10, 13, 14
_SQLITE_CIRCUMSTANCES = frozenset((_BUSY, _LOCKED, _IOERR, _FULL, _CANTOPEN))
"""Primary result codes of SQLite, as in its own list."""


LINE = 300
"""Characters of an error that a line of the log has."""


class Unreachable(OSError):
    """There was no way to the database."""


def circumstances(error: BaseException) -> bool:
    """Whether the moment is to blame and not a command: a lost connection, a lock not had, a full disk, no free
    connection. asyncpg's errors arrive as bare DBAPIError, so their class says nothing and SQLSTATE decides.
    """
    if isinstance(error, exc.DBAPIError):
        state = sqlstate(error)
        code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
        confused = isinstance(error, exc.InternalError) and not state  # asyncpg, over what is left of a connection
        known = state[:2] in CIRCUMSTANCES or code in _SQLITE_CIRCUMSTANCES
        return error.connection_invalidated or confused or known
    return isinstance(error, exc.TimeoutError | OSError)


def away(error: BaseException) -> bool:
    """Whether it was the database that could not be asked; an OSError of any other kind may as well be a bug."""
    return circumstances(error) and isinstance(error, exc.SQLAlchemyError | Unreachable)


def disk_full(error: BaseException) -> bool:
    """Whether the database had no room to write; what it had written stays, and it can be read."""
    if not isinstance(error, exc.DBAPIError):
        return False
    return sqlstate(error) == DISK_FULL or getattr(error.orig, "sqlite_errorcode", 0) & 0xFF == _FULL


def in_short(error: BaseException) -> str:
    """An error in a line: its class and its own words, without the statement that it came of."""
    words = error.orig if isinstance(error, exc.DBAPIError) and error.orig else error
    return " ".join(f"{type(words).__name__}: {words}".split())[:LINE]


def clash(error: BaseException) -> bool:
    """Whether another transaction was first to insert the same key."""
    return isinstance(error, exc.DBAPIError) and sqlstate(error) == UNIQUE_VIOLATION


def lock_not_had(error: BaseException) -> bool:
    """Whether somebody else held a lock for longer than we wait."""
    return isinstance(error, exc.DBAPIError) and sqlstate(error) == LOCK_NOT_AVAILABLE


def sqlstate(error: exc.DBAPIError) -> str:
    """The SQLSTATE of a PostgreSQL error; nothing where there is none."""
    return str(getattr(error.orig, "sqlstate", None) or "")
