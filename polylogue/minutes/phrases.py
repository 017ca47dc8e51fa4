"""The words of minutes, in the languages in which they can be had, beside those that documents have anyway.

Why whole sentences and not parts: languages put a clause, a name and a number in different places.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from string import Formatter

from polylogue.drafting import phrases as documents
from polylogue.drafting.phrases import Phrases
from polylogue.minutes.page import Run, Words

Value = Run | Words | str | int


def phrases(language: str) -> Phrases:
    """The phrases of a language, those of documents among them; in English where there are none in it."""
    return {**documents.phrases(language), **known()[documents.spoken(language).partition("-")[0]]}


@cache
def known() -> Mapping[str, Phrases]:
    """The phrases of minutes alone, by language."""
    return tomllib.loads(resources.files("polylogue.minutes").joinpath("phrases.toml").read_text("utf-8"))


def said(template: str, values: Mapping[str, Value]) -> Words:
    """A phrase with runs in its places; what stands between them is the form's."""
    return tuple(_joined(template, values))


def joined(parts: Iterable[Words], between: str) -> Words:
    """Several words with something between them."""
    found: list[Run] = []
    for place, part in enumerate(parts):
        found += [Run(between), *part] if place else part
    return tuple(found)


def _joined(template: str, values: Mapping[str, Value]) -> Iterator[Run]:
    for before, name, _, _ in Formatter().parse(template):
        if before:
            yield Run(before)
        if name is None:
            continue
        match values[name]:
            case Run() as run:
                yield run
            case tuple() as words:
                yield from words
            case plain:
                yield Run(str(plain))
