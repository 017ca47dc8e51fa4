"""The rows of join cards: put in, found by a code, taken by a person, ended.

Why plain functions over a connection: each is one transaction, in which of two phones with one card the second sees
what the first has done.
"""

import dataclasses
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from ledger.occasion import fresh_id, now
from polylogue.refusals import Refusal, RefusalCode
from polylogue.vocabulary import PersonId, Role, SeatCode, SessionId, SessionPhase
from schema import tables
from schema.api.invitations import Admits, Asking, Issued, Kept, refused
from schema.lists import padded
from server.access import end_tokens
from server.codes import code_hash, new_code, new_key, read_code

CODE_KEY = "code_key"
"""The fact that holds the key of the codes' hashes."""

_invitation, _redemption, _kept, _session, _admission, _token = (
    table.metadata.tables[str(table.__tablename__)]
    for table in (
        tables.Invitation,
        tables.Redemption,
        tables.Kept,
        tables.Session,
        tables.Admission,
        tables.Token,
    )
)


@dataclass(frozen=True, slots=True)
class Claim:
    """That a person comes in by a card, before the record says so. `fresh`: nobody had come in by this key before."""

    card: str
    session: SessionId
    admits: Admits
    issued_by: PersonId
    person: PersonId
    key: str
    fresh: bool


@dataclass(frozen=True, slots=True)
class Replaced:
    """What came of a card in place of a lost one: its code, the hashes of tokens that ended, who is to be dismissed."""

    issued: Issued
    ended: list[bytes]
    persons: list[PersonId]


def kept_key(connection: sa.Connection) -> bytes:
    found = connection.execute(sa.select(_kept.c.value).where(_kept.c.name == CODE_KEY)).scalar_one_or_none()
    if found:
        return bytes.fromhex(found)
    key = new_key()
    connection.execute(sa.insert(_kept), {"name": CODE_KEY, "value": key.hex()})
    return key


def by_hash(kept: bytes) -> sa.Select[Any]:
    """The card of a code."""
    return _cards(_invitation.c.code == kept)


def came_in(card: str, person: PersonId) -> sa.Select[Any]:
    """Whether somebody has come in by a card."""
    return sa.select(_redemption.c.key).where(_redemption.c.invitation == card, _redemption.c.person == person)


def kept(connection: sa.Connection, session: SessionId) -> list[Kept]:
    """The cards of a session, in the order in which they were given out."""
    came = sa.select(_redemption.c.invitation, sa.func.count()).group_by(_redemption.c.invitation)
    concerned = came.join(_invitation, _invitation.c.id == _redemption.c.invitation).where(
        _invitation.c.session == session
    )
    people = {row[0]: row[1] for row in connection.execute(concerned)}
    rows = connection.execute(_cards(_invitation.c.session == session)).all()
    return [
        Kept(admits(row), row.reusable, row.issued_at, row.reason, people.get(row.id, 0), why_not(row))
        for row in sorted(rows, key=lambda row: (row.issued_at, list(Role).index(Role(row.role)), row.seats))
    ]


def ended(card: str) -> sa.Select[Any]:
    """Whether a card has ended before its session."""
    return sa.select(_invitation.c.id).where(_invitation.c.id == card, _invitation.c.revoked_at.is_not(None))


def admitted(session: SessionId, person: PersonId) -> sa.Select[Any]:
    """Whether somebody is admitted to a session."""
    return sa.select(_admission.c.person).where(_admission.c.session == session, _admission.c.person == person)


def _cards(*which: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """Cards with the phases of their sessions."""
    both = _invitation.join(_session, _session.c.id == _invitation.c.session)
    return sa.select(*_invitation.c, _session.c.phase).select_from(both).where(*which)


def admits(row: Any) -> Admits:
    return Admits(Role(row.role), tuple(map(SeatCode, json.loads(row.seats))))


def why_not(row: Any) -> Refusal | None:
    """Why a card does not admit anybody new; null while it does."""
    if row.revoked_at:
        return refused(RefusalCode.CODE_REVOKED)
    if row.phase == SessionPhase.SEALED:
        return refused(RefusalCode.CODE_EXPIRED)
    return refused(RefusalCode.CODE_USED) if row.taken_at and not row.reusable else None


def issue(connection: sa.Connection, asking: Asking, key: bytes) -> Issued | Refusal:
    """Put in rows for fresh codes and end those of the same command."""
    mine = _same_command(asking)
    earlier = connection.execute(sa.select(_invitation.c.digest).where(mine)).scalars().all()
    if any(digest != asking.digest for digest in earlier):
        return Refusal(RefusalCode.IDEMPOTENCY_CONFLICT, "0.2", path=("idempotencyKey",))
    at = now()
    if earlier:
        connection.execute(sa.update(_invitation).where(mine, _invitation.c.revoked_at.is_(None)).values(revoked_at=at))
    codes = [new_code() for _ in asking.cards]
    rows = [
        {
            "id": fresh_id(),
            "code": code_hash(key, read_code(code) or ""),
            "session": asking.session,
            "role": card.role,
            "seats": json.dumps(card.seats),
            "reusable": asking.reusable,
            "issued_by": asking.by.person,
            "issue_key": asking.key,
            "digest": asking.digest,
            "reason": asking.reason,
            "issued_at": at,
        }
        for card, code in zip(asking.cards, codes, strict=True)
    ]
    connection.execute(sa.insert(_invitation), rows)
    return Issued(codes, again=bool(earlier))


def _same_command(asking: Asking) -> sa.ColumnElement[bool]:
    return sa.and_(_invitation.c.issued_by == asking.by.person, _invitation.c.issue_key == asking.key)


def replace(connection: sa.Connection, asking: Asking, key: bytes) -> Replaced | Refusal:
    """A fresh code in place of lost cards: theirs end, and so do the tokens of whoever came in by one of them or holds
    one of the seats. Asked again, it ends nothing of who has come in by the card that this command gave before.
    """
    issued = issue(connection, asking, key)
    if isinstance(issued, Refusal):
        return issued
    (card,) = asking.cards
    lost = _like(connection, card, asking)
    connection.execute(
        sa.update(_invitation)
        .where(_invitation.c.id.in_(padded(lost)), _invitation.c.revoked_at.is_(None))
        .values(revoked_at=now())
    )
    came = sa.select(_redemption.c.person).where(_redemption.c.invitation.in_(padded(lost)))
    since = (
        sa.select(_redemption.c.person)
        .join(_invitation, _invitation.c.id == _redemption.c.invitation)
        .where(_same_command(asking))
    )
    of_site = sa.select(_token.c.person).where(_token.c.site_role.is_not(None))
    persons = {*connection.execute(came).scalars(), *_holders(connection, asking.session, card.seats)}
    persons -= {*connection.execute(since).scalars(), *connection.execute(of_site).scalars(), asking.by.person}
    ended = end_tokens(connection, _token.c.person.in_(padded(sorted(persons))))
    here = sa.select(_admission.c.person, _admission.c.seats).where(_admission.c.session == asking.session)
    still = {row.person: json.loads(row.seats) for row in connection.execute(here) if row.person in persons}
    also = {SeatCode(seat) for seats in still.values() for seat in seats}.difference(card.seats)
    return Replaced(dataclasses.replace(issued, also_held=sorted(also)), ended, sorted(map(PersonId, still)))


def _like(connection: sa.Connection, card: Admits, asking: Asking) -> list[str]:
    """Cards for the same role and one of the same seats, but for those of this command."""
    query = sa.select(_invitation.c.id, _invitation.c.seats).where(
        _invitation.c.session == asking.session, _invitation.c.role == card.role, sa.not_(_same_command(asking))
    )
    rows = connection.execute(query).all()
    return [row.id for row in rows if not card.seats or not set(card.seats).isdisjoint(json.loads(row.seats))]


def _holders(connection: sa.Connection, session: SessionId, seats: Iterable[SeatCode]) -> set[str]:
    """Who holds one of the seats."""
    query = sa.select(_admission.c.person, _admission.c.seats).where(_admission.c.session == session)
    return {row.person for row in connection.execute(query) if not set(seats).isdisjoint(json.loads(row.seats))}


def claim(connection: sa.Connection, card: str, holder: PersonId | None, name: str | None, key: str) -> Claim | Refusal:
    """Take a card for a person: the one who took it with this key or is this holder, else somebody new."""
    # Locked, so that of two phones at once the second sees what the first has done.
    row = connection.execute(_cards(_invitation.c.id == card).with_for_update(of=_invitation)).one()
    kept = holder or hashlib.sha256(f"key {key}".encode()).hexdigest()
    digest = hashlib.sha256((name or "").encode()).digest()
    who = _redemption.c.person == holder if holder else _redemption.c.key == kept
    found = connection.execute(sa.select(_redemption).where(_redemption.c.invitation == card, who)).first()
    refusal = why_not(row)
    if found and holder is None and found.digest != digest:
        return Refusal(RefusalCode.IDEMPOTENCY_CONFLICT, "0.2", path=("idempotencyKey",))
    if refusal and not (found and refusal.code is RefusalCode.CODE_USED):
        return refusal
    person = PersonId(found.person if found else holder or fresh_id())
    if found is None:
        at = now()
        connection.execute(
            sa.insert(_redemption), {"invitation": card, "key": kept, "person": person, "digest": digest, "at": at}
        )
        connection.execute(sa.update(_invitation).where(_invitation.c.id == card).values(taken_at=at))
    return Claim(card, SessionId(row.session), admits(row), PersonId(row.issued_by), person, kept, fresh=found is None)


def give_back(connection: sa.Connection, taken: Claim) -> None:
    """Undo a claim that the rules refused."""
    connection.execute(
        sa.delete(_redemption).where(_redemption.c.invitation == taken.card, _redemption.c.key == taken.key)
    )
    left = sa.select(_redemption.c.key).where(_redemption.c.invitation == taken.card)
    if connection.execute(left).first() is None:
        connection.execute(sa.update(_invitation).where(_invitation.c.id == taken.card).values(taken_at=None))
