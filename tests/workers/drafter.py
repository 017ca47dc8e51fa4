"""A drafter in a process of its own: `python -m tests.workers.drafter DATABASE SESSION/REQUEST MARK`.

It reads what the round rests on, searches, leaves the digest of what it would table at MARK, and then hangs, so that it
can be killed at the worst moment: all is done, and nothing is written.
"""

import asyncio
import hashlib
import sys
from pathlib import Path
from typing import Any

from ledger.database import open_database
from ledger.ledger import Ledger
from polylogue import commands as c
from workers.drafting import Drafting
from workers.folded import Sessions


def digest(command: c.Command) -> str:
    """The command to the last bit."""
    return hashlib.sha256(repr(command).encode()).hexdigest()


class Hanging(Ledger):
    """A ledger that keeps what it is given to itself."""

    def __init__(self, database: Any, mark: Path) -> None:
        super().__init__(database)
        self._mark = mark

    async def submit(self, command: c.Command, **_: Any) -> Any:
        self._mark.write_text(digest(command), "utf-8")
        await asyncio.Event().wait()


async def main(url: str, key: str, mark: Path) -> None:
    database = open_database(url)
    await Drafting(database, Sessions(database), Hanging(database, mark)).run(key)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
