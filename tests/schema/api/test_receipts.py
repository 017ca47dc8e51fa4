"""What a command answers through the API: receipts, repeats, conflicts and refusals."""

from typing import Any

from tests.schema.api.house import NOBODY, SEATS, Table

CHN, KAZ, KGZ = SEATS


# ── receipts and repeats ─────────────────────────────────────────────────────────────────────────────────────────────


async def test_the_same_key_and_command_have_the_same_answer(table: Table):
    given: dict[str, Any] = {"itemId": table.item, "text": "Once.", "language": "en", "idempotencyKey": "mine"}
    first = await table.do("postPosition", "position { id }", by=KAZ, **given)
    await table.do("postPosition", by=CHN, itemId=table.item, text="Between.", language="en")
    again = await table.do("postPosition", "position { id }", by=KAZ, **given)
    assert again == first
    seqs = {again["receipt"]["seq"]}
    for other in ({**given, "text": "Twice."}, {**given, "seat": KAZ}):
        refused = await table.tell("postPosition", by=KAZ, **other)
        assert (refused["__typename"], refused["code"]) == ("Refused", "IDEMPOTENCY_CONFLICT")
        assert refused["path"] == ["idempotencyKey"]
    hers = await table.do("postPosition", by=CHN, **given)
    assert hers["receipt"]["seq"] not in seqs, "a key belongs to a person"


async def test_a_key_must_be_something_that_can_be_kept(table: Table):
    for key, code in (("", "TEXT_EMPTY"), ("k" * 201, "TEXT_TOO_LONG"), ("a\0b", "CHARACTER_FORBIDDEN")):
        refused = await table.tell("openItem", by="chair", itemId=table.other, idempotencyKey=key)
        assert (refused["code"], refused["path"]) == (code, ["idempotencyKey"])
        assert key or refused["message"].startswith("`idempotencyKey` is empty")


async def test_who_looked_at_something_older_is_told_what_stands_now(table: Table):
    seen = (await table.do("openItem", by="chair", itemId=table.other))["receipt"]["seq"]
    posted = await table.do("postPosition", by=KAZ, itemId=table.item, text="Meanwhile.", language="en")
    late = await table.tell("requestDraft", by="chair", itemId=table.item, expectedSeq=seen)
    assert late["__typename"] == "Conflict"
    assert (late["code"], late["currentSeq"], late["currentRevision"]) == (
        "SESSION_MOVED_ON",
        posted["receipt"]["seq"],
        None,
    )
    await table.do("requestDraft", by="chair", itemId=table.item, expectedSeq=posted["receipt"]["seq"])
    stale = await table.tell(
        "proposeAlternative", by=CHN, provisionId=table.provisions[0], text="Else.", language="en", ifRevision=7
    )
    assert (stale["__typename"], stale["code"], stale["currentRevision"]) == ("Conflict", "REVISION_STALE", 1)
    assert stale["path"] == ["ifRevision"]


async def test_a_payload_is_read_only_where_it_is_asked_for(table: Table):
    answer = await table.do("postPosition", by=KAZ, itemId=table.item, text="Short.", language="en")
    assert set(answer) == {"__typename", "receipt"}


# ── refusals ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_refusal_names_the_member_of_the_input_and_the_rule(table: Table):
    refused = await table.tell(
        "stateStances",
        by=KAZ,
        itemId=table.item,
        stances=[
            {"provisionId": table.provisions[0], "level": "ACCEPT"},
            {"provisionId": table.provisions[1], "level": "OBJECT", "reason": "No."},
        ],
    )
    assert refused == {
        "__typename": "Refused",
        "code": "STANCE_REASON_MISSING",
        "message": "OBJECT needs its reason and the change that would remove it; `wouldBeRemovedBy` is missing.",
        "rule": "procedure 4.2",
        "path": ["stances", "1", "wouldBeRemovedBy"],
    }
    unknown = await table.tell(
        "stateStances", by=KAZ, itemId=table.item, stances=[{"provisionId": NOBODY, "level": "ACCEPT"}]
    )
    assert (unknown["code"], unknown["path"]) == ("UNKNOWN_REFERENCE", ["stances", "0", "provisionId"])


async def test_a_refused_command_leaves_no_trace(table: Table):
    head = "query($id: ID!) { session(id: $id) { head { seq treeRoot } } }"
    before = await table.house.ask(head, {"id": table.session}, by=KAZ)
    await table.tell("closeCall", by="chair", itemId=table.item)
    assert await table.house.ask(head, {"id": table.session}, by=KAZ) == before
