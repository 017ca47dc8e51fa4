"""Provenance: which sources each sentence of a wording rests on, and what in it rests on none.

Why so literal: whether a text says what somebody meant cannot be computed; whether its words stand in what they put
forward can, and then nobody is made to say what they have not said (docs/drafting.md, writers and provenance).
"""

import unicodedata
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Generic, TypeVar

from polylogue.drafting.lexicon import lexicon, stems
from polylogue.drafting.tokens import sentences, tokens

BOUND = Fraction(3, 4)
"""The share of a sentence's neighbours that must stand beside each other in a source."""

K = TypeVar("K", bound=Hashable)
C = TypeVar("C", bound=Hashable)
_SIGNS = frozenset("%‰°№")
_Pair = tuple[str, str]


class Fault(StrEnum):
    """Why a sentence has no support.

    NUMBER, NAME, NEGATION, BINDING: such a word that no source has there. WORD: a word, or a mark that is no common
    punctuation, that no source has at all. ORDER: words of the sources that are put together as in none of them.
    """

    NUMBER = "NUMBER"
    NAME = "NAME"
    NEGATION = "NEGATION"
    BINDING = "BINDING"
    WORD = "WORD"
    ORDER = "ORDER"


@dataclass(frozen=True, slots=True)
class Sentence(Generic[K]):
    """A sentence of a wording as it stands there, with the keys of the sources that it rests on, the one that gives
    most first; it has support if it has no faults. `words` are those at fault, by fault, without capital letters.
    """

    text: str
    sources: tuple[K, ...]
    faults: tuple[tuple[Fault, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Unsupported(Generic[C]):
    """A sentence without support in a clause, and one reason."""

    clause: C
    sentence: str
    fault: Fault
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Objection(Generic[K]):
    """An OBJECT in force: by whom, on which words, and which wordings of the same clause its seat backs instead."""

    seat: K
    text: str
    backed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Objected(Generic[K]):
    """A sentence that keeps words on which these seats' objections stand."""

    sentence: str
    seats: tuple[K, ...]


@dataclass(frozen=True, slots=True)
class _Unit:
    """A word, number or sign, or one Chinese character. `word` is its plain form; `named` if written as a name is."""

    word: str
    named: bool
    character: bool


class Sources(Generic[K]):
    """Texts that a wording may rest on, made ready for any number of questions; their order breaks ties.

    Masks have a bit for each source that holds a thing, the first source's the lowest.
    """

    def __init__(self, texts: Mapping[K, str], language: str) -> None:
        self.keys = tuple(texts)
        self.words: dict[str, int] = {}
        self.names: set[str] = set()
        self.runs: dict[tuple[str, ...], int] = {}
        self.near: set[_Pair] = set()
        self.apart: set[_Pair] = set()
        self.free: set[_Pair] = set()
        self.negated: set[_Pair] = set()
        self.marks = lexicon().marks.union(*texts.values())
        for place, text in enumerate(texts.values()):
            for sentence in sentences(text, language):
                self._take(_units(sentence, language), 1 << place)

    def _take(self, units: list[_Unit], bit: int) -> None:
        words = [unit.word for unit in units]
        for word in words:
            self.words[word] = self.words.get(word, 0) | bit
        self.names.update(unit.word for unit in units if unit.named)
        for length in (2, 3):
            for run in zip(*(words[i:] for i in range(length)), strict=False):
                self.runs[run] = self.runs.get(run, 0) | bit
        content, negating = _content(units), lexicon().negating
        self.near.update(pairwise(content))
        for i, word in enumerate(content):
            after = next((j for j in range(i + 1, len(content)) if content[j] not in negating), None)
            if after is not None and after > i + 1:
                self.apart.add((word, content[after]))
        for what, negated in _said(units):
            (self.negated if negated else self.free).add(what)

    def knows(self, word: str) -> bool:
        """Whether a source has the word or another form of it."""
        return word in self.words or not self._stems.isdisjoint(stems(word))

    @cached_property
    def _stems(self) -> frozenset[tuple[int, str]]:
        """Of all words; made when one is asked for that no source has as it is."""
        return frozenset(stem for word in self.words for stem in stems(word))


def support(text: str, sources: Sources[K], language: str) -> tuple[Sentence[K], ...]:
    """The sentences of a wording, whose texts joined are the wording, each with its sources and its faults.

    A sentence of n units (words; characters in Chinese) has support when
    - at least BOUND of its n - 1 pairs of neighbours are *bound*: they stand so in one sentence of a source, a pair of
      characters together with a third beside it;
    - each word stands in a source, or another form of it does by the endings of lexicon.toml, and each character is
      bound to a neighbour; words that only join others are free;
    - each number and negation is bound to what follows it (at the end: to what precedes it), each name and each word
      that says how binding a clause is, to a neighbour;
    - nothing is said that the sources say only with a negation: no two neighbours that a negation keeps apart in all of
      them, no word that in all of them one stands before (words that join or bind aside).
    A sentence equal to one of a source has support; one without words claims nothing.
    """
    return tuple(_supported(sentence, sources, language) for sentence in sentences(text, language))


def unsupported(clause: C, text: str, sources: Sources[K], language: str) -> tuple[Unsupported[C], ...]:
    """Every fault of every sentence of a clause's wording that has no support; `clause` is handed on."""
    return tuple(
        Unsupported(clause, sentence.text.strip(), fault, words)
        for sentence in support(text, sources, language)
        for fault, words in sentence.faults
    )


def altered(agreed: Mapping[K, str], returned: Mapping[K, str]) -> tuple[K, ...]:
    """The agreed clauses that have not come back word for word, to the last character, in their order."""
    return tuple(clause for clause, text in agreed.items() if returned.get(clause) != text)


def objected(text: str, objections: Iterable[Objection[K]], language: str) -> tuple[Objected[K], ...]:
    """The sentences that keep words on which an objection stands.

    A sentence keeps a sentence of the wording objected to when both have the same words in the same order, those that
    only join others aside; it is not objected to where a wording that the seat itself backs has that sentence too.
    """
    standing = [(each.seat, _essences(each.text, language) - _backed(each, language)) for each in objections]
    found = ((sentence, _essence(sentence, language)) for sentence in sentences(text, language))
    by = ((sentence, dict.fromkeys(seat for seat, kept in standing if words in kept)) for sentence, words in found)
    return tuple(Objected(sentence.strip(), tuple(seats)) for sentence, seats in by if seats)


def keeps(text: str, objection: Objection[K], language: str) -> bool:
    """Whether a wording keeps every sentence on which the objection stands, as `objected` has it; False if none is."""
    standing = _essences(objection.text, language) - _backed(objection, language)
    return bool(standing) and standing <= _essences(text, language)


def _backed(objection: Objection[K], language: str) -> frozenset[tuple[str, ...]]:
    return frozenset(words for text in objection.backed for words in _essences(text, language))


def _essences(text: str, language: str) -> frozenset[tuple[str, ...]]:
    return frozenset(_essence(sentence, language) for sentence in sentences(text, language)) - {()}


def _essence(sentence: str, language: str) -> tuple[str, ...]:
    return tuple(_content(_units(sentence, language))[1:])


# ── one sentence ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _supported(sentence: str, sources: Sources[K], language: str) -> Sentence[K]:
    units = _units(sentence, language)
    bonds = [_bond(units, i, sources) for i in range(len(units) - 1)]
    beside = [(bonds[i - 1] if i else 0) | (bonds[i] if i < len(bonds) else 0) for i in range(len(units))]
    faults: dict[Fault, list[str]] = {}
    if strange := sorted(mark for mark in set(sentence) - sources.marks if not mark.isalnum()):
        faults[Fault.WORD] = strange
    for i, unit in enumerate(units):
        after = bonds[min(i, len(bonds) - 1)] if bonds else sources.words.get(unit.word, 0)
        if fault := _fault(unit, sources, after, beside[i] if bonds else after):
            faults.setdefault(fault, []).append(unit.word)
    for pair in _torn(units, sources):
        faults.setdefault(Fault.NEGATION, []).append(" ".join(pair).strip())
    if sum(map(bool, bonds)) < BOUND * len(bonds):
        faults[Fault.ORDER] = [units[i].word for i, bond in enumerate(bonds, 1) if not bond]
    named = tuple((fault, tuple(faults[fault])) for fault in Fault if fault in faults)
    return Sentence(sentence, _cover(units, beside, sources), named)


def _fault(unit: _Unit, sources: Sources[K], after: int, beside: int) -> Fault | None:
    """What is wrong with a word, given which sources have it so before the next one, and so beside any."""
    known, word = lexicon(), unit.word
    if word in known.numbering or any(character.isnumeric() for character in word):
        return None if after else Fault.NUMBER
    if word in known.negating:
        return None if after else Fault.NEGATION
    if word in known.binding:
        return None if beside else Fault.BINDING
    if unit.named or word in sources.names:
        return None if beside else Fault.NAME
    if word in known.joining:
        return None
    return None if (beside if unit.character else sources.knows(word)) else Fault.WORD


def _bond(units: list[_Unit], i: int, sources: Sources[K]) -> int:
    """The sources in which a unit stands before the next one; two characters need a third beside them."""
    words = tuple(unit.word for unit in units[max(0, i - 1) : i + 3])
    start = min(i, 1)
    if len(units) > 2 and units[i].character and units[i + 1].character:  # noqa: PLR2004 -- a third one
        runs = (words[at : at + 3] for at in (start - 1, start) if at >= 0 and at + 3 <= len(words))
        found = 0
        for run in runs:
            found |= sources.runs.get(run, 0)
        return found
    return sources.runs.get(words[start : start + 2], 0)


def _torn(units: list[_Unit], sources: Sources[K]) -> list[_Pair]:
    """What the sources say only with a negation: neighbours, or a beginning, and what no source says without one."""
    pairs = [pair for pair in pairwise(_content(units)) if pair in sources.apart and pair not in sources.near]
    said = [what for what, negated in _said(units) if not negated and what in sources.negated - sources.free]
    return pairs + said


def _cover(units: list[_Unit], beside: list[int], sources: Sources[K]) -> tuple[K, ...]:
    """The fewest sources, nearly, that have all of a sentence that any has: always the one next that adds most."""
    each = (mask or sources.words.get(unit.word, 0) for unit, mask in zip(units, beside, strict=True))
    left: list[int] = [mask for mask in each if mask]
    chosen: list[K] = []
    while left:
        counts = Counter(left)
        adds = [sum(n for mask, n in counts.items() if mask >> at & 1) for at in range(len(sources.keys))]
        best = adds.index(max(adds))
        chosen.append(sources.keys[best])
        left = [mask for mask in left if not mask >> best & 1]
    return tuple(chosen)


# ── units ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _content(units: list[_Unit]) -> list[str]:
    """The words that do not only join others, behind an empty one that stands for the sentence's beginning."""
    joining = lexicon().joining
    return ["", *(unit.word for unit in units if unit.word not in joining)]


def _said(units: list[_Unit]) -> list[tuple[_Pair, bool]]:
    """Each word that says something, a character with the one after it, and whether a negation stands just before."""
    known, found, negated = lexicon(), list[tuple[_Pair, bool]](), False
    for i, unit in enumerate(units):
        if unit.word in known.negating:
            negated = True
        elif unit.word not in known.joining and unit.word not in known.binding:
            after = units[i + 1].word if unit.character and i + 1 < len(units) else ""
            found.append(((unit.word, after), negated))
            negated = False
    return found


def _units(sentence: str, language: str) -> list[_Unit]:
    found: list[_Unit] = []
    for token in tokens(sentence, language):
        if unit := _unit(token.strip(), first=not found):
            found.append(unit)
    return found


@lru_cache(maxsize=65_536)
def _unit(written: str, *, first: bool) -> _Unit | None:
    """What a token is, the first of a sentence or another; nothing where it only marks."""
    word = unicodedata.normalize("NFKC", written).casefold().replace("\u0451", "\u0435")
    if any(map(str.isalnum, word)) or word in _SIGNS or (word and unicodedata.category(word[0]) == "Sc"):
        return _Unit(word, _named(written, first=first), _character(word))
    return None


def _named(written: str, *, first: bool) -> bool:
    """Whether a word is written as a name: a capital letter where no sentence begins, or two anywhere."""
    capitals = sum(map(str.isupper, written))
    return capitals > 1 or (capitals == 1 and not first)


def _character(word: str) -> bool:
    """Whether a word is a character of a script without spaces, where two in a row are two tokens."""
    return word[0].isalpha() and len(tokens(word * 2, "")) > 1
