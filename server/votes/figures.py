"""The figures of replayed votes: identical-vote shares per pair and session, ordinal alpha per period.

Why from the record: shares come from the workers' reports, alpha from the folded sessions, so the print shows what a
reader of the record would find.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

from polylogue.convergence.alpha import krippendorff
from polylogue.convergence.matrix import Matrix, histograms, restricted
from polylogue.vocabulary import SeatCode

FOUNDERS = tuple(map(SeatCode, ("CHN", "KAZ", "KGZ", "RUS", "TJK", "UZB")))
"""The six founders of the Shanghai Cooperation Organisation."""

EIGHT = tuple(map(SeatCode, ("CHN", "IND", "KAZ", "KGZ", "PAK", "RUS", "TJK", "UZB")))
"""Its members from 2017 to 2023."""

PERIODS = ((47, 51), (52, 56), (57, 61), (62, 66), (67, 71), (72, 74))
"""Sessions pooled; 47–51 are the years 1992–1996, 72–74 the years 2017–2019."""


@dataclass(frozen=True, slots=True)
class Share:
    """How often two seats voted alike in a session, out of the roll calls in which both did."""

    session: int
    first: SeatCode
    second: SeatCode
    identical: str | None
    overlap: int


def shares(reports: Mapping[int, Mapping[str, Any]], seats: Sequence[SeatCode]) -> list[Share]:
    """Shares per session and pair from the sessions' convergence reports (their public documents)."""
    found: list[Share] = []
    for session, document in sorted(reports.items()):
        pairs = {(p["first"], p["second"]): p for p in document["pairs"]}
        for first, second in combinations(sorted(seats), 2):
            pair = pairs.get((first, second), {"identical": None, "overlap": 0})
            found.append(Share(session, first, second, pair["identical"], pair["overlap"]))
    return found


@dataclass(frozen=True, slots=True)
class Series:
    """Alpha of a group in the sessions `first` to `last`, and what it is `without` each of its seats."""

    first: int
    last: int
    alpha: Fraction | None
    without: Mapping[SeatCode, Fraction | None]


def series(matrices: Mapping[int, Matrix], seats: Sequence[SeatCode]) -> list[Series]:
    """Alpha per period that has sessions among the matrices, by their numbers, with and without each seat."""
    found: list[Series] = []
    for first, last in PERIODS:
        if some := [matrices[number] for number in sorted(matrices) if first <= number <= last]:
            without = {seat: alpha(some, seats, without=seat) for seat in seats}
            found.append(Series(first, last, alpha(some, seats), without))
    return found


def alpha(matrices: Iterable[Matrix], seats: Sequence[SeatCode], *, without: SeatCode | None = None) -> Fraction | None:
    """Ordinal alpha of the seats over all sessions together, on roll calls in which at least half of them voted.

    Without one of them the roll calls stay the same, so that only its votes make the difference.
    """
    least = -(-len(seats) // 2)
    units: list[tuple[int, ...]] = []
    for matrix in matrices:
        present = [seat for seat in seats if seat in matrix.seats]
        kept = restricted(matrix, [seat for seat in present if seat != without])
        voted = histograms(restricted(matrix, present))
        units += [c for c, of_all in zip(histograms(kept), voted, strict=True) if sum(of_all) >= least]
    return krippendorff(units)
