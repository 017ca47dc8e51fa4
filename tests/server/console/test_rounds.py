"""The panel of candidates on the board: who is first, what objections are left, and no word of what a seat may say."""

import re
from typing import Any

import httpx

from polylogue.vocabulary import LanguageTag
from server.console.explained import explained
from server.console.rounds import LISTED, newest
from server.console.templates import templates
from tests.server.console.conftest import Scenes
from tests.server.console.sitting import Sitting, until

ROUND = "query($id: ID!) { session(id: $id) { agenda { round { number candidates { id number place } } } } }"


def told(**more: Any) -> dict[str, Any]:
    candidate = {
        "id": "a", "number": 1, "place": 1, "statusQuo": False, "present": True, "objections": 1,
        "expectedObjections": 2, "words": 7, "clauses": [],
    }  # fmt: skip
    others = [candidate | {"id": str(n), "number": n, "place": n, "present": False} for n in range(2, 8)]
    found = {"number": 2, "stop": None, "taken": "3", "members": ["KAZ", "UZB"], "rankings": [{"seat": "KAZ"}]}
    found["choice"] = {"preferred": [[0] * 7] * 7, "groups": [[1]], "ties": [], "order": [1, 2, 3, 4, 5, 6, 7]}
    text = {"provisions": []}
    return {"number": 1, "text": text, "decision": None, "round": found | {"candidates": [candidate, *others]} | more}


def test_the_first_are_listed_with_what_they_leave_and_the_one_taken():
    found = newest(told(), {})
    assert found
    assert (found.number, found.more, found.ranked, found.members) == (2, 7 - LISTED, 1, 2)
    assert [each.taken for each in found.candidates] == [False, False, True, False, False]
    assert (found.candidates[0].stated, found.candidates[0].expected, found.candidates[0].present) == (1, 2, True)


def test_there_is_none_before_a_round_and_after_the_decision():
    assert newest({"decision": None, "round": None}, {}) is None
    assert newest(told() | {"decision": {"number": 1}}, {}) is None


def _clause(place: int, form: str, **more: Any) -> dict[str, Any]:
    none = {"seats": [], "brackets": [], "alternative": None, "sources": [], "objected": [], "expectedObjections": 0}
    return {"provision": str(place), "form": form, **none, **more}


def _of(alternative: str | None, seat: str | None) -> dict[str, Any]:
    return {"kind": "WORDING", "alternative": alternative, "seat": seat}


def test_a_candidate_is_explained_in_the_words_of_the_reader():
    """What it does, who objects, and what comes before it, from the record's figures."""
    text = [
        {"id": str(n), "number": n, "alternatives": [{"id": "x", "seat": "UZB"}] if n == 4 else []}
        for n in range(1, 10)
    ]
    clauses = [
        *(_clause(n, "PRESENT", objected=["UZB", "KAZ"]) for n in (1, 2, 3)),
        _clause(4, "ALTERNATIVE", alternative="x", objected=["KAZ"], expectedObjections=2),
        _clause(5, "MERGED", sources=[_of(None, None), _of("y", "KAZ"), _of("z", None)]),
        _clause(6, "OMITTED"),
        _clause(7, "SHORTENED", brackets=[1, 3], sources=[_of(None, None), _of("y", "KAZ")]),
        _clause(8, "SHORTENED", brackets=[2], sources=[_of(None, None)]),
        _clause(9, "NAMED_SUBSET", brackets=[2], seats=["KAZ", "UZB"]),
        _clause(10, "WRITTEN"),
    ]
    second = {"id": "b", "number": 2, "place": 3, "statusQuo": False, "present": False, "clauses": clauses}
    tie = {"order": [3, 2], "steps": ["FEWEST_WORDS"]}
    choice = {
        "preferred": [[0, 4, 3], [1, 0, 2], [0, 2, 0]],
        "groups": [[1], [2, 3]],
        "ties": [tie],
        "order": [1, 3, 2],
    }
    told = {"members": ["KAZ"] * 5, "choice": choice, "candidates": [second]}
    found = explained({"number": 1, "text": {"provisions": text}}, told, {"KAZ": "Kazakhstan", "UZB": "<Uzbekistan>"})[
        "b"
    ]

    def said(language: str) -> str:
        page = templates(LanguageTag(language)).get_template("explained.html").module
        return " ".join(page.explained(found).split())  # pyright: ignore[reportAttributeAccessIssue]

    assert said("en") == (
        "Candidate 2: clauses 1.1–1.3 stay as they are; clause 1.4 has the wording of &lt;Uzbekistan&gt;; clause 1.5 "
        "is merged from the present text and the wording of Kazakhstan, the chair or a draft; clause 1.6 is left out; "
        "clause 1.7 is merged with the wording of Kazakhstan, without the words in bracket number 1, 3; clause "
        "1.8 stands without the words in bracket number 2; clause 1.9 speaks in bracket number 2 for Kazakhstan, "
        "&lt;Uzbekistan&gt; only. Objections to each of the clauses 1.1–1.3: Kazakhstan, &lt;Uzbekistan&gt;. "
        "Objections to clause 1.4: Kazakhstan. Objections to clause 1.4 that are only expected: 2. It comes 3 of 1. "
        "Of 5 delegations, 4 put candidate 1 above it, 1 below it. It is tied with candidate 3, which comes before it "
        "by fewer words."
    )
    assert "Из 5 делегаций выше него ставят вариант 1: 4, ниже: 1." in said("ru")
    assert "пункт 1.8 остаётся без слов в скобке номер 2; пункт 1.9 в скобке номер 2 — только от имени" in said("ru")
    assert "第1.1–1.3段保持不变；第1.4段采用" in said("zh-Hans")
    assert "第1.8段删去编号为2的方括号内的文字；第1.9段中编号为2的方括号仅代表" in said("zh-Hans")


def _round(sitting: Sitting) -> dict[str, Any]:
    return until(lambda: sitting.server.ask(ROUND, sitting.chair, id=sitting.id)["session"]["agenda"][0]["round"])


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
