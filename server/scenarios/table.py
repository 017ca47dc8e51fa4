"""Reading one table of a TOML file key by key, noting what is wrong with it.

Why noted and not raised: a reader goes on with what stands in for a wrong value, so that one look finds every mistake.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any, TypeVar, cast

from polylogue.refusals import Refusal, RefusalCode
from polylogue.text import TextRefused, admit, admit_language
from polylogue.vocabulary import Instant, LanguageTag
from schema.api.sentences import sentence
from server.scenarios.mistakes import Notes, meant, nearest
from server.scenarios.places import Path

W = TypeVar("W", bound=StrEnum)


class Table:
    """A table of a file; `path` leads to it, `notes` take what is wrong.

    Keys that were asked for are remembered, so that those nobody asks for can be told.
    """

    def __init__(self, data: dict[str, Any], notes: Notes, path: Path = ()) -> None:
        self._data, self.notes, self._path = data, notes, path
        self._asked = set[str]()

    def wrong(self, reason: str, *below: str | int, needs: str | None = None) -> None:
        """Note what is wrong with a key, or with what is below it."""
        self.notes.add((*self._path, *below), reason, (*self._path, needs) if needs else None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def nothing_else(self) -> None:
        """Note keys that mean nothing here: one that is mistyped would be lost silently."""
        for key in sorted(set(self._data) - self._asked):
            free = self._asked - set(self._data)
            if near := nearest(key, free):
                self.notes.nearly.add((*self._path, near))
            known = ", ".join(sorted(self._asked))
            self.wrong(f"this key means nothing here; known are {known}{meant(key, free)}", key)

    def text(self, key: str) -> str | None:
        """A text; None when the key is not there."""
        return self._of(key, str, "a text in quotation marks", None)

    def needed(self, key: str) -> str:
        """A text that must be there."""
        if key not in self._data:
            self.wrong("it is missing", key, needs=key)
        return self.text(key) or ""

    def switch(self, key: str) -> bool:
        return self._of(key, bool, "true or false", default=False)

    def texts(self, key: str) -> list[tuple[int, str]] | None:
        """The texts of a list, numbered from 0; None when the key is not there."""
        found = self._of(key, list, "a list of texts", None)
        kept: list[tuple[int, str]] = []
        for number, given in enumerate(cast("list[object]", found or ())):
            if isinstance(given, str):
                kept.append((number, given))
            else:
                self.wrong(f"{_short(given)} is no text in quotation marks", key, number)
        return None if found is None else kept

    def prose(self, key: str) -> str | None:
        """A free text, as the record would admit it; None, and noted, where it would not."""
        words = self.text(key)
        try:
            return None if words is None else admit(words)
        except TextRefused as refused:
            refusal = Refusal(RefusalCode(refused.code), "", refused.params)
            self.wrong(sentence(refusal, LanguageTag("en"), Instant("")), key)
            return None

    def word(self, key: str, words: type[W], default: W) -> W:
        """One word of a closed list, in capital or small letters."""
        given = self.text(key)
        return default if given is None else self._one(given, words, key) or default

    def words(self, key: str, words: type[W]) -> tuple[W, ...]:
        found = (self._one(given, words, key, number) for number, given in self.texts(key) or ())
        return tuple(word for word in found if word)

    def language(self, key: str, default: LanguageTag) -> LanguageTag:
        given = self.text(key)
        return default if given is None else self.tag(given, key) or default

    def languages(self, key: str) -> tuple[LanguageTag, ...]:
        found = (self.tag(given, key, number) for number, given in self.texts(key) or ())
        return tuple(tag for tag in found if tag)

    def tag(self, given: str, *below: str | int) -> LanguageTag | None:
        """A language tag, admitted; None, and noted where it stands, when it is none."""
        try:
            return LanguageTag(admit_language(given))
        except TextRefused:
            self.wrong(f'{_short(given)} is no language tag; one is "ru" or "zh-Hans"', *below)
            return None

    def table(self, key: str) -> "Table":
        """A table below; an empty one when the key is not there."""
        return Table(self._of(key, dict, "a table", {}), self.notes, (*self._path, key))

    def tables(self, key: str) -> "Iterator[Table]":
        """A list of tables below: `[[key]]` once or several times."""
        found = self._of(key, list, f"a list of tables, [[{key}]],", [])
        if others := [number for number, each in enumerate(found) if not isinstance(each, dict)]:
            self.wrong(f"a list of tables, [[{key}]], is needed", key, others[0])
            return
        for number, each in enumerate(found):
            yield Table(each, self.notes, (*self._path, key, number))

    def _of(self, key: str, kind: type, needed: str, default: Any) -> Any:
        self._asked.add(key)
        if key not in self._data:
            return default
        found = self._data[key]
        if type(found) is not kind:
            self.wrong(f"{needed} is needed, not {_short(found)}", key)
            return default
        return found

    def _one(self, given: str, words: type[W], *below: str | int) -> W | None:
        known = [word.lower() for word in words]
        if given.lower() in known:
            return words(given.upper())
        self.wrong(f"{_short(given)} is none of {', '.join(known)}{meant(given.lower(), known)}", *below)
        return None


def _short(given: object) -> str:
    """What stands there, as far as a sentence can hold it."""
    match given:
        case dict():
            return "a table"
        case list():
            return "a list"
        case str():
            return repr(given[:40])
        case _:
            return str(given)[:40]
