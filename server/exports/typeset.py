"""A document as PDF, set by typst: accessible (PDF/UA-1), fit for archives (PDF/A-2a), the same bytes each time.

Why those two standards: both forbid a character without a glyph, so the typesetter itself refuses to draw a box, with
the fonts that it really used before it. Everybody's words reach it as data, and none as its markup.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from polylogue.drafting.resolution import Resolution, words
from server.exports.fonts import chosen, families

TEMPLATE = Path(__file__).resolve().parent / "resolution.typ"
STANDARDS = ["ua-1", "a-2a"]
MOST_NAMED = 5
"""Characters named in one sentence at most."""

_NO_GLYPH = re.compile(r'error: PDF/[^\n]*? (?:the text|the PDF contains the codepoint) `"((?:[^"\\]|\\.)*)"`')
_LANGUAGE, _REGION = re.compile(r"[a-z]{2,3}"), re.compile(r"[A-Z]{2}")
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")


class NotTypeset(Exception):
    """A document that cannot be set; the message says why, and what to do about it."""


class GlyphMissing(NotTypeset):
    """No font has these characters; `characters` is each with the place where it stands first."""

    def __init__(self, characters: dict[str, str], directory: Path | None) -> None:
        self.characters = characters
        named = "; ".join(f"{_named(each)} in {place}" for each, place in list(characters.items())[:MOST_NAMED])
        more = f"; and {len(characters) - MOST_NAMED} more" if len(characters) > MOST_NAMED else ""
        where = "in POLYLOGUE_FONT_DIR" if directory else "on this system"
        super().__init__(
            f"No font {where} has a glyph for {named}{more}. Put a font (TTF or OTF) that has them into the directory"
            " that POLYLOGUE_FONT_DIR names, such as Noto Sans SC for Chinese, and try again."
        )


def typeset(resolution: Resolution, directory: Path | None = None) -> bytes:
    """The document as PDF, with the fonts of a directory, null: the system's. Raises NotTypeset."""
    return _compiled(resolution, directory, "pdf", STANDARDS)


def pictures(resolution: Resolution, directory: Path | None = None) -> list[bytes]:
    """The pages as PNG, to be looked at; a character without a glyph is a box here."""
    made = _compiled(resolution, directory, "png", [])
    return made if isinstance(made, list) else [made]


def _compiled(resolution: Resolution, directory: Path | None, format: Any, standards: list[Any]) -> Any:
    if directory and not directory.is_dir():
        raise NotTypeset(f"POLYLOGUE_FONT_DIR is {directory}, and there is no such directory.")
    moment = datetime.fromisoformat(resolution.at)
    try:
        return typst.compile(
            TEMPLATE,
            root=TEMPLATE.parent,
            font_paths=[directory] if directory else [],
            ignore_system_fonts=directory is not None,
            format=format,
            sys_inputs={"document": json.dumps(_data(resolution, directory, moment))},
            pdf_standards=standards,
        )
    except typst.TypstError as error:
        if found := dict(_missing(error.diagnostic, resolution)):
            raise GlyphMissing(found, directory) from None
        raise NotTypeset(f"The document could not be set: {error.message}") from error


# ── data for the page ────────────────────────────────────────────────────────────────────────────────────────────────


def _data(resolution: Resolution, directory: Path | None, moment: datetime) -> dict[str, Any]:
    data = asdict(resolution)
    for each in (data, *data["blocks"], *(part for annex in data["annexes"] for part in annex["parts"])):
        each["speech"] = _speech(each["language"])
    fonts = chosen(resolution.language, families(directory))
    parts = ("year", "month", "day", "hour", "minute", "second")
    return data | {"fonts": fonts, "moment": {part: getattr(moment, part) for part in parts}}


def _speech(tag: str) -> dict[str, str | None]:
    """A language tag as the typesetter takes it: a language of two or three letters, and a region of two."""
    first, *others = tag.split("-")
    region = next((each for each in others if _REGION.fullmatch(each)), None)
    region = region or {"Hans": "CN", "Hant": "TW"}.get(next(iter(others), ""))
    return {"lang": first if _LANGUAGE.fullmatch(first) else "und", "region": region}


# ── what is missing ──────────────────────────────────────────────────────────────────────────────────────────────────


def _missing(diagnostic: str, resolution: Resolution) -> Iterator[tuple[str, str]]:
    """The texts that the typesetter had no glyph for, each with the place where it stands first."""
    for found in _NO_GLYPH.finditer(diagnostic):
        text = _ESCAPED.sub(lambda part: chr(int(part[1], 16)) if part[1] else part[2], found[1])
        place = next((place for there, place in words(resolution) if text in there), "")
        yield text, f'"{place}"' if place else "the masthead"


def _named(text: str) -> str:
    """A text with the numbers of its characters."""
    return f"{text} ({' '.join(f'U+{ord(character):04X}' for character in text)})"
