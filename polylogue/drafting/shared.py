"""Words that several sequences share in one order: as many as a rule finds that favours none of them.

Why not the longest common subsequence: for many sequences it takes exponential time (Maier, "The complexity of some
problems on subsequences and supersequences", 1978). To anchor what is unique first is what readers of patience diffs
like, and it works on all sequences at once.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import isqrt

import numpy as np
from numpy.typing import NDArray

Words = tuple[str, ...]
Row = tuple[tuple[int, ...], int]
"""Shared words that stand side by side: where they begin in each sequence, and how many they are."""

ROWS = ((4, 64), (2, 8))
"""Words in a row that are looked for before single ones, in sequences from what length on: what stands in a row is less
often alike by chance."""

COMPARISONS = 10_000_000
"""Comparisons of places in one step: of more rows the heaviest are compared, and the others left to the gaps."""


ENOUGH = 4_000
"""Places of single words among which the heaviest are looked for in one step."""


def shared(sequences: Sequence[Words]) -> list[list[int]]:
    """The places of the shared words in each sequence, ascending: the k-th of every list is the same word.

    No word is left out that stands in all sequences between two neighbours of those found, or before the first, or
    after the last. Only where rows of words weigh the same does the order of the sequences decide.
    """
    found: list[list[int]] = [[] for _ in sequences]
    gaps: list[tuple[Sequence[Words], Sequence[Sequence[int]]]] = []
    if sequences:
        gaps.append((sequences, [range(len(sequence)) for sequence in sequences]))
    while gaps:
        words, places = gaps.pop()
        kept = _of_all(words)
        if not kept:
            continue
        places = [[stands[k] for k in kept[own][0]] for own, stands in zip(words, places, strict=True)]
        words = [kept[own][1] for own in words]
        distinct = {own: number for number, own in enumerate(dict.fromkeys(words))}
        rows = _rows(list(distinct))
        which = [distinct[own] for own in words]
        for own, stands, number in zip(found, places, which, strict=True):
            for starts, length in rows:
                own.extend(stands[starts[number] : starts[number] + length])
        gaps += _between(rows, words, places, which)
    for own in found:
        own.sort()
    return found


def _of_all(sequences: Sequence[Words]) -> dict[Words, tuple[list[int], Words]]:
    """Of each sequence the words that all have, with their places; nothing where there is no such word."""
    distinct = list(dict.fromkeys(sequences))
    common = set(min(distinct, key=len)).intersection(*distinct)
    if not common:
        return {}
    kept: dict[Words, tuple[list[int], Words]] = {}
    for own in distinct:
        places = [k for k, word in enumerate(own) if word in common]
        kept[own] = places, tuple(own[k] for k in places)
    return kept


def _between(
    rows: list[Row], words: Sequence[Words], places: Sequence[Sequence[int]], which: list[int]
) -> Iterable[tuple[list[Words], list[Sequence[int]]]]:
    """What lies between neighbouring rows, where it does in every sequence."""
    for (before, length), (after, _) in pairwise(rows):
        spans = [slice(start + length, end) for start, end in zip(before, after, strict=True)]
        if all(span.start < span.stop for span in spans):
            yield (
                [own[spans[number]] for own, number in zip(words, which, strict=True)],
                [stands[spans[number]] for stands, number in zip(places, which, strict=True)],
            )


def _rows(sequences: list[Words]) -> list[Row]:
    """Rows of shared words in order, at least one word: what all begin and end with, and anchors between.

    The first and the last may be empty: they bound the sequences.
    """
    first, last = min(sequences), max(sequences)
    shortest = min(map(len, sequences))
    before = _alike(first, last, shortest)
    tails = [own[before:][::-1] for own in sequences]
    after = _alike(min(tails), max(tails), shortest - before)
    inner = [own[before : len(own) - after] for own in sequences]
    rows: list[Row] = [((0,) * len(sequences), before)]
    if all(inner) and not before and not after:
        rows += [(tuple(start + before for start in starts), length) for starts, length in _anchors(inner)]
    rows.append((tuple(len(own) - after for own in sequences), after))
    return rows


def _alike(first: Words, last: Words, longest: int) -> int:
    """How many words two sequences begin with together; between the first and last in order, with all others."""
    for k in range(min(longest, len(first), len(last))):
        if first[k] != last[k]:
            return k
    return min(longest, len(first), len(last))


def _anchors(sequences: list[Words]) -> list[Row]:
    """Rows of words that can be matched without a doubt, or else single words in turn from either end; at least one."""
    shortest = min(map(len, sequences))
    for size, enough in ROWS:
        if shortest >= enough and (places := _unique(sequences, size)):
            return _heaviest(sequences, places)
    return _heaviest(sequences, _in_turn(sequences))


def _unique(sequences: list[Words], size: int) -> list[tuple[int, ...]]:
    """Where words in a row stand that every sequence has once."""
    each: list[dict[Words, int]] = []
    known: set[Words] | None = None
    for own in sequences:
        each.append(_once(own, size))
        known = set(each[0]) if known is None else known.intersection(each[-1])
        if not known:
            return []
    return [tuple(own[row] for own in each) for row in each[0] if known and row in known]


def _once(sequence: Words, size: int) -> dict[Words, int]:
    """Where each row of words stands that a sequence has once."""
    places: dict[Words, int] = {}
    for start, row in enumerate(zip(*(sequence[k:] for k in range(size)), strict=False)):
        places[row] = -1 if row in places else start
    return {row: start for row, start in places.items() if start >= 0}


def _in_turn(sequences: list[Words]) -> list[tuple[int, ...]]:
    """Where each word stands the first, second … time, and the last, last but one …, as often as all have it.

    The words that are there least often come first, and of long texts they are enough.
    """
    each: list[dict[str, list[int]]] = []
    for own in sequences:
        places: dict[str, list[int]] = {}
        for k, word in enumerate(own):
            places.setdefault(word, []).append(k)
        each.append(places)
    turns = {word: min(len(places[word]) for places in each) for word in each[0]}
    found: dict[tuple[int, ...], None] = {}
    for word, often in sorted(turns.items(), key=lambda turn: turn[1]):
        if len(found) > ENOUGH:
            break
        stands = [places[word] for places in each]
        for turn in range(often):
            found[tuple(own[turn] for own in stands)] = None
            found[tuple(own[turn - often] for own in stands)] = None
    return list(found)


def _heaviest(sequences: list[Words], anchors: list[tuple[int, ...]]) -> list[Row]:
    """The heaviest anchors that stand in one order in all sequences; a word weighs as much as it has letters."""
    anchors = sorted(anchors)
    places = np.array(anchors, dtype=np.int64)
    letters = np.array([len(sequences[0][start]) for start, *_ in anchors], dtype=np.int64)
    starts, lengths, weights = _side_by_side(places, letters)
    most = max(64, isqrt(COMPARISONS // len(sequences)))
    if len(starts) > most:
        heavy = np.sort(np.argsort(-weights, kind="stable")[:most])
        starts, lengths, weights = starts[heavy], lengths[heavy], weights[heavy]
    chain = range(len(starts)) if _ascend(starts) else _chain(starts, starts + lengths[:, None] - 1, weights)
    return [(tuple(starts[k].tolist()), int(lengths[k])) for k in chain]


def _side_by_side(
    places: NDArray[np.int64], letters: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Anchors that follow each other word by word in all sequences as rows: beginnings, lengths and weights."""
    begins = np.ones(len(places), dtype=bool)
    begins[1:] = (np.diff(places, axis=0) != 1).any(axis=1)
    first = np.flatnonzero(begins)
    return places[first], np.diff(np.append(first, len(places))), np.add.reduceat(letters, first)


def _ascend(starts: NDArray[np.int64]) -> bool:
    return bool((np.diff(starts, axis=0) > 0).all())


def _chain(starts: NDArray[np.int64], ends: NDArray[np.int64], weights: NDArray[np.int64]) -> list[int]:
    """The heaviest chain of rows each of which lies behind the one before in all sequences."""
    count = len(starts)
    behind = np.ones((count, count), dtype=bool)
    for k in range(starts.shape[1]):
        behind &= starts[:, k, None] > ends[None, :, k]
    best = weights.copy()
    before = np.full(count, -1)
    for row in range(1, count):
        reached = np.where(behind[row, :row], best[:row], 0)
        last = int(reached.argmax())
        if reached[last]:
            before[row] = last
            best[row] += reached[last]
    chain = [int(best.argmax())]
    while before[chain[-1]] >= 0:
        chain.append(int(before[chain[-1]]))
    return chain[::-1]
