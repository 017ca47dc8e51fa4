"""Which letters of pictures have a font neither in the picture nor on this machine.

Why drawn and compared: which fonts of a machine are taken, and which letters are in them, only the program knows that
draws.
"""

from collections.abc import Iterable
from pathlib import Path

import vl_convert

from server.convergence.pictures.fonts import carried
from server.convergence.pictures.lettering import FONTS

NOBODYS = "\U0010fffd"
"""A private character, the last there is: what it looks like is what stands for a letter without a glyph."""


def undrawn(pictures: Iterable[Path]) -> str:
    """The letters in these files, each once and in order, that they do not carry and that look here like none."""
    letters = {letter for path in pictures for letter in path.read_text("utf-8") if letter.isalnum()}
    left = sorted(letters - carried("".join(letters)))
    nothing = drawn(NOBODYS) if left else b""
    return "".join(letter for letter in left if drawn(letter) == nothing)


def drawn(letter: str) -> bytes:
    """A letter as a picture of dots, in the fonts that pictures ask for."""
    text = f'<text x="4" y="30" font-size="24" font-family="{FONTS}">{letter}</text>'
    return vl_convert.svg_to_png(f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">{text}</svg>')
