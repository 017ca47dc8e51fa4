"""Roll calls of the United Nations General Assembly, held against published agreement scores.

The table lies in examples/, with its source beside it: columns session, rcid, amend, para and one column of Y, A, N or
nothing for each of thirteen states.
"""

import csv
from collections.abc import Collection
from pathlib import Path

import pytest

from polylogue.convergence.agreement import identical_shares
from polylogue.convergence.alpha import alpha_of
from polylogue.convergence.matrix import Cell, Matrix, restricted

LEVEL = {"Y": 4, "A": 2, "N": 0}
STATES = ("AF", "BY", "CN", "IN", "IR", "KG", "KZ", "MN", "PK", "RU", "TJ", "TM", "UZ")
EXAMPLE = Path(__file__).parents[3] / "examples" / "unga-roll-calls-1992-2019.csv"
FOUNDERS = ("CN", "KG", "KZ", "RU", "TJ", "UZ")


@pytest.fixture(scope="module")
def roll_calls() -> list[dict[str, str]]:
    with EXAMPLE.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["amend"] != "1" and row["para"] != "1"]


def votes(roll_calls: list[dict[str, str]], sessions: Collection[int]) -> Matrix:
    rows = [row for row in roll_calls if int(row["session"]) in sessions]
    cells = tuple(
        Cell(seat, place, LEVEL[row[state]], 1)
        for seat, state in enumerate(STATES)
        for place, row in enumerate(rows)
        if row[state]
    )
    return Matrix("votes", STATES, tuple(row["rcid"] for row in rows), cells)


def test_identical_shares_of_session_74_are_the_published_ones(roll_calls: list[dict[str, str]]):
    shares = identical_shares(votes(roll_calls, [74]))
    found = {pair: round(float(shares[pair][0]), 4) for pair in [("CN", "RU"), ("CN", "IN"), ("IN", "RU")]}
    assert found == {("CN", "RU"): 0.7931, ("CN", "IN"): 0.8202, ("IN", "RU"): 0.7126}


@pytest.mark.parametrize(("sessions", "expected"), [(range(47, 52), 0.228), (range(72, 75), 0.429)])
def test_alpha_of_the_six_founders(roll_calls: list[dict[str, str]], sessions: range, expected: float):
    found = alpha_of(restricted(votes(roll_calls, sessions), FOUNDERS), minimum_stated=3)
    assert found is not None
    assert float(found) == pytest.approx(expected, abs=0.001)
