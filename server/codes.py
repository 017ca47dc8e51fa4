"""Codes of join cards: eight letters and digits that people read off paper, and the keyed hash that is kept of each.

Why a key: forty random bits are few enough to be found by trial from a plain hash; without the key a copy of the cards'
table opens nothing.
"""

import hashlib
import hmac
import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U, so that nothing is taken for something else."""

LENGTH = 8
HALF = LENGTH // 2
KEY_BYTES = 32

_READ_AS = str.maketrans("OIL", "011")
_BETWEEN = frozenset(("Zs", "Pd", "Cf"))
"""Categories of what people and their keyboards put between letters: blanks, dashes, invisible marks."""


def new_code() -> str:
    """A code as it stands on a card, `XXXX-XXXX`."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"{drawn[:HALF]}-{drawn[HALF:]}"


def read_code(typed: str) -> str | None:
    """The eight characters that somebody meant, whatever its case, blanks and dashes; null for what is no code at all.

    O is read as 0, I and L as 1, and the wide letters of Chinese and Japanese keyboards as plain ones.
    """
    plain = unicodedata.normalize("NFKC", typed[: 8 * LENGTH]).upper()
    meant = "".join(c for c in plain if unicodedata.category(c) not in _BETWEEN).translate(_READ_AS)
    return meant if len(meant) == LENGTH and all(c in ALPHABET for c in meant) else None


def new_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def code_hash(key: bytes, code: str) -> bytes:
    """What is kept of a code as `read_code` gives it: HMAC-SHA-256."""
    return hmac.digest(key, code.encode(), hashlib.sha256)
