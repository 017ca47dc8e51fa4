"""Calls for consensus and what came of them: objections, opinions on record, decisions."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from polylogue.events import AdoptedClause, Verdict
from polylogue.occasion import Actor
from polylogue.record.payload import decode
from polylogue.vocabulary import (
    CallId,
    CallOutcome,
    DecisionId,
    DecisionType,
    Hash,
    Instant,
    ItemId,
    LanguageTag,
    ObjectionId,
    ObjectionState,
    OpinionId,
    OpinionKind,
    ProvisionId,
    SeatCode,
    Seq,
    SessionId,
    StanceLevel,
)
from schema import tables
from schema.api.positions import STANCE
from schema.api.rows import Place, among, by, complete, entered_by, texts_at
from schema.api.selection import Selection
from schema.api.values import NOT_ASKED, Text, shown
from schema.columns import columns

CALL, OBJECTION, OPINION, DECISION, RESCISSION = (
    columns(tables.Call),
    columns(tables.Objection),
    columns(tables.Opinion),
    columns(tables.Decision),
    columns(tables.Rescission),
)


@shown
class Objection:
    """An objection in a call; RAISED and MAINTAINED ones are in force. `raised`: in the call itself; else it stood when
    the call opened, and its words are those of the stance, as long as that is held. `carried`: on an older wording.
    With `version`, only to what the provision says in that language.
    """

    id: ObjectionId
    seat: SeatCode
    provision: ProvisionId
    state: ObjectionState
    carried: bool
    raised: bool
    seq: Seq
    version: LanguageTag | None = None
    entered_by: Actor | None = None
    reason: Text | None = None
    would_be_removed_by: Text | None = None


@shown
class Call:
    """A call for consensus: whether anybody objects. What is null is not known before it is closed.

    `unanswered` are seats with a standing objection that they have neither maintained nor withdrawn. Objections are
    possible until `objectionsUntil`; `endsAt` is the same while the call is open, and null once it is closed.
    """

    id: CallId
    decision_type: DecisionType
    concerned: SeatCode | None
    eligible: list[SeatCode]
    objections_until: Instant
    ends_at: Instant | None
    report: Hash | None
    seq: Seq
    at: Instant
    closed_seq: Seq | None
    closed_at: Instant | None
    outcome: CallOutcome | None
    verdict: Verdict | None
    absent: list[SeatCode] | None
    unreachable: list[SeatCode] | None
    reason: Text | None = None
    objections: list[Objection] = NOT_ASKED
    unanswered: list[SeatCode] = NOT_ASKED


@shown
class Opinion:
    """An opinion on record: annexed to the decision, and never in its way."""

    id: OpinionId
    seat: SeatCode
    kind: OpinionKind
    provision: ProvisionId | None
    seq: Seq
    at: Instant
    entered_by: Actor | None = None
    text: Text = NOT_ASKED


@shown
class Decision:
    """An adopted text, word for word as the body adopted it. Since the entry `rescindedSeq` it is adopted no longer."""

    id: DecisionId
    number: int
    call: CallId
    report: Hash | None
    seq: Seq
    at: Instant
    rescinded_seq: Seq | None = None
    clauses: list[AdoptedClause] = NOT_ASKED
    verdict: Verdict | None = None
    opinions: list[Opinion] = NOT_ASKED


# ── calls ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def load_calls(
    connection: sa.Connection, session: SessionId, items: Iterable[ItemId] | None, asked: Selection
) -> dict[ItemId, list[Call]]:
    """Calls by item, in their order."""
    query = sa.select(*CALL).where(CALL.session == session, among(CALL.item, items)).order_by(CALL.seq)
    rows = connection.execute(query).all()
    objections: dict[str, list[Objection]] = {}
    if rows and asked.any("objections", "unanswered"):
        objections = _objections(connection, session, [row.id for row in rows], asked.below("objections"))
    reasons: dict[Place, Text] = {}
    if "reason" in asked:
        closed = {row.closed_seq for row in rows} - {None}
        reasons = texts_at(connection, session, closed, "/reason")
        reasons = complete(connection, session, reasons, ((seq, "/reason") for seq in closed))
    found: dict[ItemId, list[Call]] = defaultdict(list)
    for row in rows:
        found[row.item].append(_call(row, objections.get(row.id, []), reasons.get((row.closed_seq, "/reason"))))
    return found


def _call(row: Any, objections: list[Objection], reason: Text | None) -> Call:
    return Call(
        id=row.id,
        decision_type=row.decision_type,
        concerned=row.concerned,
        eligible=json.loads(row.eligible),
        objections_until=row.objections_until,
        ends_at=None if row.closed_seq else row.objections_until,
        report=row.report,
        seq=row.seq,
        at=row.at,
        closed_seq=row.closed_seq,
        closed_at=row.closed_at,
        outcome=row.outcome,
        verdict=decode(Verdict, json.loads(row.verdict)) if row.verdict else None,
        absent=json.loads(row.absent) if row.absent else None,
        unreachable=json.loads(row.unreachable) if row.unreachable else None,
        reason=reason,
        objections=objections,
        unanswered=sorted({o.seat for o in objections if o.state == ObjectionState.STANDING}),
    )


def _objections(
    connection: sa.Connection, session: SessionId, calls: list[CallId], asked: Selection
) -> dict[str, list[Objection]]:
    query = sa.select(*OBJECTION).where(OBJECTION.session == session, among(OBJECTION.call, calls))
    rows = by(connection.execute(query), "seat", "provision")
    places: dict[str, Place] = {}
    texts: dict[Place, Text] = {}
    if asked.any("reason", "wouldBeRemovedBy"):
        places = _spoken_at(connection, session, rows)
        texts = texts_at(connection, session, {seq for seq, _ in places.values()})
        said = (at for seq, at in places.values() for at in ((seq, f"{at}/reason"), (seq, f"{at}/wouldBeRemovedBy")))
        texts = complete(connection, session, texts, said)
    entered = entered_by(connection, session, (row.seq for row in rows)) if "enteredBy" in asked else {}
    found: dict[str, list[Objection]] = defaultdict(list)
    for row in rows:
        seq, at = places.get(row.id, (0, ""))
        found[row.call].append(
            Objection(
                **{name: getattr(row, name) for name in ("id", "seat", "provision", "state", "carried", "raised")},
                seq=row.seq,
                version=row.version,
                entered_by=entered.get(row.seq),
                reason=texts.get((seq, f"{at}/reason")),
                would_be_removed_by=texts.get((seq, f"{at}/wouldBeRemovedBy")),
            )
        )
    return found


def _spoken_at(connection: sa.Connection, session: SessionId, rows: Sequence[Any]) -> dict[str, Place]:
    """Where the words of objections stand: in the entry that raised one, or in the stance from before the call."""
    query = sa.select(STANCE.seat, STANCE.provision, STANCE.seq, STANCE.place).where(
        STANCE.session == session,
        STANCE.alternative == "",
        STANCE.level == StanceLevel.OBJECT,
        among(STANCE.provision, {row.provision for row in rows}),
    )
    stances = {(seat, provision): (seq, place) for seat, provision, seq, place in connection.execute(query)}
    places: dict[str, Place] = {}
    for row in rows:
        if row.words_seq:
            places[row.id] = (row.words_seq, row.words_pointer)
        elif row.raised:
            places[row.id] = (row.seq, "")
        elif (held := stances.get((row.seat, row.provision))) and held[0] < row.seq:
            places[row.id] = (held[0], f"/stances/{held[1]}")
    return places


# ── opinions and decisions ───────────────────────────────────────────────────────────────────────────────────────────


def load_opinions(
    connection: sa.Connection, session: SessionId, items: Iterable[ItemId] | None, asked: Selection
) -> dict[ItemId, list[Opinion]]:
    """Opinions by item, in the order in which they were placed."""
    query = sa.select(*OPINION).where(OPINION.session == session, among(OPINION.item, items)).order_by(OPINION.seq)
    rows = connection.execute(query).all()
    texts: dict[Place, Text] = {}
    if "text" in asked:
        texts = texts_at(connection, session, {row.seq for row in rows}, "%/text")
        texts = complete(connection, session, texts, ((row.seq, f"{row.pointer}/text") for row in rows))
    entered = entered_by(connection, session, (row.seq for row in rows)) if "enteredBy" in asked else {}
    found: dict[ItemId, list[Opinion]] = defaultdict(list)
    for row in rows:
        found[row.item].append(
            Opinion(
                id=row.id,
                seat=row.seat,
                kind=row.kind,
                provision=row.provision,
                seq=row.seq,
                at=row.at,
                entered_by=entered.get(row.seq),
                text=texts[row.seq, f"{row.pointer}/text"] if texts else NOT_ASKED,
            )
        )
    return found


def load_decisions(
    connection: sa.Connection, session: SessionId, items: Iterable[ItemId] | None, asked: Selection
) -> dict[ItemId, list[Decision]]:
    """All decisions on an item, in their order; of a call that was opened again the verdict is the later one's."""
    closed = sa.and_(CALL.session == DECISION.session, CALL.id == DECISION.call, CALL.closed_seq == DECISION.seq - 1)
    ended = sa.and_(RESCISSION.session == DECISION.session, RESCISSION.decision == DECISION.id)
    query = (
        sa.select(*DECISION, CALL.verdict, RESCISSION.seq.label("rescinded_seq"))
        .select_from(DECISION.id.table.outerjoin(CALL.id.table, closed).outerjoin(RESCISSION.seq.table, ended))
        .where(DECISION.session == session, among(DECISION.item, items))
        .order_by(DECISION.number)
    )
    rows = connection.execute(query).all()
    opinions: dict[ItemId, list[Opinion]] = {}
    if "opinions" in asked:
        opinions = load_opinions(connection, session, {row.item for row in rows}, asked.below("opinions"))
    found: dict[ItemId, list[Decision]] = defaultdict(list)
    for row in rows:
        found[row.item].append(
            Decision(
                id=row.id,
                number=row.number,
                call=row.call,
                report=row.report,
                seq=row.seq,
                at=row.at,
                rescinded_seq=row.rescinded_seq,
                clauses=[decode(AdoptedClause, clause) for clause in json.loads(row.clauses)],
                verdict=decode(Verdict, json.loads(row.verdict)) if row.verdict else None,
                opinions=opinions.get(row.item, []),
            )
        )
    return found


def in_force(made: Sequence[Decision]) -> Decision | None:
    """Of the decisions on an item, in their order, the one that stands; null where none does."""
    return next((one for one in reversed(made) if one.rescinded_seq is None), None)
