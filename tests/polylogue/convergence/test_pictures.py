"""All pictures of a report as JSON: their members, the frame they take from those before, and odd input."""

import json
from math import dist
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from polylogue.convergence.matrix import Cell, Matrix
from polylogue.convergence.pictures import pictures
from tests.polylogue.convergence.drawn import drawn, matrices
from tests.polylogue.convergence.example import EXAMPLE

SEED = bytes(range(32))


def shape(value: Any) -> Any:
    """The names of a document; of a list, those of its first."""
    if isinstance(value, dict):
        return {name: shape(each) for name, each in value.items()}
    return [shape(each) for each in value[:1]] if isinstance(value, list) else None


def test_the_members():
    assert shape(pictures(EXAMPLE, SEED)) == {
        "alphaInterval": dict.fromkeys(["low", "high", "draws", "defined"]),
        "coalitions": {
            "groups": [{"seats": [None], "stability": None, "cohesion": None, "provisions": None}],
            "isolated": [None],
            "unplaced": [],
            "silhouette": None,
            "draws": None,
            "together": [dict.fromkeys(["first", "second", "share"])],
        },
        "bridging": [
            {**dict.fromkeys(["id", "place", "objections", "stated", "across"]), "leximin": [None]},
        ],
        "axes": {
            "points": [dict.fromkeys(["seat", "x", "y"])],
            "explained": [None],
            "unplaced": [],
            "imputed": None,
        },
    }


@given(matrices())
def test_they_are_json_the_same_every_time_and_have_six_places(matrix: Matrix):
    found = pictures(matrix, SEED)
    text = json.dumps(found, allow_nan=False)
    assert json.loads(text) == found
    assert json.dumps(pictures(matrix, SEED, None), allow_nan=False) == text
    assert "-0.0," not in text

    def floats(value: Any) -> list[float]:
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        return [value] if isinstance(value, float) else [each for part in inner for each in floats(part)]

    assert [each for each in floats(found) if each != round(each, 6)] == []


def test_the_seed_decides_what_is_drawn():
    assert pictures(EXAMPLE, SEED)["coalitions"] != pictures(EXAMPLE, b"other")["coalitions"]
    assert pictures(EXAMPLE, SEED)["bridging"] == pictures(EXAMPLE, b"other")["bridging"]


def test_the_map_stands_in_the_frame_of_the_one_before():
    before: Any = pictures(EXAMPLE, SEED)
    for point in before["axes"]["points"]:
        point["x"], point["y"] = -point["y"], point["x"]
    after: Any = pictures(EXAMPLE, SEED, json.loads(json.dumps(before)))
    for old, new in zip(before["axes"]["points"], after["axes"]["points"], strict=True):
        assert dist((old["x"], old["y"]), (new["x"], new["y"])) < 1e-5


@pytest.mark.parametrize("before", [None, {}, {"axes": None}, {"axes": {"points": []}}])
def test_pictures_before_that_hold_no_map_are_none(before: Any):
    assert pictures(EXAMPLE, SEED, before) == pictures(EXAMPLE, SEED)


@pytest.mark.parametrize("rows", ["A", "A 4", "A 4 4 4 4 4 4", "A . .\nB . .", "A 4\nB 4", "A 4\nB 0\nC 2"])
def test_little_input_gives_empty_pictures(rows: str):
    found: Any = pictures(drawn(rows), SEED)
    assert found["alphaInterval"] == {"low": None, "high": None, "draws": 0, "defined": 0}
    assert found["coalitions"]["groups"] == found["coalitions"]["together"] == []
    assert found["coalitions"]["silhouette"] is None


def test_without_anybody():
    found: Any = pictures(Matrix("item", (), (), ()), SEED)
    assert (found["bridging"], found["axes"]["points"]) == ([], [])


def test_193_delegations_on_2000_provisions():
    numbers = np.random.Generator(np.random.PCG64(1))
    lean = numbers.integers(0, 2, (193, 1)) * np.where(np.arange(2000) % 2, 3, 0)
    levels = np.clip(lean + numbers.integers(0, 2, (193, 2000)), 0, 4)
    cells = tuple(Cell(i, j, int(levels[i, j]), 1) for i, j in np.argwhere(numbers.random((193, 2000)) < 0.8).tolist())
    matrix = Matrix("item", tuple(f"S{i:03}" for i in range(193)), tuple(f"p{j}" for j in range(2000)), cells)
    found: Any = pictures(matrix, SEED)
    sides = sorted(sorted(f"S{i:03}" for i in range(193) if bool(lean[i, 1]) is side) for side in (False, True))
    assert [group["seats"] for group in found["coalitions"]["groups"]] == sides
    assert found["axes"]["explained"][0] > 0.5
