"""Histories of a record that others change: what a writer remembers of it, and what it reads anew."""

import asyncio

import pytest

from ledger import known
from tests.ledger.conftest import Backup, Folded, Place
from tests.ledger.scene import accepted, say, saying, schedule, sound, texts


async def test_a_state_that_is_behind_reads_only_what_it_lacks(place: Place, folded: Folded):
    one, other = place.ledger(), place.ledger()
    scene = await schedule(one)
    length = await sound(one, scene.session)
    accepted(await say(other, scene, "a"))
    assert folded == list(range(1, length + 1))
    folded.clear()
    accepted(await say(one, scene, "b"))
    assert folded == [length + 1, length + 2, length + 3]
    folded.clear()
    accepted(await say(one, scene, "c"))
    assert folded == []
    assert await texts(one, scene) == ["a", "b", "c"]


async def test_a_state_far_behind_is_folded_outside_the_transaction(
    place: Place, folded: Folded, monkeypatch: pytest.MonkeyPatch
):
    one, other = place.ledger(), place.ledger()
    scene = await schedule(one)
    accepted(await say(other, scene, "other knows it too"))
    await saying(one, scene, 20)
    length = await sound(one, scene.session)
    monkeypatch.setattr("ledger.writer.FAR", 10)
    monkeypatch.setattr(known, "PAGE", 7)
    folded.clear()
    folded.in_transaction = False
    accepted(await say(other, scene, "behind"))
    assert folded == list(range(length - 59, length + 1))
    folded.clear()
    accepted(await say(place.ledger(), scene, "new here"))
    assert folded == list(range(1, length + 4))
    assert not folded.in_transaction


async def test_two_processes_write_to_one_session(place: Place):
    ledgers = [place.ledger(at_once=4) for _ in range(3)]
    scene = await schedule(ledgers[0])
    await asyncio.gather(*(saying(ledger, scene, 20, f"{i}") for i, ledger in enumerate(ledgers)))
    assert sorted(await texts(ledgers[0], scene)) == sorted(f"{i} {j}" for i in range(3) for j in range(20))
    await sound(ledgers[0], scene.session)


@pytest.mark.parametrize("far", [10, 10_000])
@pytest.mark.parametrize("others", [0, 1, 5])
async def test_a_backup_put_back_is_folded_anew(
    place: Place, backup: Backup, folded: Folded, monkeypatch: pytest.MonkeyPatch, others: int, far: int
):
    """The head then shows another record: shorter, of the same length, or longer than the one we knew."""
    monkeypatch.setattr("ledger.writer.FAR", far)
    ledger = place.ledger()
    scene = await schedule(ledger)
    await saying(ledger, scene, 3, "kept")
    restore = backup()
    accepted(await say(ledger, scene, "lost"))
    restore()
    elsewhere = place.ledger()
    if others:
        await saying(elsewhere, scene, others, "instead")
    length = await sound(ledger, scene.session)
    folded.clear()
    folded.in_transaction = False
    accepted(await say(ledger, scene, "after"))
    assert folded == list(range(1, length + 1))
    assert folded.in_transaction == (far > length)
    instead = [f"instead {i}" for i in range(others)]
    assert await texts(ledger, scene) == ["kept 0", "kept 1", "kept 2", *instead, "after"]
    await sound(ledger, scene.session)


async def test_only_so_many_sessions_are_remembered(place: Place, folded: Folded):
    ledger = place.ledger(remembered=2)
    scenes = [await schedule(ledger, f"scene {i}") for i in range(3)]
    folded.clear()
    for scene in scenes[1:]:
        accepted(await say(ledger, scene, scene.session))
    assert folded == []
    accepted(await say(ledger, scenes[0], "forgotten"))
    assert folded[0] == 1
    assert len(ledger._writer._memory) == 2
