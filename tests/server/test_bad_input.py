"""What a server answers to mistakes: a stable code, a sentence that says what would be right, and nothing changed.

The rules' own tables are tried elsewhere; here are the mistakes that people and programs make, over the network.
"""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from tests.server.test_sitting import call
from tests.serving import Server, serving

PATIENCE = 30.0
NOBODY = "01900000-0000-7000-8000-000000000000"
LONGEST = 20_000


def council(**changed: object) -> dict[str, Any]:
    """Two members, a partner and an observer, with two items of one clause."""
    return {
        "titles": [{"language": "en", "text": "A council with guests"}],
        "clockScale": "1/86400",
        "delegations": [
            {"code": "ALDER"},
            {"code": "BIRCH"},
            {"code": "CEDAR", "standing": "PARTNER"},
            {"code": "DATURA", "standing": "OBSERVER"},
        ],
        "items": [
            {
                "titles": [{"language": "en", "text": title}],
                "provisions": [{"versions": [{"language": "en", "text": f"{title} is shared."}]}],
            }
            for title in ("The well", "The road")
        ],
        **changed,
    }


@dataclass(frozen=True)
class Room:
    """A session with its tokens; `names` are what stands in the cases below for ids that nobody knows before."""

    server: Server
    session: str
    tokens: Mapping[str, str | None]
    names: Mapping[str, str]

    def do(self, mutation: str, who: str, **input: Any) -> dict[str, Any]:
        done = self.server.give(mutation, self.tokens[who], sessionId=self.session, **self.named(input))
        assert done["__typename"].endswith("Payload"), done
        return done

    def tell(self, mutation: str, who: str, **input: Any) -> dict[str, Any]:
        """The refusal of a command, which has left everything as it was."""
        before = self.standing()
        session = {} if mutation == "scheduleSession" else {"sessionId": self.session}
        refused = self.server.give(mutation, self.tokens[who], **session, **self.named(input))
        assert self.standing() == before
        return refused

    def standing(self) -> dict[str, Any]:
        """The head of the record, and the sessions that there are."""
        query = "query($id: ID!) { session(id: $id) { head { seq treeRoot } } sessions { nodes { id } } }"
        return self.server.ask(query, id=self.session)

    def named(self, value: Any) -> Any:
        """The value with ids in the place of names."""
        match value:
            case dict():
                return {key: self.named(inner) for key, inner in value.items()}
            case list():
                return [self.named(inner) for inner in value]
            case str():
                return self.names.get(value, value)
            case _:
                return value


def make_room(server: Server) -> Room:
    """A session whose first sitting is open, with both items taken up."""
    session = server.give("scheduleSession", definition=council(), fields="session { id }")["session"]["id"]
    tokens: dict[str, str | None] = {"organiser": None}
    for role, seat in (("CHAIR", ""), *(("DELEGATE", code) for code in ("ALDER", "BIRCH", "CEDAR", "DATURA"))):
        given = {"role": role, "seats": [seat] if seat else [], "name": "Somebody"}
        tokens[seat or "chair"] = server.give("admitPerson", sessionId=session, **given, fields="token")["token"]
    query = "query($id: ID!) { session(id: $id) { agenda { id text { provisions { id } } } } }"
    well, road = server.ask(query, id=session)["session"]["agenda"]
    names = {"@well": well["id"], "@road": road["id"]}
    names |= {"@clause": well["text"]["provisions"][0]["id"], "@other": road["text"]["provisions"][0]["id"]}
    room = Room(server, session, tokens, names)
    room.do("openSession", "chair")
    room.do("recordRollCall", "chair", present=["ALDER", "BIRCH"])
    room.do("openItem", "chair", itemId="@well")
    return room


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("mistakes")) as found:
        yield found


@pytest.fixture(scope="module")
def room(server: Server) -> Room:
    """The first item is in deliberation, the second only listed."""
    return make_room(server)


@pytest.fixture(scope="module")
def called(server: Server) -> Room:
    """There is a call on the first item, and the second is ready for one. The partner has said that it objects."""
    room = make_room(server)
    room.do("openItem", "chair", itemId="@road")
    room.do("stateStances", "CEDAR", itemId="@well", stances=[stance("OBJECT", reason="No.", wouldBeRemovedBy="Yes.")])
    for item in ("@road", "@well"):
        room.do("circulateText", "chair", itemId=item)
        room.do("cleanText", "chair", itemId=item)
    call(room.do, "chair", "@well")
    return room


@pytest.fixture(scope="module")
def sealed(server: Server) -> Room:
    room = make_room(server)
    room.do("deferItem", "chair", itemId="@well", reason="Nobody is ready.")
    room.do("closeSession", "chair")
    room.do("sealSession", "chair")
    return room


def stance(level: str, provision: str = "@clause", **more: object) -> dict[str, Any]:
    return {"provisionId": provision, "level": level, **more}


POSITION = {"itemId": "@well", "text": "We hold this.", "language": "en"}
OBJECTION = {
    "itemId": "@well",
    "provisionId": "@clause",
    "reason": "It binds.",
    "wouldBeRemovedBy": "Say should.",
    "language": "en",
}

Case = tuple[str, str, dict[str, Any], str, str]
"""A mutation, who gives it, its input; the code of the refusal, and a part of its sentence."""

OPEN: dict[str, Case] = {
    "a seat that is not there": (
        "postPosition", "chair", {**POSITION, "seat": "ELM"}, "UNKNOWN_REFERENCE", "name one that there is",
    ),
    "somebody present who is not there": (
        "recordRollCall", "chair", {"present": ["ALDER", "ELM"]}, "UNKNOWN_REFERENCE", '"ELM"',
    ),
    "an item that is not there": (
        "postPosition", "ALDER", {**POSITION, "itemId": NOBODY}, "UNKNOWN_REFERENCE", "name one that there is",
    ),
    "a session opened twice": ("openSession", "chair", {}, "SESSION_PHASE", "possible while it is scheduled"),
    "a text sent before its item is taken up": (
        "circulateText", "chair", {"itemId": "@road"}, "ITEM_PHASE", "Item 2 is listed; this is possible while",
    ),
    "a call on a text that is worked on": (
        "callForConsensus", "chair", {"itemId": "@well"}, "TEXT_STATE", "possible while it is clean",
    ),
    "a delegate in the chair": ("cleanText", "ALDER", {"itemId": "@well"}, "NOT_PERMITTED", "Permitted: the chair"),
    "OBJECT in bulk": (
        "stateStances", "ALDER", {"itemId": "@well", "forRest": "OBJECT"}, "BULK_OBJECT", "state each with its reason",
    ),
    "OBJECT without a reason": (
        "stateStances", "ALDER", {"itemId": "@well", "stances": [stance("OBJECT", wouldBeRemovedBy="A number.")]},
        "STANCE_REASON_MISSING", "`reason` is missing",
    ),
    "a stance on another item's clause": (
        "stateStances", "ALDER", {"itemId": "@well", "stances": [stance("ACCEPT", "@other")]},
        "STANCE_TARGET_INVALID", "names a provision of the item",
    ),
    "an empty text": ("postPosition", "ALDER", {**POSITION, "text": " \n"}, "TEXT_EMPTY", "at least one letter"),
    "a text of too many letters": (
        "postPosition", "ALDER", {**POSITION, "text": "ы" * (LONGEST + 1)}, "TEXT_TOO_LONG", "at most 20000",
    ),
    "letters beyond the first plane are one each": (
        "postPosition", "ALDER", {**POSITION, "text": "𠀀" * (LONGEST + 1)}, "TEXT_TOO_LONG", "has 20001 characters",
    ),
    "a rule set that is not there": (
        "scheduleSession", "organiser", {"definition": council(ruleSet="anarchy/1")},
        "UNKNOWN_RULE_SET", "`ruleSets` lists those that there are",
    ),
    "a scenario that is not there": (
        "scheduleSession", "organiser", {"scenario": "../small-council"}, "SCENARIO_INVALID", "or give a definition",
    ),
}  # fmt: skip

CALLED: dict[str, Case] = {
    "a second call": (
        "callForConsensus", "chair", {"itemId": "@road"}, "CALL_OPEN", "A call on item 1 is open; close it first",
    ),
    "the same call again": ("callForConsensus", "chair", {"itemId": "@well"}, "TEXT_STATE", "item 1 is called"),
    "a partner objects": ("raiseObjection", "CEDAR", OBJECTION, "NOT_A_MEMBER", "CEDAR is a partner here"),
    "an observer objects": ("raiseObjection", "DATURA", OBJECTION, "NOT_A_MEMBER", "DATURA is an observer here"),
    "an objection without a reason": (
        "raiseObjection", "ALDER", {**OBJECTION, "reason": " "}, "OBJECTION_REASON_MISSING", "`reason` is missing",
    ),
    "an objection that nothing would remove": (
        "raiseObjection", "ALDER", {**OBJECTION, "wouldBeRemovedBy": ""},
        "OBJECTION_REASON_MISSING", "`wouldBeRemovedBy` is missing",
    ),
    "a stance in a call": (
        "stateStances", "ALDER", {"itemId": "@well", "stances": [stance("ACCEPT")]},
        "STANCE_IN_CALL", "raise, maintain or withdraw an objection instead",
    ),
}  # fmt: skip

SEALED: dict[str, Case] = {
    who: (mutation, who, given, "SESSION_SEALED", "nothing is added to its record any more")
    for mutation, who, given in (
        ("postPosition", "ALDER", POSITION),
        ("reopenSession", "chair", {"reason": "One more word."}),
        ("admitPerson", "organiser", {"role": "DELEGATE", "seats": ["ALDER"], "name": "N"}),
    )
}


@pytest.mark.parametrize("case", OPEN.values(), ids=OPEN)
def test_while_a_session_is_open(room: Room, case: Case) -> None:
    expect(room, case)


@pytest.mark.parametrize("case", CALLED.values(), ids=CALLED)
def test_while_a_call_is_open(called: Room, case: Case) -> None:
    expect(called, case)


@pytest.mark.parametrize("case", SEALED.values(), ids=SEALED)
def test_when_a_session_is_sealed(sealed: Room, case: Case) -> None:
    expect(sealed, case)


def expect(room: Room, case: Case) -> None:
    mutation, who, given, code, said = case
    refused = room.tell(mutation, who, **given)
    assert (refused["__typename"], refused["code"]) == ("Refused", code), refused
    assert said in refused["message"]
    assert refused["rule"].startswith("procedure ")


def test_what_a_partner_has_said_before_is_no_objection_in_the_call(called: Room) -> None:
    query = "query($id: ID!) { session(id: $id) { agenda { call { eligible unanswered objections { seat } } } } }"
    found = called.server.ask(query, id=called.session)["session"]["agenda"][0]["call"]
    assert found == {"eligible": ["ALDER", "BIRCH"], "unanswered": [], "objections": []}


# ── what is older than what stands now ───────────────────────────────────────────────────────────────────────────────


def test_a_stale_revision_is_a_conflict_that_says_the_present_one(room: Room) -> None:
    head = room.standing()["session"]["head"]["seq"]
    old = {"provisionId": "@clause", "text": "The well is ours.", "language": "en"}
    for mutation, given, path in (
        ("proposeAmendment", {**old, "revision": 7}, ["revision"]),
        ("proposeAlternative", {**old, "ifRevision": 7}, ["ifRevision"]),
        ("stateStances", {"itemId": "@well", "stances": [stance("ACCEPT", ifRevision=7)]}, None),
    ):
        stale = room.tell(mutation, "ALDER", **given)
        assert (stale["__typename"], stale["code"]) == ("Conflict", "REVISION_STALE"), stale
        assert (stale["currentSeq"], stale["currentRevision"]) == (head, 1)
        assert "The present revision is 1, not 7" in stale["message"]
        assert stale["path"] == (path or ["stances", "0", "ifRevision"])


@pytest.mark.parametrize("off", [-1, 1], ids=["older", "not there yet"])
def test_a_session_that_is_elsewhere_than_expected_is_a_conflict(room: Room, off: int) -> None:
    head = room.standing()["session"]["head"]["seq"]
    moved = room.tell("postPosition", "ALDER", **POSITION, expectedSeq=head + off)
    assert (moved["__typename"], moved["code"], moved["currentSeq"]) == ("Conflict", "SESSION_MOVED_ON", head)
    assert "decide again" in moved["message"]


def test_a_key_of_another_command_is_refused_and_of_the_same_answered_again(room: Room) -> None:
    first = room.do("postPosition", "BIRCH", **POSITION, idempotencyKey="mine")
    refused = room.tell("postPosition", "BIRCH", **{**POSITION, "text": "Other."}, idempotencyKey="mine")
    assert (refused["code"], refused["path"]) == ("IDEMPOTENCY_CONFLICT", ["idempotencyKey"])
    assert "take a new key" in refused["message"]
    again = room.tell("postPosition", "BIRCH", **POSITION, idempotencyKey="mine")
    assert again["receipt"] == first["receipt"]


# ── texts and scalars, as bytes of JSON ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "odd",
    ["\0", "\x07", "\x1b[2J", "\x7f", "\x85", "\u202e", "\u2066", "\u2069"],
    ids=lambda odd: f"U+{ord(odd[0]):04X}",
)
def test_a_character_that_hides_or_turns_others_is_refused_at_its_place(room: Room, odd: str) -> None:
    answer, status = post(room, "ALDER", written(room, text=f"We{odd} hold"))
    refused = answer["data"]["postPosition"]
    assert (status, refused["code"], refused["path"]) == (200, "CHARACTER_FORBIDDEN", ["text"])
    code = f"U+{ord(odd[0]):04X}"
    named = {"U+0000": "a null (U+0000)", "U+001B": "an escape (U+001B)", "U+007F": "a delete (U+007F)"}
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
    for body in (written(room)[:-10], written(room).replace("hold", r"\ud800")):
        answer, status = post(room, "ALDER", body)
        assert (status, answer["errors"][0]["extensions"]["code"]) == (400, "REQUEST_MALFORMED")


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
