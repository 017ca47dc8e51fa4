"""Moves and rewordings of a record: what the timeline tells is what two states, one entry apart, show."""

from collections.abc import Iterable
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from polylogue import commands as c
from polylogue import events as e
from polylogue.convergence.change import Move, Point
from polylogue.convergence.matrix import Cell, Matrix
from polylogue.convergence.report import Report, compute
from polylogue.convergence.scope import matrix
from polylogue.convergence.track import Tracker
from polylogue.evolve import evolve
from polylogue.occasion import Entry
from polylogue.state import State
from polylogue.vocabulary import SCALE, ItemId, ProvisionId, SeatCode, StanceLevel
from tests.golden.history import golden
from tests.polylogue.convergence.steps import reword, steps, take
from tests.scenes import EN, THREE, sco, takes

OBJECT, RESERVE, ACCEPT, SUPPORT = StanceLevel.OBJECT, StanceLevel.RESERVE, StanceLevel.ACCEPT, StanceLevel.SUPPORT
KAZ, KGZ, UZB = THREE
At = tuple[SeatCode, ProvisionId]


def told(entries: Iterable[Entry]) -> list[Point]:
    tracker = Tracker()
    return [point for entry in entries for _, point in tracker.apply(entry)]


def held(state: State, item: ItemId) -> dict[At, int]:
    """The last level of every seat on every provision, whatever wording it was said on."""
    provisions = {p.id for p in state.in_text(state.items[item])}
    return {
        (seat, target[0]): SCALE[stance.level]
        for seat, mine in state.stances.items()
        for target, stance in mine.items()
        if target[1] is None and target[0] in provisions
    }


def unmoved(table: Matrix, seat: str, provision: str, level: int) -> Report:
    """The report if this one stance were another."""
    place = table.seats.index(seat), table.provisions.index(provision)
    cells = (Cell(*place, level, 1) if cell[:2] == place else cell for cell in table.cells)
    return compute(Matrix(table.item, table.seats, table.provisions, tuple(cells)))


def expected(before: dict[At, int], carried: set[At], state: State, entry: Entry, item: ItemId) -> tuple[Move, ...]:
    """The moves of an entry, by whole reports, from what was held and carried before it and the state after it."""
    event, found = entry.event, list[Move]()
    if not isinstance(event, e.StancesStated) or entry.seat is None or entry.seat not in state.eligible():
        return ()
    table, _ = matrix(state, item)
    now = compute(table)
    for stance in event.stances:
        at: At = entry.seat, stance.provision
        level = SCALE[stance.level]
        if stance.alternative or before.get(at, level) == level:
            continue
        place = table.provisions.index(stance.provision)
        others = [cell.level for cell in table.cells if cell.provision == place and table.seats[cell.seat] != at[0]]
        then = unmoved(table, *at, before[at])
        closeness = mean = None
        if others:
            one, other = now.provisions[place].closeness, then.provisions[place].closeness
            mean_one, mean_other = now.headline.mean_closeness, then.headline.mean_closeness
            assert one is not None
            assert other is not None
            assert mean_one is not None
            assert mean_other is not None
            closeness, mean = one - other, mean_one - mean_other
        steps = sum(abs(x - before[at]) - abs(x - level) for x in others)
        found.append(Move(entry.seq, *at, before[at], level, at in carried, steps, closeness, mean))
    return tuple(found)


def check(entries: Iterable[Entry]) -> None:
    """Hold every point against the states around it."""
    tracker, state = Tracker(), State()
    for entry in entries:
        before = {item: held(state, item) for item in state.items}
        carried = {
            (seat, target[0])
            for seat, mine in state.stances.items()
            for target, stance in mine.items()
            if target[1] is None and state.carried(target, stance)
        }
        words = {id: provision.wording for id, provision in state.provisions.items()}
        evolve(state, entry)
        for item, point in tracker.apply(entry):
            assert point.moves == expected(before.get(item, {}), carried, state, entry, item)
            in_text = state.in_text(state.items[item])
            assert point.reworded == tuple(p.id for p in in_text if words.get(p.id, p.wording) != p.wording)


def test_the_whole_record_of_every_kind():
    check(golden().entries)


@settings(max_examples=60)
@given(st.lists(steps, max_size=25))
def test_any_course_of_stances_brackets_and_new_words(course: list[tuple[str, int, SeatCode, StanceLevel, bool]]):
    scene = sco()
    for step, place, seat, level, other in course:
        take(scene, step, place, seat, level, other=other)
    check(scene.entries)


def test_who_moved_and_what_was_reworded_in_one_short_course():
    """KGZ speaks late and is no move, KAZ moves, the text moves, and KAZ moves again on the new words."""
    scene = sco()
    clause = scene.clauses[0]
    for seat, level in ((KAZ, OBJECT), (UZB, SUPPORT), (KGZ, SUPPORT), (KAZ, ACCEPT)):
        scene.give(takes(scene.item, clause, level), seat)
    reword(scene, clause)
    for seat, level in ((UZB, SUPPORT), (KAZ, SUPPORT)):
        scene.give(takes(scene.item, clause, level), seat)
    points = told(scene.entries)[-7:]
    assert [[(m.seat, m.before, m.after, m.reworded, m.steps) for m in point.moves] for point in points] == [
        [],
        [],
        [],
        [("KAZ", 0, 3, False, 6)],
        [],
        [],
        [("KAZ", 3, 4, True, 1)],
    ]
    assert [point.reworded for point in points] == [()] * 4 + [(clause,)] + [()] * 2
    assert points[3].moves[0].closeness == points[3].moves[0].mean_closeness == Fraction(1, 2)


def test_an_objector_whose_alternative_is_taken_has_not_moved():
    scene = sco(stage="circulated")
    clause = scene.clauses[0]
    (proposed,) = scene.give(c.ProposeAlternative(provision=clause, text="Should.", language=EN), KAZ)
    scene.give(takes(scene.item, clause, OBJECT), KAZ)
    scene.give(takes(scene.item, clause, SUPPORT, alternative=proposed.alternative), KAZ)
    scene.give(c.CloseBracket(provision=clause, alternative=proposed.alternative))
    *_, closed = told(scene.entries)
    assert (closed.moves, closed.reworded, closed.objections) == ((), (clause,), 0)


def test_a_bracket_closed_with_the_present_text_changes_no_word():
    scene = sco(stage="circulated")
    clause = scene.clauses[0]
    scene.give(takes(scene.item, clause, SUPPORT), KAZ)
    scene.give(c.ProposeAlternative(provision=clause, text="Should.", language=EN), KAZ)
    scene.give(c.CloseBracket(provision=clause, alternative=None))
    scene.give(takes(scene.item, clause, ACCEPT), KAZ)
    closed, stated = told(scene.entries)[-2:]
    assert (closed.reworded, closed.coverage, closed.open_brackets) == ((), Fraction(1, 6), 0)
    assert [(move.before, move.after, move.reworded) for move in stated.moves] == [(4, 3, False)]
