"""Minutes as one HTML page that needs nothing besides: no script, no file, no other host; made to be printed, too.

Why its style is named by its hash: the page then forbids itself everything else, wherever it is opened from.
"""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from html import escape
from importlib import resources

from polylogue.minutes.page import Line, Minutes, Point, Quote, Run, Section, Table, Told, Voice, Words
from polylogue.vocabulary import LanguageTag, Seq

CLASSES = {Voice.NAME: "name", Voice.WORDS: "words", Voice.GONE: "gone"}
NARROW = 3
"""Columns that a telephone has room for; the cells of more stand below one another there."""


@cache
def style() -> str:
    """The style of the page."""
    return resources.files("polylogue.minutes").joinpath("minutes.css").read_text("utf-8")


@cache
def policy() -> str:
    """What the page may load: nothing but its own style."""
    digest = b64encode(sha256(style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@dataclass(frozen=True, slots=True)
class Way:
    """An address that the page leads to besides, in which language its words are, and whether it is this page."""

    address: str
    words: str
    language: LanguageTag
    here: bool = False


def html(minutes: Minutes, ways: Sequence[Way] = ()) -> str:
    """The page; the same minutes give the same bytes. `ways` lead on where a site shows it, and are not printed."""
    return "\n".join(_page(minutes, ways)) + "\n"


def _page(of: Minutes, ways: Sequence[Way]) -> Iterator[str]:
    there = frozenset(of.entries())
    yield "<!doctype html>"
    yield f'<html lang="{_attribute(of.language)}">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_attribute(policy())}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(of.title.text)} · {escape(of.heading)} · {escape(of.label)}</title>"
    yield f"<style>{style()}</style>"
    yield "</head>"
    yield f'<body class="{of.nature.value.lower()}">'
    if ways:
        yield f'<nav class="ways">{" ".join(map(_way, ways))}</nav>'
    yield from _masthead(of, there)
    yield "<main>"
    for place, section in enumerate(of.sections):
        yield from _section(section, there, of.entry)
        if _closes(of.sections, place):
            yield "</section>"
    yield "</main>"
    yield "</body>"
    yield "</html>"


def _way(way: Way) -> str:
    here = ' aria-current="page"' if way.here else ""
    language = f'lang="{_attribute(way.language)}"'
    return f'<a href="{_attribute(way.address)}" {language}{here}>{escape(way.words)}</a>'


def _closes(sections: tuple[Section, ...], place: int) -> bool:
    """Whether a section of level 2, with those of level 3 in it, ends here."""
    return place + 1 == len(sections) or sections[place + 1].level == 2  # noqa: PLR2004 -- a level of headings


def _masthead(of: Minutes, there: frozenset[Seq]) -> Iterator[str]:
    yield "<header>"
    yield f'<p class="nature"><strong>{escape(of.label)}</strong> {escape(of.disclaimer)}</p>'
    if of.warning:
        yield f'<p class="private">{escape(of.warning)}</p>'
    yield f'<h1><span class="kind">{escape(of.heading)}</span> {_run(of.title, there)}</h1>'
    yield "<dl>"
    for name, words in of.facts:
        yield f"<div><dt>{escape(name)}</dt><dd>{_words(words, there)}</dd></div>"
    yield "</dl>"
    yield f'<nav aria-label="{_attribute(of.contents)}"><ol>'
    for section in of.sections:
        yield f'<li class="h{section.level}"><a href="#{section.anchor}">{_plain(section.title)}</a></li>'
    yield "</ol></nav>"
    yield "</header>"


def _section(section: Section, there: frozenset[Seq], entry: str) -> Iterator[str]:
    level = section.level
    if level == 2:  # noqa: PLR2004 -- a level of headings
        yield f'<section aria-labelledby="{section.anchor}">'
    yield f'<h{level} id="{section.anchor}">{_words(section.title, there)}</h{level}>'
    for told in section.intro:
        yield f'<div class="told intro">{_told(told, there)}</div>'
    if section.table:
        yield from _table(section.table, there)
    if section.lines:
        yield '<ol class="entries">'
        for line in section.lines:
            yield from _line(line, there, entry)
        yield "</ol>"


def _line(line: Line, there: frozenset[Seq], entry: str) -> Iterator[str]:
    if line.day:
        yield f'<li class="day">{escape(line.day)}</li>'
    number = f'<span class="of">{escape(entry)} </span>{line.seq}'
    yield f'<li class="entry" id="entry-{line.seq}"><p class="at"><a href="#entry-{line.seq}">{number}</a>'
    yield f'<time datetime="{_attribute(line.at)}">{line.at[11:19]}</time></p>'
    notes = "".join(f' <span class="note">{_words(note, there)}</span>' for note in line.notes)
    yield f'<div class="told">{_told(line.told, there, notes)}</div></li>'


def _told(told: Told, there: frozenset[Seq], notes: str = "") -> str:
    points = "".join(f"<li>{_point(point, there)}</li>" for point in told.points)
    return f"<p>{_words(told.words, there)}{notes}</p>{_quotes(told.quotes, there)}" + (points and f"<ul>{points}</ul>")


def _point(point: Point, there: frozenset[Seq]) -> str:
    return _words(point.words, there) + _quotes(point.quotes, there)


def _quotes(quotes: tuple[Quote, ...], there: frozenset[Seq]) -> str:
    if not quotes:
        return ""
    rows = (f"<div><dt>{escape(each.label)}</dt><dd>{_run(each.words, there)}</dd></div>" for each in quotes)
    return '<dl class="quotes">' + "".join(rows) + "</dl>"


def _table(table: Table, there: frozenset[Seq]) -> Iterator[str]:
    wide = ' class="wide"' if len(table.head) > NARROW else ""
    yield f'<table role="table"{wide}><caption class="unseen">{escape(table.caption)}</caption>'
    head = "".join(f'<th scope="col" role="columnheader">{escape(cell)}</th>' for cell in table.head)
    yield f'<thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">'
    for first, *rest in table.rows:
        cells = "".join(
            f'<td role="cell" data-head="{_attribute(name)}">{_words(cell, there)}</td>'
            for name, cell in zip(table.head[1:], rest, strict=True)
        )
        head = f'<th scope="row" role="rowheader" data-head="{_attribute(table.head[0])}">{_words(first, there)}</th>'
        yield f'<tr role="row">{head}{cells}</tr>'
    yield "</tbody></table>"


def _words(words: Words, there: frozenset[Seq]) -> str:
    return "".join(_run(run, there) for run in words)


def _run(run: Run, there: frozenset[Seq]) -> str:
    text = escape(run.text)
    if run.entry is not None:
        return f'<a href="#entry-{run.entry}">{text}</a>' if run.entry in there else text
    if run.voice is Voice.FORM and run.language is None:
        return text
    kind = f' class="{CLASSES[run.voice]}"' if run.voice in CLASSES else ""
    language = f' lang="{_attribute(run.language)}" dir="auto"' if run.language else ""
    return f"<span{kind}{language}>{text}</span>"


def _plain(words: Words) -> str:
    """Words in a link, which can hold no other."""
    return "".join(_run(Run(run.text, run.voice, run.language), frozenset()) for run in words)


def _attribute(text: str) -> str:
    return escape(text, quote=True)
