"""The fonts of the pages, cut down to the letters that pictures write, and put into each of them.

Why inside: a picture is opened on machines that have no font for Chinese, and asks nobody for one. Why only the letters
it writes: the whole of the Chinese font is a megabyte.
"""

import atexit
import shutil
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp

import vl_convert
from fontTools import subset
from fontTools.ttLib import TTFont

from server.console.files import FOLDER


@dataclass(frozen=True, slots=True)
class Font:
    """A file of a family, with the weights it has."""

    name: str
    family: str
    weights: str

    @property
    def path(self) -> Path:
        """Where it lies, compressed as browsers take it."""
        return FOLDER / f"{self.name}.woff2"


FONTS = (
    Font("inter-latin-wght-normal", "Inter", "100 900"),
    Font("inter-cyrillic-wght-normal", "Inter", "100 900"),
    Font("inter-cyrillic-ext-wght-normal", "Inter", "100 900"),
    Font("noto-sans-sc-gb2312", "Noto Sans SC", "400"),
    Font("noto-sans-sc-gb2312-rest", "Noto Sans SC", "400"),
)
"""In the order in which a letter is looked for."""
_FEATURES = ["ccmp", "kern", "locl", "mark", "mkmk"]
"""What letters do to each other; other forms of them are not written."""


def there_for(words: Iterable[str]) -> None:
    """Let the program that draws, which knows installed fonts only, measure words by those they will be seen in."""
    for font in _sorted_out(words):
        _unpacked(font)


def carried(words: str) -> set[str]:
    """The letters of some words that the fonts have."""
    return {letter for letters in _sorted_out([words]).values() for letter in letters}


def carry(pictures: Sequence[Path]) -> None:
    """Put into each picture the fonts for what is written in any of them."""
    texts = [path.read_text("utf-8") for path in pictures]
    style = "".join(_face(font, letters) for font, letters in _sorted_out(texts).items())
    for path, text in zip(pictures, texts, strict=True):
        opened = text.index(">", text.index("<svg")) + 1
        path.write_text(f"{text[:opened]}<style>{style}</style>{text[opened:]}", "utf-8")


def _sorted_out(words: Iterable[str]) -> dict[Font, str]:
    """For each font that is needed the letters for which it is the first, in order."""
    left, found = {letter for each in words for letter in each if letter.isprintable()}, dict[Font, str]()
    for font in FONTS:
        if mine := left and left & _letters(font):
            found[font] = "".join(sorted(mine))
            left -= mine
    return found


@cache
def _letters(font: Font) -> frozenset[str]:
    with TTFont(font.path, lazy=True) as opened:
        return frozenset(map(chr, opened.getBestCmap() or ()))


@cache
def _unpacked(font: Font) -> Path:
    """The font in the form in which the program that draws takes it, and letters can be cut out quickly: to unpack
    Chinese takes seconds.
    """
    folder = Path(mkdtemp(prefix="polylogue-font-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / f"{font.name}.ttf"
    with TTFont(font.path) as opened:
        opened.flavor = None
        opened.save(path)
    vl_convert.register_font_directory(str(folder))
    return path


def _face(font: Font, letters: str) -> str:
    """A rule of CSS with the font for some letters and no others."""
    options = subset.Options(hinting=False, flavor="woff2", layout_features=_FEATURES, recalc_timestamp=False)
    with subset.load_font(str(_unpacked(font)), options) as opened:
        cut = subset.Subsetter(options)
        cut.populate(text=letters)
        cut.subset(opened)
        packed = BytesIO()
        subset.save_font(opened, packed, options)
    at = ",".join(f"U+{ord(letter):X}" for letter in letters)
    data = b64encode(packed.getvalue()).decode()
    return (
        f'@font-face{{font-family:"{font.family}";font-weight:{font.weights};unicode-range:{at};'
        f'src:url(data:font/woff2;base64,{data}) format("woff2")}}'
    )
