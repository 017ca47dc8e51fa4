"""A mutation from a command: its input, what it answers, and the way from the one to the other.

Why made: all commands go through the same door and the same writer; what differs is a row (schema/api/mutations), so a
mutation cannot forget the door, the key or the receipt.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, Any

import strawberry
from strawberry import UNSET
from strawberry.types.field import StrawberryField

from polylogue import refusals
from polylogue.commands import Command
from polylogue.refusals import RefusalCode
from polylogue.text import TextRefused, admit
from polylogue.vocabulary import Role, SessionId
from schema.api import context
from schema.api.actions import ACTIONS, action_of
from schema.api.authorise import authorise, not_permitted
from schema.api.inputs import core_value, input_of, input_path
from schema.api.mutations.things import Thing, read_back
from schema.api.mutations.values import Envelope, SeatEnvelope, names_of
from schema.api.results import Conflict, Receipt, Refused, shown_receipt, shown_refusal
from schema.api.selection import selected
from schema.api.standpoint import NOWHERE, Info, standpoint_in
from schema.api.values import described

KEY_LIMIT = 200
"""Characters of an idempotency key."""

Resolver = Callable[..., Awaitable[Any]]


def mutation(command: type[Command], *things: Thing) -> StrawberryField:
    """The mutation of a command, whose payload shows these things. Who may knock says the table of actions."""
    action = action_of(command)
    seat = Role.DELEGATE in ACTIONS[action].roles
    made = type(f"{command.__name__}Input", (SeatEnvelope if seat else Envelope,), {})
    input_type = input_of(command, names=names_of(command))(made)
    payload = payload_of(command.__name__, things)

    async def resolve(info: Info, input: Any) -> Any:
        return await answered(info, action, input, payload, things)

    return field_of(command.__name__, described(command) or "", input_type, payload, resolve)


def payload_of(name: str, things: Sequence[Thing], *more: tuple[str, Any, str]) -> type:
    """The type of an accepted answer: the receipt, what was made or changed, and more (name, type, description)."""
    shown = [*more, *((thing.name, thing.type, thing.description) for thing in things)]
    hints = {"receipt": Receipt, **{field: hint for field, hint, _ in shown}}
    fields = {field: strawberry.field(description=text, default=None) for field, _, text in shown}
    made = type(f"{name}Payload", (), {"__annotations__": hints, "__module__": __name__, **fields})
    return strawberry.type(made, description=f"{name} was accepted.")


def field_of(name: str, description: str, input_type: type, payload: type, resolve: Resolver) -> StrawberryField:
    """The field of a mutation with its input and the union that it answers."""
    result = Annotated[payload | Refused | Conflict, strawberry.union(f"{name}Result")]
    action = name[0].lower() + name[1:]
    resolve.__name__ = action  # by it fields are told apart
    resolve.__annotations__ = {"info": Info, "input": input_type, "return": result}
    return strawberry.mutation(resolver=resolve, name=action, description=description)


async def answered(info: Info, action: str, input: Any, payload: type, things: Sequence[Thing]) -> Any:
    """The whole way of a command: door, writer, and back with what it made."""
    session = SessionId(input.session_id)
    refusal = await refused_at_door(info, action, session) or refused_key(input.idempotency_key)
    answer = refusal or await submitted(info, core_value(input), input, session)
    if isinstance(answer, refusals.Refusal):
        return shown(info, answer, input)
    return payload(receipt=shown_receipt(answer), **await things_of(info, answer, things))


async def refused_at_door(info: Info, action: str, session: SessionId | None) -> refusals.Refusal | None:
    """Why a viewer is not let in; raises AuthenticationError for a stranger."""
    ask = info.context
    # Looks like a case for the standpoints already known, and is not: an earlier mutation of the same operation may
    # have admitted or dismissed the viewer.
    standing = await ask.read(lambda c: standpoint_in(c, ask.principal, session)) if session else NOWHERE
    if not authorise(ask.principal, standing, action):
        return not_permitted(action, standing if session is not None else None)
    if session is not None and not standing.roles:  # the organiser and workers see every session that there is
        return refusals.Refusal(
            RefusalCode.UNKNOWN_REFERENCE, "0.1", {"kind": "session", "id": session}, ("sessionId",)
        )
    return None


def refused_key(key: str) -> refusals.Refusal | None:
    """Why a key cannot be kept."""
    return refused_text(key, "idempotencyKey", KEY_LIMIT, "0.2")


def refused_text(text: str, field: str, limit: int, rule: str) -> refusals.Refusal | None:
    """Why a text in this field cannot be kept beside the record."""
    try:
        admit(text, limit=limit)
    except TextRefused as refused:
        return refusals.Refusal(RefusalCode(refused.code), rule, {**refused.params, "field": field}, (field,))
    return None


async def submitted(
    info: Info, command: Command, input: Any, session: SessionId | None
) -> context.Receipt | refusals.Refusal:
    """Give a command to the writer with what its input's envelope says."""
    return await info.context.submit(
        command,
        key=input.idempotency_key,
        session=session,
        seat=_given(input, "seat"),
        occurred_at=_given(input, "occurred_at"),
        expected_seq=_given(input, "expected_seq"),
    )


async def things_of(info: Info, receipt: context.Receipt, things: Sequence[Thing]) -> dict[str, Any]:
    """What the client asks to see of what was made or changed; nothing is read where it asks for the receipt only."""
    asked = selected(info)
    if not asked.any(*(thing.shown for thing in things)):
        return {}
    ask = info.context
    seen_by = (ask.principal, ask.language, ask.now())
    return await ask.read(lambda connection: read_back(connection, receipt, things, asked, seen_by))


def shown(info: Info, refusal: refusals.Refusal, input: Any) -> Refused | Conflict:
    """A refusal as the client sees it, its path in the names of its own input."""
    path = input_path(type(input), refusal.path)
    return shown_refusal(refusal, path, info.context.language, info.context.now())


def _given(input: Any, name: str) -> Any:
    value = getattr(input, name, None)
    return None if value is UNSET else value
