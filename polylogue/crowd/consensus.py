"""What all agree on: by group, so that a large one cannot outvote a small one, and among everybody.

Why both: the first ranks every statement and needs the groups; the second lists few, each tested, and does not.
"""

from typing import NamedTuple

import numpy as np

from polylogue.crowd.representativeness import SHOWN, SIGNIFICANT, share_test, smoothed
from polylogue.crowd.votes import Counts, Flags, Floats, Tally


class Common(NamedTuple):
    """One statement of a consensus list: its index, A of S votes, (A + 1)/(S + 2), and z of A of S against a half."""

    statement: int
    successes: int
    trials: int
    share: float
    share_test: float


class Consensus(NamedTuple):
    """What everybody agrees with, and what everybody disagrees with: at most five statements each."""

    agree: tuple[Common, ...]
    disagree: tuple[Common, ...]


def group_aware(counts: Tally) -> Floats:
    """Π over groups of (A + 1)/(S + 2), of length C, 0 to 1, from the counts by group, G × C; 1 without groups.

    One group that disagrees pulls the product down whatever its size. More groups make it smaller: it compares
    statements of one consultation, not consultations. Source: Small et al. 2021.
    """
    return np.asarray(smoothed(counts.agree, counts.seen).prod(axis=0), np.float64)


def consensus(everybody: Tally, aside: Flags) -> Consensus:
    """Statements on which a majority is significant among all who voted, counted or not; counts of length C.

    The five with the greatest share · share_test on either side, in the order of submission where that is equal.
    Statements set aside are never listed.
    """
    return Consensus(_list(everybody.agree, everybody.seen, ~aside), _list(everybody.disagree, everybody.seen, ~aside))


def _list(successes: Counts, trials: Counts, eligible: Flags) -> tuple[Common, ...]:
    share, test = smoothed(successes, trials), share_test(successes, trials)
    found = np.flatnonzero(eligible & (test > SIGNIFICANT))
    ranked = found[np.argsort(-(share * test)[found], kind="stable")][:SHOWN].tolist()
    return tuple(
        Common(each, int(successes[each]), int(trials[each]), float(share[each]), float(test[each])) for each in ranked
    )
