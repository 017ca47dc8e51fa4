"""Boards of real sessions: what they show and to whom, and how an open one is kept up to date."""

import json
import os
import re
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from polylogue.vocabulary import SessionId
from server.console.board import board as shape
from server.console.files import FOLDER as STATIC
from server.console.templates import own_name
from server.console.views import View, documents
from server.console.wordings import named
from server.context import ENGLISH
from tests.node import run_node
from tests.server.console.conftest import Scenes
from tests.server.console.pages import board, section, words
from tests.server.console.sitting import FOURTEEN, Sitting

LARGEST = 1_200_000
MOMENTS = ("scheduled", "negotiated", "called", "blocked", "adopted", "ended")
SECRET = "Because our own border posts have no radio."


@pytest.fixture
def client(scenes: Scenes) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=scenes.server.url, timeout=60) as client:
        yield client


# ── what is shown ────────────────────────────────────────────────────────────────────────────────────────────────────


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
    assert told[0] == f"{chinese} is authentic English {russian} is authentic"
    assert told[1] == f"{chinese} is missing English {russian} is authentic"
    assert told[3] == f"{chinese} is older than the text English {russian} is missing"
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


def test_an_adopted_text_stands_with_the_opinions_on_record(scenes: Scenes, client: httpx.Client):
    text = section(board(client, scenes.adopted).text, "text")
    assert "Decision 1 adopted without objection" in words(text)
    assert "Opinions on record Pakistan Reservation, clause 2" in words(text)
    assert '<span lang="zh-Hans">我们理解' in text
    in_russian = section(board(client, scenes.adopted, text="ru").text, "text")
    assert '<span lang="ru">Будучи убеждены' in in_russian


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


def test_a_deferred_item_says_why(fresh: Sitting, client: httpx.Client):
    fresh.do("deferItem", itemId=fresh.item()["id"], reason="Время вышло.", language="ru")
    item = section(board(client, fresh).text, "item")
    assert "Deferred Время вышло." in words(item)


def test_a_call_is_announced_only_while_it_can_come(fresh: Sitting, client: httpx.Client):
    fresh.do("circulateText", itemId=fresh.item()["id"])
    assert "A call is possible" in words(section(board(client, fresh).text, "item"))
    fresh.do("deferItem", itemId=fresh.item()["id"], reason="Not today.", language="en")
    assert "A call is possible" not in words(section(board(client, fresh).text, "item"))


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
    messages = _messages(client, fresh)
    next(messages)
    fresh.do("closeSession")
    focus = _until(messages, "focus")
    assert 'id="outcomes"' in focus
    assert "Left in the phase: Deliberation" in words(focus)
    fresh.do("reopenSession", reason="One more word.", language="en")
    assert 'id="item"' in _until(messages, "focus")


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


# ── to whom ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", ["board", "board/live"])
def test_a_session_that_is_not_public_is_as_if_there_were_none(scenes: Scenes, client: httpx.Client, path: str):
    sessions = (scenes.private.id, "01900000-0000-7000-8000-000000000000", "nonsense")
    answers = [client.get(f"/s/{session}/{path}") for session in sessions]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    # A page names the address that it was asked for at, and says nothing else of the session.
    said = {answer.text.replace(session, "") for answer, session in zip(answers, sessions, strict=True)}
    assert len(said) == 1
    assert "There is no public session here." in said.pop()


def test_interests_and_names_of_people_are_on_no_page(fresh: Sitting, client: httpx.Client):
    fresh.do("postPosition", seat="ALDER", itemId=fresh.item()["id"], text="We agree.", language="en", interests=SECRET)
    told = client.get("/").text + board(client, fresh).text + "".join(_messages(client, fresh, 2))
    assert "posted its position" in told
    assert SECRET not in told
    assert "The chair" not in told  # as whom the chair was admitted


def test_texts_are_escaped(fresh: Sitting, client: httpx.Client):
    fresh.do(
        "proposeProvision", seat="ALDER", itemId=fresh.item()["id"], text='<img src="x">\u2028& "so on"', language="en"
    )
    page = board(client, fresh).text
    assert '<span lang="en">&lt;img src=&#34;x&#34;&gt;\u2028&amp; &#34;so on&#34;</span>' in page
    assert "<img" not in page


def test_a_page_allows_itself_nothing_from_elsewhere(scenes: Scenes, client: httpx.Client):
    for path in ("/", f"/s/{scenes.negotiated.id}/board", f"/s/{scenes.private.id}/board"):
        page = client.get(path)
        policy = dict(part.strip().split(" ", 1) for part in page.headers["content-security-policy"].split(";"))
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
        assert page.headers["x-content-type-options"] == "nosniff"
        assert page.headers["cache-control"] == "no-store"
        assert not re.search(r"<script(?! src=)|<style| style=| on[a-z]+=|//", page.text)


def test_files_of_pages_come_with_their_tags(scenes: Scenes, client: httpx.Client):
    page = board(client, scenes.negotiated).text
    named = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page))
    named |= {f"/static/{name}" for name in re.findall(r"url\(([^)]+)\)", client.get("/static/console.css").text)}
    assert len(named) == 11
    for name in named:
        found = client.get(name)
        assert (found.status_code, found.headers["cache-control"]) == (200, "no-cache")
        assert len(found.content) < LARGEST
        again = client.get(name, headers={"if-none-match": found.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    for name in ("README.md", "htmx.LICENSE", "..%2Froutes.py", "nothing.js"):
        assert client.get(f"/static/{name}").status_code == 404


def test_every_vendored_file_is_named_with_its_licence():
    table = (STATIC / "README.md").read_text("utf-8")
    assert [path.name for path in STATIC.iterdir() if path.name != "README.md" and f"`{path.name}`" not in table] == []


def test_a_document_asks_for_nothing_about_one_delegation_alone():
    assert "positions(seats: [$seat], first: 1)" in documents()["seat"]
    for name, document in documents().items():
        # The steps of a tie are of the room; of the convergence they are a delegation's.
        shut = r"\b(?:perSeat|leaveOneOut|interests|failures|pairs|isolated|(?<!order )steps|credits)\b"
        found = re.findall(shut, document)
        assert found == (["interests", "interests"] if name == "seat" else []), f"{name}: a seat's page tells its own"


# ── kept up to date ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_open_page_gets_only_what_changed(fresh: Sitting, client: httpx.Client):
    messages = _messages(client, fresh)
    assert next(messages).startswith("retry: 1000\nevent: clock\ndata: 20")
    fresh.state("BIRCH", "S")
    parts = _parts(next(messages))
    assert {"row-BIRCH", "record", "news"} <= set(parts)
    assert not {"row-ALDER", "stances", "items", "focus", "meta"} & set(parts)
    assert "stance SUPPORT" in parts["row-BIRCH"]


def test_a_page_that_comes_back_gets_everything_unless_it_shows_it_all(fresh: Sitting, client: httpx.Client):
    messages = _messages(client, fresh)
    next(messages)
    fresh.state("BIRCH", "S")
    shown = re.match(r"id: (\S+)", next(messages))
    assert shown
    messages.close()
    fresh.settled()
    fresh.state("CEDAR", "A")
    comes_back = _messages(client, fresh, last_event=shown[1])
    next(comes_back)
    missed = next(comes_back)
    assert {"focus", "items", "link", "meta", "news"} == set(_parts(missed))
    assert re.search(r'id="row-CEDAR".*?stance ACCEPT', missed, re.DOTALL)


def test_a_page_of_another_build_is_told_to_load_anew(fresh: Sitting, client: httpx.Client):
    messages = _messages(client, fresh, last_event="01234567-0123456789abcdef")
    next(messages)
    assert "event: anew" in next(messages)


def test_a_stream_is_kept_by_no_cache_and_no_proxy(fresh: Sitting, client: httpx.Client):
    with client.stream("GET", f"/s/{fresh.id}/board/live") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-accel-buffering"] == "no"


def _messages(
    client: httpx.Client, sitting: Sitting, most: int | None = None, last_event: str | None = None
) -> Generator[str]:
    """The messages of a stream that was opened by a page which shows all there is now, or by one with such a header."""
    headers = {"Last-Event-ID": last_event} if last_event else {}
    address = re.search(r'hx-sse:connect="([^"]+)"', board(client, sitting).text)
    assert address
    with client.stream("GET", address[1].replace("&amp;", "&"), headers=headers, timeout=30) as answer:
        kept = ""
        told = 0
        for text in answer.iter_text():
            *whole, kept = (kept + text).split("\n\n")
            for message in whole:
                yield message
                told += 1
                if told == most:
                    return


def _parts(message: str) -> dict[str, str]:
    """What a message brings, by the id of the element it is for."""
    html = "\n".join(line.removeprefix("data: ") for line in message.split("\n") if line.startswith("data: "))
    return dict(re.findall(r'<hx-partial hx-target="#([^"]+)"[^>]*>(.*?)</hx-partial>', html, re.DOTALL))


def _until(messages: Iterator[str], name: str) -> str:
    """What the next message that has this part brings for it."""
    return next(found[name] for found in map(_parts, messages) if name in found)


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
