"""How far two wordings are from each other: the tokens that have to change, in parts of the longer one.

Why tokens: to a delegation "shall" for "should" is one change, whatever the letters; in Chinese it is characters.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from polylogue.drafting.tokens import tokens

LONG = 1_000
"""Tokens up to which the order of what differs is looked at: two or three pages."""


def compared(text: str, language: str) -> tuple[str, ...]:
    """The tokens of a text as they are compared: without white space."""
    return tuple(filter(None, map(str.strip, tokens(text, language))))


def plain(text: str, language: str) -> tuple[str, ...]:
    """The tokens of a text without what makes no other words of it: white space, and capital letters."""
    return tuple(map(str.casefold, compared(text, language)))


def edits(one: Sequence[Hashable], other: Sequence[Hashable]) -> int:
    """The fewest insertions, deletions and replacements that make one sequence the other (Levenshtein distance).

    A column of the table is kept as two whole numbers, a bit a row: where it rises from row to row, and where it falls.
    Source: Myers, "A fast bit-vector algorithm for approximate string matching based on dynamic programming" (Journal
    of the ACM 46, 1999), in the form of Hyyrö (2003).
    """
    one, other = _apart(one, other)
    return _edits_of_all(_pack([one]), other)[0]


def distance(one: Sequence[Hashable], other: Sequence[Hashable]) -> Fraction:
    """The edits between two sequences in parts of the longer one: 0 for equal ones only, 1 when all is different.

    Where what lies between their common beginning and end is longer than `LONG`, only which tokens they have there is
    compared, not in which order: that is no more than the edits, and takes no time that grows with the square of a
    length. Symmetric and exact; two empty sequences are equal. Not a metric: three sequences of very different lengths
    may break the triangle inequality (Marzal and Vidal 1993), which nothing here rests on.
    """
    longer = max(len(one), len(other))
    return Fraction(_changed(one, other), longer) if longer else Fraction(0)


def _changed(one: Sequence[Hashable], other: Sequence[Hashable]) -> int:
    """The edits between two sequences, as `distance` counts them."""
    mine, theirs = _apart(one, other)
    changed = max(len(mine), len(theirs))
    if changed > LONG:
        return max(1, changed - (Counter(mine) & Counter(theirs)).total())
    return edits(mine, theirs) if changed else 0


def _apart(one: Sequence[Hashable], other: Sequence[Hashable]) -> tuple[Sequence[Hashable], Sequence[Hashable]]:
    """Both without what they begin and end with alike, which changes no distance and is most of two wordings."""
    shorter = min(len(one), len(other))
    begin = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    end = next((at for at in range(shorter - begin) if one[-1 - at] != other[-1 - at]), shorter - begin)
    return one[begin : len(one) - end], other[begin : len(other) - end]


# ── one against many ─────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Beside:
    """Sequences against which others are held, all of them at once: `changed` is what `distance` counts for each."""

    sequences: tuple[Sequence[Hashable], ...]
    _alike: tuple[int, int]
    _packed: dict[tuple[int, int], "_Packed"] = field(default_factory=dict[tuple[int, int], "_Packed"], compare=False)

    def changed(self, other: Sequence[Hashable]) -> list[int]:
        """Of each sequence the edits that make it the other one, as `distance` counts them."""
        shortest = min([len(other), *map(len, self.sequences)])
        if max([len(other), *map(len, self.sequences)]) > LONG or not self.sequences:
            return [_changed(one, other) for one in self.sequences]
        first, (begin, end) = self.sequences[0], self._alike
        begin = _same(first, other, min(begin, shortest))
        end = _same(first[::-1], other[::-1], min(end, shortest - begin))
        if (begin, end) not in self._packed:
            self._packed[begin, end] = _pack([one[begin : len(one) - end] for one in self.sequences])
        return _edits_of_all(self._packed[begin, end], other[begin : len(other) - end])


def beside(sequences: Sequence[Sequence[Hashable]]) -> Beside:
    """Sequences made ready to have others held against them."""
    first: Sequence[Hashable] = sequences[0] if sequences else ()
    begin = min((_same(first, one, min(len(first), len(one))) for one in sequences), default=0)
    last = first[::-1]
    end = min((_same(last, one[::-1], min(len(first), len(one)) - begin) for one in sequences), default=0)
    return Beside(tuple(sequences), (begin, end))


@dataclass(frozen=True, slots=True)
class _Packed:
    """Tables of several sequences in one: `fields` are the bits of each, a row a bit, with a bit to spare above it."""

    fields: tuple[tuple[int, int], ...]
    stands: dict[Hashable, int]
    everywhere: int
    lowest: int


def _pack(sequences: Sequence[Sequence[Hashable]]) -> _Packed:
    fields: list[tuple[int, int]] = []
    stands: dict[Hashable, int] = {}
    everywhere = lowest = at = 0
    for own in sequences:
        for row, token in enumerate(own, at):
            stands[token] = stands.get(token, 0) | 1 << row
        mask = (1 << len(own)) - 1
        fields.append((at, mask))
        everywhere |= mask << at
        lowest |= (1 << at) if own else 0
        at += len(own) + 1
    return _Packed(tuple(fields), stands, everywhere, lowest)


def _edits_of_all(packed: _Packed, other: Sequence[Hashable]) -> list[int]:
    """The edits of every sequence in one go: what an addition carries over stays in the bit to spare.

    The last row is the first, which rises by one with each token, and all that the last column rises and falls below
    it.
    """
    stands, everywhere, lowest = packed.stands, packed.everywhere, packed.lowest
    rises, falls = everywhere, 0
    for token in other:
        equal = stands.get(token, 0)
        across = ((((equal & rises) + rises) ^ rises) | equal) & everywhere
        straight = equal | falls
        up, down = falls | (everywhere & ~(across | rises)), rises & across
        up, down = ((up << 1) & everywhere) | lowest, (down << 1) & everywhere
        rises, falls = (down | ~(straight | up)) & everywhere, up & straight
    return [
        len(other) + (rises >> at & mask).bit_count() - (falls >> at & mask).bit_count() for at, mask in packed.fields
    ]


def _same(one: Sequence[Hashable], other: Sequence[Hashable], most: int) -> int:
    """How many tokens two sequences begin with alike, of these at most."""
    return next((at for at in range(most) if one[at] != other[at]), max(0, most))
