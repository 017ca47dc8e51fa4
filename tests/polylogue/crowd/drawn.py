"""Tables of votes drawn as text, and drawn by hypothesis."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from polylogue.crowd.votes import Votes

SIGNS = {"+": 1, "0": 0, "-": -1, ".": -128}


def drawn(text: str, *, out: str = "", meta: str = "") -> Votes:
    """One participant a line, by name: `ann + - 0 .` agrees, disagrees, passes, and has not voted."""
    rows = [line.split() for line in text.strip().splitlines()]
    statements = tuple(f"s{place}" for place in range(1, len(rows[0])))
    matrix = np.array([[SIGNS[each] for each in row[1:]] for row in rows], np.int8)
    flags = [np.array([each in marked.split() for each in statements], np.bool_) for marked in (out, meta)]
    return Votes(tuple(row[0] for row in rows), statements, matrix, *flags)


def named(matrix: np.ndarray, out: np.ndarray, meta: np.ndarray) -> Votes:
    people, statements = (
        tuple(f"{letter}{place}" for place in range(count)) for letter, count in zip("ps", matrix.shape, strict=True)
    )
    return Votes(people, statements, matrix, out, meta)


@st.composite
def tables(draw: st.DrawFn, people: int = 24, statements: int = 9) -> Votes:
    shape = (draw(st.integers(1, people)), draw(st.integers(1, statements)))
    matrix = draw(arrays.arrays(np.int8, shape, elements=st.sampled_from([1, 1, -1, 0, -128, -128])))
    flags = [draw(arrays.arrays(np.bool_, shape[1], elements=st.sampled_from([False] * 5 + [True]))) for _ in range(2)]
    return named(matrix, flags[0], flags[1])


@st.composite
def grouped(draw: st.DrawFn) -> tuple[Votes, np.ndarray]:
    """A table, and labels that leave no group out; some participants may be in none."""
    votes = draw(tables())
    some = draw(arrays.arrays(np.int64, len(votes.participants), elements=st.integers(-1, 3)))
    place = {label: new for new, label in enumerate(sorted(set(some.tolist()) - {-1}))}
    return votes, np.array([place.get(label, -1) for label in some.tolist()])
