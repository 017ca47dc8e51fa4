"""A clause as paragraphs: its words with sub-levels, brackets with who holds what, and the stop that the form asks for.

Why a stop only where there is none: the form ends a recital in a comma and a decision in a semicolon, but who wrote a
full stop meant it, and an adopted text has the stops with which it was adopted.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from polylogue.drafting.pieces import Bracket, Piece, Plain
from polylogue.drafting.render import manner, visible
from polylogue.drafting.resolution import Paragraph, Run, Voice
from polylogue.drafting.sublevels import label_of, levels

Holders = Callable[[Sequence[str]], Sequence[str]]
"""Who holds a reading, from the keys of the wordings that have it: seat codes."""

_LINES = "\u2028", "\u2029"
_CLOSERS = "\"'”’»)]）】」』"  # noqa: RUF001 -- full-width ones
_STOPS = frozenset(".,;:!?…·-–—。，、；：！？．")  # noqa: RUF001 -- full-width stops
_WIDE = {",": "，", ";": "；", ".": "。"}  # noqa: RUF001 -- full-width stops
_UNSPACED = ("zh", "ja")


def plain(text: str, stop: str = "") -> tuple[Paragraph, ...]:
    """Words that are nobody else's, and the stop behind them."""
    return laid_out([Run(text), *stopped(stop)])


def bracketed(pieces: Iterable[Piece], holders: Holders, language: str, stop: str = "") -> tuple[Paragraph, ...]:
    """A merged clause: readings in square brackets, each with those who hold it."""
    return laid_out([*_runs(pieces, holders, language), *stopped(stop)])


def option(
    pieces: Iterable[Piece], held: Sequence[str], holders: Holders, language: str, stop: str = ""
) -> tuple[Paragraph, ...]:
    """A whole wording in a bracket of its own, with brackets in it where wordings that are much alike differ."""
    within = [Run("[", Voice.MARK), *_runs(pieces, holders, language), *_names(held, language), Run("]", Voice.MARK)]
    return laid_out([*within, *stopped(stop)])


def stop_for(texts: Iterable[str], stop: str, language: str) -> str:
    """The stop that wordings need: none where one of them has its own; full-width in Chinese and Japanese."""
    if any(_stops_itself(text) for text in texts):
        return ""
    return _WIDE.get(stop, stop) if language.partition("-")[0] in _UNSPACED else stop


def laid_out(runs: Iterable[Run]) -> tuple[Paragraph, ...]:
    """Runs as paragraphs: one for each line that has words, on the level that its label says."""
    lines = [line for line in _lines(runs) if any(run.text.strip() for run in line)]
    found = [_labelled(line) for line in lines]
    depths = levels(inside for _, inside, _ in found)
    return tuple(Paragraph(runs, depth, label) for (label, _, runs), depth in zip(found, depths, strict=True))


def stopped(stop: str) -> list[Run]:
    return [Run(stop, Voice.STOP)] if stop else []


def _stops_itself(text: str) -> bool:
    words = text.rstrip().rstrip(_CLOSERS).rstrip()
    return not words or words[-1] in _STOPS


def _runs(pieces: Iterable[Piece], holders: Holders, language: str) -> Iterator[Run]:
    """Pieces in a row; white space at the edges of readings stands outside their brackets, once."""
    owed, last = "", " "
    for piece in pieces:
        if isinstance(piece, Plain):
            runs, after = [Run(piece.text)], ""
        else:
            owed = owed or _space(piece, 0)
            runs, after = list(_bracket(piece, holders, language)), _space(piece, -1)
        if owed and not last.isspace() and not runs[0].text[:1].isspace():
            yield Run(owed, Voice.STOP)
        yield from runs
        owed, last = after, runs[-1].text[-1:]


def _bracket(bracket: Bracket, holders: Holders, language: str) -> Iterator[Run]:
    between = manner(language).between
    for place, reading in enumerate(bracket.readings):
        if place and between:
            yield Run(between, Voice.STOP)
        yield Run("[", Voice.MARK)
        text = reading.text.strip()
        yield Run(text) if text else Run(visible(reading.text), Voice.MARK)
        yield from _names(holders(reading.holders), language)
        yield Run("]", Voice.MARK)


def _names(held: Sequence[str], language: str) -> list[Run]:
    own = manner(language)
    return [Run(own.opening + own.comma.join(held) + own.closing, Voice.NOTE)] if held else []


def _space(bracket: Bracket, edge: int) -> str:
    """A space, if a reading has white space at this edge and something besides."""
    return " " if any(reading.text.strip() and reading.text[edge].isspace() for reading in bracket.readings) else ""


def _lines(runs: Iterable[Run]) -> Iterator[list[Run]]:
    line: list[Run] = []
    for run in runs:
        first, *others = _unified(run.text).split("\n") if run.voice is Voice.WORDS else [run.text]
        line.append(Run(first, run.voice))
        for other in others:
            yield line
            line = [Run(other, run.voice)]
    yield line


def _unified(text: str) -> str:
    for separator in _LINES:
        text = text.replace(separator, "\n")
    return text


def _labelled(line: Sequence[Run]) -> tuple[str, str | None, tuple[Run, ...]]:
    """The label of a line as written, what is in it, and the runs behind it."""
    runs = [run for run in line if run.text]
    if runs and runs[0].voice is Voice.WORDS and (label := label_of(_ahead(runs))):
        written, inside, _ = label
        behind = runs[0].text.lstrip()[len(written) :].lstrip()
        return written, inside, tuple(run for run in (Run(behind), *runs[1:]) if run.text)
    return "", None, tuple(runs)


def _ahead(runs: Sequence[Run]) -> str:
    """The words with which a line begins; a bracket behind a label is words enough."""
    return runs[0].text + ("…" if len(runs) > 1 else "")
