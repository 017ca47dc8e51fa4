"""What keeps a command from being done though nothing is wrong with this software, as a sentence for the operator.

Why in one place: a disk that is full, a folder that is a file or a database that is down may be met anywhere on the way
down, and everywhere it means the same. What is not known here is a bug of ours and keeps its traceback.
"""

import errno
import os
import shutil
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from schema.circumstances import CIRCUMSTANCES, Unreachable
from server.embedded import LOG_ENDS, ServiceFailed
from server.settings import Settings

OF_THE_MACHINE = frozenset(
    (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.ENOLCK, errno.ENOTSUP,
     errno.EMFILE, errno.ENFILE)
)  # fmt: skip
"""Errors of files that blame the machine wherever they are met: rights, disks, locks that a file system has not."""
OF_SQLITE = frozenset((3, 5, 6, 8, 10, 11, 13, 14, 26))
"""Primary result codes that blame the file: PERM, BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB."""
OF_POSTGRESQL = CIRCUMSTANCES | {"28", "3D", "3F"}
"""Classes of SQLSTATE that blame the server or the address: besides the moment, who may come in and to what."""
NOT_ALLOWED = "42501"
LITTLE = 1_000_000
"""Bytes of room below which a disk counts as full."""


class Stopped(Exception):
    """An operation that cannot go on; the message is for whoever asked for it."""


def sentence(error: BaseException, settings: Settings) -> str | None:
    """What is wrong and where, without any password; None for anything that may be our own fault."""
    if isinstance(error, BaseExceptionGroup):
        told = [sentence(each, settings) for each in error.exceptions]
        return None if None in told else told[0]
    if isinstance(error, Unreachable):
        return f"{_postgresql(settings)} does not answer: {_reason(error.__cause__ or error)}."
    if isinstance(error, ServiceFailed):
        return f"The embedded Redis did not start: {_with_last_words(error)}.{_room(settings)}"
    if isinstance(error, OSError):
        return _of_a_file(error, settings)
    if state := getattr(getattr(error, "orig", error), "sqlstate", None):
        known = state[:2] in OF_POSTGRESQL or state == NOT_ALLOWED
        return f"{_postgresql(settings)} refuses: {_first_line(_innermost(error))}." if known else None
    if isinstance(error, DBAPIError) and settings.embedded:
        return _of_sqlite(error, settings.data_dir / "polylogue.db", _room(settings))
    return None


def _of_a_file(error: OSError, settings: Settings) -> str | None:
    """Of a file in our data directory whatever it is; of any other what cannot be a bug."""
    path = Path(os.fsdecode(error.filename)) if isinstance(error.filename, str | bytes) else None
    ours = path is not None and (path == settings.data_dir or settings.data_dir in path.parents)
    if not ours and error.errno not in OF_THE_MACHINE:
        return None
    if path and ours and isinstance(error, FileExistsError | NotADirectoryError):
        file = next((each for each in (path, *path.parents) if each.is_file()), path)
        return f"{file} cannot be used: a folder is needed there, and it is a file."
    return f"{f'{path} cannot be used' if path else 'A file cannot be written'}: {_reason(error)}."


def _of_sqlite(error: DBAPIError, file: Path, room: str) -> str | None:
    if getattr(error.orig, "sqlite_errorcode", 0) & 0xFF not in OF_SQLITE:
        return None
    words = "it is a folder" if file.is_dir() else _first_line(error.orig or error)
    return f"The database {file} cannot be used: {words}.{'' if 'disk is full' in words else room}"


def _postgresql(settings: Settings) -> str:
    """The server and the database, as the address has them; what else stands in it is left out."""
    address = sa.make_url(settings.database)
    given = address.query.get("host", "")
    host = address.host or (given if isinstance(given, str) else ", ".join(given)) or "its usual socket"
    where = f"[{host}]" if ":" in host else host
    return f"The database {address.database or ''} at {where}{f':{address.port}' if address.port else ''}"


def _room(settings: Settings) -> str:
    """A further sentence where the disk of the data directory is full."""
    try:
        full = shutil.disk_usage(settings.data_dir).free < LITTLE
    except OSError:
        return ""
    return f" The disk that {settings.data_dir} is on is full." if full else ""


def _reason(error: BaseException) -> str:
    """Why, in the system's words where there are any."""
    if isinstance(error, TimeoutError):
        return "no answer in time"
    number = getattr(error, "errno", None)
    if isinstance(number, int) and number > 0:  # below are those of look-ups of names
        return os.strerror(number)
    return getattr(error, "strerror", None) or _first_line(error) or type(error).__name__


def _innermost(error: BaseException) -> BaseException:
    """The driver's own error, of which SQLAlchemy and its dialect have each made another."""
    orig = getattr(error, "orig", error)
    return orig.__cause__ or orig


def _first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0].rstrip(".")


def _with_last_words(failed: ServiceFailed) -> str:
    """What is wrong with a service, and the last line of its log where it has said anything."""
    wrong, _, log = str(failed).partition(LOG_ENDS)
    words = log.strip().rpartition("\n")[2]
    return (f"{wrong}{LOG_ENDS} {words}" if words else wrong).rstrip(".")
