"""Drafts of an item's text: what was tabled, with its texts and the wordings that were on the table before."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from polylogue import events
from polylogue.record import envelope
from polylogue.vocabulary import DraftId, Instant, ItemId, RequestId, RequestState, Seq, SessionId, WriterKind
from schema import tables
from schema.api.details import shown_as, shown_event
from schema.api.rows import EVENT, among, texts_at
from schema.api.selection import Selection
from schema.api.values import NOT_ASKED, shown
from schema.api.wordings import WORDING, Versions, versions_of
from schema.api.writers import Consulted, load_writings
from schema.columns import columns
from schema.lists import padded

DRAFT, REQUEST = columns(tables.Draft), columns(tables.DraftRequest)

if TYPE_CHECKING:
    TabledClause = Any
else:
    TabledClause = shown_as(events.TabledClause).type


@shown
class Draft:
    """A numbered draft of an item's text. Its clauses say who backs them and where each wording comes from; those that
    were on the table before have the wording which they had then.
    """

    id: DraftId
    number: int
    request: RequestId | None
    seq: Seq
    at: Instant
    clauses: list[TabledClause] = NOT_ASKED


@shown
class DraftRequest:
    """That somebody asked for a draft, with up to so many candidates, and who words what no delegation has worded.

    `consulted` says what a language model was told and said for it, and what of that was refused.
    """

    id: RequestId
    state: RequestState
    candidates: int
    writer: WriterKind
    seq: Seq
    at: Instant
    consulted: list[Consulted] = NOT_ASKED


def load_drafts(
    connection: sa.Connection,
    session: SessionId,
    items: Iterable[ItemId] | None,
    asked: Selection,
    *,
    newest: bool = False,
) -> dict[ItemId, list[Draft]]:
    """Drafts by item in the order of their numbers, or the newest of each only."""
    query = sa.select(*DRAFT).where(DRAFT.session == session, among(DRAFT.item, items)).order_by(DRAFT.number)
    rows = connection.execute(query).all()
    if newest:
        rows = list({row.item: row for row in rows}.values())
    clauses = _clauses(connection, session, [row.seq for row in rows]) if "clauses" in asked else {}
    found: dict[ItemId, list[Draft]] = defaultdict(list)
    for row in rows:
        found[row.item].append(
            Draft(
                id=row.id,
                number=row.number,
                request=row.request,
                seq=row.seq,
                at=row.at,
                clauses=clauses.get(row.seq, []),
            )
        )
    return found


def load_requests(
    connection: sa.Connection, session: SessionId, items: Iterable[ItemId] | None, asked: Selection
) -> dict[ItemId, list[DraftRequest]]:
    query = sa.select(*REQUEST).where(REQUEST.session == session, among(REQUEST.item, items)).order_by(REQUEST.seq)
    rows = connection.execute(query).all()
    writings = load_writings(connection, session, [row.id for row in rows]) if "consulted" in asked else {}
    found: dict[ItemId, list[DraftRequest]] = defaultdict(list)
    for row in rows:
        found[row.item].append(
            DraftRequest(
                id=row.id,
                state=row.state,
                candidates=row.candidates,
                writer=row.writer,
                seq=row.seq,
                at=row.at,
                consulted=writings.get(row.id, []),
            )
        )
    return found


def _clauses(connection: sa.Connection, session: SessionId, seqs: list[int]) -> dict[int, list[Any]]:
    """The clauses of drafts by the entry that tabled them."""
    query = sa.select(EVENT.seq, EVENT.stored).where(EVENT.session == session, EVENT.seq.in_(padded(seqs)))
    tabled = {seq: envelope.read(stored).event for seq, stored in connection.execute(query)}
    texts = texts_at(connection, session, seqs)
    shown = {seq: shown_event(event, seq, texts).clauses for seq, event in tabled.items()}
    before = _before(connection, session, [clause for clauses in shown.values() for clause in clauses])
    for clauses in shown.values():
        for clause in clauses:
            clause.versions = clause.versions or before.get((clause.id, clause.revision), [])
            for alternative in clause.alternatives:
                alternative.versions = alternative.versions or before.get((alternative.id, 1), [])
    return shown


def _before(connection: sa.Connection, session: SessionId, clauses: list[Any]) -> Versions:
    """The wordings of clauses and alternatives that were on the table before a draft named them."""
    wordings = [*clauses, *(alternative for clause in clauses for alternative in clause.alternatives)]
    named = {wording.id for wording in wordings if not wording.versions}
    if not named:
        return {}
    return versions_of(connection, WORDING.of.table, WORDING.session == session, among(WORDING.of, named))
