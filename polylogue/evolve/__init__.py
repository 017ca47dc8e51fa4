"""Folding the record: each entry changes the state, and nothing else does.

Why no rule is asked here: an event says what followed from it when it was decided, so that mending a rule rewrites no
history.
"""

from polylogue.evolve.fold import evolve, fold

__all__ = ["evolve", "fold"]
