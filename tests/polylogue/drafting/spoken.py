"""What states said in the General Debate, as wordings for one clause; tests that read it are marked `spoken`.

The speeches are found in the folder that the environment variable POLYLOGUE_DATA names, under ungd; without it their
tests are skipped.
"""

import csv
import os
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from polylogue.text import admit

FOLDER = os.environ.get("POLYLOGUE_DATA")
SPEECHES = Path(FOLDER or "/nowhere") / "ungd" / "ungdc_sco_2001_2024.csv"
spoken = pytest.mark.skipif(not FOLDER, reason="POLYLOGUE_DATA does not name the folder of speeches")
WORDS = 150


@cache
def speeches() -> Mapping[int, Mapping[str, str]]:
    """By year and state, as they are in the file but for what no text may hold."""
    csv.field_size_limit(sys.maxsize)
    found: dict[int, dict[str, str]] = defaultdict(dict)
    with SPEECHES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            kept = "".join(c for c in row["text"].replace("\r", "") if c == "\n" or unicodedata.category(c) != "Cc")
            found[int(row["year"])][row["iso3"]] = admit(kept, limit=10**6)
    return found


def passages(year: int, theme: str) -> dict[str, str]:
    """What each state says around the first mention of a theme, with its spaces and line ends; the first is present."""
    found: dict[str, str] = {}
    for state, text in sorted(speeches()[year].items()):
        if match := re.search(theme, text, re.IGNORECASE):
            words = list(re.finditer(r"\S+\s*", text[match.start() :]))[:WORDS]
            found[state if found else ""] = "".join(word[0] for word in words)
    return found
