"""What clients read when an operation fails: stable codes for what concerns them, a mask over bugs.

Why one function for everything that leaves: an exception's text may quote the record, a query or a secret, so only
errors raised for clients' eyes pass; anything else is logged under the request's id and shown as INTERNAL.
"""

from enum import StrEnum
from typing import Any

import structlog
from graphql import FieldNode, GraphQLError, GraphQLSyntaxError
from strawberry.exceptions import MissingQueryError
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError

from schema.api.discreet import discreet
from schema.circumstances import away, disk_full, in_short

log = structlog.get_logger()


AWAY = "The database cannot be asked at the moment; try again in a while, a command with the same key."
FULL = (
    "Nothing was written: the disk of the database is full. What was acknowledged is safe, and reading goes on. "
    "Try again when whoever runs this server has made room, a command with the same key."
)


class ErrorCode(StrEnum):
    """`extensions.code` of every error in a response's `errors`; docs/api.md says what each means."""

    UNAUTHENTICATED = "UNAUTHENTICATED"
    REQUEST_MALFORMED = "REQUEST_MALFORMED"
    METHOD_NOT_ALLOWED = "METHOD_NOT_ALLOWED"
    NOT_ACCEPTABLE = "NOT_ACCEPTABLE"
    BODY_TOO_LARGE = "BODY_TOO_LARGE"
    MEDIA_TYPE_UNSUPPORTED = "MEDIA_TYPE_UNSUPPORTED"
    DOCUMENT_SYNTAX = "DOCUMENT_SYNTAX"
    DOCUMENT_INVALID = "DOCUMENT_INVALID"
    DOCUMENT_TOO_LONG = "DOCUMENT_TOO_LONG"
    DOCUMENT_TOO_DEEP = "DOCUMENT_TOO_DEEP"
    DOCUMENT_TOO_MANY_FIELDS = "DOCUMENT_TOO_MANY_FIELDS"
    DOCUMENT_TOO_MANY_ALIASES = "DOCUMENT_TOO_MANY_ALIASES"
    DOCUMENT_TOO_MANY_DIRECTIVES = "DOCUMENT_TOO_MANY_DIRECTIVES"
    DOCUMENT_TOO_MANY_FRAGMENTS = "DOCUMENT_TOO_MANY_FRAGMENTS"
    DOCUMENT_TOO_MANY_OPERATIONS = "DOCUMENT_TOO_MANY_OPERATIONS"
    OPERATION_UNKNOWN = "OPERATION_UNKNOWN"
    OPERATION_NOT_ALLOWED = "OPERATION_NOT_ALLOWED"
    VARIABLES_INVALID = "VARIABLES_INVALID"
    UNKNOWN_REFERENCE = "UNKNOWN_REFERENCE"
    SEQ_BEYOND_HEAD = "SEQ_BEYOND_HEAD"
    SUBSCRIPTION_LIMIT = "SUBSCRIPTION_LIMIT"
    SUBSCRIPTION_LAGGING = "SUBSCRIPTION_LAGGING"
    SERVER_BUSY = "SERVER_BUSY"
    UNAVAILABLE = "UNAVAILABLE"
    INTERNAL = "INTERNAL"


class ApiError(Exception):
    """Raised for clients' eyes: code, message and extensions reach them as they are."""

    def __init__(self, code: ErrorCode, message: str, **extensions: Any) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.extensions = extensions


class AuthenticationError(ApiError):
    """The token is unknown, revoked or out of date: HTTP 401, or the end of the WebSocket with 4403."""


class SubscriptionLagging(ApiError):
    """The client reads more slowly than the session moves; it may subscribe again after `seq`."""

    def __init__(self, seq: int) -> None:
        super().__init__(ErrorCode.SUBSCRIPTION_LAGGING, "Too slow for this subscription; resume after seq.", seq=seq)
        self.seq = seq


def shown(error: Exception, request_id: str) -> dict[str, Any]:
    """An error as it stands in a response; a bug is logged with its traceback and shown as INTERNAL with the id."""
    located = error if isinstance(error, GraphQLError) else GraphQLError("", original_error=error)
    cause = _cause(located)
    place = {key: value for key, value in located.formatted.items() if key in ("locations", "path")}
    if isinstance(cause, ApiError):
        return {"message": cause.message, **place, "extensions": {"code": cause.code, **cause.extensions}}
    code = _code(located, cause)
    if code is ErrorCode.INTERNAL and away(cause):
        full = disk_full(cause)
        event = "disk_full" if full else "database_away"
        log.error(event, request_id=request_id, path=located.path, error=in_short(cause))
        return {
            "message": FULL if full else AWAY,
            **place,
            "extensions": {"code": ErrorCode.UNAVAILABLE, "requestId": request_id},
        }
    if code is ErrorCode.INTERNAL:
        log.error("graphql_bug", request_id=request_id, path=located.path, exc_info=cause)
        return {"message": "Internal error", **place, "extensions": {"code": code, "requestId": request_id}}
    message = discreet(located.message)
    if code is ErrorCode.OPERATION_NOT_ALLOWED:
        message = "An operation of this kind is not served here."
    extensions: dict[str, Any] = {"code": code}
    if allowed := (located.extensions or {}).get("allowed"):  # laid beside the error by `choices.tell_choices`
        message = f"{message} Allowed: {', '.join(allowed)}."
        extensions["allowed"] = allowed
    return {"message": message, **place, "extensions": extensions}


def is_request_error(data: object, errors: list[GraphQLError] | None) -> bool:
    """Whether the operation was refused before any field ran, so that the response has no `data` at all."""
    return data is None and bool(errors) and all(error.path is None for error in errors or ())


def _cause(error: GraphQLError) -> Exception:
    """The exception at the bottom of graphql-core's wrappings."""
    cause: Exception = error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    return cause


def _code(error: GraphQLError, cause: Exception) -> ErrorCode:
    """Which code an error has that nobody raised for clients' eyes."""
    code = (error.extensions or {}).get("code")
    if error.path is None:
        match cause:
            case _ if isinstance(code, ErrorCode):  # given while the document was judged
                return code
            case GraphQLSyntaxError():
                return ErrorCode.DOCUMENT_SYNTAX
            case MissingQueryError():
                return ErrorCode.REQUEST_MALFORMED
            case CannotGetOperationTypeError():
                return ErrorCode.OPERATION_UNKNOWN
            case InvalidOperationTypeError():
                return ErrorCode.OPERATION_NOT_ALLOWED
            case GraphQLError():
                return ErrorCode.VARIABLES_INVALID
            case ValueError() | TypeError() if error.nodes:  # a scalar refused its value; a bug has no place
                return ErrorCode.VARIABLES_INVALID
            case _:
                return ErrorCode.INTERNAL
    # Looks wrong, and is right: graphql-core's own errors are not all harmless. One at a field quotes the value that
    # did not fit the field's type ("Enum cannot represent …"), which is a bug of ours; only those at an argument
    # are about what the client sent.
    at_field = any(isinstance(node, FieldNode) for node in error.nodes or ())
    return ErrorCode.VARIABLES_INVALID if isinstance(cause, GraphQLError) and not at_field else ErrorCode.INTERNAL
