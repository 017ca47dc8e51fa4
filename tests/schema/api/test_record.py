"""The record as it is read: every entry, with its words as they were said."""

import hashlib
import json
from typing import Any

import pytest

from polylogue.events import KINDS
from polylogue.record.tree import leaf_hash
from tests.ledger.course import CHAIR, Course
from tests.schema.api.everything import below
from tests.schema.api.seen import SCHEMA, Seen, person

VIEWER = person(CHAIR)
DETAIL = below(SCHEMA._schema.type_map["EventDetail"], 8)


def words(value: Any) -> list[str]:
    """The free texts in a detail, wherever they stand."""
    match value:
        case {"Text_text": str(found)} | {"LanguageVersion_text": str(found)}:
            return [found]
        case dict():
            return [text for inner in value.values() for text in words(inner)]
        case list():
            return [text for inner in value for text in words(inner)]
        case _:
            return []


async def test_every_kind_of_entry_is_shown_with_all_its_words(kept: Seen, course: Course):
    fields = f"record(first: 1000) {{ ... on Event {{ seq kind detail {{ {DETAIL} }} }} }}"
    told = (await kept.session(fields, VIEWER))["record"]
    assert len({entry["kind"] for entry in told}) == len(KINDS)
    for entry in told:
        said = [str(row["text"]) for (seq, _), row in course.prose.items() if seq == entry["seq"]]
        assert sorted(words(entry["detail"])) == sorted(said)
        assert entry["detail"]["__typename"] == entry["kind"]


async def test_an_entry_is_what_was_hashed(kept: Seen, course: Course):
    fields = """head { seq leafHash } record(first: 1000) { ... on Event { seq leafHash canonical at kind command seat
        actor { person role } enteredBy { person role } occurredAt corrects visibility { to seats } } }"""
    told = await kept.session(fields, VIEWER)
    for entry, line in zip(told["record"], course.lines, strict=True):
        stored = entry.pop("canonical").encode()
        assert stored == line["stored"]
        assert leaf_hash(stored).hex() == entry.pop("leafHash")
        members = json.loads(stored)
        assert entry == {name: members[name] for name in entry}
    assert told["head"]["leafHash"] == leaf_hash(course.lines[-1]["stored"]).hex()  # type: ignore[arg-type]


async def test_the_record_is_read_in_pages(kept: Seen, course: Course):
    seqs: list[int] = []
    while True:
        page = f"record(first: 7, after: {seqs[-1] if seqs else 0}) {{ ... on Event {{ seq }} }}"
        told = (await kept.session(page, VIEWER))["record"]
        if not told:
            break
        assert len(told) <= 7
        seqs += [entry["seq"] for entry in told]
    assert seqs == [entry.seq for entry in course.entries]


async def test_pages_side_by_side_are_each_their_own(kept: Seen, course: Course):
    fields = """first: record(first: 2) { ...entry } last: record(after: %d) { ...entry }
        calls: record(kinds: [CallClosed, TextAdopted], first: 3) { ...entry }"""
    document = "query ($id: ID!) { session(id: $id) { %s } } fragment entry on Event { seq kind }"
    asked = document % (fields % (len(course.entries) - 1))
    told = (await kept.ask(asked, VIEWER, variables={"id": course.session}))["session"]
    assert [e["seq"] for e in told["first"]] == [1, 2]
    assert [e["kind"] for e in told["last"]] == ["SessionSealed"]
    assert [e["kind"] for e in told["calls"]] == ["CallClosed", "CallClosed", "CallClosed"]


@pytest.mark.parametrize("first", [-1, 0, 1001, 2147483647])
async def test_a_page_that_is_none_is_refused_as_in_other_lists(kept: Seen, course: Course, first: int):
    asked = f"query($id: ID!) {{ session(id: $id) {{ record(first: {first}) {{ __typename }} }} }}"
    (error,) = (await kept.respond(asked, VIEWER, variables={"id": course.session}))["errors"]
    assert (error["message"], error["extensions"]["code"]) == ("`first` is 1 to 1000.", "VARIABLES_INVALID")


async def test_reading_kinds_looks_through_the_whole_record(kept: Seen, course: Course):
    fields = "record(first: 1, kinds: [SessionSealed]) { ... on Event { seq } }"
    assert (await kept.session(fields, VIEWER))["record"] == [{"seq": len(course.entries)}]


async def test_the_rules_of_a_session_are_those_in_its_record(kept: Seen, course: Course):
    told = await kept.session("ruleSet { name hash canonical quorum { fraction base strict } circulation }", VIEWER)
    rules = told["ruleSet"]
    assert rules["hash"] == hashlib.sha256(rules["canonical"].encode()).hexdigest()
    assert (rules["name"], rules["circulation"]) == ("sco-consensus/1", "PT24H")
    assert rules["quorum"] == {"fraction": "2/3", "base": "eligible", "strict": False}


async def test_rules_that_no_longer_lie_on_the_shelf_are_read_from_the_record(
    kept: Seen, monkeypatch: pytest.MonkeyPatch
):
    before = await kept.session("ruleSet { canonical } quorum { needed }", VIEWER)
    monkeypatch.setattr("schema.api.rulesets.on_the_shelf", tuple)
    assert await kept.session("ruleSet { canonical } quorum { needed }", VIEWER) == before


async def test_the_shelf_is_shown(kept: Seen):
    told = await kept.ask("{ ruleSets { name commands { command rule by guards } } serverTime }", VIEWER)
    assert {"sco-consensus/1", "reconstruction/1"} <= {rules["name"] for rules in told["ruleSets"]}
    commands = {row["command"]: row for row in told["ruleSets"][0]["commands"]}
    assert commands["CloseCall"]["guards"] == ["WINDOW_OVER", "ANSWERED"]
    assert told["serverTime"] == "2026-05-04T12:00:00.000Z"
