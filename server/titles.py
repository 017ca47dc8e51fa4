"""Sessions by their titles, for whoever has the host and knows no id: what there is, and how far each has got.

Why in plain selects: a session whose record is damaged is listed like any other.
"""

import json
from dataclasses import asdict, dataclass

import sqlalchemy as sa

from ledger.raw import leniently, printable
from polylogue.vocabulary import SessionId
from schema import tables
from schema.columns import columns

_SESSION, _ITEM, _NAMING = columns(tables.Session), columns(tables.AgendaItem), columns(tables.Naming)
_PROSE = columns(tables.Prose)


@dataclass(frozen=True, slots=True)
class ListedItem:
    """An item of an agenda."""

    number: int
    phase: str
    title: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A session; its title and those of its items in its working language, "" where they are erased."""

    session: SessionId
    title: str
    nature: str
    phase: str
    scheduled_at: str
    items: tuple[ListedItem, ...]

    def document(self) -> dict[str, object]:
        """The same as JSON values."""
        found = asdict(self)
        return {"scheduledAt" if name == "scheduled_at" else name: value for name, value in found.items()}


def listed(connection: sa.Connection) -> list[Listed]:
    """Every session, the newest first."""
    query = sa.select(_SESSION.id, _SESSION.nature, _SESSION.phase, _SESSION.scheduled_at, _SESSION.working)
    rows = connection.execute(query.order_by(_SESSION.scheduled_at.desc(), _SESSION.id.desc())).all()
    items: dict[str, list[tuple[str, int, str]]] = {}
    for item in connection.execute(sa.select(_ITEM).order_by(_ITEM.number)):
        items.setdefault(item.session, []).append((item.id, item.number, item.phase))
    named = _names(connection, {row.id: row.working for row in rows})
    return [
        Listed(
            SessionId(row.id),
            named.get((row.id, row.id), ""),
            row.nature,
            row.phase,
            row.scheduled_at,
            tuple(
                ListedItem(number, phase, named.get((row.id, id), "")) for id, number, phase in items.get(row.id, ())
            ),
        )
        for row in rows
    ]


def titles(connection: sa.Connection) -> dict[SessionId, str]:
    """Titles of sessions in their working languages, without those that are erased."""
    working = {row.id: row.working for row in connection.execute(sa.select(_SESSION.id, _SESSION.working))}
    return {SessionId(id): title for (session, id), title in _names(connection, working).items() if session == id}


def _names(connection: sa.Connection, working: dict[str, str]) -> dict[tuple[str, str], str]:
    """Names by session and what they are of: in the session's working language, else the first given."""
    there = sa.and_(_PROSE.session == _NAMING.session, _PROSE.seq == _NAMING.seq, _PROSE.pointer == _NAMING.pointer)
    query = (
        sa.select(_NAMING.session, _NAMING.of, _NAMING.language, _PROSE.text)
        .join(_PROSE.text.table, there)
        .order_by(_NAMING.ordinal)
    )
    found: dict[tuple[str, str], str] = {}
    with leniently(connection):
        rows = connection.execute(query).all()
    for session, of, language, text in rows:
        if not isinstance(text, str):
            continue  # damaged: for `polylogue audit`, which says so
        if (session, of) not in found or language == working.get(session):
            found[session, of] = printable(text)
    return found


def as_json(found: Listed) -> str:
    """One line of JSON."""
    return json.dumps(found.document(), ensure_ascii=False)
