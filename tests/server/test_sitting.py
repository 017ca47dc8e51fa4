"""One sitting from opening to adopted text, over HTTP as a client would play it."""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.server.windows import call, close
from tests.serving import Server, serving


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("sitting")) as found:
        yield found


ITEM = """query($id: ID!) { session(id: $id) { phase head { seq treeRoot } quorum { present needed met }
  agenda { id phase text { state provisions { id revision state alternatives { id label } versions { text } } }
    call { objectionsUntil unanswered objections { seat state } }
    decision { number clauses { number versions { text } } }
    convergence { basis headline { stated objections meanCloseness } } } } }"""


def test_from_opening_to_adopted_text(server: Server) -> None:
    made = server.give("scheduleSession", scenario="small-council", fields="session { id delegations { code } }")
    assert made["__typename"] == "ScheduleSessionPayload", made
    session, seats = made["session"]["id"], [d["code"] for d in made["session"]["delegations"]]

    def admit(role: str, *held: str) -> str:
        admitted = server.give(
            "admitPerson", sessionId=session, role=role, seats=list(held), name=f"{role} {held}", fields="token"
        )
        return admitted["token"]

    chair = admit("CHAIR")
    tokens = {seat: admit("DELEGATE", seat) for seat in seats}

    def do(mutation: str, token: str, **input: Any) -> dict[str, Any]:
        done = server.give(mutation, token, sessionId=session, **input)
        assert done["__typename"].endswith("Payload"), done
        return done

    def item() -> dict[str, Any]:
        return server.ask(ITEM, chair, id=session)["session"]["agenda"][0]

    do("openSession", chair)
    do("recordRollCall", chair, present=seats)
    do("openItem", chair, itemId=item()["id"])
    id, provision = item()["id"], item()["text"]["provisions"][0]["id"]
    first, *others = seats
    objection = {
        "provisionId": provision,
        "level": "OBJECT",
        "reason": "It binds.",
        "wouldBeRemovedBy": "Say should.",
    }
    do("postPosition", tokens[first], itemId=id, text="We can go far.", language="en", stances=[objection])
    for seat in others:
        do("stateStances", tokens[seat], itemId=id, forRest="SUPPORT")
    do("circulateText", chair, itemId=id)
    do("cleanText", chair, itemId=id)
    call(do, chair, id)
    assert item()["call"]["unanswered"] == [first]
    refused = server.give("closeCall", chair, sessionId=session, itemId=id)
    assert refused["code"] in ("WINDOW_OPEN", "ANSWERS_MISSING"), refused
    do("maintainObjection", tokens[first], itemId=id, provisionId=provision)
    close(server, session, chair, id)
    assert item()["text"]["state"] == "BLOCKED"
    do("proposeAmendment", tokens[first], provisionId=provision, revision=1, text="All should.", language="en")
    amendment = server.ask(
        "query($id: ID!) { session(id: $id) { agenda { text { provisions { amendments { id } } } } } }", id=session
    )["session"]["agenda"][0]["text"]["provisions"][0]["amendments"][0]["id"]
    do("acceptAmendment", chair, amendmentId=amendment)
    do("cleanText", chair, itemId=id)
    call(do, chair, id)
    do("withdrawObjection", tokens[first], itemId=id, provisionId=provision)
    do("placeOpinionOnRecord", tokens[first], itemId=id, text="We read it as a wish.", language="en")
    close(server, session, chair, id)
    decided = item()
    assert decided["phase"] == "CONCLUDED"
    assert decided["decision"]["clauses"][0]["versions"][0]["text"] == "All should."
    deadline = time.monotonic() + 30
    while (report := item()["convergence"]) is None or report["headline"]["objections"]:
        assert time.monotonic() < deadline, report
        time.sleep(0.1)
