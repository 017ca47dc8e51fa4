"""The organiser's token, for whoever has the host."""

import asyncio

from rich.console import Console

from ledger.database import Database
from server.access import Access
from server.settings import Settings
from server.storage import require_database, with_database


def token(settings: Settings, out: Console) -> None:
    """Give out a further token of the organiser: whoever has the host may always organise."""

    async def give(database: Database) -> None:
        access = Access(database)
        out.print(await access.fresh_organiser_token(), soft_wrap=True)
        await access.shown()

    require_database(settings)
    asyncio.run(with_database(settings, give))
