"""The form in which a text speaks for some members only, by name, as declarations do when not all can join a sentence.

Why the words around it are few and fixed: nobody has put them forward, so they must add nothing but who is meant.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple


class _Form(NamedTuple):
    """`subject` is how a text begins that speaks of all members; `instead` takes its place, `before` goes before any
    other text. `comma` and `last` join names.
    """

    subject: re.Pattern[str]
    instead: str
    before: str
    comma: str
    last: str


_FORMS = {
    "en": _Form(
        re.compile(r"(The )?Member States(?= )", re.IGNORECASE),
        "The following Member States: {names},",
        "For the following Member States: {names}: ",
        ", ",
        " and ",
    ),
    "ru": _Form(
        re.compile(r"Государства-члены(?= )", re.IGNORECASE),
        "Следующие государства-члены: {names},",
        "Для следующих государств-членов: {names}: ",
        ", ",
        " и ",
    ),
    "zh": _Form(
        re.compile(r"各?成员国(?![之的间])"),
        "下列成员国\uff1a{names}\uff0c",
        "就下列成员国而言\uff1a{names}\uff1a",
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
    joined = form.last.join((form.comma.join(names[:-1]), names[-1])) if len(names) > 1 else names[0]
    if subject := form.subject.match(text):
        return form.instead.format(names=joined) + text[subject.end() :]
    return form.before.format(names=joined) + text


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
