"""The timeline: what is folded step by step is what a whole computation gives at every step."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylogue.convergence.change import Point, Timeline
from polylogue.convergence.matrix import Cell, Matrix
from polylogue.convergence.report import compute

SEATS = ("KAZ", "KGZ", "TJK", "UZB")
PROVISIONS = ("p1", "p2", "p3")
Step = tuple[Any, ...]
"""The name of what happens, and what it happens to."""

stance = st.tuples(
    st.just("stance"), st.sampled_from(SEATS), st.sampled_from(PROVISIONS), st.none() | st.integers(0, 4)
)
text = st.tuples(st.just("text"), st.permutations(PROVISIONS).flatmap(lambda p: st.integers(0, 3).map(lambda n: p[:n])))
eligible = st.tuples(st.just("eligible"), st.sets(st.sampled_from(SEATS)))
brackets = st.tuples(st.just("brackets"), st.integers(0, 9))
reword = st.tuples(st.just("reword"), st.sampled_from(PROVISIONS))
histories = st.lists(stance | stance | stance | text | eligible | brackets | reword, max_size=30)


@dataclass
class Table:
    """The same history, kept as plain tables and computed anew each time."""

    levels: dict[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])
    provisions: tuple[str, ...] = ()
    eligible: tuple[str, ...] = ()
    brackets: int = 0

    def take(self, step: Step) -> None:
        match step:
            case ("stance", seat, provision, None):
                self.levels.pop((seat, provision), None)
            case ("stance", seat, provision, level):
                self.levels[seat, provision] = level
            case ("text", provisions):
                self.provisions = tuple(provisions)
            case ("eligible", codes):
                self.eligible = tuple(sorted(codes))
            case ("brackets", number):
                self.brackets = number
            case ("reword", provision):
                self.levels = {key: level for key, level in self.levels.items() if key[1] != provision}

    def point(self, seq: int) -> Point:
        cells = tuple(
            Cell(self.eligible.index(seat), self.provisions.index(provision), level, 1)
            for (seat, provision), level in self.levels.items()
            if seat in self.eligible and provision in self.provisions
        )
        headline = compute(Matrix("item", self.eligible, self.provisions, cells)).headline
        return Point(
            seq,
            len(self.provisions),
            self.brackets,
            headline.objections,
            headline.mean_closeness,
            headline.alpha,
            headline.unanimity_share,
            headline.coverage,
        )


def follow(timeline: Timeline, step: Step) -> None:
    match step:
        case ("stance", seat, provision, level):
            timeline.state_stance(seat, provision, level)
        case ("text", provisions):
            timeline.set_provisions(provisions)
        case ("eligible", codes):
            timeline.set_eligible(codes)
        case ("brackets", number):
            timeline.brackets(number)
        case ("reword", provision):
            timeline.reword(provision)


@given(st.booleans(), histories)
def test_every_point_is_what_a_whole_computation_gives(seated: bool, history: list[Step]):
    opening: list[Step] = [("eligible", SEATS), ("text", PROVISIONS)] if seated else []
    timeline, table = Timeline(), Table()
    for seq, step in enumerate([*opening, *history], 1):
        follow(timeline, step)
        table.take(step)
        assert timeline.point(seq) == table.point(seq)


@given(histories)
def test_stances_that_come_before_their_seats_and_text_count_once_these_are_there(history: list[Step]):
    early, late = Timeline(), Timeline()
    stances = [step for step in history if step[0] == "stance"]
    setting: list[Step] = [("eligible", SEATS), ("text", PROVISIONS)]
    for step in setting + stances:
        follow(early, step)
    for step in stances + setting:
        follow(late, step)
    assert early.point(1) == late.point(1)


def test_a_short_deliberation():
    timeline = Timeline()
    timeline.set_eligible(["KAZ", "KGZ"])
    timeline.set_provisions(["p1", "p2"])
    assert timeline.point(3) == Point(3, 2, 0, 0, None, None, None, Fraction(0))
    timeline.state_stance("KAZ", "p1", 4)
    timeline.state_stance("KGZ", "p1", 0)
    timeline.state_stance("KAZ", "p2", 3)
    timeline.state_stance("KGZ", "p2", 3)
    timeline.brackets(1)
    assert timeline.point(8).document() == {
        "seq": 8,
        "provisions": 2,
        "openBrackets": 1,
        "objections": 1,
        "meanCloseness": "0.500000000",
        "alpha": "-0.500000000",
        "unanimityShare": "0.500000000",
        "coverage": "1.000000000",
    }
    timeline.reword("p1")
    timeline.state_stance("KGZ", "p1", 3)
    timeline.brackets(0)
    assert timeline.point(11).document() == {
        "seq": 11,
        "provisions": 2,
        "openBrackets": 0,
        "objections": 0,
        "meanCloseness": "1.000000000",
        "alpha": None,
        "unanimityShare": "1.000000000",
        "coverage": "0.750000000",
    }


def test_a_guest_s_stance_is_not_counted_and_not_counted_out_when_the_wording_changes():
    timeline = Timeline()
    timeline.set_eligible(["KAZ", "KGZ"])
    timeline.set_provisions(["p1"])
    timeline.state_stance("KAZ", "p1", 4)
    timeline.state_stance("GST", "p1", 0)
    assert timeline.point(5) == Point(5, 1, 0, 0, None, None, None, Fraction(1, 2))
    timeline.reword("p1")
    assert timeline.point(6) == Point(6, 1, 0, 0, None, None, None, Fraction(0))


def test_what_cannot_be_is_refused():
    timeline = Timeline()
    with pytest.raises(ValueError, match="no such level"):
        timeline.state_stance("KAZ", "p1", 5)
    with pytest.raises(ValueError, match="twice"):
        timeline.set_provisions(["p1", "p1"])
