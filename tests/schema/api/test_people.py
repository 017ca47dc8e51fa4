"""People come in under a pseudonym with a token, and go: names and tokens beside the record, standing inside it."""

import pytest
import sqlalchemy as sa

from ledger.occasion import fresh_id
from schema import tables
from schema.api.errors import AuthenticationError
from tests.schema.api.house import NOBODY, SEATS, House, Table

CHN, KAZ, KGZ = SEATS
ME = "{ me { person siteRoles sessions { roles seats session { id } } } }"


async def me(home: House, who: str) -> dict[str, object]:
    return (await home.ask(ME, by=who))["data"]["me"]


async def test_somebody_new_gets_a_token_and_is_what_they_were_admitted_to(table: Table):
    answer = await table.do(
        "admitPerson", "token person session { id }", by="chair", name="Ann", role="DELEGATE", seats=[KGZ, CHN]
    )
    table.house.tokens["Ann"] = answer["token"]
    assert await me(table.house, "Ann") == {
        "person": answer["person"],
        "siteRoles": [],
        "sessions": [{"roles": ["DELEGATE"], "seats": [CHN, KGZ], "session": {"id": table.session}}],
    }


async def test_a_name_and_a_token_are_not_in_the_record(table: Table):
    answer = await table.do("admitPerson", "token", by="chair", name="Ann Unmistakable", role="FACILITATOR")

    def everything(connection: sa.Connection) -> str:
        kept = [*tables.RECORD, *tables.PROJECTIONS, tables.Idempotency]
        return repr([connection.execute(sa.select(vars(kind)["__table__"])).all() for kind in kept])

    written = await table.house.database.read(everything)
    assert table.session in written
    assert "Unmistakable" not in written
    assert answer["token"] not in written
    names = sa.select(tables.Person.metadata.tables["person"].c.name)
    assert "Ann Unmistakable" in await table.house.database.read(lambda c: c.execute(names).scalars().all())


async def test_the_same_admission_again_gives_another_token_and_ends_the_first(table: Table):
    given = {"name": "Ann", "role": "FACILITATOR", "idempotencyKey": "ann"}
    first = await table.do("admitPerson", "token person", by="chair", **given)
    table.house.tokens["first"] = first["token"]
    await me(table.house, "first")
    again = await table.do("admitPerson", "token person", by="chair", **given)
    table.house.tokens["again"] = again["token"]
    assert (again["person"], again["receipt"]) == (first["person"], first["receipt"])
    assert (await me(table.house, "again"))["person"] == first["person"]
    with pytest.raises(AuthenticationError):
        await me(table.house, "first")


async def test_nobody_gets_the_token_of_somebody_who_is_here_already(table: Table):
    """Or a chair could speak as the organiser, or as anybody whose pseudonym is in the record."""
    organiser = (await me(table.house, "organiser"))["person"]
    for person in (organiser, table.house.people[KAZ]):
        answer = await table.do("admitPerson", "token person", by="chair", person=person, role="FACILITATOR")
        assert (answer["token"], answer["person"]) == (None, person)
    assert (await me(table.house, KAZ))["sessions"] == [
        {"roles": ["DELEGATE", "FACILITATOR"], "seats": [KAZ], "session": {"id": table.session}}
    ]


async def test_an_admission_needs_somebody_to_admit(table: Table):
    for given, code, path in (
        ({}, "TEXT_EMPTY", ["name"]),
        ({"name": " "}, "TEXT_EMPTY", ["name"]),
        ({"name": "n" * 201}, "TEXT_TOO_LONG", ["name"]),
        ({"name": "A\0nn"}, "CHARACTER_FORBIDDEN", ["name"]),
        ({"person": NOBODY}, "UNKNOWN_REFERENCE", ["person"]),
        ({"person": "not an id\0"}, "UNKNOWN_REFERENCE", ["person"]),
    ):
        refused = await table.tell("admitPerson", by="chair", role="FACILITATOR", **given)
        assert (refused["code"], refused["path"]) == (code, path), given


async def test_the_rules_say_to_what_one_is_admitted(table: Table):
    for given, code, path in (
        ({"role": "ORGANISER"}, "NOT_PERMITTED", ["role"]),
        ({"role": "WORKER"}, "NOT_PERMITTED", ["role"]),
        ({"role": "CHAIR"}, "NOT_PERMITTED", ["role"]),
        ({"role": "DELEGATE"}, "LIST_EMPTY", ["seats"]),
        ({"role": "DELEGATE", "seats": ["ZZZ"]}, "UNKNOWN_REFERENCE", ["seats"]),
    ):
        refused = await table.tell("admitPerson", "token", by="chair", name="Ann", **given)
        assert (refused["code"], refused["path"]) == (code, path), given
    second = await table.do("admitPerson", "token", by="organiser", name="Co-chair", role="CHAIR")
    table.house.tokens["co-chair"] = second["token"]
    assert await table.do("suspendSession", by="co-chair")


async def test_who_is_dismissed_keeps_a_token_and_has_no_part(table: Table):
    await table.do("dismissPerson", by="chair", person=table.house.people[KAZ])
    assert (await me(table.house, KAZ))["sessions"] == []
    refused = await table.tell("postPosition", by=KAZ, itemId=table.item, text="Still here.", language="en")
    assert (refused["code"], refused["rule"]) == ("NOT_PERMITTED", "procedure 0.4")
    twice = await table.tell("dismissPerson", by="chair", person=table.house.people[KAZ])
    assert (twice["code"], twice["path"]) == ("UNKNOWN_REFERENCE", ["person"])


async def test_a_dismissed_chair_gets_no_token_by_repeating_an_admission(table: Table):
    given = {"name": "Ann", "role": "FACILITATOR", "idempotencyKey": "ann"}
    await table.do("admitPerson", "token", by="chair", **given)
    await table.do("dismissPerson", by="organiser", person=table.house.people["chair"])
    refused = await table.tell("admitPerson", "token", by="chair", **given)
    assert (refused["code"], refused["rule"]) == ("NOT_PERMITTED", "procedure 0.4")


async def test_the_chair_ends_the_tokens_of_people_in_the_session(table: Table):
    assert await table.tell("revokeToken", by="chair", person=table.house.people[KAZ]) == {
        "__typename": "RevokeTokenPayload",
        "person": table.house.people[KAZ],
        "revoked": 1,
    }
    with pytest.raises(AuthenticationError):
        await me(table.house, KAZ)
    assert (await me(table.house, CHN))["person"] == table.house.people[CHN]
    again = await table.tell("revokeToken", by="chair", person=table.house.people[KAZ])
    assert again["revoked"] == 0


async def test_a_chair_ends_no_token_of_other_people(table: Table):
    other = await table.house.schedule()
    await table.house.admit(other, "elsewhere", "CHAIR")
    organiser = (await me(table.house, "organiser"))["person"]
    await table.do("admitPerson", by="chair", person=organiser, role="FACILITATOR")
    for person, code in (
        (table.house.people["elsewhere"], "UNKNOWN_REFERENCE"),
        (organiser, "NOT_PERMITTED"),
        (fresh_id(), "UNKNOWN_REFERENCE"),
        ("nonsense\0", "UNKNOWN_REFERENCE"),
    ):
        refused = await table.tell("revokeToken", by="chair", person=person)
        assert (refused["code"], refused["path"]) == (code, ["person"]), person
    assert (await me(table.house, "organiser"))["person"] == organiser
    done = await table.tell("revokeToken", by="organiser", person=table.house.people["elsewhere"])
    assert done["revoked"] == 1, "the organiser ends anybody's"
