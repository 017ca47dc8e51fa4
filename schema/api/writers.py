"""What language models were told and said for drafts, by the request that they were asked for."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from polylogue import events
from polylogue.record import envelope
from polylogue.vocabulary import RequestId, SessionId
from schema import tables
from schema.api.details import shown_as, shown_event
from schema.api.rows import EVENT, texts_at
from schema.columns import columns
from schema.lists import padded

WRITING = columns(tables.Writing)

if TYPE_CHECKING:
    Consulted = Any
else:
    Consulted = shown_as(events.WriterConsulted).type


def load_writings(
    connection: sa.Connection, session: SessionId, requests: Iterable[RequestId]
) -> dict[RequestId, list[Consulted]]:
    """The consultations of models by request, in the order in which they were recorded."""
    query = (
        sa.select(EVENT.seq, EVENT.stored)
        .join_from(
            EVENT.seq.table, WRITING.seq.table, sa.and_(WRITING.session == EVENT.session, WRITING.seq == EVENT.seq)
        )
        .where(WRITING.session == session, WRITING.request.in_(padded(requests)))
        .order_by(EVENT.seq)
    )
    entries = connection.execute(query).all()
    texts = texts_at(connection, session, [entry.seq for entry in entries])
    found: dict[RequestId, list[Consulted]] = defaultdict(list)
    for seq, stored in entries:
        event = envelope.read(stored).event
        if isinstance(event, events.WriterConsulted):
            found[event.request].append(shown_event(event, seq, texts))
    return found
