"""Documents are measured by arithmetic: a bomb of fragments costs what its few lines cost."""

import sys
from collections.abc import Callable

import pytest
import strawberry
from graphql import FragmentDefinitionNode, GraphQLError, OperationDefinitionNode, get_introspection_query, parse
from graphql.language import ast
from hypothesis import given
from hypothesis import strategies as st

from schema.api.documents import REMEMBERED_CHARACTERS, executable, judge
from schema.api.errors import ErrorCode
from schema.api.limits import Limits, Size, exceeded, measure


@strawberry.type
class Query:
    @strawberry.field
    def a(self) -> str:
        return "a"

    @strawberry.field
    def q(self) -> "Query":
        return Query()


schema = executable(Query)
GRAPHQL = schema._schema


async def streamed(text: str, operation: str | None = None) -> list[GraphQLError]:
    """All errors of an operation run as a WebSocket runs it."""
    stream = await schema.stream(text, operation_name=operation)
    return [error async for result in stream for error in getattr(result, "errors", None) or ()]


def sizes(text: str) -> tuple[Size, ...]:
    document = parse(text)
    operations = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    return measure(operations, fragments)[0]


def walked(text: str) -> Size:
    """The size of the one operation by writing every fragment out: what the arithmetic has to agree with."""
    document = parse(text)
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    found = {"depth": 0, "introspection_depth": 0, "fields": 0, "aliases": 0, "directives": 0}

    def walk(node: ast.Node, depth: int, introspection: int | None) -> None:
        found["directives"] += len(getattr(node, "directives", None) or ())
        if isinstance(node, ast.FragmentSpreadNode):
            walk(fragments[node.name.value], depth, introspection)
            return
        if isinstance(node, ast.FieldNode):
            found["fields"] += 1
            found["aliases"] += node.alias is not None
            if node.name.value == "__schema":
                introspection = 0
            if introspection is None:
                depth += 1
            else:
                introspection += 1
        found["depth"] = max(found["depth"], depth)
        found["introspection_depth"] = max(found["introspection_depth"], introspection or 0)
        inside = getattr(node, "selection_set", None)
        for below in inside.selections if inside else ():
            walk(below, depth, introspection)

    walk(next(d for d in document.definitions if isinstance(d, OperationDefinitionNode)), 0, None)
    return Size(**found)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A document whose fragments only spread later ones."""
    count = draw(st.integers(0, 5))

    def selections(level: int, first: int) -> str:
        parts = []
        for _ in range(draw(st.integers(1, 3))):
            directive = draw(st.sampled_from(["", " @include(if: true)", " @a @b"]))
            kind = draw(st.sampled_from(["leaf", "alias", "inside", "inline", "spread", "__schema"]))
            if kind in ("inside", "inline", "__schema") and level < 3:
                head = {"inside": "q", "inline": "... on Query", "__schema": "__schema"}[kind]
                parts.append(f"{head}{directive} {selections(level + 1, first)}")
            elif kind == "spread" and first < count:
                parts.append(f"...f{draw(st.integers(first, count - 1))}{directive}")
            else:
                parts.append(("x: a" if kind == "alias" else "a") + directive)
        return "{" + " ".join(parts) + "}"

    fragments = [f"fragment f{n} on Query {selections(0, n + 1)}" for n in range(count)]
    return " ".join([selections(0, 0), *draw(st.permutations(fragments))])


@given(documents())
def test_the_arithmetic_agrees_with_writing_everything_out(text: str):
    assert sizes(text) == (walked(text),)


def fragment_bomb(levels: int) -> str:
    """Names 2 to the power of `levels` fields in `levels` lines."""
    lines = [f"fragment f{n} on Query {{ q {{ ...f{n + 1} }} q {{ ...f{n + 1} }} }}" for n in range(levels)]
    return "\n".join(["{ ...f0 }", *lines, f"fragment f{levels} on Query {{ a }}"])


def calls_of(function: Callable[[], object]) -> int:
    """How many Python functions a call enters: a cost that a busy machine does not change."""
    count = 0

    def profile(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(profile)
    try:
        function()
    finally:
        sys.setprofile(None)
    return count


def test_a_bomb_of_fragments_is_measured_in_time_linear_in_its_lines():
    unlimited = Limits(fragments=10_000, depth=10_000)
    small, large = parse(fragment_bomb(40)), parse(fragment_bomb(160))
    error = exceeded(large, unlimited)
    assert error is not None
    assert error.message == "At most 500 fields, not very many."
    assert calls_of(lambda: exceeded(large, unlimited)) < 5 * calls_of(lambda: exceeded(small, unlimited))
    (size,) = sizes(fragment_bomb(160))
    assert (size.fields, size.depth) == (3 * 2**160 - 2, 161)


CASES = {
    ErrorCode.DOCUMENT_SYNTAX: "{ a",
    ErrorCode.DOCUMENT_INVALID: "{ b }",
    ErrorCode.DOCUMENT_TOO_LONG: "{ " + "a " * 2_000 + "}",
    ErrorCode.DOCUMENT_TOO_DEEP: "{ q " * 12 + "{ a }" + " }" * 12,
    ErrorCode.DOCUMENT_TOO_MANY_FIELDS: "{ " + "a " * 501 + "}",
    ErrorCode.DOCUMENT_TOO_MANY_ALIASES: "{ " + " ".join(f"a{n}: a" for n in range(51)) + " }",
    ErrorCode.DOCUMENT_TOO_MANY_DIRECTIVES: "{ a " + "@include(if: true) " * 51 + "}",
    ErrorCode.DOCUMENT_TOO_MANY_FRAGMENTS: "{ a }" + " ".join(f"fragment f{n} on Query {{ a }}" for n in range(51)),
    ErrorCode.DOCUMENT_TOO_MANY_OPERATIONS: " ".join(f"query q{n} {{ a }}" for n in range(11)),
}
ALLOWED = [
    "{ " + "a " * 500 + "}",
    "{ q " * 11 + "{ a }" + " }" * 11,
    "{ " + " ".join(f"a{n}: a" for n in range(50)) + " }",
    "{ " + " ".join(["...f"] * 49) + " } fragment f on Query { " + "a " * 10 + "}",
    " ".join(f"query q{n} {{ a }}" for n in range(10)),
    get_introspection_query(specified_by_url=True, directive_is_repeatable=True, input_value_deprecation=True),
]


@pytest.mark.parametrize("code", CASES, ids=str)
async def test_a_document_over_a_limit_is_refused_with_its_code(code: ErrorCode):
    result = await schema.execute(CASES[code])
    assert result.errors
    assert {(error.extensions or {})["code"] for error in result.errors} == {code}
    assert result.data is None


@pytest.mark.parametrize("text", ALLOWED, ids=lambda text: text[:20])
async def test_a_document_at_the_limit_is_answered(text: str):
    result = await schema.execute(text, operation_name="q9" if "query q9" in text else None)
    assert result.errors is None
    assert result.data


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{ a } fragment f on Query { " + "a " * 501 + "}", ErrorCode.DOCUMENT_TOO_MANY_FIELDS),
        ("{ ...f } fragment f on Query { a } fragment f on Query { a }", ErrorCode.DOCUMENT_INVALID),
        ("{ ...f } fragment f on Query { q { ...f } " + "a " * 501 + "}", ErrorCode.DOCUMENT_INVALID),
        ("{ ...f } fragment f on Query { q { ...g } } fragment g on Query { ...f }", ErrorCode.DOCUMENT_INVALID),
        ("{ __schema { types " + "{ ofType " * 19 + "{ name }" + " }" * 19 + " } }", ErrorCode.DOCUMENT_TOO_DEEP),
        ("{ q " * 250 + "{ a }" + " }" * 250, ErrorCode.DOCUMENT_TOO_DEEP),
        ('{ a(b: "' + "x" * 100_000 + '") }', ErrorCode.DOCUMENT_TOO_LONG),
        ('{ a(b: "' + "x" * 100_000, ErrorCode.DOCUMENT_TOO_LONG),
        ("{ ...missing }", ErrorCode.DOCUMENT_INVALID),
        ("type Query { a: Int }", ErrorCode.DOCUMENT_INVALID),
    ],
)
def test_what_could_hide_fields_from_the_measure_is_refused(text: str, code: ErrorCode):
    verdict = judge(text, GRAPHQL, Limits())
    assert [(error.extensions or {})["code"] for error in verdict.errors] == [code]


WIDE = "a " * 501
NOT_MEASURABLE = [
    "{ ...f } fragment f on Query { " + WIDE + "} fragment f on Query { a }",
    "{ ...f } fragment f on Query { ...f " + WIDE + "}",
]


@pytest.mark.parametrize("text", [*(CASES[c] for c in CASES if c != ErrorCode.DOCUMENT_INVALID), *NOT_MEASURABLE])
def test_the_rules_of_graphql_never_see_a_document_over_a_limit(text: str, monkeypatch: pytest.MonkeyPatch):
    """Some of them compare every field with every other."""
    seen: list[object] = []
    monkeypatch.setattr("schema.api.documents.validate_document", lambda *rest: seen.append(rest) or [])
    assert judge("{ a }", GRAPHQL, Limits()).errors == ()
    assert len(seen) == 1
    assert judge(text, GRAPHQL, Limits()).errors
    assert len(seen) == 1


async def test_a_document_is_judged_once(monkeypatch: pytest.MonkeyPatch):
    judged: list[str] = []

    def counting(text: str, *rest: object) -> object:
        judged.append(text)
        return judge(text, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr("schema.api.documents.judge", counting)
    fresh = executable(Query)
    long = "{ a } #" + "x" * REMEMBERED_CHARACTERS
    for text in ("{ a }", "{ a }", "{ b }", "{ b }", long, long):
        result = await fresh.execute(text)
        assert (result.errors is None) == (text != "{ b }")
    assert judged == ["{ a }", "{ b }", long, long]


async def test_an_unknown_operation_is_named_before_the_document_is_validated():
    errors = await streamed("query A { a } query B { b }", "C")
    assert [error.message for error in errors] == ['Unknown operation named "C".']


async def test_one_of_several_operations_is_not_guessed():
    text = "query A { a } query B { b: a }"
    assert [(error.extensions or {})["code"] for error in await streamed(text)] == [ErrorCode.OPERATION_UNKNOWN]
    result = await schema.execute(text, operation_name="B")
    assert result.data == {"b": "a"}


@pytest.mark.parametrize("code", CASES, ids=str)
async def test_a_stream_is_refused_with_the_same_code(code: ErrorCode):
    """With Strawberry's ParserCache a syntax error would leave `stream` as an exception."""
    errors = await streamed(CASES[code])
    assert {(error.extensions or {})["code"] for error in errors} == {code}
