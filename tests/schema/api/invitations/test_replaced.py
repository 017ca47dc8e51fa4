"""Join cards that were lost are replaced: who is out by it, and who is not."""

from typing import Any

import pytest

from schema.api.errors import AuthenticationError
from tests.schema.api.house import SEATS, Table
from tests.schema.api.invitations.cards import ME, code, come_in, entries, head, me, redeem

CHN, KAZ, KGZ = SEATS


async def test_a_lost_phone_is_out_and_its_seat_comes_in_anew(table: Table):
    spare = await code(table, seats=[KAZ, CHN])
    given = await code(table, seats=[KAZ])
    lost = await come_in(table.house, given, "Ann")
    before = await head(table)
    lost_kaz = table.house.people[KAZ]
    answer = await table.tell("reissueSeat", by="chair", seats=[KAZ], reason="Left in a taxi.", idempotencyKey="lost")
    assert (answer["card"]["role"], answer["card"]["seats"]) == ("DELEGATE", [KAZ])
    for who in ("Ann", KAZ):
        with pytest.raises(AuthenticationError):
            await me(table.house, who)
    assert await me(table.house, CHN), "another seat goes on"
    said = await entries(table, before)
    assert {entry["kind"] for entry in said} == {"PersonDismissed"}
    assert {entry["detail"]["person"] for entry in said} == {lost["person"], lost_kaz}
    for dead in (given, spare):
        assert (await redeem(table.house, dead, name="Finder"))["code"] == "CODE_REVOKED"
    back = await come_in(table.house, answer["card"]["code"], "Ann again")
    assert back["person"] not in (lost["person"], lost_kaz)
    again = await table.tell("reissueSeat", by="chair", seats=[KAZ], reason="Left in a taxi.", idempotencyKey="lost")
    assert again["card"]["code"] != answer["card"]["code"]
    assert (await me(table.house, "Ann again"))[0]["seats"] == [KAZ], "who came in since stays"


async def test_who_hands_out_cards_sees_what_has_become_of_them(table: Table):
    used, _ = await code(table, seats=[KAZ]), await code(table, seats=[CHN, KGZ])
    shared = await code(table, role="PUBLIC", reusable=True)
    for given, name in ((used, "Ann"), (shared, "Bob"), (shared, "Cleo")):
        await come_in(table.house, given, name)
    await table.tell("reissueSeat", by="chair", seats=[CHN], reason="Left in a taxi.")
    asked = "query($s: ID!) { joinCards(sessionId: $s) { role seats reusable people ended reason } }"
    answer = await table.house.ask(asked, {"s": table.session}, by="chair")
    assert "errors" not in answer, answer
    found = answer["data"]["joinCards"]
    assert [tuple(card.values()) for card in found] == [
        ("DELEGATE", [KAZ], False, 1, "CODE_USED", None),
        ("DELEGATE", [CHN, KGZ], False, 0, "CODE_REVOKED", None),
        ("PUBLIC", [], True, 2, None, None),
        ("DELEGATE", [CHN], False, 0, None, "Left in a taxi."),
    ]
    assert (await table.house.ask(asked, {"s": table.session}, by="Ann"))["data"] == {"joinCards": None}


async def test_who_comes_in_by_a_card_while_it_is_replaced_stays_outside(table: Table, monkeypatch: pytest.MonkeyPatch):
    """The token is given out only after the chair has looked which tokens there are to end."""
    given, admit, tokens = await code(table, seats=[KAZ]), table.house.access.admit, list[str]()

    async def replaced_first(*args: Any, **more: Any) -> str:
        monkeypatch.undo()
        await table.tell("reissueSeat", by="chair", seats=[KAZ])
        tokens.append(await admit(*args, **more))
        return tokens[0]

    monkeypatch.setattr(table.house.access, "admit", replaced_first)
    assert (await redeem(table.house, given, name="Finder"))["code"] == "CODE_REVOKED"
    table.house.tokens["Finder"] = tokens[0]
    with pytest.raises(AuthenticationError):
        await me(table.house, "Finder")


async def test_replacing_ends_nobody_who_is_not_concerned(table: Table):
    """Not who asks, nor the organiser, nor others of the same role who came in another way."""
    organiser = (await table.house.ask(ME, by="organiser"))["data"]["me"]["person"]
    await table.do("admitPerson", by="chair", person=organiser, role="DELEGATE", seats=[KAZ])
    await table.do("admitPerson", by="chair", person=table.house.people["chair"], role="DELEGATE", seats=[KAZ])
    await table.tell("reissueSeat", by="chair", seats=[KAZ])
    assert (await me(table.house, "organiser"))[0]["seats"] == [KAZ]
    assert (await me(table.house, "chair"))[0]["seats"] == [KAZ]
    given = await code(table, role="FACILITATOR")
    await come_in(table.house, given, "Ann")
    await table.tell("reissueSeat", by="chair", role="FACILITATOR")
    with pytest.raises(AuthenticationError):
        await me(table.house, "Ann")
    assert await me(table.house, "facilitator"), "who was admitted without a card keeps the token"
    refused = await table.tell("reissueSeat", by="chair", role="CHAIR")
    assert (refused["code"], refused["path"]) == ("NOT_PERMITTED", ["role"])
    assert (await table.tell("reissueSeat", by="chair"))["code"] == "LIST_EMPTY"
