"""What is for some is for nobody else: in no field, no entry, no subscription and no error."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from polylogue import commands as c
from polylogue.record.prose import Said
from polylogue.vocabulary import PersonId, Role, SeatCode
from schema.api.context import Principal, Standpoint
from tests.ledger.course import CHAIR, EN, MEMBERS, OBSERVER, ORGANISER, Course, scenario, stance
from tests.schema.api.everything import below, everything
from tests.schema.api.seen import HOST, SCHEMA, STRANGER, Seen, in_file, person, seen, written

CHN, KAZ, *_ = MEMBERS
SECRET = "The reservoir is empty since March."
OTHER_SECRET = "We shall buy it anyway."
NOBODY = "01937e00-0000-7000-8000-00000000dead"

EVERYBODY = {
    "chair": person(CHAIR),
    "facilitator": person("facilitator"),
    "secretary": person("secretary"),
    "china": person(f"delegate of {CHN}"),
    "kazakhstan": person(f"delegate of {KAZ}"),
    "observer": person(f"delegate of {OBSERVER}"),
    "public": person("visitor"),
    "organiser": HOST,
    "worker": Principal(PersonId("worker"), frozenset((Role.WORKER,))),
    "dismissed": person("dismissed"),
    "outsider": person("outsider"),
    "stranger": STRANGER,
}
READ_CHINA = {"chair", "facilitator", "china"}
READ_KAZAKHSTAN = {"chair", "facilitator", "kazakhstan"}
OUTSIDE = {"dismissed", "outsider", "stranger"}
EVERY_ENTRY = f'subscription {{ sessionEntries(sessionId: "%s") {{ {below(SCHEMA._schema.type_map["Entry"], 6)} }} }}'


def with_interests(*, public: bool = False) -> Course:
    """A session in which two delegations have said what nobody else may read."""
    course = Course()
    course.go(c.ScheduleSession(scenario=replace(scenario(), public=public)), ORGANISER)
    for name, role in ((CHAIR, Role.CHAIR), ("facilitator", Role.FACILITATOR), ("secretary", Role.SECRETARIAT)):
        course.go(c.AdmitPerson(role=role, person=PersonId(name)), ORGANISER)
    for seat in (*MEMBERS, OBSERVER):
        course.go(c.AdmitPerson(role=Role.DELEGATE, seats=(seat,), person=PersonId(f"delegate of {seat}")), ORGANISER)
    course.go(c.AdmitPerson(role=Role.PUBLIC, person=PersonId("visitor")), ORGANISER)
    course.go(c.AdmitPerson(role=Role.DELEGATE, seats=(CHN,), person=PersonId("dismissed")), ORGANISER)
    course.go(c.DismissPerson(person=PersonId("dismissed")), ORGANISER)
    item = next(iter(course.state.items))
    for seat, secret in ((CHN, SECRET), (KAZ, OTHER_SECRET)):
        clauses = tuple(stance(provision) for provision in course.state.items[item].provisions)
        post = c.PostPosition(item=item, text="We need water.", language=EN, interests=secret, stances=clauses)
        course.go(post, PersonId(f"delegate of {seat}"))
    course.go(c.PostPosition(item=item, text="Later.", language=EN), PersonId(f"delegate of {CHN}"))
    return course


@pytest.fixture(scope="module")
def secretive() -> Course:
    return with_interests()


@pytest.fixture(scope="module")
def secretive_written(secretive: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("secretive") / "record.db"
    asyncio.run(written(secretive, in_file(path)))
    return path


@pytest.fixture
async def table(secretive: Course, secretive_written: Path, tmp_path: Path) -> AsyncIterator[Seen]:
    async with seen(secretive, in_file(shutil.copy(secretive_written, tmp_path / "record.db"))) as found:
        await found.compute(next(iter(secretive.state.items)))
        yield found


@pytest.mark.parametrize("name", EVERYBODY)
async def test_interests_are_read_by_whom_they_are_for(table: Seen, name: str):
    """Asked for everything there is, twice: as the session stands and as it stood."""
    for arguments in ("", f", asOf: {{ seq: {len(table.course.entries)} }}"):
        document = f'{{ session(id: "{table.course.session}"{arguments}) {{ {everything("Session")} }} }}'
        response = json.dumps(await table.respond(document, EVERYBODY[name]))
        assert (SECRET in response) == (name in READ_CHINA)
        assert (OTHER_SECRET in response) == (name in READ_KAZAKHSTAN)


@pytest.mark.parametrize("name", EVERYBODY)
async def test_interests_of_others_are_not_even_read(table: Seen, name: str):
    document = f'{{ session(id: "{table.course.session}") {{ {everything("Session")} }} }}'
    await table.respond(document, EVERYBODY[name])
    secret = {str(e.seat): e.seq for e in table.course.entries if type(e.event).__name__ == "InterestsStated"}
    texts = [given for sent, given in zip(table.statements, table.given, strict=True) if "prose.pointer LIKE" in sent]
    assert any(secret[CHN] in given for given in texts) == (name in READ_CHINA)
    assert any(secret[KAZ] in given for given in texts) == (name in READ_KAZAKHSTAN)


@pytest.mark.parametrize("name", EVERYBODY)
async def test_that_there_are_interests_is_not_told_either(table: Seen, name: str):
    fields = 'agenda { positions(seats: ["KAZ"]) { nodes { interests { erased language text } } } }'
    told = await table.session(fields, EVERYBODY[name])
    if name in OUTSIDE:
        assert told is None
        return
    shown = told["agenda"][0]["positions"]["nodes"][0]["interests"]
    assert bool(shown) == (name in READ_KAZAKHSTAN)
    (seq,) = (entry.seq for entry in table.course.entries if entry.seat == KAZ and "Interests" in str(entry.event))
    await table.erase((seq, "/text"))
    told = await table.session(fields, EVERYBODY[name])
    erased = told["agenda"][0]["positions"]["nodes"][0]["interests"]
    assert erased == ({"erased": True, "language": "en", "text": None} if name in READ_KAZAKHSTAN else None)


@pytest.mark.parametrize("name", sorted(EVERYBODY.keys() - OUTSIDE))
async def test_entries_that_are_not_for_the_viewer_come_withheld(table: Seen, name: str):
    fields = """record(first: 1000) { __typename ... on Event { seq kind canonical leafHash }
        ... on Withheld { seq leafHash } }"""
    told = (await table.session(fields, EVERYBODY[name]))["record"]
    course = table.course
    assert [e["seq"] for e in told] == [entry.seq for entry in course.entries]
    assert [e["leafHash"] for e in told] == [line["leaf"].hex() for line in course.lines]  # type: ignore[attr-defined]
    mine = {CHN: READ_CHINA, KAZ: READ_KAZAKHSTAN}
    for entry, shown in zip(course.entries, told, strict=True):
        private = type(entry.event).__name__ == "InterestsStated"
        readable = not private or name in mine[SeatCode(str(entry.seat))]
        assert shown["__typename"] == ("Event" if readable else "Withheld")
        assert set(shown) == ({"__typename", "seq", "leafHash"} if not readable else set(shown))


@pytest.mark.parametrize("name", sorted(EVERYBODY.keys() - OUTSIDE))
@pytest.mark.parametrize("kinds", ["[]", "[SessionScheduled]", "[InterestsStated, PositionPosted]"])
async def test_kinds_narrow_what_may_be_read_and_nothing_else(table: Seen, name: str, kinds: str):
    wide = "record(first: 1000) { __typename ... on Event { seq kind } ... on Withheld { seq } }"
    narrow = wide.replace("first: 1000", f"first: 1000, kinds: {kinds}")
    all_of_it = (await table.session(wide, EVERYBODY[name]))["record"]
    some = (await table.session(narrow, EVERYBODY[name]))["record"]
    assert some == [e for e in all_of_it if e["__typename"] == "Withheld" or e["kind"] in kinds]
    followed = EVERY_ENTRY.replace('"%s"', f'"{table.course.session}", kinds: {kinds}')
    async with aclosing(table.follow(followed, EVERYBODY[name])) as entries:
        for expected in some:
            entry = (await anext(entries))["data"]["sessionEntries"]
            assert entry["__typename"] == expected["__typename"]
            assert (entry.get("Event_seq") or entry.get("Withheld_seq")) == expected["seq"]
            if entry["__typename"] == "Withheld":  # its place and its hash, and nothing that would tell its kind
                leaf: Any = table.course.lines[expected["seq"] - 1]["leaf"]
                assert entry == {
                    "__typename": "Withheld", "Withheld_seq": expected["seq"], "Withheld_leafHash": leaf.hex(),
                }  # fmt: skip


@pytest.mark.parametrize("name", EVERYBODY)
async def test_a_subscription_shows_no_more_than_the_record(table: Seen, name: str):
    async with aclosing(table.follow(EVERY_ENTRY % table.course.session, EVERYBODY[name])) as responses:
        told = ""
        for _ in table.course.entries:
            response = await anext(responses)
            told += json.dumps(response)
            if name in OUTSIDE:
                assert [e["extensions"]["code"] for e in response["errors"]] == ["UNKNOWN_REFERENCE"]
                break
            assert not response["errors"]
    assert (SECRET in told) == (name in READ_CHINA)
    assert (OTHER_SECRET in told) == (name in READ_KAZAKHSTAN)


@pytest.mark.parametrize("name", sorted(EVERYBODY.keys() - OUTSIDE))
async def test_figures_about_one_delegation_are_for_it_and_its_hosts(table: Seen, name: str):
    fields = "agenda { convergence { perSeat { seat hash leaveOneOut { provisions meanCloseness } } } }"
    told = (await table.session(fields, EVERYBODY[name]))["agenda"][0]["convergence"]["perSeat"]
    own = {"china": [CHN], "kazakhstan": [KAZ], "chair": list(MEMBERS), "facilitator": list(MEMBERS)}
    assert [part["seat"] for part in told] == own.get(name, [])


@pytest.mark.parametrize("name", sorted(OUTSIDE))
async def test_a_session_that_is_not_for_one_is_like_one_that_is_not_there(table: Seen, name: str):
    viewer = EVERYBODY[name]
    assert await table.session("id", viewer) is None
    assert await table.session("id", viewer, arguments=", asOf: { seq: 1 }") is None
    assert (await table.ask("{ sessions { nodes { id } totalCount } }", viewer))["sessions"] == {
        "nodes": [],
        "totalCount": 0,
    }
    assert (await table.ask("{ me { sessions { session { id } } } }", viewer))["me"]["sessions"] == []
    item = next(iter(table.course.state.items))
    for field in ("sessionEntries(sessionId: %s)", f'convergence(sessionId: %s, itemId: "{item}")',
                  f'draft(sessionId: %s, itemId: "{item}")'):  # fmt: skip
        answers = [
            [response async for response in table.follow(f"subscription {{ {field % id} {{ __typename }} }}", viewer)]
            for id in (f'"{table.course.session}"', f'"{NOBODY}"', '"no id at all"')
        ]
        assert answers[0] == answers[1] == answers[2]
        assert answers[0][0]["errors"][0]["extensions"]["code"] == "UNKNOWN_REFERENCE"


async def test_who_one_is(table: Seen):
    document = "{ me { person siteRoles sessions { roles seats session { id phase standpoint { roles seats } } } } }"
    chair = (await table.ask(document, EVERYBODY["chair"]))["me"]
    here = {"id": table.course.session, "phase": "SCHEDULED"}
    both = {"roles": ["CHAIR", "SECRETARIAT"], "seats": []}
    assert chair == {"person": CHAIR, "siteRoles": [], "sessions": [{**both, "session": {**here, "standpoint": both}}]}
    china = (await table.ask(document, EVERYBODY["china"]))["me"]
    assert china["sessions"][0]["seats"] == [CHN]
    assert (await table.ask(document, HOST))["me"] == {"person": ORGANISER, "siteRoles": ["ORGANISER"], "sessions": []}
    assert (await table.ask(document, STRANGER))["me"] == {"person": None, "siteRoles": [], "sessions": []}


async def test_the_organiser_sees_that_sessions_are_there(table: Seen):
    told = await table.ask("{ sessions { nodes { title phase standpoint { roles } } totalCount } }", HOST)
    node = {"title": "Water and energy", "phase": "SCHEDULED", "standpoint": {"roles": ["ORGANISER"]}}
    assert told["sessions"] == {"nodes": [node], "totalCount": 1}


async def test_a_public_session_is_open_to_strangers_and_its_secrets_are_not(tmp_path: Path):
    course = with_interests(public=True)
    await written(course, url := in_file(tmp_path / "public.db"))
    async with seen(course, url) as table:
        for viewer in (STRANGER, EVERYBODY["outsider"]):
            told = await table.session(everything("Session"), viewer)
            assert told["Session_standpoint"]["ViewerStandpoint_roles"] == ["PUBLIC"]
            assert SECRET not in json.dumps(told)
        named = (await table.ask("{ sessions { nodes { id } } }", STRANGER))["sessions"]["nodes"]
        assert named == [{"id": table.course.session}]
        assert (await table.ask("{ me { sessions { roles } } }", EVERYBODY["outsider"]))["me"]["sessions"] == []


async def test_a_page_stands_where_its_context_says(table: Seen):
    """A page of the console is executed for a role and no person."""
    fields = "standpoint { roles seats } agenda { positions { nodes { interests { text } } } }"
    here = Standpoint(frozenset((Role.DELEGATE,)), frozenset((CHN,)))
    told = await table.session(fields, STRANGER, standpoint=here)
    assert told["standpoint"] == {"roles": ["DELEGATE"], "seats": [CHN]}
    interests = [node["interests"] for node in told["agenda"][0]["positions"]["nodes"]]
    assert interests == [None, None]  # China's newest revision has none behind it, Kazakhstan's is not China's
    assert await table.session(fields, STRANGER, standpoint=Standpoint()) is None
    entries = f'subscription {{ sessionEntries(sessionId: "{table.course.session}") {{ __typename }} }}'
    async with aclosing(table.follow(entries, STRANGER, standpoint=here)) as responses:
        told = [(await anext(responses))["data"]["sessionEntries"]["__typename"] for _ in table.course.entries]
    assert told.count("Withheld") == 1


async def test_a_bug_tells_nothing_of_what_it_met(table: Seen, monkeypatch: pytest.MonkeyPatch):
    def broken(*_: Any) -> Any:
        raise ValueError(SECRET)

    monkeypatch.setattr("schema.api.positions._translations", broken)
    with capture_logs() as logged:
        response = await table.respond(
            f'{{ session(id: "{table.course.session}") {{ {everything("Session")} }} }}', HOST
        )
    assert [entry["event"] for entry in logged] == ["graphql_bug"]
    assert [e["message"] for e in response["errors"]] == ["Internal error"]
    assert SECRET not in json.dumps(response)


def test_the_secret_is_where_it_should_be(secretive: Course):
    """Or the tests above would find nothing in nothing."""
    assert SECRET in {row["text"] for row in secretive.prose.values()}
    assert Said("en", SECRET).words == SECRET
