"""What keeps a text from being agreed, and the smallest changes after which nothing would.

Why with the words: a number of steps moves nobody; what a delegation said would remove its objection does.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
import strawberry
from strawberry import Private

from polylogue.convergence.asking import Clause, asking, still_open, together
from polylogue.convergence.scope import Scope
from polylogue.convergence.unblock import Move, MoveSet, Question, unblock
from polylogue.convergence.unblock import Place as At
from polylogue.stances import Target
from polylogue.vocabulary import (
    AlternativeId,
    ItemId,
    ProvisionId,
    ProvisionState,
    SeatCode,
    SessionId,
    StanceLevel,
    TextState,
)
from schema import tables
from schema.api.attendance import load_eligible
from schema.api.movement import LEVELS
from schema.api.pages import page_size
from schema.api.positions import STANCE
from schema.api.rows import Place, among, complete, texts_at
from schema.api.saying import Bracketed, load_answers, load_says
from schema.api.selection import Selection
from schema.api.values import Text, shown
from schema.columns import columns

PROVISION, ALTERNATIVE, CALL = columns(tables.Provision), columns(tables.Alternative), columns(tables.Call)

Texts = dict[Place, Text]


@shown
class OpenConcern:
    """A member that objects to a wording that a provision may end with, its present text or an open `alternative`, and
    what it said would remove the objection. `carried`: it was said of an older wording.
    """

    item: ItemId
    provision: ProvisionId
    alternative: AlternativeId | None
    seat: SeatCode
    importance: int
    carried: bool
    reason: Text | None
    would_be_removed_by: Text | None


@shown
class StanceMove:
    """A stance that would change, on the provision's present text or on an alternative. `cost` is the levels given up
    times the importance; `wouldBeRemovedBy` is what the delegation itself asked for.
    """

    seat: SeatCode
    item: ItemId
    provision: ProvisionId
    alternative: AlternativeId | None
    before: StanceLevel
    after: StanceLevel
    importance: int
    cost: int
    carried: bool
    would_be_removed_by: Text | None


@shown
class AlternativeTaken:
    """An alternative that would replace the present text. What the seats `notStated` think of it is not known; its
    proposer, where it has not said what it thinks of it, is `assumed` to support it.
    """

    item: ItemId
    provision: ProvisionId
    alternative: AlternativeId
    not_stated: list[SeatCode]
    assumed: list[SeatCode]


@shown
class SmallestSet:
    """Moves after which no member would object to anything; not one of the delegations in it can be left out.

    `unknown` counts seats that have not stated what they think of an alternative that would be taken.
    """

    seats: list[SeatCode]
    moves: list[StanceMove]
    takings: list[AlternativeTaken]
    cost: int
    unknown: int


@shown
class Unblocking:
    """Open concerns, and every smallest set of moves that would leave none, the least costly first. `spoken` is how
    many of those asked have stated anything; where nobody has, no concern means nothing.

    `exact`: all sets were found; `setCount` is how many were. Above twelve objecting delegations the search may be cut
    off; then all sets that cost less than `bound` are among them.
    """

    spoken: int
    exact: bool
    bound: int | None
    concerns: list[OpenConcern]
    set_count: int
    found: Private[Sequence[MoveSet]]
    texts: Private[Texts]
    belongs: Private[Mapping[str, ItemId]]

    @strawberry.field(description="The smallest sets, the least costly first; at most 200 at once.")
    def sets(self, first: int = 50) -> list[SmallestSet]:
        return [_set(each, self.texts, self.belongs) for each in self.found[: page_size(first)]]


@shown
class UnmetCondition:
    """A stance on the present text of a provision that waits for another provision to be agreed."""

    seat: SeatCode
    item: ItemId
    provision: ProvisionId
    level: StanceLevel
    if_agreed: ProvisionId


@dataclass(frozen=True, slots=True)
class Standing:
    """Of an item or of several, as they stand: what would be asked to unblock them, the words of those who object, what
    is unmet, and to which item a provision belongs.
    """

    question: Question
    texts: Texts
    unmet: list[UnmetCondition]
    belongs: Mapping[str, ItemId]


def standing_of(scope: Scope, standings: Mapping[ItemId, Standing], states: Mapping[ItemId, TextState]) -> Standing:
    """Of several items together, given in the order of the agenda: to unblock are those whose texts are not adopted."""
    asked = together(scope, (each.question for item, each in standings.items() if still_open(states[item])))
    texts = {place: text for each in standings.values() for place, text in each.texts.items()}
    belongs = {provision: item for each in standings.values() for provision, item in each.belongs.items()}
    return Standing(asked, texts, [unmet for each in standings.values() for unmet in each.unmet], belongs)


def load_standing(
    connection: sa.Connection, session: SessionId, items: Mapping[ItemId, TextState], asked: Selection
) -> dict[ItemId, Standing]:
    """What stands in the way of each of these items, given with the states of their texts."""
    clauses, agreed, answered = _clauses(connection, session, items)
    stances, rows = _stances(connection, session, items)
    eligible = load_eligible(connection, session)
    calls = _calls(connection, session)
    texts = _said(connection, session, [*rows, *answered], asked)
    found: dict[ItemId, Standing] = {}
    for item, state in items.items():
        seats = _asked(item, state, calls) or eligible
        unmet = [
            UnmetCondition(seat=row.seat, item=item, provision=row.provision, level=row.level, if_agreed=row.if_agreed)
            for clause in clauses[item]
            for seat in eligible
            if (row := stances[seat].get((clause.id, None)))
            and row.if_agreed
            and row.revision == clause.revision
            and row.if_agreed not in agreed
        ]
        belongs: dict[str, ItemId] = {clause.id: item for clause in clauses[item]}
        found[item] = Standing(asking(item, seats, clauses[item], stances), texts, unmet, belongs)
    return found


def _clauses(
    connection: sa.Connection, session: SessionId, items: Iterable[ItemId]
) -> tuple[dict[ItemId, list[Clause]], set[ProvisionId], Sequence[Any]]:
    """The clauses in the text of each item, in order; those of the session that are agreed; and the rows of what was
    answered to wordings of clauses in brackets.
    """
    opened: dict[ProvisionId, list[Any]] = defaultdict(list)
    columns = (ALTERNATIVE.provision, ALTERNATIVE.id, ALTERNATIVE.revision, ALTERNATIVE.seat, ALTERNATIVE.others)
    query = sa.select(*columns).where(ALTERNATIVE.session == session, ALTERNATIVE.open)
    for row in connection.execute(query.order_by(ALTERNATIVE.provision, ALTERNATIVE.ordinal)):
        opened[row.provision].append(row)
    found: dict[ItemId, list[Clause]] = {item: [] for item in items}
    rows = connection.execute(
        sa.select(PROVISION.id, PROVISION.item, PROVISION.revision, PROVISION.state, PROVISION.authors)
        .where(PROVISION.session == session, PROVISION.state != ProvisionState.WITHDRAWN)
        .order_by(PROVISION.item, PROVISION.ordinal)
    ).all()
    agreed = {row.id for row in rows if row.state == ProvisionState.AGREED}
    mine = [row for row in rows if row.item in found]
    bracketed = [Bracketed(r.id, r.revision, [each.id for each in opened[r.id]]) for r in mine if r.id in opened]
    says = load_says(connection, session, bracketed)
    answers, answered = load_answers(connection, session, found) if bracketed else ({}, ())
    for row in mine:
        here = opened.get(row.id, ())
        since = {each.id: each.revision for each in here}
        by = {each.id: [*([each.seat] if each.seat else ()), *json.loads(each.others)] for each in here}
        clause = Clause(row.id, row.revision, tuple(since), since, {None: json.loads(row.authors), **by})
        found[row.item].append(clause._replace(says=says.get(row.id, {}), answers=answers.get(row.id, {})))
    return found, agreed, answered


def _stances(
    connection: sa.Connection, session: SessionId, items: Iterable[ItemId]
) -> tuple[dict[SeatCode, dict[Target, Any]], list[Any]]:
    """Every stance held on the items, by seat and by what it is on; and the rows of those that object."""
    held: dict[SeatCode, dict[Target, Any]] = defaultdict(dict)
    objecting: list[Any] = []
    query = sa.select(*STANCE).where(STANCE.session == session, among(STANCE.item, items))
    for row in connection.execute(query):
        held[row.seat][row.provision, row.alternative or None] = row
        if row.level == StanceLevel.OBJECT:
            objecting.append(row)
    return held, objecting


def _calls(connection: sa.Connection, session: SessionId) -> tuple[Any, Any]:
    """The call that is open, and the one that was closed last."""
    rows = connection.execute(sa.select(CALL.item, CALL.eligible, CALL.closed_seq).where(CALL.session == session)).all()
    opened = next((row for row in rows if row.closed_seq is None), None)
    return opened, max((row for row in rows if row.closed_seq), key=lambda row: row.closed_seq, default=None)


def _asked(item: ItemId, state: TextState, calls: tuple[Any, Any]) -> list[SeatCode] | None:
    """Those asked in the call that is open on the item or has blocked it, who may be fewer than all eligible."""
    opened, closed = calls
    call = opened if opened and opened.item == item else closed if state == TextState.BLOCKED else None
    return sorted(json.loads(call.eligible)) if call and call.item == item else None


def _said(connection: sa.Connection, session: SessionId, rows: Sequence[Any], asked: Selection) -> Texts:
    """The reasons and conditions of those who object, as far as they are asked for."""
    below = asked.below("unblocking")
    wanted = below.below("concerns"), below.below("sets").below("moves")
    if not any(fields.any("reason", "wouldBeRemovedBy") for fields in wanted):
        return {}
    places = {(row.seq, f"/stances/{row.place}/{name}") for row in rows for name in ("reason", "wouldBeRemovedBy")}
    return complete(connection, session, texts_at(connection, session, {seq for seq, _ in places}), places)


def answered(standing: Standing) -> Unblocking:
    """What would unblock what stands so. Takes its time where many object to much: not for an event loop."""
    found, texts, belongs = unblock(standing.question), standing.texts, standing.belongs
    return Unblocking(
        spoken=found.spoken,
        exact=found.exact,
        bound=found.bound,
        concerns=[
            OpenConcern(
                item=belongs[each.provision],
                provision=ProvisionId(each.provision),
                alternative=AlternativeId(each.alternative) if each.alternative else None,
                seat=SeatCode(each.objector.seat),
                importance=each.objector.importance,
                carried=each.objector.carried,
                reason=_words(each.objector.condition, "reason", texts),
                would_be_removed_by=_words(each.objector.condition, "wouldBeRemovedBy", texts),
            )
            for each in found.concerns
        ],
        set_count=len(found.sets),
        found=found.sets,
        texts=texts,
        belongs=belongs,
    )


def _set(found: MoveSet, texts: Texts, belongs: Mapping[str, ItemId]) -> SmallestSet:
    return SmallestSet(
        seats=[SeatCode(seat) for seat in found.seats],
        moves=[_move(move, texts, belongs[move.provision]) for move in found.moves],
        takings=[
            AlternativeTaken(
                item=belongs[taken.provision],
                provision=ProvisionId(taken.provision),
                alternative=AlternativeId(taken.alternative),
                not_stated=[SeatCode(seat) for seat in taken.not_stated],
                assumed=[SeatCode(seat) for seat in taken.assumed],
            )
            for taken in found.takings
        ],
        cost=found.cost,
        unknown=found.unknown,
    )


def _move(move: Move, texts: Texts, item: ItemId) -> StanceMove:
    return StanceMove(
        seat=SeatCode(move.seat),
        item=item,
        provision=ProvisionId(move.provision),
        alternative=AlternativeId(move.alternative) if move.alternative else None,
        before=LEVELS[move.before],
        after=LEVELS[move.after],
        importance=move.importance,
        cost=move.cost,
        carried=move.carried,
        would_be_removed_by=_words(move.condition, "wouldBeRemovedBy", texts),
    )


def _words(at: At | None, name: str, texts: Texts) -> Text | None:
    return texts.get((at.seq, f"/stances/{at.place}/{name}")) if at else None
