"""The database that the settings name, for whoever has the host: it must be there, and up to date.

Why apart from services: most commands need no more than this, and a server takes seconds to import.
"""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from ledger.database import Database, open_database
from migrations import current_revision, head_revision
from server.mishaps import Stopped
from server.settings import Settings, SettingsInvalid

T = TypeVar("T")


async def with_database(settings: Settings, body: Callable[[Database], Awaitable[T]]) -> T:
    """Run a body over the database, which must be up to date, and close it."""
    database = open_database(settings.database, readers=settings.readers, lanes=settings.lanes)
    try:
        await require_up_to_date(database)
        return await body(database)
    finally:
        await database.close()


async def require_up_to_date(database: Database) -> None:
    """Raise SettingsInvalid where a database is behind this software, or has nothing yet."""
    found, needed = await database.read(current_revision), head_revision()
    if found != needed:
        raise SettingsInvalid(
            f"the database stands at revision {found or 'none'} and this software needs {needed}: run polylogue migrate"
        )


def require_database(settings: Settings) -> None:
    """Raise Stopped where there is no embedded database yet, instead of making an empty one."""
    if settings.embedded:
        try:
            (settings.data_dir / "polylogue.db").stat()
        except FileNotFoundError:
            sentence = f"There is no database in {settings.data_dir} yet; `polylogue serve` makes one."
            raise Stopped(sentence) from None
