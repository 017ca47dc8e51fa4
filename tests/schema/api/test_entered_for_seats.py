"""What others do in the place of a seat: the chair who enters for it, and the devices that do not answer."""

import asyncio
from datetime import datetime, timedelta, timezone

import pytest
from strawberry.types.base import get_object_definition

from polylogue.rules.shelf import rule_set
from polylogue.vocabulary import SeatCode
from schema.api.mutations import Mutation
from tests.schema.api.house import GUEST, SEATS, House, Table

CHN, KAZ, KGZ = SEATS


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
