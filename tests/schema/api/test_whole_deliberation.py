"""One history through the API that gives every command, from homework to the sealed record."""

import asyncio
from typing import Any, get_args

import pytest
from strawberry.types.base import get_object_definition

from ledger.occasion import fresh_id
from polylogue.commands import Command
from polylogue.vocabulary import PersonId, Role
from schema.api.actions import ACTIONS, Kind
from schema.api.mutations import Mutation
from server.access import issue
from tests.schema.api.brackets import every_act
from tests.schema.api.house import GUEST, SEATS, Table
from tests.schema.api.mended import every_mending

CHN, KAZ, KGZ = SEATS


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
