"""A table of votes and a map as bytes, as they are kept beside a session.

Why packed: a hundred thousand people on a thousand statements are as many cells as a database has rows in all; nobody
reads one of them, and all together are read again only to compute anew.
"""

import zlib

import numpy as np
from numpy.typing import NDArray

from polylogue.crowd.votes import NOBODY, Cells, Floats, Labels

_LABEL = np.dtype("<i4")
_POINT = np.dtype([("x", "<f8"), ("y", "<f8"), ("group", _LABEL)])


def pack_votes(matrix: Cells, labels: Labels) -> bytes:
    """A matrix n × C of votes, row by row, and then the label of each row, compressed."""
    return zlib.compress(np.ascontiguousarray(matrix).tobytes() + labels.astype(_LABEL).tobytes())


def unpack_votes(packed: bytes, participants: int, statements: int) -> tuple[Cells, Labels]:
    """The matrix and the labels that were packed; raises ValueError for bytes of another shape."""
    data, cells = zlib.decompress(packed), participants * statements
    matrix = np.frombuffer(data, np.int8, cells).reshape(participants, statements)
    labels = np.frombuffer(data, _LABEL, offset=cells)
    if labels.shape != (participants,):
        raise ValueError("votes of another shape")
    return matrix, labels.astype(np.intp)


def pack_points(points: Floats, labels: Labels) -> bytes:
    """Where everybody stands, n × 2, and the label of their group.

    They are put in order of group and place, so that the number of a point does not tell who came when.
    """
    table = np.empty(len(points), _POINT)
    table["x"], table["y"], table["group"] = points[:, 0], points[:, 1], labels
    return table[np.lexsort((table["y"], table["x"], table["group"]))].tobytes()


def unpack_points(packed: bytes, start: int, stop: int) -> list[tuple[float, float, int | None]]:
    """The points from number `start` up to `stop`: x, y and group, null where they are in none."""
    table: NDArray[np.void] = np.frombuffer(packed, _POINT)[start:stop]
    return [(x, y, None if group == NOBODY else group) for x, y, group in table.tolist()]
