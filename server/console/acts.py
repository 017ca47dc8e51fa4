"""What forms do: the mutation of a form's name, given as whoever is signed in, and its answer as a page.

Why one way for all forms: the door, the key and the refusal are then the same for each, and one response serves a page
with scripts and one without.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from graphql import GraphQLSchema
from litestar import Response
from litestar.response import Redirect
from litestar.status_codes import HTTP_303_SEE_OTHER

from schema.api.errors import FULL, AuthenticationError, ErrorCode, shown
from schema.api.schema import make_schema
from server.console.forms import Form, document_of, input_of, input_type
from server.console.languages import marked
from server.console.sent import Sent
from server.console.site import Ask, Site
from server.console.visitors import Visitor

Payload = dict[str, Any]
Shown = Callable[[Ask, Site, Visitor, Payload], Awaitable[Response[Any]]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is shown of a mutation that was accepted, where it is not the page that the form came from."""

    selection: str
    shown: Shown


@dataclass(frozen=True, slots=True)
class Done:
    """How a mutation went: what was accepted, or why not, and with which status that is said."""

    payload: Payload | None
    refusal: Mapping[str, Any] | None = None
    status: int = HTTPStatus.UNPROCESSABLE_ENTITY


UNKNOWN = marked("There is nothing of this name to do here.")
UNREADABLE = marked(
    "The form could not be read: something in it is not what it should be. Reload the page and try again."
)
SIGNED_OUT = marked("You are not signed in any more. Use your card again, or ask the chair for a new one.")
BROKEN = marked("That is a fault of the server, and it has been logged. What you have sent is still here; try again.")
AWAY = marked("The database cannot be reached at the moment. What you have sent is still here; try again.")
NO_ROOM = marked(
    "Nothing was written: the disk of the server is full. What you have sent is still here; try again when whoever runs"
    " the server has made room."
)

_SAID = {
    ErrorCode.UNAUTHENTICATED: (HTTPStatus.UNAUTHORIZED, SIGNED_OUT),
    ErrorCode.INTERNAL: (HTTPStatus.INTERNAL_SERVER_ERROR, BROKEN),
    ErrorCode.UNAVAILABLE: (HTTPStatus.SERVICE_UNAVAILABLE, AWAY),
}


class Acts:
    """Gives the commands of forms. `outcomes` are those whose answer is a page of its own, by the mutation."""

    def __init__(self, site: Site, outcomes: Mapping[str, Outcome]) -> None:
        self._site, self._outcomes, self._schema = site, outcomes, make_schema()
        self.graphql: GraphQLSchema = self._schema._schema  # noqa: SLF001 -- Strawberry hands it out nowhere else

    async def give(
        self, request: Ask, visitor: Visitor, mutation: str, form: Form, shown: str = "", **given: str
    ) -> Done:
        """Execute a form as its sender, with what the address says besides; `shown` is asked of what is accepted."""
        kind = input_type(self.graphql, mutation)
        if kind is None:
            return Done(None, {"message": UNKNOWN, "code": None, "path": None}, HTTPStatus.NOT_FOUND)
        outcome = self._outcomes.get(mutation)
        document = document_of(kind, self.graphql, mutation, shown or (outcome.selection if outcome else ""))
        context = await self._site.context(request, visitor)
        variables = {"input": input_of(kind, form, **given)}
        result: Any = await self._schema.execute(document, variables, context_value=context)
        if result.errors:
            return failed(result.errors[0])
        answer: Payload = result.data["outcome"]
        if answer["__typename"].endswith("Payload"):
            return Done(answer)
        return Done(None, answer)

    async def answered(
        self, request: Ask, visitor: Visitor, mutation: str, form: Form, done: Done, back: str
    ) -> Response[Any]:
        """Where an accepted form leads: to what it has made, else back to the page with the receipt."""
        payload = done.payload or {}
        if outcome := self._outcomes.get(mutation):
            return await outcome.shown(request, self._site, visitor, payload)
        seq = (payload.get("receipt") or {}).get("seq")
        told = f"{'&' if '?' in back else '?'}done={seq}" if seq else ""
        place = first(form, "backTo") or first(form, "sentFrom")
        return Redirect(f"{back}{told}{f'#{place}' if place else ''}", status_code=HTTP_303_SEE_OTHER)


def sent_of(form: Form, done: Done) -> Sent:
    return Sent(first(form, "sentFrom"), form, done.refusal)


def first(form: Form, name: str) -> str:
    return next(iter(form.get(name, ())), "")


def failed(error: Any) -> Done:
    """What is said of an error: a bug and an outage are told apart from a form that nobody could fill in so."""
    told = shown(error, uuid4().hex)
    code = told["extensions"]["code"]
    if isinstance(getattr(error, "original_error", None), AuthenticationError):
        code = ErrorCode.UNAUTHENTICATED
    status, message = _SAID.get(code, (HTTPStatus.UNPROCESSABLE_ENTITY, UNREADABLE))
    if told["message"] == FULL:
        message = NO_ROOM
    return Done(None, {"message": message, "code": code, "path": None}, status)
