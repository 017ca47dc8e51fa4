"""A session for the ledger's tests: seven seats, one item of eight provisions, a delegate on every seat."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from ledger.ledger import By, Ledger
from polylogue.commands import AdmitPerson, OpenItem, OpenSession, PostPosition, ScheduleSession, StanceGiven
from polylogue.record.tree import grow, leaf_hash
from polylogue.refusals import Refusal
from polylogue.scenario import LocalText, Scenario, ScenarioDelegation, ScenarioItem, ScenarioProvision
from polylogue.vocabulary import ItemId, LanguageTag, PersonId, ProvisionId, Role, SeatCode, SessionId, StanceLevel
from schema import tables  # noqa: F401 -- puts the tables into the metadata
from schema.api.context import Receipt

EN = LanguageTag("en")
ORGANISER = By(PersonId("organiser"), frozenset({Role.ORGANISER}))
CHAIR = By(PersonId("chair"))
SEATS = tuple(SeatCode(code) for code in ("CHN", "IND", "KAZ", "KGZ", "PAK", "RUS", "TJK"))

EVENT, HEAD, PROSE, IDEMPOTENCY, ITEM, PROVISION, REPORT, REPORTS_HEAD = (
    SQLModel.metadata.tables[name]
    for name in ("event", "head", "prose", "idempotency", "agenda_item", "provision", "report", "reports_head")
)


@dataclass(frozen=True)
class Scene:
    """A session that is open, with the ids that its commands need."""

    session: SessionId
    item: ItemId
    provisions: tuple[ProvisionId, ...]


def text(words: str) -> LocalText:
    return LocalText(language=EN, text=words)


def scenario(provisions: int = 8) -> Scenario:
    return Scenario(
        titles=(text("Reservoirs"),),
        delegations=tuple(ScenarioDelegation(code=code, names=(text(code),)) for code in SEATS),
        items=(
            ScenarioItem(
                titles=(text("Shared water"),),
                provisions=tuple(ScenarioProvision(versions=(text(f"Clause {i}."),)) for i in range(provisions)),
            ),
        ),
    )


def delegate(seat: SeatCode) -> By:
    return By(PersonId(f"delegate of {seat}"))


def accepted(answer: Receipt | Refusal) -> Receipt:
    assert isinstance(answer, Receipt), answer
    return answer


async def schedule(ledger: Ledger, name: str = "scene") -> Scene:
    """Schedule the session, admit everybody, open it and its item."""
    session = accepted(await ledger.submit(ScheduleSession(scenario=scenario()), by=ORGANISER, key=f"{name}:1")).session
    admit = [AdmitPerson(role=Role.CHAIR, person=CHAIR.person)]
    admit += [AdmitPerson(role=Role.DELEGATE, seats=(seat,), person=delegate(seat).person) for seat in SEATS]
    for command in admit:
        accepted(await ledger.submit(command, by=ORGANISER, key=f"{name}:{command.person}", session=session))

    def ids(connection: sa.Connection) -> tuple[ItemId, tuple[ProvisionId, ...]]:
        item = connection.execute(sa.select(ITEM.c.id).where(ITEM.c.session == session)).scalar_one()
        mine = sa.select(PROVISION.c.id).where(PROVISION.c.session == session).order_by(PROVISION.c.ordinal)
        return item, tuple(connection.execute(mine).scalars())

    item, provisions = await ledger.read(ids)
    for command in (OpenSession(), OpenItem(item=item)):
        accepted(await ledger.submit(command, by=CHAIR, key=f"{name}:{command}", session=session))
    return Scene(session, item, provisions)


def position(scene: Scene, words: str = "Water is shared.") -> PostPosition:
    """A position with a stance on every provision and the interests behind it: three events."""
    return PostPosition(
        item=scene.item,
        text=words,
        language=EN,
        interests="To irrigate in May.",
        stances=tuple(StanceGiven(provision=id, level=StanceLevel.ACCEPT) for id in scene.provisions),
    )


async def say(
    ledger: Ledger, scene: Scene, words: str, seat: SeatCode = SEATS[0], *, key: str | None = None
) -> Receipt | Refusal:
    """Post a position for a seat; its key is its words."""
    return await ledger.submit(position(scene, words), by=delegate(seat), key=key or words, session=scene.session)


async def record(ledger: Ledger, session: SessionId) -> Sequence[sa.Row[Any, Any, Any, Any]]:
    """The stored entries of a session: seq, command, stored, leaf."""
    mine = sa.select(EVENT.c.seq, EVENT.c.command, EVENT.c.stored, EVENT.c.leaf).where(EVENT.c.session == session)
    return await ledger.read(lambda connection: connection.execute(mine.order_by(EVENT.c.seq)).all())


async def sound(ledger: Ledger, session: SessionId) -> int:
    """Check the record against its head from the stored bytes alone: no gap, each leaf, the tree; gives its length."""
    mine = sa.select(EVENT.c.seq, EVENT.c.stored, EVENT.c.leaf).where(EVENT.c.session == session)
    end = sa.select(HEAD.c.seq, HEAD.c.leaf, HEAD.c.frontier).where(HEAD.c.session == session)
    entries, head = await ledger.read(
        lambda connection: (connection.execute(mine.order_by(EVENT.c.seq)).all(), connection.execute(end).one())
    )
    assert [entry.seq for entry in entries] == list(range(1, head.seq + 1))
    frontier: list[bytes] = []
    for size, entry in enumerate(entries):
        assert entry.leaf == leaf_hash(entry.stored)
        grow(frontier, size, entry.leaf)
    assert (entries[-1].leaf, b"".join(frontier)) == (head.leaf, head.frontier)
    return head.seq


async def texts(ledger: Ledger, scene: Scene) -> list[str]:
    """The words of all positions, in the order of the record."""
    mine = sa.select(PROSE.c.text).where(PROSE.c.session == scene.session, PROSE.c.pointer == "/text")
    mine = mine.where(PROSE.c.text != "To irrigate in May.").order_by(PROSE.c.seq)
    return list(await ledger.read(lambda connection: connection.execute(mine).scalars().all()))


async def saying(ledger: Ledger, scene: Scene, count: int, name: str = "say") -> list[Receipt]:
    """That many positions at once, one after another of the seats."""
    said = [say(ledger, scene, f"{name} {i}", SEATS[i % len(SEATS)]) for i in range(count)]
    return [accepted(answer) for answer in await asyncio.gather(*said)]
