"""Free texts in the record: the words on their way in, and the commitment that stands for them.

Why a commitment: a text can be erased while every hash over the record still holds; while text and salt are there,
anybody can check that these were the words (docs/record.md, prose).
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from polylogue.record.canonical import canonical

SALT_BYTES = 32


@dataclass(frozen=True, slots=True)
class Said:
    """A free text on its way in; `language` is a BCP 47 tag."""

    language: str
    words: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """A free text as the record shows it: `c` is its commitment in lower-case hex."""

    c: str
    language: str


Prose = Said | Sealed


def commitment(
    salt: bytes, field: str, language: str, words: str, *, canonical: Callable[[object], bytes] = canonical
) -> str:
    """HMAC-SHA-256 in hex, keyed with the text's own random salt, over the canonical JSON of {field, language, text}.

    `field` comes from `field_of`, `words` are the admitted words exactly as stored; `canonical` may be another function
    that makes the same bytes. Raises ValueError unless the salt has 32 bytes: a shorter one would let a short text be
    guessed after its erasure.
    """
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
    return hmac.digest(salt, canonical({"field": field, "language": language, "text": words}), "sha256").hex()


@lru_cache(maxsize=1024)
def field_of(pointer: str) -> str:
    """The member a text belongs to: the last token of its RFC 6901 pointer that is not a number.

    "/stances/3/reason" gives "reason", "/titles/0" gives "titles". Raises ValueError if there is none.
    """
    for token in reversed(pointer.split("/")[1:]):
        if not token.isdecimal():
            return token
    raise ValueError(f"{pointer!r} names no member")
