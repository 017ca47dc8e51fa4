"""The figures once more, each straight from its definition: slow, plain, and sharing no code with the product.

A matrix is read as {(seat code, provision id): (level, importance)}.
"""

from fractions import Fraction
from itertools import combinations, permutations

from polylogue.convergence.matrix import Matrix

Stances = dict[tuple[str, str], tuple[int, int]]


def stances(matrix: Matrix) -> Stances:
    return {
        (matrix.seats[cell.seat], matrix.provisions[cell.provision]): (cell.level, cell.importance)
        for cell in matrix.cells
    }


def mean(values: list[Fraction]) -> Fraction | None:
    return sum(values, Fraction(0)) / len(values) if values else None


def pair(of: Stances, first: str, second: str) -> tuple[int, Fraction | None, Fraction | None]:
    """Overlap, similarity, identical share."""
    common = [(of[first, p], of[second, p]) for (code, p) in of if code == first and (second, p) in of]
    if not common:
        return 0, None, None
    weights = [Fraction(v + w, 2) for (_, v), (_, w) in common]
    apart = sum((w * abs(x - y) for w, ((x, _), (y, _)) in zip(weights, common, strict=True)), Fraction(0))
    same = mean([Fraction(x == y) for (x, _), (y, _) in common])
    return len(common), 1 - apart / (4 * sum(weights, Fraction(0))), same


def levels(of: Stances, provision: str, without: str | None = None) -> list[int]:
    return [level for (code, place), (level, _) in of.items() if place == provision and code != without]


def closeness(found: list[int]) -> Fraction | None:
    apart = mean([Fraction(abs(x - y)) for x, y in combinations(found, 2)])
    return None if apart is None else 1 - apart / 4


def alpha(units: list[list[int]], metric: str) -> Fraction | None:
    """Over ordered pairs of values, with the distances of Krippendorff's paper as they stand there."""
    units = [unit for unit in units if len(unit) >= 2]
    values = [value for unit in units for value in unit]

    def distance(x: int, y: int) -> Fraction:
        low, high = min(x, y), max(x, y)
        if metric == "nominal":
            return Fraction(x != y)
        if metric == "interval":
            return Fraction(high - low) ** 2
        between = Fraction(sum(low <= value <= high for value in values))
        return (between - Fraction(values.count(low) + values.count(high), 2)) ** 2

    if not values:
        return None
    seen = [distance(x, y) / (len(unit) - 1) for unit in units for x, y in permutations(unit, 2)]
    observed = sum(seen, Fraction(0)) / len(values)
    expected = mean([distance(x, y) for x, y in permutations(values, 2)])
    return 1 - observed / expected if expected else None


def gain(matrix: Matrix, code: str) -> tuple[int, Fraction | None, Fraction | None]:
    """Provisions comparable without the seat; gain in mean closeness and in unanimity share over them."""
    of = stances(matrix)
    kept = [p for p in matrix.provisions if len(levels(of, p, without=code)) >= 2]
    if not kept:
        return 0, None, None
    all_of = [levels(of, p) for p in kept]
    others = [levels(of, p, without=code) for p in kept]

    def close(rows: list[list[int]]) -> Fraction:
        return sum((closeness(row) or Fraction(0) for row in rows), Fraction(0)) / len(rows)

    def unanimous(rows: list[list[int]]) -> Fraction:
        return Fraction(sum(len(set(row)) == 1 for row in rows), len(rows))

    return len(kept), close(others) - close(all_of), unanimous(others) - unanimous(all_of)
