"""Records that cannot be folded, as whoever asked for it is told.

Why apart: the command line tells of them, and need not load what folds.
"""

from collections.abc import Sequence


class Unreadable(ValueError):
    """A session whose record cannot be folded; nothing of it was changed."""

    def __init__(self, session: str, seq: object, why: object) -> None:
        super().__init__(f"session {session} cannot be rebuilt, as its entry {seq} cannot be read: {why}")


class NotRebuilt(ValueError):
    """Some sessions could not be rebuilt, and the others were."""

    def __init__(self, faults: Sequence[Unreadable]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = tuple(faults)
