"""What is shown beside a report."""

import pytest

from polylogue.convergence.extras import Extras, beside, unmet_conditions
from polylogue.convergence.matrix import Cell
from tests.polylogue.convergence.drawn import drawn

MATRIX = drawn("""
    KAZ 4 . .
    KGZ 4 . 3
    TJK . 2 4
""")


def test_carried_stances_are_shown_by_provision_and_bulk_as_a_share():
    extras = Extras((Cell(2, 0, 0, 3), Cell(1, 1, 4, 1), Cell(0, 1, 0, 1)), bulk=2, unmet=(Cell(2, 2, 4, 1),))
    assert beside(MATRIX, extras) == {
        "carried": [
            {"id": "p1", "seats": ["TJK"], "histogram": [1, 0, 0, 0, 0], "objections": 1},
            {"id": "p2", "seats": ["KAZ", "KGZ"], "histogram": [1, 0, 0, 0, 1], "objections": 1},
        ],
        "carriedStances": 3,
        "bulkStances": 2,
        "bulkShare": "0.400000000",
    }
    assert unmet_conditions(MATRIX, extras) == [
        {"id": "p3", "seats": ["TJK"], "histogram": [0, 0, 0, 0, 1], "objections": 0}
    ]


def test_nothing_carried_and_nothing_stated():
    nothing = {"carried": [], "carriedStances": 0, "bulkStances": 0}
    assert beside(MATRIX, Extras()) == {**nothing, "bulkShare": "0.000000000"}
    assert beside(drawn("KAZ ."), Extras()) == {**nothing, "bulkShare": None}


@pytest.mark.parametrize(
    "extras",
    [
        Extras((Cell(0, 0, 4, 1),)),
        Extras((Cell(3, 0, 4, 1),)),
        Extras(bulk=6),
        Extras(bulk=-1),
    ],
)
def test_what_cannot_be_is_refused(extras: Extras):
    with pytest.raises(ValueError, match=r"two stances|no such|bulk"):
        beside(MATRIX, extras)
