"""Rounds of candidates as they are read: all that it takes to check them, and what is for one seat for nobody else."""

import json
from typing import Any

import pytest
import sqlalchemy as sa

from polylogue.vocabulary import ClauseForm, SessionId
from tests.schema.api.contested import PROSE, contested
from tests.schema.api.house import GUEST, SEATS, House, Table
from workers.drafting import Drafting
from workers.folded import Sessions

CHN, KAZ, KGZ = SEATS
ROUND = """
query($id: ID!) { session(id: $id) { agenda {
  draft { id }
  draftRequests { id state candidates writer }
  rounds { number winner }
  round {
    number draft request seq basis members winner stop taken takenSeq
    choice { preferred groups order winner ties { order steps } }
    rankings { seat seq groups }
    candidates {
      id number place statusQuo present objections expectedObjections lowest mean words explanation { text erased }
      clauses {
        provision revision form alternative seats brackets inputErased objected expectedObjections
        versions { language text erased }
        sources { kind seat alternative seq erased }
        predictions { seat level figure basis nearest }
        answers { seat level importance reason { text } wouldBeRemovedBy { text } }
      }
    }
  }
} } }
"""


async def held(t: Table, **given: Any) -> dict[str, Any]:
    """A round, made by the worker; its item as the chair reads it."""
    asked = await t.do("requestDraft", "draftRequest { id }", by="chair", itemId=t.item, **given)
    database = t.house.database
    drafting = Drafting(database, Sessions(database), t.house.ledger)
    await drafting.run(f"{t.session}/{asked['draftRequest']['id']}")
    return await item(t, "chair")


async def item(t: Table, by: str) -> dict[str, Any]:
    response = await t.house.ask(ROUND, {"id": t.session}, by=by)
    assert "errors" not in response, response
    return response["data"]["session"]["agenda"][0]


def clauses(told: dict[str, Any]) -> list[dict[str, Any]]:
    return [clause for candidate in told["round"]["candidates"] for clause in candidate["clauses"]]


async def test_a_round_says_all_that_is_needed_to_check_it(home: House):
    t = await contested(home)
    told = await held(t)
    found = told["round"]
    assert (found["number"], found["draft"], found["members"]) == (1, told["draft"]["id"], list(SEATS))
    assert told["draftRequests"] == [{"id": found["request"], "state": "TABLED", "candidates": 16, "writer": "RULES"}]
    listed = found["candidates"]
    assert [candidate["place"] for candidate in listed] == list(range(1, len(listed) + 1))
    assert [candidate["number"] for candidate in listed] == found["choice"]["order"]
    assert found["winner"] == found["choice"]["winner"] == listed[0]["id"]
    assert all(candidate["explanation"]["text"] for candidate in listed)
    (nothing,) = [candidate for candidate in listed if candidate["statusQuo"]]
    assert {clause["form"] for clause in nothing["clauses"]} == {"OMITTED"}
    (present,) = [candidate for candidate in listed if candidate["present"]]
    assert [clause["versions"][0]["text"] for clause in present["clauses"]] == ["Water is shared.", "In May."]
    assert present["clauses"][0]["objected"] == [KAZ]
    assert present["objections"] == 1
    for candidate in listed:
        assert len(candidate["clauses"]) == len(t.provisions)
        assert sum(clause["expectedObjections"] for clause in candidate["clauses"]) == candidate["expectedObjections"]
    said = {clause["versions"][0]["text"] for clause in clauses(told) if clause["versions"]}
    assert {"Water is shared in May.", "Water is shared in June."} <= said
    (concession,) = {json.dumps(each) for each in clauses(told) if each["form"] == ClauseForm.CONCESSION}
    (source,) = json.loads(concession)["sources"]
    assert (source["kind"], source["seat"], source["erased"]) == ("CONDITION", KAZ, False)


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("chair", set(SEATS)),
        ("facilitator", set(SEATS)),
        (CHN, {CHN}),
        (KAZ, {KAZ}),
        ("secretary", set[str]()),
        (GUEST, set[str]()),
        ("onlooker", set[str]()),
    ],
)
async def test_what_is_expected_of_a_seat_is_for_it_and_those_who_mediate(home: House, who: str, sees: set[str]):
    t = await contested(home)
    await home.admit(t.session, "onlooker", "PUBLIC", by="chair")
    await held(t)
    told = await item(t, who)
    assert {p["seat"] for clause in clauses(told) for p in clause["predictions"]} == sees
    record = "query($id: ID!) { session(id: $id) { record(kinds: [STANCES_PREDICTED]) { __typename } } }"
    response = await home.ask(record.replace("STANCES_PREDICTED", "StancesPredicted"), {"id": t.session}, by=who)
    entries = [entry["__typename"] for entry in response["data"]["session"]["record"]]
    assert entries == ["Event" if seat in sees else "Withheld" for seat in SEATS]


async def test_rankings_and_answers_are_read_by_all(home: House):
    t = await contested(home)
    told = await held(t)
    (concession,) = {
        (candidate["id"], clause["provision"])
        for candidate in told["round"]["candidates"]
        for clause in candidate["clauses"]
        if clause["form"] == "CONCESSION" and all(c["form"] != "OMITTED" for c in candidate["clauses"])
    }
    candidate, clause = concession
    against = {"provisionId": clause, "level": "OBJECT", "reason": "Late.", "wouldBeRemovedBy": "Earlier."}
    await t.do("answerCandidate", by=KGZ, candidateId=candidate, answers=[against])
    await t.do("rankCandidates", by=KAZ, itemId=t.item, ranking=[[candidate]])
    told = await item(t, GUEST)
    (ranking,) = told["round"]["rankings"]
    assert (ranking["seat"], ranking["groups"]) == (KAZ, [[candidate]])
    (answer,) = {json.dumps(answer) for clause in clauses(told) for answer in clause["answers"]}
    assert json.loads(answer) == {
        "seat": KGZ,
        "level": "OBJECT",
        "importance": 2,
        "reason": {"text": "Late."},
        "wouldBeRemovedBy": {"text": "Earlier."},
    }
    refused = await t.tell("takeCandidate", by="chair", candidateId=candidate)
    assert refused["code"] == "BRACKET_OBJECTED"
    await t.do("answerCandidate", by=KGZ, candidateId=candidate, answers=[{"provisionId": clause, "level": "ACCEPT"}])
    taken = await t.do(
        "takeCandidate",
        "round { taken } item { text { provisions { revision versions { text } stances { seat level } } } }",
        by="chair",
        candidateId=candidate,
    )
    assert taken["round"] == {"taken": candidate}
    first = taken["item"]["text"]["provisions"][0]
    assert (first["revision"], first["versions"][0]["text"]) == (2, "Water is shared in June.")
    assert {"seat": KGZ, "level": "ACCEPT"} in first["stances"]


async def test_an_erased_wording_shows_as_erased_and_what_was_made_of_it_says_so(home: House):
    t = await contested(home)
    await held(t)

    def erase(connection: sa.Connection) -> None:
        of = (PROSE.c.session == SessionId(t.session), PROSE.c.pointer == "/stances/0/wouldBeRemovedBy")
        connection.execute(sa.delete(PROSE).where(*of))

    await home.database.transact(erase)
    told = await item(t, "chair")
    made = [clause for clause in clauses(told) if clause["form"] == "CONCESSION"]
    assert made
    assert all(clause["inputErased"] and clause["sources"][0]["erased"] for clause in made)
    assert not any(clause["inputErased"] for clause in clauses(told) if clause["form"] == "PRESENT")
    seq = told["round"]["seq"]
    await home.database.transact(
        lambda c: c.execute(sa.delete(PROSE).where(PROSE.c.session == t.session, PROSE.c.seq == seq))
    )
    told = await item(t, "chair")
    assert all(candidate["explanation"]["erased"] for candidate in told["round"]["candidates"])
    made = [clause for clause in clauses(told) if clause["form"] == "CONCESSION"]
    assert all(version == {"language": "en", "text": None, "erased": True} for c in made for version in c["versions"])


async def test_each_round_stays_as_it_was(home: House):
    t = await contested(home)
    first = (await held(t))["round"]
    await t.do("stateStances", by=KGZ, itemId=t.item, stances=[{"provisionId": t.provisions[0], "level": "ACCEPT"}])
    told = await held(t, candidates=4)
    assert [each["number"] for each in told["rounds"]] == [1, 2]
    assert told["rounds"][0]["winner"] == first["winner"]
    assert len(told["round"]["candidates"]) == 4
    refused = await t.tell("rankCandidates", by=KAZ, itemId=t.item, ranking=[[first["winner"]]])
    assert refused["code"] == "CANDIDATE_PAST"
    assert refused["message"] == "Another round has followed; name a candidate of round 2."
