"""A sitting with concerns, a move, a text reworded, stances carried over, and the reports that workers made of it."""

import asyncio
import itertools
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
import sqlalchemy as sa
from rich.console import Console

from ledger.database import open_database
from ledger.ledger import Ledger
from migrations import migrate
from polylogue import commands as c
from polylogue.vocabulary import AmendmentId, ItemId, LanguageTag, ProvisionId, Role, SeatCode, SessionId, StanceLevel
from schema import tables
from server.convergence.operation import Wanted, convergence
from server.scenarios.loader import shipped
from server.settings import Settings
from tests.ledger.scene import CHAIR, ORGANISER, accepted, delegate
from workers.convergence import Convergence
from workers.folded import Sessions
from workers.overview import Overview

LEVELS = {level.value[0]: level for level in StanceLevel}
STANCES = {
    "BLR": "SASSS",
    "CHN": "SAAS.",
    "IND": "SOASA",
    "KAZ": "SSSAS",
    "KGZ": "AASRN",
    "RUS": "SRSAS",
    "UZB": "AO.SS",
}
"""Stances on the five clauses of item 1, a dot for none; the others say nothing."""
ASKED = {"IND": "Fourteen days, or as soon as an exercise is ordered.", "UZB": "Say “in good time”."}
TITLE = "Council of Heads of State, sustainable security in Eurasia (simulation)"
"""Of the session that is held."""


@dataclass(frozen=True)
class Room:
    """Where the sitting is kept."""

    directory: Path
    session: SessionId

    @property
    def settings(self) -> Settings:
        return Settings(data_dir=self.directory)

    def shown(self, width: int = 80, **wanted: object) -> str:
        """What the command prints on a terminal of a width."""
        out = StringIO()
        console = Console(file=out, width=width, highlight=False)
        convergence(self.settings, self.session, Wanted(**wanted), console)  # pyright: ignore[reportArgumentType]
        return out.getvalue()


@pytest.fixture(scope="session")
def room(tmp_path_factory: pytest.TempPathFactory) -> Room:
    directory = tmp_path_factory.mktemp("room")
    migrate(f"sqlite:///{directory / 'polylogue.db'}")
    return Room(directory, asyncio.run(_held(directory)))


async def _held(directory: Path) -> SessionId:
    """Hold the sitting; reports are made in the middle of it and at its end."""
    database = open_database(f"sqlite:///{directory / 'polylogue.db'}")
    ledger, keys = Ledger(database), itertools.count()
    folded = Sessions(database)
    worker = Convergence(database, folded, lambda _: None)
    overview = Overview(database, folded, lambda _: None)
    scenario = shipped("sco-sustainable-security")
    session = accepted(await ledger.submit(c.ScheduleSession(scenario=scenario), by=ORGANISER, key="0")).session

    async def give(command: c.Command, seat: str | None = None) -> None:
        by = delegate(SeatCode(seat)) if seat else CHAIR
        accepted(await ledger.submit(command, by=by, key=f"k{next(keys)}", session=session))

    admitted = [c.AdmitPerson(role=Role.CHAIR, person=CHAIR.person)]
    for seat in STANCES:
        code = SeatCode(seat)
        admitted.append(c.AdmitPerson(role=Role.DELEGATE, seats=(code,), person=delegate(code).person))
    for command in admitted:
        accepted(await ledger.submit(command, by=ORGANISER, key=f"a{command.person}", session=session))
    item, clauses = await database.read(lambda connection: ids(connection, session, 1))
    await give(c.OpenSession())
    await give(c.OpenItem(item=item))
    for seat, letters in STANCES.items():
        given = zip(clauses, letters, strict=True)
        stances = tuple(_stance(clause, letter, ASKED.get(seat)) for clause, letter in given if letter != ".")
        await give(c.StateStances(item=item, stances=stances), seat)
    waits = c.StanceGiven(provision=clauses[2], level=StanceLevel.SUPPORT, if_agreed=clauses[0])
    await give(c.StateStances(item=item, stances=(waits,)), "KAZ")
    await worker.run(f"{session}/{item}")
    await overview.run(session)
    moved = c.StanceGiven(provision=clauses[4], level=StanceLevel.SUPPORT)
    await give(c.StateStances(item=item, stances=(moved,)), "IND")
    words = "Contact points against terrorism shall exchange assessments twice a year."
    english = LanguageTag("en")
    await give(c.ProposeAmendment(provision=clauses[3], revision=1, text=words, language=english), "KAZ")
    await give(c.AcceptAmendment(amendment=await database.read(lambda connection: _amendment(connection, session))))
    again = c.StanceGiven(provision=clauses[3], level=StanceLevel.ACCEPT)
    await give(c.StateStances(item=item, stances=(again,)), "KGZ")
    await worker.run(f"{session}/{item}")
    await overview.run(session)
    await ledger.close()
    await database.close()
    return session


def _stance(clause: ProvisionId, letter: str, asked: str | None) -> c.StanceGiven:
    if letter == "O":
        why = "It cannot be kept by units that are moved at short notice."
        return c.StanceGiven(provision=clause, level=LEVELS[letter], reason=why, would_be_removed_by=asked)
    return c.StanceGiven(provision=clause, level=LEVELS[letter])


def ids(connection: sa.Connection, session: SessionId, number: int) -> tuple[ItemId, list[ProvisionId]]:
    """An item and its provisions."""
    item, clause = tables.AgendaItem.metadata.tables["agenda_item"].c, tables.Provision.metadata.tables["provision"].c
    found = connection.execute(sa.select(item.id).where(item.session == session, item.number == number)).scalar_one()
    mine = sa.select(clause.id).where(clause.session == session, clause.item == found).order_by(clause.ordinal)
    return found, list(connection.execute(mine).scalars())


def _amendment(connection: sa.Connection, session: SessionId) -> AmendmentId:
    found = tables.Amendment.metadata.tables["amendment"].c
    return connection.execute(sa.select(found.id).where(found.session == session)).scalar_one()
