"""Tokens: given out once, kept as hashes only, believed for less than a second, and dead when they are revoked."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from ledger.database import Database, open_database
from ledger.occasion import fresh_id, now
from polylogue.vocabulary import PersonId, Role
from schema import tables
from schema.api.context import Principal
from schema.api.errors import AuthenticationError, ErrorCode
from server.access import REMEMBERED_SECONDS, REMEMBERED_TOKENS, TOKEN, Access, issue, new_token
from tests.schema.api.house import make_tables

TOKENS, PEOPLE = (tables.Token.metadata.tables[name] for name in ("token", "person"))


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    url = f"sqlite:///{tmp_path}/access.db" if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    opened = open_database(url)
    await opened.transact(make_tables)
    yield opened
    await opened.close()


@pytest.fixture
def access(database: Database) -> Access:
    return Access(database)


@dataclass
class Clock:
    at: float = 1000.0

    def __call__(self) -> float:
        return self.at


def somebody() -> PersonId:
    return PersonId(fresh_id())


async def nobodys(access: Access, token: str) -> bool:
    try:
        await access.authenticate(token)
    except AuthenticationError as error:
        return error.code is ErrorCode.UNAUTHENTICATED
    return False


async def test_a_token_stands_for_whom_it_was_given_to(access: Access):
    ann, organiser = somebody(), somebody()
    token = await access.admit(ann, "Ann", issued_by=organiser, key="k")
    assert TOKEN.fullmatch(token)
    assert await access.authenticate(token) == Principal(ann, frozenset(), hashlib.sha256(token.encode()).digest())
    assert await access.authenticate(None) == Principal()
    for wrong in (new_token()[0], token[:-1], f"{token}x", "plg_", "", f"{token}\n", "plg_" + "é" * 43):
        assert await nobodys(access, wrong), wrong


async def test_what_is_kept_opens_nothing(access: Access, database: Database):
    token = await access.admit(somebody(), "Ann", issued_by=somebody(), key="k")
    rows = await database.read(lambda c: [*c.execute(sa.select(TOKENS)).all(), *c.execute(sa.select(PEOPLE)).all()])
    assert rows
    assert token not in repr(rows)
    assert token[4:] not in repr(rows)


async def test_the_same_key_again_gives_another_token_and_ends_the_first(access: Access):
    ann, chair = somebody(), somebody()
    first = await access.admit(ann, "Ann", issued_by=chair, key="k")
    await access.authenticate(first)
    second = await access.admit(ann, "Ann B.", issued_by=chair, key="k")
    assert await nobodys(access, first)
    assert (await access.authenticate(second)).person == ann
    bob = somebody()
    hers = await access.admit(bob, "Bob", issued_by=somebody(), key="k")
    assert (await access.authenticate(second)).person == ann, "a key belongs to who used it"
    assert (await access.authenticate(hers)).person == bob


async def test_the_same_request_twice_at_once_leaves_one_good_token(access: Access):
    ann, chair = somebody(), somebody()
    tokens = await asyncio.gather(*(access.admit(ann, "Ann", issued_by=chair, key="k") for _ in range(6)))
    good = [token for token in tokens if not await nobodys(access, token)]
    assert len(good) == 1


async def test_revoking_ends_all_tokens_of_a_person_and_of_nobody_else(database: Database):
    told: list[bytes] = []
    access = Access(database, revoked=told.extend)
    ann, bob, chair = somebody(), somebody(), somebody()
    mine = [await access.admit(ann, "Ann", issued_by=chair, key=f"a{i}") for i in range(2)]
    other = await access.admit(bob, "Bob", issued_by=chair, key="b")
    for token in (*mine, other):
        await access.authenticate(token)
    assert await access.revoke(ann) == 2
    assert [await nobodys(access, token) for token in mine] == [True, True]
    assert (await access.authenticate(other)).person == bob
    assert sorted(told) == sorted(hashlib.sha256(token.encode()).digest() for token in mine)
    assert await access.revoke(ann) == 0
    assert len(told) == 2


async def test_a_token_revoked_by_another_process_is_believed_for_less_than_a_second(database: Database):
    clock = Clock()
    here, there = Access(database, clock=clock), Access(database)
    ann = somebody()
    token = await here.admit(ann, "Ann", issued_by=somebody(), key="k")
    await here.authenticate(token)
    await there.revoke(ann)
    assert (await here.authenticate(token)).person == ann, "not asked again yet"
    clock.at += REMEMBERED_SECONDS + 0.01
    assert REMEMBERED_SECONDS < 1
    assert await nobodys(here, token)


async def test_a_token_that_ends_while_the_database_is_asked_is_not_let_in(database: Database):
    """The answer is on its way when the news of the end comes."""
    ann = somebody()
    token = await Access(database).admit(ann, "Ann", issued_by=somebody(), key="k")

    class Slow:
        async def read(self, body: Any) -> Any:
            found = await database.read(body)
            asked.set()
            await go_on.wait()
            return found

    asked, go_on = asyncio.Event(), asyncio.Event()
    slow: Any = Slow()
    access = Access(slow)
    waiting = asyncio.create_task(nobodys(access, token))
    await asked.wait()
    access.forget([hashlib.sha256(token.encode()).digest()])
    go_on.set()
    assert await waiting


async def test_only_so_many_answers_are_remembered(database: Database):
    access = Access(database)
    for _ in range(REMEMBERED_TOKENS + 10):
        access.forget([new_token()[1]])
    assert len(access._ended) == REMEMBERED_TOKENS


async def test_the_first_token_makes_the_organiser_and_there_is_one(access: Access, database: Database):
    tokens = await asyncio.gather(*(Access(database).fresh_organiser_token() for _ in range(4)))
    organiser = await access.authenticate(tokens[0])
    assert organiser.site_roles == {Role.ORGANISER}
    for further in tokens:
        assert (await Access(database).authenticate(further)).person == organiser.person
    started = await access.fresh_organiser_token("server")
    again = await access.fresh_organiser_token("server")
    assert await nobodys(access, started)
    assert not await nobodys(access, again)
    assert organiser.person
    assert await access.known(organiser.person) == {Role.ORGANISER}
    assert await access.known(somebody()) is None


async def test_a_first_token_is_given_until_one_has_been_shown(access: Access, database: Database):
    unseen = await access.first_token()
    first, of_another_server = await asyncio.gather(access.first_token(), Access(database).first_token())
    assert unseen
    assert first
    assert of_another_server
    await asyncio.gather(access.shown(), Access(database).shown())
    assert await access.first_token() is None
    people = {(await access.authenticate(token)).person for token in (unseen, first, of_another_server)}
    assert len(people) == 1, "each stands for the organiser: whichever of two servers is read, its token is good"


async def test_what_ended_since_is_found(access: Access):
    before = now()
    ann = somebody()
    token = await access.admit(ann, "Ann", issued_by=somebody(), key="k")
    assert await access.revoked_since(before) == []
    await access.revoke(ann)
    assert await access.revoked_since(before) == [hashlib.sha256(token.encode()).digest()]


async def test_a_role_of_the_site_goes_with_the_token(access: Access, database: Database):
    person = somebody()
    token, _ = await database.transact(lambda connection: issue(connection, person, site_role=Role.WORKER))
    assert (await access.authenticate(token)).site_roles == {Role.WORKER}
