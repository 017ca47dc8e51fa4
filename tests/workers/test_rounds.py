"""Candidates are proposed with the draft that was asked for: the same from the same record, and whole or not at all."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from ledger.ledger import By, Ledger
from polylogue import commands as c
from polylogue.drafting.candidates import SEARCH
from polylogue.refusals import Refusal
from polylogue.vocabulary import ItemId, RequestId, SeatCode, StanceLevel
from schema.api.context import Receipt
from server.convergence.recomputed import recomputed
from tests.ledger.scene import CHAIR, EN, PROSE, SEATS, Scene, accepted, delegate, record, schedule, sound
from tests.workers.drafter import digest
from tests.workers.house import House, chair, house, payloads
from tests.workers.toy import PATIENCE, serving
from workers.drafting import Drafting

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
async def at(tmp_path: Path, redis_url: str) -> AsyncIterator[House]:
    async with house(tmp_path, redis_url) as made:
        yield made


async def says(at: House, scene: Scene, seat: SeatCode, command: c.Command) -> Receipt:
    return accepted(await at.ledger.submit(command, by=delegate(seat), key=f"{seat}: {command}", session=scene.session))


async def contested(at: House) -> tuple[Scene, RequestId]:
    """A session whose first clause has an alternative and an amendment, to each of which somebody objects; a draft with
    candidates is asked for.
    """
    scene = await schedule(at.ledger)
    first = scene.provisions[0]
    await says(at, scene, SEATS[1], c.ProposeAlternative(provision=first, text="Clause 0 in May.", language=EN))
    amends = c.ProposeAmendment(provision=first, revision=1, text="Clause 0 in June.", language=EN)
    await says(at, scene, SEATS[2], amends)
    objects = c.StanceGiven(
        provision=first,
        level=StanceLevel.OBJECT,
        reason="Too early.",
        would_be_removed_by="Clause 0 in May or June.",
    )
    await says(at, scene, SEATS[3], c.StateStances(item=scene.item, stances=(objects,)))
    await chair(at, scene, c.RequestDraft(item=scene.item))
    (requested,) = await payloads(at, scene, "DraftRequested")
    return scene, RequestId(requested["request"])


async def test_a_draft_comes_with_candidates_their_order_and_what_is_expected_of_each_seat(at: House) -> None:
    scene, request = await contested(at)
    async with serving(at.workers):
        await at.idle()
    (tabled,) = await payloads(at, scene, "DraftTabled")
    (proposed,) = await payloads(at, scene, "CandidatesProposed")
    predicted = await payloads(at, scene, "StancesPredicted")
    assert (proposed["draft"], proposed["request"]) == (tabled["draft"], request)
    assert [each["seat"] for each in predicted] == list(SEATS)
    assert [each["seq"] for each in predicted] == [proposed["seq"] + i for i in range(1, 8)]
    forms = {wording["form"] for wording in proposed["wordings"]}
    assert forms >= {"PRESENT", "ALTERNATIVE", "CONCESSION", "OMITTED"}
    assert sum(candidate["statusQuo"] for candidate in proposed["candidates"]) == 1
    assert sum(candidate["present"] for candidate in proposed["candidates"]) == 1
    places = {
        (source["seq"], source["pointer"])
        for wording in proposed["wordings"]
        for source in wording["sources"]
        if source["kind"] != "NAME"
    }
    there = sa.select(PROSE.c.seq, PROSE.c.pointer).where(PROSE.c.session == scene.session)
    assert places
    assert places <= {(row.seq, row.pointer) for row in await at.database.read(lambda c: c.execute(there).all())}
    assert await sound(at.ledger, scene.session)
    assert list(await at.due.failures()) == []


async def test_a_draft_without_candidates_is_the_rolling_text_alone(at: House) -> None:
    scene = await schedule(at.ledger)
    await chair(at, scene, c.RequestDraft(item=scene.item, candidates=0))
    async with serving(at.workers):
        await at.idle()
    assert len(await payloads(at, scene, "DraftTabled")) == 1
    assert await payloads(at, scene, "CandidatesProposed") == []


async def test_an_item_without_clauses_gets_an_empty_draft_and_no_round(at: House) -> None:
    scene = await schedule(at.ledger)
    for provision in scene.provisions:
        await chair(at, scene, c.WithdrawProvision(provision=provision))
    await chair(at, scene, c.RequestDraft(item=scene.item))
    async with serving(at.workers):
        await at.idle()
    (draft,) = await payloads(at, scene, "DraftTabled")
    assert draft["clauses"] == []
    assert await payloads(at, scene, "CandidatesProposed") == []


class Heard(Ledger):
    """A ledger that notes what it is given, with something done just before the first draft arrives."""

    def __init__(self, house: House, scene: Scene, *acts: tuple[By, c.Command]) -> None:
        super().__init__(house.database)
        self.given: list[c.Command] = []
        self._scene, self._acts = scene, list(acts)

    async def submit(self, command: c.Command, **more: Any) -> Receipt | Refusal:
        while isinstance(command, c.ProposeCandidates) and self._acts:
            by, act = self._acts.pop(0)
            accepted(await super().submit(act, by=by, key=f"meanwhile {act}", session=self._scene.session))
        self.given.append(command)
        return await super().submit(command, **more)


async def test_a_drafter_killed_in_the_middle_leaves_nothing_and_another_makes_the_same(
    at: House, tmp_path: Path
) -> None:
    scene, request = await contested(at)
    mark, before = tmp_path / "mark", len(await record(at.ledger, scene.session))
    words = [f"sqlite:///{tmp_path / 'record.db'}", f"{scene.session}/{request}", str(mark)]
    killed = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.workers.drafter", *words, cwd=ROOT, start_new_session=True,
        stdout=subprocess.DEVNULL, env=os.environ | {"PYTHONHASHSEED": "1"},
    )  # fmt: skip
    try:
        async with asyncio.timeout(PATIENCE):
            while not mark.exists() or not mark.read_text("utf-8"):  # noqa: ASYNC110 -- another process writes it
                await asyncio.sleep(0.05)
    finally:
        os.killpg(killed.pid, signal.SIGKILL)
        await killed.wait()
    assert len(await record(at.ledger, scene.session)) == before
    ledger = Heard(at, scene)
    for _ in range(2):
        await Drafting(at.database, at.drafting.sessions, ledger).run(f"{scene.session}/{request}")
    await ledger.close()
    (command,) = ledger.given
    assert digest(command) == mark.read_text("utf-8")
    assert len(await payloads(at, scene, "CandidatesProposed")) == 1


@pytest.mark.parametrize("touches", [False, True])
async def test_a_round_is_made_anew_when_a_clause_that_it_words_has_moved_and_only_then(
    at: House, *, touches: bool
) -> None:
    scene, request = await contested(at)
    stance = c.StanceGiven(provision=scene.provisions[1], level=StanceLevel.SUPPORT)
    states = c.StateStances(item=scene.item, stances=(stance,))
    (bracket,) = await payloads(at, scene, "AlternativeProposed")
    closes = c.CloseBracket(provision=scene.provisions[0], alternative=bracket["alternative"])
    act = (CHAIR, closes) if touches else (delegate(SEATS[0]), states)
    ledger = Heard(at, scene, act)
    await Drafting(at.database, at.drafting.sessions, ledger).run(f"{scene.session}/{request}")
    await ledger.close()
    assert len(ledger.given) == (2 if touches else 1)
    (proposed,) = await payloads(at, scene, "CandidatesProposed")
    revisions = {w["revision"] for w in proposed["wordings"] if w["provision"] == scene.provisions[0]}
    assert revisions == ({2} if touches else {1})


async def test_the_next_round_goes_by_the_answers(at: House) -> None:
    """What a seat would live with is proposed, and what it has answered is not expected but said."""
    scene, _ = await contested(at)
    async with serving(at.workers):
        await at.idle()
    (proposed,) = await payloads(at, scene, "CandidatesProposed")
    place, wording = next(
        (place, wording)
        for place, wording in enumerate(proposed["wordings"])
        if wording["form"] not in ("PRESENT", "ALTERNATIVE", "OMITTED")
    )
    candidate = next(each for each in proposed["candidates"] if place in each["wordings"])
    against = c.AnswerGiven(
        provision=wording["provision"],
        level=StanceLevel.OBJECT,
        reason="Not so.",
        would_be_removed_by="Clause 0 in May or July.",
    )
    await says(at, scene, SEATS[4], c.AnswerCandidate(candidate=candidate["id"], answers=(against,)))
    await chair(at, scene, c.RequestDraft(item=ItemId(scene.item), candidates=8))
    async with serving(at.workers):
        await at.idle()
    _, second = await payloads(at, scene, "CandidatesProposed")
    assert second["number"] == 2
    texts = await _texts(at, scene, second)
    assert "Clause 0 in May or July." in texts.values()
    before = await _texts(at, scene, proposed)
    again = [w for p, w in enumerate(second["wordings"]) if texts.get(p) == before[place]]
    assert again
    assert all(SEATS[4] in w["objected"] for w in again)


async def _texts(at: House, scene: Scene, proposed: dict[str, Any]) -> dict[int, str]:
    """The words that only candidates have, by the place of the wording."""
    mine = sa.select(PROSE.c.pointer, PROSE.c.text).where(
        PROSE.c.session == scene.session, PROSE.c.seq == proposed["seq"], PROSE.c.pointer.like("/wordings/%")
    )
    rows = await at.database.read(lambda c: c.execute(mine).all())
    return {int(row.pointer.split("/")[2]): row.text for row in rows}


async def test_a_round_is_searched_again_from_the_record(at: House, monkeypatch: pytest.MonkeyPatch) -> None:
    scene, request = await contested(at)
    await at.drafting.run(f"{scene.session}/{request}")

    async def again(spoil: sa.Update | sa.Delete) -> tuple[dict[str, int], str | None]:
        """What comes of it in a database that is spoilt."""

        def look(connection: sa.Connection) -> tuple[dict[str, int], str | None]:
            within = connection.begin_nested()
            connection.execute(spoil)
            found = recomputed(connection, scene.session)
            within.rollback()
            return found.rounds, found.difference

        return await at.database.transact(look)

    (proposed,) = await payloads(at, scene, "CandidatesProposed")
    (alternative,) = await payloads(at, scene, "AlternativeProposed")
    mine = sa.and_(PROSE.c.session == scene.session, PROSE.c.seq == proposed["seq"])
    nothing = sa.delete(PROSE).where(PROSE.c.session == "nobody")
    assert await again(nothing) == ({"same": 1}, None)
    spoilt = sa.update(PROSE).where(mine, PROSE.c.pointer == "/candidates/1/explanation").values(text="Better.")
    assert await again(spoilt) == (
        {},
        f"round 1 of item 1 (entry {proposed['seq']}) searched again, candidate 2 is another",
    )
    erased = sa.delete(PROSE).where(PROSE.c.session == scene.session, PROSE.c.seq == alternative["seq"])
    assert await again(erased) == ({"erased": 1}, None)
    monkeypatch.setattr("server.convergence.rounds_again.SEARCH", SEARCH + 1)
    assert await again(spoilt) == ({"other": 1}, None)
