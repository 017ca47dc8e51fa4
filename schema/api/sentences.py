"""What a refusal says to a person, in the language of who reads it.

Why apart from the rules: a code and its numbers are for ever, a sentence may be worded better tomorrow and is needed in
several languages. A tongue is a table (schema/api/english.py); another language is another table.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from string import Formatter

from polylogue.refusals import Refusal, RefusalCode
from polylogue.vocabulary import Instant, LanguageTag
from schema.api import chinese, chinese_words, english, russian, russian_words

LONGEST_VALUE = 64
"""Characters of a value that a sentence repeats; a client may have sent thousands."""

_FORMATTER = Formatter()


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language's sentences: for each code those to try in order, the last of which needs no parameter.

    A place is `{name}`, or `{name:word}` for a word of the domain, `{name:or}` and `{name:and}` for a list of them,
    `{name:time}` for an instant, `{name:word|words}` for what goes with a number, in as many forms as `form` tells
    apart. A sentence is passed over when a parameter of it is missing or empty.
    """

    sentences: Mapping[RefusalCode, tuple[str, ...]]
    words: Mapping[str, str]
    signs: Mapping[str, str]
    either: str
    both: str
    comma: str = ", "
    form: Callable[[int], int] = lambda n: int(n != 1)


def _russian_form(n: int) -> int:
    """CLDR's plural rules for Russian: one, few, many."""
    if n % 10 == 1 and n % 100 != 11:  # noqa: PLR2004 -- eleven is no one
        return 0
    return 1 if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14) else 2


TONGUES: Mapping[str, Tongue] = {
    "en": Tongue(english.SENTENCES, english.WORDS, english.SIGNS, " or ", " and "),
    "ru": Tongue(russian.SENTENCES, russian_words.WORDS, russian_words.SIGNS, " или ", " и ", form=_russian_form),
    "zh": Tongue(chinese.SENTENCES, chinese_words.WORDS, chinese_words.SIGNS, "或", "和", comma="、", form=lambda _: 0),
}
"""Tongues by the first part of their language tag."""


def sentence(refusal: Refusal, language: LanguageTag, now: Instant) -> str:
    """The refusal in words: what is wrong and what would be right; in English where the language has no table."""
    tongue = TONGUES.get(language.partition("-")[0].lower(), TONGUES["en"])
    said = (_filled(tried, refusal.params, tongue, now) for tried in tongue.sentences[refusal.code])
    return next(one for one in said if one is not None)


def _filled(template: str, params: Mapping[str, str | int], tongue: Tongue, now: Instant) -> str | None:
    parts: list[str] = []
    for literal, name, spec, _ in _FORMATTER.parse(template):
        parts.append(literal)
        if name is None:
            continue
        value = str(params.get(name, ""))
        listed = value.split(", ") if spec in ("or", "and") else [value]
        shown = _shown(", ".join(map(_clean, listed)), spec or "", tongue, now)
        if not shown:
            return None
        parts.append(shown)
    return "".join(parts)


def _clean(value: str) -> str:
    """A value that a client may have sent, cut, without what a line cannot show."""
    line = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in value)
    return line if len(line) <= LONGEST_VALUE else f"{line[: LONGEST_VALUE - 1]}…"


def _shown(value: str, spec: str, tongue: Tongue, now: Instant) -> str:
    match spec:
        case "word":
            return tongue.words.get(value, value)
        case "or" | "and":
            names = [tongue.words.get(name, name) for name in value.split(", ")]
            last = tongue.either if spec == "or" else tongue.both
            return last.join([part for part in (tongue.comma.join(names[:-1]), names[-1]) if part])
        case "sign":
            return f"{tongue.signs[value]} ({value})" if value in tongue.signs else value
        case "time":
            return _time(value, now)
        case "":
            return value
        case forms:
            return forms.split("|")[tongue.form(int(value))] if value.isdecimal() else ""


def _time(value: str, now: Instant) -> str:
    """The time of day, with seconds where there are any, and with the date unless it is today."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return ""
    minute = f"{moment:%H:%M}" if not moment.second and not moment.microsecond else f"{moment:%H:%M:%S}"
    return f"{minute} UTC" if value[:10] == now[:10] else f"{moment:%Y-%m-%d} {minute} UTC"
