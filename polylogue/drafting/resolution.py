"""The document of an item's text in the form of a United Nations resolution, as a tree that any format is written from.

Why a tree: what stands on the page, and in which order, is then tried once, and Markdown and PDF cannot differ in it.
Nobody's words are altered. What the form adds (numbers, brackets, who holds what, stops) stands in runs of its own.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from polylogue.vocabulary import Instant, LanguageTag, Nature


class Voice(StrEnum):
    """Whose a run is: somebody's own WORDS, or the form's: a MARK, a NOTE beside the words, a STOP behind them."""

    WORDS = "WORDS"
    MARK = "MARK"
    NOTE = "NOTE"
    STOP = "STOP"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one voice."""

    text: str
    voice: Voice = Voice.WORDS


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line with its label, such as "(a)", on its level: 0 is the clause itself."""

    runs: tuple[Run, ...]
    level: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Block:
    """A clause, or one of its wordings: `number` is "1." or "1 bis." or empty; `notes` are numbers of footnotes.

    `place` is how the rest of the document calls it. `hashed` is the hash, taken once: who keeps something by a block
    would look at all its runs every time.
    """

    number: str
    language: LanguageTag
    paragraphs: tuple[Paragraph, ...]
    notes: tuple[int, ...] = ()
    place: str = ""
    hashed: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "hashed", hash((self.number, self.language, self.paragraphs, self.notes, self.place)))

    def __hash__(self) -> int:
        return self.hashed


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Part:
    """A piece of an annex: a heading, and paragraphs below it. `hashed` as in a block."""

    heading: str
    paragraphs: tuple[Paragraph, ...]
    language: LanguageTag
    hashed: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "hashed", hash((self.heading, self.paragraphs, self.language)))

    def __hash__(self) -> int:
        return self.hashed


@dataclass(frozen=True, slots=True)
class Annex:
    """What follows the text: parts, or a table with `head` and `rows`."""

    title: str
    name: str
    parts: tuple[Part, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """A whole document. `label` is the nature of the meeting, which every page names; `symbol` is what the document is
    called; `at` is when it was made or adopted; `footnotes` are numbered from 1.
    """

    language: LanguageTag
    nature: Nature
    label: str
    disclaimer: str
    organ: str
    session: str
    item: str
    symbol: str
    status: str
    title: str
    title_notes: tuple[int, ...]
    at: Instant
    blocks: tuple[Block, ...]
    empty: str
    footnotes: tuple[str, ...]
    annexes: tuple[Annex, ...]


def words(resolution: Resolution) -> Iterator[tuple[str, str]]:
    """Every text of a document, each with the place at which it stands, empty for the masthead."""
    of = resolution
    heads = (of.title, of.session, of.organ, of.item, of.symbol, of.status, of.label, of.disclaimer, of.empty)
    yield from ((head, "") for head in heads)
    for block in resolution.blocks:
        yield from ((text, block.place or block.number) for text in _texts(block.paragraphs))
    yield from ((note, note) for note in resolution.footnotes)
    for annex in resolution.annexes:
        for part in annex.parts:
            yield part.heading, part.heading
            yield from ((text, f"{annex.name}, {part.heading}") for text in _texts(part.paragraphs))
        yield from ((cell, annex.name) for cell in (annex.name, annex.title))
        yield from ((cell, annex.name) for row in (annex.head, *annex.rows) for cell in row)


def _texts(paragraphs: Iterable[Paragraph]) -> Iterator[str]:
    for paragraph in paragraphs:
        yield paragraph.label
        yield from (run.text for run in paragraph.runs)
