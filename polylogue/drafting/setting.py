"""What a clause is written in a document with, besides itself: the form that all clauses share, and its own place.

Why as values: a clause that comes again with the same ones reads the same, and need not be written again.
"""

from dataclasses import dataclass
from functools import lru_cache

from polylogue.drafting.phrases import Phrases, phrases
from polylogue.vocabulary import LanguageTag, SeatCode


@dataclass(frozen=True, slots=True)
class Form:
    """What all clauses of a document depend on: the languages wanted, in their order, the members that may back, and
    what seats are called, where they have a name.
    """

    wanted: tuple[LanguageTag, ...]
    members: frozenset[SeatCode]
    names: frozenset[tuple[SeatCode, str]] = frozenset()

    @property
    def of(self) -> Phrases:
        return phrases(self.wanted[0])


@dataclass(frozen=True, slots=True)
class Place:
    """Where a clause stands: its number, if it has one, what it is called, the stop there, numbers of its footnotes."""

    number: str
    called: str
    stop: str
    notes: tuple[int, ...]


form_of = lru_cache(maxsize=64)(Form)
"""The form of these parts: the same one as long as it is in use, so that whoever compares it looks at no name."""
