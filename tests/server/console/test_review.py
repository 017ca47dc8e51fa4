"""The record on a page: what is found in it, what is withheld, what the audit says of it, and the files to keep."""

import json
import re
from collections.abc import Iterator
from hashlib import sha256

import httpx
import pytest

from polylogue.vocabulary import Hash
from schema.api.schema import make_schema
from server.console.search import KINDS, PAGE, found, search_of
from tests.server.console.conftest import AT_ONCE, Scenes
from tests.server.console.pages import words
from tests.server.console.sitting import Sitting, opened, scheduled

SECRET = "Water for two winters is all that we have."


@pytest.fixture(scope="module")
def sat(scenes: Scenes) -> Sitting:
    """A public session with an entry that is not for everybody, a stance stated by mistake, and its correction."""
    sitting = opened(scheduled(scenes.server, "small-council", public=True, clock_scale=AT_ONCE))
    item, clause = sitting.item()["id"], sitting.clause(1)["id"]
    sitting.do("postPosition", seat="BIRCH", itemId=item, text="Мы за.", language="ru", interests=SECRET)
    stance = {"provisionId": clause, "level": "SUPPORT"}
    sitting.do("stateStances", seat="CEDAR", itemId=item, stances=[stance])
    seq = sitting.session()["head"]["seq"]
    sitting.do(
        "correctEntry", seq=seq, reason="Misheard.", restored={"stances": {"stances": [stance | {"level": "ACCEPT"}]}}
    )
    return sitting


@pytest.fixture
def stranger(scenes: Scenes) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=scenes.server.url, timeout=60) as client:
        yield client


def signed_in(sitting: Sitting, token: str) -> httpx.Client:
    return httpx.Client(base_url=sitting.server.url, cookies={"polylogue": token}, timeout=60)


def page(client: httpx.Client, sitting: Sitting, **query: object) -> str:
    answer = client.get(f"/s/{sitting.id}/review", params={name: str(value) for name, value in query.items()})
    assert answer.status_code == 200
    return answer.text


def shown(html: str) -> list[int]:
    """The entries of the list that can be read."""
    return [int(seq) for seq in re.findall(r'<li id="entry-(\d+)" class="entry', html)]


def test_every_kind_of_entry_can_be_looked_for_in_one_way():
    kinds = make_schema()._schema.type_map["EventKind"].values  # pyright: ignore[reportAttributeAccessIssue]
    assert sorted(kind for group in KINDS.values() for kind in group) == sorted(kinds)


def test_what_an_address_says_that_cannot_be_is_left_out_and_named():
    asked = {
        "seat": "ZZZ",
        "kind": "TEXT",
        "item": "7",
        "since": "yesterday",
        "until": "2026-05-04T10:00",
        "after": "-1",
    }
    search = search_of(asked, ["KAZ"], [1, 2])
    assert (search.kind, search.until) == ("TEXT", "2026-05-04T10:00")
    assert search.unread == ("after", "item", "seat", "since")
    assert search.query(item=2) == "kind=TEXT&item=2&until=2026-05-04T10%3A00"


def test_a_long_list_comes_in_parts_that_lead_to_each_other():
    listed = [None] * (2 * PAGE + 5)
    leaves = {seq: Hash(f"{seq:064x}") for seq in range(1, len(listed) + 1)}
    first = found(listed, leaves, search_of({}, [], []))
    assert (first.first, first.last, first.earlier, first.later) == (1, PAGE, "", f"after={PAGE}")
    last = found(listed, leaves, search_of({"before": "999999999"}, [], []))
    assert (last.first, last.last, last.later) == (PAGE + 6, 2 * PAGE + 5, "")
    middle = found(listed, leaves, search_of({"before": str(PAGE + 6)}, [], []))
    assert (middle.first, middle.last) == (6, PAGE + 5)


def test_the_record_is_told_with_what_is_withheld_in_its_place(sat: Sitting, stranger: httpx.Client):
    html = page(stranger, sat)
    assert "Birch took a position on item 1." in words(html)
    assert '<span lang="ru" dir="auto" class="words">Мы за.</span>' in html
    (hidden,) = re.findall(r'<li class="withheld" id="entry-(\d+)">', html)
    assert int(hidden) not in shown(html)
    assert re.search(rf"{hidden} <code>[0-9a-f]{{64}}</code>", html)
    assert SECRET not in html
    with signed_in(sat, sat.chair) as chair:
        whole = page(chair, sat)
    assert SECRET in whole
    assert 'class="withheld"' not in whole
    assert set(shown(whole)) > set(shown(html))


def test_a_correction_stands_beside_what_it_corrects(sat: Sitting, stranger: httpx.Client):
    html = page(stranger, sat, kind="CORRECTIONS")
    (correction,) = shown(html)
    assert "Misheard." in words(html)
    told = html.partition(f'<li id="entry-{correction}"')[2]
    corrected = re.findall(r"review\?entry=(\d+)", told)[0]
    there = page(stranger, sat, seat="CEDAR")
    assert f'<li id="entry-{corrected}" class="entry corrected">' in there
    assert f"Corrected by entry {correction}" in words(there)


def test_entries_are_found_by_seat_kind_item_and_time_and_withheld_ones_always_come(
    sat: Sitting, stranger: httpx.Client
):
    positions = page(stranger, sat, kind="POSITIONS", seat="BIRCH", item=1)
    assert len(shown(positions)) == 1
    assert 'class="withheld"' in positions
    assert "1 entry" in words(positions)
    assert shown(page(stranger, sat, until="2020-01-01T00:00")) == []
    assert len(shown(page(stranger, sat, since="2020-01-01T00:00", until="2120-01-01T00:00"))) > 5
    assert "was left out" in words(page(stranger, sat, seat="NOBODY"))
    jump = stranger.get(f"/s/{sat.id}/review", params={"entry": 3, "seat": "BIRCH"})
    assert jump.headers["location"].endswith("/review?after=0#entry-3")
    for absent in ("9999", "abc", "-1", "0"):
        there = page(stranger, sat, entry=absent)
        assert "There is no such entry: the record has entries 1 to " in there, absent
        assert f'value="{absent}" aria-invalid="true"' in there


def test_a_session_that_one_may_not_see_has_no_record(scenes: Scenes, stranger: httpx.Client):
    private = scenes.private
    for path in ("review", "record.jsonl", "figures.json", "minutes.html", "items/1/text.md"):
        assert stranger.get(f"/s/{private.id}/{path}").status_code == 404
        with signed_in(private, private.chair) as chair:
            assert chair.get(f"/s/{private.id}/{path}").status_code == 200, path
    refused = stranger.get(f"/s/{private.id}/record.jsonl", headers={"Authorization": "Bearer plg_nobody"})
    assert refused.status_code == 401


def test_the_lines_of_the_record_give_the_leaves_of_the_tree(sat: Sitting, stranger: httpx.Client):
    answer = stranger.get(f"/s/{sat.id}/record.jsonl")
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert [line["seq"] for line in lines] == list(range(1, sat.session()["head"]["seq"] + 1))
    (hidden,) = [line for line in lines if "withheld" in line]
    assert hidden.keys() == {"seq", "leafHash", "withheld"}
    for line in lines:
        if line is not hidden:
            assert sha256(b"\0" + line["canonical"].encode()).hexdigest() == line["leafHash"]
    assert any(text["text"] == "Мы за." for line in lines if line is not hidden for text in line["texts"])
    assert SECRET not in answer.text
    with signed_in(sat, sat.chair) as chair:
        assert SECRET in chair.get(f"/s/{sat.id}/record.jsonl").text


def test_figures_are_kept_as_a_file_and_lead_to_entries(scenes: Scenes, stranger: httpx.Client):
    session = stranger.get(f"/s/{scenes.blocked.id}/figures.json").json()
    item = session["agenda"][0]
    assert item["convergence"]["headline"]["meanCloseness"]
    assert session["convergence"]["headline"]["objections"] >= item["convergence"]["headline"]["objections"] > 0
    assert item["unblocking"]["sets"]
    assert {move["item"] for each in session["unblocking"]["sets"] for move in each["moves"]} >= {item["id"]}
    html = page(stranger, scenes.blocked, item=1)
    moved = html.split('id="moved-title"')[1].split("</table>")[0]
    assert "call opened" in words(moved)
    assert "no consensus" in words(moved)
    assert len(re.findall(r"review\?entry=\d+", moved)) > 5


def test_the_audit_is_run_for_chairs_and_facilitators_alone_and_works_after_sealing(
    scenes: Scenes, stranger: httpx.Client
):
    ended = scenes.ended
    address = f"/s/{ended.id}/review/check"
    ours = {"Origin": scenes.server.url}
    assert stranger.post(address, headers=ours).status_code == 403
    assert "Check it now" not in page(stranger, ended)
    with signed_in(ended, ended.chair) as chair:
        assert chair.post(address, headers={"Origin": "http://elsewhere.example"}).status_code == 403
        assert "Check it now" in page(chair, ended)
        done = chair.post(address, headers=ours)
        assert done.status_code == 303
        html = page(chair, ended, lang="ru")
        assert "В порядке." in words(html)
        assert re.search(r"\d+ запис(ь|и|ей)", words(html))
    assert "Sound." not in page(stranger, ended)


def test_a_facilitator_reads_what_only_officers_may(sat: Sitting):
    token = sat.server.give("admitPerson", sessionId=sat.id, role="FACILITATOR", name="F", fields="token")["token"]
    with signed_in(sat, token) as facilitator:
        assert SECRET in page(facilitator, sat)
