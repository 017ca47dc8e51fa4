"""What a command made or changed, read back through the entry that its receipt names.

Why through the entry: a repeated command is answered with the receipt of the first one, so what it made is found again
in the same way, whoever has written in the meantime.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa
from strawberry.utils.str_converters import to_camel_case

from polylogue import events as e
from polylogue.occasion import Entry
from polylogue.record import envelope
from polylogue.vocabulary import (
    AmendmentId,
    Instant,
    ItemId,
    LanguageTag,
    PersonId,
    ProvisionId,
    ProvisionState,
    Seq,
    SessionId,
)
from schema.api.agenda import AgendaItem
from schema.api.amendments import AMENDMENT, Amendment, every, load_amendments
from schema.api.context import Principal, Receipt
from schema.api.decisions import (
    CALL,
    Call,
    Decision,
    Objection,
    Opinion,
    load_calls,
    load_decisions,
    load_opinions,
)
from schema.api.drafts import Draft, DraftRequest, load_drafts, load_requests
from schema.api.positions import Position, Stance, load_positions, load_stances
from schema.api.rounds import Round, load_rounds
from schema.api.rows import EVENT
from schema.api.selection import Selection, asking, together
from schema.api.sessions import Session, load_session
from schema.api.standpoint import SESSION, Reader, standpoint_of, visible
from schema.api.texts import PROVISION, Alternative, Provision, load_provisions

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Read:
    """Where things are read back: over a connection, in a session, from the entry that begins the answer."""

    connection: sa.Connection
    session: SessionId
    entry: Entry
    principal: Principal
    reader: Reader

    @property
    def event(self) -> Any:
        return self.entry.event


@dataclass(frozen=True, slots=True)
class Thing:
    """A field of a payload: its name, its GraphQL type, what it says of itself, and how it is read."""

    name: str
    type: Any
    description: str
    load: Callable[[Read, Selection], Any]

    @property
    def shown(self) -> str:
        return to_camel_case(self.name)


def read_back(
    connection: sa.Connection,
    receipt: Receipt,
    things: Iterable[Thing],
    asked: Selection,
    seen_by: tuple[Principal, LanguageTag, Instant],
) -> dict[str, Any]:
    """The things that are asked for, by name, all from one snapshot."""
    principal, language, now = seen_by
    row = connection.execute(visible(principal, *SESSION).where(SESSION.id == receipt.session)).one()
    reader = Reader(standpoint_of(principal, row), language, now)
    read = Read(connection, receipt.session, entry_of(connection, receipt), principal, reader)
    return {thing.name: thing.load(read, asked.below(thing.shown)) for thing in things if thing.shown in asked}


def entry_of(connection: sa.Connection, receipt: Receipt) -> Entry:
    """The first entry that an accepted command led to."""
    first = sa.select(EVENT.stored).where(EVENT.session == receipt.session, EVENT.seq == receipt.first_seq)
    return envelope.read(connection.execute(first).scalar_one())


def person_of(connection: sa.Connection, receipt: Receipt) -> PersonId:
    """Who was admitted by the command of this receipt."""
    event: Any = entry_of(connection, receipt).event
    return event.person


# ── the session and its agenda ───────────────────────────────────────────────────────────────────────────────────────


def _session(read: Read, asked: Selection) -> Session:
    row = read.connection.execute(visible(read.principal, *SESSION).where(SESSION.id == read.session)).one()
    return load_session(read.connection, row, asked, read.reader)


def _item(read: Read, asked: Selection) -> AgendaItem:
    wanted = read.event.item.id if isinstance(read.event, e.ItemAdded) else read.event.item
    return _one(_session(read, asking("agenda", asked)).agenda, wanted)


def _item_if(read: Read, asked: Selection) -> AgendaItem | None:
    """The item that a correction is about, if it is about one."""
    wanted = read.event.of_item
    return _one(_session(read, asking("agenda", asked)).agenda, wanted) if wanted else None


def _person(read: Read, _asked: Selection) -> PersonId:
    return read.event.person


# ── positions ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _position(read: Read, asked: Selection) -> Position:
    item = read.event.item
    return _one(load_positions(read.connection, read.session, [item], asked, read.reader)[item], read.event.position)


def _stances(read: Read, asked: Selection) -> list[Stance]:
    """Of those stated, in their order, as they are held now."""
    item, seat = read.event.item, read.entry.seat
    query = sa.select(PROVISION.id, PROVISION.revision, PROVISION.state).where(PROVISION.session == read.session)
    rows = read.connection.execute(query).all()
    revisions = {row.id: row.revision for row in rows}
    agreed = {row.id for row in rows if row.state == ProvisionState.AGREED}
    held = load_stances(read.connection, read.session, [item], revisions, agreed, asked, {seat} if seat else set())
    return [one for stance in read.event.stances for one in held.get((stance.provision, stance.alternative or ""), ())]


# ── texts ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _provisions(read: Read, item: ItemId, asked: Selection) -> list[Provision]:
    return load_provisions(read.connection, read.session, [item], asking("provisions", asked))[item]


def _provision(read: Read, asked: Selection) -> Provision:
    wanted = read.event.provision
    return _one(_provisions(read, _item_of(read, wanted), asked), wanted)


def _amended(read: Read, asked: Selection) -> Provision | None:
    """The clause that an amendment is about; nothing where that is not there yet."""
    row = _row_of(read, read.event.amendment)
    found = _provisions(read, row.item, asked)
    return next((provision for provision in found if provision.id == row.provision), None)


def _alternative(read: Read, asked: Selection) -> Alternative:
    provisions = _provisions(read, _item_of(read, read.event.provision), asking("alternatives", asked))
    return _one((a for provision in provisions for a in provision.proposed), read.event.alternative)


def _amendment(read: Read, asked: Selection) -> Amendment:
    item = _row_of(read, read.event.amendment).item
    found = load_amendments(read.connection, read.session, [item], together(asked, asking("amendments", asked)))
    return _one(every(found[item]), read.event.amendment)


def _item_of(read: Read, provision: ProvisionId) -> ItemId:
    query = sa.select(PROVISION.item).where(PROVISION.session == read.session, PROVISION.id == provision)
    return read.connection.execute(query).scalar_one()


def _row_of(read: Read, amendment: AmendmentId) -> Any:
    query = sa.select(AMENDMENT.item, AMENDMENT.provision)
    return read.connection.execute(query.where(AMENDMENT.session == read.session, AMENDMENT.id == amendment)).one()


def _draft_request(read: Read, asked: Selection) -> DraftRequest:
    item = read.event.item
    return _one(load_requests(read.connection, read.session, [item], asked)[item], read.event.request)


def _draft(read: Read, asked: Selection) -> Draft:
    item = read.event.item
    return _one(load_drafts(read.connection, read.session, [item], asked)[item], read.event.draft)


def _round(read: Read, asked: Selection) -> Round:
    item = read.event.item
    rounds = load_rounds(read.connection, read.session, [item], asked, read.reader)[item]
    return next(one for one in rounds if one.draft == read.event.draft)


# ── decisions ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _call(read: Read, asked: Selection) -> Call:
    query = sa.select(CALL.item).where(CALL.session == read.session, CALL.id == read.event.call)
    item: ItemId = read.connection.execute(query).scalar_one()
    return _one(load_calls(read.connection, read.session, [item], asked)[item], read.event.call)


def _objection(read: Read, asked: Selection) -> Objection:
    return _one(_call(read, asking("objections", asked)).objections, read.event.objection)


def _opinion(read: Read, asked: Selection) -> Opinion:
    item = read.event.item
    return _one(load_opinions(read.connection, read.session, [item], asked)[item], read.event.opinion)


def _decision(read: Read, asked: Selection) -> Decision | None:
    item = read.event.item
    found = load_decisions(read.connection, read.session, [item], asked).get(item, [])
    made = Seq(read.entry.seq + 1)
    return next((one for one in found if one.seq == made), None)


def _one(found: Iterable[T], id: str) -> T:
    return next(one for one in found if getattr(one, "id") == id)  # noqa: B009 -- all of them have one


SESSION_THING = Thing("session", Session, "The session as it stands now.", _session)
ITEM = Thing("item", AgendaItem, "The item as it stands now.", _item)
ITEM_IF = Thing("item", AgendaItem | None, "The item that it is about as it stands now; null for attendance.", _item_if)
PERSON = Thing("person", PersonId, "The pseudonymous person.", _person)
POSITION = Thing("position", Position, "The position in its newest revision.", _position)
STANCES = Thing("stances", list[Stance], "Those stated, as they are held now.", _stances)
PROVISION_THING = Thing("provision", Provision, "The provision as it stands now.", _provision)
ALTERNATIVE = Thing("alternative", Alternative, "The alternative.", _alternative)
AMENDED = Thing(
    "provision",
    Provision | None,
    "The provision that it is about as it stands now; null while it is not there.",
    _amended,
)
AMENDMENT_THING = Thing("amendment", Amendment, "The amendment as it stands now.", _amendment)
DRAFT_REQUEST = Thing("draft_request", DraftRequest, "The request.", _draft_request)
ROUND_THING = Thing("round", Round, "The round as it stands now.", _round)
DRAFT = Thing("draft", Draft, "The draft.", _draft)
CALL_THING = Thing("call", Call, "The call as it stands now.", _call)
OBJECTION = Thing("objection", Objection, "The objection as it stands now.", _objection)
OPINION = Thing("opinion", Opinion, "The opinion.", _opinion)
DECISION = Thing("decision", Decision | None, "The decision; null where the text was not adopted.", _decision)
