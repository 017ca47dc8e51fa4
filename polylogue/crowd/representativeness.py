"""What a group stands for: statements that its members agree or disagree with, and the others do not.

Why two tests and not one share: a share of two votes is as high as one of two hundred, and a statement that everybody
agrees with is nothing particular of one group.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from polylogue.crowd.votes import Counts, Flags, Floats, Tally

SIGNIFICANT = 1.2816
"""A z value above this is significant: nine in ten of a standard normal variable lie below it."""
SHOWN = 5
_HALF = 0.5


class Side(NamedTuple):
    """Of each statement, for agreeing or for disagreeing; arrays of one shape.

    `share`: (A + 1) / (S + 2), 0 to 1. `share_test`: z of A of S against a half. `ratio`: the share by that of all
    other groups. `ratio_test`: z of A of S against the others' A of S.
    """

    votes: Counts
    share: Floats
    share_test: Floats
    ratio: Floats
    ratio_test: Floats

    @property
    def weight(self) -> Floats:
        """What statements are ranked by: the product of the four."""
        return self.ratio * self.ratio_test * self.share * self.share_test

    @property
    def significant(self) -> Flags:
        return (self.share_test > SIGNIFICANT) & (self.ratio_test > SIGNIFICANT)


@dataclass(frozen=True, slots=True, eq=False)
class Representativeness:
    """`agree` and `disagree`: all figures, G × C. `seen`: votes by the group on the statement, G × C."""

    agree: Side
    disagree: Side
    seen: Counts


class Representative(NamedTuple):
    """One statement of a group's list: its index, the side the group is on, and the figures of that side.

    `best_agree` marks the statement that the group most distinctly agrees with, which is first and may have failed a
    test; `agrees` is how many of the group agree with it, whichever side is shown.
    """

    statement: int
    agree: bool
    best_agree: bool
    agrees: int
    successes: int
    trials: int
    share: float
    share_test: float
    ratio: float
    ratio_test: float


def smoothed(successes: Counts, trials: Counts) -> Floats:
    """(A + 1) / (S + 2): the share expected after A of S, when any share was as likely before the first vote."""
    return np.asarray((successes + 1) / (trials + 2), np.float64)


def share_test(successes: Counts, trials: Counts) -> Floats:
    """Test of a share against a half, with one success added, as z: 2·√(S + 1) · ((A + 1)/(S + 1) − 1/2)."""
    return np.asarray(2 * np.sqrt(trials + 1) * ((successes + 1) / (trials + 1) - _HALF), np.float64)


def difference_test(successes: Counts, trials: Counts, others: Counts, others_trials: Counts) -> Floats:
    """Test of the difference of two shares, pooled, as z, with one added to every count; 0 where all voted so."""
    a, s, b, t = successes + 1, trials + 1, others + 1, others_trials + 1
    pooled = (a + b) / (s + t)
    spread = np.sqrt(pooled * (1 - pooled) * (1 / s + 1 / t))
    # Where all voted alike there is no spread, and nothing to tell apart.
    return np.divide(a / s - b / t, spread, out=np.zeros(pooled.shape), where=pooled < 1)


def side(successes: Counts, trials: Counts) -> Side:
    """All figures of one side from counts G × C; the others of a group are all other groups together."""
    others, others_trials = successes.sum(axis=0) - successes, trials.sum(axis=0) - trials
    share = smoothed(successes, trials)
    return Side(
        successes,
        share,
        share_test(successes, trials),
        share / smoothed(others, others_trials),
        difference_test(successes, trials, others, others_trials),
    )


def representativeness(counts: Tally) -> Representativeness:
    """Figures of every group and statement, from the counts by group, G × C. Source: Small et al. 2021."""
    return Representativeness(side(counts.agree, counts.seen), side(counts.disagree, counts.seen), counts.seen)


def representatives(found: Representativeness, aside: Flags) -> tuple[tuple[Representative, ...], ...]:
    """Each group's list: one to five statements, those it agrees with first.

    A statement is shown on the side with the greater `ratio_test`. Listed are statements significant on either side,
    by descending weight of the side shown, in the order of submission where that is equal. Before them stands the
    best agreement, if there is one (see `best_agreement`). If nothing is listed by then, the statement
    with the greatest `ratio_test` on either side is. Statements set aside are never listed.
    """
    return tuple(_list(found, group, ~aside) for group in range(len(found.seen)))


def _list(found: Representativeness, group: int, eligible: Flags) -> tuple[Representative, ...]:
    agree, disagree = _of_group(found.agree, group), _of_group(found.disagree, group)
    on_agree = agree.ratio_test > disagree.ratio_test
    weight = np.where(on_agree, agree.weight, disagree.weight)
    significant = np.flatnonzero(eligible & (agree.significant | disagree.significant))
    ranked = significant[np.argsort(-weight[significant], kind="stable")].tolist()
    best = best_agreement(agree, disagree, eligible)
    if best is not None:
        ranked = [best, *(each for each in ranked if each != best)]
    if not ranked:
        strength = np.maximum(agree.ratio_test, disagree.ratio_test)
        ranked = np.flatnonzero(eligible)[np.argsort(-strength[eligible], kind="stable")][:1].tolist()
    return tuple(
        Representative(
            each,
            bool(on_agree[each]),
            each == best,
            int(agree.votes[each]),
            int(side_shown.votes[each]),
            int(found.seen[group, each]),
            float(side_shown.share[each]),
            float(side_shown.share_test[each]),
            float(side_shown.ratio[each]),
            float(side_shown.ratio_test[each]),
        )
        for each in sorted(ranked[:SHOWN], key=lambda each: not on_agree[each])
        for side_shown in [agree if on_agree[each] else disagree]
    )


def best_agreement(agree: Side, disagree: Side, eligible: Flags) -> int | None:
    """The statement a group most distinctly agrees with, or None; sides of one group, arrays of length C.

    Statements are gone through in the order of submission. The first that qualifies is held: its share is
    significantly above a half, or it is above a half and above that of the others. A later one takes the place of
    the one held if it has the greater weight, or, when the one held is no more agreed with than elsewhere, the
    greater share · share_test.
    """
    shown = eligible & (agree.votes + disagree.votes > 0)
    qualified = (agree.share_test > SIGNIFICANT) | ((agree.ratio > 1) & (agree.share > _HALF))
    if not (shown & qualified).any():
        return None
    weight, alone = agree.weight, agree.share * agree.share_test
    best = int(np.argmax(shown & qualified))
    for each in np.flatnonzero(shown[best + 1 :]) + best + 1:
        rank = weight if agree.ratio[best] > 1 else alone
        if rank[each] > rank[best]:
            best = int(each)
    return best


def _of_group(all_groups: Side, group: int) -> Side:
    return Side(*(figures[group] for figures in all_groups))
