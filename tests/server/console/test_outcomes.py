"""What a board shows of items that have ended and of sessions that are over."""

import re

import httpx

from tests.server.console.conftest import Scenes
from tests.server.console.pages import board, section, words
from tests.server.console.sitting import Sitting
from tests.server.console.streams import messages_of, until


def test_an_adopted_text_stands_with_the_opinions_on_record(scenes: Scenes, client: httpx.Client):
    text = section(board(client, scenes.adopted).text, "text")
    assert "Decision 1 adopted without objection" in words(text)
    assert "Opinions on record Pakistan Reservation, clause 2" in words(text)
    assert '<span lang="zh-Hans">我们理解' in text
    in_russian = section(board(client, scenes.adopted, text="ru").text, "text")
    assert '<span lang="ru">Будучи убеждены' in in_russian


def test_a_deferred_item_says_why(fresh: Sitting, client: httpx.Client):
    fresh.do("deferItem", itemId=fresh.item()["id"], reason="Время вышло.", language="ru")
    item = section(board(client, fresh).text, "item")
    assert "Deferred Время вышло." in words(item)


def test_a_session_that_is_over_shows_how_its_items_ended(scenes: Scenes, client: httpx.Client):
    page = board(client, scenes.ended).text
    shown = words(page)
    assert "Item 1 Predictability and trust in the military-political field Decision 1 adopted without" in shown
    assert "Opinions on record Pakistan Reservation, clause 2 We read" in shown
    assert "Item 2 Confluence of connectivity initiatives Deferred No date is acceptable to all." in shown
    assert "A call for consensus met" not in shown  # item 1 was adopted in its only call
    objected = re.search(r"Kazakhstan clause 3 On the wording ([^.]+)\. Не все таможенные посты подключены\.", shown)
    assert objected
    assert objected[1] in words(board(client, scenes.ended, item=2).text)
    assert "Would be settled by A later date." in shown
    instead = "China clause 3 bis On the wording Documents shall be recognised. Without a date nothing is promised."
    assert instead in shown
    assert "Item 3 Reliable information and humanitarian exchange Not taken up." in shown
    head = scenes.server.ask("query($id: ID!) { session(id: $id) { head { seq treeRoot } } }", id=scenes.ended.id)
    assert f"The record has {head['session']['head']['seq']} entries." in shown
    assert head["session"]["head"]["treeRoot"] in shown
    assert '<span lang="ru">Будучи убеждены' in board(client, scenes.ended, text="ru").text


def test_an_item_that_failed_tells_of_the_call_that_met_objections(fresh: Sitting, client: httpx.Client):
    item, clause = fresh.item()["id"], fresh.clause(1)["id"]
    fresh.do("circulateText", itemId=item)
    fresh.do("cleanText", itemId=item)
    fresh.when("CIRCULATION_RUNNING", "callForConsensus", itemId=item)
    fresh.do(
        "raiseObjection", seat="CEDAR", itemId=item, provisionId=clause, language="ru", reason="Колодец далеко.",
        wouldBeRemovedBy="A place between the two.",
    )  # fmt: skip
    told = words(section(board(client, fresh).text, "record"))
    assert "Cedar objected to clause 1.1" in told
    assert "Cedar on clause 1.1" not in told, "the stance that an objection leaves is not told beside it"
    fresh.when("WINDOW_OPEN", "closeCall", itemId=item)
    fresh.do("deferItem", itemId=item, reason="Not today.", language="en")
    fresh.do("closeSession")
    shown = words(board(client, fresh).text)
    assert re.search(r"A call for consensus met an objection [^U]* UTC Cedar clause 1 : Колодец далеко\.", shown), shown


def test_a_sealed_session_is_not_live_and_its_items_can_be_looked_at(scenes: Scenes, client: httpx.Client):
    for page in (board(client, scenes.ended).text, board(client, scenes.ended, item=2).text):
        link = section(page, "link", "p")
        assert words(link).strip().startswith("Record sealed")
        assert "Live" not in words(page)
        assert 'class="dot"' not in page
    there = board(client, scenes.ended, item=2).text
    assert "Open concerns 2" in words(section(there, "concerns"))
    assert f'<a class="follow" href="/s/{scenes.ended.id}/board">Outcomes</a>' in there
    live = section(board(client, scenes.adopted).text, "link", "p")
    assert 'class="dot"' in live
    assert "sealed" not in live


def test_a_board_that_is_open_goes_to_the_outcomes_and_back_with_its_session(fresh: Sitting, client: httpx.Client):
    messages = messages_of(client, fresh)
    next(messages)
    fresh.do("closeSession")
    focus = until(messages, "focus")
    assert 'id="outcomes"' in focus
    assert "Left in the phase: Deliberation" in words(focus)
    fresh.do("reopenSession", reason="One more word.", language="en")
    assert 'id="item"' in until(messages, "focus")
