"""Histories through the API: what commands answer, what they leave, and what they refuse."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, get_args

import pytest
from strawberry.types.base import get_object_definition

from ledger.occasion import fresh_id
from polylogue.commands import Command
from polylogue.rules.shelf import rule_set
from polylogue.vocabulary import PersonId, Role, SeatCode
from schema.api.actions import ACTIONS, Kind
from schema.api.mutations import Mutation
from server.access import issue
from tests.schema.api.house import GUEST, NOBODY, SEATS, House, Table, house, on_sqlite
from tests.schema.api.mended import every_mending
from tests.schema.api.test_brackets import every_act

CHN, KAZ, KGZ = SEATS


@pytest.fixture
async def home(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[House]:
    """On SQLite unless a test asks for both."""
    on_postgresql = getattr(request, "param", "sqlite") == "postgresql"
    async with house(request.getfixturevalue("postgres_url") if on_postgresql else on_sqlite(tmp_path)) as made:
        yield made


@pytest.fixture
async def table(home: House) -> Table:
    return await home.open()


async def _take_a_candidate(t: Table, clause: str) -> None:
    """A round on one clause: proposed by a worker, ranked, answered, and taken by the chair."""
    t.house.tokens["worker"] = await t.house.database.transact(
        lambda connection: issue(connection, PersonId(fresh_id()), site_role=Role.WORKER)[0]
    )
    asked = await t.do("requestDraft", "draftRequest { id candidates writer }", by="chair", itemId=t.item, candidates=4)
    request = asked["draftRequest"]
    assert (request["candidates"], request["writer"]) == (4, "RULES")
    await t.do(
        "proposeCandidates", "draft { number }", by="worker", itemId=t.item, requestId=request["id"], basis=1,
        clauses=[{"provisionId": clause, "revision": 1}],
        wordings=[
            {"provisionId": clause, "revision": 1, "form": "PRESENT"},
            {
                "provisionId": clause, "revision": 1, "form": "CONCESSION",
                "text": "Water is shared.", "language": "en",
                "sources": [{"kind": "WORDING", "seq": 1, "pointer": "/items/0/provisions/0/versions/0/text"}],
                "predictions": [{"seat": KAZ, "level": "RESERVE", "figure": "5/4", "basis": "NEAREST"}],
            },
        ],
        candidates=[
            {"wordings": [0], "explanation": "As it is.", "lowest": "2", "mean": "2", "words": 3, "present": True},
            {"wordings": [1], "explanation": "As KAZ asked.", "lowest": "5/4", "mean": "9/4", "words": 3},
        ],
        ballots=[{"seat": KAZ, "groups": [[1], [2]]}],
    )  # fmt: skip
    fields = "round { number winner candidates { id number place } rankings { seat groups } }"
    told = await t.do("answerCandidate", fields, by=CHN, **await _answers(t, clause))
    present, other = (candidate["id"] for candidate in sorted(told["round"]["candidates"], key=lambda x: x["number"]))
    assert told["round"]["winner"] == present
    ranked = await t.do("rankCandidates", fields, by=KAZ, itemId=t.item, ranking=[[other]])
    assert ranked["round"]["winner"] == other
    assert ranked["round"]["rankings"] == [{"seat": KAZ, "groups": [[other]]}]
    taken = await t.do("takeCandidate", "round { taken } item { draft { number } }", by="chair", candidateId=other)
    assert taken["round"] == {"taken": other}


async def _answers(t: Table, clause: str) -> dict[str, Any]:
    document = "query($id: ID!) { session(id: $id) { agenda { round { candidates { id number } } } } }"
    session = (await t.house.ask(document, {"id": t.session}, by="chair"))["data"]["session"]
    second = next(each for each in session["agenda"][0]["round"]["candidates"] if each["number"] == 2)
    return {"candidateId": second["id"], "answers": [{"provisionId": clause, "level": "ACCEPT"}]}


@pytest.mark.parametrize("home", ["sqlite", "postgresql"], indirect=True)
async def test_a_whole_deliberation_gives_every_command(table: Table):
    """From homework to the sealed record, by way of a blocked call, each command at least once."""
    t, (first, second) = table, table.provisions
    said = await t.do(
        "postPosition",
        "position { id seat revision text { text language } interests { text } translations { language text } }",
        by=KAZ, itemId=t.item, text="Water is life.", language="en", interests="To irrigate in May.",
        translations=[{"language": "ru", "text": "Вода — это жизнь."}],
        stances=[{"provisionId": first, "level": "SUPPORT"}],
    )  # fmt: skip
    assert said["position"] == {
        "id": said["position"]["id"],
        "seat": KAZ,
        "revision": 1,
        "text": {"text": "Water is life.", "language": "en"},
        "interests": {"text": "To irrigate in May."},
        "translations": [{"language": "ru", "text": "Вода — это жизнь."}],
    }
    assert said["receipt"]["seq"] - said["receipt"]["firstSeq"] == 2
    stated = await t.do(
        "stateStances", "stances { seat provision level bulk reason { text } }",
        by=CHN, itemId=t.item, forRest="ACCEPT",
        stances=[{"provisionId": first, "level": "OBJECT", "reason": "Vague.", "wouldBeRemovedBy": "A number."}],
    )  # fmt: skip
    assert stated["stances"] == [
        {"seat": CHN, "provision": first, "level": "OBJECT", "bulk": False, "reason": {"text": "Vague."}},
        {"seat": CHN, "provision": second, "level": "ACCEPT", "bulk": True, "reason": None},
    ]
    proposed = await t.do(
        "proposeProvision", "provision { id number sponsor revision versions { text } }",
        by=KGZ, itemId=t.item, text="Energy is shared too.", language="en", after=first,
    )  # fmt: skip
    third = proposed["provision"]["id"]
    assert proposed["provision"]["number"] == 2
    assert proposed["provision"]["versions"] == [{"text": "Energy is shared too."}]
    amended = await t.do(
        "proposeAmendment", "amendment { id state versions { text } reason { text } }",
        by=KAZ, provisionId=third, revision=1, text="Energy is sold.", language="en", reason="Nobody gives it away.",
    )  # fmt: skip
    amendment = amended["amendment"]["id"]
    assert amended["amendment"]["state"] == "PENDING"
    joined = await t.do("joinSponsors", "provision { sponsor sponsors }", by=CHN, provisionId=third)
    assert joined["provision"] == {"sponsor": KGZ, "sponsors": [KGZ, CHN]}
    left = await t.do("leaveSponsors", "provision { sponsors }", by=CHN, provisionId=third)
    assert left["provision"] == {"sponsors": [KGZ]}
    revised = await t.do(
        "reviseAmendment", "amendment { edition versions { text } }",
        by=KAZ, amendmentId=amendment, text="Energy is traded.",
    )  # fmt: skip
    assert revised["amendment"] == {"edition": 2, "versions": [{"text": "Energy is traded."}]}
    accepted = await t.do(
        "acceptAmendment", "amendment { state } provision { revision versions { text } }", by=KGZ, amendmentId=amendment
    )
    assert accepted["amendment"] == {"state": "ACCEPTED"}
    assert accepted["provision"] == {"revision": 2, "versions": [{"text": "Energy is traded."}]}
    again = await t.do(
        "proposeAmendment", "amendment { id }", by=CHN, provisionId=third, revision=2, text="No.", language="en"
    )
    withdrawn = await t.do(
        "withdrawAmendment", "amendment { state }", by=CHN, amendmentId=again["amendment"]["id"]
    )  # fmt: skip
    assert withdrawn["amendment"] == {"state": "WITHDRAWN"}
    gone = await t.do("withdrawProvision", "provision { state number }", by=KGZ, provisionId=third)
    assert gone["provision"] == {"state": "WITHDRAWN", "number": None}
    beside = await t.do(
        "proposeAlternative", "alternative { id label seat versions { text } } provision { state }",
        by=CHN, provisionId=first, text="Water is shared: half each.", language="en",
    )  # fmt: skip
    assert beside["alternative"]["label"] == "bis"
    assert beside["provision"] == {"state": "BRACKETED"}
    asked = await t.do("requestDraft", "draftRequest { id state }", by="chair", itemId=t.item)
    tabled = await t.do(
        "tableDraft", "draft { number request clauses { id } }",
        by="secretary", itemId=t.item, requestId=asked["draftRequest"]["id"],
        clauses=[{"provisionId": first, "revision": 1}, {"text": "Data are shared.", "language": "en"}],
    )  # fmt: skip
    assert tabled["draft"]["request"] == asked["draftRequest"]["id"]
    assert tabled["draft"]["clauses"][0] == {"id": first}
    await _take_a_candidate(t, tabled["draft"]["clauses"][1]["id"])
    await every_act(t)
    sent = await t.do("circulateText", "item { phase text { state } }", by="secretary", itemId=t.item)
    assert sent["item"] == {"phase": "NEGOTIATION", "text": {"state": "CIRCULATED"}}
    closed = await t.do(
        "closeBracket", "provision { revision state versions { text } }",
        by="chair", provisionId=first, alternativeId=beside["alternative"]["id"],
    )  # fmt: skip
    assert closed["provision"]["versions"] == [{"text": "Water is shared: half each."}]
    for name, words in (("provideVersion", {"text": "Вода общая."}), ("confirmVersion", {})):
        refused = await t.tell(name, by="secretary", provisionId=first, language="ru", **words)
        assert refused["code"] == "LANGUAGE_NOT_IN_SESSION"  # in one with Russian: test_versions.py
    await t.do("cleanText", "item { text { state } }", by="chair", itemId=t.item)
    reopened = await t.do("reopenText", "item { text { state } }", by=KAZ, itemId=t.item, reason="A word on data.")
    assert reopened["item"] == {"text": {"state": "CIRCULATED"}}
    await asyncio.sleep(0.1)
    await t.do("cleanText", by="chair", itemId=t.item)
    call = await t.do("callForConsensus", "call { id eligible unanswered outcome }", by="chair", itemId=t.item)
    assert call["call"]["eligible"] == list(SEATS)
    assert call["call"]["unanswered"] == [CHN], "its OBJECT stands, carried from the wording before"
    kept = await t.do("maintainObjection", "objection { state seat }", by=CHN, itemId=t.item, provisionId=first)
    assert kept["objection"] == {"state": "MAINTAINED", "seat": CHN}
    raised = await t.do(
        "raiseObjection", "objection { state reason { text } }",
        by=KGZ, itemId=t.item, provisionId=second, reason="May is late.", wouldBeRemovedBy="April.", language="en",
    )  # fmt: skip
    assert raised["objection"] == {"state": "RAISED", "reason": {"text": "May is late."}}
    given_up = await t.do(
        "withdrawObjection", "objection { state }", by=KGZ, itemId=t.item, provisionId=second, level="ACCEPT"
    )
    assert given_up["objection"] == {"state": "WITHDRAWN"}
    opinion = await t.do(
        "placeOpinionOnRecord", "opinion { seat kind text { text } }",
        by=KAZ, itemId=t.item, text="May means the first of May.", language="en",
    )  # fmt: skip
    assert opinion["opinion"]["text"] == {"text": "May means the first of May."}
    await asyncio.sleep(0.05)
    closing = {"itemId": t.item, "idempotencyKey": "the first call"}
    blocked = await t.do("closeCall", "call { id outcome verdict { passed } } decision { id }", by="chair", **closing)
    assert blocked["call"] == {"id": call["call"]["id"], "outcome": "BLOCKED", "verdict": {"passed": False}}
    assert blocked["decision"] is None
    await t.do("reopenText", by=CHN, itemId=t.item)
    await t.do("stateStances", by=CHN, itemId=t.item, stances=[{"provisionId": first, "level": "RESERVE"}])
    await t.do("cleanText", by="chair", itemId=t.item)
    await t.do("callForConsensus", by="chair", itemId=t.item)
    await asyncio.sleep(0.05)
    adopted = await t.do(
        "closeCall", "call { outcome } decision { number clauses { versions { text } } opinions { seat } }",
        by="chair", itemId=t.item,
    )  # fmt: skip
    assert adopted["call"] == {"outcome": "ADOPTED"}
    assert adopted["decision"]["number"] == 1
    assert adopted["decision"]["clauses"][0]["versions"] == [{"text": "Water is shared: half each."}]
    repeated = await t.do("closeCall", "call { id outcome verdict { passed } } decision { id }", by="chair", **closing)
    assert repeated == blocked, "of the first call nothing came, whatever was decided later"
    added = await t.do(
        "addItem", "item { number title phase }", by="chair",
        item={"titles": [{"language": "en", "text": "Silt"}], "provisions": []},
    )  # fmt: skip
    assert added["item"] == {"number": 3, "title": "Silt", "phase": "LISTED"}
    await t.do("openItem", by="chair", itemId=t.other)
    deferred = await t.do(
        "deferItem", "item { phase deferredReason { text } }", by="chair", itemId=t.other, reason="Too late."
    )
    assert deferred["item"] == {"phase": "DEFERRED", "deferredReason": {"text": "Too late."}}
    await every_mending(t, t.other)
    left = await t.do("dismissPerson", "person session { id }", by="chair", person=t.house.people[GUEST])
    assert left["person"] == t.house.people[GUEST]
    for name, phase, given in (
        ("suspendSession", "SUSPENDED", {"reason": "Tea."}),
        ("resumeSession", "OPEN", {}),
        ("closeSession", "CLOSED", {}),
        ("reopenSession", "OPEN", {"reason": "One more word."}),
        ("closeSession", "CLOSED", {}),
        ("sealSession", "SEALED", {}),
    ):
        done = await t.do(name, "session { phase }", by="chair", **given)
        assert done["session"] == {"phase": phase}
    assert t.house.asked == {name_of(kind) for kind in get_args(Command)}
    refused = await t.tell("openSession", by="chair")
    assert (refused["code"], refused["message"]) == (
        "SESSION_SEALED",
        "The session is sealed; nothing is added to its record any more.",
    )


def name_of(kind: type) -> str:
    return kind.__name__[0].lower() + kind.__name__[1:]


def test_there_is_a_mutation_for_every_command_and_an_action_for_every_mutation():
    definition = get_object_definition(Mutation, strict=True)
    mutations = {field.graphql_name or field.python_name for field in definition.fields}
    beside_the_record = {"revokeToken", "invite", "redeemInvitation", "reissueSeat"}
    assert mutations == {name_of(kind) for kind in get_args(Command)} | beside_the_record
    assert mutations == {name for name, action in ACTIONS.items() if action.kind is Kind.MUTATION}


# ── receipts and repeats ─────────────────────────────────────────────────────────────────────────────────────────────


async def test_the_same_key_and_command_have_the_same_answer(table: Table):
    given: dict[str, Any] = {"itemId": table.item, "text": "Once.", "language": "en", "idempotencyKey": "mine"}
    first = await table.do("postPosition", "position { id }", by=KAZ, **given)
    await table.do("postPosition", by=CHN, itemId=table.item, text="Between.", language="en")
    again = await table.do("postPosition", "position { id }", by=KAZ, **given)
    assert again == first
    seqs = {again["receipt"]["seq"]}
    for other in ({**given, "text": "Twice."}, {**given, "seat": KAZ}):
        refused = await table.tell("postPosition", by=KAZ, **other)
        assert (refused["__typename"], refused["code"]) == ("Refused", "IDEMPOTENCY_CONFLICT")
        assert refused["path"] == ["idempotencyKey"]
    hers = await table.do("postPosition", by=CHN, **given)
    assert hers["receipt"]["seq"] not in seqs, "a key belongs to a person"


async def test_a_key_must_be_something_that_can_be_kept(table: Table):
    for key, code in (("", "TEXT_EMPTY"), ("k" * 201, "TEXT_TOO_LONG"), ("a\0b", "CHARACTER_FORBIDDEN")):
        refused = await table.tell("openItem", by="chair", itemId=table.other, idempotencyKey=key)
        assert (refused["code"], refused["path"]) == (code, ["idempotencyKey"])
        assert key or refused["message"].startswith("`idempotencyKey` is empty")


async def test_who_looked_at_something_older_is_told_what_stands_now(table: Table):
    seen = (await table.do("openItem", by="chair", itemId=table.other))["receipt"]["seq"]
    posted = await table.do("postPosition", by=KAZ, itemId=table.item, text="Meanwhile.", language="en")
    late = await table.tell("requestDraft", by="chair", itemId=table.item, expectedSeq=seen)
    assert late["__typename"] == "Conflict"
    assert (late["code"], late["currentSeq"], late["currentRevision"]) == (
        "SESSION_MOVED_ON",
        posted["receipt"]["seq"],
        None,
    )
    await table.do("requestDraft", by="chair", itemId=table.item, expectedSeq=posted["receipt"]["seq"])
    stale = await table.tell(
        "proposeAlternative", by=CHN, provisionId=table.provisions[0], text="Else.", language="en", ifRevision=7
    )
    assert (stale["__typename"], stale["code"], stale["currentRevision"]) == ("Conflict", "REVISION_STALE", 1)
    assert stale["path"] == ["ifRevision"]


async def test_a_payload_is_read_only_where_it_is_asked_for(table: Table):
    answer = await table.do("postPosition", by=KAZ, itemId=table.item, text="Short.", language="en")
    assert set(answer) == {"__typename", "receipt"}


# ── refusals ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_refusal_names_the_member_of_the_input_and_the_rule(table: Table):
    refused = await table.tell(
        "stateStances",
        by=KAZ,
        itemId=table.item,
        stances=[
            {"provisionId": table.provisions[0], "level": "ACCEPT"},
            {"provisionId": table.provisions[1], "level": "OBJECT", "reason": "No."},
        ],
    )
    assert refused == {
        "__typename": "Refused",
        "code": "STANCE_REASON_MISSING",
        "message": "OBJECT needs its reason and the change that would remove it; `wouldBeRemovedBy` is missing.",
        "rule": "procedure 4.2",
        "path": ["stances", "1", "wouldBeRemovedBy"],
    }
    unknown = await table.tell(
        "stateStances", by=KAZ, itemId=table.item, stances=[{"provisionId": NOBODY, "level": "ACCEPT"}]
    )
    assert (unknown["code"], unknown["path"]) == ("UNKNOWN_REFERENCE", ["stances", "0", "provisionId"])


async def test_a_refused_command_leaves_no_trace(table: Table):
    head = "query($id: ID!) { session(id: $id) { head { seq treeRoot } } }"
    before = await table.house.ask(head, {"id": table.session}, by=KAZ)
    await table.tell("closeCall", by="chair", itemId=table.item)
    assert await table.house.ask(head, {"id": table.session}, by=KAZ) == before


async def test_the_chair_enters_for_a_seat_and_is_named(table: Table):
    refused = await table.tell("postPosition", by="chair", itemId=table.item, text="Whose?", language="en")
    assert refused["code"] == "SEAT_AMBIGUOUS"
    said = {"itemId": table.item, "text": "On paper.", "language": "en"}
    before = (await table.do("openItem", by="chair", itemId=table.other))["receipt"]["at"]
    elsewhere = datetime.fromisoformat(before).astimezone(timezone(timedelta(hours=2))).isoformat()
    for claimed in ("2026-05-04T11:30:00+02:00", "2999-01-01T00:00:00Z"):
        refused = await table.tell("postPosition", by="chair", seat=KGZ, occurredAt=claimed, **said)
        assert (refused["code"], refused["path"]) == ("OCCURRED_AT_OUT_OF_RANGE", ["occurredAt"])
    refused = await table.tell("postPosition", by=KGZ, occurredAt=elsewhere, **said)
    assert (refused["code"], refused["path"]) == ("OCCURRED_AT_NOT_CLAIMED", ["occurredAt"])
    fields = "position { seat enteredBy { role } }"
    entered = await table.do("postPosition", fields, by="chair", seat=KGZ, occurredAt=elsewhere, **said)
    assert entered["position"] == {"seat": KGZ, "enteredBy": {"role": "CHAIR"}}
    found = await table.house.ask(
        "query($id: ID!, $after: Seq!) { session(id: $id) { record(after: $after, first: 1)"
        " { ... on Event { seat occurredAt actor { role } enteredBy { role } } } } }",
        {"id": table.session, "after": entered["receipt"]["firstSeq"] - 1},
        by=KGZ,
    )
    assert found["data"]["session"]["record"] == [
        {
            "seat": KGZ,
            "occurredAt": before,
            "actor": {"role": "DELEGATE"},
            "enteredBy": {"role": "CHAIR"},
        }
    ]


def test_every_command_of_a_seat_may_be_entered_for_it_with_the_time_that_is_claimed():
    rules = rule_set("sco-consensus/1").commands
    definition = get_object_definition(Mutation, strict=True)
    for field in definition.fields:
        name = field.graphql_name or field.python_name
        row = rules.get(name[0].upper() + name[1:])
        (given,) = field.arguments
        names = {one.python_name for one in get_object_definition(given.type, strict=True).fields}
        assert ({"seat", "occurred_at"} <= names) == bool(row and row.seat), name


async def test_whose_device_does_not_answer_is_listed_when_a_call_is_closed(
    table: Table, monkeypatch: pytest.MonkeyPatch
):
    class Presence:
        async def connected(self, _session: str) -> frozenset[SeatCode]:
            return frozenset((KAZ, GUEST))

    t = table
    await t.do("circulateText", by="chair", itemId=t.item)
    for name in ("cleanText", "callForConsensus"):
        await asyncio.sleep(0.05)
        await t.do(name, by="chair", itemId=t.item)
    await t.do("noteDeparture", by="chair", seats=[CHN])
    await asyncio.sleep(0.05)
    services = t.house.services | {"presence": Presence()}
    monkeypatch.setattr(House, "services", services)
    fields = "call { outcome absent unreachable }"
    closed = await t.do("closeCall", fields, by="chair", itemId=t.item, idempotencyKey="once")
    assert closed["call"] == {"outcome": "ADOPTED", "absent": [CHN], "unreachable": [KGZ]}
    del services["presence"]
    assert await t.do("closeCall", fields, by="chair", itemId=t.item, idempotencyKey="once") == closed


async def test_who_enters_interests_for_a_seat_does_not_read_them(table: Table):
    given = {"itemId": table.item, "seat": KGZ, "text": "Said.", "language": "en", "interests": "Not said."}
    secretary = await table.do("postPosition", "position { interests { text } }", by="secretary", **given)
    assert secretary["position"]["interests"] is None
    chair = await table.do("postPosition", "position { interests { text } }", by="chair", **given)
    assert chair["position"]["interests"] == {"text": "Not said."}


# ── making a session ─────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_session_is_made_from_one_scenario(home: House):
    definition = {
        "titles": [{"language": "en", "text": "Silt"}],
        "delegations": [{"code": "KAZ", "names": [{"language": "en", "text": "Kazakhstan"}]}],
        "items": [{"titles": [{"language": "en", "text": "Dredging"}]}],
    }
    made = await home.do("scheduleSession", "session { title agenda { title } }", by="organiser", definition=definition)
    assert made["session"] == {"title": "Silt", "agenda": [{"title": "Dredging"}]}
    for given in ({}, {"scenario": "reservoirs", "definition": definition}):
        refused = await home.tell("scheduleSession", by="organiser", **given)
        assert (refused["code"], refused["path"]) == ("SCENARIO_INVALID", None)
    unknown = await home.tell("scheduleSession", by="organiser", scenario="rivers")
    assert unknown["message"] == (
        'There is no scenario "rivers"; there are sco-sustainable-security and small-council.'
        " Name one of them, or give a definition."
    )
    definition["delegations"].append(definition["delegations"][0])
    twice = await home.tell("scheduleSession", by="organiser", definition=definition)
    assert (twice["code"], twice["path"]) == ("DUPLICATE_ENTRY", ["definition", "delegations", "1", "code"])


TWICE = [{"language": "ru", "text": "Ил"}, {"language": "RU", "text": "Ил и песок"}]


@pytest.mark.parametrize(
    ("place", "path"),
    [
        ({"titles": TWICE}, "titles"),
        ({"items": [{"titles": TWICE}]}, "items/0/titles"),
        ({"items": [{"titles": TWICE[:1], "provisions": [{"versions": TWICE}]}]}, "items/0/provisions/0/versions"),
        ({"delegations": [{"code": "KAZ", "names": TWICE}]}, "delegations/0/names"),
    ],
)
async def test_one_thing_has_one_title_in_a_language(home: House, place: dict[str, Any], path: str):
    """However the tag is spelt."""
    definition = {"titles": TWICE[:1], "delegations": [{"code": "KAZ"}], "items": []} | place
    refused = await home.tell("scheduleSession", by="organiser", definition=definition)
    assert (refused["code"], refused["path"]) == ("DUPLICATE_ENTRY", ["definition", *path.split("/")])


async def test_an_item_that_is_added_has_one_title_in_a_language(table: Table):
    refused = await table.tell("addItem", by="chair", item={"titles": TWICE})
    assert (refused["code"], refused["path"]) == ("DUPLICATE_ENTRY", ["item", "titles"])


async def test_a_repeated_schedule_makes_no_second_session(home: House):
    first = await home.do(
        "scheduleSession", "session { id }", by="organiser", scenario="reservoirs", idempotencyKey="only one"
    )
    again = await home.do(
        "scheduleSession", "session { id }", by="organiser", scenario="reservoirs", idempotencyKey="only one"
    )
    assert again == first
