"""The worked example of docs/convergence.md: four seats and six provisions.

Why one for all: each figure on the page is one of it.
"""

import json
from pathlib import Path

from tests.polylogue.convergence.drawn import drawn

PAGE = (Path(__file__).parents[3] / "docs" / "convergence.md").read_text(encoding="utf-8")
EXAMPLE = drawn("""
    KAZ 4 4 3 3 0/3 .
    KGZ 4 3 3 2 4   2
    TJK 4 1 3 . 4   2
    UZB 4 4 . . 4   .
""")


def written(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
