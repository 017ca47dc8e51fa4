"""How much of a text is in brackets: the text's own measure of how far apart its authors are.

Why words as printed: each reading of a bracket is there to be read and dealt with, so three readings of ten words are
thirty bracketed words.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from polylogue.drafting.pieces import Bracket, Piece
from polylogue.drafting.tokens import words


@dataclass(frozen=True, slots=True)
class Extent:
    """Words of a text as printed, those of them in brackets, and the brackets. Of several clauses they add up."""

    words: int
    bracketed: int
    brackets: int

    @property
    def ratio(self) -> Fraction | None:
        """The share of words in brackets, 0 to 1; null where there are no words."""
        return Fraction(self.bracketed, self.words) if self.words else None


def extent(clauses: Iterable[Iterable[Piece]], language: str) -> Extent:
    """The extent of clauses together, from their pieces as merged or as shown."""
    counted = bracketed = brackets = 0
    for pieces in clauses:
        for piece in pieces:
            if isinstance(piece, Bracket):
                inside = sum(words(reading.text, language) for reading in piece.readings)
                counted, bracketed, brackets = counted + inside, bracketed + inside, brackets + 1
            else:
                counted += words(piece.text, language)
    return Extent(counted, bracketed, brackets)
