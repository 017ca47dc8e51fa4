"""Brings what is marked for translation into the catalogues, and says what has none: `make words`.

Why beside the tests: they ask the same question, and nothing of it is needed where the pages are shown.
"""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from polylogue.vocabulary import LanguageTag
from server.console.languages import ENGLISH, INTERFACE, catalogue, conventions

CONSOLE = Path(__file__).resolve().parents[3] / "server" / "console"
METHODS = [("**.html", "jinja2.ext.babel_extract"), ("**.py", "python")]
OPTIONS = {
    "**.html": {
        "extensions": "jinja2.ext.i18n,server.console.live.Live",
        "trim_blocks": "true",
        "lstrip_blocks": "true",
        "silent": "false",
    }
}
MARKS = {"_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "marked": None}
TRANSLATED = tuple(language for language in INTERFACE if language != ENGLISH)
PLACE = re.compile(r"%\(\w+\)s|%%")
WIDTH = 120
HEADER = """# Words of the pages in {name}; `make words` brings in what is marked, and lists what has no words yet.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: {tag}\\n"
"Plural-Forms: {plurals}\\n"

"""


def marked() -> Catalog:
    """Everything that templates and modules of the pages mark for translation."""
    found = Catalog()
    extracted = extract_from_dir(CONSOLE, METHODS, OPTIONS, keywords=MARKS, comment_tags=())
    for file, line, message, _, context in extracted:
        found.add(message, locations=[(file, line)], context=context)
    return found


def known(language: LanguageTag) -> Catalog:
    """The catalogue of a language as it stands."""
    content = catalogue(language).read_bytes() if catalogue(language).exists() else b""
    return read_po(BytesIO(content), locale=str(conventions(language)))


def faults(language: LanguageTag, wanted: Catalog) -> Iterator[str]:
    """What is wrong with a catalogue: words that are missing, not marked anywhere, or have other places to fill."""
    there = known(language)
    for message in _messages(wanted):
        said = there.get(message.id, message.context)
        if said is None or said.fuzzy or not all(_forms(said)):
            yield f"no words for {message.id!r} ({message.locations[0][0]})"
        elif message.pluralizable != said.pluralizable:
            yield f"{message.id!r} has other forms"
        else:
            asked = _places(_ids(message)[-1])
            yield from (f"{form!r} for {message.id!r}" for form in _forms(said) if _places(form) != asked)
    for message in _messages(there):
        if wanted.get(message.id, message.context) is None:
            yield f"{message.id!r} is marked nowhere"


def written(language: LanguageTag, wanted: Catalog) -> bytes:
    """The catalogue with every marked message in the order of the files, and what was known of them."""
    there, fresh, locale = known(language), Catalog(locale=str(conventions(language))), conventions(language)
    for message in _messages(wanted):
        said = there.get(message.id, message.context)
        words = said.string if said and said.pluralizable == message.pluralizable else ""
        places = sorted({(file, 1) for file, _ in message.locations})
        fresh.add(message.id, words, locations=places, flags=message.flags - {"fuzzy"}, context=message.context)
    body = BytesIO()
    write_po(body, fresh, width=WIDTH, omit_header=True, include_lineno=False)
    head = HEADER.format(name=locale.english_name, tag=language, plurals=fresh.plural_forms)
    return head.encode() + body.getvalue()


def _messages(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def _places(text: str) -> set[str]:
    return set(PLACE.findall(text))


def _ids(message: Message) -> tuple[str, ...]:
    return tuple(message.id) if isinstance(message.id, (tuple, list)) else (message.id,)


def _forms(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, (tuple, list)) else (message.string or "",)


def main() -> int:
    """Write the catalogues anew; 1 when something is left to translate."""
    wanted, left = marked(), 0
    for language in TRANSLATED:
        path = catalogue(language)
        content = written(language, wanted)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        for fault in faults(language, wanted):
            left += 1
            print(f"{language}: {fault}")
    print(f"{len(wanted)} marked, {left} left to translate")
    return bool(left)


if __name__ == "__main__":
    sys.exit(main())
