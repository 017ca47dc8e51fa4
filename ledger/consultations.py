"""Keeping what was imported: public consultations, beside a session or beside none.

Why not through the writer: an import is no act of a session. It moves no head and changes no row that anybody writes,
so it may be done beside a server that runs.
"""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from polylogue.vocabulary import SessionId
from schema.tables import Consultation, Head

CONSULTATION = Consultation.metadata.tables["consultation"]
HEAD = Head.metadata.tables["head"]


def kept(connection: sa.Connection, consultation: str) -> Mapping[str, Any] | None:
    """The row of this id, if there is one."""
    query = sa.select(CONSULTATION).where(CONSULTATION.c.id == consultation)
    row = connection.execute(query).first()
    return dict(zip(CONSULTATION.c.keys(), row, strict=True)) if row else None


def keep(connection: sa.Connection, row: Mapping[str, Any]) -> bool:
    """Keep a consultation; false where one of its id is there, which then stays as it is."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    done = connection.execute(dialect.insert(CONSULTATION).values(dict(row)).on_conflict_do_nothing())
    return done.rowcount == 1


def has_record(connection: sa.Connection, session: SessionId) -> bool:
    """Whether there is a session of this id."""
    return connection.execute(sa.select(HEAD.c.seq).where(HEAD.c.session == session)).first() is not None
