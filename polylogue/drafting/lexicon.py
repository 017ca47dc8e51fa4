"""The words that are treated apart, read from their file: joining, negating, binding and numbering ones, and such as a
sentence can do without.

Why lists and no dictionary: what is on no list is simply a word that must stand in a source, in whatever language.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lists of lexicon.toml. `endings` are those by which forms of one word of `shortest` letters may differ."""

    joining: frozenset[str]
    negating: frozenset[str]
    binding: frozenset[str]
    numbering: frozenset[str]
    adjoining: frozenset[str]
    continuing: frozenset[str]
    adverbial: frozenset[str]
    marks: frozenset[str]
    shortest: int
    endings: tuple[frozenset[str], ...]


@cache
def lexicon() -> Lexicon:
    """The lists, read once."""
    found = tomllib.loads(resources.files("polylogue.drafting").joinpath("lexicon.toml").read_text("utf-8"))
    return Lexicon(
        joining=frozenset(found["joining"]),
        negating=frozenset(found["negating"]),
        binding=frozenset(found["binding"]),
        numbering=frozenset(found["numbering"]),
        adjoining=frozenset(found["adjoining"]),
        continuing=frozenset(found["continuing"]),
        adverbial=frozenset(found["adverbial"]),
        marks=frozenset(found["marks"]),
        shortest=found["shortest"],
        endings=tuple(frozenset(each) for each in found["endings"]),
    )


def stems(word: str) -> frozenset[tuple[int, str]]:
    """What two forms of one word have in common: a list of endings, and the word without an ending from it."""
    known = lexicon()
    return frozenset(
        (number, word[: len(word) - len(ending)])
        for number, endings in enumerate(known.endings)
        for ending in endings
        if word.endswith(ending) and len(word) - len(ending) >= known.shortest
    )
