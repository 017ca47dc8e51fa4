"""The best texts that a beam search finds, clause by clause, on what the seats are expected to say.

Why whole numbers: every figure is a ratio, and ratios of one denominator are compared as fast as floats and exactly.
"""

from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest
from math import lcm
from typing import NamedTuple

from polylogue.drafting.forms import ClauseChoice
from polylogue.drafting.predict import Expected, level_of, lowered
from polylogue.drafting.said import TOP
from polylogue.drafting.tokens import words
from polylogue.vocabulary import ProvisionId, StanceLevel

WIDTH = 32
"""Texts that are kept from clause to clause."""
WAYS = 12
"""Ways to go on with a clause that are tried, the best by themselves."""


class _Waiting(NamedTuple):
    """A figure that holds while the clause it waits for stays in the text, and what it falls to."""

    provision: ProvisionId
    now: int
    then: int


class _Way(NamedTuple):
    """What is done with a clause and what is expected: smaller is better, as far as `words`."""

    objections: int
    minus_lowest: int
    minus_total: int
    words: int
    place: int
    choice: ClauseChoice
    waiting: tuple[_Waiting, ...]


_Partial = tuple[int, int, int, int, tuple[int, ...]]
"""A text as far as it goes: objections, minus the lowest figure, minus their sum, words, and the ways it went."""


def best(
    clauses: Sequence[Iterable[tuple[ClauseChoice, tuple[Expected, ...]]]], width: int = WIDTH
) -> list[tuple[ClauseChoice, ...]]:
    """Texts, best first by: fewest objections, highest lowest expected figure, highest mean, fewest words; `width` at
    most.

    For each clause in order the choices that it has, at least one, with what is expected of every seat. What is alike
    in all four comes in the order of the choices.
    """
    given = [list(own) for own in clauses]
    unit = lcm(*{each.figure.denominator for own in given for _, expected in own for each in expected})
    there = frozenset(choice.provision for own in given for choice, _ in own)
    ways = [_best_of([_way(at, *each, unit, there) for at, each in enumerate(own)]) for own in given]
    # What has to go low anywhere goes there first: else a text is kept for a lowest figure that it cannot hold.
    order = sorted(range(len(ways)), key=lambda at: (-ways[at][0].minus_lowest, at))
    ways = [ways[at] for at in order]
    awaited = {waiting.provision for own in ways for way in own for waiting in way.waiting}
    beam: list[_Partial] = [(0, -TOP * unit, 0, 0, ())]
    for at in range(len(ways)):
        beam = nsmallest(width, _onward(beam, ways, at, awaited))
    return [_in_order(order, _went(ways, places)) for *_, places in beam]


def _in_order(order: Sequence[int], went: Sequence[_Way]) -> tuple[ClauseChoice, ...]:
    """The choices of a text in the order of the clauses."""
    return tuple(way.choice for _, way in sorted(zip(order, went, strict=True), key=lambda both: both[0]))


def _best_of(ways: Iterable[_Way]) -> list[_Way]:
    return nsmallest(WAYS, ways, key=lambda way: way[:5])


def _way(
    place: int, choice: ClauseChoice, expected: Iterable[Expected], unit: int, there: frozenset[ProvisionId]
) -> _Way:
    figures: list[int] = []
    waiting: list[_Waiting] = []
    objections = 0
    others = there - {choice.provision} if choice.omitted else there
    for each in expected:
        met = each.waits is None or each.waits in others
        figure = each.figure if met else lowered(each.figure)
        objections += level_of(figure) is StanceLevel.OBJECT
        figures.append(figure.numerator * (unit // figure.denominator))
        if met and each.waits and each.waits != choice.provision:
            then = lowered(figure)
            waiting.append(_Waiting(each.waits, figures[-1], then.numerator * (unit // then.denominator)))
    length = words(choice.text, choice.language) if choice.text else 0
    lowest = min(figures, default=TOP * unit)
    return _Way(objections, -lowest, -sum(figures), length, place, choice, tuple(waiting))


def _onward(
    beam: Iterable[_Partial], ways: Sequence[Sequence[_Way]], at: int, awaited: set[ProvisionId]
) -> Iterator[_Partial]:
    """Every text of the beam with every way to go on at a clause.

    A stance whose condition goes was above OBJECT before and is so after, so that no objection comes of it.
    """
    for objections, minus_lowest, minus_total, length, places in beam:
        went = _went(ways, places) if awaited else []
        left_out = {way.choice.provision for way in went if way.choice.omitted}
        for place, way in enumerate(ways[at]):
            lowest, total = max(minus_lowest, way.minus_lowest), minus_total + way.minus_total
            if awaited:
                for waiting in _fallen(way, went, left_out):
                    total += waiting.now - waiting.then
                    lowest = max(lowest, -waiting.then)
            yield objections + way.objections, lowest, total, length + way.words, (*places, place)


def _fallen(way: _Way, went: Iterable[_Way], left_out: set[ProvisionId]) -> list[_Waiting]:
    """The figures that fall when a text goes on this way: those that wait for what is left out."""
    fallen = [waiting for waiting in way.waiting if waiting.provision in left_out]
    if way.choice.omitted:
        gone = way.choice.provision
        fallen += [waiting for before in went for waiting in before.waiting if waiting.provision == gone]
    return fallen


def _went(ways: Sequence[Sequence[_Way]], places: Iterable[int]) -> list[_Way]:
    return [own[place] for own, place in zip(ways, places, strict=False)]
