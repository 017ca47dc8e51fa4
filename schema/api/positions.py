"""What delegations hold: stances on provisions, and positions with the interests behind them.

Why interests are a read of their own: those that are not for the viewer never leave the database.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from polylogue.occasion import Actor
from polylogue.vocabulary import (
    AlternativeId,
    Instant,
    ItemId,
    PositionId,
    ProvisionId,
    SeatCode,
    Seq,
    SessionId,
    StanceLevel,
)
from schema import tables
from schema.api.pages import Connection, page, page_size, place
from schema.api.rows import Place, among, by, complete, entered_by, texts_at
from schema.api.selection import Selection
from schema.api.standpoint import Reader
from schema.api.values import NOT_ASKED, Text, shown
from schema.columns import columns

ALTERNATIVE = columns(tables.Alternative)
POSITION, REVISION, STANCE = (
    columns(tables.Position),
    columns(tables.PositionRevision),
    columns(tables.Stance),
)

Target = tuple[str, str]
"""A provision and its alternative; an empty one is the present text."""


@shown
class Stance:
    """How far a delegation can go with a wording, as held now; `enteredBy` is who entered it for them, if anybody did.

    `alternative` is null for the present text. `carried`: taken on an older wording than the present one, shown and
    not counted. A reason that was never given is null, an erased one says so. `ifAgreed`: only if that other provision
    is agreed, and `conditionMet` whether it is.
    """

    seat: SeatCode
    provision: ProvisionId
    alternative: AlternativeId | None
    level: StanceLevel
    importance: int
    reason: Text | None
    would_be_removed_by: Text | None
    if_agreed: ProvisionId | None
    condition_met: bool | None
    carried: bool
    bulk: bool
    revision: int
    seq: Seq
    at: Instant
    entered_by: Actor | None = None


@shown
class PositionRevision:
    """What a delegation said at one time. Interests are null for whom they are not, whether there are any or not."""

    revision: int
    seq: Seq
    at: Instant
    text: Text = NOT_ASKED
    translations: list[Text] = NOT_ASKED
    interests: Text | None = None


@shown
class Position:
    """What a delegation holds on an item, in its newest revision, which somebody may have `enteredBy` for it; interests
    are for the seat, the chair and facilitators, and null for everybody else.
    """

    id: PositionId
    seat: SeatCode
    revision: int
    seq: Seq
    at: Instant
    entered_by: Actor | None = None
    text: Text = NOT_ASKED
    translations: list[Text] = NOT_ASKED
    interests: Text | None = None
    revisions: list[PositionRevision] = NOT_ASKED


# ── stances ──────────────────────────────────────────────────────────────────────────────────────────────────────────


_HELD = (
    *(STANCE[name] for name in ("seat", "provision", "alternative", "level", "importance", "if_agreed")),
    *(STANCE[name] for name in ("bulk", "revision", "seq", "place", "at")),
    ALTERNATIVE.revision.label("since"),
)
_WITH_ALTERNATIVES = STANCE.seat.table.outerjoin(
    ALTERNATIVE.id.table, sa.and_(ALTERNATIVE.session == STANCE.session, ALTERNATIVE.id == STANCE.alternative)
)
"""A stance is carried over to an alternative when it is older than that: it was taken on what that was made of."""


def load_stances(
    connection: sa.Connection,
    session: SessionId,
    items: Iterable[ItemId] | None,
    revisions: dict[str, int],
    agreed: set[str],
    asked: Selection,
    seats: set[SeatCode] | None,
) -> dict[Target, list[Stance]]:
    """Stances by what they are on, in the order of the seats; `revisions` are those the provisions stand at."""
    held = sa.select(*_HELD).select_from(_WITH_ALTERNATIVES)
    query = held.where(STANCE.session == session, among(STANCE.item, items), among(STANCE.seat, seats))
    rows = by(connection.execute(query), "seat")
    texts: dict[Place, Text] = {}
    if asked.any("reason", "wouldBeRemovedBy"):
        texts = _reasons(connection, session, rows)
    entered = entered_by(connection, session, (row.seq for row in rows)) if "enteredBy" in asked else {}
    found: dict[Target, list[Stance]] = defaultdict(list)
    # a board is hundreds of these rows, and to take one apart costs half of asking it for each of its fields
    for seat, provision, alternative, level, importance, if_agreed, bulk, revision, seq, spot, at, since in rows:
        present = revisions.get(provision)
        if present is None:
            continue
        stance = Stance(
            seat=seat,
            provision=provision,
            alternative=alternative or None,
            level=level,
            importance=importance,
            reason=texts.get((seq, f"/stances/{spot}/reason")) if texts else None,
            would_be_removed_by=texts.get((seq, f"/stances/{spot}/wouldBeRemovedBy")) if texts else None,
            if_agreed=if_agreed,
            condition_met=if_agreed in agreed if if_agreed else None,
            carried=revision < (since or 0) if alternative else revision != present,
            bulk=bulk,
            revision=revision,
            seq=seq,
            at=at,
            entered_by=entered.get(seq),
        )
        found[provision, alternative].append(stance)
    return found


def _reasons(connection: sa.Connection, session: SessionId, rows: Sequence[Any]) -> dict[Place, Text]:
    texts = texts_at(connection, session, {row.seq for row in rows}, "/stances/%")
    spots = [(row.seq, f"/stances/{row.place}") for row in rows]
    places = ((seq, f"{at}/{name}") for seq, at in spots for name in ("reason", "wouldBeRemovedBy"))
    return complete(connection, session, texts, places)


# ── positions ────────────────────────────────────────────────────────────────────────────────────────────────────────


def load_positions(
    connection: sa.Connection, session: SessionId, items: Iterable[ItemId] | None, asked: Selection, reader: Reader
) -> dict[ItemId, list[Position]]:
    """Positions by item, in the order of the seats."""
    query = (
        sa.select(
            *(POSITION[name] for name in ("id", "item", "seat")),
            *(REVISION[name] for name in ("revision", "seq", "at", "pointer", "interests_seq", "interests_pointer")),
            (POSITION.revision == REVISION.revision).label("newest"),
        )
        .join_from(
            POSITION.id.table,
            REVISION.position.table,
            sa.and_(REVISION.session == POSITION.session, REVISION.position == POSITION.id),
        )
        .where(POSITION.session == session, among(POSITION.item, items))
    )
    if "revisions" not in asked:
        query = query.where(REVISION.revision == POSITION.revision)
    rows = by(connection.execute(query), "seat", "id", "revision")
    texts = _words(connection, session, rows, asked, reader)
    entered = entered_by(connection, session, (row.seq for row in rows)) if "enteredBy" in asked else {}
    found: dict[ItemId, list[Position]] = defaultdict(list)
    revisions: list[PositionRevision] = []
    for row in rows:
        said: dict[str, Any] = {
            "text": texts.get((row.seq, f"{row.pointer}/text")),
            "translations": _translations(texts, row.seq, f"{row.pointer}/translations"),
            "interests": texts.get((row.interests_seq, f"{row.interests_pointer}/text")),
        }
        revisions.append(PositionRevision(revision=row.revision, seq=row.seq, at=row.at, **said))
        if row.newest:
            found[row.item].append(
                Position(
                    id=row.id,
                    seat=row.seat,
                    revision=row.revision,
                    seq=row.seq,
                    at=row.at,
                    entered_by=entered.get(row.seq),
                    revisions=revisions,
                    **said,
                )
            )
            revisions = []
    return found


def _words(
    connection: sa.Connection, session: SessionId, rows: Sequence[Any], asked: Selection, reader: Reader
) -> dict[Place, Text]:
    fields = asked.below("revisions")
    texts: dict[Place, Text] = {}
    if asked.any("text", "translations") or fields.any("text", "translations"):
        texts = texts_at(connection, session, {row.seq for row in rows}, "%/t%")
        texts = complete(connection, session, texts, ((row.seq, f"{row.pointer}/text") for row in rows))
        if "translations" in asked or "translations" in fields:
            places = ((row.seq, f"{row.pointer}/translations") for row in rows)
            texts = complete(connection, session, texts, places)
    if "interests" in asked or "interests" in fields:
        mine = [row for row in rows if row.interests_seq and reader.may_see(row.seat)]
        behind = {(row.interests_seq, f"{row.interests_pointer}/text") for row in mine}
        texts |= complete(
            connection, session, texts_at(connection, session, {seq for seq, _ in behind}, "%/text"), behind
        )
    return texts


def _translations(texts: dict[Place, Text], seq: int, below: str) -> list[Text]:
    found: list[Text] = []
    while text := texts.get((seq, f"{below}/{len(found)}")):
        found.append(text)
    return found


def positions_page(
    positions: list[Position], seats: list[SeatCode] | None, first: int, after: str | None
) -> Connection[Position]:
    """A page of an item's positions, in the order of the seats."""
    known = place(after, 1)
    asked = [p for p in positions if seats is None or p.seat in seats]
    rest = [p for p in asked if known is None or p.seat > known[0]]
    return page(rest[: page_size(first) + 1], first, len(asked), lambda p: (p.seat,))
