"""A clause as it is shown, remembered by its content: pieces by wordings and decided brackets, text by backers too.

Why remembered: a text of two hundred clauses is shown again after every act, and each act concerns one of them.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TypeVar

from polylogue.drafting.brackets import PRESENT, arranged
from polylogue.drafting.extent import Extent, extent
from polylogue.drafting.legible import SMALL, legible
from polylogue.drafting.pieces import Piece
from polylogue.drafting.render import Voices, rendered
from polylogue.events import Region

Pairs = tuple[tuple[str, str], ...]
T = TypeVar("T")


def pieces_of(wordings: Mapping[str, str], language: str, kept: tuple[Region, ...] = ()) -> tuple[Piece, ...]:
    """The pieces of a clause, with the brackets that were decided where it has a present text."""
    return _of_size(wordings, _pieces, _few_pieces)(tuple(sorted(wordings.items())), language, kept)


def printed(
    number: str, wordings: Mapping[str, str], voices: Voices, language: str, kept: tuple[Region, ...] = ()
) -> str:
    """The clause in words, as `polylogue.drafting.render.rendered` has it."""
    backers = tuple(sorted(voices.backers.items()))
    labels = tuple(sorted(voices.labels.items()))
    content = tuple(sorted(wordings.items()))
    return _of_size(wordings, _text, _few_texts)(number, content, labels, backers, language, kept)


def extent_of(wordings: Mapping[str, str], language: str, kept: tuple[Region, ...] = ()) -> Extent:
    """How much of a clause is in brackets."""
    return _of_size(wordings, _extents, _few_extents)(tuple(sorted(wordings.items())), language, kept)


def forget() -> None:
    """Leave nothing remembered, as when a process starts."""
    for remembered in (_pieces, _few_pieces, _text, _few_texts, _extents, _few_extents):
        remembered.cache_clear()


def _of_size(wordings: Mapping[str, str], many: Callable[..., T], few: Callable[..., T]) -> Callable[..., T]:
    return many if sum(map(len, wordings.values())) <= SMALL else few


def _made(content: Pairs, language: str, kept: tuple[Region, ...]) -> tuple[Piece, ...]:
    wordings = dict(content)
    return arranged(wordings, language, kept) if kept and PRESENT in wordings else legible(wordings, language)


def _told(
    number: str,
    content: Pairs,
    labels: Pairs,
    backers: tuple[tuple[str, tuple[str, ...]], ...],
    language: str,
    kept: tuple[Region, ...],
) -> str:
    pieces = pieces_of(dict(content), language, kept)
    return rendered(number, pieces, Voices(dict(labels), dict(backers)), language)


def _measured(content: Pairs, language: str, kept: tuple[Region, ...]) -> Extent:
    return extent([pieces_of(dict(content), language, kept)], language)


_pieces, _few_pieces = lru_cache(maxsize=512)(_made), lru_cache(maxsize=16)(_made)
_text, _few_texts = lru_cache(maxsize=512)(_told), lru_cache(maxsize=16)(_told)
_extents, _few_extents = lru_cache(maxsize=512)(_measured), lru_cache(maxsize=16)(_measured)
