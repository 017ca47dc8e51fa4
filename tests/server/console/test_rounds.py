"""The panel of candidates on the board: who is first, what objections are left, and no word of what a seat may say."""

import re
import time
from typing import Any

import httpx

from server.console.rounds import LISTED, newest
from tests.server.console.conftest import Scenes
from tests.server.console.sitting import PATIENCE_SECONDS, Sitting

ROUND = "query($id: ID!) { session(id: $id) { agenda { round { number candidates { id number place } } } } }"


def told(**more: Any) -> dict[str, Any]:
    candidate = {
        "id": "a", "number": 1, "place": 1, "statusQuo": False, "present": True, "objections": 1,
        "expectedObjections": 2, "words": 7, "explanation": {"text": "So.", "language": "en"},
    }  # fmt: skip
    others = [candidate | {"id": str(n), "number": n, "place": n, "present": False} for n in range(2, 8)]
    found = {"number": 2, "stop": None, "taken": "3", "members": ["KAZ", "UZB"], "rankings": [{"seat": "KAZ"}]}
    return {"decision": None, "round": found | {"candidates": [candidate, *others]} | more}


def test_the_first_are_listed_with_what_they_leave_and_the_one_taken():
    found = newest(told())
    assert found
    assert (found.number, found.more, found.ranked, found.members) == (2, 7 - LISTED, 1, 2)
    assert [each.taken for each in found.candidates] == [False, False, True, False, False]
    assert (found.candidates[0].stated, found.candidates[0].expected, found.candidates[0].present) == (1, 2, True)


def test_there_is_none_before_a_round_and_after_the_decision():
    assert newest({"decision": None, "round": None}) is None
    assert newest(told() | {"decision": {"number": 1}}) is None


def _round(sitting: Sitting) -> dict[str, Any]:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        found = sitting.server.ask(ROUND, sitting.chair, id=sitting.id)["session"]["agenda"][0]["round"]
        if found:
            return found
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_a_board_shows_the_round_and_the_entries_that_made_it(scenes: Scenes, fresh: Sitting):
    item = fresh.item()["id"]
    fresh.do("requestDraft", itemId=item)
    found = _round(fresh)
    second = next(each for each in found["candidates"] if each["place"] == 2)
    fresh.do("rankCandidates", seat=fresh.seats[0], itemId=item, ranking=[[second["id"]]])
    page = httpx.get(f"{scenes.server.url}/s/{fresh.id}/board?item=1").text
    assert "Candidates for the text" in page
    assert f"proposed {len(found['candidates'])} candidates for item 1" in page
    assert "ranked the candidates for item 1" in page
    assert f"1 of {len(fresh.seats)} have ranked them" in re.sub(r"\s+", " ", page)
