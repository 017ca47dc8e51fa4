"""The timeline: what is folded step by step is what a whole computation gives at every step."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylogue.convergence.change import Move, Point, Timeline
from polylogue.convergence.matrix import Cell, Matrix
from polylogue.convergence.report import Report, compute
from tests.polylogue.convergence.example import EXAMPLE

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
reword = st.tuples(
    st.just("reword"),
    st.sampled_from(PROVISIONS),
    st.dictionaries(st.sampled_from(SEATS), st.integers(0, 4), max_size=2),
)
histories = st.lists(stance | stance | stance | text | eligible | brackets | reword, max_size=30)


@dataclass
class Table:
    """The same history, kept as plain tables and computed anew each time."""

    levels: dict[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])
    said: dict[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])
    provisions: tuple[str, ...] = ()
    eligible: tuple[str, ...] = ()
    brackets: int = 0
    moved: tuple[str, str, int, bool] | None = None
    reworded: tuple[str, ...] = ()

    def take(self, step: Step) -> None:
        self.moved, self.reworded = None, ()
        match step:
            case ("stance", seat, provision, None):
                self.levels.pop((seat, provision), None)
            case ("stance", seat, provision, level):
                if self.said.get((seat, provision), level) != level:
                    carried = (seat, provision) not in self.levels
                    self.moved = seat, provision, self.said[seat, provision], carried
                self.levels[seat, provision] = self.said[seat, provision] = level
            case ("text", provisions):
                self.provisions = tuple(provisions)
            case ("eligible", codes):
                self.eligible = tuple(sorted(codes))
            case ("brackets", number):
                self.brackets = number
            case ("reword", provision, held):
                kept = {(seat, provision): level for seat, level in held.items()}
                self.levels = {key: level for key, level in self.levels.items() if key[1] != provision} | kept
                self.said |= kept
                self.reworded = (provision,)

    def report(self, levels: dict[tuple[str, str], int]) -> Report:
        cells = tuple(
            Cell(self.eligible.index(seat), self.provisions.index(provision), level, 1)
            for (seat, provision), level in levels.items()
            if seat in self.eligible and provision in self.provisions
        )
        return compute(Matrix("item", self.eligible, self.provisions, cells))

    def point(self, seq: int) -> Point:
        headline = self.report(self.levels).headline
        return Point(
            seq,
            len(self.provisions),
            self.brackets,
            headline.objections,
            headline.mean_closeness,
            headline.alpha,
            headline.unanimity_share,
            headline.coverage,
            self.moves(seq),
            self.reworded,
        )

    def moves(self, seq: int) -> tuple[Move, ...]:
        """By whole reports with and without the move."""
        if self.moved is None:
            return ()
        seat, provision, before, carried = self.moved
        if seat not in self.eligible or provision not in self.provisions:
            return ()
        after, place = self.levels[seat, provision], self.provisions.index(provision)
        others = [
            level
            for (code, on), level in self.levels.items()
            if on == provision and code in self.eligible and code != seat
        ]
        steps = sum(abs(level - before) - abs(level - after) for level in others)
        now, unmoved = self.report(self.levels), self.report(self.levels | {(seat, provision): before})
        effects = [
            None if new is None or old is None or not others else new - old
            for new, old in (
                (now.provisions[place].closeness, unmoved.provisions[place].closeness),
                (now.headline.mean_closeness, unmoved.headline.mean_closeness),
            )
        ]
        return (Move(seq, seat, provision, before, after, carried, steps, *effects),)


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
        case ("reword", provision, held):
            timeline.reword(provision, held)


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
        "moves": [],
        "reworded": [],
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
        "moves": [
            {
                "seat": "KGZ",
                "provision": "p1",
                "before": 0,
                "after": 3,
                "reworded": True,
                "steps": 0,
                "closeness": None,
                "meanCloseness": None,
            }
        ],
        "reworded": ["p1"],
    }


def test_a_guest_s_stance_is_not_counted_and_not_counted_out_when_the_wording_changes():
    timeline = Timeline()
    timeline.set_eligible(["KAZ", "KGZ"])
    timeline.set_provisions(["p1"])
    timeline.state_stance("KAZ", "p1", 4)
    timeline.state_stance("GST", "p1", 0)
    assert timeline.point(5) == Point(5, 1, 0, 0, None, None, None, Fraction(1, 2))
    timeline.reword("p1")
    assert timeline.point(6) == Point(6, 1, 0, 0, None, None, None, Fraction(0), reworded=("p1",))


def example() -> Timeline:
    """The table of docs/convergence.md as it stands at entry 19."""
    timeline = Timeline()
    timeline.set_eligible(EXAMPLE.seats)
    timeline.set_provisions(EXAMPLE.provisions)
    for seat, provision, level, _ in EXAMPLE.cells:
        timeline.state_stance(EXAMPLE.seats[seat], EXAMPLE.provisions[provision], level)
    assert timeline.point(19).moves == ()
    return timeline


def test_a_move_is_what_it_does_while_all_others_stand():
    timeline = example()
    timeline.state_stance("KAZ", "p5", 3)
    point = timeline.point(20)
    assert point.moves == (Move(20, "KAZ", "p5", 0, 3, False, 9, Fraction(3, 8), Fraction(1, 16)),)
    assert timeline.point(21).moves == ()


def test_a_late_joiner_fakes_no_convergence_and_saying_the_same_again_is_no_move():
    timeline = example()
    timeline.state_stance("UZB", "p6", 2)
    timeline.state_stance("KAZ", "p5", 0)
    point = timeline.point(20)
    assert point.mean_closeness == Fraction(29, 36)
    assert point.moves == ()


def test_a_stance_said_again_after_a_rewording_is_held_against_what_was_said_before():
    timeline = example()
    timeline.reword("p5")
    assert timeline.point(20).moves == ()
    timeline.state_stance("KGZ", "p5", 4)
    assert timeline.point(21).moves == ()
    timeline.state_stance("KAZ", "p5", 2)
    (move,) = timeline.point(22).moves
    assert (move.reworded, move.before, move.after, move.steps, move.closeness) == (True, 0, 2, 2, Fraction(1, 2))


def test_what_becomes_the_text_with_a_wording_that_was_chosen_is_no_move():
    """A seat that objected and supports the alternative has not moved when the chair takes the alternative."""
    timeline = example()
    timeline.reword("p5", {"KAZ": 4})
    point = timeline.point(20)
    assert (point.moves, point.reworded, point.objections) == ((), ("p5",), 0)
    timeline.state_stance("KAZ", "p5", 3)
    assert [(move.before, move.reworded) for move in timeline.point(21).moves] == [(4, False)]


def test_moves_of_one_entry_are_told_by_what_stands_after_it():
    """Their effects on the mean add up to the change of the mean, where nothing else was stated."""
    timeline = example()
    before = timeline.point(20).mean_closeness
    timeline.state_stance("TJK", "p2", 4)
    timeline.state_stance("TJK", "p6", 0)
    after = timeline.point(21)
    assert before is not None
    assert after.mean_closeness is not None
    effects = [move.mean_closeness for move in after.moves if move.mean_closeness is not None]
    assert [(move.provision, move.steps) for move in after.moves] == [("p2", 7), ("p6", -2)]
    assert sum(effects) == after.mean_closeness - before


def test_what_is_said_twice_between_two_points_is_one_move():
    timeline = example()
    timeline.state_stance("KAZ", "p5", 1)
    timeline.state_stance("KAZ", "p5", 3)
    assert [(move.before, move.after) for move in timeline.point(20).moves] == [(0, 3)]
    timeline.state_stance("KAZ", "p5", 1)
    timeline.reword("p5", {"KAZ": 4})
    assert timeline.point(21).moves == ()


def test_what_cannot_be_is_refused():
    timeline = Timeline()
    with pytest.raises(ValueError, match="no such level"):
        timeline.state_stance("KAZ", "p1", 5)
    with pytest.raises(ValueError, match="twice"):
        timeline.set_provisions(["p1", "p1"])
