"""A merged clause as one can read it: brackets that hardly anything divides are one, and a clause without much in
common is bracketed whole.

Why apart from the merge: the merge brackets as little as it can, which a machine wants and which a reader calls
confetti. The rule of legibility:

1. Two brackets are joined when what stands between them has at most two words (four characters in Chinese) and less
   than the longest reading of the one and of the other; so a short verb between two changed words stays outside.
2. When less than a third of the present text's words are shared by all, or none is left outside brackets by the first
   rule, the clause is one bracket: each wording is an option, the present text first, then *bis*, *ter* … (`options`).

Nothing is lost by it, and two readings of a bracket are never alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from polylogue.drafting.merge import merge
from polylogue.drafting.pieces import Bracket, Piece, Plain, Reading, as_one, piece_of
from polylogue.drafting.tokens import weight, words

BETWEEN = 4
"""Half words that may stand between brackets which are joined."""

OUTSIDE = 3
"""A clause is bracketed whole when less than one in so many words of the present text is shared by all."""

ALIKE = 2
"""An option is shown within another when they share at least one in so many words of the longer one."""

SMALL = 20_000
"""Code points of a clause's wordings up to which the pieces of many clauses are remembered, and beyond which of few."""


def legible(wordings: Mapping[str, str], language: str) -> tuple[Piece, ...]:
    """The pieces of a clause as they are shown; wordings as in `merge`, laws as in this module."""
    content = tuple(sorted(wordings.items()))
    pieces_of = _of_small if sum(map(len, wordings.values())) <= SMALL else _of_large
    return pieces_of(content, language)


def tidied(pieces: tuple[Piece, ...], language: str) -> tuple[Piece, ...]:
    """The pieces with those brackets joined that hardly anything divides, as long as there are any."""
    runs: list[tuple[list[Piece], int]] = []
    for piece in pieces:
        run, size = [piece], _size(piece, language)
        while isinstance(piece, Bracket) and len(runs) > 1 and _hardly_divided(runs[-2], runs[-1], size):
            (between, inside), (before, more) = runs.pop(), runs.pop()
            run, size = before + between + run, more + inside + size
        runs.append((run, size))
    return tuple(piece for run, _ in runs for piece in as_one(run))


def _size(piece: Piece, language: str) -> int:
    """Half words of a piece; of a bracket those of its longest reading."""
    if isinstance(piece, Plain):
        return weight(piece.text, language)
    return max(weight(reading.text, language) for reading in piece.readings)


def _hardly_divided(before: tuple[list[Piece], int], between: tuple[list[Piece], int], size: int) -> bool:
    bracketed = isinstance(before[0][0], Bracket) and isinstance(between[0][0], Plain)
    return bracketed and between[1] <= BETWEEN and between[1] < min(before[1], size)


def as_shown(merged: tuple[Piece, ...], wordings: Mapping[str, str], language: str) -> tuple[Piece, ...]:
    """What `legible` makes of wordings that are merged already."""
    pieces = _tidy(merged, wordings, language)
    return piece_of(wordings) if pieces is None else pieces


def _legible(content: tuple[tuple[str, str], ...], language: str) -> tuple[Piece, ...]:
    wordings = dict(content)
    return as_shown(merge(wordings, language), wordings, language)


_of_small, _of_large = lru_cache(maxsize=512)(_legible), lru_cache(maxsize=16)(_legible)


def _tidy(pieces: tuple[Piece, ...], wordings: Mapping[str, str], language: str) -> tuple[Piece, ...] | None:
    """Merged pieces by the first rule; null where by the second the clause is bracketed whole."""
    if len(pieces) > 1:
        if _outside(pieces, language) * OUTSIDE < words(wordings[min(wordings)], language):
            return None
        pieces = tidied(pieces, language)
    return pieces if len(pieces) == 1 or _outside(pieces, language) else None


def _outside(pieces: tuple[Piece, ...], language: str) -> int:
    return sum(words(piece.text, language) for piece in pieces if isinstance(piece, Plain))


# ── options ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Option:
    """Wordings of a clause that are much alike, as one text with brackets of its own where they differ.

    The holders are sorted; the first gives the option its name.
    """

    holders: tuple[str, ...]
    pieces: tuple[Piece, ...]


@lru_cache(maxsize=256)
def options(whole: Bracket, language: str) -> tuple[Option, ...]:
    """The options of a clause that is bracketed whole, in the order of their first holders.

    A wording belongs to the first option whose first wording shares half of the words with it; where the wordings of an
    option have, all together, too little in common, each is an option of its own.
    """
    groups: list[list[Reading]] = []
    for reading in whole.readings:
        group = next((group for group in groups if _alike(group[0].text, reading.text, language)), None)
        if group is None:
            groups.append([reading])
        else:
            group.append(reading)
    found = [option for group in groups for option in _options(group, language)]
    return tuple(sorted(found, key=lambda option: option.holders))


def _options(group: list[Reading], language: str) -> list[Option]:
    texts = {holder: reading.text for reading in group for holder in reading.holders}
    pieces = merge(texts, language) if len(group) == 1 else _tidy(merge(texts, language), texts, language)
    if pieces is None:
        return [option for reading in group for option in _options([reading], language)]
    return [Option(tuple(sorted(texts)), pieces)]


def _alike(one: str, other: str, language: str) -> bool:
    longer = max(words(one, language), words(other, language))
    if not (one and other and longer):
        return False
    return ALIKE * _outside(merge({"": one, "other": other}, language), language) >= longer
