"""Fonts of typeset documents: those of a directory, else the system's; and which of them is for Chinese.

Why a list of names for Chinese only: the serif that comes with the typesetter has Latin, Cyrillic and Greek, and for
any other script it takes what it finds; but which of several Chinese fonts draws a quotation mark should not be chance.
"""

from collections.abc import Collection, Sequence
from pathlib import Path

from typst import Fonts

SERIF = "Libertinus Serif"
"""Comes with the typesetter."""

_CHINESE = (
    *("Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "Noto Sans CJK SC", "Source Han Sans SC"),
    *("Noto Sans SC", "Songti SC", "STSong", "SimSun", "PingFang SC", "Microsoft YaHei", "WenQuanYi Zen Hei"),
)
"""Families for simplified Chinese, the likest to the serif first."""


def families(directory: Path | None) -> Collection[str]:
    """The families there are in a directory (null: on this system), with those of the typesetter."""
    paths = [directory] if directory else []
    return frozenset(Fonts(include_system_fonts=directory is None, font_paths=paths).families())


def chosen(language: str, there: Collection[str]) -> Sequence[object]:
    """The fonts of a document in a language, as the typesetter takes them: in the order in which they are asked."""
    chinese = next((family for family in _CHINESE if family in there), None)
    if chinese is None:
        return [SERIF]
    if language.partition("-")[0] == "zh":
        return [{"name": SERIF, "covers": "latin-in-cjk"}, chinese]
    return [SERIF, chinese]
