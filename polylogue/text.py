"""Admission of free text and of language tags: what may enter the record, and in which form.

Why so little is changed: words belong to whoever said them; only the two differences that nobody can see, composed
letters and line ends, are made alike (docs/record.md, text on entry).
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from polylogue.refusals import RefusalCode

LONGEST_TAG = 35
"""Characters of the longest language tag admitted: room for every tag without extensions (RFC 5646 section 4.4.1)."""

TEXT_LIMIT = 20_000
"""How many code points a text may have."""

_FORBIDDEN = re.compile(
    r"(?!\n|\r\n)"  # LF ends a line, and so does CR before it
    r"[\x00-\x1f\x7f-\x9f"  # control characters
    r"\ud800-\udfff"  # surrogates: in a str every one of them is unpaired
    r"\u202a-\u202e\u2066-\u2069"  # bidirectional overrides and isolates: what is seen would not be what is held
    r"\ufeff"  # the byte-order mark: readers of files take it away
    rf"\ufdd0-\ufdef{''.join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))}]"
)
"""What no text may have. The last line are the 66 noncharacters, which are for use inside a program and never for
interchange (Unicode 16, section 23.7; RFC 9839, section 2.2.3); the mark is as section 23.8 says of U+FEFF, whose use
inside a text has gone over to U+2060. Why others that nobody sees stay: docs/record.md, text on entry.
"""

_LANGUAGE = re.compile(
    r"""
    (?: (?: [a-z]{2,3} (?: -[a-z]{3} ){0,3} | [a-z]{4,8} )           # language, with up to three extlangs
        (?: -[a-z]{4} )?                                             # script
        (?: -(?: [a-z]{2} | [0-9]{3} ) )?                            # region
        (?: -(?: [a-z0-9]{5,8} | [0-9][a-z0-9]{3} ) )*               # variants
        (?: -[0-9a-wy-z] (?: -[a-z0-9]{2,8} )+ )*                    # extensions
        (?: -x (?: -[a-z0-9]{1,8} )+ )?                              # private use
    |   x (?: -[a-z0-9]{1,8} )+                                      # private use alone
    |   en-gb-oed | sgn-(?: be-fr | be-nl | ch-de )                  # irregular, and older than the grammar
    |   i-(?: ami | bnn | default | enochian | hak | klingon | lux | mingo | navajo | pwn | tao | tay | tsu )
    )
    """,
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)


class TextRefused(Exception):
    """Why a text or tag is not admitted: a stable code, and what the sentence about it needs."""

    def __init__(self, code: RefusalCode, params: Mapping[str, str | int]) -> None:
        super().__init__(code, dict(params))
        self.code = code
        self.params = params


def admit(words: str, *, limit: int = TEXT_LIMIT) -> str:
    """The text as it enters the record: in Unicode's Normalisation Form C, with LF for CR LF, nothing else changed.

    Raises TextRefused: CHARACTER_FORBIDDEN (`character` as U+XXXX, `position` in the text as given, from 1) for control
    characters except LF, unpaired surrogates, bidirectional overrides and isolates, U+FEFF and noncharacters;
    TEXT_EMPTY when there is nothing but white space and format characters; TEXT_TOO_LONG (`length` and `limit` in code
    points of the result).
    """
    if found := _FORBIDDEN.search(words):
        character = f"U+{ord(found[0]):04X}"
        raise TextRefused(RefusalCode.CHARACTER_FORBIDDEN, {"character": character, "position": found.start() + 1})
    text = unicodedata.normalize("NFC", words.replace("\r\n", "\n"))
    if all(character.isspace() or unicodedata.category(character) == "Cf" for character in text):
        raise TextRefused(RefusalCode.TEXT_EMPTY, {})
    if len(text) > limit:
        raise TextRefused(RefusalCode.TEXT_TOO_LONG, {"length": len(text), "limit": limit})
    return text


def escaped(words: str, *, limit: int = 20_000) -> str | None:
    """As much of any text as may enter the record: forbidden characters as escapes of JSON, cut at `limit`; None where
    nothing is left but white space and format characters. For what a machine said, which is kept and not refused.
    """
    begun = _FORBIDDEN.sub(_escape, words[: limit + 1])
    text = unicodedata.normalize("NFC", begun.replace("\r\n", "\n"))[:limit]
    return None if all(character.isspace() or unicodedata.category(character) == "Cf" for character in text) else text


def _escape(found: re.Match[str]) -> str:
    """An escape of JSON, or the two that stand for a character beyond U+FFFF."""
    units = found[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


@lru_cache(maxsize=256)
def admit_language(tag: str) -> str:
    """The tag in the case of RFC 5646 section 2.1.1: "ZH-hans-cn" gives "zh-Hans-CN".

    Raises TextRefused, LANGUAGE_TAG_INVALID (`tag`, its beginning), unless the tag is well-formed by the grammar of RFC
    5646 section 2.1 and has at most LONGEST_TAG characters: a tag stands in the record itself, so a long one would
    carry words that cannot be erased. Whether its subtags are registered is not asked.
    """
    if len(tag) > LONGEST_TAG or not _LANGUAGE.fullmatch(tag):
        raise TextRefused(RefusalCode.LANGUAGE_TAG_INVALID, {"tag": tag[:LONGEST_TAG]})
    subtags = tag.lower().split("-")
    plain = next((place for place, subtag in enumerate(subtags) if len(subtag) == 1), len(subtags))
    for place, subtag in enumerate(subtags[1:plain], 1):
        match len(subtag):
            case 2:
                subtags[place] = subtag.upper()
            case 4 if subtag.isalpha():
                subtags[place] = subtag.title()
            case _:
                pass
    return "-".join(subtags)
