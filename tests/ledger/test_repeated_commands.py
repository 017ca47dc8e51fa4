"""Histories of commands that come twice: the same key, or a key that stands for something else."""

import asyncio
from typing import Any

import sqlalchemy as sa

from ledger.ledger import Ledger
from polylogue.commands import RaiseObjection, ScheduleSession, StateStances
from polylogue.refusals import Refusal, RefusalCode
from tests.ledger.conftest import Place
from tests.ledger.counted import Counted
from tests.ledger.scene import (
    CHAIR,
    EN,
    IDEMPOTENCY,
    ORGANISER,
    SEATS,
    accepted,
    delegate,
    position,
    say,
    scenario,
    schedule,
    sound,
    texts,
)


async def test_the_same_key_and_command_give_the_same_receipt(place: Place):
    ledger = place.ledger()
    scene = await schedule(ledger)
    first = accepted(await say(ledger, scene, "once"))
    accepted(await say(ledger, scene, "another"))
    after_a_restart = place.ledger()
    assert first == await say(ledger, scene, "once") == await say(after_a_restart, scene, "once")
    assert await texts(ledger, scene) == ["once", "another"]


async def test_twice_at_once_is_written_once(place: Place):
    one, other = place.ledger(), place.ledger()
    scene = await schedule(one)
    answers = await asyncio.gather(*(say(ledger, scene, "once") for ledger in (one, one, other, other, one)))
    assert len(set(answers)) == 1
    assert await texts(one, scene) == ["once"]


async def test_a_key_that_stands_for_another_command_is_a_conflict(ledger: Ledger):
    scene, elsewhere = await schedule(ledger), await schedule(ledger, "elsewhere")
    accepted(await say(ledger, scene, "mine"))
    by = delegate(SEATS[0])
    others: list[Any] = [
        await ledger.submit(position(scene, "other words"), by=by, key="mine", session=scene.session),
        await ledger.submit(position(scene, "mine"), by=by, key="mine", session=elsewhere.session),
        await ledger.submit(position(scene, "mine"), by=by, key="mine", session=scene.session, seat=SEATS[0]),
        await ledger.submit(StateStances(item=scene.item), by=by, key="mine", session=scene.session),
    ]
    assert [(answer.code, answer.rule) for answer in others] == [(RefusalCode.IDEMPOTENCY_CONFLICT, "0.2")] * 4
    assert await texts(ledger, scene) == ["mine"]


async def test_commands_with_one_key_may_share_a_transaction(place: Place):
    counted = Counted(place.database())
    ledger = place.ledger(database=counted)
    scene = await schedule(ledger)
    counted.transactions = 0
    first, second, third = await asyncio.gather(*(say(ledger, scene, words, key="same") for words in ("a", "b", "a")))
    assert accepted(first) == third
    assert isinstance(second, Refusal)
    assert second.code is RefusalCode.IDEMPOTENCY_CONFLICT
    assert counted.transactions == 1


async def test_keys_of_two_persons_are_two_keys(ledger: Ledger):
    scene = await schedule(ledger)
    answers = await asyncio.gather(*(say(ledger, scene, "same", seat) for seat in SEATS))
    assert len({accepted(answer).seq for answer in answers}) == len(SEATS)


async def test_a_refused_command_may_come_again_with_its_key(ledger: Ledger):
    scene = await schedule(ledger)
    call = RaiseObjection(
        item=scene.item, provision=scene.provisions[0], reason="No", would_be_removed_by="Yes", language=EN
    )
    assert isinstance(await ledger.submit(call, by=CHAIR, key="k", session=scene.session), Refusal)
    accepted(await say(ledger, scene, "after", key="k"))
    kept = sa.select(sa.func.count()).select_from(IDEMPOTENCY).where(IDEMPOTENCY.c.key == "k")
    assert await ledger.read(lambda connection: connection.execute(kept).scalar_one()) == 1


async def test_a_session_scheduled_twice_is_one_session(place: Place):
    command = ScheduleSession(scenario=scenario())
    ledgers = [place.ledger(), place.ledger()]
    answers = await asyncio.gather(*(to.submit(command, by=ORGANISER, key="new") for to in ledgers for _ in range(8)))
    assert len(set(answers)) == 1
    assert await ledgers[0].submit(command, by=ORGANISER, key="new") == answers[0]
    different = await ledgers[1].submit(ScheduleSession(scenario=scenario(2)), by=ORGANISER, key="new")
    assert isinstance(different, Refusal)
    assert different.code is RefusalCode.IDEMPOTENCY_CONFLICT
    assert await sound(ledgers[0], accepted(answers[0]).session) == 1
