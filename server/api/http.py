"""GraphQL over HTTP: one request, one operation, one answer.

Why not Strawberry's view: it answers malformed requests in plain text, knows one media type, and makes contexts before
it has looked at the request; of the 61 audits of npm `graphql-http` it passes 53.
"""

import asyncio
import contextlib
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import InternalServerException
from litestar.exceptions.http_exceptions import RequestEntityTooLarge
from litestar.types import Receive
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types import ExecutionResult
from strawberry.types.graphql import OperationType

from schema.api.errors import ApiError, AuthenticationError, ErrorCode, is_request_error, shown
from server.api.door import Asked, Door, Operation, bearer, request_bound
from server.api.ide import ide_page
from server.api.negotiation import Media, preferred
from server.api.reading import fault, operation_misfit

DRAINED_BYTES, DRAIN_SECONDS = 16_000_000, 5.0
"""How much more of a body that is too large is read, and for how long."""
ALLOWED = {
    "GET": {OperationType.QUERY},
    "POST": {OperationType.QUERY, OperationType.MUTATION},
}


class Unanswerable(ApiError):
    """A request that is refused before it has become an operation, with its HTTP status."""

    def __init__(self, status: HTTPStatus, code: ErrorCode, message: str, allow: str | None = None) -> None:
        super().__init__(code, message)
        self.status = status
        self.headers = {"Allow": allow} if allow else {}


async def answer(door: Door, request: Request[Any, Any, Any]) -> Response[bytes]:
    """The response to any request at the endpoint; it never raises."""
    with request_bound() as request_id:
        media = Media.JSON
        try:
            _check_method(request)
            media = _media(request)
            if media is Media.HTML:
                return ide_page(request)
            result = await _run(door, request, request_id)
            return _answered(result, media, request_id)
        except Unanswerable as error:
            return _refused(error, media, request_id, error.status, error.headers)
        except AuthenticationError as error:
            challenge = {"WWW-Authenticate": "Bearer"}
            return _refused(error, media, request_id, HTTPStatus.UNAUTHORIZED, challenge)
        except ApiError as error:
            return _refused(error, media, request_id, _status_of_refusal(media))
        except Exception as error:  # noqa: BLE001 -- whatever it was, the client learns no more than the request's id
            return _refused(error, media, request_id, HTTPStatus.INTERNAL_SERVER_ERROR)


async def _run(door: Door, request: Request[Any, Any, Any], request_id: str) -> ExecutionResult:
    principal = await door.authenticate(bearer(request.headers.get("authorization")))
    operation = await _operation(request, door.bounds.message_bytes)
    context = await door.context_factory(Asked(request, principal, request_id))
    try:
        return await door.schema.execute(
            operation.query,
            variable_values=operation.variables,
            context_value=context,
            operation_name=operation.operationName,
            allowed_operation_types=ALLOWED[request.method],
            operation_extensions=operation.extensions,
        )
    except CannotGetOperationTypeError as error:
        raise ApiError(ErrorCode.OPERATION_UNKNOWN, error.as_http_error_reason()) from error
    except InvalidOperationTypeError as error:
        if error.operation_type is OperationType.SUBSCRIPTION:
            message = "Subscriptions are served over WebSocket, subprotocol graphql-transport-ws."
            raise Unanswerable(HTTPStatus.BAD_REQUEST, ErrorCode.OPERATION_NOT_ALLOWED, message) from error
        raise Unanswerable(
            HTTPStatus.METHOD_NOT_ALLOWED, ErrorCode.OPERATION_NOT_ALLOWED, "Mutations need POST.", "POST"
        ) from error


def _check_method(request: Request[Any, Any, Any]) -> None:
    if request.method not in ALLOWED:
        raise Unanswerable(HTTPStatus.METHOD_NOT_ALLOWED, ErrorCode.METHOD_NOT_ALLOWED, "Use POST or GET.", "GET, POST")


def _media(request: Request[Any, Any, Any]) -> Media:
    offered = (Media.JSON, Media.GRAPHQL, *((Media.HTML,) if request.method == "GET" else ()))
    media = preferred(request.headers.get("accept", ""), offered)
    if media is None:
        message = f"Answers come as {Media.GRAPHQL} or {Media.JSON}."
        raise Unanswerable(HTTPStatus.NOT_ACCEPTABLE, ErrorCode.NOT_ACCEPTABLE, message)
    return media


@dataclass(slots=True)
class _Incoming:
    """What a client sends. Once its body has `ended` nothing more comes, and asking waits until it has gone away."""

    receive: Receive
    ended: bool = False

    async def __call__(self) -> Any:
        event = await self.receive()
        self.ended = event["type"] != "http.request" or not event["more_body"]
        return event


async def _operation(request: Request[Any, Any, Any], most: int) -> Operation:
    operation = _addressed(request) if request.method == "GET" else await _posted(request, most)
    if not operation.query:
        raise _malformed("The `query` is empty.")
    return operation


def _addressed(request: Request[Any, Any, Any]) -> Operation:
    given = request.query_params
    sent: dict[str, Any] = {name: given[name] for name in Operation.__struct_fields__ if name in given}
    for name in {"variables", "extensions"} & sent.keys():
        try:
            sent[name] = msgspec.json.decode(sent[name]) if sent[name] else None
        except (msgspec.DecodeError, RecursionError) as error:
            raise _malformed(f"`{name}`: {fault(sent[name], lambda _: None)}") from error
    if wrong := operation_misfit(sent):
        raise _malformed(wrong)
    return msgspec.convert(sent, Operation)


async def _posted(request: Request[Any, Any, Any], most: int) -> Operation:
    request.receive = incoming = _Incoming(request.receive)
    _check_content_type(request)
    try:
        body = await request.body()
    except RequestEntityTooLarge as error:
        if "expect" not in request.headers:  # who asks first whether to send is told at once
            await _drained(incoming)
        message = f"The body is too large; at most {most:,} bytes are read."
        raise Unanswerable(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, ErrorCode.BODY_TOO_LARGE, message) from error
    except InternalServerException as error:  # Litestar's word for a client that went away while it was sending
        raise _malformed("The body is incomplete.") from error
    try:
        return msgspec.json.decode(body, type=Operation)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _malformed(fault(body, operation_misfit)) from error


async def _drained(incoming: _Incoming) -> None:
    """Let a client finish what it is sending, up to a point: a simple one reads nothing before it has sent all, and
    would find the connection broken and not the sentence.
    """
    left = DRAINED_BYTES
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(DRAIN_SECONDS):
            while left > 0 and not incoming.ended:
                left -= len((await incoming()).get("body", b""))


def _malformed(message: str) -> Unanswerable:
    return Unanswerable(HTTPStatus.BAD_REQUEST, ErrorCode.REQUEST_MALFORMED, message)


def _check_content_type(request: Request[Any, Any, Any]) -> None:
    kind, parameters = request.content_type
    charset = parameters.get("charset", "utf-8").strip('"').lower()
    if kind.lower() != Media.JSON or charset not in ("utf-8", "utf8"):
        message = f"The body must be {Media.JSON} in UTF-8."
        raise Unanswerable(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, ErrorCode.MEDIA_TYPE_UNSUPPORTED, message)


_OURS = {
    ErrorCode.INTERNAL: HTTPStatus.INTERNAL_SERVER_ERROR,
    ErrorCode.UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
}
"""Codes that say that the server is to blame, by the status that tells so."""


def _status_of_refusal(media: Media) -> HTTPStatus:
    """A client that asks for plain JSON may be one that takes any other status for a broken server."""
    return HTTPStatus.BAD_REQUEST if media is Media.GRAPHQL else HTTPStatus.OK


def _answered(result: ExecutionResult, media: Media, request_id: str) -> Response[bytes]:
    errors = [shown(error, request_id) for error in result.errors or ()]
    body: dict[str, Any] = {"errors": errors} if errors else {}
    status = HTTPStatus.OK
    if is_request_error(result.data, result.errors):
        codes = (error["extensions"]["code"] for error in errors)
        status = next((_OURS[code] for code in codes if code in _OURS), _status_of_refusal(media))
    else:
        body["data"] = result.data
    if result.extensions:
        body["extensions"] = result.extensions
    return _response(body, media, request_id, status)


def _refused(
    error: Exception, media: Media, request_id: str, status: HTTPStatus, headers: dict[str, str] | None = None
) -> Response[bytes]:
    told = shown(error, request_id)
    status = _OURS.get(told["extensions"]["code"], status)
    return _response({"errors": [told]}, media, request_id, status, headers)


def _response(
    body: dict[str, Any], media: Media, request_id: str, status: HTTPStatus, headers: dict[str, str] | None = None
) -> Response[bytes]:
    always = {"Vary": "Accept", "Cache-Control": "no-store", "X-Request-Id": request_id}
    return Response(
        msgspec.json.encode(body),
        status_code=status,
        media_type=f"{media}; charset=utf-8",
        headers={**always, **(headers or {})},
    )
