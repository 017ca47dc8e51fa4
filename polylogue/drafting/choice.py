"""Schulze's method: which of several texts those who ranked them prefer, pair by pair, and how ties are broken.

Why this method: it elects what wins every pairwise comparison where there is such a text, no ballot is hurt by ranking
more, and its answer is exact counting, so anybody can do it again (docs/drafting.md, choice).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from polylogue.vocabulary import TieStep

Groups = tuple[tuple[str, ...], ...]
"""Candidates in order, best first; those of one group are tied."""

_Table = NDArray[Any]  # whole numbers: of 64 bits, or Python's own where they are larger
_FITS = 2**62
"""Counts below this are added in machine words; above, in numbers of any size."""
_AT_ONCE = 2_048
"""Ballots compared at once, so that a million need no more memory than these."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """A ranking, and how many cast it. Candidates that it does not name stand below all that it names, tied."""

    groups: Groups
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
    inside groups. Raises ValueError for a candidate that stands there twice, on a ballot that names one twice or one
    that does not stand, and for a negative count.

    Source: Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner
    election method" (Social Choice and Welfare 36, 2011); order and strengths are his O and P_D for winning votes.
    """
    place = {candidate: at for at, candidate in enumerate(candidates)}
    if len(place) != len(candidates):
        raise ValueError("a candidate stands there twice")
    ranks, counts = _ranks(place, ballots)
    preferred = _preferred(ranks, counts, len(candidates))
    links = np.where(preferred > preferred.T, preferred, 0)
    strengths = _strongest(links)
    return Ranking(
        candidates=tuple(candidates),
        preferred=tuple(map(tuple, preferred.tolist())),
        strengths=tuple(map(tuple, strengths.tolist())),
        order=_layers(candidates, strengths > strengths.T),
    )


def _ranks(place: Mapping[str, int], ballots: Iterable[Ballot]) -> tuple[list[list[int]], list[int]]:
    """For each ballot the number of the group in which each candidate stands, and how many cast it."""
    below = len(place)
    ranks: list[list[int]] = []
    counts: list[int] = []
    for ballot in ballots:
        if ballot.count < 0:
            raise ValueError(f"{ballot.count} cannot have cast a ballot")
        row = [below] * below
        for rank, group in enumerate(filter(None, ballot.groups)):
            for candidate in group:
                at = place.get(candidate)
                if at is None:
                    raise ValueError(f"{candidate!r} does not stand")
                if row[at] != below:
                    raise ValueError(f"a ballot names {candidate!r} twice")
                row[at] = rank
        ranks.append(row)
        counts.append(ballot.count)
    return ranks, counts


def _preferred(ranks: list[list[int]], counts: list[int], size: int) -> _Table:
    """How many ballots put the row's candidate above the column's."""
    exact = np.int64 if sum(counts) < _FITS else np.object_
    total: _Table = np.zeros(size * size, exact)
    for start in range(0, len(ranks), _AT_ONCE):
        part = np.array(ranks[start : start + _AT_ONCE], np.int32)
        above = part[:, :, None] < part[:, None, :]
        total += np.array(counts[start : start + _AT_ONCE], exact) @ above.reshape(len(part), -1).astype(exact)
    return total.reshape(size, size)


def _strongest(links: _Table) -> _Table:
    """The strength of the strongest path for each pair: Floyd and Warshall's algorithm on (max, min)."""
    found = links.copy()
    for via in range(len(found)):
        np.maximum(found, np.minimum(found[:, via, None], found[via]), out=found)
    np.fill_diagonal(found, 0)
    return found


def _layers(candidates: Sequence[str], beats: NDArray[np.bool_]) -> Groups:
    """All that nobody beats, then all that nobody beats among the rest, and so on."""
    groups: list[tuple[str, ...]] = []
    rest = np.ones(len(candidates), np.bool_)
    while rest.any():
        first = rest & ~beats[rest].any(0)
        groups.append(tuple(candidates[at] for at in np.flatnonzero(first).tolist()))
        rest &= ~first
    return tuple(groups)


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
    """All candidates in one order, the winner first, and how each tie on the way was broken."""

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
    return Settled(tuple(order), tuple(breaks))


def lot(seed: bytes, id: str) -> str:
    """The lot of a candidate in lower-case hex."""
    return sha256(seed + id.encode()).hexdigest()


def _asked(facts: Facts) -> tuple[int | Fraction, ...]:
    """Smaller is better, in the order of the steps before the lot."""
    return (facts.objections, -facts.lowest, -facts.mean, facts.words, -facts.keeps)


def _step(above: tuple[object, ...], below: tuple[object, ...]) -> TieStep:
    """The first step at which two keys differ."""
    return next(step for step, *both in zip(TieStep, above, below, strict=True) if both[0] != both[1])
