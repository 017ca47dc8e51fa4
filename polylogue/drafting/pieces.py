"""The pieces of a merged clause: plain text, and brackets with their readings.

Why readings name wordings and not delegations: who backs a wording changes with every stance, the pieces only with
the words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plain:
    """Text that all wordings have here; never empty."""

    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What some wordings have in a bracket, and which: their keys, sorted. Empty where they have nothing there."""

    text: str
    holders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bracket:
    """Where wordings differ: two readings or more, no two alike, in the order of their first holders."""

    readings: tuple[Reading, ...]


Piece = Plain | Bracket


def chosen(pieces: Iterable[Piece], holder: str) -> str:
    """The text of one wording. Raises KeyError for who holds no reading of a bracket."""
    return "".join(piece.text if isinstance(piece, Plain) else reading_of(piece, holder) for piece in pieces)


def reading_of(bracket: Bracket, holder: str) -> str:
    """What a wording has in a bracket. Raises KeyError for who holds none of its readings."""
    for reading in bracket.readings:
        if holder in reading.holders:
            return reading.text
    raise KeyError(holder)


def readings(texts: Mapping[str, str]) -> tuple[Reading, ...]:
    """Texts by holder as readings: those alike together, in the order of their first holders."""
    held: dict[str, list[str]] = {}
    for holder in sorted(texts):
        held.setdefault(texts[holder], []).append(holder)
    return tuple(Reading(text, tuple(holders)) for text, holders in held.items())


def piece_of(texts: Mapping[str, str]) -> tuple[Piece, ...]:
    """A bracket, or plain text where all are alike; nothing where all are empty."""
    found = readings(texts)
    if len(found) > 1:
        return (Bracket(found),)
    return (Plain(found[0].text),) if found and found[0].text else ()


def as_one(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Pieces as one bracket, the plain text between them in every reading."""
    pieces = tuple(pieces)
    brackets = [piece for piece in pieces if isinstance(piece, Bracket)]
    if len(brackets) == len(pieces) == 1 or not brackets:
        return pieces
    texts: dict[str, list[str]] = {holder: [] for reading in brackets[0].readings for holder in reading.holders}
    for piece in pieces:
        if isinstance(piece, Plain):
            for parts in texts.values():
                parts.append(piece.text)
        else:
            for reading in piece.readings:
                for holder in reading.holders:
                    texts[holder].append(reading.text)
    return piece_of({holder: "".join(parts) for holder, parts in texts.items()})


def run_together(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Pieces with plain text that stands side by side in one."""
    whole: list[Piece] = []
    for piece in pieces:
        last = whole[-1] if whole else None
        if isinstance(piece, Plain) and isinstance(last, Plain):
            whole[-1] = Plain(last.text + piece.text)
        else:
            whole.append(piece)
    return tuple(whole)
