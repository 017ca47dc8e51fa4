"""A session that has taken its course, kept in a database, and people who look at it."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.event import listen
from sqlmodel import SQLModel

from ledger import reports
from ledger.database import Database, open_database
from ledger.ledger import Ledger
from ledger.past import Past
from polylogue.convergence.scope import of_item
from polylogue.convergence.track import Tracker
from polylogue.vocabulary import Instant, ItemId, LanguageTag, PersonId, Role, Seq
from schema import tables
from schema.api.context import Context, Principal, Standpoint
from schema.api.errors import shown
from schema.api.limits import Limits
from schema.api.schema import make_schema
from schema.api.what_if import Turns
from tests.ledger.course import ORGANISER, Course, keep
from tests.schema.api.house import make_tables
from workers.convergence import report
from workers.folded import Sessions
from workers.overview import Overview

WIDE = Limits(characters=10**6, tokens=10**6, depth=20, fields=10**6, aliases=10**6)
SCHEMA = make_schema(WIDE)
"""With room for a document that asks for everything."""
STRANGER = Principal()
HOST = Principal(ORGANISER, frozenset((Role.ORGANISER,)))
NOW = Instant("2026-05-04T12:00:00.000Z")


def person(name: str) -> Principal:
    return Principal(PersonId(name))


@dataclass
class Seen:
    """`statements` have been sent to the database for a viewer, with what stands in `given`."""

    course: Course
    database: Database
    ledger: Ledger
    statements: list[str] = field(default_factory=list[str])
    given: list[Any] = field(default_factory=list[Any])
    turns: Turns = field(default_factory=Turns)

    def context(
        self, by: Principal, standpoint: Standpoint | None = None, language: str = "en", at: Instant = NOW
    ) -> Context:
        given = {} if standpoint is None else {self.course.session: standpoint}
        return Context(
            principal=by,
            read=self.read,
            submit=self.ledger.submit,  # type: ignore[arg-type] -- nothing is submitted here
            follow=self.ledger.follow,
            follow_reports=self.ledger.follow_reports,
            now=lambda: at,
            newest=self.ledger.newest,
            language=LanguageTag(language),
            services={"as_of": Past(self.database).as_of, "turns": self.turns},
            standpoints=given,
        )

    async def read(self, body: Any) -> Any:
        def counted(connection: sa.Connection) -> Any:
            def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
                self.statements.append(statement)
                self.given.append(parameters)

            listen(connection, "before_cursor_execute", note)
            return body(connection)

        return await self.ledger.read(counted)

    async def respond(self, document: str, by: Principal, *, variables: Any = None, **more: Any) -> dict[str, Any]:
        """The response as it would leave the server."""
        context = self.context(by, **more)
        result = await SCHEMA.execute(document, variable_values=variables, context_value=context)
        errors = [shown(error, "request") for error in result.errors or ()]
        return {"data": result.data, "errors": errors}

    async def ask(self, document: str, by: Principal, **more: Any) -> Any:
        """What the viewer is told, without an error."""
        response = await self.respond(document, by, **more)
        assert not response["errors"], response["errors"]
        return response["data"]

    async def session(self, fields: str, by: Principal, *, arguments: str = "", **more: Any) -> Any:
        document = f'{{ session(id: "{self.course.session}"{arguments}) {{ {fields} }} }}'
        return (await self.ask(document, by, **more))["session"]

    async def follow(self, document: str, by: Principal, **more: Any) -> AsyncGenerator[dict[str, Any]]:
        """The responses of a subscription."""
        results: Any = await SCHEMA.subscribe(document, context_value=self.context(by, **more))
        if not hasattr(results, "__aiter__"):
            yield {"data": results.data, "errors": [shown(error, "request") for error in results.errors or ()]}
            return
        try:
            async for result in results:
                yield {"data": result.data, "errors": [shown(error, "request") for error in result.errors or ()]}
        finally:
            await results.aclose()

    async def erase(self, *places: tuple[int, str]) -> None:
        prose = tables.Prose.metadata.tables["prose"]

        def body(connection: sa.Connection) -> None:
            for seq, pointer in places:
                gone = connection.execute(sa.delete(prose).where(prose.c.seq == seq, prose.c.pointer == pointer))
                assert gone.rowcount == 1, (seq, pointer)

        await self.database.transact(body)

    async def compute(self, item: ItemId, upto: Seq | None = None) -> None:
        """Have the figures of an item, and of what holds it, computed as they stood after an entry that feeds them."""
        tracker, points = Tracker(), list[Any]()
        for entry in self.course.entries[:upto]:
            points += [point.document() for fed, point in tracker.apply(entry) if fed == item]
        state = tracker.state
        made = report(state, self.course.session, of_item(item))
        kept = await self.database.transact(lambda c: reports.store(c, made, points, work="convergence:x", at=NOW))
        assert kept
        if upto is None:
            await Overview(self.database, Sessions(self.database), print).run(self.course.session)
        self.ledger.reported(self.course.session)


async def written(course: Course, url: str) -> None:
    """Put a course into an empty database; tests look at copies, since writing takes longer than looking."""
    database = open_database(url)
    await database.transact(lambda connection: keep_in(connection, course))
    await database.close()


def in_file(path: Path | str) -> str:
    return f"sqlite:///{path}"


@asynccontextmanager
async def seen(course: Course, url: str) -> AsyncIterator[Seen]:
    """A course that has been written to this database."""
    database = open_database(url)
    ledger = Ledger(database, poll=0.05)
    try:
        yield Seen(course, database, ledger)
    finally:
        await ledger.close()
        await database.close()


def keep_in(connection: sa.Connection, course: Course) -> None:
    make_tables(connection)
    keep(connection, course)


def table(name: str) -> sa.Table:
    return SQLModel.metadata.tables[name]
