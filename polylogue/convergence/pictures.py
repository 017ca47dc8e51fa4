"""What is drawn from an item's figures: seeded by the hash of the report's input, marked as drawn, and not hashed.

Why apart from the report: a float depends on the machine that rounds it.
"""

from collections.abc import Mapping
from typing import Any

from polylogue.convergence.matrix import Matrix


def pictures(matrix: Matrix, seed: bytes, before: Mapping[str, Any] | None = None) -> dict[str, object]:
    """All pictures of one report as JSON values."""
    return {}
