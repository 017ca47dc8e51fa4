"""The words of a document's form, in the languages in which it can be had: what is said around a text and not by it.

Why so few: everything else on the page is somebody's own words, in the language in which they were given.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from polylogue.vocabulary import Instant

Phrases = Mapping[str, str]
"""Phrases by name; a value of the vocabulary is the name of its own."""

_OTHERWISE = "en"


def phrases(language: str) -> Phrases:
    """The phrases of a language; in English where there are none in it."""
    return _known().get(language.partition("-")[0], _known()[_OTHERWISE])


def spoken(language: str) -> str:
    """The language in which the phrases for a language are."""
    return language if language.partition("-")[0] in _known() else _OTHERWISE


def day(at: Instant, of: Phrases) -> str:
    """The day of an instant, in UTC, written out."""
    year, month, day = at[:10].split("-")
    return of["date"].format(year=year, month=of["months"].split()[int(month) - 1], day=int(day))


def language_name(tag: str, of: Phrases) -> str:
    """What a language is called; its tag where it has no name here."""
    first = tag.partition("-")[0]
    return of[first] if first in _known() else tag


def conference_name(name: str, of: Phrases) -> str:
    """What a conference is called; as it was given, unless it is one that has a name here."""
    return of.get(f"conference {name}", name)


@cache
def _known() -> Mapping[str, Phrases]:
    return tomllib.loads(resources.files("polylogue.drafting").joinpath("phrases.toml").read_text("utf-8"))
