"""A house with everything the API stands on: a database, its ledger, tokens, and people who ask.

What is asked goes through the executable schema; tests that concern the doors themselves serve it (tests/live.py).
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from ledger.database import Database, open_database
from ledger.ledger import Ledger
from polylogue.scenario import LocalText, Scenario, ScenarioDelegation, ScenarioItem, ScenarioProvision
from polylogue.vocabulary import LanguageTag, SeatCode, SessionId, Standing
from schema import tables
from schema.api.errors import shown
from schema.api.schema import make_schema
from schema.api.what_if import Turns
from server.access import Access
from server.api.sockets import Sockets
from server.attempts import Attempts
from server.context import make_context
from server.invitations import Invitations
from server.revocation import Revocations
from server.scenarios.loader import shipped

SEATS = tuple(SeatCode(code) for code in ("CHN", "KAZ", "KGZ"))
GUEST = SeatCode("TKM")
NOBODY = "00000000-0000-4000-8000-000000000000"
EN = LanguageTag("en")


SCHEMA = make_schema()
CARD = "code url role seats reusable"
BESIDE_THE_RECORD: Mapping[str, str] = {
    "revokeToken": "person revoked",
    "invite": f"cards {{ {CARD} }}",
    "reissueSeat": f"card {{ {CARD} }}",
}
"""Mutations that are answered without a receipt, with what is asked of them."""


def text(words: str, language: str = "en") -> LocalText:
    return LocalText(language=LanguageTag(language), text=words)


def scenario(*, rule_set: str = "sco-consensus/1", public: bool = False) -> Scenario:
    """Three members and a guest, two items of two clauses; what takes a day takes no time at all."""
    item = ScenarioItem(
        titles=(text("Shared water"),),
        provisions=(
            ScenarioProvision(versions=(text("Water is shared."),)),
            ScenarioProvision(versions=(text("In May."),)),
        ),
    )
    return Scenario(
        titles=(text("Reservoirs"),),
        rule_set=rule_set,
        public=public,
        clock_scale="1/10000000",
        delegations=(
            *(ScenarioDelegation(code=code, names=(text(code),)) for code in SEATS),
            ScenarioDelegation(code=GUEST, standing=Standing.GUEST, names=(text(GUEST),)),
        ),
        items=(item, item),
    )


RUSSIAN = LanguageTag("ru")

SCENARIOS: Mapping[str, Scenario] = {
    "reservoirs": scenario(),
    "open-reservoirs": scenario(public=True),
    "reservoirs-in-russian": replace(
        scenario(),
        authentic=(RUSSIAN,),
        delegations=tuple(replace(each, languages=(RUSSIAN,)) for each in scenario().delegations),
    ),
}


class Refused(AssertionError):
    """A command that a test relied on was refused."""


@dataclass
class House:
    """Ask as one of `tokens`: by the name of a person, or as a stranger."""

    database: Database
    ledger: Ledger
    access: Access
    sockets: Sockets
    tokens: dict[str, str] = field(default_factory=dict[str, str])
    people: dict[str, str] = field(default_factory=dict[str, str])
    asked: set[str] = field(default_factory=set[str])
    keys: Any = field(default_factory=count)
    turns: Turns = field(default_factory=Turns)
    attempts: Attempts = field(default_factory=Attempts)

    @property
    def cards(self) -> Invitations:
        return Invitations(self.database, self.access, self.ledger, self.attempts, "https://house.example")

    @property
    def services(self) -> dict[str, Any]:
        return {
            "scenarios": lambda name: SCENARIOS.get(name) or shipped(name),
            "access": self.access,
            "cards": self.cards,
            "turns": self.turns,
        }

    async def ask(
        self, document: str, variables: Any = None, *, by: str | None = None, address: str = ""
    ) -> dict[str, Any]:
        """The response as it would leave the server."""
        principal = await self.access.authenticate(self.tokens[by] if by else None)
        context = make_context(principal, self.ledger, self.services, address=address)
        result = await SCHEMA.execute(document, variable_values=variables, context_value=context)
        response: dict[str, Any] = {"data": result.data}
        if result.errors:
            response["errors"] = [shown(error, "request") for error in result.errors]
        return response

    async def tell(self, name: str, fields: str = "", /, *, by: str | None, **given: Any) -> dict[str, Any]:
        """Give a command, with a fresh key unless one is given; its answer, whatever that is."""
        if name != "revokeToken":
            given.setdefault("idempotencyKey", f"key-{next(self.keys)}")
        self.asked.add(name)
        response = await self.ask(command(name, fields), {"input": given}, by=by)
        assert "errors" not in response, response
        return response["data"][name]

    async def do(self, name: str, fields: str = "", /, *, by: str, **given: Any) -> dict[str, Any]:
        """Give a command that a test relies on."""
        answer = await self.tell(name, fields, by=by, **given)
        if "receipt" not in answer:
            raise Refused(f"{name}: {answer}")
        return answer

    async def schedule(self, name: str = "reservoirs") -> SessionId:
        answer = await self.do("scheduleSession", "session { id }", by="organiser", scenario=name)
        return SessionId(answer["session"]["id"])

    async def admit(self, session: str, name: str, role: str, *seats: str, by: str = "organiser") -> str:
        """Admit somebody new, who asks by this name from then on; their id."""
        answer = await self.do(
            "admitPerson", "token person", by=by, sessionId=session, name=name, role=role, seats=list(seats)
        )
        self.tokens[name], self.people[name] = answer["token"], answer["person"]
        return answer["person"]

    async def open(self, name: str = "reservoirs") -> "Table":
        """A session that is open, with a chair, a secretary, a facilitator and a delegate on every seat."""
        session = await self.schedule(name)
        await self.admit(session, "chair", "CHAIR")
        await self.admit(session, "secretary", "SECRETARIAT", by="chair")
        await self.admit(session, "facilitator", "FACILITATOR", by="chair")
        for seat in (*SEATS, GUEST):
            await self.admit(session, seat, "DELEGATE", seat, by="chair")
        fields = "session { agenda { id text { provisions { id } } } }"
        opened = (await self.do("openSession", fields, by="chair", sessionId=session))["session"]
        item, other = (each["id"] for each in opened["agenda"])
        provisions = [clause["id"] for clause in opened["agenda"][0]["text"]["provisions"]]
        await self.do("recordRollCall", by="chair", sessionId=session, present=list(SEATS))
        await self.do("openItem", by="chair", sessionId=session, itemId=item)
        return Table(self, session, item, provisions, other)


@dataclass
class Table:
    """An open session, its first item (which is open too) with its provisions, and a second one."""

    house: House
    session: SessionId
    item: str
    provisions: list[str]
    other: str

    async def tell(self, name: str, fields: str = "", /, *, by: str | None, **given: Any) -> dict[str, Any]:
        return await self.house.tell(name, fields, by=by, sessionId=self.session, **given)

    async def do(self, name: str, fields: str = "", /, *, by: str, **given: Any) -> dict[str, Any]:
        return await self.house.do(name, fields, by=by, sessionId=self.session, **given)


def command(name: str, fields: str = "") -> str:
    """The document of a mutation: the receipt with these fields of the payload, or the whole refusal."""
    kind = name[0].upper() + name[1:]
    conflict = "" if name in BESIDE_THE_RECORD else "... on Conflict { currentSeq currentRevision }"
    receipt = BESIDE_THE_RECORD.get(name, "receipt { firstSeq seq leafHash at }")
    return (
        f"mutation($input: {kind}Input!) {{ {name}(input: $input) {{ __typename "
        f"... on {kind}Payload {{ {receipt} {fields} }} ... on Refusal {{ code message rule path }} {conflict} }} }}"
    )


def make_tables(connection: sa.Connection) -> None:
    """The tables, where the database is not a copy of one that has them."""
    if sa.inspect(connection).has_table("event"):
        return
    kinds = (*tables.RECORD, *tables.PROJECTIONS, *tables.RESULTS, *tables.ACCESS, *tables.IMPORTED)
    SQLModel.metadata.create_all(connection, [vars(kind)["__table__"] for kind in kinds])


@asynccontextmanager
async def house(
    url: str, redis: Any = None, sockets: Sockets | None = None, *, model: bool = False
) -> AsyncIterator[House]:
    """A house on an empty database, with its organiser; with a `model`, drafts may be asked of one."""
    database = open_database(url)
    await database.transact(make_tables)
    sockets = Sockets() if sockets is None else sockets  # an empty one is false
    revocations = Revocations(sockets, redis)
    access = Access(database, revoked=revocations.tell)
    ledger = Ledger(database, redis, model=model)
    watching = asyncio.create_task(revocations.watch(access))
    try:
        token = await access.fresh_organiser_token()
        yield House(database, ledger, access, sockets, {"organiser": token})
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        await ledger.close()
        await database.close()


def on_sqlite(folder: Path) -> str:
    return f"sqlite:///{folder}/record.db"
