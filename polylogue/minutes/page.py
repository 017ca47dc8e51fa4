"""Minutes as a tree that any format is written from.

Why a tree: what is said, and whose words it is, is then tried once, and Markdown and HTML cannot differ in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from polylogue.vocabulary import Instant, LanguageTag, Nature, Seq


class Voice(StrEnum):
    """Whose a run is: the form's, a NAME, somebody's own WORDS, or what stands for words that are erased (GONE)."""

    FORM = "FORM"
    NAME = "NAME"
    WORDS = "WORDS"
    GONE = "GONE"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text; `language` is null where it is that of the minutes, `entry` the one that it leads to."""

    text: str
    voice: Voice = Voice.FORM
    language: LanguageTag | None = None
    entry: Seq | None = None


Words = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's text, and what it is: "Reason"."""

    label: str
    words: Run


@dataclass(frozen=True, slots=True)
class Point:
    """One thing of several that an entry says."""

    words: Words
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What an entry says: a sentence, texts below it, then points."""

    words: Words
    quotes: tuple[Quote, ...] = ()
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """An entry. `day` is written out where it is another than that of the line before; `notes` are about the entry."""

    seq: Seq
    at: Instant
    day: str
    told: Told
    notes: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of level 2 or 3 with what stands below it; `anchor` is its place in the page."""

    title: Words
    anchor: str
    level: int = 2
    intro: tuple[Told, ...] = ()
    table: Table | None = None
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Minutes:
    """The whole. `label` is the nature of the meeting, `facts` the masthead below the title; `entry` is the word, and
    `colon` the sign, with the space that belongs to it.
    """

    language: LanguageTag
    nature: Nature
    label: str
    disclaimer: str
    warning: str
    heading: str
    title: Run
    facts: tuple[tuple[str, Words], ...]
    sections: tuple[Section, ...]
    contents: str
    entry: str
    colon: str

    def entries(self) -> Iterator[Seq]:
        """The entries that have a line, to which a run may lead."""
        return (line.seq for section in self.sections for line in section.lines)
