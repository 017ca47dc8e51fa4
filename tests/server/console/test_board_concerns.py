"""Concerns on a board: whose they are, why, what would settle them, and what of them a call leaves to be answered."""

import re

import httpx

from polylogue.vocabulary import SessionId
from server.console.board import board as shape
from server.console.views import View, documents
from server.console.wordings import named
from server.context import ENGLISH
from tests.server.console.conftest import Scenes
from tests.server.console.pages import board, section, words
from tests.server.console.sitting import FOURTEEN, Sitting


def test_concerns_say_why_and_what_would_settle_them(scenes: Scenes, client: httpx.Client):
    concerns = words(section(board(client, scenes.negotiated).text, "concerns"))
    assert "Open concerns 2 + 1 not counted" in concerns
    assert "India clause 2 Thirty days cannot be kept by border units that are moved at short notice. " in concerns
    assert f"Would be settled by {FOURTEEN}" in concerns
    assert "Mongolia clause 3 partner" in concerns
    assert "blocker" not in words(board(client, scenes.blocked).text).lower()


def test_a_wording_in_a_bracket_meets_concerns_too(fresh: Sitting, client: httpx.Client):
    clause = fresh.clause(1)["id"]
    fresh.state("ALDER", "O", reason="It names no place.", wouldBeRemovedBy="Name one.")
    fresh.do("proposeAlternative", seat="ALDER", provisionId=clause, text="All meet at the well.", language="en")
    instead = {"provisionId": clause, "alternativeId": fresh.clause(1)["alternatives"][0]["id"]}
    reason = {"level": "OBJECT", "reason": "Колодец далеко.", "wouldBeRemovedBy": "A place between the two."}
    fresh.do("stateStances", seat="CEDAR", itemId=fresh.item()["id"], language="ru", stances=[instead | reason])
    page = board(client, fresh).text
    concerns = words(section(page, "concerns"))
    assert "Open concerns 2 Alder clause 1 It names no place." in concerns
    assert "Cedar clause 1 bis Колодец далеко." in concerns
    assert concerns.count("Would be settled by A place between the two.") == 1  # beside the way that asks for it
    assert "Proposed by Alder not acceptable to Cedar" in words(section(page, "text"))
    fresh.do("stateStances", seat="CEDAR", itemId=fresh.item()["id"], stances=[instead | {"level": "ACCEPT"}])
    concerns = words(section(board(client, fresh).text, "concerns"))
    assert "Open concerns 1 Alder clause 1 It names no place." in concerns
    assert "Колодец" not in concerns


def test_a_call_shows_what_is_in_force_and_what_is_to_be_answered(scenes: Scenes, client: httpx.Client):
    page = board(client, scenes.called).text
    call = section(page, "call", "div")
    assert re.search(r"Objections Pakistan 2 Iran 3 To be answered India", words(call))
    assert "Silence is consent; whoever had objected before must answer." in words(call)
    assert 'data-passed="the chair closes the call"' in call
    text = words(section(page, "text"))
    assert re.findall(r"(\d) (?:Operative|Preambular) Cleaned, with objections", text) == ["2", "3"]
    concerns = words(section(page, "concerns"))
    assert "India clause 2 to be answered on an older wording" in concerns
    assert "Iran clause 3 in the call" in concerns


def test_concerns_are_counted_by_the_standings_of_the_rule_set(scenes: Scenes):
    sitting = scenes.negotiated
    variables = {"session": sitting.id, "item": sitting.item()["id"], "after": 0}
    answer = named(scenes.server.ask(documents()["board"], sitting.chair, **variables)["session"], ENGLISH)
    view = View("board", SessionId(sitting.id))
    for eligible, counted in ((["MEMBER"], 2), (["MEMBER", "PARTNER"], 3)):
        focus = shape(answer | {"ruleSet": {"eligible": eligible}}, view)["focus"]
        assert sum(each.counted for each in focus.concerns) == counted
        assert sorted(focus.objected) == [2, 3][: counted - 1]
        assert bool(focus.others) == (counted == 2)
