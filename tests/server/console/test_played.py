"""Sittings in real browsers: the organiser's laptop, two phones, the board on the wall.

Why played whole: each page shows what the others do, and what a hand meets on the way is nowhere else to be found.
"""

import json
import os
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest

from server.demo.acts import script
from server.demo.papers import LEVELS
from server.scenarios.loader import shipped
from tests.node import run_node
from tests.serving import Server

SEEN_BY_AXE = 500
"""Checks that axe makes at the least, so that its finding nothing says something."""


def played(by: str, house: Server, *more: str) -> dict[str, Any]:
    """What a script has seen; skips where no browser runs, but in CI that fails. No page may be wrong in any state."""
    saw = run_node(by, house.url, house.organiser, *more, os.environ.get("POLYLOGUE_PICTURES", ""))
    if "noBrowser" in saw:
        if os.environ.get("CI"):
            pytest.fail(saw["noBrowser"])
        pytest.skip(f"no browser: {saw['noBrowser']}")
    assert saw["hosts"] == [urlsplit(house.url).netloc]
    assert saw["console"] == []
    assert saw["axe"] == []
    assert saw["tooWide"] == []
    return saw


# ── the demo ─────────────────────────────────────────────────────────────────────────────────────────────────────────

DEMO = script("duty-officers")
ON_PHONES = ("KAZ", "CHN")
IN_THE_ROOM = "TJK"
"""A member without a device; the chair enters what it says."""

REASON, REMEDY = "Без порога обязанность ложится на каждое малое учение.", "Порог численности."
OBJECTION, CHANGE = "中文本未说明由谁告知。", "写明由秘书处告知。"
OPINION = "我们理解，通报不涉及例行的小规模训练。"


def first_said(seat: str) -> list[dict[str, Any]]:
    """What a seat holds of item 1 when it first speaks in the demo: a level for each clause, with its reason."""
    said = next(a.said for a in DEMO.acts if a.by == seat and a.said.get("item") == 1 and "stances" in a.said)
    pairs = (word.split("=") for word in said["stances"].split())
    return [
        {"clause": int(clause), "level": LEVELS[level[0]], "reason": said.get("reasons", {}).get(clause)}
        for clause, level in pairs
    ]


def scene() -> dict[str, Any]:
    """The demo's council with the demo's words; only what is typed on phones for this play is not in its script."""
    names = {each.code: each.names[0].text for each in shipped(DEMO.scenario).delegations if each.standing == "MEMBER"}
    others = {name: code for code, name in names.items() if code not in (*ON_PHONES, IN_THE_ROOM)}
    of_item = [act for act in DEMO.acts if "/item-1" in act.where]
    wording = next(act.said["text"] for act in of_item if (act.do, act.by) == ("ProposeAlternative", "KAZ"))
    given = {
        (int(act.said["clause"][2:]), act.said["language"]): act.said["text"]
        for act in reversed(of_item)
        if act.do == "ProvideVersion" and act.said["clause"] != "1.5"
    }
    speakers = {"ru": "KAZ", "zh-Hans": "CHN"}
    return {
        "scenario": DEMO.scenario,
        "others": others,
        "absent": [IN_THE_ROOM, "LKA"],
        "stances": [(seat, first_said(seat)) for seat in others.values()],
        "reason": REASON,
        "remedy": REMEDY,
        "wording": wording,
        "versions": [(speakers[tag], clause, tag, text) for (clause, tag), text in sorted(given.items())],
        "objection": OBJECTION,
        "change": CHANGE,
        "opinion": OPINION,
    }


def test_the_demo_is_played_in_browsers(house: Server, record_property: Callable[[str, object], None]):
    given = scene()
    saw = played("demo.mjs", house, json.dumps(given))
    record_property("milliseconds until the other page showed it", saw["shown"])
    assert saw["looked"] > SEEN_BY_AXE
    assert saw["names"] == ["Казахстан", "中国"]
    assert saw["asked"].startswith("5 пунктов текста ждут вашего слова.")
    # Nothing typed is lost: not by a refusal, by a lost connection, nor by loading the page again.
    assert "нужно и то и другое" in saw["refusal"]
    assert saw["kept"] == [REASON, REASON, REMEDY]
    assert "Не отправлено" in saw["offline"]
    # Who reads a page in Russian writes in Russian. An objection to the Chinese alone leaves the stance on the clause.
    assert saw["saidIn"] == "ru"
    assert (saw["standing"], saw["instead"]) == ("China cannot live with clause 1.5 in Chinese.", 0)
    # No page was loaded again by itself, from the first to the last; a phone that slept has caught up all the same.
    assert (saw["slept"], saw["caughtUp"], saw["unbroken"], saw["same"]) == (0, True, True, [True] * 4)
    # Each reads in its own language what was adopted, as it was given on the phones.
    assert saw["decision"] == "Decision 1"
    assert saw["desk"] == saw["adopted"]["ru"]
    assert [len(clauses) for clauses in saw["adopted"].values()] == [5, 5, 5]
    assert saw["adopted"]["en"][1] == given["wording"]
    for _, number, language, text in given["versions"]:
        assert saw["adopted"][language][number - 1] == text


# ── a small council ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_small_council_is_played_with_a_phone_that_has_no_scripts(house: Server):
    saw = played("sitting.mjs", house)
    assert saw["names"] == ["Alder", "Берёза"]
    # What is asked stands on the first screen; a double tap is one act.
    assert saw["asked"] == "2 clauses wait for your word. Clause 1 Clause 2 We can live with all of these"
    assert saw["firstScreen"]
    assert saw["byKeyboard"]
    assert saw["underTheHand"]
    assert saw["receipts"] == 2
    # What somebody had begun to write when the place for it went is kept until they throw it away.
    assert (saw["half"], saw["thrown"]) == ("Half a thought", True)
    assert saw["broughtBefore"], "and stands before the eyes of who was writing it"
    assert saw["moment"] == ["2026-03-01T09:30", "2026-03-01T01:45", "China Standard Time"]
    assert saw["answer"].startswith("2 Each shall tell")
    assert saw["decision"] == "Decision 1"
    assert saw["same"] == [True] * 3
