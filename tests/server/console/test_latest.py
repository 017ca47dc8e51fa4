"""Things made once for all who ask at the same head, and sessions that wake whoever waits for them."""

import asyncio

import pytest

from server.console.latest import Head, Latest
from server.console.moves import Watched


class Maker:
    """Makes numbered things when it is let go, and remembers what it was given."""

    def __init__(self) -> None:
        self.go = asyncio.Event()
        self.given: list[str | None] = []
        self.wrong = False

    async def __call__(self, before: str | None) -> str:
        self.given.append(before)
        number = len(self.given)
        await self.go.wait()
        if self.wrong:
            raise RuntimeError("no luck")
        return f"made {number}"


async def test_all_who_ask_at_one_head_get_one_thing():
    latest, make = Latest[str, str](8), Maker()
    asking = [asyncio.create_task(latest.get("a", Head(1, 1), make)) for _ in range(50)]
    await asyncio.sleep(0)
    make.go.set()
    assert set(await asyncio.gather(*asking)) == {"made 1"}
    assert await latest.get("a", Head(1, 0), make) == "made 1"
    assert await latest.get("a", Head(2, 1), make) == "made 2"
    assert await latest.get("a", Head(2, 2), make) == "made 3"
    assert await latest.get("b", Head(2, 2), make) == "made 4"
    assert make.given == [None, "made 1", "made 2", None]


async def test_who_goes_away_does_not_end_it_for_the_others():
    latest, make = Latest[str, str](8), Maker()
    first = asyncio.create_task(latest.get("a", Head(1, 1), make))
    second = asyncio.create_task(latest.get("a", Head(1, 1), make))
    await asyncio.sleep(0)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    make.go.set()
    assert await second == "made 1"


async def test_what_failed_is_tried_again():
    latest, make = Latest[str, str](8), Maker()
    make.go.set()
    make.wrong = True
    with pytest.raises(RuntimeError, match="no luck"):
        await latest.get("a", Head(1, 1), make)
    make.wrong = False
    assert await latest.get("a", Head(1, 1), make) == "made 2"
    assert make.given == [None, None]


async def test_only_what_was_asked_for_last_is_kept():
    latest, make = Latest[int, str](2), Maker()
    make.go.set()
    for key in (1, 2, 1, 3, 1, 2):
        await latest.get(key, Head(1, 1), make)
    assert len(make.given) == 4  # 2 was forgotten for 3, and made again


async def test_a_session_wakes_whoever_waits_for_it_to_move():
    watched = Watched(Head(4, 2))
    waiting = [asyncio.create_task(watched.beyond(Head(4, 2))) for _ in range(3)]
    await asyncio.sleep(0)
    watched.reach(seq=4)
    watched.reach(reports=2)
    await asyncio.sleep(0)
    assert not any(task.done() for task in waiting)
    watched.reach(reports=3)
    await asyncio.gather(*waiting)
    assert watched.head == Head(4, 3)
    waits = asyncio.create_task(watched.beyond(watched.head))
    await asyncio.sleep(0)
    watched.end()
    await waits
