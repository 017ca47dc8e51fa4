"""The press of a server: sets documents as PDF one at a time, and keeps the last ones.

Why one at a time: a page costs milliseconds, but anybody may ask for it, and deliberations go first.
"""

import asyncio
from collections import OrderedDict
from importlib.util import find_spec
from pathlib import Path

from polylogue.drafting.resolution import Resolution

NO_TYPESETTER = "PDF needs typst, which is an extra: install polylogue[documents]. Markdown needs nothing besides."
KEPT = 16
"""PDFs that are kept, some hundred kilobytes each."""
WAITING = 32
"""Requests at most that wait for the press or are in it."""


class PressBusy(Exception):
    """Too many documents wait to be set."""


class Press:
    """Sets documents with the fonts of a directory, null: the system's."""

    def __init__(self, fonts: Path | None) -> None:
        self._fonts = fonts
        self._kept: OrderedDict[Resolution, bytes] = OrderedDict()
        self._one_at_a_time = asyncio.Lock()
        self._waiting = 0

    async def pdf(self, document: Resolution) -> bytes:
        """The document as PDF. Raises PressBusy, ModuleNotFoundError where typst is not installed, and NotTypeset."""
        if self._waiting >= WAITING:
            raise PressBusy
        self._waiting += 1
        try:
            async with self._one_at_a_time:
                if document not in self._kept:
                    self._kept[document] = await asyncio.to_thread(_set, document, self._fonts)
                self._kept.move_to_end(document)
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
                return self._kept[document]
        finally:
            self._waiting -= 1


def installed() -> bool:
    """Whether documents can be typeset here."""
    return find_spec("typst") is not None


def _set(document: Resolution, fonts: Path | None) -> bytes:
    from server.exports.typeset import typeset  # noqa: PLC0415 -- what it imports is an extra

    return typeset(document, fonts)
