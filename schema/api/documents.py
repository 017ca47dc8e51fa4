"""The executable schema: every document is parsed, limited and validated once, and the verdict kept for the next time.

Why an extension of our own and not Strawberry's ParserCache, ValidationCache and limiters: those limiters take
exponential time on nested fragments; limits have to be checked before the rules of GraphQL, some of which take
quadratic time; and a syntax error inside ParserCache ends a WebSocket operation without telling its client.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import strawberry
from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    parse,
    specified_rules,
)
from strawberry.extensions import SchemaExtension
from strawberry.schema.config import StrawberryConfig
from strawberry.schema.schema import validate_document
from strawberry.types import ExecutionContext

from schema.api.choices import tell_choices
from schema.api.errors import ErrorCode
from schema.api.limits import Limits, exceeded

REMEMBERED_DOCUMENTS = 256
REMEMBERED_CHARACTERS = 20_000
"""A longer document carries its values inside it and will not come again."""
DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Verdict:
    """A document, or None when it could not be parsed, and why it must not run; no reason: it may."""

    document: DocumentNode | None
    errors: tuple[GraphQLError, ...] = ()


def judge(text: str, schema: GraphQLSchema, limits: Limits) -> Verdict:
    """Parse, limit, validate: in this order, each only if the one before had nothing to say."""
    if len(text) > limits.characters:
        error = GraphQLError(
            f"At most {limits.characters:,} characters, not {len(text):,}.",
            extensions={"code": ErrorCode.DOCUMENT_TOO_LONG},
        )
        return Verdict(None, (error,))
    try:
        document = parse(text, max_tokens=limits.tokens)
    except GraphQLSyntaxError as error:
        error.extensions = {"code": _parser_said(error.message)}
        return Verdict(None, (error,))
    if error := exceeded(document, limits):
        return Verdict(document, (error,))
    errors = validate_document(schema, document, tuple(specified_rules))
    for error in errors:
        error.extensions = {"code": ErrorCode.DOCUMENT_INVALID}
    tell_choices(errors, schema)
    return Verdict(document, tuple(errors))


def _parser_said(message: str) -> ErrorCode:
    """graphql-core has one class for everything its parser refuses, so that only the text tells what it was."""
    if message.endswith("tokens. Parsing aborted."):
        return ErrorCode.DOCUMENT_TOO_LONG
    return ErrorCode.DOCUMENT_TOO_DEEP if "nested too deeply" in message else ErrorCode.DOCUMENT_SYNTAX


def executable(
    query: type,
    mutation: type | None = None,
    subscription: type | None = None,
    *,
    types: Sequence[type] = (),
    scalars: Mapping[Any, Any] | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> strawberry.Schema:
    """A schema that judges documents before it runs them; `scalars` maps Python types to Strawberry's scalars."""

    @lru_cache(maxsize=REMEMBERED_DOCUMENTS)
    def remembered(text: str) -> Verdict:
        return judge(text, schema._schema, limits)  # noqa: SLF001 - Strawberry offers no other way to graphql-core's

    def verdict_on(text: str) -> Verdict:
        return (remembered if len(text) <= REMEMBERED_CHARACTERS else remembered.__wrapped__)(text)

    schema = _Executable(
        query,
        mutation,
        subscription,
        types=types,
        config=StrawberryConfig(scalar_map=dict(scalars or {}), disable_field_suggestions=True),
        extensions=[lambda: _Judged(verdict_on, limits)],
    )
    return schema


class _Executable(strawberry.Schema):
    def process_errors(
        self,
        errors: list[GraphQLError],
        execution_context: ExecutionContext | None = None,  # noqa: ARG002 -- Strawberry's own signature
    ) -> None:
        """Strawberry would log each with its traceback, a client's mistakes too; `errors.shown` logs what is a bug."""
        tell_choices(errors, self._schema)


class _Judged(SchemaExtension):
    """Lays the verdict on a document before Strawberry, which then neither parses nor validates it."""

    def __init__(self, verdict_on: Callable[[str], Verdict], limits: Limits) -> None:
        self.verdict_on = verdict_on
        self.limits = limits

    def on_parse(self) -> Iterator[None]:
        context = self.execution_context
        self.verdict = self.verdict_on(context.query or "")
        context.graphql_document = self.verdict.document
        # Without a document Strawberry parses again, and fails again at the same place; an exception raised here
        # instead would leave `Schema.stream` as a bug.
        context.parse_options["max_tokens"] = self.limits.tokens
        yield
        for error in context.pre_execution_errors or ():
            error.extensions = self.verdict.errors[0].extensions

    def on_validate(self) -> Iterator[None]:
        context = self.execution_context
        context.pre_execution_errors = list(self.verdict.errors)
        # Strawberry takes the first operation for one that is not named; the specification does not guess.
        unnamed = context._provided_operation_name is None  # noqa: SLF001 -- `operation_name` has guessed already
        if unnamed and not context.pre_execution_errors and _operations(self.verdict.document) > 1:
            error = GraphQLError(
                "Which operation of the document? `operationName` is missing.",
                extensions={"code": ErrorCode.OPERATION_UNKNOWN},
            )
            context.pre_execution_errors = [error]
        yield


def _operations(document: DocumentNode | None) -> int:
    return sum(isinstance(d, OperationDefinitionNode) for d in document.definitions) if document else 0
