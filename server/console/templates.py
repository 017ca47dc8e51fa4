"""The templates: one environment for each interface language, and the ways in which values are written.

Why all words go through `_`: pages in other languages come from the same templates.
"""

import re
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from datetime import datetime
from decimal import Decimal
from functools import cache, lru_cache, partial
from gettext import NullTranslations
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from polylogue.drafting.phrases import conference_name, phrases
from polylogue.vocabulary import LanguageTag, StanceLevel
from server.console.languages import INTERFACE, conventions, words
from server.console.live import Live
from server.exports.press import installed

FOLDER = Path(__file__).resolve().parent
OWN_NAMES = {
    "ar": "العربية", "be": "Беларуская", "en": "English", "es": "Español", "fa": "فارسی", "fr": "Français",
    "hi": "हिन्दी", "kk": "Қазақша", "ky": "Кыргызча", "mn": "Монгол", "ru": "Русский", "tg": "Тоҷикӣ",
    "ur": "اردو", "uz": "Oʻzbekcha", "zh": "中文", "zh-Hans": "中文", "zh-Hant": "繁體中文",  # noqa: RUF001 -- the Uzbek letter is what it looks like
}  # fmt: skip
"""Languages in their own words."""
REMEMBERED = 2000
NOTHING = "–"
"""Stands for a figure that cannot be computed yet."""

CODE = re.compile(r"(?<![A-Za-z0-9_])[A-Z][A-Z0-9_]{1,15}(?![A-Za-z0-9_])")
"""What may be the code of a seat in a sentence."""

UNSEEN = re.compile(
    "[\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
    "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]"  # for private use: each font shows another thing
)
"""Characters that no font shows, and that no script needs: by them two wordings can differ that look alike."""


class _Environment(Environment):
    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """In one dictionary: Jinja chains several, and to compare their keys took a sixth of the time of a page."""
        return {**self.globals, **(d or {})}


@cache
def templates(language: LanguageTag) -> Environment:
    """The templates in an interface language, one of `INTERFACE`."""
    environment = _Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n", Live],
    )
    install: Any = environment.install_gettext_translations  # pyright: ignore[reportAttributeAccessIssue]
    install(words(language), newstyle=True)
    environment.globals["_"] = _spoken(words(language))
    environment.globals |= {"language": language, "levels": [level.value for level in StanceLevel]}
    environment.globals |= {"letters": letters(language), "typesets": installed()}
    environment.globals |= {"interface": INTERFACE, "languages_of": languages_of}
    environment.filters |= {"clock": clock, "own_name": own_name, "seen": seen, "worded": worded, "named": named}
    environment.filters["told"] = words(language).gettext
    environment.filters["called"] = partial(conference_name, of=phrases(language))
    environment.filters |= _by_conventions(conventions(language))
    return environment


def _spoken(translations: NullTranslations) -> Callable[..., Markup]:
    """What Jinja's own `_` says, remembered where there is nothing to be filled in."""

    @lru_cache(maxsize=REMEMBERED)
    def plain(text: str) -> Markup:
        return filled(text)

    def filled(text: str, **values: Any) -> Markup:
        return Markup(translations.gettext(text)) % values  # noqa: S704 -- a text of ours; the values are escaped

    return lambda text, **values: filled(text, **values) if values else plain(text)


def letters(language: LanguageTag) -> dict[str, str]:
    """The letter of each stance, by which it is told besides its colour and its shape."""
    pgettext = words(language).pgettext
    return {
        "SUPPORT": pgettext("letter of a stance", "S"),
        "ACCEPT": pgettext("letter of a stance", "A"),
        "NEUTRAL": pgettext("letter of a stance", "N"),
        "RESERVE": pgettext("letter of a stance", "R"),
        "OBJECT": pgettext("letter of a stance", "O"),
    }


def _by_conventions(locale: Locale) -> dict[str, Callable[..., str]]:
    """The filters that write dates and numbers as is done where a language is spoken."""
    written = {"day": day, "percent": percent, "figure": figure, "language_name": language_name}
    return {name: partial(write, locale=locale) for name, write in written.items()}


def clock(instant: str) -> str:
    """The time of day, in UTC."""
    return f"{datetime.fromisoformat(instant):%H:%M:%S}"


def day(instant: str, locale: Locale) -> str:
    """The date, in UTC."""
    return format_date(datetime.fromisoformat(instant), "medium", locale)


def percent(share: str | None, locale: Locale) -> str:
    """A share from 0 to 1 in whole per cent."""
    return NOTHING if share is None else format_percent(Decimal(share), locale=locale)


def figure(value: str | None, locale: Locale) -> str:
    """A figure with two places and a true minus."""
    return NOTHING if value is None else format_decimal(Decimal(value), "0.00", locale).replace("-", "−")


def own_name(language: str) -> str:
    """What a language is called by those who speak it, else its tag."""
    return OWN_NAMES.get(language) or OWN_NAMES.get(language.partition("-")[0], language)


def languages_of(tags: Iterable[str]) -> list[tuple[str, str]]:
    """Languages to choose from: the tag, and what it is called by those who speak it."""
    return [(tag, own_name(tag)) for tag in dict.fromkeys(tags)]


def worded(values: Iterable[str], words: Callable[[str], str]) -> list[tuple[str, str]]:
    """Values to choose from, each with its words."""
    return [(each, words(each)) for each in values]


def named(sentence: str, names: Mapping[str, str]) -> str:
    """A sentence of the API, which calls seats by their codes, with their names instead."""
    return CODE.sub(lambda found: names.get(found[0], found[0]), sentence)


def language_name(tag: str, locale: Locale) -> str:
    """What a language is called in a sentence of the page, else its tag."""
    return locale.languages.get(tag.partition("-")[0], tag)


def seen(text: str) -> str:
    """A text with what nobody would see in it named in its place."""
    return UNSEEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)
