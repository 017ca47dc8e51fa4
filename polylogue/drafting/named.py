"""The form in which a text, or words in it, speak for some members only, by name, as declarations do when not all can
join a sentence.

Why the words around it are few and fixed: nobody has put them forward, so they must add nothing but who is meant.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple


class _Form(NamedTuple):
    """`subject` is how a text begins that speaks of all members; `instead` takes its place, `before` goes before any
    other text, `within` stands for words within one. `comma` and `last` join names.
    """

    subject: re.Pattern[str]
    instead: str
    before: str
    within: str
    comma: str
    last: str


_FORMS = {
    "en": _Form(
        re.compile(r"(The )?Member States(?= )", re.IGNORECASE),
        "The following Member States: {names},",
        "For the following Member States: {names}: ",
        " (for the following Member States: {names}: {words})",
        ", ",
        " and ",
    ),
    "ru": _Form(
        re.compile(r"Государства-члены(?= )", re.IGNORECASE),
        "Следующие государства-члены: {names},",
        "Для следующих государств-членов: {names}: ",
        " (для следующих государств-членов: {names}: {words})",
        ", ",
        " и ",
    ),
    "zh": _Form(
        re.compile(r"各?成员国(?![之的间])"),
        "下列成员国\uff1a{names}\uff0c",
        "就下列成员国而言\uff1a{names}\uff1a",
        "\uff08就下列成员国而言\uff1a{names}\uff1a{words}\uff09",
        "、",
        "和",
    ),
}


def named(text: str, names: Sequence[str], language: str) -> str | None:
    """The text as said by these members only; null for a language that has no such form here, or without names.

    "Member States shall …" becomes "The following Member States: Kazakhstan and Uzbekistan, shall …"; a text with
    another beginning is kept whole after "For the following Member States: …:".
    """
    form = _FORMS.get(language.partition("-")[0])
    if form is None or not names:
        return None
    joined = _joined(names, form)
    if subject := form.subject.match(text):
        return form.instead.format(names=joined) + text[subject.end() :]
    return form.before.format(names=joined) + text


def named_within(before: str, words: str, after: str, names: Sequence[str], language: str) -> str | None:
    """The text with `words` between `before` and `after` said by these members only; null as for `named`, where they
    have brackets in them, and where a part of the text is said so already.

    "… languages", "and in any other" and "." become "… languages (for the following Member States: Kazakhstan and
    Uzbekistan: and in any other)."; so there is no doubt which words these are.
    """
    form = _FORMS.get(language.partition("-")[0])
    begun = form.within.partition("{names}")[0].strip() if form else ""
    if form is None or not names or begun in before + words + after or not _BRACKETS.isdisjoint(words):
        return None
    return before + form.within.format(names=_joined(names, form), words=words) + after


class Sides(NamedTuple):
    """A text some words of which are said by name, as it binds those named and as it binds the others. Marks that stood
    at the words are in neither.
    """

    named: str
    others: str


def sides(text: str, language: str) -> Sides | None:
    """Both sides of a text in which some words are said by name; null where none are, or in several places."""
    form = _FORMS.get(language.partition("-")[0])
    found = list(_within(form.within).finditer(text)) if form else []
    if len(found) != 1:
        return None
    (only,) = found
    before, after = text[: only.start()], text[only.end() :]
    return Sides(before + only["space"] + only["words"] + after, before + after)


def names_in(text: str, of: str, language: str) -> str | None:
    """The names in a text that is `of`, word for word, said by some members only; null where it is not."""
    marker = "\0"
    pattern = named(of, [marker], language)
    if pattern is None:
        return None
    before, _, behind = pattern.partition(marker)
    fits = text.startswith(before) and text.endswith(behind) and len(text) > len(before) + len(behind)
    names = text[len(before) : len(text) - len(behind)]
    return names if fits and "\n" not in names else None


_BRACKETS = frozenset("()\uff08\uff09\n")


def _joined(names: Sequence[str], form: _Form) -> str:
    return form.last.join((form.comma.join(names[:-1]), names[-1])) if len(names) > 1 else names[0]


@cache
def _within(form: str) -> re.Pattern[str]:
    """Words that are said by name; names may have brackets of their own, and no colon."""
    opens, between, closes = re.split(r"\{names\}|\{words\}", form)
    name = r"(?:[^()\uff08\uff09:\uff1a\n]|[(\uff08][^()\uff08\uff09\n]*[)\uff09])+"
    space = f"(?P<space>{' ?' if opens[0] == ' ' else ''})"
    return re.compile(
        space
        + re.escape(opens.lstrip())
        + name
        + re.escape(between)
        + r"(?P<words>[^()\uff08\uff09\n]+)"
        + re.escape(closes)
    )
