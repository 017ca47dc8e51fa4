"""The languages of the pages, the words they have in each, and how dates and numbers are written there.

Why catalogues are read as they are kept: a file that people edit is then the one that is used, without a step between.
"""

import gettext
from collections.abc import Iterable
from functools import cache
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from polylogue.vocabulary import LanguageTag

ENGLISH, RUSSIAN, CHINESE = map(LanguageTag, ("en", "ru", "zh-Hans"))
INTERFACE = (ENGLISH, RUSSIAN, CHINESE)
"""Languages that pages come in, in the order in which they are offered."""
CONVENTIONS = {ENGLISH: "en_GB", RUSSIAN: "ru", CHINESE: "zh_Hans"}
"""Whose way of writing dates, numbers and plurals the pages follow; in English the day stands before the month."""
FOLDER = Path(__file__).resolve().parent / "locale"


def interface(tags: Iterable[str | None]) -> LanguageTag:
    """The language of the pages for the first of the tags that there is one for; English for none."""
    first = {each.partition("-")[0]: each for each in INTERFACE}
    for tag in tags:
        if found := first.get((tag or "").partition("-")[0].lower()):
            return found
    return ENGLISH


def accepted(header: str) -> list[str]:
    """The tags of an `Accept-Language`, those liked best first."""
    weighed: list[tuple[float, str]] = []
    for part in header.split(","):
        tag, *parameters = (each.strip() for each in part.split(";"))
        if (weight := _weight(parameters)) > 0:
            weighed.append((weight, tag))
    return [tag for _, tag in sorted(weighed, key=lambda each: -each[0])]


def _weight(parameters: list[str]) -> float:
    for each in parameters:
        name, _, value = each.partition("=")
        if name.strip().lower() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0


def marked(text: str) -> str:
    """Marks a text for translation; it is put into words where it is shown."""
    return text


def catalogue(language: LanguageTag) -> Path:
    """Where the words of a language are kept."""
    return FOLDER / language.replace("-", "_") / "console.po"


@cache
def words(language: LanguageTag) -> gettext.NullTranslations:
    """The words of a language; what it has none for stays in English."""
    if language == ENGLISH:
        return gettext.NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(catalogue(language).read_bytes()), locale=str(conventions(language))))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@cache
def conventions(language: LanguageTag) -> Locale:
    """How dates, numbers and plurals are written."""
    return Locale.parse(CONVENTIONS[language])
