"""Whoever names a value that an enumeration does not have is told those that it has."""

from typing import Any

import pytest

from polylogue.vocabulary import SessionPhase, StanceLevel
from tests.schema.api.house import House

PHASES, LEVELS = list(map(str, SessionPhase)), list(map(str, StanceLevel))
STANCES = "mutation($i: StateStancesInput!) { stateStances(input: $i) { __typename } }"
POSITION = "mutation($i: PostPositionInput!) { postPosition(input: $i) { __typename } }"
GIVEN = {"sessionId": "a", "itemId": "b", "idempotencyKey": "k", "language": "en"}


@pytest.mark.parametrize(
    ("document", "variables", "code", "allowed"),
    [
        ("{ sessions(phase: OPNE) { totalCount } }", None, "DOCUMENT_INVALID", PHASES),
        ('{ sessions(phase: "OPEN") { totalCount } }', None, "DOCUMENT_INVALID", PHASES),
        ("query($p: SessionPhase) { sessions(phase: $p) { totalCount } }", {"p": "open"}, "VARIABLES_INVALID", PHASES),
        ("query($p: SessionPhase) { sessions(phase: $p) { totalCount } }", {"p": 5}, "VARIABLES_INVALID", PHASES),
        (STANCES, {"i": {**GIVEN, "stances": [{"provisionId": "p", "level": "NO"}]}}, "VARIABLES_INVALID", LEVELS),
        # the value reads like a message about another enumeration
        (STANCES, {"i": {**GIVEN, "forRest": "x' does not exist in 'Role' enum."}}, "VARIABLES_INVALID", LEVELS),
    ],
)
async def test_what_an_enumeration_has_is_told(home: House, document: str, variables: Any, code: str, allowed: Any):
    for _ in range(2):  # the verdict on a document is remembered
        (error,) = (await home.ask(document, variables, by="organiser"))["errors"]
        assert error["extensions"] == {"code": code, "allowed": allowed}
        assert error["message"].endswith(f"Allowed: {', '.join(allowed)}.")


@pytest.mark.parametrize(
    ("name", "wrong", "shape"),
    [("language", "en_GB", "a BCP 47 tag"), ("seat", "kaz", "[A-Z][A-Z0-9_]{1,15}"), ("occurredAt", "May", "RFC 3339")],
)
async def test_what_has_a_shape_is_looked_at_before_the_rules(home: House, name: str, wrong: str, shape: str):
    (error,) = (await home.ask(POSITION, {"i": {**GIVEN, "text": "t", name: wrong}}, by="organiser"))["errors"]
    assert error["extensions"] == {"code": "VARIABLES_INVALID"}
    assert f".{name}" in error["message"]
    assert shape in error["message"]
