"""Join cards: given out, looked at, redeemed, used up, replaced; names and codes beside the record."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from schema import tables
from schema.api.errors import AuthenticationError
from server.attempts import Attempts
from tests.schema.api.house import GUEST, SEATS, House, Table, house, on_sqlite
from tests.schema.api.served import served

CHN, KAZ, KGZ = SEATS
ME = "{ me { person siteRoles sessions { roles seats session { id } } } }"
LOOK = """query($code: String!) { invitation(code: $code) {
  usable reason { code message rule path } sessionId title nature role seats { seat name } reusable } }"""
CAME_IN = "token person role seats session { id standpoint { roles seats } }"


@pytest.fixture(params=["sqlite", "postgresql"])
async def home(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[House]:
    url = on_sqlite(tmp_path) if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    async with house(url) as made:
        yield made


@pytest.fixture
async def table(home: House) -> Table:
    return await home.open()


async def cards(table: Table, /, *, by: str = "chair", **given: Any) -> list[dict[str, Any]]:
    answer = await table.tell("invite", by=by, **given)
    assert answer["__typename"] == "InvitePayload", answer
    return answer["cards"]


async def code(table: Table, /, **given: Any) -> str:
    (card,) = await cards(table, **given)
    return card["code"]


async def redeem(home: House, code: str, who: str | None = None, /, **given: Any) -> dict[str, Any]:
    """Redeem a code as a stranger called `name`, or under the token of `who`."""
    return await home.tell("redeemInvitation", CAME_IN, by=who, code=code, **given)


async def come_in(home: House, code: str, name: str, /, **given: Any) -> dict[str, Any]:
    """A stranger redeems a code and asks by this name from then on."""
    answer = await redeem(home, code, name=name, **given)
    assert "receipt" in answer, answer
    home.tokens[name], home.people[name] = answer["token"], answer["person"]
    return answer


async def look(home: House, code: str, who: str | None = None) -> dict[str, Any]:
    return (await home.ask(LOOK, {"code": code}, by=who))["data"]["invitation"]


async def me(home: House, who: str) -> list[dict[str, Any]]:
    return (await home.ask(ME, by=who))["data"]["me"]["sessions"]


async def entries(table: Table, after: int) -> list[dict[str, Any]]:
    asked = """query($session: ID!, $after: Seq!) { session(id: $session) { record(after: $after) { ... on Event {
      kind actor { person role }
      detail { ... on PersonAdmitted { person roles seats } ... on PersonDismissed { person } } } } } }"""
    given = {"session": table.session, "after": after}
    return (await table.house.ask(asked, given, by="chair"))["data"]["session"]["record"]


async def head(table: Table) -> int:
    asked = "query($session: ID!) { session(id: $session) { head { seq } } }"
    return (await table.house.ask(asked, {"session": table.session}, by="chair"))["data"]["session"]["head"]["seq"]


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


# ── coming in ────────────────────────────────────────────────────────────────────────────────────────────────────────


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


# ── lost and replaced ────────────────────────────────────────────────────────────────────────────────────────────────


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


# ── guessing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_who_guesses_is_told_to_wait_and_a_hall_full_of_phones_is_not(table: Table):
    home, hall, guesser = table.house, "192.0.2.1", "198.51.100.7"
    home.attempts = Attempts(clock=lambda: 1000.0)
    given = await code(table, seats=[KAZ], reusable=True)
    document = """mutation($input: RedeemInvitationInput!) { redeemInvitation(input: $input) {
      ... on Refusal { code message } ... on RedeemInvitationPayload { person } } }"""

    async def tried(code: str, address: str) -> dict[str, Any]:
        asked = {"code": code, "name": "Phone", "idempotencyKey": f"key-{next(home.keys)}"}
        return (await home.ask(document, {"input": asked}, address=address))["data"]["redeemInvitation"]

    wrong = [(await tried(f"0000-{i:04}", guesser)).get("code") for i in range(100)]
    assert wrong[:60] == ["CODE_UNKNOWN"] * 60
    assert wrong[-1] == "TOO_MANY_CODES"
    stopped = await tried(given, guesser)
    assert stopped["code"] == "TOO_MANY_CODES", "the right one does not show either"
    assert "a right one counts again in 2 seconds" in stopped["message"]
    looked = (await home.ask(LOOK, {"code": given}, address=guesser))["data"]["invitation"]
    assert (looked["usable"], looked["reason"]["code"]) == (False, "TOO_MANY_CODES")
    joined = [await tried(given, hall) for _ in range(70)]
    assert all("person" in answer for answer in joined)


def test_who_guesses_is_told_apart_from_the_others_behind_the_same_proxy(tmp_path: Path):
    """Over HTTP: an address is what a trusted proxy says."""

    async def prepare(home: House) -> None:
        home.attempts = Attempts(clock=lambda: 1000.0)

    with served(on_sqlite(tmp_path), prepare) as server, httpx.Client() as client:

        def tried(number: int, address: str) -> str:
            sent = {"query": f'{{ invitation(code: "0000-{number:04}") {{ reason {{ code }} }} }}'}
            answer = client.post(f"{server.place.url}/graphql", json=sent, headers={"X-Forwarded-For": address})
            return answer.json()["data"]["invitation"]["reason"]["code"]

        wrong = [tried(number, "198.51.100.7") for number in range(62)]
        assert (wrong[0], wrong[-1]) == ("CODE_UNKNOWN", "TOO_MANY_CODES")
        assert tried(1, "192.0.2.1") == "CODE_UNKNOWN"
