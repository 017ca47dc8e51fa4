"""What was done to the brackets of a clause: closed, merged, split, reopened; by whom, why, and which readings lost.

Why read from the entries: an act says there all that followed from it, and nothing of it ever changes.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
import strawberry

from polylogue import events as e
from polylogue.occasion import Actor, Entry
from polylogue.record import envelope
from polylogue.vocabulary import AlternativeId, Instant, ProvisionId, SeatCode, Seq, SessionId
from schema import tables
from schema.api.rows import EVENT, Place, among, texts_at
from schema.api.values import LanguageVersion, Text, shown, text_of
from schema.api.wordings import WORDING, Versions, versions_of
from schema.columns import columns

ACT, ALTERNATIVE = columns(tables.BracketAct), columns(tables.Alternative)
WHOLE = 1
"""The number under which an alternative's only wording is kept."""


@strawberry.enum(description="What was done; CLOSED: one bracket, or where it has no number the clause as a whole.")
class BracketActKind(StrEnum):
    CLOSED = "CLOSED"
    MERGED = "MERGED"
    SPLIT = "SPLIT"
    REOPENED = "REOPENED"


@shown
class BracketActReading:
    """What wordings had in a bracket that closed, or whole wordings: the `present` text, or `alternatives`, or both.

    `text` is null where they had nothing there. `seats` put one of these alternatives forward. What is not `chosen`
    has lost.
    """

    text: Text | None
    present: bool
    alternatives: list[AlternativeId]
    seats: list[SeatCode]
    chosen: bool


@shown
class BracketAct:
    """Something done to the brackets of a clause, in the entry `seq`.

    `bracket` is the number of the bracket, the first one of those merged, up to `last`; null where the clause was
    closed as a whole, or reopened. `revision` is the clause's next one, where it was closed; `closing` the entry that
    was undone. `open` are the alternatives that were open after it, where it changed that.
    """

    seq: Seq
    at: Instant
    kind: BracketActKind
    actor: Actor
    seat: SeatCode | None
    entered_by: Actor | None
    bracket: int | None
    last: int | None
    revision: int | None
    closing: Seq | None
    reason: Text | None
    readings: list[BracketActReading]
    open: list[AlternativeId] | None


def load_bracket_acts(
    connection: sa.Connection, session: SessionId, within: sa.ColumnElement[bool]
) -> dict[ProvisionId, list[BracketAct]]:
    """Acts by clause, the oldest first; `within` says of which clauses, by the column of `ACT`."""
    query = (
        sa.select(EVENT.stored)
        .join_from(ACT.seq.table, EVENT.seq.table, sa.and_(EVENT.session == ACT.session, EVENT.seq == ACT.seq))
        .where(ACT.session == session, within)
        .order_by(ACT.seq)
    )
    entries = [envelope.read(stored) for stored in connection.execute(query).scalars()]
    if not entries:
        return {}
    texts = texts_at(connection, session, [entry.seq for entry in entries])
    acting: list[Any] = [entry.event for entry in entries]
    clauses = {event.provision for event in acting}
    seats = _proposers(connection, session, clauses)
    wordings: Versions = {}
    if any(isinstance(event, e.BracketClosed) and event.bracket is None for event in acting):
        of = among(WORDING.of, [*clauses, *seats])
        wordings = versions_of(connection, WORDING.of.table, WORDING.session == session, of)
    found: dict[ProvisionId, list[BracketAct]] = defaultdict(list)
    for entry in entries:
        event: Any = entry.event
        found[event.provision].append(_act(entry, texts, seats, wordings))
    return found


def proposers(rows: Iterable[Any]) -> dict[AlternativeId, list[SeatCode]]:
    """Who put each alternative forward, or one that it was made of; `rows` in the order in which they came."""
    seats: dict[AlternativeId, list[SeatCode]] = {}
    for row in rows:
        before = (seat for id in json.loads(row.of) for seat in seats.get(id, ()))
        seats[row.id] = sorted({*before, *json.loads(row.others), *([row.seat] if row.seat else ())})
    return seats


def _proposers(
    connection: sa.Connection, session: SessionId, clauses: Iterable[ProvisionId]
) -> dict[AlternativeId, list[SeatCode]]:
    query = sa.select(ALTERNATIVE.id, ALTERNATIVE.seat, ALTERNATIVE.of, ALTERNATIVE.others)
    mine = query.where(ALTERNATIVE.session == session, among(ALTERNATIVE.provision, clauses))
    return proposers(connection.execute(mine.order_by(ALTERNATIVE.seq)).all())


def _act(
    entry: Entry, texts: Mapping[Place, Text], seats: Mapping[AlternativeId, list[SeatCode]], wordings: Versions
) -> BracketAct:
    event: Any = entry.event
    reason = event.reason and (texts.get((entry.seq, "/reason")) or text_of(None, event.reason.language))
    said: dict[str, Any] = dict.fromkeys(("bracket", "last", "revision", "closing", "open"))
    readings: list[BracketActReading] = []
    match event:
        case e.BracketClosed():
            kind = BracketActKind.CLOSED
            said |= {"bracket": event.bracket, "revision": event.revision, "open": [r.id for r in event.remaining]}
            readings = [
                BracketActReading(
                    text=_words(entry.seq, event, place, texts, wordings),
                    present=reading.present,
                    alternatives=list(reading.alternatives),
                    seats=sorted({seat for id in reading.alternatives for seat in seats.get(id, ())}),
                    chosen=reading.chosen,
                )
                for place, reading in enumerate(event.readings)
            ]
        case e.BracketsMerged():
            kind = BracketActKind.MERGED
            said |= {"bracket": event.first, "last": event.last}
        case e.BracketSplit():
            kind = BracketActKind.SPLIT
            said |= {"bracket": event.bracket}
        case _:
            kind = BracketActKind.REOPENED
            said |= {"closing": event.closing, "open": list(event.alternatives)}
    return BracketAct(
        seq=entry.seq,
        at=entry.at,
        kind=kind,
        actor=entry.acting.actor,
        seat=entry.seat,
        entered_by=entry.acting.entered_by,
        reason=reason,
        readings=readings,
        **said,
    )


def _words(
    seq: Seq, event: e.BracketClosed, place: int, texts: Mapping[Place, Text], wordings: Versions
) -> Text | None:
    """What stood in the bracket; of a clause closed as a whole, the wording in its first language."""
    reading = event.readings[place]
    if event.bracket is not None:
        said = texts.get((seq, f"/readings/{place}/text"))
        return said or (reading.text and text_of(None, reading.text.language))
    of = (event.provision, event.revision - 1) if reading.present else (reading.alternatives[0], WHOLE)
    version: LanguageVersion | None = next(iter(wordings.get(of, ())), None)
    return version and text_of(version.text, version.language)
