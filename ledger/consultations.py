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


def all_ids(connection: sa.Connection) -> list[str]:
    """The ids of all consultations, in the order of their import."""
    query = sa.select(CONSULTATION.c.id).order_by(CONSULTATION.c.imported_at, CONSULTATION.c.id)
    return list(connection.execute(query).scalars())


def remove(connection: sa.Connection, consultation: str) -> str | None:
    """Take a consultation away; its title, null where there is none of this id."""
    own = CONSULTATION.c.id == consultation
    title = connection.execute(sa.select(CONSULTATION.c.title).where(own)).scalar()
    connection.execute(sa.delete(CONSULTATION).where(own))
    return title


def has_record(connection: sa.Connection, session: SessionId) -> bool:
    """Whether there is a session of this id."""
    return connection.execute(sa.select(HEAD.c.seq).where(HEAD.c.session == session)).first() is not None
