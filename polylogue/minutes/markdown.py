"""Minutes as Markdown, in which everybody's words read as they were said.

Why each entry is a paragraph with its number in bold: a number that is looked for is then found by any search. A colon
stands behind what is bold and not in it: where no space follows it, as in Chinese, the sign would not end.
"""

from collections.abc import Iterator

from polylogue.drafting.markdown import escaped
from polylogue.minutes.page import Line, Minutes, Quote, Section, Table, Told, Voice, Words


def markdown(minutes: Minutes) -> str:
    """The minutes; the same ones give the same bytes."""
    return "\n\n".join(_parts(minutes)) + "\n"


def _parts(of: Minutes) -> Iterator[str]:
    yield f"> **{escaped(of.label)}** – {escaped(of.disclaimer)}"
    if of.warning:
        yield f"> **{escaped(of.warning)}**"
    yield f"# {escaped(of.heading)} · {_flat(of.title.text)}"
    yield "  \n".join(f"**{escaped(name)}**{of.colon}{_words(words)}" for name, words in of.facts)
    for section in of.sections:
        yield from _section(section, of.colon)


def _section(section: Section, colon: str) -> Iterator[str]:
    yield f"{'#' * section.level} {_words(section.title)}"
    for told in section.intro:
        yield _words(told.words)
        yield from _below(told, colon)
    if section.table:
        yield _table(section.table)
    for line in section.lines:
        yield from _line(line, colon)


def _line(line: Line, colon: str) -> Iterator[str]:
    time = f"{escaped(line.day)}, {line.at[11:19]}" if line.day else line.at[11:19]
    notes = "".join(f" *{_words(note)}*" for note in line.notes)
    yield f"**{line.seq}** · {time} · {_words(line.told.words)}{notes}"
    yield from _below(line.told, colon)


def _below(told: Told, colon: str) -> Iterator[str]:
    yield from (_quote(each, colon) for each in told.quotes)
    for point in told.points:
        yield "– " + _words(point.words)
        yield from (_quote(each, colon) for each in point.quotes)


def _quote(quote: Quote, colon: str) -> str:
    lines = [escaped(line) for line in quote.words.text.splitlines() if line.strip()] or [""]
    words = "  \n> ".join(lines)
    return f"> *{escaped(quote.label)}*{colon}{words if quote.words.voice is not Voice.GONE else f'*{words}*'}"


def _table(table: Table) -> str:
    rows = (" | ".join(map(_words, row)) for row in table.rows)
    return "\n".join(f"| {row} |" for row in (" | ".join(map(escaped, table.head)), _rule(table), *rows))


def _rule(table: Table) -> str:
    return " | ".join("---" for _ in table.head)


def _words(words: Words) -> str:
    """Runs as one line; names are bold."""
    text = "".join(f"\0{place}\0" if run.voice is Voice.NAME else run.text for place, run in enumerate(words))
    escaped_text = _flat(text)
    for place, run in enumerate(words):
        if run.voice is Voice.NAME:
            escaped_text = escaped_text.replace(f"\0{place}\0", f"**{_flat(run.text)}**")
    return escaped_text


def _flat(text: str) -> str:
    return escaped(" ".join(text.split()))
