"""Regions of a clause: where its brackets lie in the present text, and how they are joined and cut by decision.

Why places of the present text and no numbers of brackets: a decision must still say what it is about when another
wording has brought a bracket before it.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import accumulate

from polylogue.drafting.pieces import Bracket, Piece, as_one, reading_of, run_together
from polylogue.drafting.shared import Words, shared
from polylogue.drafting.tokens import tokens

PRESENT = ""
"""The key of the present text among the wordings of a clause."""

Remade = Callable[[Mapping[str, str]], tuple[Piece, ...]]
"""The pieces of what wordings have in one place."""


def placed(pieces: Iterable[Piece]) -> Iterator[tuple[int, int, Piece]]:
    """Each piece with the code points of the present text at which it begins and ends."""
    start = 0
    for piece in pieces:
        length = len(reading_of(piece, PRESENT) if isinstance(piece, Bracket) else piece.text)
        yield start, start + length, piece
        start += length


def joined(pieces: Iterable[Piece], joins: Iterable[tuple[int, int]]) -> tuple[Piece, ...]:
    """All brackets that a join touches as one, with what lies between them."""
    whole = tuple(pieces)
    for start, end in joins:
        touched = [k for k, place in enumerate(placed(whole)) if _touches(place, start, end)]
        if len(touched) > 1:
            first, last = touched[0], touched[-1] + 1
            whole = run_together((*whole[:first], *as_one(whole[first:last]), *whole[last:]))
    return whole


def _touches(place: tuple[int, int, Piece], start: int, end: int) -> bool:
    begins, ends, piece = place
    if not isinstance(piece, Bracket):
        return False
    return start <= begins <= end if begins == ends else begins < end and start < ends


def divided(pieces: Iterable[Piece], cuts: Iterable[int], language: str, remade: Remade) -> tuple[Piece, ...]:
    """Brackets cut at places of the present text, each half made anew; a cut within a word is one behind it."""
    whole = tuple(pieces)
    for cut in cuts:
        for k, (start, end, piece) in enumerate(placed(whole)):
            if isinstance(piece, Bracket) and start < cut < end:
                halves = _halves(piece, cut - start, language)
                if all(any(half.values()) for half in halves):
                    whole = (*whole[:k], *(part for half in halves for part in remade(half)), *whole[k + 1 :])
                break
    return run_together(whole)


def _halves(bracket: Bracket, cut: int, language: str) -> tuple[dict[str, str], dict[str, str]]:
    """What each wording has before and after a cut of the present reading."""
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    present = tokens(reading_of(bracket, PRESENT), language)
    starts = list(accumulate(map(len, present), initial=0))
    place = bisect_left(starts, cut)
    for reading in bracket.readings:
        own = tokens(reading.text, language)
        at = sum(map(len, own[: _counterpart(present, place, own)]))
        for holder in reading.holders:
            before[holder], after[holder] = reading.text[:at], reading.text[at:]
    return before, after


def _counterpart(present: Words, place: int, own: Words) -> int:
    """Before which token of its own a wording is cut when the present one is cut before `place`."""
    pairs = zip(*shared([tuple(map(str.strip, present)), tuple(map(str.strip, own))]), strict=True)
    low, high = (0, 0), (len(present), len(own))
    for one, other in pairs:
        if one < place:
            low = one + 1, other + 1
        else:
            high = one, other
            break
    width = high[0] - low[0]
    if not width:
        return low[1]
    return low[1] + (2 * (place - low[0]) * (high[1] - low[1]) + width) // (2 * width)
