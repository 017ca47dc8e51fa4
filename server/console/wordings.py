"""Texts in several languages: which one is shown, and which others there are.

Why never translated here: a text stands in the language it was given in, and is marked with it. Why chosen here: what
is asked in all languages is asked once for all readers.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from polylogue.vocabulary import LanguageTag
from schema.api.values import in_language, text_of


@dataclass(frozen=True, slots=True)
class Wording:
    """A text in a language; null: it was erased. `status` is that of a language version of a clause, which is `stale`
    while the clause says something else.
    """

    text: str | None
    language: str
    status: str = "WORKING"
    stale: bool = False


def chosen(versions: Iterable[Mapping[str, Any]], preferred: Sequence[str]) -> Wording:
    """The version in the language preferred most of which there is a text; else that it was erased. One that is stale
    only where there is no other.
    """
    there = [each for each in versions if each.get("status") != "MISSING"]
    found = {each["language"]: each for each in [each for each in there if not each.get("stale")] or there}
    order = (*(language for language in preferred if language in found), *found)
    for language in order:
        if found[language]["text"] is not None:
            return _wording(found[language])
    return _wording(found[order[0]]) if order else Wording(None, preferred[0])


def said(text: Mapping[str, Any] | None) -> Wording | None:
    """A text as it was given; null when there is none."""
    return Wording(text["text"], text["language"]) if text else None


def named(session: Mapping[str, Any], language: LanguageTag) -> dict[str, Any]:
    """What a document says, with the session's `title` and the delegations' `name` as the API words them for those who
    read this language.
    """
    languages = (language, session.get("working", language))

    def words(texts: Iterable[Mapping[str, Any]]) -> str | None:
        return in_language([text_of(each["text"], each["language"]) for each in texts], languages)

    found = dict(session)
    if "titles" in found:
        found["title"] = words(found["titles"])
    if "delegations" in found:
        found["delegations"] = [{**each, "name": words(each["names"])} for each in found["delegations"]]
    return found


def in_languages(versions: Iterable[Mapping[str, Any]], languages: Sequence[str]) -> tuple[Wording, ...]:
    """The language versions of a clause that there are or should be, in the order of the session's languages."""
    found = {each["language"]: _wording(each) for each in versions}
    return tuple(found[language] for language in dict.fromkeys((*languages, *found)) if language in found)


def _wording(version: Mapping[str, Any]) -> Wording:
    return Wording(version["text"], version["language"], version.get("status", "WORKING"), bool(version.get("stale")))
