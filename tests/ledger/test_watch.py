"""Histories of those who follow: nobody misses an entry, gets one twice or out of order, whatever happens to Redis."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import sqlalchemy as sa

from ledger import canonical
from ledger.ledger import Lagging, Ledger
from polylogue.events import InterestsStated
from polylogue.occasion import Visibility
from polylogue.vocabulary import Audience, Seq, SessionId
from schema.api.context import Line
from tests.ledger.conftest import Place
from tests.ledger.counted import Counted
from tests.ledger.scene import REPORTS_HEAD, SEATS, accepted, say, saying, schedule, sound
from tests.workers.valkey import Valkey, cluster
from workers.redis import connect

PATIENCE = 60.0  # seconds after which a test that waits for what never comes fails


@pytest.fixture
async def redis(mortal_redis: Valkey) -> AsyncIterator[Callable[[], Any]]:
    """Clients of their own, as each process has one."""
    made: list[Any] = []

    def client() -> Any:
        made.append(connect(mortal_redis.url))
        return made[-1]

    yield client
    for one in made:
        await one.aclose()


async def until(ledger: Ledger, session: SessionId, seq: int, *, after: int = 0, pause: float = 0) -> list[Line]:
    """What a follower gets up to an entry."""
    lines: list[Line] = []
    async with asyncio.timeout(PATIENCE):
        async for line in ledger.follow(session, Seq(after)):
            lines.append(line)
            if line.seq >= seq:
                break
            if pause:
                await asyncio.sleep(pause)
    return lines


def seqs(lines: list[Line]) -> list[int]:
    return [line.seq for line in lines]


async def seen(condition: Callable[[], bool]) -> None:
    """Wait until something is so that nobody announces."""
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110 -- nobody announces it
            await asyncio.sleep(0.005)


async def joined(ledger: Ledger, session: SessionId, count: int) -> None:
    """Wait until so many followers have got all there is."""

    def all_there() -> bool:
        watched = ledger._watch._watched.get(session)
        return bool(watched and watched.seq and [f.seq for f in watched.followers] == [watched.seq] * count)

    await seen(all_there)


async def test_from_the_record_and_then_as_they_come(place: Place):
    """In one process neither a poll nor Redis is needed."""
    ledger = place.ledger(poll=1000)
    scene = await schedule(ledger)
    length = await sound(ledger, scene.session)
    following = asyncio.create_task(until(ledger, scene.session, length + 60))
    await joined(ledger, scene.session, 1)
    await saying(ledger, scene, 20)
    lines = await following
    assert seqs(lines) == list(range(1, length + 61))
    assert [line.entry.seq for line in lines] == seqs(lines)
    for line in lines:
        stored = json.loads(line.stored)
        assert (stored["seq"], stored["kind"]) == (line.seq, type(line.entry.event).__name__)
        assert (stored["visibility"]["to"], tuple(stored["visibility"]["seats"])) == (
            line.visibility.to,
            line.visibility.seats,
        )
    private = [line.visibility for line in lines if isinstance(line.entry.event, InterestsStated)]
    assert private[0] == Visibility(Audience.SEATS, (SEATS[0],))
    assert len(private) == 20


@pytest.mark.parametrize("after", [0, 1, 5, 10_000])
async def test_from_any_place(place: Place, after: int):
    """Also from one that the record has not reached: then nothing comes before it, and nobody reads in vain."""
    counted = Counted(place.database())
    ledger = place.ledger(database=counted, poll=1000)
    scene = await schedule(ledger)
    length = await sound(ledger, scene.session)
    if after > length:
        after = length + 2
    following = asyncio.create_task(until(ledger, scene.session, length + 6, after=after))
    await asyncio.sleep(0.02)
    another = asyncio.create_task(until(ledger, scene.session, length + 6))
    await asyncio.sleep(0.05)
    assert counted.reads < 12
    await saying(ledger, scene, 2)
    assert seqs(await following) == list(range(after + 1, length + 7))
    assert seqs(await another) == list(range(1, length + 7))


async def test_a_session_that_is_not_there_yet(ledger: Ledger):
    nobody = SessionId("01900000-0000-7000-8000-000000000000")
    following = asyncio.create_task(until(ledger, nobody, 1))
    await asyncio.sleep(0.05)
    assert not following.done()
    following.cancel()


async def test_no_gap_under_concurrent_writes(place: Place, redis: Callable[[], Any]):
    """Two processes write, both follow, followers come at any time and at any pace."""
    ledgers = [place.ledger(redis(), at_once=3, poll=30) for _ in range(2)]
    scene = await schedule(ledgers[0])
    end = await sound(ledgers[0], scene.session) + 2 * 30 * 3
    following = [asyncio.create_task(until(ledgers[i % 2], scene.session, end, after=i)) for i in range(6)]
    writing = [asyncio.create_task(saying(ledger, scene, 30, f"{i}")) for i, ledger in enumerate(ledgers)]
    while not all(task.done() for task in writing):
        await asyncio.sleep(0.01)
        late = len(following)
        if late < 20:
            following.append(asyncio.create_task(until(ledgers[late % 2], scene.session, end, pause=late % 3 / 1000)))
    for number, lines in enumerate(await asyncio.gather(*following)):
        first = number if number < 6 else 0
        assert seqs(lines) == list(range(first + 1, end + 1))


async def test_another_process_hears_at_once(place: Place, redis: Callable[[], Any]):
    """With a poll that never comes in time, only the nudge can bring it."""
    one, other = place.ledger(redis(), poll=1000), place.ledger(redis(), poll=1000)
    scene = await schedule(one)
    length = await sound(one, scene.session)
    following = asyncio.create_task(until(other, scene.session, length + 9))
    await joined(other, scene.session, 1)
    for i in range(3):
        accepted(await say(one, scene, f"{i}"))
        await asyncio.sleep(0.01)
    assert seqs(await following) == list(range(1, length + 10))


async def test_a_cluster_carries_nudges_too(place: Place):
    with cluster() as url:
        clients: list[Any] = [connect(url) for _ in range(2)]
        one, other = (place.ledger(client, poll=1000) for client in clients)
        scene = await schedule(one)
        length = await sound(one, scene.session)
        following = asyncio.create_task(until(other, scene.session, length + 3))
        await joined(other, scene.session, 1)
        accepted(await say(one, scene, "heard"))
        assert seqs(await following) == list(range(1, length + 4))
        await one.close()
        await other.close()
        for client in clients:
            await client.aclose()


async def test_without_redis_a_poll_brings_it(place: Place):
    one, other = place.ledger(), place.ledger(poll=0.02)
    scene = await schedule(one)
    length = await sound(one, scene.session)
    following = asyncio.create_task(until(other, scene.session, length + 9))
    await joined(other, scene.session, 1)
    await saying(one, scene, 3)
    assert seqs(await following) == list(range(1, length + 10))


async def test_redis_killed_and_back(place: Place, mortal_redis: Valkey, redis: Callable[[], Any]):
    """What is missed meanwhile is read when the subscription is made again, and then nudges work as before."""
    one, other = place.ledger(redis(), poll=1000), place.ledger(redis(), poll=1000)
    silent = place.ledger()  # so that no nudge of it comes late
    scene = await schedule(one)
    length = await sound(one, scene.session)
    following = asyncio.create_task(until(other, scene.session, length + 9))
    await joined(other, scene.session, 1)
    accepted(await say(one, scene, "before"))
    await seen(lambda: other._watch._watched[scene.session].seq == length + 3)
    mortal_redis.kill()
    accepted(await say(silent, scene, "while it is away"))
    mortal_redis.start()
    await seen(lambda: other._watch._watched[scene.session].seq == length + 6)
    accepted(await say(one, scene, "after"))
    assert seqs(await following) == list(range(1, length + 10))


async def test_redis_that_hangs_holds_nobody_up(place: Place, mortal_redis: Valkey, redis: Callable[[], Any]):
    one, other = place.ledger(redis(), poll=0.05), place.ledger(redis(), poll=0.05)
    scene = await schedule(one)
    length = await sound(one, scene.session)
    following = asyncio.create_task(until(other, scene.session, length + 6))
    await joined(other, scene.session, 1)
    with mortal_redis.stopped():
        await saying(one, scene, 2)
        assert seqs(await following) == list(range(1, length + 7))


async def test_redis_that_was_never_there(place: Place, mortal_redis: Valkey, redis: Callable[[], Any]):
    mortal_redis.kill()
    ledger = place.ledger(redis())
    scene = await schedule(ledger)
    length = await sound(ledger, scene.session)
    following = asyncio.create_task(until(ledger, scene.session, length + 6))
    await saying(ledger, scene, 2)
    assert seqs(await following) == list(range(1, length + 7))


async def test_who_is_too_slow_is_told_where_to_resume(place: Place):
    ledger = place.ledger(buffer=10)
    scene = await schedule(ledger)
    length = await sound(ledger, scene.session)
    slow, quick = ledger.follow(scene.session, Seq(length)), ledger.follow(scene.session, Seq(length))
    first = [asyncio.ensure_future(anext(follower)) for follower in (slow, quick)]
    await joined(ledger, scene.session, 2)
    accepted(await say(ledger, scene, "first"))
    got = [line.seq for line in await asyncio.gather(*first)][:1]
    for i in range(5):
        accepted(await say(ledger, scene, f"{i}"))
        async for line in quick:  # one that keeps up is not disturbed
            if line.seq == length + 6 + 3 * i:
                break
    with pytest.raises(Lagging) as lagging:  # noqa: PT012 -- at which of them it is raised does not matter
        async for line in slow:
            assert line.seq < length + 18
            got.append(line.seq)
    assert got == list(range(length + 1, lagging.value.seq + 1))
    rest = await until(ledger, scene.session, length + 18, after=lagging.value.seq)
    assert got + seqs(rest) == list(range(length + 1, length + 19))


async def test_each_entry_is_decoded_once_for_all(place: Place, monkeypatch: pytest.MonkeyPatch):
    decoded: Counter[bytes] = Counter()
    read = canonical.read

    def reading(stored: bytes) -> Any:
        decoded[stored] += 1
        return read(stored)

    ledger = place.ledger()
    scene = await schedule(ledger)
    length = await sound(ledger, scene.session)
    following = [asyncio.create_task(until(ledger, scene.session, length + 30)) for _ in range(100)]
    monkeypatch.setattr(canonical, "read", reading)
    await joined(ledger, scene.session, 100)
    await saying(ledger, scene, 10)
    for lines in await asyncio.gather(*following):
        assert seqs(lines) == list(range(1, length + 31))
    assert set(decoded.values()) == {1}
    assert len(decoded) == length + 30


async def test_reading_goes_on_after_the_database_was_away(place: Place, monkeypatch: pytest.MonkeyPatch):
    ledger = place.ledger(poll=0.02)
    scene = await schedule(ledger)
    length = await sound(ledger, scene.session)
    following = asyncio.create_task(until(ledger, scene.session, length + 3))
    await joined(ledger, scene.session, 1)

    async def away(_: Any) -> Any:
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr(ledger._watch._database, "read", away)
        accepted(await say(ledger, scene, "unread"))
        await asyncio.sleep(0.05)
    assert seqs(await following) == list(range(1, length + 4))


async def test_what_nobody_follows_is_let_go(place: Place, redis: Callable[[], Any]):
    ledger, asking = place.ledger(redis(), poll=0.02), redis()
    scene = await schedule(ledger)
    length = await sound(ledger, scene.session)
    channel = f"polylogue:session:{scene.session}"

    async def subscribed(wanted: int) -> None:
        async with asyncio.timeout(PATIENCE):
            while (await asking.pubsub_numsub(channel))[0][1] != wanted:  # noqa: ASYNC110 -- Redis does not say
                await asyncio.sleep(0.01)

    for _ in range(2):
        following = asyncio.create_task(until(ledger, scene.session, length + 1, after=length))
        await subscribed(1)
        following.cancel()
        await subscribed(0)
        assert (ledger._watch._watched, ledger._watch._tasks) == ({}, set())


async def test_closing_ends_what_is_followed(place: Place, redis: Callable[[], Any]):
    ledger = place.ledger(redis())
    scene = await schedule(ledger)
    length = await sound(ledger, scene.session)
    following = asyncio.create_task(until(ledger, scene.session, length + 1))
    revisions = ledger.follow_reports(scene.session)
    assert await anext(revisions) == 0
    reports = asyncio.create_task(all_of(revisions))
    await joined(ledger, scene.session, 1)
    await ledger.close()
    assert seqs(await following) == list(range(1, length + 1))
    assert await reports == []
    assert [line async for line in ledger.follow(scene.session, Seq(0))] == []


async def all_of(revisions: AsyncIterator[int]) -> list[int]:
    return [revision async for revision in revisions]


# ── reports ──────────────────────────────────────────────────────────────────────────────────────────────────────────


async def store_report(place: Place, session: SessionId, revision: int) -> None:
    """What storing a result does to the head of the reports."""
    head = {"session": session, "revision": revision}
    gone = sa.delete(REPORTS_HEAD).where(REPORTS_HEAD.c.session == session)

    def body(connection: sa.Connection) -> None:
        connection.execute(gone)
        connection.execute(sa.insert(REPORTS_HEAD), head)

    await place.databases[-1].transact(body)


@pytest.mark.parametrize("by", ["nudge", "poll", "own nudge"])
async def test_new_reports_are_announced(place: Place, redis: Callable[[], Any], by: str):
    mine = place.ledger(redis(), poll=0.02 if by == "poll" else 1000)
    other = mine if by == "own nudge" else place.ledger(redis())
    scene = await schedule(mine)
    followers = [mine.follow_reports(scene.session) for _ in range(3)]
    async with asyncio.timeout(PATIENCE):
        assert [await anext(follower) for follower in followers] == [0, 0, 0]
        for revision in (1, 2, 7):
            waiting = [asyncio.ensure_future(anext(follower)) for follower in followers]
            await asyncio.sleep(0.03)
            await store_report(place, scene.session, revision)
            if by != "poll":
                other.reported(scene.session)
            assert await asyncio.gather(*waiting) == [revision] * 3
    for follower in followers:
        await follower.aclose()  # type: ignore[attr-defined]


async def test_of_several_reports_the_last_is_enough(place: Place):
    ledger = place.ledger()
    scene = await schedule(ledger)
    revisions = ledger.follow_reports(scene.session)
    async with asyncio.timeout(PATIENCE):
        assert await anext(revisions) == 0
        for revision in (1, 2, 3):
            await store_report(place, scene.session, revision)
            ledger.reported(scene.session)
        watched = ledger._watch._watched[scene.session]
        await seen(lambda: watched.revision == 3)
        assert await anext(revisions) == 3
        ledger.reported(scene.session)  # nothing new: nothing to tell
        waiting = asyncio.ensure_future(anext(revisions))
        await asyncio.sleep(0.05)
        assert not waiting.done()
        await store_report(place, scene.session, 4)
        ledger.reported(scene.session)
        assert await waiting == 4
