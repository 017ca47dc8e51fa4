"""Which statement to show next to somebody who votes.

Why not at random: a new statement needs votes before anything is known of it, and after that people's time is best
spent on what is agreed with, is seldom passed, and tells where they stand.
"""

import numpy as np

from polylogue.crowd.votes import Counts, Flags, Floats, Tally

META = 49.0
"""The priority of every statement about the participants themselves."""
_NEW = 8
_NEW_FOR = 5


def priority(counts: Tally, extremity: Floats, meta: Flags) -> Floats:
    """((1 − p) · (1 + E) · a · (1 + 8 · 2^(−S/5)))², of length C, at least 0; 49 for meta statements.

    p = (P + 1)/(S + 2) of passes, a = (A + 1)/(S + 2) of agrees, S votes and E the extremity. `counts`, of length C,
    are those of all groups together, so that only who is in a group is counted. The last factor is 9 for a new
    statement and halves its distance to 1 with every five votes. Source: Polis, comment routing.
    """
    total: Counts = counts.seen
    passed, agreed = (counts.passed + 1) / (total + 2), (counts.agree + 1) / (total + 2)
    new = 1 + _NEW * 2.0 ** (-total / _NEW_FOR)
    return np.where(meta, META, np.square((1 - passed) * (1 + extremity) * agreed * new))
