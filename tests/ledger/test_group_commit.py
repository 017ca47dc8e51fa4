"""Histories of commands that share a transaction, and of guilty ones among them."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest

from ledger import transaction
from polylogue.commands import Command
from polylogue.decide import decide
from polylogue.occasion import Decided, Entry, Occasion
from polylogue.refusals import Refusal
from polylogue.state import State
from schema.api.context import Receipt
from tests.ledger.conftest import Folded, Place
from tests.ledger.counted import Counted
from tests.ledger.scene import accepted, record, say, saying, schedule, sound, texts

# ── together ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_what_waits_is_done_in_one_transaction(place: Place):
    counted = Counted(place.database())
    ledger = place.ledger(database=counted)
    scene = await schedule(ledger)
    before, counted.transactions = await sound(ledger, scene.session), 0
    receipts = await saying(ledger, scene, 64)
    assert counted.transactions == 1
    assert [receipt.seq - before for receipt in receipts] == [3 * i for i in range(1, 65)]
    assert await texts(ledger, scene) == [f"say {i}" for i in range(64)]
    assert await sound(ledger, scene.session) == before + 3 * 64


async def test_no_more_at_once_than_is_set(place: Place):
    counted = Counted(place.database())
    ledger = place.ledger(database=counted, at_once=10)
    scene = await schedule(ledger)
    counted.transactions = 0
    await saying(ledger, scene, 64)
    assert counted.transactions == 7


async def test_several_sessions_share_the_lanes(place: Place):
    counted = Counted(place.database())
    ledger = place.ledger(database=counted)
    scenes = [await schedule(ledger, f"scene {i}") for i in range(9)]
    counted.transactions = 0
    await asyncio.gather(*(saying(ledger, scene, 6, scene.session) for scene in scenes))
    assert counted.transactions <= counted.lanes
    for scene in scenes:
        assert await texts(ledger, scene) == [f"{scene.session} {i}" for i in range(6)]
        await sound(ledger, scene.session)


async def test_a_command_sees_what_was_said_before_it_in_the_same_transaction(place: Place):
    counted = Counted(place.database())
    ledger = place.ledger(database=counted)
    scene = await schedule(ledger)
    counted.transactions = 0
    answers = await asyncio.gather(*(say(ledger, scene, f"{i}") for i in range(3)))
    assert counted.transactions == 1
    stored = [json.loads(row.stored) for row in await record(ledger, scene.session)]
    revisions = [line["payload"]["revision"] for line in stored if line["kind"] == "PositionPosted"]
    assert (len(answers), revisions) == (3, [1, 2, 3])


# ── guilty commands ──────────────────────────────────────────────────────────────────────────────────────────────────


def a_bug_in_deciding(monkeypatch: pytest.MonkeyPatch) -> None:
    def deciding(state: State, command: Command, occasion: Occasion) -> Decided | Refusal:
        if "say 3" in repr(command):
            raise ZeroDivisionError("a bug")
        return decide(state, command, occasion)

    monkeypatch.setattr(transaction, "decide", deciding)


def a_bug_in_projecting(monkeypatch: pytest.MonkeyPatch) -> None:
    """The state has changed already when this one shows."""

    def projecting(session: str, state: State, entry: Entry, rows: Any) -> None:
        if "say 3" in repr(entry):
            raise ZeroDivisionError("a bug")
        project(session, state, entry, rows)

    project: Any = transaction.project
    monkeypatch.setattr(transaction, "project", projecting)


@pytest.mark.parametrize(("bug", "transactions"), [(a_bug_in_deciding, 1), (a_bug_in_projecting, 1 + 8)])
async def test_a_command_that_meets_a_bug_fails_alone(
    place: Place, monkeypatch: pytest.MonkeyPatch, bug: Callable[[pytest.MonkeyPatch], None], transactions: int
):
    counted = Counted(place.database())
    ledger = place.ledger(database=counted)
    scene = await schedule(ledger)
    bug(monkeypatch)
    counted.transactions = 0
    answers = await asyncio.gather(*(say(ledger, scene, f"say {i}") for i in range(8)), return_exceptions=True)
    assert [type(answer) for answer in answers] == [Receipt] * 3 + [ZeroDivisionError] + [Receipt] * 4
    assert counted.transactions == transactions
    monkeypatch.undo()
    accepted(await say(ledger, scene, "after"))
    assert await texts(ledger, scene) == [*(f"say {i}" for i in range(8) if i != 3), "after"]
    await sound(ledger, scene.session)


async def test_a_command_whose_data_the_database_refuses_fails_alone(place: Place):
    """PostgreSQL keeps no NUL in a text, SQLite does: who gives such a key must not be the ruin of others."""
    ledger = place.ledger()
    scene = await schedule(ledger)
    keys = ["one", "t\0o", "three"]
    answers = await asyncio.gather(*(say(ledger, scene, "w", key=key) for key in keys), return_exceptions=True)
    good = [isinstance(answer, Receipt) for answer in answers]
    assert good == ([True, True, True] if place.sqlite else [True, False, True])
    await sound(ledger, scene.session)


async def test_a_failed_transaction_leaves_no_state_behind(
    place: Place, monkeypatch: pytest.MonkeyPatch, folded: Folded
):
    """The head would give a spoilt state away; that it is folded anew shows that none was kept."""
    ledger = place.ledger()
    scene = await schedule(ledger)
    length = await sound(ledger, scene.session)
    a_bug_in_projecting(monkeypatch)
    with pytest.raises(ZeroDivisionError):
        await say(ledger, scene, "say 3")
    folded.clear()
    accepted(await say(ledger, scene, "after"))
    assert folded == list(range(1, length + 1))
