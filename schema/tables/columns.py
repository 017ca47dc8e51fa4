"""Columns that every table has."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Field


def primary(**more: Any) -> Any:
    """A part of the primary key."""
    return Field(primary_key=True, **more)


def big(**more: Any) -> Any:
    """A place in a session's record, or a count that may grow as far."""
    return Field(sa_type=sa.BigInteger, **more)
