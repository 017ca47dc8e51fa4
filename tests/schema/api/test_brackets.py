"""Brackets through the API: closed one by one, merged, split, reopened, and what is told of it afterwards."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.schema.api.brackets import MAY, SHALL, SHOULD, bracketed, every_act
from tests.schema.api.house import SEATS, Table, house, on_sqlite

CHN, KAZ, KGZ = SEATS


@pytest.fixture
async def table(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Table]:
    """On SQLite unless a test asks for both."""
    on_postgresql = getattr(request, "param", "sqlite") == "postgresql"
    async with house(request.getfixturevalue("postgres_url") if on_postgresql else on_sqlite(tmp_path)) as made:
        yield await made.open()


async def look(t: Table, fields: str, by: str = KAZ) -> Any:
    """The fields of the newest clause."""
    document = (
        "query($session: ID!, $item: ID!) { session(id: $session) { item(id: $item) "
        f"{{ text {{ provisions {{ {fields} }} withdrawn {{ {fields} }} }} }} }} }}"
    )
    response = await t.house.ask(document, {"session": t.session, "item": t.item}, by=by)
    assert "errors" not in response, response
    text = response["data"]["session"]["item"]["text"]
    return [*text["provisions"], *text["withdrawn"]][-1]


@pytest.mark.parametrize("table", ["sqlite", "postgresql"], indirect=True)
async def test_one_bracket_is_closed_and_the_others_stay_open(table: Table):
    t = table
    clause, should, may = await bracketed(t)
    await t.do("stateStances", by=KGZ, itemId=t.item, stances=[
        {"provisionId": clause, "alternativeId": may, "level": "SUPPORT"}])  # fmt: skip
    shown = (
        "id revision state bracketsSeq versions { text } alternatives { id of seats label versions { text } "
        "stances { seat level carried } }"
    )
    closed = await t.do(
        "closeBracket", f"provision {{ {shown} }}", by="chair",
        provisionId=clause, bracket=2, alternativeId=should, ifRevision=1,
    )  # fmt: skip
    provision = closed["provision"]
    assert (provision["revision"], provision["state"]) == (2, "BRACKETED")
    assert provision["bracketsSeq"] == closed["receipt"]["seq"]
    assert provision["versions"] == [{"text": SHALL.replace("goods", "services")}]
    kept, made = provision["alternatives"]
    assert (kept["id"], kept["of"], kept["seats"], kept["label"]) == (should, [], [CHN], "bis")
    assert (made["of"], made["seats"], made["label"]) == ([may], [KGZ], "ter")
    assert made["versions"] == [{"text": MAY.replace("goods", "services")}]
    assert made["stances"] == [{"seat": KGZ, "level": "SUPPORT", "carried": True}]


async def test_what_was_done_to_brackets_is_told_with_who_did_it_and_what_lost(table: Table):
    t = table
    await every_act(t)
    fields = (
        "bracketHistory { seq kind bracket last revision closing actor { role } seat reason { text } open "
        "readings { text { text } present seats chosen } }"
    )
    merged, split, closed, reopened, whole = (await look(t, fields))["bracketHistory"]
    assert (merged["kind"], merged["bracket"], merged["last"], merged["reason"]) == (
        "MERGED", 1, 2, {"text": "One package."},
    )  # fmt: skip
    assert (split["kind"], split["bracket"], split["reason"], split["open"]) == ("SPLIT", 1, None, None)
    assert (closed["kind"], closed["bracket"], closed["revision"], closed["actor"]) == (
        "CLOSED", 2, 2, {"role": "CHAIR"},
    )  # fmt: skip
    assert closed["readings"] == [
        {"text": {"text": "goods"}, "present": True, "seats": [KGZ], "chosen": False},
        {"text": {"text": "services"}, "present": False, "seats": [CHN], "chosen": True},
    ]
    assert (reopened["kind"], reopened["seat"], reopened["closing"]) == ("REOPENED", KAZ, closed["seq"])
    assert reopened["reason"] == {"text": "Too soon."}
    assert len(reopened["open"]) == 3
    assert (whole["kind"], whole["bracket"], whole["open"]) == ("CLOSED", None, [])
    assert [(r["text"]["text"], r["chosen"]) for r in whole["readings"]] == [
        (SHALL.replace("goods", "services"), True), (SHALL, False), (SHOULD, False), (MAY, False),
    ]  # fmt: skip


async def test_what_stands_in_a_bracket_has_the_number_that_commands_take(table: Table):
    t = table
    clause, should, _ = await bracketed(t)
    document = (
        "query($session: ID!, $item: ID!) { session(id: $session) { item(id: $item) { rollingText { clauses "
        "{ provision bracketsSeq pieces { ... on TextBracket { number readings { text alternatives } } } } } } } }"
    )

    async def brackets() -> tuple[int, dict[int, list[str]]]:
        response = await t.house.ask(document, {"session": t.session, "item": t.item}, by=KAZ)
        assert "errors" not in response, response
        last = response["data"]["session"]["item"]["rollingText"]["clauses"][-1]
        found = {p["number"]: [r["text"] for r in p["readings"]] for p in last["pieces"] if p}
        return last["bracketsSeq"], found

    seq, found = await brackets()
    assert found == {1: ["shall", "should", "may"], 2: ["goods", "services"], 3: ["each May", "twice"]}
    await t.do("closeBracket", by="chair", provisionId=clause, bracket=2, alternativeId=should, ifBracketsSeq=seq)
    later, left = await brackets()
    assert left == {1: ["shall", "should", "may"], 2: ["each May", "twice"]}
    stale = await t.tell("closeBracket", by="chair", provisionId=clause, bracket=2, ifBracketsSeq=seq)
    assert (stale["__typename"], stale["code"], stale["currentRevision"]) == ("Conflict", "BRACKET_MOVED", 2)
    assert stale["message"] == (
        f"The brackets of clause 1.3 are those of entry {later}, not {seq}; look at them and decide again."
    )
    await t.do("mergeBrackets", by="secretary", provisionId=clause, first=1, last=2, ifRevision=2)
    _, merged = await brackets()
    assert [len(readings) for readings in merged.values()] == [3]


async def test_a_bracket_is_cut_by_its_words_and_a_wrong_place_names_its_member(table: Table):
    t = table
    clause, should, may = await bracketed(t)
    await t.do("mergeBrackets", by="chair", provisionId=clause, first=2, last=3, ifRevision=1)
    places = [
        {"beginning": "goods and"},
        {"alternativeId": should, "beginning": "services and"},
        {"alternativeId": may, "beginning": "goods and"},
    ]
    cut: dict[str, Any] = {"by": "secretary", "provisionId": clause, "bracket": 2, "ifRevision": 1}
    refused = await t.tell("splitBracket", places=[*places[:2], {"alternativeId": may, "beginning": "good"}], **cut)
    assert (refused["code"], refused["path"]) == ("BRACKET_PLACE", ["places", "2", "beginning"])
    await t.do("splitBracket", places=places, **cut)
    for number, reading in ((2, should), (2, may)):
        open_now = (await look(t, "alternatives { id of }"))["alternatives"]
        chosen = next(each["id"] for each in open_now if reading in (each["id"], *each["of"]))
        await t.do("closeBracket", by="chair", provisionId=clause, bracket=number, alternativeId=chosen)
    assert (await look(t, "versions { text }"))["versions"] == [
        {"text": "Member States shall deepen trade in services and meet twice."}
    ]


async def test_who_objects_and_why_is_said_where_a_choice_is_refused(table: Table):
    t = table
    clause, should, _ = await bracketed(t)
    objection = {
        "provisionId": clause, "alternativeId": should, "level": "OBJECT",
        "reason": "Services are not ours\nto trade.", "wouldBeRemovedBy": "Goods only.",
    }  # fmt: skip
    await t.do("stateStances", by=KAZ, itemId=t.item, stances=[objection])
    refused = await t.tell("closeBracket", by="chair", provisionId=clause, bracket=2, alternativeId=should)
    assert (refused["code"], refused["rule"]) == ("BRACKET_OBJECTED", "procedure 5.6")
    assert refused["message"] == (
        "This wording of clause 1.3 is objected to by KAZ (“Services are not ours\N{REPLACEMENT CHARACTER}to trade.”); "
        "settle it or choose another."
    )


async def test_brackets_in_chinese_have_characters_for_words(table: Table):
    t = table
    told: dict[str, Any] = {"itemId": t.item, "text": "成员国应当每年举行会议，深化贸易。", "language": "zh-Hans"}
    clause = (await t.do("proposeProvision", "provision { id }", by=CHN, **told))["provision"]["id"]
    beside = await t.do(
        "proposeAlternative", "alternative { id }", by=KAZ,
        provisionId=clause, text="成员国可以每年举行会议，扩大贸易。", language="zh-Hans",
    )  # fmt: skip
    closed = await t.do(
        "closeBracket", "provision { versions { text language } }", by="chair",
        provisionId=clause, bracket=1, alternativeId=beside["alternative"]["id"],
    )  # fmt: skip
    assert closed["provision"]["versions"] == [{"text": "成员国可以每年举行会议，深化贸易。", "language": "zh-Hans"}]
