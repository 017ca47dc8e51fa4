"""GraphQL over HTTP against a real server: what is answered, what is refused and how, and what nobody may read."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import structlog

from schema.api.errors import ApiError, ErrorCode
from server.api.negotiation import Media, preferred
from tests.live import live
from tests.node import run_node
from tests.server.toy import SECRET, LedgerBroken, World, toy_app

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[World, str]]:
    world = World()
    with live(toy_app(world)) as server:
        yield world, server.url


@pytest.fixture
def world(served: tuple[World, str]) -> Iterator[World]:
    world = served[0]
    yield world
    world.context_breaks = None


@pytest.fixture
def client(served: tuple[World, str]) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served[1], headers={"accept": GRAPHQL}, timeout=60) as client:
        yield client


def ask(client: httpx.Client, query: str, **rest: Any) -> httpx.Response:
    headers = rest.pop("headers", {})
    return client.post("/graphql", json={"query": query, **rest}, headers=headers)


def code(response: httpx.Response) -> str:
    """The code of the one error in a response."""
    (error,) = response.json()["errors"]
    return error["extensions"]["code"]


def test_the_audit_of_graphql_over_http_finds_nothing(served: tuple[World, str]):
    found = run_node("graphql_http_audit.mjs", f"{served[1]}/graphql")
    assert [finding for finding in found if finding["status"] != "ok"] == []
    assert len(found) == 61


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (None, JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        (JSON, JSON),
        (GRAPHQL, GRAPHQL),
        (f"{GRAPHQL}, {JSON}", GRAPHQL),
        (f"{JSON}, {GRAPHQL}", GRAPHQL),
        (f"{GRAPHQL};q=0.5, {JSON}", JSON),
        (f"{GRAPHQL};q=0, */*", JSON),
        (f"{JSON};q=0, */*", GRAPHQL),
        (f"{GRAPHQL}; charset=utf-8, text/event-stream", GRAPHQL),
        (f"text/html, {JSON}", JSON),
        ("application/JSON", JSON),
    ],
)
def test_the_answer_comes_in_the_type_that_is_liked_best(client: httpx.Client, accept: str | None, media: str):
    client.headers.pop("accept")
    request = client.build_request("POST", "/graphql", json={"query": "{ hello }"})
    request.headers.pop("accept", None)
    if accept:
        request.headers["accept"] = accept
    response = client.send(request)
    assert response.headers["content-type"] == f"{media}; charset=utf-8"
    assert response.json() == {"data": {"hello": "hello world"}}


def test_a_type_without_a_sensible_weight_is_not_wanted():
    assert preferred("text/html;q=much, application/json;q=0.1", (Media.JSON, Media.HTML)) is Media.JSON


@pytest.mark.parametrize("accept", ["image/png", "text/html", f"{JSON};q=0, {GRAPHQL};q=0"])
def test_nothing_else_can_be_had(client: httpx.Client, accept: str):
    response = ask(client, "{ hello }", headers={"accept": accept})
    assert (response.status_code, code(response)) == (406, "NOT_ACCEPTABLE")


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("{ hello", "DOCUMENT_SYNTAX"),
        ("{ nothing }", "DOCUMENT_INVALID"),
        ("{ " + "hello " * 501 + "}", "DOCUMENT_TOO_MANY_FIELDS"),
        ("query A { hello } query B { hello }", "OPERATION_UNKNOWN"),
    ],
)
def test_a_refused_document_has_no_data(client: httpx.Client, query: str, why: str):
    response = ask(client, query)
    assert (response.status_code, code(response)) == (400, why)
    assert "data" not in response.json()
    old = ask(client, query, headers={"accept": JSON})
    assert (old.status_code, code(old)) == (200, why)


def test_an_operation_is_found_by_its_name(client: httpx.Client):
    query = "query A { hello } query B { me }"
    assert ask(client, query, operationName="B").json() == {"data": {"me": None}}
    unknown = ask(client, query, operationName="C")
    assert (unknown.status_code, code(unknown)) == (400, "OPERATION_UNKNOWN")


@pytest.mark.parametrize(
    ("variables", "message"),
    [({"n": 3}, "An even number is an even integer."), ({}, "$n"), ({"n": None}, "$n")],
)
def test_wrong_variables_are_told_with_the_scalars_own_words(client: httpx.Client, variables: Any, message: str):
    response = ask(client, "query ($n: Even!) { even(number: $n) }", variables=variables)
    assert (response.status_code, code(response)) == (400, "VARIABLES_INVALID")
    assert message in response.json()["errors"][0]["message"]


def test_a_null_that_only_shows_when_it_is_used_is_still_the_clients_fault(client: httpx.Client):
    query = "query ($n: Even = 2) { even(number: $n) }"
    assert ask(client, query).json() == {"data": {"even": 2}}
    response = ask(client, query, variables={"n": None})
    assert code(response) == "VARIABLES_INVALID"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"{ hello }"',
        b"\xff",
        b"{}",
        b'{"query": ""}',
        b'{"query": "{ hello }", "variables": []}',
        b'{"query": "{ hello }", "variables": {"a": ' + b"[" * 50_000 + b"]" * 50_000 + b"}}",
        b'{"query": "query ($n: String) { hello(name: $n) }", "variables": {"n": "\\ud800"}}',
        b'[{"query": "{ hello }"}]',
    ],
)
@pytest.mark.parametrize("accept", [GRAPHQL, JSON])
def test_what_is_no_request_is_refused(client: httpx.Client, body: bytes, accept: str):
    headers = {"content-type": JSON, "accept": accept}
    response = client.post("/graphql", content=body, headers=headers)
    assert (response.status_code, code(response)) == (400, "REQUEST_MALFORMED")
    assert response.headers["content-type"].startswith(accept)


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/graphql", "multipart/form-data", f"{JSON}; charset=latin-1", ""]
)
def test_a_body_is_json_in_utf8(client: httpx.Client, kind: str):
    response = client.post("/graphql", content=b'{"query": "{ hello }"}', headers={"content-type": kind})
    assert (response.status_code, code(response)) == (415, "MEDIA_TYPE_UNSUPPORTED")


def test_a_body_over_a_megabyte_is_refused_however_it_comes(client: httpx.Client):
    def body(size: int) -> bytes:
        head = b'{"query": "{ hello }", "extensions": {"fill": "'
        return head + b"x" * (size - len(head) - 3) + b'"}}'

    headers = {"content-type": JSON}
    largest = client.post("/graphql", content=body(1_000_000), headers=headers)
    assert largest.json() == {"data": {"hello": "hello world"}}
    announced = client.post("/graphql", content=body(1_000_001), headers=headers)
    assert (announced.status_code, code(announced)) == (413, "BODY_TOO_LARGE")
    assert announced.headers["content-type"].startswith(GRAPHQL)
    in_pieces = client.post("/graphql", content=iter([body(1_000_001)]), headers=headers)
    assert (in_pieces.status_code, code(in_pieces)) == (413, "BODY_TOO_LARGE")


async def test_a_body_that_is_too_large_only_with_its_last_piece_is_not_waited_for():
    """A server that asks for more than there is waits until the client has given up."""
    sent: list[Any] = []
    pieces = iter([{"type": "http.request", "body": b"x" * 1_000_001, "more_body": False}])

    async def receive() -> Any:
        return next(pieces, None) or pytest.fail("more was asked for than there is")

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"content-type", JSON.encode()), (b"accept", GRAPHQL.encode())]
    scope: Any = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/graphql",
        "raw_path": b"/graphql",
        "root_path": "",
        "query_string": b"",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "state": {},
    }
    await toy_app(World())(scope, receive, send)
    assert sent[0]["status"] == 413


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_other_methods_are_refused(client: httpx.Client, method: str):
    response = client.request(method, "/graphql")
    assert (response.status_code, code(response), response.headers["allow"]) == (405, "METHOD_NOT_ALLOWED", "GET, POST")


def test_a_query_by_get(client: httpx.Client):
    params = {"query": "query Q($n: String!) { hello(name: $n) }", "variables": '{"n": "Ob"}', "operationName": "Q"}
    assert client.get("/graphql", params=params).json() == {"data": {"hello": "hello Ob"}}
    empty = client.get("/graphql", params={"query": "{ hello }", "variables": ""})
    assert empty.json() == {"data": {"hello": "hello world"}}
    for wrong, sentence in (
        ({"variables": "{"}, "`variables`: The JSON ends too early: byte 1 is the last."),
        ({"variables": "[]"}, "`variables` is an array; it must be an object."),
        ({"extensions": "1"}, "`extensions` is a number; it must be an object."),
        ({"query": ""}, "The `query` is empty."),
    ):
        response = client.get("/graphql", params={**params, **wrong})
        assert (response.status_code, code(response)) == (400, "REQUEST_MALFORMED")
        assert response.json()["errors"][0]["message"] == sentence
    nothing = client.get("/graphql", params={"variables": "{}"}, headers={"accept": JSON})
    assert nothing.json()["errors"][0]["message"] == "The `query` is missing."


def test_a_mutation_is_never_done_by_get(client: httpx.Client, world: World):
    response = client.get("/graphql", params={"query": "mutation { add(number: 5) }"})
    assert (response.status_code, code(response), response.headers["allow"]) == (405, "OPERATION_NOT_ALLOWED", "POST")
    hidden = {"query": "query Q { hello } mutation M { add(number: 5) }", "operationName": "M"}
    assert client.get("/graphql", params=hidden).status_code == 405
    assert world.total == 0
    assert ask(client, "mutation { add(number: 5) }").json() == {"data": {"add": 5}}


def test_a_subscription_is_sent_to_the_websocket(client: httpx.Client):
    response = ask(client, "subscription { count }")
    assert (response.status_code, code(response)) == (400, "OPERATION_NOT_ALLOWED")
    assert "graphql-transport-ws" in response.json()["errors"][0]["message"]


def test_a_bearer_token_says_who_asks(client: httpx.Client):
    assert ask(client, "{ me }").json() == {"data": {"me": None}}
    for spelt in ("Bearer plg_ann", "bearer  plg_ann"):
        assert ask(client, "{ me }", headers={"authorization": spelt}).json() == {"data": {"me": "ann"}}


@pytest.mark.parametrize("authorization", ["Bearer plg_nobody", "Bearer", "Basic YTpi", "plg_ann", ""])
@pytest.mark.parametrize("accept", [GRAPHQL, JSON])
def test_a_wrong_token_is_not_taken_for_none(client: httpx.Client, authorization: str, accept: str):
    response = ask(client, "{ hello }", headers={"authorization": authorization, "accept": accept})
    assert (response.status_code, code(response)) == (401, "UNAUTHENTICATED")
    assert response.headers["www-authenticate"] == "Bearer"
    assert response.headers["content-type"].startswith(accept)


def test_cookies_count_for_nothing(client: httpx.Client):
    """So no other site can act with a browser's cookies."""
    assert ask(client, "{ me }", headers={"cookie": "token=plg_ann"}).json() == {"data": {"me": None}}


def test_an_error_for_clients_eyes_passes_as_it_is(client: httpx.Client):
    (error,) = ask(client, "{ told }").json()["errors"]
    assert error == {
        "message": "This is for your eyes.",
        "locations": [{"line": 1, "column": 3}],
        "path": ["told"],
        "extensions": {"code": "VARIABLES_INVALID", "hint": 7},
    }
    assert code(ask(client, "{ needsToken }")) == "UNAUTHENTICATED"


@pytest.mark.parametrize("field", ["broken", "brokenMaybe", "wrongColour", "wrongNumber"])
def test_a_bug_is_masked_and_logged_under_the_requests_id(client: httpx.Client, field: str):
    with structlog.testing.capture_logs(processors=[structlog.contextvars.merge_contextvars]) as logs:
        response = ask(client, f"{{ {field} }}")
    assert response.status_code == 200
    assert SECRET not in response.text
    (error,) = response.json()["errors"]
    request_id = response.headers["x-request-id"]
    assert error["message"] == "Internal error"
    assert error["extensions"] == {"code": "INTERNAL", "requestId": request_id}
    assert error["path"] == [field]
    (line,) = logs
    assert (line["request_id"], line["log_level"]) == (request_id, "error")
    assert SECRET in str(line["exc_info"])


def test_all_that_a_request_logs_carries_its_id(client: httpx.Client):
    with structlog.testing.capture_logs(processors=[structlog.contextvars.merge_contextvars]) as logs:
        response = ask(client, "{ logged }")
    assert [line["request_id"] for line in logs] == [response.headers["x-request-id"]]


def test_a_clients_mistake_is_not_logged_as_a_bug(client: httpx.Client):
    with structlog.testing.capture_logs() as logs:
        for query in ("{", "{ nothing }", "{ told }", "{ needsToken }", "subscription { count }"):
            assert "errors" in ask(client, query).json()
        ask(client, "{ hello }", headers={"authorization": "Bearer plg_nobody"})
    assert logs == []


@pytest.mark.parametrize("bug", [LedgerBroken(SECRET), ValueError(SECRET)], ids=repr)
def test_a_bug_before_any_field_is_masked_too(client: httpx.Client, world: World, bug: Exception):
    world.context_breaks = bug
    response = ask(client, "{ hello }", headers={"accept": JSON})
    assert (response.status_code, code(response)) == (500, "INTERNAL")
    assert SECRET not in response.text
    assert ask(client, "{ hello }", headers={"authorization": "Bearer plg_boom"}).status_code == 500


def test_what_refuses_the_context_refuses_the_operation(client: httpx.Client, world: World):
    world.context_breaks = ApiError(ErrorCode.VARIABLES_INVALID, "Not in this language.")
    response = ask(client, "{ hello }")
    assert (response.status_code, code(response)) == (400, "VARIABLES_INVALID")


def test_each_operation_has_its_own_context_and_id(client: httpx.Client, world: World):
    world.contexts.clear()
    answers = [ask(client, "{ requestId }") for _ in range(2)]
    first, second = (answer.json()["data"]["requestId"] for answer in answers)
    assert first != second
    assert [answer.headers["x-request-id"] for answer in answers] == [first, second]
    assert [context.asked.request_id for context in world.contexts] == [first, second]


def test_answers_are_not_kept_by_anybody(client: httpx.Client):
    response = ask(client, "{ hello }")
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["vary"] == "Accept"


def test_introspection_is_open(client: httpx.Client):
    data = ask(client, "{ __schema { mutationType { fields { name } } } }").json()["data"]
    assert data == {"__schema": {"mutationType": {"fields": [{"name": "add"}]}}}


def test_letters_of_all_scripts_come_and_go(client: httpx.Client):
    name = "Қазақстан 中国 \u2028 🏃"
    response = ask(client, "query ($n: String!) { hello(name: $n) }", variables={"n": name})
    assert json.loads(response.content.decode()) == {"data": {"hello": f"hello {name}"}}
