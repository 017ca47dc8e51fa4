"""Who comes in by a join card, as whom, how often, and until when."""

import asyncio

import pytest

from schema.api.errors import AuthenticationError
from tests.schema.api.house import SEATS, Table
from tests.schema.api.invitations.cards import ME, code, come_in, entries, head, look, me, redeem

CHN, KAZ, KGZ = SEATS


async def test_from_a_card_to_a_stance(table: Table):
    given = await code(table, seats=[KAZ])
    answer = await come_in(table.house, given.lower().replace("-", " "), "Ann")
    assert (answer["role"], answer["seats"], answer["session"]["id"]) == ("DELEGATE", [KAZ], table.session)
    assert answer["session"]["standpoint"] == {"roles": ["DELEGATE"], "seats": [KAZ]}
    assert await me(table.house, "Ann") == [{"roles": ["DELEGATE"], "seats": [KAZ], "session": {"id": table.session}}]
    stance = {"provisionId": table.provisions[0], "level": "ACCEPT"}
    assert await table.do("stateStances", by="Ann", itemId=table.item, stances=[stance])


async def test_the_record_says_that_a_pseudonym_was_admitted_by_who_gave_the_card(table: Table):
    answer = await come_in(table.house, await code(table, seats=[KAZ]), "Ann")
    assert await entries(table, answer["receipt"]["firstSeq"] - 1) == [
        {
            "kind": "PersonAdmitted",
            "actor": {"person": table.house.people["chair"], "role": "CHAIR"},
            "detail": {"person": answer["person"], "roles": ["DELEGATE"], "seats": [KAZ]},
        }
    ]


async def test_the_second_phone_on_a_card_for_one_is_told_whom_to_ask(table: Table):
    given = await code(table, seats=[KAZ])
    await come_in(table.house, given, "Ann")
    before = await head(table)
    second = await redeem(table.house, given, name="Bob")
    assert (second["code"], second["path"], second["rule"]) == ("CODE_USED", ["code"], "procedure 1.2")
    assert second["message"] == "Somebody has come in by this card already; ask the chair for a new one."
    assert (await look(table.house, given))["reason"]["code"] == "CODE_USED"
    assert (await look(table.house, given, "Ann"))["usable"], "it is hers"
    assert await head(table) == before


async def test_of_many_phones_at_once_one_comes_in_by_a_card_for_one(table: Table):
    given = await code(table, seats=[KAZ])
    before = await head(table)
    answers = await asyncio.gather(*(redeem(table.house, given, name=f"Phone {i}") for i in range(8)))
    assert sorted(answer.get("code", "in") for answer in answers) == ["CODE_USED"] * 7 + ["in"]
    assert await head(table) == before + 1


async def test_a_double_tap_is_one_person_with_one_good_token(table: Table):
    given = await code(table, seats=[KAZ])
    taps = await asyncio.gather(*(redeem(table.house, given, name="Ann", idempotencyKey="tap") for _ in range(3)))
    assert len({tap["person"] for tap in taps}) == len({tap["receipt"]["seq"] for tap in taps}) == 1
    good = 0
    for tap in taps:
        table.house.tokens["tap"] = tap["token"]
        try:
            good += (await me(table.house, "tap"))[0]["seats"] == [KAZ]
        except AuthenticationError:
            continue
    assert good == 1
    again = await redeem(table.house, given, name="Ann", idempotencyKey="tap")
    assert again["person"] == taps[0]["person"]
    with pytest.raises(AuthenticationError):
        await me(table.house, "tap")
    other = await redeem(table.house, given, name="Bob", idempotencyKey="tap")
    assert (other["code"], other["path"]) == ("IDEMPOTENCY_CONFLICT", ["idempotencyKey"])


async def test_several_people_share_a_seat_by_a_card_for_several(table: Table):
    given = await code(table, seats=[KAZ], reusable=True)
    people = [await come_in(table.house, given, name) for name in ("Ann", "Bob")]
    assert len({one["person"] for one in people}) == 2
    for who, level in (("Ann", "ACCEPT"), ("Bob", "RESERVE")):
        stance = {"provisionId": table.provisions[0], "level": level, "reason": "Because."}
        await table.do("stateStances", by=who, itemId=table.item, stances=[stance])
    asked = """query($s: ID!, $i: ID!) { session(id: $s) { item(id: $i) {
      text { provisions { stances { seat level } } } } } }"""
    found = await table.house.ask(asked, {"s": table.session, "i": table.item}, by="chair")
    stances = found["data"]["session"]["item"]["text"]["provisions"][0]["stances"]
    assert stances == [{"seat": KAZ, "level": "RESERVE"}], "the last act stands"


async def test_one_person_takes_several_seats_under_one_token(table: Table):
    await come_in(table.house, await code(table, seats=[KAZ]), "Ann")
    before = table.house.people["Ann"]
    answer = await redeem(table.house, await code(table, seats=[CHN, KGZ]), "Ann")
    assert (answer["token"], answer["person"], answer["seats"]) == (None, before, [CHN, KGZ])
    (mine,) = await me(table.house, "Ann")
    assert mine["seats"] == [CHN, KAZ, KGZ]
    lost = await table.tell("reissueSeat", "alsoHeld", by="chair", seats=[KGZ])
    assert lost["alsoHeld"] == [CHN, KAZ], "lost with the phone"


async def test_who_has_come_in_already_comes_in_again_and_nothing_is_written(table: Table):
    for reusable in (False, True):
        given = await code(table, seats=[KAZ], reusable=reusable)
        await come_in(table.house, given, "Ann")
        before = await head(table)
        again = await redeem(table.house, given, "Ann")
        assert (again["token"], again["person"]) == (None, table.house.people["Ann"])
        assert await head(table) == before


async def test_the_organiser_takes_the_chair_as_who_they_are(table: Table):
    organiser = (await table.house.ask(ME, by="organiser"))["data"]["me"]["person"]
    given = await code(table, by="organiser", role="CHAIR")
    answer = await redeem(table.house, given, "organiser")
    assert (answer["token"], answer["person"], answer["role"]) == (None, organiser, "CHAIR")
    (mine,) = await me(table.house, "organiser")
    assert mine["roles"] == ["CHAIR", "SECRETARIAT"]
    assert await table.do("suspendSession", by="organiser")


async def test_a_card_makes_of_its_holder_what_it_says_and_nothing_else(table: Table):
    """Whatever else its holder is here or asks for."""
    given = await code(table, seats=[KAZ])
    for more in ({"role": "CHAIR"}, {"seats": [CHN]}, {"person": table.house.people["chair"]}):
        document = "mutation($input: RedeemInvitationInput!) { redeemInvitation(input: $input) { __typename } }"
        asked = {"input": {"code": given, "name": "Ann", "idempotencyKey": "k", **more}}
        (error,) = (await table.house.ask(document, asked))["errors"]
        assert error["extensions"]["code"] == "VARIABLES_INVALID"
    await come_in(table.house, given, "Ann")
    (mine,) = await me(table.house, "Ann")
    assert (mine["roles"], mine["seats"]) == (["DELEGATE"], [KAZ])
    for action in ("invite", "reissueSeat", "suspendSession"):
        assert (await table.tell(action, by="Ann"))["code"] == "NOT_PERMITTED", action


async def test_a_name_is_needed_of_who_is_new_only(table: Table):
    given = await code(table, seats=[KAZ])
    for name, refusal in ((None, "TEXT_EMPTY"), (" ", "TEXT_EMPTY"), ("n" * 201, "TEXT_TOO_LONG")):
        answer = await redeem(table.house, given, **({"name": name} if name else {}))
        assert (answer["code"], answer["path"]) == (refusal, ["name"])
    assert (await redeem(table.house, given, "facilitator"))["role"] == "DELEGATE"


async def test_cards_end_with_the_session_and_with_who_gave_them(table: Table):
    mine = [await code(table, role="FACILITATOR") for _ in range(2)]
    lasting = await code(table, by="organiser", role="PUBLIC", reusable=True)
    await table.house.admit(table.session, "second chair", "CHAIR")
    await table.do("dismissPerson", by="organiser", person=table.house.people["chair"])
    refused = await redeem(table.house, mine[0], name="Ann")
    assert refused["code"] == "CODE_REVOKED", "the one who gave it is not here any more"
    await come_in(table.house, lasting, "Ann")
    for act in ("closeSession", "sealSession"):
        await table.do(act, by="second chair")
    for given in (mine[1], lasting):
        assert (await redeem(table.house, given, name="Bob"))["code"] == "CODE_EXPIRED"
        assert (await look(table.house, given))["reason"]["code"] == "CODE_EXPIRED"
    for action in ("invite", "reissueSeat"):
        answer = await table.tell(action, by="second chair", **({"seats": [KAZ]} if action == "reissueSeat" else {}))
        assert answer["code"] == "SESSION_SEALED", action


async def test_who_was_dismissed_does_not_come_back_by_the_same_card(table: Table):
    given = await code(table, seats=[KAZ], reusable=True)
    await come_in(table.house, given, "Ann", idempotencyKey="ann")
    await table.do("dismissPerson", by="chair", person=table.house.people["Ann"])
    assert (await redeem(table.house, given, "Ann"))["code"] == "CODE_REVOKED"
    assert (await redeem(table.house, given, name="Ann", idempotencyKey="ann"))["code"] == "CODE_REVOKED"
    assert await me(table.house, "Ann") == []
