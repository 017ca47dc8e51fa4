"""Boards of real sessions: what they show of a meeting, its text, its delegations and its record."""

import re
from typing import Any

import httpx

from server.console.templates import own_name
from tests.server.console.conftest import Scenes
from tests.server.console.pages import board, section, words
from tests.server.console.sitting import SECRET, Sitting


def test_home_lists_public_sessions_newest_first_and_no_others(scenes: Scenes, client: httpx.Client):
    page = client.get("/")
    assert page.status_code == 200
    listed = re.findall(r'href="/s/([0-9a-f-]+)/board"', page.text)
    assert scenes.private.id not in page.text
    assert listed == sorted(listed, reverse=True)
    assert {scenes.scheduled.id, scenes.negotiated.id, scenes.adopted.id} <= set(listed)
    assert 'href="/graphql"' in page.text
    asked = scenes.server.ask("query($id: ID!) { session(id: $id) { scheduledAt } }", id=scenes.scheduled.id)
    at = asked["session"]["scheduledAt"]
    assert f'<time datetime="{at}" data-zone>' in page.text
    assert f"{at[11:16]}, Universal Time</time>" in page.text, "sessions of one scenario are told apart by their time"


def test_a_board_says_what_kind_of_meeting_it_is_and_where_it_stands(scenes: Scenes, client: httpx.Client):
    shown = words(board(client, scenes.negotiated).text)
    assert "Simulation Nothing on this page is the official position of any state." in shown
    assert "Council of Heads of State, sustainable security in Eurasia (simulation)" in shown
    assert "9 of 10 present, 7 needed" in shown
    assert "Working text" in shown
    before = board(client, scenes.scheduled).text
    assert "The chair has not opened the session." in words(section(before, "pause", "div"))
    assert "Organiser admitted a person as chair, secretariat" in words(section(before, "record"))


def test_a_bracket_shows_every_wording_with_who_proposed_and_who_backs_it(scenes: Scenes, client: httpx.Client):
    page = board(client, scenes.negotiated).text
    bracket = re.search(r'<div class="bracket">.*?<p class="counts">', page, re.DOTALL)
    assert bracket
    shown = words(bracket[0])
    backed = "Proposed by Kazakhstan backed by Kyrgyzstan Tajikistan Uzbekistan"
    assert re.search(rf"bis .* {backed} ter .* Proposed by China quater .* Proposed by Russia", shown)
    assert '<span lang="zh-Hans">成员国应至迟' in bracket[0]
    assert '<span lang="ru">Государства-члены заблаговременно' in bracket[0]


def test_a_clause_says_in_which_languages_it_stands(scenes: Scenes, client: httpx.Client):
    page = board(client, scenes.negotiated, text="zh-Hans").text
    clauses = re.findall(r'<li id="clause-.*?</li>', page, re.DOTALL)
    told = [words(found).strip() for each in clauses for found in re.findall(r'<p class="versions">.*?</p>', each)]
    chinese, russian = own_name("zh-Hans"), own_name("ru")
    assert told[0] == f"{chinese} : authentic English : working language {russian} : authentic"
    assert told[1] == f"{chinese} : missing English : working language {russian} : authentic"
    assert told[3] == f"{chinese} : older than the text English : working language {russian} : missing"
    assert "shall exchange assessments twice a year" in words(clauses[3])  # and not the Chinese of before
    assert "not in Chinese" in words(clauses[3])


def test_a_stance_is_a_colour_a_shape_a_letter_and_words(scenes: Scenes, client: httpx.Client):
    page = board(client, scenes.negotiated).text
    row = re.search(r'<tr id="row-IRN".*?</tr>', page, re.DOTALL)
    assert row
    cells = re.findall(r"<td>.*?</td>", row[0], re.DOTALL)
    assert [re.findall(r'class="stance ([^"]+)"', cell)[0] for cell in cells] == [
        "ACCEPT", "ACCEPT", "SUPPORT", "RESERVE carried", "SUPPORT",
    ]  # fmt: skip
    assert 'href="#s-RESERVE"' in cells[3]
    assert '<b aria-hidden="true">R</b>' in cells[3]
    assert "Has reservations, carried over from an older wording" in words(cells[3])


def test_delegations_stand_in_alphabetical_order_and_partners_apart(scenes: Scenes, client: httpx.Client):
    names = re.findall(r'<span class="name">([^<]+)</span>', board(client, scenes.negotiated).text)
    members, partners = names[:10], names[10:]
    assert members == sorted(members)
    assert partners == ["Egypt", "Laos", "Mongolia", "Sri Lanka"]


def test_texts_are_shown_in_the_language_asked_for_where_there_is_one(scenes: Scenes, client: httpx.Client):
    text = section(board(client, scenes.negotiated, text="zh-Hans").text, "text")
    assert '<span lang="zh-Hans">确信每个成员国' in text
    assert '<span lang="en">Duty officers' in text
    assert "not in Chinese" in words(text)


def test_another_item_can_be_looked_at(scenes: Scenes, client: httpx.Client):
    assert "Confluence of connectivity initiatives" in words(board(client, scenes.negotiated, item=2).text)
    assert "Item 2" in words(section(board(client, scenes.negotiated, item=2).text, "item"))
    assert "Item 1" in words(section(board(client, scenes.negotiated).text, "item"))
    assert "Item 1" in words(section(board(client, scenes.negotiated, item="no number", text="<b>").text, "item"))


def test_a_call_is_announced_only_while_it_can_come(fresh: Sitting, client: httpx.Client):
    fresh.do("circulateText", itemId=fresh.item()["id"])
    assert "A call is possible" in words(section(board(client, fresh).text, "item"))
    fresh.do("deferItem", itemId=fresh.item()["id"], reason="Not today.", language="en")
    assert "A call is possible" not in words(section(board(client, fresh).text, "item"))


def test_the_record_is_told_in_words(fresh: Sitting, client: httpx.Client):
    item, clause = fresh.item()["id"], fresh.clause(1)["id"]
    fresh.state("ALDER", "SA")
    fresh.do("postPosition", seat="BIRCH", itemId=item, text="Мы за.", language="ru", interests=SECRET)
    fresh.do("proposeAmendment", seat="CEDAR", provisionId=clause, revision=1, text="All draw alike,", language="en")
    fresh.do("acceptAmendment", amendmentId=fresh.clause(1)["amendments"][0]["id"])
    fresh.do("suspendSession")
    told = words(section(board(client, fresh).text, "record"))
    assert "Alder stated 2 stances on item 1 (entered by the chair)" in told
    assert "Birch posted its position on item 1" in told
    assert "Cedar proposed an amendment to clause 1.1" in told
    assert re.search(r"Chair accepted an amendment to clause 1\.1 .*Chair recorded|Chair accepted", told)
    assert re.search(r"UTC Chair suspended the session .* UTC Chair accepted an amendment to clause 1\.1", told)
    assert "Suspended" in words(section(board(client, fresh).text, "meta", "dl"))
    assert "The sitting is suspended." in words(section(board(client, fresh).text, "pause", "div"))


def test_amendments_of_every_kind_stand_at_their_clauses(fresh: Sitting, client: httpx.Client):
    item, (first, second) = fresh.item()["id"], (fresh.clause(number)["id"] for number in (1, 2))

    def propose(seat: str, **given: Any) -> None:
        fresh.do("proposeAmendment", seat=seat, **given)

    propose("ALDER", provisionId=first, revision=1, text="All draw alike.")
    often = fresh.clause(1)["amendments"][0]["id"]
    propose("BIRCH", amendmentId=often, revision=1, text="All draw less.")
    propose("BIRCH", provisionId=first, revision=1, text="None draw.")
    propose("BIRCH", kind="DELETE", provisionId=second, revision=1)
    fresh.do("proposeProvision", seat="CEDAR", itemId=item, text="Ends in June.", language="en")
    propose("CEDAR", kind="MOVE", provisionId=fresh.clause(3)["id"], after=first)
    propose("CEDAR", kind="INSERT_AFTER", after=first, text="Meets in May.")
    propose("ALDER", kind="INSERT_AFTER", itemId=item, provisionKind="PREAMBULAR", text="Recalling rain.")
    told = words(section(board(client, fresh).text, "text"))
    for said in (
        "Alder proposes a new clause at the beginning Recalling rain.",
        "Alder proposes instead All draw alike. Birch proposes instead All draw less.",
        "Cedar proposes a new clause here Meets in May.",
        "Birch proposes to take this clause out",
        "Cedar proposes to move this clause behind clause 1",
    ):
        assert said in told
    fresh.do("acceptAmendment", amendmentId=often)
    page = board(client, fresh).text
    assert "Birch proposes instead to older words None draw." in words(section(page, "text"))
    record = words(section(page, "record"))
    for said in (
        "Birch proposed other words for an amendment to clause 1.1",
        "Birch proposed to take out clause 1.2",
        "Cedar proposed to move clause 1.3",
        "Cedar proposed to put in a clause",
    ):
        assert said in record
