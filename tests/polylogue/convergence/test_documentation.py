"""The worked example of docs/convergence.md is computed, so that the page cannot go stale."""

import re
from fractions import Fraction
from hashlib import sha256
from typing import Any

import numpy as np
import pytest

from polylogue.convergence.alpha import krippendorff
from polylogue.convergence.draws import drawn as counts_drawn
from polylogue.convergence.matrix import Matrix, canonical_input, histograms
from polylogue.convergence.pictures import pictures
from polylogue.convergence.report import Report, compute
from tests.polylogue.convergence.drawn import drawn
from tests.polylogue.convergence.example import EXAMPLE, PAGE, written

SEED = sha256(written(canonical_input(EXAMPLE)).encode()).digest()


def test_the_page_shows_the_example_of_the_tests():
    rows = re.findall(r"^\| ([A-Z]{3}) \|(.*)\|$", PAGE, re.MULTILINE)
    assert drawn("\n".join(f"{code} {stances.replace('|', ' ')}" for code, stances in rows)) == EXAMPLE


def test_every_figure_on_the_page_is_one_of_the_example():
    text = str(compute(EXAMPLE).document())
    shown = re.findall(r"`(-?\d\.\d{9})`", PAGE)
    assert len(shown) >= 14
    assert [figure for figure in shown if f"'{figure}'" not in text] == []


def test_the_items_of_the_example_have_the_figures_on_the_page():
    def part(first: int, end: int) -> Report:
        cells = tuple(c._replace(provision=c.provision - first) for c in EXAMPLE.cells if first <= c.provision < end)
        return compute(Matrix("item", EXAMPLE.seats, EXAMPLE.provisions[first:end], cells))

    one, two = part(0, 4), part(4, 6)
    assert [each.headline.mean_closeness for each in (one, two)] == [Fraction(5, 6), Fraction(3, 4)]
    assert [each.pairs[0].overlap for each in (one, two)] == [4, 1]
    assert "= 5/6,\nthat of item 2 is (1/2 + 1)/2 = 3/4, and that of the session is 29/36" in PAGE


def test_every_member_of_the_document_is_named_on_the_page():
    def names(value: object) -> set[str]:
        if isinstance(value, dict):
            return set(value) - set(EXAMPLE.seats) | {name for each in value.values() for name in names(each)}
        return {name for each in value for name in names(each)} if isinstance(value, list) else set()

    document = names(compute(EXAMPLE).document()) | names(pictures(EXAMPLE, SEED))
    assert {name for name in document if f"`{name}`" not in PAGE and f'"{name}"' not in PAGE} == set()


def test_the_pictures_on_the_page_are_those_of_the_example():
    """A float may end in another digit on another computer; the first draw is counted in whole numbers."""
    found: Any = pictures(EXAMPLE, SEED)
    assert f"`{SEED.hex()}`" in PAGE
    groups = found["coalitions"]["groups"]
    bridges = {each["id"]: each["across"] for each in found["bridging"]}
    expected = [
        *(found["alphaInterval"][end] for end in ("low", "high")),
        found["coalitions"]["silhouette"],
        *(pair["share"] for pair in found["coalitions"]["together"] if "KAZ" not in pair.values()),
        groups[0]["stability"],
        groups[0]["cohesion"],
        bridges["p2"],
        bridges["p1"],
        *(point[axis] for point in found["axes"]["points"] for axis in ("x", "y")),
        *found["axes"]["explained"],
    ]
    first, *shown = map(float, re.findall(r"`(-?\d\.\d{6})`", PAGE))
    order = [*groups[0]["seats"], *found["coalitions"]["isolated"]]
    assert sorted(shown) == pytest.approx(sorted(expected), abs=2e-6)
    assert order == ["KGZ", "TJK", "UZB", "KAZ"]
    assert [each["id"] for each in found["bridging"]] == ["p1", "p2", "p3", "p4", "p6", "p5"]
    units = sorted(histograms(EXAMPLE))
    draw = [units[number] for number in (5, 2, 1, 2, 1, 5)]
    assert "The first draw is 5, 2, 1, 2, 1, 5" in re.sub(r"\s+", " ", PAGE)
    assert first == pytest.approx(float(krippendorff(draw) or 0), abs=1e-6)


def test_the_draws_on_the_page_are_the_draws():
    names: dict[str, Any] = {}
    exec(re.findall(r"^```python$(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)[0], names)  # noqa: S102 -- our own page
    numbers = names["draws"](SEED.hex(), 6, 1)
    assert numbers[0].tolist() == [5, 2, 1, 2, 1, 5]
    counts = [np.bincount(row, minlength=6).tolist() for row in numbers]
    assert counts == counts_drawn(SEED, 6, 200, stream=1).tolist()
