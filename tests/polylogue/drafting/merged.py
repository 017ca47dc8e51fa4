"""Pieces that a merge has made: brackets among them, how they are printed, and when they are well formed.

Why beside the tests: merges of speeches and of texts in several languages keep the same laws.
"""

from itertools import pairwise

from polylogue.drafting.merge import Bracket, Piece, Plain
from polylogue.drafting.tokens import tokens

Wordings = tuple[dict[str, str], str]


def brackets(pieces: tuple[Piece, ...]) -> list[Bracket]:
    return [piece for piece in pieces if isinstance(piece, Bracket)]


def printed(pieces: tuple[Piece, ...]) -> str:
    """Pieces in a row: readings between bars."""
    return "".join(
        piece.text if isinstance(piece, Plain) else "[" + "|".join(reading.text for reading in piece.readings) + "]"
        for piece in pieces
    )


def words_of(text: str, language: str) -> set[str]:
    return {token.strip() for token in tokens(text, language)} - {""}


def well_formed(pieces: tuple[Piece, ...], holders: set[str]) -> None:
    for piece in pieces:
        if isinstance(piece, Plain):
            assert piece.text
        else:
            assert len(piece.readings) > 1
            assert len({reading.text for reading in piece.readings}) == len(piece.readings)
            held = [holder for reading in piece.readings for holder in reading.holders]
            assert sorted(held) == sorted(holders)
            assert all(list(reading.holders) == sorted(reading.holders) for reading in piece.readings)
            firsts = [reading.holders[0] for reading in piece.readings]
            assert firsts == sorted(firsts)
    for before, after in pairwise(pieces):
        assert not (isinstance(before, Plain) and isinstance(after, Plain))
