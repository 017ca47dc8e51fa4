"""Commands that a server refuses: a stable code, a sentence that says what would be right, and nothing changed."""

from typing import Any

import pytest

from tests.server.mistakes.room import LONGEST, NOBODY, POSITION, Room, council, stance

OBJECTION = {
    "itemId": "@well",
    "provisionId": "@clause",
    "reason": "It binds.",
    "wouldBeRemovedBy": "Say should.",
    "language": "en",
}

Case = tuple[str, str, dict[str, Any], str, str]
"""A mutation, who gives it, its input; the code of the refusal, and a part of its sentence."""

OPEN: dict[str, Case] = {
    "a seat that is not there": (
        "postPosition", "chair", {**POSITION, "seat": "ELM"}, "UNKNOWN_REFERENCE", "name one that there is",
    ),
    "somebody present who is not there": (
        "recordRollCall", "chair", {"present": ["ALDER", "ELM"]}, "UNKNOWN_REFERENCE", '"ELM"',
    ),
    "an item that is not there": (
        "postPosition", "ALDER", {**POSITION, "itemId": NOBODY}, "UNKNOWN_REFERENCE", "name one that there is",
    ),
    "a session opened twice": ("openSession", "chair", {}, "SESSION_PHASE", "possible while it is scheduled"),
    "a text sent before its item is taken up": (
        "circulateText", "chair", {"itemId": "@road"}, "ITEM_PHASE", "Item 2 is listed; this is possible while",
    ),
    "a call on a text that is worked on": (
        "callForConsensus", "chair", {"itemId": "@well"}, "TEXT_STATE", "possible while it is clean",
    ),
    "a delegate in the chair": ("cleanText", "ALDER", {"itemId": "@well"}, "NOT_PERMITTED", "Permitted: the chair"),
    "OBJECT in bulk": (
        "stateStances", "ALDER", {"itemId": "@well", "forRest": "OBJECT"}, "BULK_OBJECT", "state each with its reason",
    ),
    "OBJECT without a reason": (
        "stateStances", "ALDER", {"itemId": "@well", "stances": [stance("OBJECT", wouldBeRemovedBy="A number.")]},
        "STANCE_REASON_MISSING", "`reason` is missing",
    ),
    "a stance on another item's clause": (
        "stateStances", "ALDER", {"itemId": "@well", "stances": [stance("ACCEPT", "@other")]},
        "STANCE_TARGET_INVALID", "names a provision of the item",
    ),
    "an empty text": ("postPosition", "ALDER", {**POSITION, "text": " \n"}, "TEXT_EMPTY", "at least one letter"),
    "a text of too many letters": (
        "postPosition", "ALDER", {**POSITION, "text": "ы" * (LONGEST + 1)}, "TEXT_TOO_LONG", "at most 20000",
    ),
    "letters beyond the first plane are one each": (
        "postPosition", "ALDER", {**POSITION, "text": "𠀀" * (LONGEST + 1)}, "TEXT_TOO_LONG", "has 20001 characters",
    ),
    "a rule set that is not there": (
        "scheduleSession", "organiser", {"definition": council(ruleSet="anarchy/1")},
        "UNKNOWN_RULE_SET", "`ruleSets` lists those that there are",
    ),
    "a scenario that is not there": (
        "scheduleSession", "organiser", {"scenario": "../small-council"}, "SCENARIO_INVALID", "or give a definition",
    ),
}  # fmt: skip

CALLED: dict[str, Case] = {
    "a second call": (
        "callForConsensus", "chair", {"itemId": "@road"}, "CALL_OPEN", "A call on item 1 is open; close it first",
    ),
    "the same call again": ("callForConsensus", "chair", {"itemId": "@well"}, "TEXT_STATE", "item 1 is called"),
    "a partner objects": ("raiseObjection", "CEDAR", OBJECTION, "NOT_A_MEMBER", "CEDAR is a partner here"),
    "an observer objects": ("raiseObjection", "DATURA", OBJECTION, "NOT_A_MEMBER", "DATURA is an observer here"),
    "an objection without a reason": (
        "raiseObjection", "ALDER", {**OBJECTION, "reason": " "}, "OBJECTION_REASON_MISSING", "`reason` is missing",
    ),
    "an objection that nothing would remove": (
        "raiseObjection", "ALDER", {**OBJECTION, "wouldBeRemovedBy": ""},
        "OBJECTION_REASON_MISSING", "`wouldBeRemovedBy` is missing",
    ),
    "a stance in a call": (
        "stateStances", "ALDER", {"itemId": "@well", "stances": [stance("ACCEPT")]},
        "STANCE_IN_CALL", "raise, maintain or withdraw an objection instead",
    ),
}  # fmt: skip

SEALED: dict[str, Case] = {
    who: (mutation, who, given, "SESSION_SEALED", "nothing is added to its record any more")
    for mutation, who, given in (
        ("postPosition", "ALDER", POSITION),
        ("reopenSession", "chair", {"reason": "One more word."}),
        ("admitPerson", "organiser", {"role": "DELEGATE", "seats": ["ALDER"], "name": "N"}),
    )
}


@pytest.mark.parametrize("case", OPEN.values(), ids=OPEN)
def test_while_a_session_is_open(room: Room, case: Case) -> None:
    expect(room, case)


@pytest.mark.parametrize("case", CALLED.values(), ids=CALLED)
def test_while_a_call_is_open(called: Room, case: Case) -> None:
    expect(called, case)


@pytest.mark.parametrize("case", SEALED.values(), ids=SEALED)
def test_when_a_session_is_sealed(sealed: Room, case: Case) -> None:
    expect(sealed, case)


def expect(room: Room, case: Case) -> None:
    mutation, who, given, code, said = case
    refused = room.tell(mutation, who, **given)
    assert (refused["__typename"], refused["code"]) == ("Refused", code), refused
    assert said in refused["message"]
    assert refused["rule"].startswith("procedure ")


def test_what_a_partner_has_said_before_is_no_objection_in_the_call(called: Room) -> None:
    query = "query($id: ID!) { session(id: $id) { agenda { call { eligible unanswered objections { seat } } } } }"
    found = called.server.ask(query, id=called.session)["session"]["agenda"][0]["call"]
    assert found == {"eligible": ["ALDER", "BIRCH"], "unanswered": [], "objections": []}


# ── what is older than what stands now ───────────────────────────────────────────────────────────────────────────────


def test_a_stale_revision_is_a_conflict_that_says_the_present_one(room: Room) -> None:
    head = room.standing()["session"]["head"]["seq"]
    old = {"provisionId": "@clause", "text": "The well is ours.", "language": "en"}
    for mutation, given, path in (
        ("proposeAmendment", {**old, "revision": 7}, ["revision"]),
        ("proposeAlternative", {**old, "ifRevision": 7}, ["ifRevision"]),
        ("stateStances", {"itemId": "@well", "stances": [stance("ACCEPT", ifRevision=7)]}, None),
    ):
        stale = room.tell(mutation, "ALDER", **given)
        assert (stale["__typename"], stale["code"]) == ("Conflict", "REVISION_STALE"), stale
        assert (stale["currentSeq"], stale["currentRevision"]) == (head, 1)
        assert "The present revision is 1, not 7" in stale["message"]
        assert stale["path"] == (path or ["stances", "0", "ifRevision"])


@pytest.mark.parametrize("off", [-1, 1], ids=["older", "not there yet"])
def test_a_session_that_is_elsewhere_than_expected_is_a_conflict(room: Room, off: int) -> None:
    head = room.standing()["session"]["head"]["seq"]
    moved = room.tell("postPosition", "ALDER", **POSITION, expectedSeq=head + off)
    assert (moved["__typename"], moved["code"], moved["currentSeq"]) == ("Conflict", "SESSION_MOVED_ON", head)
    assert "decide again" in moved["message"]


def test_a_key_of_another_command_is_refused_and_of_the_same_answered_again(room: Room) -> None:
    first = room.do("postPosition", "BIRCH", **POSITION, idempotencyKey="mine")
    refused = room.tell("postPosition", "BIRCH", **{**POSITION, "text": "Other."}, idempotencyKey="mine")
    assert (refused["code"], refused["path"]) == ("IDEMPOTENCY_CONFLICT", ["idempotencyKey"])
    assert "take a new key" in refused["message"]
    again = room.tell("postPosition", "BIRCH", **POSITION, idempotencyKey="mine")
    assert again["receipt"] == first["receipt"]
