"""Reading one table of a TOML file key by key, with messages that say where.

Why a cursor of our own: tomllib forgets where a value stood, so each reader carries its place in the file along.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any, TypeVar, cast

from polylogue.refusals import Refusal, RefusalCode
from polylogue.text import TextRefused, admit, admit_language
from polylogue.vocabulary import Instant, LanguageTag
from schema.api.sentences import sentence

W = TypeVar("W", bound=StrEnum)
_NEEDED: Any = object()


class ScenarioInvalid(Exception):
    """A scenario that cannot be used; the message is for whoever wrote the file."""


class Table:
    """A table of a file: `where` names the file, `place` the table in it ("items[0]").

    Keys that were asked for are remembered, so that those nobody asks for can be refused.
    """

    def __init__(self, data: dict[str, Any], where: str, place: str = "") -> None:
        self._data, self._where, self._place = data, where, place
        self._asked = set[str]()

    def wrong(self, key: str, reason: str) -> ScenarioInvalid:
        """What is wrong with a key, to be raised."""
        return ScenarioInvalid(f"{self._where}, {self._at(key)}: {reason}")

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def nothing_else(self) -> None:
        """Refuse keys that mean nothing here: one that is mistyped would be lost silently."""
        if unknown := sorted(set(self._data) - self._asked):
            raise self.wrong(unknown[0], f"this key means nothing here; known are {', '.join(sorted(self._asked))}")

    def text(self, key: str, default: Any = _NEEDED) -> Any:
        """A text; without a default the key is needed."""
        return self._of(key, str, "a text in quotation marks", default)

    def switch(self, key: str) -> bool:
        return self._of(key, bool, "true or false", default=False)

    def texts(self, key: str) -> tuple[str, ...] | None:
        """A list of texts; null when the key is not there."""
        found = self._of(key, list, "a list of texts", None)
        for given in cast("list[object]", found or ()):
            if not isinstance(given, str):
                raise self.wrong(key, f"{given!r} is no text in quotation marks")
        return None if found is None else tuple(cast("list[str]", found))

    def prose(self, key: str) -> str:
        """A free text, as the record would admit it."""
        words: str = self.text(key)
        try:
            return admit(words)
        except TextRefused as refused:
            refusal = Refusal(RefusalCode(refused.code), "", refused.params)
            raise self.wrong(key, sentence(refusal, LanguageTag("en"), Instant(""))) from None

    def word(self, key: str, words: type[W], default: W) -> W:
        """One word of a closed list, in capital or small letters."""
        given = self.text(key, None)
        return default if given is None else self._one(key, given, words)

    def words(self, key: str, words: type[W]) -> tuple[W, ...]:
        return tuple(self._one(key, given, words) for given in self.texts(key) or ())

    def language(self, key: str, default: LanguageTag) -> LanguageTag:
        given = self.text(key, None)
        return default if given is None else self.tag(given, key)

    def languages(self, key: str) -> tuple[LanguageTag, ...]:
        return tuple(self.tag(given, key) for given in self.texts(key) or ())

    def tag(self, given: str, key: str) -> LanguageTag:
        """A language tag; `key` is the one it stands under."""
        try:
            return LanguageTag(admit_language(given))
        except TextRefused:
            raise self.wrong(key, f'{given!r} is no language tag; one is "ru" or "zh-Hans"') from None

    def table(self, key: str) -> "Table":
        """A table below; an empty one when the key is not there."""
        found = self._of(key, dict, "a table", {})
        return Table(found, self._where, self._at(key))

    def tables(self, key: str) -> "Iterator[Table]":
        """A list of tables below: `[[key]]` once or several times."""
        for number, found in enumerate(self._of(key, list, f"a list of tables, [[{key}]]", [])):
            if not isinstance(found, dict):
                raise self.wrong(key, f"a list of tables, [[{key}]] is needed")
            yield Table(cast("dict[str, Any]", found), self._where, f"{self._at(key)}[{number}]")

    def _of(self, key: str, kind: type, needed: str, default: Any) -> Any:
        self._asked.add(key)
        if key not in self._data:
            if default is _NEEDED:
                raise self.wrong(key, "it is missing")
            return default
        found = self._data[key]
        if type(found) is not kind:
            raise self.wrong(key, f"{needed} is needed, not {str(found)[:40]!r}")
        return found

    def _one(self, key: str, given: str, words: type[W]) -> W:
        try:
            return words(given.upper())
        except ValueError:
            known = ", ".join(word.lower() for word in words)
            raise self.wrong(key, f"{given!r} is none of {known}") from None

    def _at(self, key: str) -> str:
        return f"{self._place}.{key}" if self._place else key
