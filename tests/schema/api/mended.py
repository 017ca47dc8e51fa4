"""Mistakes mended through the API: every command of it, with what a client sees of each."""

import asyncio
from typing import Any

from tests.schema.api.house import SEATS, Table

CHN, KAZ, KGZ = SEATS
SITTING = "session { quorum { present met } }"
RECORD = (
    "query($id: ID!, $after: Seq!) { session(id: $id) { record(after: $after, first: 1) { ... on Event { corrects kind"
    " detail { ... on EntryCorrected { void ofKind ofSeat reason { text } stances { level reason { text } }"
    " restoredPosition { text { text language } } } } } } } }"
)


async def every_mending(t: Table, item: str) -> None:
    """On an item that is deferred; what the table has adopted before stays as it is."""
    await t.do("openItem", by="chair", itemId=item)
    session = await _session(t, "agenda { id text { provisions { id } } }")
    (clause, second) = next(
        [each["id"] for each in one["text"]["provisions"]] for one in session["agenda"] if one["id"] == item
    )
    await _attendance(t)
    await _said(t, item, clause)
    circulated = "item { phase text { state } }"
    await t.do("circulateText", by="chair", itemId=item)
    back = await t.do("stepItemBack", circulated, by="chair", itemId=item, reason="A page is missing.")
    assert back["item"] == {"phase": "DELIBERATION", "text": {"state": "WORKING"}}
    await t.do("circulateText", by="chair", itemId=item)
    await t.do("cleanText", by="chair", itemId=item)
    await asyncio.sleep(0.1)
    await _call(t, item, clause, second)


async def _attendance(t: Table) -> None:
    left = await t.do("noteDeparture", SITTING, by="secretary", seats=[CHN, KAZ])
    assert left["session"] == {"quorum": {"present": 1, "met": False}}
    came = await t.do("noteArrival", SITTING, by="chair", seats=[CHN])
    assert came["session"] == {"quorum": {"present": 2, "met": True}}
    never = await _correct(t, left, {"void": True}, by="chair")
    assert never["code"] == "CORRECTION_SUPERSEDED"
    by, seq = came["receipt"]["seq"], left["receipt"]["seq"]
    assert never["message"] == f"Entry {by} rests on entry {seq} or has replaced it; mend that one first."
    await t.do("noteArrival", SITTING, by="chair", seats=[KAZ])


async def _said(t: Table, item: str, clause: str) -> None:
    """A position and stances entered wrongly: as a client reads them afterwards, and as the record has both."""
    posted = await t.do("postPosition", by=KAZ, itemId=item, text="Enrgy.", language="en", interests="Coal.")
    words = {"text": "Энергия.", "language": "ru", "translations": [{"text": "Energy.", "language": "en"}]}
    corrected = await _correct(t, posted, {"position": words}, by=KAZ, fields="item { id }")
    assert corrected["item"] == {"id": item}
    interests = {"seq": posted["receipt"]["seq"], "restored": {"interests": {"text": "Wind.", "language": "en"}}}
    await t.do("correctEntry", by=KAZ, reason="Misheard.", **interests)
    fields = "agenda { id positions { nodes { seat text { text } translations { text } interests { text } } } }"
    found = [one["positions"]["nodes"] for one in (await _session(t, fields))["agenda"] if one["id"] == item]
    said = {"seat": KAZ, "text": {"text": "Энергия."}, "translations": [{"text": "Energy."}]}
    assert found == [[said | {"interests": {"text": "Wind."}}]]

    why = {"reason": "Frost.", "wouldBeRemovedBy": "A fund."}
    entered = await t.do(
        "stateStances",
        by="secretary",
        seat=KGZ,
        itemId=item,
        stances=[{"provisionId": clause, "level": "OBJECT", **why}],
    )
    stances = [{"provisionId": clause, "level": "RESERVE", "reason": "Ice."}]
    corrected = await _correct(t, entered, {"stances": {"stances": stances}}, by="secretary")
    entry = await _entry(t, corrected)
    assert (entry["corrects"], entry["kind"]) == (entered["receipt"]["seq"], "EntryCorrected")
    assert entry["detail"] == {
        "void": False, "ofKind": "StancesStated", "ofSeat": KGZ, "reason": {"text": "Misheard."},
        "stances": [{"level": "RESERVE", "reason": {"text": "Ice."}}], "restoredPosition": None,
    }  # fmt: skip
    fields = "agenda { id text { provisions { id stances { seat level reason { text } } } } }"
    clauses = next(one for one in (await _session(t, fields))["agenda"] if one["id"] == item)["text"]["provisions"]
    held = [one["stances"] for one in clauses if one["id"] == clause]
    assert held == [[{"seat": KGZ, "level": "RESERVE", "reason": {"text": "Ice."}}]]
    again = await _correct(t, entered, {"void": True}, by=KGZ)
    assert again["code"] == "ALREADY_CORRECTED"
    other = await _correct(t, corrected, {"void": True}, by=KAZ)
    assert other["code"] == "CORRECTION_NOT_YOURS"
    place = await _correct(t, corrected, {"stances": {"stances": [{"provisionId": "x", "level": "ACCEPT"}]}}, by=KGZ)
    assert place["path"] == ["restored", "stances", "stances", "0", "provisionId"]
    await _correct(t, corrected, {"void": True}, by=KGZ)


async def _call(t: Table, item: str, clause: str, second: str) -> None:
    """A call whose verdict was wrong is reopened, and an adoption taken back."""
    called = await t.do("callForConsensus", by="chair", itemId=item)
    corrected = await _correct(t, called, {"call": {"decisionType": "STATEMENT"}}, by="chair")
    assert "receipt" in corrected
    wrong = await t.do(
        "raiseObjection", by="chair", seat=KGZ, itemId=item, provisionId=second, reason="No.", wouldBeRemovedBy="Yes.",
        language="en",
    )  # fmt: skip
    first = wrong["receipt"]["firstSeq"]
    words = {"reason": "Не в мае.", "wouldBeRemovedBy": "Июнь.", "language": "ru"}
    await t.do("correctEntry", by=KGZ, seq=first, restored={"objection": words}, reason="Misheard.")
    fields = "agenda { id calls { decisionType objections { seat state reason { text } } } opinions { text { text } } }"
    (call,) = await _of(t, item, fields, "calls")
    assert call["decisionType"] == "STATEMENT"
    assert call["objections"] == [{"seat": KGZ, "state": "RAISED", "reason": {"text": "Не в мае."}}]
    placed = await t.do("placeOpinionOnRecord", by=KAZ, itemId=item, text="As read.", language="en")
    await _correct(t, placed, {"opinion": {"text": "As read out.", "language": "en"}}, by=KAZ)
    assert await _of(t, item, fields, "opinions") == [{"text": {"text": "As read out."}}]
    await asyncio.sleep(0.05)
    closed = await t.do("closeCall", "call { outcome unreachable }", by="chair", itemId=item, unreachable=[CHN])
    assert closed["call"] == {"outcome": "BLOCKED", "unreachable": [CHN]}
    reopened = await t.do(
        "reopenCall", "call { outcome closedSeq }", by="chair", itemId=item, reason="Its phone was dead."
    )
    assert reopened["call"] == {"outcome": None, "closedSeq": None}
    await t.do("withdrawObjection", by=KGZ, itemId=item, provisionId=second)
    await asyncio.sleep(0.05)
    adopted = await t.do("closeCall", "decision { number }", by="chair", itemId=item)
    number = adopted["decision"]["number"]
    rescinded = await t.do(
        "rescindAdoption", "item { text { state } decision { id } rescinded { number rescindedSeq } }", by="chair",
        itemId=item, reason="A page was missing.",
    )  # fmt: skip
    seq = rescinded["receipt"]["seq"]
    assert rescinded["item"] == {
        "text": {"state": "CLEAN"}, "decision": None, "rescinded": [{"number": number, "rescindedSeq": seq}],
    }  # fmt: skip


async def _correct(t: Table, answer: dict[str, Any], restored: dict[str, Any], *, by: str, fields: str = "") -> Any:
    seq = answer["receipt"]["firstSeq"]
    return await t.tell("correctEntry", fields, by=by, seq=seq, restored=restored, reason="Misheard.")


async def _session(t: Table, fields: str) -> Any:
    document = f"query($id: ID!) {{ session(id: $id) {{ {fields} }} }}"
    answer = await t.house.ask(document, {"id": t.session}, by="chair")
    assert "errors" not in answer, answer
    return answer["data"]["session"]


async def _of(t: Table, item: str, fields: str, name: str) -> Any:
    return next(one for one in (await _session(t, fields))["agenda"] if one["id"] == item)[name]


async def _entry(t: Table, answer: dict[str, Any]) -> Any:
    found = await t.house.ask(RECORD, {"id": t.session, "after": answer["receipt"]["seq"] - 1}, by=KAZ)
    assert "errors" not in found, found
    return found["data"]["session"]["record"][0]
