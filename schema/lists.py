"""Lists in statements, of a few lengths only.

Why: a list of another length makes another statement, which drivers and databases prepare and keep anew.
"""

from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")


def padded(values: Iterable[T]) -> list[T]:
    """The values, the last one repeated up to a power of two; of none, none."""
    found = list(values)
    return found + found[-1:] * ((1 << (len(found) - 1).bit_length()) - len(found))
