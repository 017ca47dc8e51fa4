"""Whatever stands in an input, the answer is the rules' or the schema's, never a bug; and no error repeats it.

On PostgreSQL, which takes less than SQLite does: no NUL, and no half of a character.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
import structlog
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    get_named_type,
)

from ledger.occasion import fresh_id
from polylogue.vocabulary import PersonId, Role
from schema import tables
from schema.api.actions import ACTIONS, Kind
from schema.api.discreet import discreet
from server.access import issue
from server.logs import configure_logging
from tests.schema.api.house import NOBODY, SCHEMA, SEATS, House, Table, command, house

RUDE = ("a\0b", "\ud800", "", "x" * 30_000)
SECRET = "to irrigate in May"
GRAPHQL = SCHEMA._schema
LEFT_OUT = ("expectedSeq", "ifRevision", "person", "alternativeId", "ifAgreed", "after", "requestId", "scenario")
"""Fields without which a command may be accepted, and with which it would be refused."""
MUTATIONS = sorted(name for name, action in ACTIONS.items() if action.kind is Kind.MUTATION)


def input_of(mutation: str) -> GraphQLInputObjectType:
    assert GRAPHQL.mutation_type
    kind = get_named_type(GRAPHQL.mutation_type.fields[mutation].args["input"].type)
    assert isinstance(kind, GraphQLInputObjectType)
    return kind


def full(kind: GraphQLInputType, sane: dict[str, Any], name: str = "") -> Any:
    """A value with every field, lists of one element, and what is sane under the names of the fields."""
    if isinstance(kind, GraphQLNonNull):
        return full(kind.of_type, sane, name)
    if name in sane:
        return sane[name]
    if isinstance(kind, GraphQLList):
        return [full(kind.of_type, sane, name)]
    if isinstance(kind, GraphQLInputObjectType):
        return {key: full(field.type, sane, key) for key, field in kind.fields.items() if key not in sane["without"]}
    if isinstance(kind, GraphQLEnumType):
        return next(iter(kind.values))
    assert isinstance(kind, GraphQLScalarType)
    scalars = {"ID": NOBODY, "Int": 1, "Boolean": False, "LanguageTag": "en", "SeatCode": SEATS[1], "Seq": 1}
    return {**scalars, "DateTime": "2026-05-04T12:00:00Z"}.get(kind.name, "Sound.")


def spoilt(value: Any, rude: Any) -> Iterator[Any]:
    """The value with one of its texts replaced, for each of them."""
    if isinstance(value, str):
        yield rude
    elif isinstance(value, list):
        yield from ([one] for inner in value for one in spoilt(inner, rude))
    elif isinstance(value, dict):
        yield from ({**value, key: one} for key, inner in value.items() for one in spoilt(inner, rude))


def sane(table: Table) -> dict[str, Any]:
    return {
        "sessionId": table.session,
        "itemId": table.item,
        "provisionId": table.provisions[0],
        "without": (
            "expectedSeq",
            "ifRevision",
            "person",
            "alternativeId",
            "ifAgreed",
            "after",
            "requestId",
            "scenario",
        ),
        "role": "FACILITATOR",
        "seats": [],
        "ruleSet": "sco-consensus/1",
        "clockScale": "1",
        "decisionType": "ORDINARY",
    }


async def test_no_input_is_a_bug(postgres_url: str):
    async with house(postgres_url) as home:
        home.tokens["worker"] = await home.database.transact(worker)
        for mutation in (name for name in MUTATIONS if name != "sealSession"):
            table = await home.open()
            with structlog.testing.capture_logs() as logged:
                for number, rude in enumerate(RUDE):
                    await try_each_text(table, mutation, rude, f"{mutation} {number}")
            assert logged == []


async def try_each_text(table: Table, mutation: str, rude: str, key: str) -> None:
    """Give a command as often as it has texts, each time with another one spoilt."""
    by = next(who for who in ("chair", "secretary", "organiser", "worker") if role(who) & ACTIONS[mutation].roles)
    base = full(input_of(mutation), sane(table))
    for number, given in enumerate(spoilt(base, rude)):
        if given.get("idempotencyKey") == "Sound.":
            given["idempotencyKey"] = f"{key} {number}"
        response = await table.house.ask(command(mutation), {"input": given}, by=by)
        codes = {error["extensions"]["code"] for error in response.get("errors", ())}
        assert codes <= {"VARIABLES_INVALID"}, (mutation, given)


def role(who: str) -> set[str]:
    return {"CHAIR", "SECRETARIAT"} if who == "chair" else {"SECRETARIAT" if who == "secretary" else who.upper()}


def worker(connection: sa.Connection) -> str:
    """The token of the machine."""
    return issue(connection, PersonId(fresh_id()), site_role=Role.WORKER)[0]


WRONG: list[Any] = [SECRET, [SECRET], {}, 5, None, {"a": SECRET}, {"text": SECRET, "found": SECRET}]


@pytest.mark.parametrize("mutation", MUTATIONS)
async def test_no_error_repeats_what_was_sent(home: House, mutation: str):
    """Each field with something that does not fit beside the others, which do."""
    given = full(input_of(mutation), {"without": (), "text": SECRET, "interests": SECRET, "reason": SECRET})
    with structlog.testing.capture_logs() as logged:
        for key in (*given, "nonsense", f"{SECRET}, found: '", f"{SECRET}'"):
            for wrong in WRONG:
                refused = await home.ask(command(mutation), {"input": {**given, key: wrong}})
                assert SECRET not in json.dumps(refused), (key, wrong)
    assert SECRET not in repr(logged)


@pytest.mark.parametrize(
    "written",
    [
        f'{{sessionId: "a", text: "{SECRET}"}}',
        f'{{sessionId: "a", idempotencyKey: "k", itemId: "i", text: "{SECRET}", language: 7}}',
        f'{{sessionId: "a", idempotencyKey: "k", itemId: "i", text: "t", language: "{SECRET}"}}',
        f'{{sessionId: "a", idempotencyKey: "k", itemId: "i", text: ["{SECRET}"], language: "en"}}',
        f'{{sessionId: "a", idempotencyKey: "k", itemId: "i", text: "t", language: "en", stances: "{SECRET}"}}',
        f'{{stances: {{provisionId: "p", level: "{SECRET}"}}}}',
        f'{{text "{SECRET}"}}',
        f'{{text: """{SECRET}""" """{SECRET}"""}}',
        f'"{SECRET}"',
        f'{{nonsense: "{SECRET}"}}',
    ],
)
async def test_no_error_repeats_what_stands_in_the_document(home: House, written: str):
    refused = await home.ask(f"mutation {{ postPosition(input: {written}) {{ __typename }} }}")
    assert refused["errors"]
    assert SECRET not in json.dumps(refused)


@pytest.mark.parametrize("as_json", [True, False])
async def test_a_bug_repeats_no_words(table: Table, capsys: pytest.CaptureFixture[str], as_json: bool):
    """Neither to the client nor in the log, which has the error with what it says of itself."""
    prose = tables.Prose.metadata.tables["prose"]
    await table.house.database.transact(prose.drop)
    given = {"sessionId": table.session, "itemId": table.item, "idempotencyKey": "k", "text": SECRET, "language": "en"}
    configure_logging("DEBUG", json=as_json)
    try:
        response = await table.house.ask(command("postPosition"), {"input": given}, by=SEATS[0])
    finally:
        structlog.reset_defaults()
    logged = capsys.readouterr().err
    assert [error["extensions"]["code"] for error in response["errors"]] == ["INTERNAL"]
    assert "no such table: prose" in logged
    assert "graphql_bug" in logged
    for told in (json.dumps(response), logged):
        assert SECRET not in told
        assert table.house.tokens[SEATS[0]] not in told


def test_what_is_cut_leaves_what_helps():
    assert discreet("Int cannot represent non-integer value: 'x: y'") == "Int cannot represent non-integer value."
    assert discreet("Value 'it' does not exist' does not exist in 'A' enum.") == "Value does not exist in 'A' enum."
    assert discreet("Expected value of type 'A' not to include unknown field 'b', found: {'b': 1}.") == (
        "Expected value of type 'A' not to include unknown field 'b'."
    )
    wrapped = "Variable '$i' has invalid value: Expected value of type 'At', but encountered error 'At is a time.'."
    assert discreet(wrapped) == "Variable '$i' has invalid value: At is a time."
    assert discreet("Cannot query field 'a' on type 'Query'.") == "Cannot query field 'a' on type 'Query'."
    assert discreet("Syntax Error: Expected ':', found Name 'a'.") == "Syntax Error: Expected ':', found Name 'a'."
