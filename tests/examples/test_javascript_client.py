"""The JavaScript client of examples/javascript: played as its README says, in Node, and in what it must survive.

Why in a copy: it finds its packages beside it, and here these are the ones of tests/js.
"""

import json
import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from graphql import build_schema, parse, validate

from tests.node import NODE, SCRIPTS, run_node
from tests.serving import Server, serving

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "examples" / "javascript"
README = (FOLDER / "README.md").read_text("utf-8")
# Node 20 has no WebSocket of its own: there it is the one of the package ws.
WITHOUT_WEBSOCKET = "--no-experimental-websocket"
RECORD = "query($id: ID!) { session(id: $id) { record(first: 1000) { ... on Event { seq seat kind leafHash } } } }"
INVITE = "mutation($input: InviteInput!) { invite(input: $input) { ... on InvitePayload { cards { code } } } }"
CHANGES = r"plg_\S+|[0-9a-f-]{36}"
"""What is another each time."""
REVOKE = """mutation($session: ID!, $person: ID!) {
  revokeToken(input: { sessionId: $session, person: $person }) { __typename } }"""
TABLE = """query($id: ID!) { session(id: $id) { agenda { id text { state provisions { id number } }
  call { objections { seat state } } } } }"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that keeps its port when it is started again, as a client expects."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with serving(tmp_path_factory.mktemp("client"), port=str(port)) as found:
        yield found


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    packages = SCRIPTS / "node_modules"
    if not packages.is_dir():
        (pytest.fail if os.environ.get("CI") else pytest.skip)("make tests/js/node_modules/.synced")
    folder = tmp_path_factory.mktemp("javascript") / "javascript"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("node_modules"))
    (folder / "node_modules").symlink_to(packages)
    return folder


def start(folder: Path, url: str, *words: str) -> "subprocess.Popen[str]":
    environment = os.environ | {"POLYLOGUE_URL": url}
    return subprocess.Popen(
        [NODE, *words], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def run(folder: Path, url: str, *words: str) -> tuple[int, list[str], str]:
    process = start(folder, url, *words)
    said, complained = process.communicate(timeout=120)
    return process.returncode, said.splitlines(), complained


def council(server: Server) -> tuple[str, str, dict[str, str]]:
    """The small council, scheduled; its id, its item and a token for each seat and for the chair."""
    made = server.give("scheduleSession", fields="session { id agenda { id } }", scenario="small-council")["session"]
    people = [("CHAIR", []), *(("DELEGATE", [seat]) for seat in ("ALDER", "BIRCH", "CEDAR"))]
    tokens = {
        (seats or [role])[0]: server.give(
            "admitPerson", fields="token", sessionId=made["id"], role=role, seats=seats, name=f"For {role}"
        )["token"]
        for role, seats in people
    }
    return made["id"], made["agenda"][0]["id"], tokens


def record(server: Server, session: str) -> list[dict[str, Any]]:
    return server.ask(RECORD, id=session)["session"]["record"]


@pytest.mark.parametrize("flags", [(), (WITHOUT_WEBSOCKET,)], ids=["its own WebSocket", "the package ws"])
def test_a_seat_is_taken_followed_through_a_cut_and_nothing_is_said_twice(
    server: Server, client: Path, flags: tuple[str, ...]
):
    session = server.give("scheduleSession", fields="session { id }", scenario="small-council")["session"]["id"]
    given = {"sessionId": session, "idempotencyKey": session, "seats": ["ALDER"]}
    (card,) = server.ask(INVITE, input=given)["invite"]["cards"]
    code, said, complained = run(client, server.url, *flags, "seat.mjs", card["code"])
    assert (code, complained) == (0, "")
    there = record(server, session)
    kinds = [(entry["seat"], entry["kind"]) for entry in there]
    assert kinds[-2:] == [("ALDER", "StancesStated"), ("ALDER", "PositionPosted")]
    heard = re.findall(r"^#(\d+) (\S+) (\w+)", "\n".join(said), re.MULTILINE)
    assert heard == [(str(entry["seq"]), entry["seat"] or "-", entry["kind"]) for entry in there]
    assert "answer lost, sent again with the same key" in said
    example = re.findall(r"```\n(came in .*?)```", README, re.DOTALL)[0].splitlines()
    assert [re.sub(CHANGES, "…", line) for line in example] == [re.sub(CHANGES, "…", line) for line in said]
    code, _, complained = run(client, server.url, *flags, "seat.mjs", card["code"].lower())
    assert (code, complained.partition(":")[0]) == (1, "Refused (CODE_USED, procedure 1.2)")


def test_an_objection_is_refused_without_a_call_and_raised_in_one(server: Server, client: Path):
    session, item, tokens = council(server)
    objection = ("object", "1", "A day is short for a small house.", "Two days.")
    code, _, complained = run(client, server.url, "seat.mjs", tokens["BIRCH"], *objection)
    assert code == 1
    assert complained.startswith("Refused (SESSION_PHASE, procedure 6.2): ")
    assert f"```\n{complained}```" in README

    steps: list[tuple[str, dict[str, Any]]] = [
        ("openSession", {}),
        ("recordRollCall", {"present": ["ALDER", "BIRCH", "CEDAR"]}),
        ("openItem", {"itemId": item}),
        ("circulateText", {"itemId": item}),
        ("cleanText", {"itemId": item}),
    ]
    for mutation, given in steps:
        assert "receipt" in server.give(mutation, tokens["CHAIR"], sessionId=session, **given)
    while (done := server.give("callForConsensus", tokens["CHAIR"], sessionId=session, itemId=item)).get("code"):
        assert done["code"] == "CIRCULATION_RUNNING", done
    code, said, complained = run(client, server.url, "seat.mjs", tokens["BIRCH"], *objection)
    assert (code, complained) == (0, "")
    raised = [entry["seq"] for entry in record(server, session) if entry["kind"] == "ObjectionRaised"]
    assert said[-1] == f"objection to clause 1 is on record, entries {raised[0]} to {raised[0] + 1}"
    (on_the_agenda,) = server.ask(TABLE, tokens["CHAIR"], id=session)["session"]["agenda"]
    assert on_the_agenda["call"]["objections"] == [{"seat": "BIRCH", "state": "RAISED"}]

    code, _, complained = run(client, server.url, "seat.mjs", tokens["BIRCH"], *objection)
    assert (code, complained.partition(",")[0]) == (1, "Refused (ALREADY_OBJECTED")
    code, _, complained = run(client, server.url, "seat.mjs", tokens["BIRCH"], "object", "1", "No.", " ")
    assert code == 1
    assert complained.startswith("Refused (")


@pytest.mark.parametrize("flags", [(), (WITHOUT_WEBSOCKET,)], ids=["its own WebSocket", "the package ws"])
def test_following_outlives_a_server_that_is_killed(server: Server, client: Path, flags: tuple[str, ...]):
    session, item, tokens = council(server)
    process = start(client, server.url, *flags, "seat.mjs", tokens["CEDAR"], "follow")
    assert process.stdout

    def heard(until: int) -> list[int]:
        assert process.stdout
        seen: list[int] = []
        while not seen or seen[-1] != until:
            line = process.stdout.readline()
            assert line, process.stderr and process.stderr.read()
            seen.extend(int(seq) for seq in re.findall(r"^#(\d+) ", line))
        return seen

    def state(level: str) -> int:
        given = {"sessionId": session, "itemId": item, "forRest": level}
        return server.give("stateStances", tokens["CEDAR"], **given)["receipt"]["seq"]

    try:
        first = state("SUPPORT")
        seen = heard(first)
        server.kill()
        server.start()
        provision = server.ask(TABLE, tokens["CEDAR"], id=session)["session"]["agenda"][0]["text"]["provisions"][0]
        stances = [{"provisionId": provision["id"], "level": "ACCEPT"}]
        given = {"sessionId": session, "itemId": item, "stances": stances}
        last = server.give("stateStances", tokens["CEDAR"], **given)["receipt"]["seq"]
        assert seen + heard(last) == list(range(1, last + 1))
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize(
    ("token", "url", "said"),
    [
        (f"plg_{'a' * 43}", None, "The token is unknown or has been revoked.\n"),
        ("plg_…", None, "That is no token"),
        ("", None, "node seat.mjs CARD"),
        ("plg_a", "http://127.0.0.1:9", "http://127.0.0.1:9 does not answer: "),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(
    server: Server, client: Path, token: str, url: str | None, said: str
):
    code, _, complained = run(client, url or server.url, "seat.mjs", token)
    assert code == 1
    assert complained.startswith(said)
    assert "    at " not in complained


def test_a_seat_without_a_seat_and_a_clause_that_is_not_there(server: Server, client: Path):
    _, _, tokens = council(server)
    assert run(client, server.url, "seat.mjs", tokens["CHAIR"])[2] == "This token holds no seat.\n"
    told = run(client, server.url, "seat.mjs", tokens["ALDER"], "object", "9", "No.", "Yes.")[2]
    assert told == "There is no clause 9 in “The shared well”.\n"


def test_a_dismissed_delegate_is_told_and_does_not_try_for_ever(server: Server, client: Path):
    session, _, tokens = council(server)
    process = start(client, server.url, "seat.mjs", tokens["ALDER"], "follow")
    assert process.stdout
    while not process.stdout.readline().startswith("#1 "):
        pass
    person = server.ask("{ me { person } }", tokens["ALDER"])["me"]["person"]
    server.ask(REVOKE, session=session, person=person)
    _, complained = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "revoked" in complained


def documents() -> list[str]:
    """The operations of both files, as they are sent."""
    pattern = re.compile(r'`((?:query|mutation|subscription) .*?)`|"(query \w+ .*?)"', re.DOTALL)
    files = (FOLDER / "client.mjs", FOLDER / "seat.mjs")
    return ["".join(pair) for file in files for pair in pattern.findall(file.read_text("utf-8"))]


def test_the_same_client_plays_in_a_browser(server: Server, client: Path):
    session, item, tokens = council(server)
    (imports,) = re.findall(r'<script type="importmap">.*?</script>', README, re.DOTALL)
    own = {"sessionId": session, "itemId": item}
    given = {
        "token": tokens["BIRCH"],
        "session": session,
        "stance": next(each for each in documents() if "stateStances" in each),
        "stanceInput": {**own, "forRest": "SUPPORT"},
        "position": next(each for each in documents() if "postPosition" in each),
        "positionInput": {**own, "text": "From a phone.", "language": "en"},
    }
    saw = run_node("javascript_client.mjs", server.url, str(client), imports, json.dumps(given))
    if "noBrowser" in saw:
        assert "CI" not in os.environ, saw
        pytest.skip(f"no browser runs here: {saw['noBrowser']}")
    there = record(server, session)
    assert saw["heard"] == [entry["seq"] for entry in there]
    assert [entry["kind"] for entry in there][-2:] == ["StancesStated", "PositionPosted"]
    assert (saw["requests"], saw["again"]) == (2, saw["posted"])
    assert saw["posted"]["receipt"]["leafHash"] == there[-1]["leafHash"]
    assert re.fullmatch("[0-9a-f]{32}", saw["key"])
    assert saw["refused"][:2] == [True, "BULK_OBJECT"]
    assert saw["trouble"] == []


def test_it_asks_what_the_schema_answers():
    schema = build_schema((ROOT / "schema" / "schema.graphql").read_text("utf-8"))
    assert len(documents()) == 7
    assert [problem for each in documents() for problem in validate(schema, parse(each))] == []


def test_its_packages_are_those_that_are_tested():
    own = json.loads((FOLDER / "package.json").read_text("utf-8"))["dependencies"]
    tested = json.loads((SCRIPTS / "package.json").read_text("utf-8"))["dependencies"]
    assert own == {name: tested[name] for name in own}
    imports = json.loads(re.findall(r'<script type="importmap">\s*(\{.*?\})\s*</script>', README, re.DOTALL)[0])
    assert imports["imports"].keys() == {"graphql-ws"}
