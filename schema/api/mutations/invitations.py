"""Mutations on join cards: given out, redeemed, given out anew for a phone that is lost.

Why written out: who holds a card is no part of the record; that somebody was admitted by one is, through the same
command as any admission.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from typing import Annotated, Any

import sqlalchemy as sa
import strawberry
from strawberry import UNSET

from polylogue.procedure.matter import LIST_LIMIT
from polylogue.procedure.sessions import ADMISSIBLE
from polylogue.refusals import Refusal, RefusalCode
from polylogue.text import admit
from polylogue.vocabulary import Role, SeatCode, SessionId, SessionPhase
from schema import tables
from schema.api.context import Principal
from schema.api.invitations import (
    RULE,
    Admits,
    Asking,
    JoinCard,
    Redeemed,
    cards_of,
    shown_cards,
)
from schema.api.mutations.command import field_of, payload_of, refused_at_door, refused_key, refused_text
from schema.api.mutations.people import NAME_LIMIT, TOKEN_SHOWN
from schema.api.mutations.things import PERSON, SESSION_THING, read_back
from schema.api.results import Refused, refused_for, shown_receipt
from schema.api.selection import selected
from schema.api.standpoint import SESSION, Info
from schema.api.values import given
from schema.columns import columns

DELEGATION = columns(tables.Delegation)
REASON_LIMIT = 200
"""Characters of the reason why a card is replaced."""

_AGAIN = "Whether this command and key had been given before: the codes of that time have ended now."
_SEATS = "Seats that one person is to hold together; of a delegate only."


@strawberry.input(description="To what one card admits.")
class CardInput:
    role: Role
    seats: list[SeatCode] = strawberry.field(default_factory=list, description=_SEATS)


@strawberry.input(
    description="Join cards: those of `cards`, one for `seats` together, or for a role. Where none is named,"
    " one for each seat, one for a facilitator, and from the organiser one for the chair."
)
class InviteInput:
    session_id: SessionId
    idempotency_key: str
    role: Role | None = strawberry.field(
        default=UNSET, description="Of one card; a delegate where `seats` are named. DELEGATE alone: a card a seat."
    )
    seats: list[SeatCode] = strawberry.field(default_factory=list, description=_SEATS)
    cards: list[CardInput] = strawberry.field(default_factory=list, description="Several cards at once.")
    reusable: bool = strawberry.field(
        default=False, description="Whether each may be used by several people, until the session is sealed."
    )


@strawberry.input(
    description="Replace a card, or a phone, that is lost: earlier cards of this role for any of these seats end, and"
    " so do the tokens of who came in by them or holds one of the seats, on open sockets too. They are dismissed."
)
class ReissueSeatInput:
    session_id: SessionId
    idempotency_key: str
    seats: list[SeatCode] = strawberry.field(default_factory=list, description=_SEATS)
    role: Role = Role.DELEGATE
    reusable: bool = False
    reason: str | None = strawberry.field(
        default=UNSET, description="For those who hand out cards; kept beside the record."
    )


@strawberry.input(
    description="Come in by the code of a join card. With a token, under the person that one has already."
)
class RedeemInvitationInput:
    code: str = strawberry.field(description="As on the card; case, blanks and hyphens do not count.")
    idempotency_key: str = strawberry.field(
        description="Draw it at random and keep it to yourself: with the card's code it gives another token, which ends"
        " the one before."
    )
    name: str | None = strawberry.field(
        default=UNSET, description="Who comes in; kept beside the record and shown to no delegation. Not with a token."
    )


@strawberry.type(description="The cards, each code shown this once. The same command and key again ends these codes.")
class InvitePayload:
    cards: list[JoinCard]
    again: bool = strawberry.field(description=_AGAIN)


@strawberry.type(description="The card that counts now; the code is shown this once.")
class ReissueSeatPayload:
    card: JoinCard
    again: bool = strawberry.field(description=_AGAIN)
    also_held: list[SeatCode] = strawberry.field(
        description="Seats that somebody who is dismissed held besides: whoever is to hold them again needs a card for"
        " each. Told the first time only."
    )


InviteResult = Annotated[InvitePayload | Refused, strawberry.union("InviteResult")]
ReissueSeatResult = Annotated[ReissueSeatPayload | Refused, strawberry.union("ReissueSeatResult")]

_redeemed = payload_of(
    "RedeemInvitation",
    (PERSON, SESSION_THING),
    ("token", str | None, TOKEN_SHOWN),
    ("role", Role, "What the card made of them."),
    ("seats", list[SeatCode], "The seats that the card gave them."),
)

# ── giving out ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def _invite(info: Info, input: InviteInput) -> InviteResult:
    def wanted(seats: Iterable[SeatCode]) -> list[Admits]:
        return _wanted(input, info.context.principal, seats)

    asking = await _asking(info, "invite", input, wanted)
    if isinstance(asking, Refusal):
        return refused_for(info.context, asking)
    issued = await cards_of(info).issue(asking)
    if isinstance(issued, Refusal):
        return refused_for(info.context, issued)
    return InvitePayload(cards=shown_cards(cards_of(info), asking, issued.codes), again=issued.again)


async def _reissue(info: Info, input: ReissueSeatInput) -> ReissueSeatResult:
    asking = await _asking(info, "reissueSeat", input, lambda _: [_admits(input.role, input.seats)])
    if isinstance(asking, Refusal):
        return refused_for(info.context, asking)
    issued = await cards_of(info).reissue(asking)
    if isinstance(issued, Refusal):
        return refused_for(info.context, issued)
    (card,) = shown_cards(cards_of(info), asking, issued.codes)
    return ReissueSeatPayload(card=card, again=issued.again, also_held=list(issued.also_held))


async def _asking(
    info: Info,
    action: str,
    input: InviteInput | ReissueSeatInput,
    wanted: Callable[[Iterable[SeatCode]], list[Admits]],
) -> Asking | Refusal:
    """What is asked for, if the viewer may give it out and the rules would admit to it."""
    principal = info.context.principal
    refusal = await refused_at_door(info, action, input.session_id) or refused_key(input.idempotency_key)
    reason = given(getattr(input, "reason", None))
    if reason:
        refusal = refusal or refused_text(reason, "reason", REASON_LIMIT, RULE)
    if refusal:
        return refusal
    phase, seats = await info.context.read(lambda connection: _seats_of(connection, input.session_id))
    cards = wanted(seats)
    if refusal := _refused_cards(cards, phase, seats, principal):
        return refusal
    said = [action, input.session_id, input.reusable, [[card.role, *card.seats] for card in cards], reason]
    digest = hashlib.sha256(json.dumps(said).encode()).digest()
    return Asking(input.session_id, cards, input.reusable, principal, input.idempotency_key, digest, reason)


def _wanted(input: InviteInput, principal: Principal, there: Iterable[SeatCode]) -> list[Admits]:
    each = [Admits(Role.DELEGATE, (seat,)) for seat in there]
    cards = [_admits(card.role, card.seats) for card in input.cards]
    role = given(input.role) or (Role.DELEGATE if input.seats else None)
    if role is Role.DELEGATE and not input.seats:
        return [*cards, *each]
    if role:
        return [*cards, _admits(role, input.seats)]
    chair = [Admits(Role.CHAIR)] if Role.ORGANISER in principal.site_roles else []
    return cards or [*chair, *each, Admits(Role.FACILITATOR)]


def _admits(role: Role, seats: Iterable[SeatCode]) -> Admits:
    return Admits(role, tuple(sorted(set(seats))))


def _seats_of(connection: sa.Connection, session: SessionId) -> tuple[SessionPhase, list[SeatCode]]:
    phase = connection.execute(sa.select(SESSION.phase).where(SESSION.id == session)).scalar_one()
    codes = connection.execute(sa.select(DELEGATION.code).where(DELEGATION.session == session)).scalars()
    return SessionPhase(phase), sorted(map(SeatCode, codes))


def _refused_cards(
    cards: list[Admits], phase: SessionPhase, there: list[SeatCode], principal: Principal
) -> Refusal | None:
    """Why nobody could be admitted thus, as the rules will say (polylogue/procedure/sessions.py)."""
    if phase is SessionPhase.SEALED:
        return Refusal(RefusalCode.SESSION_SEALED, RULE)
    if len(cards) > LIST_LIMIT:
        return Refusal(RefusalCode.LIST_TOO_LONG, RULE, {"size": len(cards), "limit": LIST_LIMIT}, ("cards",))
    return next(filter(None, (_refused_card(card, there, principal) for card in cards)), None)


def _refused_card(card: Admits, there: list[SeatCode], principal: Principal) -> Refusal | None:
    if card.role not in ADMISSIBLE:
        return Refusal(RefusalCode.NOT_PERMITTED, RULE, {"allowed": ", ".join(ADMISSIBLE)}, ("role",))
    if card.role is Role.CHAIR and Role.ORGANISER not in principal.site_roles:
        return Refusal(RefusalCode.NOT_PERMITTED, RULE, {"allowed": Role.ORGANISER}, ("role",))
    if card.role is Role.DELEGATE and not card.seats:
        return Refusal(RefusalCode.LIST_EMPTY, RULE, {"name": "seats"}, ("seats",))
    if card.role is not Role.DELEGATE and card.seats:
        params = {"allowed": Role.DELEGATE, "role": card.role}
        return Refusal(RefusalCode.NOT_PERMITTED, RULE, params, ("seats",))
    unknown = [seat for seat in card.seats if seat not in there]
    if unknown:
        params = {"kind": "delegation", "id": unknown[0]}
        return Refusal(RefusalCode.UNKNOWN_REFERENCE, RULE, params, ("seats",))
    return None


# ── coming in ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def _redeem(info: Info, input: RedeemInvitationInput) -> Any:
    context, cards = info.context, cards_of(info)
    name = given(input.name) if context.principal.person is None else None
    refusal = await refused_at_door(info, "redeemInvitation", None) or refused_key(input.idempotency_key)
    if context.principal.person is None:
        refusal = refusal or refused_text(name or "", "name", NAME_LIMIT, RULE)
    answer = refusal or await cards.redeem(
        input.code,
        name and admit(name),
        key=input.idempotency_key,
        by=context.principal,
        address=context.address,
    )
    if isinstance(answer, Refusal):
        return refused_for(info.context, answer)
    return await _come_in(info, answer)


async def _come_in(info: Info, answer: Redeemed) -> Any:
    """What is asked to be seen, in the eyes of who they are now."""
    context, asked = info.context, selected(info)
    context.standpoints.pop(answer.receipt.session, None)
    now = Principal(answer.person, context.principal.site_roles, context.principal.token)
    seen_by = (now, context.language, context.now())
    things = await context.read(lambda c: read_back(c, answer.receipt, (PERSON, SESSION_THING), asked, seen_by))
    return _redeemed(
        receipt=shown_receipt(answer.receipt),
        token=answer.token,
        role=answer.admits.role,
        seats=list(answer.admits.seats),
        **things,
    )


_INVITE: Any = strawberry.mutation(
    resolver=_invite, name="invite", description="Give out join cards, each with a code, for whoever may admit people."
)
_REISSUE: Any = strawberry.mutation(
    resolver=_reissue,
    name="reissueSeat",
    description="Replace a card or a phone that is lost: earlier cards and tokens end at once.",
)

FIELDS = (
    _INVITE,
    field_of(
        "RedeemInvitation",
        "Come in by the code of a join card. Needs no token; gives one.",
        RedeemInvitationInput,
        _redeemed,
        _redeem,
    ),
    _REISSUE,
)
