"""What the gallery has heard, and who waits for it."""

import asyncio
import io
from dataclasses import replace

import pytest
from rich.console import Console

from polylogue.vocabulary import SessionId
from schema.api import lag
from server.demo import stage
from server.demo.client import Client, PlayStopped
from server.demo.play import Cast, _figures
from server.demo.screen import PlainScreen
from server.demo.stage import OnStage, Stage


def cast_of_one(stage: Stage) -> Cast:
    silent = PlainScreen(Console(file=io.StringIO()))
    return Cast(Client("http://127.0.0.1:9"), SessionId("s"), {}, silent, stage)


async def test_the_chair_waits_for_figures_of_what_was_said_last():
    item = OnStage(1, "a", "Water", fed=5)
    cast = cast_of_one(Stage(items={"a": item}))
    waiting = asyncio.create_task(_figures(cast, item))
    for basis in (3, 5):
        await asyncio.sleep(0)
        assert not waiting.done()
        headline = {"meanCloseness": None, "objections": 0, "stated": 1, "cells": 2}
        cast.stage.measure("a", {"basis": basis, "headline": headline})
        cast.moved.set()
    await waiting
    await cast.client.__aexit__()


async def test_a_gallery_that_was_lost_stops_the_play():
    item = OnStage(1, "a", "Water", fed=5)
    cast = cast_of_one(Stage(items={"a": item}))

    async def lost() -> None:
        raise PlayStopped("The WebSocket was lost.")

    cast.gallery = asyncio.create_task(lost())
    cast.gallery.add_done_callback(lambda _: cast.moved.set())
    with pytest.raises(PlayStopped, match="was lost"):
        await _figures(cast, item)
    await cast.client.__aexit__()


def test_what_feeds_figures_is_what_the_server_says_feeds_them():
    opening = {"SessionScheduled", "ItemAdded"}
    at_times = {"TextCleaned", "VersionProvided", "CallClosed", "EntryCorrected"}
    assert {kind.__name__ for kind in lag.FEEDS} - opening == stage.FEEDS | at_times
    for bracketed, fed in ((frozenset[str](), 0), (frozenset(("p",)), 7)):
        item = OnStage(1, "a", "Water", clauses=("p",), bracketed=bracketed)
        Stage(items={"a": item}).hear({"seq": 7, "kind": "TextCleaned", "detail": {"item": "a"}})
        assert (item.fed, item.bracketed) == (fed, frozenset())


def test_those_present_are_counted_as_the_quorum_counts_them():
    there = Stage(names=dict.fromkeys(("BLR", "CHN", "MNG"), ""), members=frozenset(("BLR", "CHN")), present=("BLR",))
    assert there.attendance() == "1 of 2 members and 0 of 1 others present"
    assert replace(there, quorum=2).attendance() == "1 of 2 members (quorum: 2) and 0 of 1 others present"
    assert replace(there, names=dict.fromkeys(("BLR", "CHN"), "")).attendance() == "1 of 2 members present"
