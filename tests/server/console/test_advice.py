"""What boards of real sessions say beside the record: what would unblock a text, and how close the room is."""

import re

import httpx

from tests.server.console.conftest import Scenes
from tests.server.console.pages import board, section, words
from tests.server.console.sitting import Sitting


def test_a_text_without_consensus_shows_the_smallest_changes_that_would_unblock_it(
    scenes: Scenes, client: httpx.Client
):
    page = board(client, scenes.blocked).text
    call = words(section(page, "call", "div"))
    assert "No consensus yet. The call was closed with 3 open concerns; any member may take the text back" in call
    assert "Operative Agreed" not in words(section(page, "text"))  # somebody objects to each of them
    ways = words(section(page, "ways", "div"))
    assert "What would unblock The smallest changes after which nobody would object." in ways
    assert re.findall(r"(\w+) clause (\d) O R from “Cannot live with it” to “Has reservations”", ways) == [
        ("Belarus", "4"), ("China", "5"), ("India", "2"), ("Iran", "3"), ("Pakistan", "2"),
    ]  # fmt: skip
    assert "Would be settled by Say that one common language is agreed between neighbours." in ways
    assert '<span lang="zh-Hans">改为每两年举行一次' in page
    assert "more" not in ways
    concerns = words(section(page, "concerns"))
    assert "Open concerns 5 + 1 not counted" in concerns
    assert "Belarus clause 4 Это противоречит нашему закону. China" in concerns  # what would settle it is told above
    assert "Mongolia clause 3 partner A contact line needs a common technical standard. Would be settled by" in concerns


def test_before_a_call_what_would_unblock_stands_with_the_concerns(fresh: Sitting, client: httpx.Client):
    clause = fresh.clause(1)["id"]
    fresh.state("ALDER", "O", reason="It names no place.", wouldBeRemovedBy="Name one.")
    fresh.do("proposeAlternative", seat="ALDER", provisionId=clause, text="All meet at the well.", language="en")
    instead = {"provisionId": clause, "alternativeId": fresh.clause(1)["alternatives"][0]["id"]}
    reason = {"level": "OBJECT", "importance": 3, "reason": "Колодец далеко.", "wouldBeRemovedBy": "Место между."}
    fresh.do("stateStances", seat="CEDAR", itemId=fresh.item()["id"], language="ru", stances=[instead | reason])
    fresh.do("stateStances", seat="ALDER", itemId=fresh.item()["id"], stances=[instead | {"level": "SUPPORT"}])
    concerns = words(section(board(client, fresh).text, "concerns"))
    ways = concerns.partition("What would unblock")[2]
    assert re.search(r"Alder clause 1 O R from .* Would be settled by Name one\. or .*Cedar clause 1 bis O R", ways)
    assert re.search(r"Clause 1 in its wording bis 1 delegation has not said what it thinks of it", ways)
    fresh.do(
        "stateStances", seat="ALDER", itemId=fresh.item()["id"], stances=[{"provisionId": clause, "level": "RESERVE"}]
    )
    fresh.settled()
    assert "What would unblock" not in words(board(client, fresh).text)


def test_figures_name_the_entry_they_rest_on(fresh: Sitting, client: httpx.Client):
    for seat, levels in (("ALDER", "SS"), ("BIRCH", "SA"), ("CEDAR", "SR")):
        fresh.state(seat, levels)
    fresh.settled()
    figures = words(section(board(client, fresh).text, "figures"))
    assert re.search(r"50% Unanimous clauses|Unanimous clauses 50%", figures)
    assert "Coverage 100%" in figures
    basis = fresh.server.ask(
        "query($id: ID!) { session(id: $id) { agenda { convergence { basis } } } }", id=fresh.id
    )["session"]["agenda"][0]["convergence"]["basis"]  # fmt: skip
    assert f"Computed up to entry {basis}" in figures
    assert "behind" not in figures


def test_the_timeline_is_told_in_words_too(scenes: Scenes, client: httpx.Client):
    figures = section(board(client, scenes.adopted).text, "figures")
    told = words(figures)
    assert re.search(
        r"From entry \d+ to entry \d+: mean closeness from 0\.\d\d to 0\.\d\d, unanimous clauses from", told
    )
    assert re.search(
        r"Objections now 0, at most 2\. Open brackets now 0, at most 1\. The wording changed at 2 entries\.", told
    )
    assert re.search(r"A call for consensus was opened at entry \d+ and closed at entry \d+: adopted\.", told)
    assert len(re.findall(r'<svg class="mark (?:CALLED|ADOPTED)" x="[\d.]+%">', figures)) == 2
    still = words(section(board(client, scenes.called).text, "figures"))
    assert re.search(r"A call for consensus was opened at entry \d+\.", still)
    assert "no consensus" in words(section(board(client, scenes.blocked).text, "figures"))
