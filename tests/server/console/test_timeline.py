"""The timeline of a board: where figures, brackets, objections and calls lie in its drawing."""

from typing import Any

import pytest

from server.console.timeline import MOST_POINTS, Call, timeline


def point(
    seq: int, closeness: str | None, unanimity: str = "0.5", *, objections: int = 0, brackets: int = 0, **more: Any
) -> dict[str, Any]:
    figures = {"meanCloseness": closeness, "unanimityShare": unanimity if closeness else None}
    counts = {"objections": objections, "openBrackets": brackets, "reworded": []}
    return {"seq": seq, **figures, **counts, **more}


def call(seq: int, closed: int | None = None, outcome: str | None = None) -> dict[str, Any]:
    return {"seq": seq, "closedSeq": closed, "outcome": outcome}


def test_it_goes_from_the_first_known_point_to_the_last():
    drawn = timeline(
        [
            point(3, None),
            point(4, "1.000000000", "1", objections=8, brackets=2),
            point(6, "0.500000000", "0", reworded=["a", "b"]),
            point(8, "0", "0.25", objections=4, brackets=2),
        ]
    )
    assert drawn
    assert drawn.closeness == "M0 0H48V50H96V100H100"
    assert drawn.unanimity == "M0 0H48V100H96V75H100"
    assert drawn.objections == "M0 100V0H48V100H96V50H100V100Z"  # the last stands until now
    assert drawn.brackets == "M0 75H48V100H96V75H100"
    assert drawn.ticks == "M48 0V100"
    assert (drawn.first, drawn.last, drawn.scale, drawn.rewordings) == (4, 8, 8, 1)
    assert (drawn.then["seq"], drawn.now["seq"]) == (4, 8)
    assert (drawn.most_objections, drawn.most_brackets) == (8, 2)


def test_what_is_known_of_calls_is_drawn_and_the_figures_stand_until_then():
    points = [point(10, "0.5"), point(20, "0.7", objections=1)]
    drawn = timeline(points, [call(12, 15, "BLOCKED"), call(24, 30, "ADOPTED")])
    assert drawn
    assert drawn.calls == (Call(12, 15, "BLOCKED", 9.6, 24), Call(24, 30, "ADOPTED", 67.2, 96))
    assert drawn.closeness == "M0 50H48V30H100"
    assert drawn.objections.endswith("H48V75H100V100Z")
    assert (drawn.last, drawn.now["seq"]) == (30, 20)


def test_a_call_that_is_open_reaches_to_the_end():
    drawn = timeline([point(10, "0.5"), point(20, "0.7")], [call(15)])
    assert drawn
    assert drawn.calls == (Call(15, None, None, 48, 100),)
    assert drawn.last == 20


def test_a_call_before_the_first_figures_lies_at_their_beginning():
    drawn = timeline([point(10, "0.5"), point(20, "0.7")], [call(2, 4, "WITHDRAWN")])
    assert drawn
    assert [(each.begins, each.ends) for each in drawn.calls] == [(0, 0)]


@pytest.mark.parametrize("points", [[], [point(1, "0.5"), point(2, None)]])
def test_it_needs_two_points(points: list[dict[str, Any]]):
    assert timeline(points) is None


def test_not_too_many_points_are_drawn_and_the_most_there_were_is_not_lost():
    points = [point(seq, str(seq % 2), objections=9 * (seq == 500)) for seq in range(1, 1001)]
    drawn = timeline(points)
    assert drawn
    assert drawn.closeness.count("H") <= MOST_POINTS
    assert (drawn.first, drawn.last, drawn.now["seq"]) == (1, 1000, 1000)
    assert (drawn.most_objections, drawn.scale) == (9, 9)
