"""How a board that is open is kept up to date, by messages and in a browser."""

import json
import os
import re
from pathlib import Path

import httpx
import pytest

from tests.node import run_node
from tests.server.console.conftest import Scenes
from tests.server.console.sitting import Sitting
from tests.server.console.streams import messages_of, parts_of

MOMENTS = ("scheduled", "negotiated", "called", "blocked", "adopted", "ended")


# ── kept up to date ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_open_page_gets_only_what_changed(fresh: Sitting, client: httpx.Client):
    messages = messages_of(client, fresh)
    assert next(messages).startswith("retry: 1000\nevent: clock\ndata: 20")
    fresh.state("BIRCH", "S")
    parts = parts_of(next(messages))
    assert {"row-BIRCH", "record", "news"} <= set(parts)
    assert not {"row-ALDER", "stances", "items", "focus", "meta"} & set(parts)
    assert "stance SUPPORT" in parts["row-BIRCH"]


def test_a_page_that_comes_back_gets_everything_unless_it_shows_it_all(fresh: Sitting, client: httpx.Client):
    messages = messages_of(client, fresh)
    next(messages)
    fresh.state("BIRCH", "S")
    shown = re.match(r"id: (\S+)", next(messages))
    assert shown
    messages.close()
    fresh.settled()
    fresh.state("CEDAR", "A")
    comes_back = messages_of(client, fresh, last_event=shown[1])
    next(comes_back)
    missed = next(comes_back)
    assert {"focus", "items", "link", "meta", "news"} == set(parts_of(missed))
    assert re.search(r'id="row-CEDAR".*?stance ACCEPT', missed, re.DOTALL)


def test_a_page_of_another_build_is_told_to_load_anew(fresh: Sitting, client: httpx.Client):
    messages = messages_of(client, fresh, last_event="01234567-0123456789abcdef")
    next(messages)
    assert "event: anew" in next(messages)


def test_a_stream_is_kept_by_no_cache_and_no_proxy(fresh: Sitting, client: httpx.Client):
    with client.stream("GET", f"/s/{fresh.id}/board/live") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-accel-buffering"] == "no"


# ── in a browser ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_board_follows_in_a_browser_and_axe_finds_nothing(scenes: Scenes, tmp_path: Path):
    talking = scenes.talking
    boards = {name: f"/s/{getattr(scenes, name).id}/board" for name in MOMENTS}
    boards["adopted"] += "?item=1"
    given = {
        "talking": {
            "id": talking.id,
            "chair": talking.chair,
            "item": talking.item()["id"],
            "clause": talking.clause(1)["id"],
        },
        "negotiated": scenes.negotiated.id,
        "private": scenes.private.id,
        "boards": boards,
    }
    pictures = os.environ.get("POLYLOGUE_PICTURES", "")
    saw = run_node("board.mjs", scenes.server.url, json.dumps(given), pictures)
    if "noBrowser" in saw:
        assert "CI" not in os.environ, saw
        pytest.skip(f"no browser runs here: {saw['noBrowser']}")
    assert saw["before"].startswith("·")
    assert saw["after"].startswith("O")
    assert saw["concern"] == "Вода общая."
    assert re.search(r"Birch\s+clause 1.*Would be settled by Name all three\.", saw["way"], re.DOTALL)
    assert saw["concernLanguage"] == "ru"
    assert saw["news"] == "Birch on clause 1.1: Cannot live with it (entered by the chair)"
    assert (saw["sameElement"], saw["stillSame"], saw["focus"]) == (True, True, "matrix")
    assert (saw["columns"], saw["han"]) == (4, "各方每年会晤一次。")
    assert saw["status"].startswith("Negotiation\nCirculated for study\nA call is possible")
    assert all(re.fullmatch(r"(23:59|24:00):\d\d", left) for left in saw["left"]), saw["left"]
    assert saw["left"][0] != saw["left"][1]
    assert "Thirty days cannot be kept" in saw["plain"]
    assert "Reload the page to see what is new." in saw["plain"]
    assert saw["missing"] == [404, "There is no public session here."]
    assert saw["hosts"] == [scenes.server.url.removeprefix("http://")]
    assert saw["console"] == []
    assert saw["tooWide"] == []
    assert saw["cut"] == []
    assert saw["axe"] == []
    assert saw["looked"] > 500
