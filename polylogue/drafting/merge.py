"""The merge of all wordings of a clause: what all say stands plain, and where they differ there are brackets.

Why all at once and not one after the other: merged in turn, what is bracketed would depend on who came first. The laws:
nothing is lost (who chooses one holder's reading everywhere has that holder's text); neither the order of the wordings
nor what they are called matters; merging the readings of a bracket gives that bracket again; what all agree on is never
bracketed; and no word stands in every reading of a bracket, for then it would stand outside.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from polylogue.drafting.distance import plain
from polylogue.drafting.pieces import Bracket, Piece, Plain, Reading, chosen, piece_of, reading_of, run_together
from polylogue.drafting.shared import Words, shared
from polylogue.drafting.tokens import tokens

__all__ = ["Bracket", "Piece", "Plain", "Reading", "chosen", "merge", "mixes", "reading_of"]


def merge(wordings: Mapping[str, str], language: str) -> tuple[Piece, ...]:
    """The pieces of a clause in order, from its wordings by key: "" is the present text, others are alternatives.

    Brackets are as small as the laws ask; `polylogue.drafting.legible` makes of them what is shown.
    """
    holders: dict[str, list[str]] = {}
    for holder in sorted(wordings):
        holders.setdefault(wordings[holder], []).append(holder)
    texts = sorted(holders)
    if len(texts) == 1:
        return (Plain(texts[0]),) if texts[0] else ()
    cut = [_cut(text, language) for text in texts]
    places = shared([words for words, _ in cut])
    kept = [cut[0][0][place] for place in places[0]] if texts else []
    gaps = [_gaps(text, words, starts, own) for text, (words, starts), own in zip(texts, cut, places, strict=True)]
    pieces: list[Piece] = []
    for k, parts in enumerate(zip(*gaps, strict=True)):
        if len(set(parts)) == 1:
            pieces.append(Plain(parts[0]))
        else:
            pieces += _bracket(parts, [holders[text] for text in texts])
        if k < len(kept):
            pieces.append(Plain(kept[k]))
    return run_together(piece for piece in pieces if not (isinstance(piece, Plain) and not piece.text))


def mixes(text: str, wordings: Mapping[str, str], language: str, holders: Collection[str]) -> bool:
    """Whether a text is made of the readings of these wordings' brackets, in each one that a wording among `holders`
    has there; white space and capital letters aside. Time grows with the text and the readings together.
    """
    if set(holders).isdisjoint(wordings):
        return False
    words, reached = plain(text, language), {0}
    for piece in merge(wordings, language):
        bracket = piece.readings if isinstance(piece, Bracket) else (Reading(piece.text, tuple(wordings)),)
        parts = {plain(reading.text, language) for reading in bracket if not set(reading.holders).isdisjoint(holders)}
        reached = {at + len(part) for at in reached for part in parts if words[at : at + len(part)] == part}
    return len(words) in reached


def _cut(text: str, language: str) -> tuple[Words, list[int]]:
    """The words of a text without the space after them, punctuation too, and where they begin."""
    words: list[str] = []
    starts: list[int] = []
    start = 0
    for token in tokens(text, language):
        if word := token.rstrip():
            words.append(word)
            starts.append(start)
        start += len(token)
    return tuple(words), starts


def _gaps(text: str, words: Words, starts: Sequence[int], places: Iterable[int]) -> list[str]:
    """What stands before, between and after the shared words of a text."""
    gaps: list[str] = []
    end = 0
    for place in places:
        gaps.append(text[end : starts[place]])
        end = starts[place] + len(words[place])
    gaps.append(text[end:])
    return gaps


def _bracket(parts: Sequence[str], holders: Sequence[list[str]]) -> Iterable[Piece]:
    """A bracket of what stands in one place, without the space that all begin or end with."""
    first, last = min(parts), max(parts)
    before = _alike_space(first, last, min(map(len, parts)))
    tails = [part[before:][::-1] for part in parts]
    after = _alike_space(min(tails), max(tails), min(map(len, tails)))
    yield Plain(parts[0][:before])
    inner = [part[before : len(part) - after] for part in parts]
    yield from piece_of({holder: part for part, own in zip(inner, holders, strict=True) for holder in own})
    yield Plain(parts[0][len(parts[0]) - after :])


def _alike_space(first: str, last: str, longest: int) -> int:
    """How much white space two texts begin with together."""
    for k in range(longest):
        if first[k] != last[k] or not first[k].isspace():
            return k
    return longest
