"""How far two wordings are from each other: the tokens that have to change, in parts of the longer one.

Why tokens: to a delegation "shall" for "should" is one change, whatever the letters; in Chinese it is characters.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from fractions import Fraction

from polylogue.drafting.tokens import tokens

LONG = 1_000
"""Tokens up to which the order of what differs is looked at: two or three pages."""


def compared(text: str, language: str) -> tuple[str, ...]:
    """The tokens of a text as they are compared: without white space."""
    return tuple(token for each in tokens(text, language) if (token := each.strip()))


def edits(one: Sequence[Hashable], other: Sequence[Hashable]) -> int:
    """The fewest insertions, deletions and replacements that make one sequence the other (Levenshtein distance).

    A column of the table is kept as two whole numbers, a bit a row: where it rises from row to row, and where it falls.
    Source: Myers, "A fast bit-vector algorithm for approximate string matching based on dynamic programming" (Journal
    of the ACM 46, 1999), in the form of Hyyrö (2003).
    """
    one, other = _apart(one, other)
    if not one or not other:
        return max(len(one), len(other))
    stands: dict[Hashable, int] = {}
    for row, token in enumerate(one):
        stands[token] = stands.get(token, 0) | 1 << row
    everywhere, last = (1 << len(one)) - 1, 1 << (len(one) - 1)
    rises, falls, found = everywhere, 0, len(one)
    for token in other:
        equal = stands.get(token, 0)
        straight = equal | falls
        across = (((equal & rises) + rises) ^ rises) | equal
        up, down = falls | (~(across | rises) & everywhere), rises & across
        found += bool(up & last) - bool(down & last)
        up, down = (up << 1) | 1, down << 1
        rises, falls = (down | ~(straight | up)) & everywhere, up & straight & everywhere
    return found


def distance(one: Sequence[Hashable], other: Sequence[Hashable]) -> Fraction:
    """The edits between two sequences in parts of the longer one: 0 for equal ones only, 1 when all is different.

    Where what lies between their common beginning and end is longer than `LONG`, only which tokens they have there is
    compared, not in which order: that is no more than the edits, and takes no time that grows with the square of a
    length. Symmetric and exact; two empty sequences are equal. Not a metric: three sequences of very different lengths
    may break the triangle inequality (Marzal and Vidal 1993), which nothing here rests on.
    """
    longer = max(len(one), len(other))
    mine, theirs = _apart(one, other)
    changed = max(len(mine), len(theirs))
    if changed > LONG:
        changed = max(1, changed - (Counter(mine) & Counter(theirs)).total())
    elif changed:
        changed = edits(mine, theirs)
    return Fraction(changed, longer) if longer else Fraction(0)


def _apart(one: Sequence[Hashable], other: Sequence[Hashable]) -> tuple[Sequence[Hashable], Sequence[Hashable]]:
    """Both without what they begin and end with alike, which changes no distance and is most of two wordings."""
    shorter = min(len(one), len(other))
    begin = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    end = next((at for at in range(shorter - begin) if one[-1 - at] != other[-1 - at]), shorter - begin)
    return one[begin : len(one) - end], other[begin : len(other) - end]
