"""A clause of a document as everything that is said of it there, remembered by its content.

Why remembered: a text of two hundred clauses is asked for again after every act, and each act concerns one of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from polylogue.drafting.blocks import blocks_of
from polylogue.drafting.concerns import concerns
from polylogue.drafting.legible import SMALL
from polylogue.drafting.paper import Clause
from polylogue.drafting.resolution import Block, Part
from polylogue.drafting.setting import Form, Place


@dataclass(frozen=True, slots=True)
class Passage:
    """A clause in its document: its blocks in the text, and its part in the annex of what is open, if it has one."""

    blocks: tuple[Block, ...]
    part: Part | None


def passage(clause: Clause, place: Place, form: Form) -> Passage:
    """The passage of a clause; the same clause at the same place in the same form has the same one."""
    return (_many if sum(map(len, _said(clause))) <= SMALL else _few)(clause, place, form)


def forget() -> None:
    """Leave nothing remembered, as when a process starts."""
    for remembered in (_many, _few):
        remembered.cache_clear()


def _said(clause: Clause) -> Iterator[str]:
    """All that was said in a clause and of it."""
    for wording in (clause.present, *clause.alternatives):
        for version in wording.versions:
            yield version.text or ""
        for stance in wording.stances:
            for said in (stance.reason, stance.would_be_removed_by):
                if said and said.text:
                    yield said.text


def _made(clause: Clause, place: Place, form: Form) -> Passage:
    return Passage(tuple(blocks_of(clause, place, form)), concerns(clause, place, form))


_many, _few = lru_cache(maxsize=1_024)(_made), lru_cache(maxsize=16)(_made)
