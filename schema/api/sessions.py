"""A session as a viewer sees it, loaded whole from one snapshot by the root of the tree.

Why whole and at once: resolvers side by side would each read another moment; and a select for every field costs more
than everything else together.
"""

import asyncio
import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
import strawberry
from strawberry import UNSET, Private

from polylogue.convergence.scope import SESSION, Scope, of_dimension
from polylogue.record import tree
from polylogue.vocabulary import (
    Dimension,
    Hash,
    Instant,
    ItemId,
    LanguageTag,
    Nature,
    Role,
    SeatCode,
    Seq,
    SessionId,
    SessionPhase,
    TextState,
)
from schema import tables
from schema.api.agenda import ITEM, Agenda, AgendaItem, load_items
from schema.api.attendance import (
    Delegation,
    Quorum,
    Sitting,
    load_delegations,
    load_quorum,
    load_sittings,
)
from schema.api.convergence import ConvergenceReport, load_reports
from schema.api.errors import ApiError, ErrorCode
from schema.api.lag import WorkerLag, load_lag
from schema.api.moves import Move, available_moves
from schema.api.naming import load_names
from schema.api.record import Entry, Event, Withheld, load_record
from schema.api.rows import EVENT
from schema.api.rulesets import RuleSet, rules_of
from schema.api.selection import Selection, selected
from schema.api.standpoint import Info, Reader
from schema.api.unblocking import Standing, Unblocking, UnmetCondition, answered, load_standing, standing_of
from schema.api.values import BEFORE_ALL, NOT_ASKED, EventKind, Text, given, in_language, is_id, shown
from schema.columns import columns

HEAD, REPORTS = columns(tables.Head), columns(tables.ReportsHead)
HASH_BYTES = 32

Page = tuple[Seq, int, tuple[str, ...] | None]
"""Which entries of the record are asked for: after, first, kinds."""


@shown
class Head:
    """What a client keeps a session's answers under: where its record ends (`seq`, that entry's leaf hash, the root of
    the Merkle tree, when), and how many times results have been stored, which move on without the record.
    """

    seq: Seq
    leaf_hash: Hash
    tree_root: Hash
    at: Instant
    report_revision: int


@shown
class ViewerStandpoint:
    """What the viewer is in a session."""

    roles: list[Role]
    seats: list[SeatCode]


@shown
class Session:
    """A simulated meeting under one rule set. Nothing in it is a state's official position.

    `working` is the language in which work is done, `authentic` are those whose versions of an adopted text count
    alike; `clockScale` is the fraction by which the rule set's timings are multiplied; a `public` session is open to
    strangers; `continues` is an earlier session.
    """

    id: SessionId
    nature: Nature
    phase: SessionPhase
    conference: str | None
    continues: SessionId | None
    public: bool
    clock_scale: str
    working: LanguageTag
    authentic: list[LanguageTag]
    scheduled_at: Instant
    sitting: int
    decisions: int
    titles: list[Text] = NOT_ASKED
    standpoint: ViewerStandpoint = NOT_ASKED
    rule_set: RuleSet = NOT_ASKED
    head: Head = NOT_ASKED
    quorum: Quorum = NOT_ASKED
    delegations: list[Delegation] = NOT_ASKED
    agenda: list[AgendaItem] = NOT_ASKED
    sittings: list[Sitting] = NOT_ASKED
    lag: WorkerLag = NOT_ASKED
    preferred: Private[tuple[str, ...]] = ()
    reader: Private[Reader] = NOT_ASKED
    pages: Private[dict[Page, list[Event | Withheld]]] = NOT_ASKED
    reports: Private[dict[str, list[ConvergenceReport]]] = NOT_ASKED
    standing: Private[dict[str, Standing]] = NOT_ASKED

    @strawberry.field(
        description="In this language, else in the viewer's, else in the session's; null when it is erased."
    )
    def title(self, language: LanguageTag | None = UNSET) -> str | None:
        return in_language(self.titles, (language, *self.preferred) if language else self.preferred)

    @strawberry.field(description="The delegation of this code.")
    def delegation(self, seat: SeatCode) -> Delegation | None:
        return next((delegation for delegation in self.delegations if delegation.code == seat), None)

    @strawberry.field(description="The agenda's item of this id.")
    def item(self, id: strawberry.ID) -> AgendaItem | None:
        return next((item for item in self.agenda if item.id == id), None)

    @strawberry.field(
        description="The newest report on all items, or on those that touch a dimension; null when there is none."
    )
    def convergence(self, dimension: Dimension | None = UNSET) -> ConvergenceReport | None:
        return next(iter(self.reports.get(_scope(given(dimension)), ())), None)

    @strawberry.field(
        description="What keeps texts that are not adopted from being agreed as they stand, of all items or of those"
        " that touch a dimension, and the smallest sets of moves after which nobody would object to any of them."
    )
    async def unblocking(self, dimension: Dimension | None = UNSET) -> Unblocking:
        return await asyncio.to_thread(answered, self.standing[_scope(given(dimension))])

    @strawberry.field(
        description="Stances on present texts that wait for another provision to be agreed, on all items or on those"
        " that touch a dimension."
    )
    def unmet_conditions(self, dimension: Dimension | None = UNSET) -> list[UnmetCondition]:
        return self.standing[_scope(given(dimension))].unmet

    @strawberry.field(
        description="What the viewer may do now, of their office and for the seat they hold, or with `seat` for that"
        " seat. Empty for who only looks on, and in the past. Asked of the rules each time: it holds until the next"
        " entry, or until a period ends."
    )
    async def available_moves(self, info: Info, seat: SeatCode | None = UNSET) -> list[Move]:
        if not self.reader.of_now:
            return []
        return await available_moves(info.context, self.id, given(seat), self.reader, selected(info))

    @strawberry.field(
        description="Entries of the record after this one, in order, at most 1,000 at once. Of those that the viewer"
        " may read only these kinds; the others come withheld in any case."
    )
    def record(self, after: Seq = BEFORE_ALL, first: int = 100, kinds: list[EventKind] | None = UNSET) -> list[Entry]:
        return self.pages[_page({"after": after, "first": first, "kinds": given(kinds)})]


def _scope(dimension: Dimension | None) -> Scope:
    return SESSION if dimension is None else of_dimension(dimension)


def _page(arguments: dict[str, Any]) -> Page:
    kinds = arguments.get("kinds")
    return arguments["after"], arguments["first"], None if kinds is None else tuple(sorted({str(k) for k in kinds}))


# ── loading ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def load_session(connection: sa.Connection, row: Any, asked: Selection, reader: Reader) -> Session:
    """A session from its row, with everything that is asked of it."""
    session = _outside(row, reader)
    desk = _Desk(connection, row, asked, reader, session.preferred, _names(connection, row.id, asked))
    session.titles = desk.names.get(row.id, [])
    _load_people(desk, session)
    _load_agenda(desk, session)
    _load_record(desk, session)
    return session


@dataclass(frozen=True, slots=True)
class _Desk:
    """What is being loaded: the session's row, what is asked of it and in whose eyes; names by what they are of."""

    connection: sa.Connection
    row: Any
    asked: Selection
    reader: Reader
    preferred: tuple[str, ...]
    names: dict[str, list[Text]]


def _outside(row: Any, reader: Reader) -> Session:
    return Session(
        id=row.id,
        nature=row.nature,
        phase=row.phase,
        conference=row.conference,
        continues=row.continues,
        public=row.public,
        clock_scale=row.clock_scale,
        working=row.working,
        authentic=json.loads(row.authentic),
        scheduled_at=row.scheduled_at,
        sitting=row.sitting,
        decisions=row.decisions,
        standpoint=ViewerStandpoint(
            roles=sorted(reader.standpoint.roles, key=list(Role).index), seats=sorted(reader.standpoint.seats)
        ),
        preferred=(reader.language, row.working),
        reader=reader,
    )


def _names(connection: sa.Connection, session: SessionId, asked: Selection) -> dict[str, list[Text]]:
    """Titles and names by what they are of; none that nobody asks for."""
    below = (asked.below("delegations", "delegation"), asked.below("agenda", "item"))
    if any(each.any("title", "titles", "name", "names", "document") for each in below):
        return load_names(connection, session)
    return load_names(connection, session, session) if asked.any("title", "titles") else {}


def _load_people(desk: _Desk, session: Session) -> None:
    connection, asked = desk.connection, desk.asked
    if asked.any("delegations", "delegation"):
        session.delegations = load_delegations(connection, session.id, desk.names, desk.preferred, desk.reader)
    if asked.any("quorum", "ruleSet"):
        session.rule_set = rules_of(connection, session.id, desk.row.rule_set_hash)
    if "quorum" in asked:
        session.quorum = load_quorum(connection, session.id, session.rule_set)
    if "sittings" in asked:
        session.sittings = load_sittings(connection, session.id, asked.below("sittings"))


def _load_agenda(desk: _Desk, session: Session) -> None:
    asked = desk.asked
    if asked.any("agenda", "item"):
        ids: Sequence[ItemId] | None = None
        if "agenda" not in asked:
            ids = [ItemId(each["id"]) for each in asked.arguments("item") if is_id(each["id"])]
        fields = asked.below("agenda", "item")
        agenda = Agenda(session.id, ids, fields, desk.reader, desk.names, desk.preferred)
        session.agenda = load_items(desk.connection, agenda)
    if "convergence" in asked:
        scopes = {_scope(each.get("dimension")) for each in asked.arguments("convergence")}
        fields = asked.below("convergence")
        session.reports = load_reports(desk.connection, session.id, scopes, None, fields, desk.reader)
    if asked.any("unblocking", "unmetConditions"):
        session.standing = _standing(desk)
    if "lag" in asked:
        session.lag = load_lag(desk.connection, session.id, desk.reader, asked.below("lag"))


def _standing(desk: _Desk) -> dict[str, Standing]:
    """What stands in the way of each scope that is asked for, of its items together."""
    session, asked = desk.row.id, desk.asked
    rows = desk.connection.execute(sa.select(*ITEM).where(ITEM.session == session).order_by(ITEM.number)).all()
    states = {row.id: TextState(row.text_state) for row in rows}
    of_items = load_standing(desk.connection, session, states, asked)
    wanted = [*asked.arguments("unblocking"), *asked.arguments("unmetConditions")]
    found: dict[str, Standing] = {}
    for dimension in {each.get("dimension") for each in wanted}:
        mine = {row.id: of_items[row.id] for row in rows if not dimension or dimension in json.loads(row.dimensions)}
        found[_scope(dimension)] = standing_of(_scope(dimension), mine, states)
    return found


def _load_record(desk: _Desk, session: Session) -> None:
    asked = desk.asked
    if not asked.any("head", "record"):
        return
    session.head = head = load_head(desk.connection, session.id)
    pages = {_page(each) for each in asked.arguments("record")}
    fields = asked.below("record")
    session.pages = {
        page: load_record(desk.connection, session.id, head.seq, desk.reader.standpoint, page, fields) for page in pages
    }


def load_head(connection: sa.Connection, session: SessionId) -> Head:
    query = (
        sa.select(*HEAD, sa.func.coalesce(REPORTS.revision, 0).label("revision"))
        .outerjoin_from(HEAD.session.table, REPORTS.session.table, REPORTS.session == HEAD.session)
        .where(HEAD.session == session)
    )
    row = connection.execute(query).one()
    frontier = [row.frontier[i : i + HASH_BYTES] for i in range(0, len(row.frontier), HASH_BYTES)]
    return Head(
        seq=row.seq,
        leaf_hash=Hash(row.leaf.hex()),
        tree_root=Hash(tree.root(frontier, row.seq).hex()),
        at=row.at,
        report_revision=row.revision,
    )


def entry_at(connection: sa.Connection, session: SessionId, moment: Seq | Instant) -> Seq:
    """The last entry at a moment, a seq or an instant; 0 when the session had not begun.

    After the last entry nothing has changed up to now, so a later time is the present. Raises ApiError for a seq that
    is not there yet: what it will be like is not known.
    """
    head = connection.execute(sa.select(HEAD.seq).where(HEAD.session == session)).scalar_one_or_none() or 0
    if isinstance(moment, int):
        if moment > head:
            message = f"There is no entry {moment} yet; the last one is {head}."
            raise ApiError(ErrorCode.SEQ_BEYOND_HEAD, message, head=head)
        return moment

    def made(seq: int) -> str:
        query = sa.select(EVENT.stored).where(EVENT.session == session, EVENT.seq == seq)
        return json.loads(connection.execute(query).scalar_one())["at"]

    return Seq(bisect_right(range(1, head + 1), moment, key=made))  # instants order as text, and never go backwards
