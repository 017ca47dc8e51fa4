"""Schulze's method: which of several texts those who ranked them prefer, pair by pair, and how ties are broken.

Why this method: it elects what wins every pairwise comparison where there is such a text, to be ranked higher never
hurts a text, and it is exact counting, so anybody can do it again (docs/drafting.md, choice).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from hashlib import sha256
from itertools import chain, pairwise
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from polylogue.vocabulary import TieStep

Groups = tuple[tuple[str, ...], ...]
"""Candidates in order, best first; those of one group are tied."""

_Table = NDArray[Any]  # whole numbers: machine words, or Python's own where they are larger
_Whole = Callable[[Mapping[str, int]], tuple[int, ...]]
_FITS_SHORT, _FITS = 2**24, 2**53
"""Below these, whole numbers are exact as floats of 32 and 64 bits, which are added many at a time; above, they are
Python's own."""
_AT_ONCE = 2_048
"""Ballots compared at once, so that a million need no more memory than these."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """A ranking, and how many cast it: whole numbers below 2³¹, the lower the better, equal ones tied. Candidates that
    it does not name stand below all that it names, tied.
    """

    ranks: Mapping[str, int]
    count: int = 1


@dataclass(frozen=True, slots=True)
class Ranking:
    """What Schulze's method finds; rows and columns of both tables are in the order of `candidates`.

    `preferred[a][b]` is how many ballots put a above b; `strengths[a][b]` the strength of the strongest path from a to
    b, 0 where there is none. `order` begins with all those that nobody beats, then those that nobody beats among the
    rest, and so on: a beats b when its path is the stronger one, and then a always stands before b.
    """

    candidates: tuple[str, ...]
    preferred: tuple[tuple[int, ...], ...]
    strengths: tuple[tuple[int, ...], ...]
    order: Groups


def schulze(candidates: Sequence[str], ballots: Iterable[Ballot]) -> Ranking:
    """The ranking of candidates by ballots, by winning votes: a link from a to b is as strong as the ballots that put a
    above b, where they are more than those that put b above a; a path is as strong as its weakest link.

    Exact for counts of any size; the order of ballots makes no difference, and that of candidates only to the order
    inside groups. Raises ValueError for a candidate that stands there twice, for a ballot that names one that does not
    stand, and for a negative count; OverflowError for a rank outside its range.

    Source: Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner
    election method" (Social Choice and Welfare 36, 2011); order and strengths are his O and P_D for winning votes.
    """
    place = {candidate: at for at, candidate in enumerate(candidates)}
    if len(place) != len(candidates):
        raise ValueError("a candidate stands there twice")
    cast = list(ballots)
    counts = [ballot.count for ballot in cast]
    if (least := min(counts, default=0)) < 0:
        raise ValueError(f"{least} cannot have cast a ballot")
    preferred = _preferred(_ranks(place, [ballot.ranks for ballot in cast]), counts)
    links = np.where(preferred > preferred.T, preferred, 0)
    strengths = _strongest(links)
    return Ranking(
        candidates=tuple(candidates),
        preferred=tuple(map(tuple, preferred.tolist())),
        strengths=tuple(map(tuple, strengths.tolist())),
        order=_layers(candidates, strengths > strengths.T),
    )


def _ranks(place: Mapping[str, int], ballots: Sequence[Mapping[str, int]]) -> _Table:
    """A row for each candidate: its rank on each ballot, lower is better; where it is not named it stands last."""
    # itemgetter makes a tuple of two or more
    whole: _Whole = itemgetter(*place) if len(place) > 1 else partial(_partial, place)
    most = len(place)
    try:
        rows = [whole(ranks) if len(ranks) == most else _partial(place, ranks) for ranks in ballots]
    except KeyError:  # as many as stand, but others: which is said there
        rows = [_partial(place, ranks) for ranks in ballots]
    try:  # ranks below 256, as nearly all are, are taken and compared as bytes
        flat: _Table = np.frombuffer(b"".join(map(bytes, rows)), np.uint8)
    except ValueError:
        flat = np.fromiter(chain.from_iterable(rows), np.int32, len(rows) * len(place))
    return np.ascontiguousarray(flat.reshape(len(rows), len(place)).T)


def _partial(place: Mapping[str, int], ranks: Mapping[str, int]) -> tuple[int, ...]:
    """The ranks of a ballot that does not name all candidates."""
    if strange := ranks.keys() - place.keys():
        raise ValueError(f"{min(strange)!r} does not stand")
    last = max(ranks.values(), default=0) + 1
    return tuple(ranks.get(name, last) for name in place)


def _preferred(ranks: _Table, counts: Sequence[int]) -> _Table:
    """How many ballots put the row's candidate above the column's."""
    most = sum(counts)
    kind: Any = np.float32 if most < _FITS_SHORT else np.float64 if most < _FITS else np.object_
    parts: list[_Table] = [np.zeros((len(ranks), len(ranks)), kind)]
    for start in range(0, len(counts), _AT_ONCE):
        part = ranks[:, start : start + _AT_ONCE]
        above = (part[:, None, :] < part[None, :, :]).reshape(-1, part.shape[1]).astype(kind)
        parts.append(above.dot(np.array(counts[start : start + _AT_ONCE], kind)).reshape(parts[0].shape))
    total: _Table = sum(parts[1:], parts[0])
    return total if kind is np.object_ else total.astype(np.min_scalar_type(-most - 1))  # small ones are compared fast


def _strongest(links: _Table) -> _Table:
    """The strength of the strongest path for each pair: Floyd and Warshall's algorithm on (max, min)."""
    found = links.copy()
    weaker = np.empty_like(found)
    # A step changes neither its own row nor its own column, so that all of them can be looked at beforehand.
    for towards, onwards in zip(found.T[:, :, None], found, strict=True):
        np.minimum(towards, onwards, out=weaker)
        np.maximum(found, weaker, out=found)
    np.fill_diagonal(found, 0)
    return found


def _layers(candidates: Sequence[str], beats: NDArray[np.bool_]) -> Groups:
    """All that nobody beats, then all that nobody beats among the rest, and so on.

    To beat is transitive (Schulze 2011, section 4.1): so what beats a candidate is beaten by fewer, and has its layer
    before it.
    """
    packed = np.packbits(beats, axis=0, bitorder="little")
    width, rows = len(packed), packed.T.tobytes()
    beaten_by = [int.from_bytes(rows[at * width : (at + 1) * width], "little") for at in range(len(beats))]
    layers: list[int] = []  # who is in each, a bit a candidate
    groups: list[list[int]] = []
    by_beaters: list[int] = beats.sum(0).argsort().tolist()
    for at in by_beaters:
        layer = len(layers)
        while layer and not layers[layer - 1] & beaten_by[at]:
            layer -= 1
        if layer == len(layers):
            layers.append(0)
            groups.append([])
        layers[layer] |= 1 << at
        groups[layer].append(at)
    return tuple(tuple([candidates[at] for at in sorted(group)]) for group in groups)


# ── ties ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


class Facts(NamedTuple):
    """What ties are broken by: a candidate's objections left, lowest and mean predicted stance, and length in words.

    `keeps`: 2 for the status quo, 1 for the present text, 0 for what would change it.
    """

    objections: int
    lowest: Fraction
    mean: Fraction
    words: int
    keeps: int = 0


@dataclass(frozen=True, slots=True)
class TieBreak:
    """A tied group as it was put in order: `steps[i]` is what put `order[i]` above `order[i + 1]`.

    `lots` are the lots of those that nothing else told apart, in lower-case hex: the lowest comes first.
    """

    order: tuple[str, ...]
    steps: tuple[TieStep, ...]
    lots: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Settled:
    """All candidates in one order, the winner first, how each tie on the way was broken, and what was put in order."""

    ranking: Ranking
    order: tuple[str, ...]
    breaks: tuple[TieBreak, ...]

    @property
    def winner(self) -> str:
        return self.order[0]


def settled(ranking: Ranking, facts: Mapping[str, Facts], seed: bytes) -> Settled:
    """The ranking with its ties broken, step by step as `TieStep` has them; what all steps leave tied is drawn by lot.

    `seed` is the root of the record's tree when the ranking is made, so that nobody can choose it; a lot is
    SHA-256(seed ‖ id in UTF-8), the lowest first. Raises KeyError for a candidate without facts, ValueError where no
    candidate stands.
    """
    if not ranking.candidates:
        raise ValueError("nobody stands")
    lots = {id: lot(seed, id) for id in ranking.candidates}
    order: list[str] = []
    breaks: list[TieBreak] = []
    for group in ranking.order:
        keys = {id: (*_asked(facts[id]), lots[id]) for id in group}
        ordered = tuple(sorted(group, key=keys.__getitem__))
        order += ordered
        if len(group) > 1:
            steps = tuple(_step(keys[above], keys[below]) for above, below in pairwise(ordered))
            drawn = {id for at, step in enumerate(steps) if step is TieStep.LOT for id in ordered[at : at + 2]}
            breaks.append(TieBreak(ordered, steps, tuple((id, lots[id]) for id in ordered if id in drawn)))
    return Settled(ranking, tuple(order), tuple(breaks))


def lot(seed: bytes, id: str) -> str:
    """The lot of a candidate in lower-case hex."""
    return sha256(seed + id.encode()).hexdigest()


def _asked(facts: Facts) -> tuple[int | Fraction, ...]:
    """Smaller is better, in the order of the steps before the lot."""
    return (facts.objections, -facts.lowest, -facts.mean, facts.words, -facts.keeps)


def _step(above: tuple[object, ...], below: tuple[object, ...]) -> TieStep:
    """The first step at which two keys differ."""
    return next(step for step, *both in zip(TieStep, above, below, strict=True) if both[0] != both[1])
