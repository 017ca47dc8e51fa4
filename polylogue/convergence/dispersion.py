"""Other published measures of how stances spread over a scale, from the counts of its levels; no report holds them.

Why here: whoever has figures of an older study can hold ours against them on the same counts (docs/convergence.md).
"""

from fractions import Fraction
from itertools import accumulate
from math import log2

from polylogue.convergence.agreement import agreement


def polarisation(counts: tuple[int, ...]) -> Fraction | None:
    """(1 − A)/2, 0 when all are alike to 1 when half are at either end; None below two stances.

    Source: van der Eijk (2001), in the form of the R package agrmt.
    """
    found = agreement(counts)
    return None if found is None else (1 - found) / 2


def leik(counts: tuple[int, ...]) -> Fraction | None:
    """D = 2·Σ min(F, 1 − F)/(K − 1), F the share up to a level, 0 to 1 as above; None without stances.

    Source: Leik, "A Measure of Ordinal Consensus" (Pacific Sociological Review 9, 1966).
    """
    size = sum(counts)
    apart = sum(min(below, size - below) for below in accumulate(counts))
    return Fraction(2 * apart, size * (len(counts) - 1)) if size else None


def berry_mielke(counts: tuple[int, ...]) -> Fraction | None:
    """IOV = Σ |x − y| over all pairs of stances, in parts of the most that so many can have; None below two stances.

    Source: Berry and Mielke, "Indices of Ordinal Variation" (Perceptual and Motor Skills 74, 1992).
    """
    size = sum(counts)
    apart = sum(below * (size - below) for below in accumulate(counts))
    return Fraction(apart, size**2 // 4 * (len(counts) - 1)) if size > 1 else None


def tastle_wierman(counts: tuple[int, ...]) -> float | None:
    """Cns = 1 + Σ p·log2(1 − |x − μ|/(K − 1)), 1 when all are alike to 0 when half are at either end; None without
    stances. A float, unlike all figures of reports.

    Source: Tastle and Wierman, "Consensus and dissention" (International Journal of Approximate Reasoning 45, 2007).
    """
    size, most = sum(counts), len(counts) - 1
    if not size:
        return None
    mean = sum(level * count for level, count in enumerate(counts)) / size
    stated = ((level, count) for level, count in enumerate(counts) if count)
    return 1 + sum(count / size * log2(1 - abs(level - mean) / most) for level, count in stated)
