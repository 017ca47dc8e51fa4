"""The alphabetical order of names in a language of the pages, so that no delegation stands before another by a figure.

Why stored for Chinese: in the order of their codes characters follow each other by radicals, and nobody finds a state
in that. `pinyin.txt` has those of GB 2312 in the order of CLDR 48, made with `Intl.Collator("zh-u-co-pinyin")`.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import combining, normalize

from polylogue.vocabulary import LanguageTag
from server.console.languages import CHINESE, RUSSIAN

PINYIN = Path(__file__).resolve().parent / "pinyin.txt"
READ_OTHERWISE = {"秘鲁": "必鲁"}
"""Names in which a character is read in its rarer way, with one that is always read so: Peru is Bìlǔ, not Mìlǔ."""
FIRST_CHINESE = 0x2E80
"""What lies below is a letter or sign of another script, which comes first."""

Key = tuple[object, ...]


def names_in_order(delegations: Iterable[Mapping[str, Any]], language: LanguageTag) -> dict[str, str]:
    """Names of delegations by their codes, in alphabetical order; one whose name is erased goes by its code."""
    order = in_order(language)
    names = ((each["code"], each["name"] or each["code"]) for each in delegations)
    return dict(sorted(names, key=lambda named: (order(named[1]), named[0])))


def in_order(language: LanguageTag) -> Callable[[str], Key]:
    """What names are sorted by where pages are in this language."""
    if language == CHINESE:
        return _pinyin
    return _russian if language == RUSSIAN else _latin


def _latin(name: str) -> Key:
    letters = normalize("NFKD", name).casefold()
    return "".join(each for each in letters if not combining(each)), name


def _russian(name: str) -> Key:
    return normalize("NFC", name).casefold().replace("ё", "\N{CYRILLIC SMALL LETTER IE}"), name


def _pinyin(name: str) -> Key:
    read = name
    for written, instead in READ_OTHERWISE.items():
        read = read.replace(written, instead)
    places = _places()
    return tuple(
        (1, places.get(each, len(places) + ord(each))) if ord(each) >= FIRST_CHINESE else (0, ord(each))
        for each in read.casefold()
    ), name


@cache
def _places() -> Mapping[str, int]:
    """The place of each character in the order."""
    return {each: place for place, each in enumerate(PINYIN.read_text("utf-8").replace("\n", ""))}
