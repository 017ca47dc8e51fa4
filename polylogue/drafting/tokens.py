"""Tokens, words and sentences of a text: the pieces in which wordings are compared, counted and traced.

Why by script and not by language: a clause in English may quote Chinese, and characters say themselves whether words
are divided by spaces. The language only decides what is a matter of spelling: elided articles and abbreviations.
"""

import re
import unicodedata
from functools import lru_cache

_MARKS = (
    r"!-/:-@\[-`{-~"  # ASCII
    r"\u00a1-\u00a9\u00ab\u00ac\u00ae-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7"
    r"\u037e\u0387\u055a-\u055f\u0589\u058a\u05be\u05c0\u05c3\u05c6"  # Greek, Armenian, Hebrew
    r"\u0609-\u060d\u061b\u061d-\u061f\u066a-\u066d\u06d4\u0964\u0965\u0970\u1362-\u1368"  # Arabic, Indic, Ethiopic
    r"\u2010-\u2027\u2030-\u205e\u20a0-\u20cf\u2116\u2190-\u2bff\u2e00-\u2e7f"  # punctuation, currencies, symbols
    r"\u3001-\u3003\u3008-\u3020\u3030\u303d\u30fb\ufe10-\ufe1f\ufe30-\ufe6f"  # Chinese and Japanese
    r"\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\U0001f000-\U0001faff"
)
"""Punctuation and symbols: each is a token of its own."""

_UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    r"\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3041-\u3096\u309d-\u30fa\u30fc-\u312f\u31f0-\u31ff"
    r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
"""Scripts without spaces between words: each character is a token of its own."""

_LETTER = rf"[^\s{_MARKS}{_UNSPACED}]"
_WORD = rf"{_LETTER}+(?:(?:[-'’\u2011·]|(?<=[0-9])[.,](?=[0-9])){_LETTER}+)*"
_TOKEN = re.compile(rf"(?:{_WORD}|[{_MARKS}{_UNSPACED}])\s*|\s+")
_ELIDED = re.compile(rf"(?:{_LETTER}+['’]|{_WORD}|[{_MARKS}{_UNSPACED}])\s*|\s+")

_CHARACTER = re.compile(rf"[{_UNSPACED}]")

_ELIDING = frozenset({"fr", "it", "ca"})
"""Languages that write "l'accord": the article is a token of its own. In "don't" it is not."""

_END = re.compile(
    r"[.!?…]+[\"'”’»)\]]*\s+"
    r"|[\u3002\uff01\uff1f\uff61]+[\"'”’」』)\uff09]*\s*"  # Chinese and Japanese
    r"|[\u061f\u06d4\u0964\u0965\u1362]+[\"'”’»)\]]*\s*"  # Arabic, Indic, Ethiopic
    r"|\s*\n\s*"
)
"""Where a sentence may end; a full stop only before white space."""

_ABBREVIATED = frozenset(
    re.findall(
        r"\S+",
        "no nos mr mrs ms dr prof st art arts para paras sec ch vol ed eds fig cf vs e.g i.e u.n al approx res doc "
        "ст п пп г гг т.е см им ул руб млн млрд н.э рис гл ред",  # noqa: RUF001 -- Russian
    )
)
"""Words before a full stop that end no sentence, where more of the sentence follows."""


SHORT = 2_000
"""Code points of a text up to which its tokens are remembered: whoever compares wordings asks for them many times."""


def tokens(text: str, language: str) -> tuple[str, ...]:
    """The text cut into words, punctuation and single characters of scripts without spaces; joined they give it back.

    White space belongs to the token before it, and is one by itself only at the beginning. A combining mark stays with
    what it combines with. Hyphens, apostrophes and the points of numbers hold a word together: "win-win", "1,000.5".
    """
    return (_cut if len(text) <= SHORT else _cut.__wrapped__)(text, language)


@lru_cache(maxsize=512)
def _cut(text: str, language: str) -> tuple[str, ...]:
    found = (_ELIDED if language.partition("-")[0] in _ELIDING else _TOKEN).findall(text)
    return tuple(found) if text.isascii() else tuple(_combined(found))


def words(text: str, language: str) -> int:
    """How many words a text has: tokens with a letter or digit in them, so characters in Chinese."""
    return sum(map(is_word, tokens(text, language)))


def is_word(token: str) -> bool:
    """Whether a token is more than punctuation and white space."""
    return token[:1].isalnum() or any(map(str.isalnum, token))


def weight(text: str, language: str) -> int:
    """How much there is to read, in half words: two for a word, one for a character of scripts without spaces."""
    return sum(1 if _CHARACTER.match(token) else 2 for token in tokens(text, language) if is_word(token))


def sentences(text: str, language: str) -> tuple[str, ...]:
    """The text cut after each sentence and each line; joined they give it back.

    A full stop ends none after an initial or an abbreviation, nor where a small letter or a digit follows it. In
    languages that are not written with abbreviated words only the marks themselves count.
    """
    found: list[str] = []
    start = 0
    abbreviates = language.partition("-")[0] not in {"zh", "ja", "ko", "th"}
    for end in _END.finditer(text):
        if end.end() == len(text):
            break
        if abbreviates and end[0][0] == "." and "\n" not in end[0] and _goes_on(text, start, end.start(), end.end()):
            continue
        if text[start : end.end()].isspace():
            continue
        found.append(text[start : end.end()])
        start = end.end()
    if start < len(text):
        found.append(text[start:])
    return tuple(found)


def _goes_on(text: str, start: int, stop: int, after: int) -> bool:
    """Whether the sentence goes on after the full stop at `stop`."""
    if text[after].islower() or text[after].isdigit():
        return True
    before = text[start:stop].rsplit(None, 1)[-1:]
    word = before[0].strip("([\"'«“").lower() if before else ""
    return (len(word) == 1 and word.isalpha()) or word in _ABBREVIATED


def _combined(found: list[str]) -> list[str]:
    """Tokens that begin with a combining mark or a joiner put to the one before."""
    whole: list[str] = []
    for token in found:
        if whole and token[0] >= "\u0300" and (token[0] in "\u200c\u200d" or unicodedata.category(token[0])[0] == "M"):
            whole[-1] += token
        else:
            whole.append(token)
    return whole
