"""Join cards are given out and looked at; what they say is kept where nobody can read it."""

from typing import Any

import sqlalchemy as sa

from schema import tables
from tests.schema.api.house import GUEST, SEATS, Table
from tests.schema.api.invitations.cards import cards, code, come_in, look, redeem

CHN, KAZ, KGZ = SEATS


# ── giving out ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_card_for_everybody_is_what_one_gets_without_asking_for_more(table: Table):
    by_chair = await cards(table)
    assert [(card["role"], card["seats"]) for card in by_chair] == [
        *(("DELEGATE", [seat]) for seat in sorted((*SEATS, GUEST))),
        ("FACILITATOR", []),
    ]
    by_organiser = await cards(table, by="organiser", reusable=True)
    assert [card["role"] for card in by_organiser] == ["CHAIR", *["DELEGATE"] * 4, "FACILITATOR"]
    assert all(card["url"] == f"https://house.example/join/{card['code']}" for card in by_organiser)
    assert {card["reusable"] for card in by_chair} | {card["reusable"] for card in by_organiser} == {False, True}
    assert len({card["code"] for card in (*by_chair, *by_organiser)}) == 11


async def test_cards_are_what_was_asked_for(table: Table):
    asked: tuple[tuple[dict[str, Any], list[tuple[str, list[str]]]], ...] = (
        ({"role": "DELEGATE"}, [("DELEGATE", [seat]) for seat in sorted((*SEATS, GUEST))]),
        ({"seats": [KGZ, CHN]}, [("DELEGATE", [CHN, KGZ])]),
        ({"role": "PUBLIC"}, [("PUBLIC", [])]),
        (
            {"cards": [{"role": "SECRETARIAT"}, {"role": "DELEGATE", "seats": [KAZ]}], "role": "FACILITATOR"},
            [("SECRETARIAT", []), ("DELEGATE", [KAZ]), ("FACILITATOR", [])],
        ),
    )
    for given, wanted in asked:
        assert [(card["role"], card["seats"]) for card in await cards(table, **given)] == wanted


async def test_a_card_that_could_admit_nobody_is_not_given_out(table: Table):
    many = [{"role": "PUBLIC"}] * 201
    for given, refusal, path in (
        ({"role": "CHAIR"}, "NOT_PERMITTED", ["role"]),
        ({"role": "ORGANISER"}, "NOT_PERMITTED", ["role"]),
        ({"role": "WORKER"}, "NOT_PERMITTED", ["role"]),
        ({"role": "PUBLIC", "seats": [KAZ]}, "NOT_PERMITTED", ["seats"]),
        ({"seats": ["ZZZ"]}, "UNKNOWN_REFERENCE", ["seats"]),
        ({"cards": [{"role": "DELEGATE"}]}, "LIST_EMPTY", ["seats"]),
        ({"cards": many}, "LIST_TOO_LONG", ["cards"]),
        ({"idempotencyKey": ""}, "TEXT_EMPTY", ["idempotencyKey"]),
    ):
        answer = await table.tell("invite", by="chair", **given)
        assert (answer["code"], answer["path"]) == (refusal, path), given
    for who in ("secretary", KAZ, "facilitator"):
        assert (await table.tell("invite", by=who))["code"] == "NOT_PERMITTED", who


async def test_the_same_invitation_again_ends_the_first_codes(table: Table):
    first = await cards(table, idempotencyKey="invite")
    again = await cards(table, idempotencyKey="invite")
    assert len(first) == len(again)
    assert {card["code"] for card in first}.isdisjoint(card["code"] for card in again)
    told = [await table.tell("invite", "again", by="chair", idempotencyKey=key) for key in ("once", "once", "other")]
    assert [answer["again"] for answer in told] == [False, True, False]
    assert (await redeem(table.house, first[0]["code"], name="Ann"))["code"] == "CODE_REVOKED"
    assert (await redeem(table.house, again[0]["code"], name="Ann"))["token"]
    other = await table.tell("invite", by="chair", idempotencyKey="invite", reusable=True)
    assert (other["code"], other["path"]) == ("IDEMPOTENCY_CONFLICT", ["idempotencyKey"])
    assert await cards(table, by="organiser", idempotencyKey="invite"), "a key is its owner's"


async def test_neither_code_nor_name_is_kept_where_it_can_be_read(table: Table):
    given = await code(table, seats=[KAZ])
    await come_in(table.house, given, "Ann Unmistakable")

    def everything(connection: sa.Connection) -> str:
        kinds = (*tables.RECORD, *tables.PROJECTIONS, *tables.ACCESS)
        rows = {kind.__name__: repr(connection.execute(sa.select(vars(kind)["__table__"])).all()) for kind in kinds}
        assert "Unmistakable" in rows.pop("Person")
        return repr(rows)

    kept = await table.house.database.read(everything)
    assert table.house.people["Ann Unmistakable"] in kept
    for secret in (given, given.replace("-", ""), "Unmistakable", table.house.tokens["Ann Unmistakable"]):
        assert secret not in kept


# ── looking ──────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_code_says_who_one_will_be(table: Table):
    given = await code(table, seats=[KAZ, CHN], reusable=True)
    assert await look(table.house, given) == {
        "usable": True,
        "reason": None,
        "sessionId": table.session,
        "title": "Reservoirs",
        "nature": "SIMULATION",
        "role": "DELEGATE",
        "seats": [{"seat": CHN, "name": CHN}, {"seat": KAZ, "name": KAZ}],
        "reusable": True,
    }
    nobodys = await look(table.house, "0000-0000")
    assert not nobodys["usable"]
    assert nobodys["reason"]["code"] == "CODE_UNKNOWN"
    assert (nobodys["sessionId"], nobodys["title"], nobodys["role"], nobodys["seats"]) == (None, None, None, [])
    no_code = await look(table.house, "KAZ please")
    assert "eight letters and digits, such as XXXX-XXXX" in no_code["reason"]["message"]
