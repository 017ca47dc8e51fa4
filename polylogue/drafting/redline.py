"""What one wording changes in another: kept, removed, added; as a person reads it, or token by token.

Why the merge decides and not a comparison of its own: what a redline shows as kept is what the brackets leave outside.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from polylogue.drafting.legible import legible
from polylogue.drafting.merge import merge
from polylogue.drafting.pieces import Bracket, Piece, Plain, as_one, chosen
from polylogue.drafting.tokens import weight

BEFORE, AFTER = "", "+"

ALONE = 1
"""Half words that do not stand kept between two changes: one character of Chinese, which is seldom a word."""


class ChangeKind(StrEnum):
    """What became of a piece of text."""

    KEPT = "KEPT"
    REMOVED = "REMOVED"
    ADDED = "ADDED"


@dataclass(frozen=True, slots=True)
class Change:
    """A piece of text that was kept, removed or added; never empty."""

    kind: ChangeKind
    text: str


def redline(before: str, after: str, language: str) -> tuple[Change, ...]:
    """The changes in order, what is removed before what is added in its place, joined as brackets are.

    What is kept and removed, joined, is `before`; what is kept and added is `after`. Chinese is compared by character,
    and no single character stands kept between two changes.
    """
    return _changes(_joined(legible({BEFORE: before, AFTER: after}, language), language))


def exact(before: str, after: str, language: str) -> tuple[Change, ...]:
    """The same with nothing changed that both have in one order: what a change made elsewhere is held against."""
    return _changes(merge({BEFORE: before, AFTER: after}, language))


def _joined(pieces: tuple[Piece, ...], language: str) -> Iterable[Piece]:
    run: list[Piece] = []
    for place, piece in enumerate(pieces):
        between = 0 < place < len(pieces) - 1 and isinstance(piece, Plain) and weight(piece.text, language) <= ALONE
        if isinstance(piece, Bracket) or between:
            run.append(piece)
            continue
        yield from as_one(run)
        yield piece
        run = []
    yield from as_one(run)


def _changes(pieces: Iterable[Piece]) -> tuple[Change, ...]:
    changes: list[Change] = []
    for piece in pieces:
        if isinstance(piece, Plain):
            changes.append(Change(ChangeKind.KEPT, piece.text))
            continue
        for kind, holder in ((ChangeKind.REMOVED, BEFORE), (ChangeKind.ADDED, AFTER)):
            if text := chosen((piece,), holder):
                changes.append(Change(kind, text))
    return tuple(changes)
