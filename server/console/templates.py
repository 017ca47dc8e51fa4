"""The templates: one environment for each interface language, and the ways in which values are written.

Why all words go through `_`: pages in other languages come from the same templates.
"""

import re
from datetime import datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from polylogue.vocabulary import LanguageTag, StanceLevel
from server.console.live import Live
from server.exports.press import installed

FOLDER = Path(__file__).resolve().parent
OWN_NAMES = {
    "ar": "العربية", "be": "Беларуская", "en": "English", "es": "Español", "fa": "فارسی", "fr": "Français",
    "hi": "हिन्दी", "kk": "Қазақша", "ky": "Кыргызча", "mn": "Монгол", "ru": "Русский", "tg": "Тоҷикӣ",
    "ur": "اردو", "uz": "Oʻzbekcha", "zh": "中文", "zh-Hans": "中文", "zh-Hant": "繁體中文",  # noqa: RUF001 -- the Uzbek letter is what it looks like
}  # fmt: skip
"""Languages in their own words."""
LETTERS = {level.value: level.value[0] for level in StanceLevel}
NOTHING = "–"
"""Stands for a figure that cannot be computed yet."""

UNSEEN = re.compile("[\u200b\u2060-\u2064\ufeff\U000e0000-\U000e007f]")
"""Characters that no font shows, and that no script needs: by them two wordings can differ that look alike."""


@cache
def templates(language: LanguageTag) -> Environment:
    """The templates in an interface language."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n", Live],
    )
    environment.install_null_translations(newstyle=True)  # pyright: ignore[reportAttributeAccessIssue]
    environment.globals |= {"language": language, "letters": LETTERS, "levels": list(LETTERS), "typesets": installed()}
    environment.filters |= {"clock": clock, "day": day, "percent": percent, "figure": figure, "own_name": own_name}
    environment.filters["seen"] = seen
    return environment


def clock(instant: str) -> str:
    """The time of day, in UTC."""
    return f"{datetime.fromisoformat(instant):%H:%M:%S}"


def day(instant: str) -> str:
    """The date, in UTC: year, month, day."""
    return f"{datetime.fromisoformat(instant):%Y-%m-%d}"


def percent(share: str | None) -> str:
    """A share from 0 to 1 in whole per cent."""
    return NOTHING if share is None else f"{float(share):.0%}"


def figure(value: str | None) -> str:
    """A figure with two places and a true minus."""
    return NOTHING if value is None else f"{float(value):.2f}".replace("-", "−")


def own_name(language: str) -> str:
    """What a language is called by those who speak it, else its tag."""
    return OWN_NAMES.get(language) or OWN_NAMES.get(language.partition("-")[0], language)


def seen(text: str) -> str:
    """A text with what nobody would see in it named in its place."""
    return UNSEEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)
