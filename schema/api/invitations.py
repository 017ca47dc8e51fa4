"""Join cards as the API shows them: what is on one, and what a code would make of whoever holds it.

Why a service behind a protocol: codes, names and tokens are access data, which this floor does not keep.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import sqlalchemy as sa
import strawberry

from polylogue.refusals import Refusal, RefusalCode
from polylogue.vocabulary import Instant, Nature, PersonId, Role, SeatCode, SessionId
from schema.api.authorise import authorise
from schema.api.context import Context, Principal, Receipt
from schema.api.naming import load_names
from schema.api.results import Refused, refused_for
from schema.api.standpoint import SESSION, Info, standpoint
from schema.api.values import in_language, shown

RULE = "1.2"


@dataclass(frozen=True, slots=True)
class Admits:
    """To what a card admits; `seats` in order, of a delegate only."""

    role: Role
    seats: tuple[SeatCode, ...] = ()


@dataclass(frozen=True, slots=True)
class Asking:
    """What somebody asks cards for. `key` stands for one such command of theirs, `digest` for what it says."""

    session: SessionId
    cards: Sequence[Admits]
    reusable: bool
    by: Principal
    key: str
    digest: bytes
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Issued:
    """The codes of the cards that were asked for, in their order. `again`: those of the same command have ended.
    `also_held`: what those held besides who are dismissed in place of whom a card is given.
    """

    codes: Sequence[str]
    again: bool
    also_held: Sequence[SeatCode] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """A card whose code somebody holds, and why it does not admit any more, if so."""

    session: SessionId
    admits: Admits
    reusable: bool
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class Kept:
    """A card as it is kept: who has come in by it, and why it does not admit any more, if so."""

    admits: Admits
    reusable: bool
    issued_at: Instant
    reason: str | None
    people: int
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class Redeemed:
    """Somebody came in by a card: who they are now, the admission in the record, a token for somebody new."""

    person: PersonId
    receipt: Receipt
    admits: Admits
    token: str | None


class Cards(Protocol):
    """The service `cards`: codes that admit, given out, looked at, redeemed, ended."""

    def url(self, code: str) -> str:
        """Where the page is on which a code is redeemed."""
        ...

    async def issue(self, asking: Asking) -> Issued | Refusal:
        """A fresh code for each card; those given out before under the same key end."""
        ...

    async def reissue(self, asking: Asking) -> Issued | Refusal:
        """The same in place of a lost card: earlier ones of its role and seats end, and the tokens they led to."""
        ...

    async def kept(self, session: SessionId) -> Sequence[Kept]:
        """The cards given out for a session, in the order in which they were."""
        ...

    async def seen(self, code: str, *, by: Principal, address: str) -> Seen | Refusal:
        """What a code admits to; a refusal for one that is nobody's, and after too many of those."""
        ...

    async def redeem(self, code: str, name: str | None, *, key: str, by: Principal, address: str) -> Redeemed | Refusal:
        """Admit whoever holds a code: under their present person, or as somebody new who gets a token."""
        ...


@shown
class JoinCard:
    """A card by which somebody comes in. `code` is shown this once; `url` is the page of the code, for its QR.

    Unless it is `reusable`, it admits one person; in any case only until the session is sealed.
    """

    code: str
    url: str
    role: Role
    seats: list[SeatCode]
    reusable: bool


@shown
class GivenCard:
    """A join card that was given out, without its code, which nobody can look up.

    `people` is how many have come in by it, `ended` why it admits nobody any more; `reason` is why it took the place of
    another.
    """

    role: Role
    seats: list[SeatCode]
    reusable: bool
    issued_at: Instant
    reason: str | None
    people: int
    ended: RefusalCode | None


@shown
class InvitedSeat:
    """A seat that a card is for, with the delegation's name in the viewer's language."""

    seat: SeatCode
    name: str | None


@shown
class Invitation:
    """Who the holder of a code would be. `reason` says why the code does not admit, if it is not `usable`; of a code
    that is nobody's there is nothing else.
    """

    usable: bool
    reason: Refused | None
    session_id: SessionId | None = None
    title: str | None = None
    nature: Nature | None = None
    role: Role | None = None
    seats: list[InvitedSeat] = strawberry.field(default_factory=list)
    reusable: bool | None = None


def cards_of(info: Info) -> Cards:
    return info.context.services["cards"]


def shown_cards(cards: Cards, asking: Asking, codes: Sequence[str]) -> list[JoinCard]:
    """The cards that were asked for, with their codes, in the same order."""
    return [
        JoinCard(code=code, url=cards.url(code), role=card.role, seats=list(card.seats), reusable=asking.reusable)
        for card, code in zip(asking.cards, codes, strict=True)
    ]


async def join_cards(info: Info, session: SessionId) -> list[GivenCard] | None:
    """The cards given out for a session, for whoever may give out more; null for others."""
    mine = await standpoint(info, session)
    if not authorise(info.context.principal, mine, "joinCards"):
        return None
    return [
        GivenCard(
            role=card.admits.role,
            seats=list(card.admits.seats),
            reusable=card.reusable,
            issued_at=card.issued_at,
            reason=card.reason,
            people=card.people,
            ended=card.refusal and card.refusal.code,
        )
        for card in await cards_of(info).kept(session)
    ]


async def invitation(info: Info, code: str) -> Invitation:
    """What a code admits to, for whoever holds it."""
    context = info.context
    found = await cards_of(info).seen(code, by=context.principal, address=context.address)
    if isinstance(found, Refusal):
        return Invitation(usable=False, reason=refused_for(context, found))
    return await context.read(lambda connection: _described(connection, context, found))


def _described(connection: sa.Connection, context: Context, found: Seen) -> Invitation:
    row = connection.execute(sa.select(SESSION.nature, SESSION.working).where(SESSION.id == found.session)).one()
    names, preferred = load_names(connection, found.session), (context.language, row.working)
    return Invitation(
        usable=found.refusal is None,
        reason=found.refusal and refused_for(context, found.refusal),
        session_id=found.session,
        title=in_language(names.get(found.session, []), preferred),
        nature=Nature(row.nature),
        role=found.admits.role,
        seats=[InvitedSeat(seat=seat, name=in_language(names.get(seat, []), preferred)) for seat in found.admits.seats],
        reusable=found.reusable,
    )


def refused(code: RefusalCode, **params: str | int) -> Refusal:
    """Why a code does not admit."""
    return Refusal(code, RULE, params, ("code",))
