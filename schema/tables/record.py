"""The record and where it ends.

Why apart: these rows are written once; a projection can be dropped, these cannot be made again.
"""

import sqlalchemy as sa
from sqlmodel import SQLModel

from schema.tables.columns import big, primary


class Event(SQLModel, table=True):
    """An entry of a session's record: the exact bytes that were hashed. Append-only by trigger."""

    session: str = primary()
    seq: int = primary(sa_type=sa.BigInteger)
    command: str
    stored: bytes
    leaf: bytes


class Prose(SQLModel, table=True):
    """A free text of an entry with its salt; deleting the row erases the text and nothing else."""

    session: str = primary()
    seq: int = primary(sa_type=sa.BigInteger)
    pointer: str = primary()
    language: str
    text: str
    salt: bytes


class Head(SQLModel, table=True):
    """Where a session's record ends: last seq, its leaf hash, the tree's frontier, the last entry's time."""

    session: str = primary()
    seq: int = big()
    leaf: bytes
    frontier: bytes
    at: str
