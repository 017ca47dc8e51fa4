"""How each seat is expected to rank the candidates of a round, until it ranks them itself.

Why texts without any objection come first for every seat: nothing else can be agreed, and all of them know it.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import groupby
from math import lcm
from operator import mul

from polylogue.drafting import choice
from polylogue.drafting.choice import Facts, Ranking, Settled
from polylogue.drafting.forms import Candidate
from polylogue.state import Ballot
from polylogue.vocabulary import Hash, SeatCode, StanceLevel


def expected(seats: Sequence[SeatCode], candidates: Sequence[Candidate]) -> dict[SeatCode, Ballot]:
    """Each seat's ballot: numbers of candidates, from 1, in groups, best first.

    A text to which nobody objects is better than one to which anybody does; then for a seat the one to which it objects
    in fewer clauses, then the one with the higher mean of what is expected of it, weighted by importance, then with the
    higher lowest figure. Texts equal in all of this are tied.
    """
    worth = [_worth(candidate, len(seats)) for candidate in candidates]
    return {seat: _ballot([(*of_all, *own[place]) for of_all, own in worth]) for place, seat in enumerate(seats)}


def counted(facts: Sequence[Facts], ballots: Iterable[Ballot], seed: Hash) -> tuple[Ranking, Settled]:
    """The order of candidates by Schulze's method, and with its ties broken; they are named by their numbers.

    `facts` are those of the candidates in the order of their numbers. Raises ValueError where there are none.
    """
    names = [str(number) for number in range(1, len(facts) + 1)]
    cast = [
        choice.Ballot({str(number): rank for rank, group in enumerate(ballot) for number in group})
        for ballot in ballots
    ]
    ranking = choice.schulze(names, cast)
    return ranking, choice.settled(ranking, dict(zip(names, facts, strict=True)), bytes.fromhex(seed))


def facts_of(candidate: Candidate) -> Facts:
    """What ties are broken by, of a candidate as the search leaves it."""
    keeps = 2 if candidate.status_quo else int(candidate.present)
    return Facts(len(candidate.objections), candidate.lowest, candidate.mean, candidate.words, keeps)


def completed(ranked: Ballot, expected: Ballot) -> Ballot:
    """A ballot that does not name all candidates, with those left out below in the order expected of the seat.

    They stand below since who ranks some says that it is these it wants to compare.
    """
    named = {number for group in ranked for number in group}
    rest = (tuple(number for number in group if number not in named) for group in expected)
    return (*(group for group in ranked if group), *(group for group in rest if group))


def _ballot(worth: Iterable[tuple[object, ...]]) -> Ballot:
    by_worth = sorted((*each, number) for number, each in enumerate(worth, 1))
    return tuple(tuple(number for *_, number in group) for _, group in groupby(by_worth, lambda each: each[:-1]))


def _worth(candidate: Candidate, seats: int) -> tuple[tuple[bool], list[tuple[int, Fraction, Fraction]]]:
    """What a candidate is worth to all seats, and to each; the smaller the better.

    Figures are added up as whole numbers of one denominator, column by column.
    """
    rows = candidate.predictions
    if not rows:
        return (bool(candidate.objections),), [(0, Fraction(0), Fraction(0))] * seats
    unit = lcm(*{each.figure.denominator for row in rows for each in row})
    figures = [[each.figure.numerator * (unit // each.figure.denominator) for each in row] for row in rows]
    found: list[tuple[int, Fraction, Fraction]] = []
    for own, row in zip(zip(*figures, strict=True), zip(*rows, strict=True), strict=True):
        weights = [each.importance for each in row]
        objections = sum(each.level is StanceLevel.OBJECT for each in row)
        mean = Fraction(-sum(map(mul, own, weights)), unit * (sum(weights) or 1))
        found.append((objections, mean, Fraction(-min(own), unit)))
    return (bool(candidate.objections),), found
