"""A draft that was asked for is tabled, made anew where the text moves under it, and let go where nobody wants it."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

from ledger.ledger import Ledger
from polylogue import commands as c
from polylogue.refusals import Refusal
from polylogue.vocabulary import AmendmentId, RequestId, StanceLevel
from schema.api.context import Receipt
from tests.ledger.scene import CHAIR, EN, SEATS, Scene, accepted, delegate, schedule
from tests.workers.house import House, chair, column, house, payloads
from tests.workers.toy import serving
from workers.drafting import Drafting
from workers.rounds import proposal

PROSE, REQUEST = (SQLModel.metadata.tables[name] for name in ("prose", "draft_request"))


@pytest.fixture
async def at(tmp_path: Path, redis_url: str) -> AsyncIterator[House]:
    async with house(tmp_path, redis_url) as made:
        yield made


class Interrupted(Ledger):
    """A ledger in which the chair is a moment faster: `acts` are done just before the first draft arrives."""

    def __init__(self, house: House, scene: Scene, *acts: c.Command) -> None:
        super().__init__(house.database)
        self._scene, self._acts = scene, list(acts)

    async def submit(self, command: c.Command, **more: Any) -> Receipt | Refusal:
        while isinstance(command, c.TableDraft | c.ProposeCandidates) and self._acts:
            act = self._acts.pop(0)
            accepted(await super().submit(act, by=CHAIR, key=f"meanwhile {act}", session=self._scene.session))
        return await super().submit(command, **more)


async def asked(at: House) -> tuple[Scene, AmendmentId, RequestId]:
    """A session in which SEATS[2] wants the first clause worded anew, SEATS[1] accepts the second, and a draft is asked
    for.
    """
    scene = await schedule(at.ledger)
    wish = c.ProposeAmendment(provision=scene.provisions[0], revision=1, text="Clause 0, better.", language=EN)
    accepted(await at.ledger.submit(wish, by=delegate(SEATS[2]), key="wish", session=scene.session))
    stance = c.StanceGiven(provision=scene.provisions[1], level=StanceLevel.ACCEPT)
    stated = c.StateStances(item=scene.item, stances=(stance,))
    accepted(await at.ledger.submit(stated, by=delegate(SEATS[1]), key="stated", session=scene.session))
    await chair(at, scene, c.RequestDraft(item=scene.item))
    (proposed,) = await payloads(at, scene, "AmendmentProposed")
    (requested,) = await payloads(at, scene, "DraftRequested")
    return scene, AmendmentId(proposed["amendment"]), RequestId(requested["request"])


async def states(at: House, scene: Scene) -> list[object]:
    return await at.database.read(column(REQUEST, "state", session=scene.session))


async def test_a_draft_brings_pending_amendments_to_the_table_with_who_backs_what(at: House) -> None:
    scene, amendment, _ = await asked(at)
    async with serving(at.workers):
        await at.idle()
    (draft,) = await payloads(at, scene, "DraftTabled")
    first, second, *_ = draft["clauses"]
    (alternative,) = first["alternatives"]
    assert [clause["id"] for clause in draft["clauses"]] == list(scene.provisions)
    assert alternative["backers"] == [SEATS[2]]
    assert [source["amendment"] for source in alternative["sources"]] == [amendment]
    assert (second["backers"], second["alternatives"]) == ([SEATS[1]], [])
    words = sa.select(PROSE.c.text).where(PROSE.c.session == scene.session, PROSE.c.seq == draft["seq"])
    assert await at.database.read(lambda c: c.execute(words).scalars().all()) == ["Clause 0, better."]
    assert await states(at, scene) == ["TABLED"]
    assert list(await at.due.failures()) == []


async def test_a_draft_whose_clause_got_new_words_is_made_anew(at: House) -> None:
    scene, amendment, request = await asked(at)
    ledger = Interrupted(at, scene, c.AcceptAmendment(amendment=amendment))
    await Drafting(at.database, at.drafting.sessions, ledger).run(f"{scene.session}/{request}")
    await ledger.close()
    (draft,) = await payloads(at, scene, "DraftTabled")
    assert (draft["clauses"][0]["revision"], draft["clauses"][0]["alternatives"]) == (2, [])


async def test_nobody_waits_for_a_search_and_a_search_sees_the_session_as_it_was(
    at: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene, _, request = await asked(at)
    begun, goes_on = Event(), Event()

    def slow(*read: Any) -> c.ProposeCandidates:
        begun.set()
        assert goes_on.wait(30)
        return proposal(*read)

    monkeypatch.setattr("workers.drafting.proposal", slow)
    running = asyncio.create_task(at.drafting.run(f"{scene.session}/{request}"))
    assert await asyncio.to_thread(begun.wait, 30)
    stance = c.StanceGiven(provision=scene.provisions[1], level=StanceLevel.ACCEPT)
    stated = c.StateStances(item=scene.item, stances=(stance,))
    later = accepted(await at.ledger.submit(stated, by=delegate(SEATS[0]), key="later", session=scene.session))
    async with asyncio.timeout(30), at.drafting.sessions.newest(scene.session) as folded:
        assert folded.seq == later.seq
    goes_on.set()
    await running
    (draft,) = await payloads(at, scene, "DraftTabled")
    assert draft["clauses"][1]["backers"] == [SEATS[1]]
    (round_,) = await payloads(at, scene, "CandidatesProposed")
    assert round_["basis"] == later.seq - 1


@pytest.mark.parametrize("ahead", [True, False], ids=["before it is drafted", "while it is drafted"])
@pytest.mark.parametrize("what", ["defer", "suspend", "close"])
async def test_a_draft_that_nobody_can_table_now_is_let_go(at: House, what: str, *, ahead: bool) -> None:
    scene, _, request = await asked(at)
    act, left = {
        "defer": (c.DeferItem(item=scene.item, reason="Late."), "LAPSED"),
        "suspend": (c.SuspendSession(), "PENDING"),
        "close": (c.CloseSession(), "LAPSED"),
    }[what]
    ledger = Interrupted(at, scene, *([] if ahead else [act]))
    if ahead:
        await chair(at, scene, act)
    await Drafting(at.database, at.drafting.sessions, ledger).run(f"{scene.session}/{request}")
    await ledger.close()
    assert not await payloads(at, scene, "DraftTabled")
    assert await states(at, scene) == [left]
    assert await at.due.due(f"drafting:{scene.session}/{request}") is None


async def test_a_failure_is_forgotten_when_the_draft_is_tabled(at: House) -> None:
    scene, _, request = await asked(at)
    await at.due.failed(f"drafting:{scene.session}/{request}", "the power was gone", build="1")
    async with serving(at.workers):
        while await states(at, scene) != ["TABLED"]:
            await at.idle()
        await at.idle()
    assert list(await at.due.failures()) == []
