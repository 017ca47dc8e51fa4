"""Histories of commands that wait: too many of them, callers who leave, a writer that ends."""

import asyncio

from ledger.ledger import Ledger
from polylogue.refusals import Refusal, RefusalCode
from schema.api.context import Receipt
from tests.ledger.conftest import Place
from tests.ledger.counted import Counted
from tests.ledger.scene import accepted, say, saying, schedule, texts


async def test_a_full_queue_refuses_and_leaves_other_sessions_alone(place: Place):
    counted = Counted(place.database(lanes=1))
    ledger = place.ledger(database=counted, depth=4)
    full, other = await schedule(ledger), await schedule(ledger, "other")
    counted.gate.clear()
    first = asyncio.create_task(say(ledger, full, "first"))
    await asyncio.sleep(0)  # it is taken from the queue
    await asyncio.sleep(0)
    waiting = [asyncio.create_task(say(ledger, full, f"{i}")) for i in range(7)]
    elsewhere = asyncio.create_task(say(ledger, other, "elsewhere"))
    await asyncio.sleep(0)
    counted.gate.set()
    answers = await asyncio.gather(first, *waiting, elsewhere)
    busy = [answer.code for answer in answers if isinstance(answer, Refusal)]
    assert busy == [RefusalCode.SESSION_BUSY] * 3
    assert [isinstance(answer, Receipt) for answer in answers] == [True] * 5 + [False] * 3 + [True]
    accepted(await say(ledger, full, "again there is room"))


async def test_a_command_is_not_done_when_its_caller_has_left_before_its_turn(place: Place):
    counted = Counted(place.database())
    ledger = place.ledger(database=counted)
    scene = await schedule(ledger)
    counted.gate.clear()
    tasks = [asyncio.create_task(say(ledger, scene, f"{i}")) for i in range(2)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    later = [asyncio.create_task(say(ledger, scene, f"{i}")) for i in range(2, 6)]
    await asyncio.sleep(0)
    tasks[0].cancel()  # in its transaction already: that it leaves changes nothing
    later[1].cancel()  # waits still
    await asyncio.sleep(0)
    counted.gate.set()
    answers = await asyncio.gather(*tasks, *later, return_exceptions=True)
    assert [isinstance(answer, Receipt) for answer in answers] == [False, True, True, False, True, True]
    assert await texts(ledger, scene) == ["0", "1", "2", "4", "5"]


async def test_closing_finishes_what_waits_and_takes_nothing_new(place: Place):
    ledger = place.ledger(at_once=2)
    scene = await schedule(ledger)
    tasks = [asyncio.create_task(say(ledger, scene, f"{i}")) for i in range(9)]
    await asyncio.sleep(0)
    await ledger.close()
    assert all(task.done() for task in tasks)
    assert [accepted(task.result()).seq for task in tasks]
    refused = await say(ledger, scene, "too late")
    assert isinstance(refused, Refusal)
    assert refused.code is RefusalCode.SESSION_BUSY


async def test_nothing_is_left_of_a_queue_that_is_empty(ledger: Ledger):
    scene = await schedule(ledger)
    await saying(ledger, scene, 5)
    await asyncio.sleep(0)
    writer = ledger._writer
    assert (writer._waiting, dict(writer._length), writer._tasks) == ({}, {}, set())


async def test_who_waits_is_told_when_the_writer_is_cancelled(place: Place):
    counted = Counted(place.database())
    ledger = place.ledger(database=counted, at_once=2)
    scene = await schedule(ledger)
    counted.gate.clear()
    waiting = [asyncio.create_task(say(ledger, scene, f"{i}")) for i in range(5)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    for task in ledger._writer._tasks:
        task.cancel()
    answers = await asyncio.gather(*waiting, return_exceptions=True)
    assert [str(answer) for answer in answers] == ["the writer ended"] * 5
    counted.gate.set()
    accepted(await say(ledger, scene, "after"))
