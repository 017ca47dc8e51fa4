"""The best texts that a beam search finds, clause by clause, on what the seats are expected to say.

Why whole numbers: every figure is a ratio, and ratios of one denominator are compared as fast as floats and exactly.
"""

from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest
from math import lcm
from typing import NamedTuple

from polylogue.drafting.forms import ClauseChoice
from polylogue.drafting.predict import Expected, lowered
from polylogue.drafting.said import TOP
from polylogue.drafting.tokens import words
from polylogue.vocabulary import ProvisionId

WIDTH = 32
"""Texts that are kept from clause to clause."""
WAYS = 12
"""Ways to go on with a clause that are tried, the best by themselves."""


class Waiting(NamedTuple):
    """A figure that holds while the clause it waits for stays in the text, and what it falls to."""

    provision: ProvisionId
    now: int
    then: int


class Way(NamedTuple):
    """What is done with a clause and what is expected: smaller is better, as far as `words`."""

    objections: int
    minus_lowest: int
    minus_total: int
    words: int
    place: int
    choice: ClauseChoice
    waiting: tuple[Waiting, ...]


class _Text(NamedTuple):
    """A text as far as it goes: objections, minus the lowest figure, minus their sum, words; then the way that it went
    last and the text before that, with what it leaves out and what waits in it where anything may.
    """

    objections: int
    minus_lowest: int
    minus_total: int
    words: int
    before: "_Text | None" = None
    last: Way | None = None
    left_out: frozenset[ProvisionId] = frozenset()
    waiting: tuple[Waiting, ...] = ()


def best(
    clauses: Sequence[Iterable[tuple[ClauseChoice, tuple[Expected, ...]]]], width: int = WIDTH
) -> list[tuple[ClauseChoice, ...]]:
    """Texts, best first by: fewest objections, highest lowest expected figure, highest mean, fewest words; `width` at
    most.

    For each clause in order the choices that it has, at least one, with what is expected of every seat. What is alike
    in all four comes in the order of the choices.
    """
    return searched(ready([list(own) for own in clauses])[1], width)


def ready(
    clauses: Sequence[Sequence[tuple[ClauseChoice, tuple[Expected, ...]]]],
) -> tuple[int, list[list[Way]]]:
    """The ways of each clause in the order of its choices, for several searches, and the denominator of all figures."""
    unit = lcm(*{each.figure.denominator for own in clauses for _, expected in own for each in expected})
    there = frozenset(choice.provision for own in clauses for choice, _ in own)
    return unit, [[_way(at, *each, unit, there) for at, each in enumerate(own)] for own in clauses]


def searched(clauses: Sequence[Iterable[Way]], width: int = WIDTH) -> list[tuple[ClauseChoice, ...]]:
    """As `best`, from ways that are ready, all of them or some of each clause."""
    ways = [nsmallest(WAYS, own, key=_by_itself) for own in clauses]
    # What has to go low anywhere goes there first: else a text is kept for a lowest figure that it cannot hold.
    order = sorted(range(len(ways)), key=lambda at: (-ways[at][0].minus_lowest, at))
    awaited = any(way.waiting for own in ways for way in own)
    # texts stand in the order of the ways that they went: the first text that went the first way, and so on
    texts, best_first = [_Text(0, min((way.minus_lowest for own in ways for way in own), default=0), 0, 0)], [0]
    for at in order:
        onward = _on_condition if awaited else _onward
        kept = sorted(onward(texts, ways[at]))[:width]
        by_place = sorted(range(len(kept)), key=lambda number: kept[number][4:])
        texts = [_gone(texts, ways[at], kept[number], awaited=awaited) for number in by_place]
        best_first = sorted(range(len(by_place)), key=by_place.__getitem__)
    return [_in_order(order, texts[number]) for number in best_first]


def _by_itself(way: Way) -> tuple[int, ...]:
    return way[:5]


def _in_order(order: Sequence[int], text: _Text) -> tuple[ClauseChoice, ...]:
    """The choices of a text in the order of the clauses."""
    went: list[ClauseChoice] = []
    while text.before and text.last:
        went.append(text.last.choice)
        text = text.before
    return tuple(choice for _, choice in sorted(zip(order, reversed(went), strict=True), key=lambda both: both[0]))


def _way(
    place: int, choice: ClauseChoice, expected: Iterable[Expected], unit: int, there: frozenset[ProvisionId]
) -> Way:
    figures: list[int] = []
    waiting: list[Waiting] = []
    others = there - {choice.provision} if choice.omitted else there
    for each in expected:
        figure = each.figure
        if each.waits and each.waits not in others:
            figure = lowered(figure)
        elif each.waits and each.waits != choice.provision:
            then = lowered(figure)
            now, fallen = (one.numerator * (unit // one.denominator) for one in (figure, then))
            waiting.append(Waiting(each.waits, now, fallen))
        figures.append(figure.numerator * (unit // figure.denominator))
    # OBJECT is what is nearest to 0, and 1/2 is
    objections = sum(2 * figure <= unit for figure in figures)
    length = words(choice.text, choice.language) if choice.text else 0
    lowest = min(figures, default=TOP * unit)
    return Way(objections, -lowest, -sum(figures), length, place, choice, tuple(waiting))


_Step = tuple[int, int, int, int, int, int]
"""A text that goes on: its four figures, and the places of the text before and of the way, each among those kept."""


def _onward(texts: Iterable[_Text], ways: Sequence[Way]) -> Iterator[_Step]:
    """Every text with every way to go on at a clause."""
    steps = [(*way[:4], place) for place, way in enumerate(ways)]
    for before, (objections, minus_lowest, minus_total, length, *_) in enumerate(texts):
        for more, lowest, total, longer, place in steps:
            least = max(lowest, minus_lowest)
            yield objections + more, least, minus_total + total, length + longer, before, place


def _on_condition(texts: Iterable[_Text], ways: Sequence[Way]) -> Iterator[_Step]:
    """As `_onward`, where stances wait for clauses.

    A stance whose condition goes was above OBJECT before and is so after, so that no objection comes of it.
    """
    for before, text in enumerate(texts):
        for place, way in enumerate(ways):
            lowest, total = max(text.minus_lowest, way.minus_lowest), text.minus_total + way.minus_total
            for waiting in _fallen(way, text):
                total += waiting.now - waiting.then
                lowest = max(lowest, -waiting.then)
            yield text.objections + way.objections, lowest, total, text.words + way.words, before, place


def _fallen(way: Way, text: _Text) -> list[Waiting]:
    """The figures that fall when a text goes on this way: those that wait for what is left out."""
    fallen = [waiting for waiting in way.waiting if waiting.provision in text.left_out]
    if way.choice.omitted:
        fallen += [waiting for waiting in text.waiting if waiting.provision == way.choice.provision]
    return fallen


def _gone(texts: Sequence[_Text], ways: Sequence[Way], step: _Step, *, awaited: bool) -> _Text:
    objections, minus_lowest, minus_total, length, before, place = step
    text, way = texts[before], ways[place]
    if not awaited:
        return _Text(objections, minus_lowest, minus_total, length, text, way)
    left_out = text.left_out | {way.choice.provision} if way.choice.omitted else text.left_out
    return _Text(objections, minus_lowest, minus_total, length, text, way, left_out, text.waiting + way.waiting)
