"""A document as Markdown, in which everybody's words read as they were said.

Why everything is escaped that Markdown could take for its own: a text that is on the table must not be able to make
headings, links or tables of itself.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar
from weakref import WeakKeyDictionary

from polylogue.drafting.resolution import Annex, Block, Paragraph, Part, Resolution, Run, Voice

T = TypeVar("T", Block, Part)

_ANYWHERE = re.compile(r"[\\`*_{}\[\]<>&#|~$^]|(?<=[A-Za-z]):(?=//)|(?<=\bwww)\.", re.IGNORECASE)
_FIRST = re.compile(r"([-+=]|[0-9]{1,9}[.)])")
_SPACES = re.compile(r"[^\S\u00a0\u3000]+")
_TYPED = re.compile(r"[\\\[\]]")
_INDENT = "&emsp;"
"""A level; leading spaces would make code of the line."""
_WRITTEN: WeakKeyDictionary[Block | Part, str] = WeakKeyDictionary()
"""Blocks and parts as they were written: nearly all come again after the next act."""


def markdown(resolution: Resolution) -> str:
    """The document; the same one gives the same bytes."""
    return _joined(_parts(resolution)) + "\n"


def escaped(text: str) -> str:
    """Words as Markdown that shows just these words, on one line; spaces at both ends are left out."""
    inside = _ANYWHERE.sub(lambda found: "\\" + found[0], _SPACES.sub(" ", text).strip())
    return _FIRST.sub(lambda found: f"{found[1][:-1]}\\{found[1][-1]}", inside, count=1) if _starts(inside) else inside


def _starts(text: str) -> bool:
    return _FIRST.match(text) is not None


def _parts(of: Resolution) -> Iterator[str]:
    yield f"> **{escaped(of.label)}** – {escaped(of.disclaimer)}"
    yield "  \n".join(escaped(line) for line in (of.organ, of.session, f"{of.item} · {of.symbol}") if line)
    yield f"# {escaped(of.title)}{_notes(of.title_notes)}"
    yield f"*{escaped(of.status)}*"
    yield escaped(of.empty)
    yield from (_remembered(block, _block) for block in of.blocks)
    for annex in of.annexes:
        yield from _annex(annex)
    for number, note in enumerate(of.footnotes, 1):
        yield f"[^{number}]: {escaped(note)}"


def _block(block: Block) -> Iterator[str]:
    typed = _TYPED if any(run.voice is Voice.MARK for each in block.paragraphs for run in each.runs) else None
    for place, paragraph in enumerate(block.paragraphs):
        number = f"**{block.number}** " if block.number and not place else ""
        notes = _notes(block.notes) if place == len(block.paragraphs) - 1 else ""
        yield _paragraph(paragraph, number, typed) + notes


def _part(part: Part) -> Iterator[str]:
    yield f"### {escaped(part.heading)}"
    yield from (_paragraph(paragraph) for paragraph in part.paragraphs)


def _remembered(of: T, write: Callable[[T], Iterable[str]]) -> str:
    """What is written of this, kept as long as this is remembered itself."""
    written = _WRITTEN.get(of)
    if written is None:
        written = _WRITTEN[of] = _joined(write(of))
    return written


def _joined(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part)


def _paragraph(paragraph: Paragraph, number: str = "", typed: re.Pattern[str] | None = None) -> str:
    label = f"{escaped(paragraph.label)} " if paragraph.label else ""
    runs = "".join(_run(run, typed) for run in paragraph.runs)
    return _INDENT * paragraph.level + number + label + _SPACES.sub(" ", runs).strip()


def _run(run: Run, typed: re.Pattern[str] | None) -> str:
    """A run with a space where it has some at its ends; `typed` finds what has to be told from brackets of the text."""
    before = " " if run.text[:1].isspace() else ""
    behind = " " if run.text[-1:].isspace() and run.text.strip() else ""
    words = typed.sub(r"\\\g<0>", run.text) if typed and run.voice is Voice.WORDS else run.text
    return before + escaped(words) + behind


def _notes(notes: Sequence[int]) -> str:
    return "".join(f"[^{number}]" for number in notes)


def _annex(annex: Annex) -> Iterator[str]:
    yield f"## {escaped(annex.name)}. {escaped(annex.title)}"
    yield from (_remembered(part, _part) for part in annex.parts)
    if annex.head:
        rows = (annex.head, ("---",) * len(annex.head), *annex.rows)
        yield "\n".join(
            "| " + " | ".join(cell if cell == "---" else escaped(cell) for cell in row) + " |" for row in rows
        )
