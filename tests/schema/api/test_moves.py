"""What a viewer is told that they may do: what their mutations would be answered, in their eyes and of this moment."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from ledger.database import open_database
from ledger.ledger import By, Ledger
from polylogue import commands as c
from polylogue.refusals import RefusalCode
from polylogue.vocabulary import PersonId, Role
from schema.api.context import Principal, Standpoint
from server.context import make_context
from tests.schema.api.house import GUEST, SEATS, House, Table, house, on_sqlite
from tests.schema.api.seen import SCHEMA

MOVES = """query ($id: ID!, $seat: SeatCode) { session(id: $id) { availableMoves(seat: $seat) { mutation input allowed
    refusal { code message rule } targets { itemId provisionId alternativeId amendmentId callId withdraw label allowed
    refusal { code message } } } } }"""


async def told(table: Table, by: str | None, seat: str | None = None) -> dict[str, Any]:
    response = await table.house.ask(MOVES, {"id": table.session, "seat": seat}, by=by)
    assert "errors" not in response, response
    return {move["mutation"]: move for move in response["data"]["session"]["availableMoves"]}


@pytest.fixture
async def table(tmp_path: Path) -> AsyncIterator[Table]:
    async with house(on_sqlite(tmp_path)) as home:
        yield await home.open()


async def test_a_sitting_is_told_move_by_move(table: Table):
    """From the open item to the call, in the eyes of chair, delegate and guest; each answer is that of the moment."""
    chair, kaz = await told(table, "chair"), await told(table, "KAZ")
    assert chair["circulateText"]["allowed"]
    assert not chair["cleanText"]["allowed"]
    assert chair["cleanText"]["refusal"]["code"] == "TEXT_STATE"
    assert chair["cleanText"]["refusal"]["rule"] == "procedure 5.10"
    assert {move["input"] for move in chair.values()} <= set(SCHEMA._schema.type_map)
    assert "circulateText" not in kaz
    labels = [target["label"] for target in kaz["stateStances"]["targets"] if target["allowed"]]
    assert labels == ["1.1 Water is shared.", "1.2 In May.", "2.1 Water is shared.", "2.2 In May."]

    await table.do("circulateText", by="chair", itemId=table.item)
    assert not (await told(table, "chair"))["circulateText"]["allowed"]
    proposed = await table.do(
        "proposeAlternative", "alternative { id }", by="KAZ", provisionId=table.provisions[0], text="Water is ours."
    )
    await table.do("stateStances", by="KGZ", itemId=table.item, stances=[objection(table.provisions[0])])
    closing = [t for t in (await told(table, "chair"))["closeBracket"]["targets"] if t["provisionId"]]
    assert [(t["alternativeId"], t["label"], t["allowed"]) for t in closing] == [
        (None, "1.1 Water is shared.", False),
        (proposed["alternative"]["id"], "1.1 KAZ: Water is ours.", True),
        (None, "1.2 In May.", False),
    ]
    assert closing[0]["refusal"]["code"] == "BRACKET_OBJECTED"
    assert (await told(table, GUEST))["proposeAlternative"]["refusal"]["code"] == "NOT_A_MEMBER"

    await table.do(
        "closeBracket", by="chair", provisionId=table.provisions[0], alternativeId=closing[1]["alternativeId"]
    )
    await table.do("cleanText", by="chair", itemId=table.item)
    await table.do("callForConsensus", by="chair", itemId=table.item)
    ends = (await told(table, "chair"))["closeCall"]["targets"]
    assert [(end["withdraw"], bool(end["callId"]), end["allowed"]) for end in ends] == [
        (False, True, False),
        (True, True, True),
    ]
    assert ends[0]["refusal"]["code"] == "ANSWERS_MISSING"
    assert (await told(table, "KAZ"))["raiseObjection"]["allowed"]


def objection(provision: str) -> dict[str, Any]:
    return {"provisionId": provision, "level": "OBJECT", "reason": "Too dear.", "wouldBeRemovedBy": "A fund."}


async def test_who_only_looks_on_has_no_moves_and_who_is_nobody_sees_nothing(table: Table):
    assert await told(table, "facilitator") == {}
    assert await told(table, "facilitator", "KAZ") == {}
    response = await table.house.ask(MOVES, {"id": table.session}, by=None)
    assert response["data"]["session"] is None
    assert {name for name, move in (await told(table, "organiser")).items() if move["allowed"]} == {
        "admitPerson", "dismissPerson",
    }  # fmt: skip


async def test_a_seat_is_entered_for_by_the_desk_and_by_nobody_else(table: Table):
    entered = await told(table, "secretary", "KAZ")
    assert {name for name, move in entered.items() if move["allowed"]} == {
        name for name, move in (await told(table, "KAZ")).items() if move["allowed"]
    }
    assert {move["refusal"]["code"] for move in (await told(table, "KGZ", "KAZ")).values()} == {"SEAT_NOT_HELD"}


async def test_the_past_has_no_moves_and_a_page_has_those_of_its_standpoint(table: Table):
    asked = f'{{ session(id: "{table.session}", asOf: {{ seq: 3 }}) {{ availableMoves {{ mutation }} }} }}'
    home = table.house
    assert "errors" in await home.ask(asked, by="chair")  # this house keeps no past
    context: Any = {"standpoints": {table.session: Standpoint(frozenset((Role.DELEGATE,)), frozenset((SEATS[1],)))}}
    shown = await as_page(home, table, context["standpoints"])
    assert shown == [name for name, move in (await told(table, "KAZ")).items() if move["allowed"]]


async def as_page(home: House, table: Table, standpoints: Any) -> list[str]:
    context = make_context(Principal(), home.ledger, home.services)
    context.standpoints |= standpoints
    result: Any = await SCHEMA.execute(MOVES, {"id": table.session}, context_value=context)
    return [move["mutation"] for move in result.data["session"]["availableMoves"] if move["allowed"]]


async def test_an_operation_asks_in_few_sessions(table: Table):
    aliases = " ".join(f'a{n}: session(id: "{table.session}") {{ availableMoves {{ mutation }} }}' for n in range(11))
    (error,) = (await table.house.ask(f"{{ {aliases} }}", by="chair"))["errors"]
    assert error["extensions"]["code"] == "VARIABLES_INVALID"


async def test_what_another_process_has_written_is_known_at_once(table: Table, tmp_path: Path):
    """Two ledgers on one database: neither tells the other anything, and each asks the record."""
    assert (await told(table, "chair"))["suspendSession"]["allowed"]
    elsewhere = Ledger(database := open_database(on_sqlite(tmp_path)))
    await elsewhere.submit(
        c.SuspendSession(), by=By(PersonId(table.house.people["chair"])), key="elsewhere", session=table.session
    )
    told_now = await asyncio.gather(*(told(table, "chair") for _ in range(4)))
    assert [moves["suspendSession"]["refusal"]["code"] for moves in told_now] == [RefusalCode.SESSION_PHASE] * 4
    await elsewhere.close()
    await database.close()
