"""What a seat that has less than ACCEPT for a wording would have otherwise in it: what is to go, and what is to come.

Why only words: what a sentence of reasons means cannot be computed; which words it names can, and whoever reads a
prediction can see them there (docs/drafting.md, prediction).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from polylogue.drafting.distance import plain
from polylogue.drafting.lexicon import lexicon
from polylogue.drafting.tokens import is_word, tokens
from polylogue.vocabulary import SCALE, StanceLevel

KNOWN = 64
"""Texts whose words are remembered: those of a clause, which every seat has spoken of."""

MIDDLE = SCALE[StanceLevel.NEUTRAL]
_QUOTES = (
    "\u201c[]\u201d",
    "\u201e[]\u201c\u201d",
    '"[]"',
    "\u00ab[]\u00bb",
    "\u2018[]\u2019",
    "\u300c[]\u300d",
)
"""Quotation marks that open, and those that close, of English, Russian and Chinese."""
_QUOTED = re.compile(
    "|".join(f"{opens}([^{opens}{closes}]+)[{closes}]" for opens, closes in (each.split("[]") for each in _QUOTES))
    + r"|(?<!\w)'([^']+)'(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Wish:
    """`quoted` are words of the wording that the seat names, in quotation marks, in its reason or in what would remove
    it: then it is these that it minds, else all of them. `asked` are words of what would remove it that the wording
    does not have; where it quotes some of them, those alone.
    """

    quoted: tuple[str, ...] = ()
    asked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, each as often as it is there, and its terms: words, and characters by twos."""

    count: Counter[str]
    terms: frozenset[str]


@lru_cache(maxsize=KNOWN)
def words_of(text: str, language: str) -> Words:
    """The words of a text without white space, marks and capital letters."""
    found = _words(text, language)
    return Words(Counter(found), frozenset(_terms(found)))


def wish(text: str, reason: str | None, condition: str | None, language: str) -> Wish:
    """What is read from the reason that a seat gives against a wording, and from what it says would remove it."""
    own = _words(text, language)
    minded: list[str] = []
    wanted: list[str] = []
    for said, is_condition in ((reason, False), (condition, True)):
        for each in _quotations(said or ""):
            words = _words(each, language)
            if _stands_in(words, own):
                minded += words
            elif is_condition:
                wanted += words
    asked = frozenset(_terms(wanted or _words(condition or "", language))) - frozenset(_terms(own))
    return Wish(tuple(dict.fromkeys(minded)), frozenset(term for term in asked if term not in lexicon().joining))


def figure(level: int, minded: Wish, text: Words, other: Words) -> Fraction:
    """What is expected on another wording of who has a level up to NEUTRAL for a text: 0 to 2.

    The level rises toward NEUTRAL by the share of what is minded that is gone, or by one at most by the share of what
    is asked for that is there, whichever is more.
    """
    count = {word: text.count[word] for word in minded.quoted} if minded.quoted else text.count
    left = other.count.get
    gone = sum([times - stays for word, times in count.items() if (stays := left(word, 0)) < times])
    came = len(minded.asked & other.terms)
    all_minded, all_asked = max(1, sum(count.values())), max(1, len(minded.asked))
    # in parts of both shares: one ratio is made instead of eight
    unit = all_minded * all_asked
    raised = max((MIDDLE - level) * gone * all_asked, came * all_minded)
    return Fraction(min(MIDDLE * unit, level * unit + raised), unit)


@lru_cache(maxsize=KNOWN)
def _words(text: str, language: str) -> tuple[str, ...]:
    return tuple(filter(is_word, plain(text, language)))


def _terms(words: Iterable[str]) -> Iterator[str]:
    """Words, and of scripts without spaces every two characters that stand side by side."""
    listed = list(words)
    if "".join(listed).isascii():
        yield from listed
        return
    for one, other in pairwise([*listed, ""]):
        if not _character(one):
            yield one
        elif other and _character(other):
            yield one + other


def _character(word: str) -> bool:
    """Whether a word is a character of a script without spaces."""
    return len(word) == 1 and word.isalpha() and len(tokens(word * 2, "")) > 1


def _quotations(text: str) -> Iterator[str]:
    for found in _QUOTED.finditer(text):
        yield next(filter(None, found.groups()))


def _stands_in(words: tuple[str, ...], text: tuple[str, ...]) -> bool:
    """Whether words stand side by side in a text."""
    size = len(words)
    return bool(size) and any(text[at : at + size] == words for at in range(len(text) - size + 1))
