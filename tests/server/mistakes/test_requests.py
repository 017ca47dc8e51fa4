"""Requests that a server does not take, byte by byte: odd characters, too much of it, half of it, and wrong tokens."""

import json
import urllib.error
import urllib.request
from contextlib import suppress
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from tests.server.mistakes.room import LONGEST, PATIENCE, POSITION, Room

# ── texts and scalars, as bytes of JSON ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "odd",
    ["\0", "\x07", "\x1b[2J", "\x7f", "\x85", "\u202e", "\u2066", "\u2069", "\ufeff", "\uffff"],
    ids=lambda odd: f"U+{ord(odd[0]):04X}",
)
def test_a_character_that_hides_or_turns_others_is_refused_at_its_place(room: Room, odd: str) -> None:
    answer, status = post(room, "ALDER", written(room, text=f"We{odd} hold"))
    refused = answer["data"]["postPosition"]
    assert (status, refused["code"], refused["path"]) == (200, "CHARACTER_FORBIDDEN", ["text"])
    code = f"U+{ord(odd[0]):04X}"
    named = {"U+0000": "a null (U+0000)", "U+001B": "an escape (U+001B)", "U+007F": "a delete (U+007F)"}
    named["U+FEFF"] = "a byte-order mark (U+FEFF)"
    assert f"Character 3 is {named.get(code, code)}, which cannot be kept; leave it out." in refused["message"]


@pytest.mark.parametrize("tag", ["", "e", "en_GB", "in English", "en-", "en\u202e"])
def test_a_language_is_named_by_a_tag(room: Room, tag: str) -> None:
    answer, _ = post(room, "ALDER", written(room, language=tag))
    (error,) = answer["errors"]
    assert error["extensions"] == {"code": "VARIABLES_INVALID"}
    assert 'a BCP 47 tag such as "zh-Hans"' in error["message"]


@pytest.mark.parametrize("code", ["", "alder", "A", "ALDER!", "AL DER"])
def test_a_seat_is_named_by_a_code(room: Room, code: str) -> None:
    answer, _ = post(room, "ALDER", written(room, seat=code))
    (error,) = answer["errors"]
    assert error["extensions"] == {"code": "VARIABLES_INVALID"}
    assert "[A-Z][A-Z0-9_]{1,15}" in error["message"]


def test_the_longest_text_is_kept_as_it_is(room: Room) -> None:
    text = "水" * LONGEST
    done = room.do("postPosition", "BIRCH", **{**POSITION, "text": text}, fields="position { text { text } }")
    assert done["position"]["text"]["text"] == text


# ── at the door ──────────────────────────────────────────────────────────────────────────────────────────────────────


def written(room: Room, **changed: object) -> str:
    """A position as the body of a request."""
    query = """mutation($input: PostPositionInput!) { postPosition(input: $input) {
      __typename ... on Refusal { code message path } } }"""
    given = {**room.named(POSITION), "sessionId": room.session, "idempotencyKey": "door", **changed}
    return json.dumps({"query": query, "variables": {"input": given}})


def post(room: Room, who: str | None, body: str, token: str | None = None) -> tuple[dict[str, Any], int]:
    """The answer to a body, and its status; nothing has changed."""
    before = room.standing()
    spoken = token or (room.tokens[who] if who else None)
    headers = {"Content-Type": "application/json", "Accept": "application/graphql-response+json"}
    headers |= {"Authorization": f"Bearer {spoken}"} if spoken else {}
    answer = httpx.post(f"{room.server.url}/graphql", content=body, headers=headers, timeout=PATIENCE)
    assert room.standing() == before
    return answer.json(), answer.status_code


def test_a_body_of_two_megabytes_is_too_large(room: Room) -> None:
    answer, status = post(room, "ALDER", written(room, text="x" * 2_000_000))
    assert (status, answer["errors"][0]["extensions"]["code"]) == (413, "BODY_TOO_LARGE")
    assert "at most 1,000,000 bytes" in answer["errors"][0]["message"]


def test_a_client_that_sends_all_before_it_reads_gets_the_sentence(room: Room) -> None:
    for size in (2_000_000, 12_000_000):
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {room.tokens['ALDER']}"}
        body = written(room, text="x" * size).encode()
        asked = urllib.request.Request(f"{room.server.url}/graphql", data=body, headers=headers)  # noqa: S310
        with pytest.raises(urllib.error.HTTPError) as refused, urllib.request.urlopen(asked, timeout=PATIENCE):  # noqa: S310
            pass
        with refused.value as answer:
            assert answer.code == 413
            assert json.load(answer)["errors"][0]["extensions"]["code"] == "BODY_TOO_LARGE"


def test_half_a_body_or_half_a_letter_is_no_request(room: Room) -> None:
    for body, told in (
        (written(room)[:-10], "The JSON ends too early"),
        (written(room).replace("hold", r"\ud800"), "is half of a surrogate pair"),
    ):
        answer, status = post(room, "ALDER", body)
        assert (status, answer["errors"][0]["extensions"]["code"]) == (400, "REQUEST_MALFORMED")
        assert told in answer["errors"][0]["message"]


@pytest.mark.parametrize("token", [f"plg_{'x' * 43}", "plg_", "let me in"])
def test_a_wrong_token_is_nobodys(room: Room, token: str) -> None:
    answer, status = post(room, None, written(room), token)
    assert (status, answer["errors"][0]["extensions"]["code"]) == (401, "UNAUTHENTICATED")
    assert "data" not in answer
    assert token not in answer["errors"][0]["message"]


def test_nobody_writes_without_a_token(room: Room) -> None:
    answer, _ = post(room, None, written(room))
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["UNAUTHENTICATED"]
    assert not answer.get("data")


def test_a_revoked_token_ends_its_open_socket_and_opens_nothing_more(room: Room) -> None:
    given = {"sessionId": room.session, "role": "DELEGATE", "seats": ["BIRCH"], "name": "Gone soon"}
    admitted = room.server.give("admitPerson", **given, fields="token person")
    address = room.server.url.replace("http", "ws", 1) + "/graphql"
    with connect(address, subprotocols=[Subprotocol("graphql-transport-ws")]) as socket:
        socket.send(json.dumps({"type": "connection_init", "payload": {"token": admitted["token"]}}))
        assert json.loads(socket.recv(PATIENCE))["type"] == "connection_ack"
        query = "subscription($id: ID!) { sessionEntries(sessionId: $id) { __typename } }"
        asked = {"query": query, "variables": {"id": room.session}}
        socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": asked}))
        assert json.loads(socket.recv(PATIENCE))["type"] == "next"
        revoke = "mutation($input: RevokeTokenInput!) { revokeToken(input: $input) { __typename } }"
        input = {"sessionId": room.session, "person": admitted["person"]}
        room.server.ask(revoke, room.tokens["chair"], input=input)
        with suppress(ConnectionClosed):
            while True:  # the entries that were on their way
                socket.recv(PATIENCE)
        assert socket.close_code == 4403
    answer, status = post(room, None, written(room), admitted["token"])
    assert (status, answer["errors"][0]["extensions"]["code"]) == (401, "UNAUTHENTICATED")
