"""The agenda: items with their negotiating text and what is said, measured, drafted and decided on them.

Why all items at once: each table is read once for the whole agenda, whatever the number of items.
"""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
import strawberry
from strawberry import UNSET, Private

from polylogue.drafting.compose import compose
from polylogue.drafting.markdown import markdown
from polylogue.drafting.paper import Paper
from polylogue.vocabulary import AmendmentKind, Dimension, ItemId, ItemPhase, LanguageTag, SeatCode, Seq, SessionId
from schema import tables
from schema.api.amendments import load_amendments
from schema.api.convergence import ConvergenceReport, TimelinePoint, load_reports, load_timeline
from schema.api.decisions import Call, Decision, Opinion, in_force, load_calls, load_decisions, load_opinions
from schema.api.drafts import Draft, DraftRequest, load_drafts, load_requests
from schema.api.errors import ApiError, ErrorCode
from schema.api.movement import Movement, Period, Stood, load_stood, moved
from schema.api.pages import Connection
from schema.api.papers import load_papers
from schema.api.positions import Position, load_positions, positions_page
from schema.api.rolling import RollingText, rolled
from schema.api.rounds import Round, load_rounds
from schema.api.rows import Place, among, complete, texts_at
from schema.api.selection import Selection, together
from schema.api.standpoint import Reader
from schema.api.texts import NegotiatingText, Provision, load_provisions
from schema.api.unblocking import Standing, Unblocking, UnmetCondition, answered, load_standing
from schema.api.values import BEFORE_ALL, NOT_ASKED, Text, given, in_language, shown
from schema.api.worded import Rolling, load_rolling
from schema.columns import columns

ITEM = columns(tables.AgendaItem)

MOST_DOCUMENTS = 8
"""Documents of an item that one operation may ask for: it has that many languages, and each is composed anew."""

MOST_PERIODS = 4
"""Periods of a movement that one operation may compare."""


@shown
class AgendaItem:
    """A point of the agenda, negotiated as one text. `call` is the call for consensus that is open; `deferredSeq` is
    the entry by which the item was left and `deferredReason` says why, both as long as it is. `decision` is the one
    that stands, `rescinded` are those that do no longer.
    """

    id: ItemId
    number: int
    phase: ItemPhase
    dimensions: list[Dimension]
    titles: list[Text] = NOT_ASKED
    deferred_seq: Seq | None = None
    deferred_reason: Text | None = None
    text: NegotiatingText = NOT_ASKED
    drafts: list[Draft] = NOT_ASKED
    rounds: list[Round] = NOT_ASKED
    draft_requests: list[DraftRequest] = NOT_ASKED
    calls: list[Call] = NOT_ASKED
    opinions: list[Opinion] = NOT_ASKED
    decision: Decision | None = None
    rescinded: list[Decision] = NOT_ASKED
    preferred: Private[tuple[str, ...]] = ()
    held: Private[list[Position]] = NOT_ASKED
    reports: Private[list[ConvergenceReport]] = NOT_ASKED
    points: Private[list[TimelinePoint]] = NOT_ASKED
    stood: Private[dict[Period, Stood | None]] = NOT_ASKED
    standing: Private[Standing] = NOT_ASKED
    paper: Private[Paper] = NOT_ASKED
    rolling: Private[Rolling] = NOT_ASKED
    reader: Private[Reader] = NOT_ASKED

    @strawberry.field(
        description="In this language, else in the viewer's, else in the session's; null when it is erased."
    )
    def title(self, language: LanguageTag | None = UNSET) -> str | None:
        return in_language(self.titles, (language, *self.preferred) if language else self.preferred)

    @strawberry.field(
        description="The text in the form of a resolution, as Markdown: in this language (left out: the session's) as"
        " far as there are versions in it. `docs/documents.md` tells where the same is to be had as PDF."
    )
    async def document(self, language: LanguageTag | None = UNSET) -> str:
        return await asyncio.to_thread(lambda: markdown(compose(self.paper, given(language))))

    @strawberry.field(
        description="The text with its brackets: in this language, else in the viewer's, else in the session's, as far"
        " as its wordings are."
    )
    async def rolling_text(self, language: LanguageTag | None = UNSET) -> RollingText:
        wanted = dict.fromkeys((language, *self.preferred) if language else self.preferred)
        return await asyncio.to_thread(rolled, self.rolling, tuple(wanted))

    @strawberry.field(description="What delegations hold on the item, in the order of their codes.")
    def positions(
        self, seats: list[SeatCode] | None = UNSET, first: int = 50, after: str | None = UNSET
    ) -> Connection[Position]:
        return positions_page(self.held, given(seats), first, given(after))

    @strawberry.field(description="The newest report, or the one whose basis is this entry; null when there is none.")
    def convergence(self, basis: Seq | None = UNSET) -> ConvergenceReport | None:
        if given(basis) is None:
            return self.reports[-1] if self.reports else None
        return next((report for report in self.reports if report.basis == basis), None)

    @strawberry.field(description="Headline figures at each entry after this one that feeds them.")
    def timeline(self, after: Seq = BEFORE_ALL) -> list[TimelinePoint]:
        return [point for point in self.points if point.seq > after]

    @strawberry.field(
        description="Who moved whom, from the report that stood at one entry (left out: the first) to the one that"
        " stood at another (left out: the newest)."
    )
    async def movement(self, since: Seq | None = UNSET, until: Seq | None = UNSET) -> Movement | None:
        stood = self.stood.get((given(since), given(until)))
        return await asyncio.to_thread(moved, stood, self.reader) if stood else None

    @strawberry.field(
        description="What keeps the text from being agreed as it stands, and the smallest sets of moves that would"
        " change that."
    )
    async def unblocking(self) -> Unblocking:
        return await asyncio.to_thread(answered, self.standing)

    @strawberry.field(description="Stances on the present text that wait for another provision to be agreed.")
    def unmet_conditions(self) -> list[UnmetCondition]:
        return self.standing.unmet

    @strawberry.field(description="The newest draft.")
    def draft(self) -> Draft | None:
        return self.drafts[-1] if self.drafts else None

    @strawberry.field(description="The newest round of candidates.")
    def round(self) -> Round | None:
        return self.rounds[-1] if self.rounds else None

    @strawberry.field(description="The call for consensus that is open.")
    def call(self) -> Call | None:
        return next((call for call in self.calls if call.closed_seq is None), None)


@dataclass(frozen=True, slots=True)
class Agenda:
    """Which items of a session are loaded (null: all), what is asked of them, and in whose eyes."""

    session: SessionId
    ids: Sequence[ItemId] | None
    asked: Selection
    reader: Reader
    names: dict[str, list[Text]]
    preferred: tuple[str, ...]


def load_items(connection: sa.Connection, agenda: Agenda) -> list[AgendaItem]:
    """The items in the order of the agenda."""
    session, ids, asked = agenda.session, agenda.ids, agenda.asked
    query = sa.select(*ITEM).where(ITEM.session == session, among(ITEM.id, ids)).order_by(ITEM.number)
    rows = connection.execute(query).all()
    reasons = _deferrals(connection, session, rows) if "deferredReason" in asked else {}
    items = [
        AgendaItem(
            id=row.id,
            number=row.number,
            phase=row.phase,
            dimensions=json.loads(row.dimensions),
            titles=agenda.names.get(row.id, []),
            deferred_seq=row.deferred_seq,
            deferred_reason=reasons.get((row.deferred_seq, "/reason")),
            text=NegotiatingText(state=row.text_state, callable_from=row.callable_from),
            preferred=agenda.preferred,
        )
        for row in rows
    ]
    if items:
        _load_text(connection, agenda, items)
        _load_rolling(connection, agenda, items)
        _load_said(connection, agenda, items)
        _load_figures(connection, agenda, items)
        _load_drafted(connection, agenda, items)
        _load_decided(connection, agenda, items)
    return items


def _deferrals(connection: sa.Connection, session: SessionId, rows: Sequence[Any]) -> dict[Place, Text]:
    seqs = {row.deferred_seq for row in rows if row.deferred_seq}
    return complete(connection, session, texts_at(connection, session, seqs, "/reason"), ((s, "/reason") for s in seqs))


def _load_text(connection: sa.Connection, agenda: Agenda, items: list[AgendaItem]) -> None:
    if "document" in agenda.asked:
        if len(agenda.asked.arguments("document")) > MOST_DOCUMENTS:
            raise ApiError(
                ErrorCode.VARIABLES_INVALID, f"At most {MOST_DOCUMENTS} documents of an item can be asked for at once."
            )
        papers = load_papers(connection, agenda.session, [item.id for item in items], agenda.names)
        for item in items:
            item.paper = papers[item.id]
    asked = agenda.asked.below("text")
    if "insertions" in asked:
        amendments = load_amendments(connection, agenda.session, agenda.ids, asked.below("insertions"))
        for item in items:
            of_item = amendments.get(item.id, [])
            item.text.insertions = [each for each in of_item if each.kind == AmendmentKind.INSERT_AFTER]
    if not asked.any("provisions", "withdrawn"):
        return
    provisions = load_provisions(connection, agenda.session, agenda.ids, asked)
    for item in items:
        clauses: list[Provision] = provisions.get(item.id, [])
        item.text.provisions = [clause for clause in clauses if clause.number is not None]
        item.text.withdrawn = [clause for clause in clauses if clause.number is None]


def _load_rolling(connection: sa.Connection, agenda: Agenda, items: list[AgendaItem]) -> None:
    if "rollingText" in agenda.asked:
        asked = agenda.asked.below("rollingText")
        rolling = load_rolling(connection, agenda.session, agenda.ids, asked)
        for item in items:
            item.rolling = rolling.get(item.id, Rolling())


def _load_said(connection: sa.Connection, agenda: Agenda, items: list[AgendaItem]) -> None:
    if "positions" not in agenda.asked:
        return
    asked = agenda.asked.below("positions")
    fields = together(asked.below("nodes"), asked.below("edges").below("node"))
    positions = load_positions(connection, agenda.session, agenda.ids, fields, agenda.reader)
    for item in items:
        item.held = positions.get(item.id, [])


def _load_figures(connection: sa.Connection, agenda: Agenda, items: list[AgendaItem]) -> None:
    session, ids, asked = agenda.session, agenda.ids, agenda.asked
    if "convergence" in asked:
        fields, wanted = asked.below("convergence"), [each.get("basis") for each in asked.arguments("convergence")]
        reports = load_reports(connection, session, ids, None, fields, agenda.reader) if None in wanted else {}
        if bases := [basis for basis in wanted if basis is not None]:
            for item, more in load_reports(connection, session, ids, bases, fields, agenda.reader).items():
                newest = reports.get(item, [])
                reports[item] = [r for r in more if r.basis not in {n.basis for n in newest}] + newest
        for item in items:
            item.reports = reports.get(item.id, [])
    if "timeline" in asked:
        after = min(each["after"] for each in asked.arguments("timeline"))
        points = load_timeline(connection, session, ids, after, asked.below("timeline"))
        for item in items:
            item.points = points.get(item.id, [])
    if "movement" in asked:
        periods: set[Period] = {(each.get("since"), each.get("until")) for each in asked.arguments("movement")}
        if len(periods) > MOST_PERIODS:
            raise ApiError(ErrorCode.VARIABLES_INVALID, f"At most {MOST_PERIODS} periods can be compared at once.")
        for item in items:
            item.reader = agenda.reader
            item.stood = {each: load_stood(connection, session, item.id, each) for each in periods}
    if asked.any("unblocking", "unmetConditions"):
        standing = load_standing(connection, session, {item.id: item.text.state for item in items}, asked)
        for item in items:
            item.standing = standing[item.id]


def _load_drafted(connection: sa.Connection, agenda: Agenda, items: list[AgendaItem]) -> None:
    session, ids, asked = agenda.session, agenda.ids, agenda.asked
    if asked.any("drafts", "draft"):
        fields = asked.below("drafts", "draft")
        drafts = load_drafts(connection, session, ids, fields, newest="drafts" not in asked)
        for item in items:
            item.drafts = drafts.get(item.id, [])
    if asked.any("rounds", "round"):
        fields = asked.below("rounds", "round")
        rounds = load_rounds(connection, session, ids, fields, agenda.reader, newest="rounds" not in asked)
        for item in items:
            item.rounds = rounds.get(item.id, [])
    if "draftRequests" in asked:
        requests = load_requests(connection, session, ids, asked.below("draftRequests"))
        for item in items:
            item.draft_requests = requests.get(item.id, [])


def _load_decided(connection: sa.Connection, agenda: Agenda, items: list[AgendaItem]) -> None:
    session, ids, asked = agenda.session, agenda.ids, agenda.asked
    if asked.any("calls", "call"):
        calls = load_calls(connection, session, ids, asked.below("calls", "call"))
        for item in items:
            item.calls = calls.get(item.id, [])
    if "opinions" in asked:
        opinions = load_opinions(connection, session, ids, asked.below("opinions"))
        for item in items:
            item.opinions = opinions.get(item.id, [])
    if asked.any("decision", "rescinded"):
        decisions = load_decisions(connection, session, ids, asked.below("decision", "rescinded"))
        for item in items:
            made = decisions.get(item.id, [])
            item.rescinded = [one for one in made if one.rescinded_seq is not None]
            item.decision = in_force(made)
