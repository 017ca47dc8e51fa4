"""The worked example of docs/convergence.md is computed, so that the page cannot go stale."""

import re
from pathlib import Path

from polylogue.convergence.report import compute
from tests.polylogue.convergence.drawn import drawn
from tests.polylogue.convergence.test_report import EXAMPLE

PAGE = (Path(__file__).parents[3] / "docs" / "convergence.md").read_text(encoding="utf-8")


def test_the_page_shows_the_example_of_the_tests():
    rows = re.findall(r"^\| ([A-Z]{3}) \|(.*)\|$", PAGE, re.MULTILINE)
    assert drawn("\n".join(f"{code} {stances.replace('|', ' ')}" for code, stances in rows)) == EXAMPLE


def test_every_figure_on_the_page_is_one_of_the_example():
    text = str(compute(EXAMPLE).document())
    shown = re.findall(r"`(-?\d\.\d{9})`", PAGE)
    assert len(shown) >= 14
    assert [figure for figure in shown if f"'{figure}'" not in text] == []


def test_every_member_of_the_document_is_named_on_the_page():
    def names(value: object) -> set[str]:
        if isinstance(value, dict):
            return set(value) - set(EXAMPLE.seats) | {name for each in value.values() for name in names(each)}
        return {name for each in value for name in names(each)} if isinstance(value, list) else set()

    document = names(compute(EXAMPLE).document())
    assert {name for name in document if f"`{name}`" not in PAGE and f'"{name}"' not in PAGE} == set()
