"""How each seat is expected to rank the candidates of a round, until it ranks them itself.

Why by the seat's worst clause first: a delegation can live with many small losses, and with no text that it objects to.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby

from polylogue.drafting.forms import Candidate, Prediction
from polylogue.state import Ballot
from polylogue.vocabulary import SeatCode, StanceLevel


def expected(seats: Sequence[SeatCode], candidates: Sequence[Candidate]) -> dict[SeatCode, Ballot]:
    """Each seat's ballot: numbers of candidates, from 1, in groups, best first.

    A text is the better for a seat the fewer objections, then the higher the lowest figure, then the higher the mean of
    the figures weighted with their importance that are expected of it there; texts equal in all three are tied.
    """
    return {seat: _ballot(place, candidates) for place, seat in enumerate(seats)}


def _ballot(place: int, candidates: Sequence[Candidate]) -> Ballot:
    by_worth = sorted(
        (_worth([row[place] for row in candidate.predictions]), number)
        for number, candidate in enumerate(candidates, 1)
    )
    return tuple(tuple(number for _, number in group) for _, group in groupby(by_worth, lambda each: each[0]))


def _worth(row: Sequence[Prediction]) -> tuple[int, Fraction, Fraction]:
    """The smaller the better."""
    objections = sum(p.level is StanceLevel.OBJECT for p in row)
    lowest = min((p.figure for p in row), default=Fraction(0))
    weight = sum(p.importance for p in row)
    total = sum((p.figure * p.importance for p in row), Fraction(0))
    return objections, -lowest, -total / weight if weight else Fraction(0)
