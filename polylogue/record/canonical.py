"""The exact bytes of a value: RFC 8785 (JSON Canonicalization Scheme) on a small domain.

Why a domain: where names are ASCII and numbers are small integers, the standard library writes the bytes of RFC 8785
several times faster than a general implementation, and no two implementations can differ about them (docs/record.md).
"""

import hashlib
import json
import re
from typing import cast

from polylogue.vocabulary import Hash

LARGEST = 2**53 - 1
"""Largest integer that every JSON implementation reads back unchanged; the smallest is its negative."""

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_encode = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


class OutsideDomain(ValueError):
    """A value that the record cannot hold; `pointer` is its place (RFC 6901), `why` a clause of a sentence."""

    def __init__(self, pointer: str, why: str) -> None:
        super().__init__(f"{pointer or 'the value'}: {why}")
        self.pointer = pointer
        self.why = why


def canonical(value: object) -> bytes:
    """The UTF-8 bytes of a JSON value, by RFC 8785, names in the order of their code points.

    The value must lie in the domain that `check_domain` describes: on it code point order is UTF-16 order. What comes
    from `payload.encode` does; anything from outside is checked first. Raises UnicodeEncodeError for an unpaired
    surrogate and ValueError for NaN and infinities; other values outside the domain are not noticed here.
    """
    return _encode(value).encode()


def digest(value: object) -> Hash:
    """SHA-256 of a value's canonical JSON, in hexadecimal."""
    return digest_of(canonical(value))


def digest_of(written: bytes) -> Hash:
    """SHA-256 of canonical bytes that are there already, in hexadecimal."""
    return Hash(hashlib.sha256(written).hexdigest())


def check_domain(value: object, pointer: str = "") -> None:
    """Refuse what has no agreed bytes: raises OutsideDomain, naming the place below `pointer`.

    The domain: null, booleans, integers from -LARGEST to LARGEST, strings without unpaired surrogates, lists (or
    tuples) of these, and objects whose member names are ASCII. Decimal figures are strings, never floats.
    """
    match value:
        case None | bool():
            pass
        case int():
            if not -LARGEST <= value <= LARGEST:
                raise OutsideDomain(pointer, "an integer beyond ±(2^53 - 1)")
        case str():
            if _SURROGATE.search(value):
                raise OutsideDomain(pointer, "text with an unpaired surrogate")
        case float():
            raise OutsideDomain(pointer, "a float; figures are decimal strings")
        case list() | tuple():
            for index, inner in enumerate(cast("list[object] | tuple[object, ...]", value)):
                check_domain(inner, f"{pointer}/{index}")
        case dict():
            for name, inner in cast("dict[object, object]", value).items():
                if not (isinstance(name, str) and name.isascii()):
                    raise OutsideDomain(pointer, f"the member name {name!r}, which is not ASCII text")
                check_domain(inner, f"{pointer}/{name}")
        case _:
            raise OutsideDomain(pointer, f"a {type(value).__name__}, which is not JSON")
