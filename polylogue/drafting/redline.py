"""What one wording changes in another, token by token: kept, removed, added.

Why the merge decides and not a comparison of its own: what a redline shows as kept is what the brackets leave outside.
"""

from dataclasses import dataclass
from enum import StrEnum

from polylogue.drafting.merge import Plain, chosen, merge

BEFORE, AFTER = "", "+"


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
    """The changes in order, what is removed before what is added in its place.

    What is kept and removed, joined, is `before`; what is kept and added is `after`. Chinese is compared by character.
    """
    changes: list[Change] = []
    for piece in merge({BEFORE: before, AFTER: after}, language):
        if isinstance(piece, Plain):
            changes.append(Change(ChangeKind.KEPT, piece.text))
            continue
        for kind, holder in ((ChangeKind.REMOVED, BEFORE), (ChangeKind.ADDED, AFTER)):
            if text := chosen((piece,), holder):
                changes.append(Change(kind, text))
    return tuple(changes)
