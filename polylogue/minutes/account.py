"""What minutes are made from: the lines of a record, which of them a reader may have, and the texts that are left.

Why also the lines that the reader may not have: numbers of clauses and names of wordings follow from the whole record.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from polylogue.occasion import Entry, Visibility

Place = tuple[int, str]
"""Where a text is: its entry, and its pointer there."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A line of the record, and whether the reader may have it."""

    entry: Entry
    seen: Visibility = Visibility()
    command: str = ""
    readable: bool = True


@dataclass(frozen=True, slots=True)
class Account:
    """A record from its first entry on; `texts` are those of readable entries that have not been erased."""

    entries: tuple[Noted, ...]
    texts: Mapping[Place, str]
