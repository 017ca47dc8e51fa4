"""Mutations on who takes part: admitted under a pseudonym and given a token, dismissed, their tokens revoked.

Why written out: names and tokens are no part of the record. They are kept with the access data, after the record has
said that a pseudonymous person was admitted.
"""

from typing import Annotated, Any, Protocol

import sqlalchemy as sa
import strawberry
from strawberry import UNSET

from polylogue import commands as c
from polylogue import refusals
from polylogue.refusals import RefusalCode
from polylogue.text import admit
from polylogue.vocabulary import PersonId, Role, SessionId
from schema.api.inputs import core_value, input_of
from schema.api.mutations.command import (
    field_of,
    mutation,
    payload_of,
    refused_at_door,
    refused_key,
    refused_text,
    shown,
    submitted,
    things_of,
)
from schema.api.mutations.things import PERSON, SESSION_THING, person_of
from schema.api.mutations.values import Envelope, names_of
from schema.api.results import Refused, refused_for, shown_receipt
from schema.api.standpoint import ADMISSION, Info
from schema.api.values import described, is_id

NAME_LIMIT = 200
RULE = "1.2"


class Access(Protocol):
    """The service `access`: names, tokens, and what people are on this site."""

    async def known(self, person: PersonId) -> frozenset[Role] | None:
        """What a person is on this site; null for somebody it does not know."""
        ...

    async def admit(self, person: PersonId, name: str, *, issued_by: PersonId, key: str) -> str:
        """Keep a person's name and give out a token; the same key again ends the earlier one."""
        ...

    async def revoke(self, person: PersonId) -> int:
        """End all tokens of a person, at once; how many there were."""
        ...


@input_of(c.AdmitPerson, names=names_of(c.AdmitPerson))
class AdmitPersonInput(Envelope):
    name: str | None = strawberry.field(
        default=UNSET, description="Who it is, for somebody new; kept beside the record and shown to no delegation."
    )
    person: PersonId | None = strawberry.field(
        default=UNSET, description="Somebody who is on this site already, and keeps the token they have."
    )


TOKEN_SHOWN = "For somebody new, shown this once; the same command and key again gives another and ends this one."  # noqa: S105
_payload = payload_of("AdmitPerson", (PERSON, SESSION_THING), ("token", str | None, TOKEN_SHOWN))


async def _admit(info: Info, input: Any) -> Any:
    access: Access = info.context.services["access"]
    session = SessionId(input.session_id)
    refusal = (
        await refused_at_door(info, "admitPerson", session)
        or refused_key(input.idempotency_key)
        or await _refused_person(access, input)
    )
    answer = refusal or await submitted(info, core_value(input), input, session)
    if isinstance(answer, refusals.Refusal):
        return shown(info, answer, input)
    token = None
    # Only for somebody new: a token for a person who is here already would let whoever admits them speak as them.
    if not input.person and (issued_by := info.context.principal.person):
        person = await info.context.read(lambda connection: person_of(connection, answer))
        token = await access.admit(person, admit(input.name), issued_by=issued_by, key=input.idempotency_key)
    things = await things_of(info, answer, (PERSON, SESSION_THING))
    return _payload(receipt=shown_receipt(answer), token=token, **things)


async def _refused_person(access: Access, input: Any) -> refusals.Refusal | None:
    """Why this person cannot be admitted, as far as it is not for the rules to say."""
    if input.person:
        known = await access.known(input.person) if is_id(input.person) else None
        return None if known is not None else _unknown(input.person)
    return refused_text(input.name or "", "name", NAME_LIMIT, RULE)


@strawberry.input(description="End all tokens of a person at once, also on sockets that are open.")
class RevokeTokenInput:
    session_id: SessionId
    person: PersonId


@strawberry.type(
    description="The person's tokens have ended; what they were admitted to stands until they are dismissed."
)
class RevokeTokenPayload:
    person: PersonId
    revoked: int


RevokeTokenResult = Annotated[RevokeTokenPayload | Refused, strawberry.union("RevokeTokenResult")]


async def _revoke(info: Info, input: RevokeTokenInput) -> RevokeTokenResult:
    access: Access = info.context.services["access"]
    refusal = await refused_at_door(info, "revokeToken", input.session_id) or await _refused_revocation(
        info, access, input.session_id, input.person
    )
    if refusal:
        return refused_for(info.context, refusal)
    return RevokeTokenPayload(person=input.person, revoked=await access.revoke(input.person))


async def _refused_revocation(
    info: Info, access: Access, session: SessionId, person: PersonId
) -> refusals.Refusal | None:
    """The organiser ends anybody's tokens; a chair those of people in the session who are nothing on the site."""
    roles = await access.known(person) if is_id(person) else None
    if roles is None:
        return _unknown(person)
    if Role.ORGANISER in info.context.principal.site_roles:
        return None
    if roles:
        return refusals.Refusal(RefusalCode.NOT_PERMITTED, RULE, {"allowed": Role.ORGANISER}, ("person",))
    query = sa.select(ADMISSION.person).where(ADMISSION.session == session, ADMISSION.person == person)
    here = await info.context.read(lambda connection: connection.execute(query).first())
    return None if here else _unknown(person)


def _unknown(person: str) -> refusals.Refusal:
    return refusals.Refusal(RefusalCode.UNKNOWN_REFERENCE, RULE, {"kind": "person", "id": person}, ("person",))


_REVOKE: Any = strawberry.mutation(
    resolver=_revoke, name="revokeToken", description="End all tokens of a person at once, on open sockets too."
)

FIELDS = (
    field_of("AdmitPerson", described(c.AdmitPerson) or "", AdmitPersonInput, _payload, _admit),
    mutation(c.DismissPerson, PERSON, SESSION_THING),
    _REVOKE,
)
