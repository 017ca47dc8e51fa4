"""The worked example of docs/crowd.md is computed, so that the page cannot go stale."""

import re
from pathlib import Path

import numpy as np

from polylogue.crowd.groups import ENOUGH_VOTES, FIRST_COMERS
from polylogue.crowd.report import document, figures
from polylogue.crowd.representativeness import SIGNIFICANT
from tests.polylogue.crowd.drawn import drawn

PAGE = (Path(__file__).parents[3] / "docs" / "crowd.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([a-z]{3}) \|(.*)\|$", PAGE, re.MULTILINE)
CROWD = figures(drawn("\n".join(f"{name} {cells.replace('|', ' ')}" for name, cells in ROWS)))


def numbers(value: object) -> set[str]:
    if isinstance(value, dict | list):
        return {text for each in (value.values() if isinstance(value, dict) else value) for text in numbers(each)}
    return {f"{value:.6f}"} if isinstance(value, float) else set()


def test_the_example_has_nine_people_in_two_groups():
    assert CROWD.votes.participants == ("ana", "ben", "cho", "dag", "eva", "fay", "gus", "hal", "ida")
    assert CROWD.groups.labels.tolist() == [1] * 5 + [0] * 4


def test_every_figure_on_the_page_is_one_of_the_example():
    computed = numbers(document(CROWD)) | numbers(CROWD.components.axes.tolist())
    shown = re.findall(r"`(-?\d+\.\d{6})`", PAGE)
    assert len(shown) >= 25
    assert [figure for figure in shown if figure not in computed] == []


def test_lists_are_those_of_the_page():
    lists = [[(entry.statement, entry.agree) for entry in entries] for entries in CROWD.representatives]
    assert lists == [[(2, True), (1, False)], [(1, True), (2, False)]]
    assert [[entry.statement for entry in entries] for entries in CROWD.consensus] == [[0, 3], []]


def test_the_sum_of_gus_is_that_of_the_page():
    gus = np.array([1 - 8 / 9, -1 - 0, 1 - 0])
    assert f"sum {(gus * CROWD.components.axes[0, :3]).sum():.6f}, times √(5/3) = {CROWD.points[6, 0]:.6f}" in PAGE


def test_constants_are_those_of_the_page():
    assert f"voted on {ENOUGH_VOTES} statements" in PAGE
    assert f"first {FIRST_COMERS} who voted" in PAGE
    assert f"above {SIGNIFICANT} is significant" in PAGE


def test_every_member_of_the_document_is_named_on_the_page():
    def names(value: object) -> set[str]:
        if isinstance(value, dict):
            return set(value) | {name for each in value.values() for name in names(each)}
        return {name for each in value for name in names(each)} if isinstance(value, list) else set()

    assert {name for name in names(document(CROWD)) if f"`{name}`" not in PAGE} == set()
