"""Clauses as bracketed text, in the way of United Nations drafts: [shall (CHN, RUS)] [should (IND)] [– (PAK)].

Why plain text: it is read on any screen and in any message, and documents set it in type by themselves. Brackets and
backslashes that somebody typed have a backslash before them, so that every other bracket is one of the text's.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from polylogue.drafting.legible import options
from polylogue.drafting.pieces import Bracket, Piece, Plain, Reading

NOTHING = "–"
"""Stands for a reading without words: whoever has it wants none there."""

_TYPED = re.compile(r"[\\\[\]]")

_SHOWN_SPACE = {"\n": "⏎"}


@dataclass(frozen=True, slots=True)
class Voices:
    """Who stands behind the wordings of a clause, by their keys: the label of each, such as "bis", and its backers."""

    labels: Mapping[str, str]
    backers: Mapping[str, tuple[str, ...]]

    def of(self, holders: Iterable[str]) -> tuple[str, ...]:
        """The backers of several wordings, each once, sorted."""
        return tuple(sorted({seat for holder in holders for seat in self.backers.get(holder, ())}))


@dataclass(frozen=True, slots=True)
class Manner:
    """How a language sets brackets: between them, and around and between the names of backers."""

    between: str
    opening: str
    comma: str
    closing: str


WITH_SPACES = Manner(between=" ", opening=" (", comma=", ", closing=")")
WITHOUT = Manner(between="", opening="\uff08", comma="、", closing="\uff09")


def manner(language: str) -> Manner:
    """Chinese and Japanese are set without spaces, with the wide brackets of their own."""
    return WITHOUT if language.partition("-")[0] in {"zh", "ja"} else WITH_SPACES


ERASED = {"en": "[erased, entry {seq}]", "ru": "[стёрто, запись {seq}]", "zh": "[已删除，第{seq}条]"}  # noqa: RUF001
"""Stands for a wording that was erased."""


def erased(number: str, label: str, seq: int, language: str) -> str:
    """What stands for a wording whose words were erased: the entry in which they stood."""
    return _numbered(number, label, ERASED.get(language.partition("-")[0], ERASED["en"]).format(seq=seq))


def escaped(text: str) -> str:
    """The text with a backslash before each bracket and backslash."""
    return _TYPED.sub(r"\\\g<0>", text)


def rendered(number: str, pieces: tuple[Piece, ...], voices: Voices, language: str) -> str:
    """A clause in one paragraph or, where it is bracketed whole, in one for each option, parted by single line ends.

    `number` stands before it, with "bis" and so on before the options after the first; it may be empty.
    """
    if len(pieces) == 1 and isinstance(pieces[0], Bracket):
        found: list[str] = []
        for option in options(pieces[0], language):
            label = voices.labels.get(option.holders[0], "")
            text = inline(option.pieces, voices, language).strip()
            found.append(_numbered(number, label, f"[{_said(text, voices.of(option.holders), language)}]"))
        return "\n".join(found)
    return _numbered(number, "", inline(pieces, voices, language))


def inline(pieces: Iterable[Piece], voices: Voices, language: str) -> str:
    """Pieces in a row. White space at the edge of readings stands outside their bracket."""
    found: list[str] = []
    owed = ""
    for piece in pieces:
        if isinstance(piece, Plain):
            text, after = escaped(piece.text), ""
        else:
            owed = owed or _space(piece, 0)
            text, after = _bracket(piece, voices, language), _space(piece, -1)
        if owed and not (found and found[-1][-1:].isspace()) and not text[:1].isspace():
            found.append(owed)
        owed = after
        found.append(text)
    return "".join(found)


def _space(bracket: Bracket, edge: int) -> str:
    """A space if a reading has white space at this edge and something besides."""
    return " " if any(reading.text.strip() and reading.text[edge].isspace() for reading in bracket.readings) else ""


def _bracket(bracket: Bracket, voices: Voices, language: str) -> str:
    between = manner(language).between
    return between.join(
        f"[{_said(_words(reading), voices.of(reading.holders), language)}]" for reading in bracket.readings
    )


def visible(space: str) -> str:
    """What is printed of a reading without words: its white space as signs, and a dash where it has none."""
    return "".join(_SHOWN_SPACE.get(character, "␣") for character in space) or NOTHING


def _words(reading: Reading) -> str:
    if stripped := reading.text.strip():
        return escaped(stripped)
    return visible(reading.text)


def _said(text: str, backers: tuple[str, ...], language: str) -> str:
    own = manner(language)
    names = own.opening + own.comma.join(backers) + own.closing if backers else ""
    return (text or NOTHING) + names


def _numbered(number: str, label: str, text: str) -> str:
    head = " ".join(part for part in (number, label) if part)
    return f"{head}. {text}".rstrip(" ") if head else text
