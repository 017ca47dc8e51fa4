"""The record of a scene as minutes are given it."""

import json
from functools import cache

from polylogue.minutes.account import Account, Noted
from polylogue.minutes.compose import compose
from polylogue.minutes.page import Line, Minutes, Words
from polylogue.record.envelope import entry_of
from polylogue.vocabulary import Audience, LanguageTag
from tests.golden.history import golden
from tests.scenes import Scene


def account(scene: Scene, *, private: bool = True) -> Account:
    """The record for a reader of everything, or of what is for all."""
    lines = [json.loads(stored) for stored in scene.stored]
    noted: list[Noted] = []
    for line in lines:
        entry, seen = entry_of(line)
        noted.append(Noted(entry, seen, line["command"], private or seen.to is Audience.ALL))
    there = {each.entry.seq for each in noted if each.readable}
    return Account(tuple(noted), {place: words for place, words in scene.prose.items() if place[0] in there})


@cache
def history() -> Scene:
    """The history that has every kind of event."""
    return golden()


def minutes(language: str | None = None, *, private: bool = True) -> Minutes:
    """The minutes of the whole history."""
    return compose(account(history(), private=private), LanguageTag(language) if language else None)


def flat(words: Words) -> str:
    return "".join(run.text for run in words)


def lines(of: Minutes) -> dict[int, Line]:
    """The lines of minutes by their entries."""
    return {line.seq: line for section in of.sections for line in section.lines}


def told(line: Line) -> str:
    """All that a line says, in one string."""
    said = line.told
    quotes = (*said.quotes, *(quote for point in said.points for quote in point.quotes))
    points = (flat(point.words) for point in said.points)
    notes = map(flat, line.notes)
    return " | ".join([flat(said.words), *points, *(f"{q.label}: {q.words.text}" for q in quotes), *notes])
