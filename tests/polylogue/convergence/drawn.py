"""Matrices drawn as text, so that a test looks like the thing, and drawn at random, so that a law meets every shape."""

from hypothesis import strategies as st

from polylogue.convergence.matrix import Cell, Matrix


def drawn(text: str) -> Matrix:
    """Lines "KAZ 4 0/3 . 2": a seat, then per provision its level, its importance after a slash, or a dot."""
    rows = sorted(line.split() for line in text.strip().splitlines())
    width = len(rows[0]) - 1
    cells = tuple(
        Cell(seat, place, int(stance[0]), int(stance[2:] or 1))
        for seat, (_, *stances) in enumerate(rows)
        for place, stance in enumerate(stances)
        if stance != "."
    )
    return Matrix("item", tuple(row[0] for row in rows), tuple(f"p{place + 1}" for place in range(width)), cells)


@st.composite
def matrices(draw: st.DrawFn, *, most_seats: int = 6, most_provisions: int = 9) -> Matrix:
    """Any shape down to none, any share of gaps, cells in any order."""
    seats = draw(st.integers(0, most_seats))
    provisions = draw(st.integers(0, most_provisions))
    stance = st.none() | st.tuples(st.integers(0, 4), st.integers(1, 3))
    rows = draw(st.lists(st.lists(stance, min_size=provisions, max_size=provisions), min_size=seats, max_size=seats))
    cells = [
        Cell(seat, place, *found)
        for seat, row in enumerate(rows)
        for place, found in enumerate(row)
        if found is not None
    ]
    return Matrix(
        "item",
        tuple(f"S{seat}" for seat in range(seats)),
        tuple(f"p{place}" for place in range(provisions)),
        tuple(draw(st.permutations(cells))),
    )
