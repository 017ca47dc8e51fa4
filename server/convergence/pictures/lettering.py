"""Letters in pictures: which fonts, how wide words will be, where lines break.

Why text stays text: it can be searched, read aloud and edited. Why guessed widths: a drawing program takes none of the
fonts in a picture, and another one of these must not run into its neighbours either.
"""

import unicodedata
from collections.abc import Sequence

FONTS = (
    "Inter, 'Noto Sans SC', 'Noto Sans', 'Segoe UI', 'Helvetica Neue', Arial, 'Noto Sans CJK SC', 'PingFang SC', "
    "'Microsoft YaHei', 'Source Han Sans SC', 'DejaVu Sans', sans-serif"
)
"""The first two are in every picture, cut down to its letters; the others are for letters that those do not have, and
for programs that take no font from a picture.
"""
_PAUSES = " ,;:\uff0c\u3001\uff1b"
_LATIN, _OTHER, _WIDE = 0.56, 0.64, 1.0
"""Widths of a letter in parts of its size: of Latin, of Cyrillic and others on average, of Chinese exactly."""
_LAST_LATIN = "\u024f"


def extent(words: str, size: float) -> float:
    """How wide words are, about, in pixels."""
    return size * sum(_width(letter) for letter in words)


def wrapped(words: str, size: float, width: float) -> list[str]:
    """Words in lines of at most a width; Chinese breaks at any letter, others between words."""
    lines = [""]
    for piece in _pieces(words):
        if extent((lines[-1] + piece).strip(), size) > width and lines[-1]:
            lines.append("")
        lines[-1] = (lines[-1] + piece) if lines[-1] else piece.lstrip()
    return [line.strip() for line in lines]


def shortened(words: str, size: float, width: float) -> str:
    """The words, or as many letters as there is room for, and an ellipsis."""
    if extent(words, size) <= width:
        return words
    kept = words
    while kept and extent(f"{kept}…", size) > width:
        kept = kept[:-1]
    return f"{kept.rstrip(_PAUSES)}…"


def widest(words: Sequence[str], size: float) -> float:
    """The width of the widest."""
    return max((extent(each, size) for each in words), default=0.0)


def _pieces(words: str) -> list[str]:
    """What may not be broken further."""
    pieces: list[str] = []
    for letter in words:
        alone = _width(letter) == _WIDE and unicodedata.category(letter)[0] != "P"
        if alone or letter == " " or not pieces:
            pieces.append(letter)
        elif unicodedata.category(letter)[0] == "P" or _width(pieces[-1][-1]) != _WIDE:
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


def _width(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return _WIDE
    return _LATIN if letter <= _LAST_LATIN else _OTHER
