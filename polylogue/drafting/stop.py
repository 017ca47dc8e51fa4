"""When rounds of drafting end.

Why by rule: a chair who could go on until the answer is liked would be choosing it.
"""

from collections.abc import Hashable, Sequence

from polylogue.vocabulary import DraftStop

UNCHANGED = 2
"""Rounds through which the winner must stay the same."""


def stop(objections: int, winners: Sequence[Hashable]) -> DraftStop | None:
    """Why no further round is needed, if so: the newest winner leaves no objection, or it is the winner of the two
    rounds before as well, so that two rounds of critique have not changed it.

    `winners` are what the winning texts say (`Candidate.wordings`), the oldest first; `objections` are the newest's.
    """
    if not objections:
        return DraftStop.NO_OBJECTION
    newest = winners[-1 - UNCHANGED :]
    return DraftStop.WINNER_UNCHANGED if len(newest) > UNCHANGED and len(set(newest)) == 1 else None
