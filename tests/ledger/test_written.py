"""Histories of what a command leaves in the record, beside it, and to be looked up by the rules."""

import asyncio
import json
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from ledger.ledger import Ledger
from ledger.prose import several
from polylogue.commands import (
    CallForConsensus,
    CirculateText,
    CleanText,
    CloseCall,
    CloseSession,
    OpenSession,
    ProposeProvision,
    RecordRollCall,
    SealSession,
)
from polylogue.record import envelope
from polylogue.record.prose import commitment, field_of
from polylogue.refusals import Refusal, RefusalCode
from polylogue.vocabulary import Instant, Seq
from schema.api.context import Receipt
from tests.ledger.conftest import Place
from tests.ledger.counted import Counted
from tests.ledger.scene import CHAIR, EN, PROSE, REPORT, SEATS, accepted, delegate, record, say, saying, schedule, sound

# ── what is written ──────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_position_is_recorded_with_all_that_belongs_to_it(ledger: Ledger):
    scene = await schedule(ledger)
    before = await sound(ledger, scene.session)
    receipt = accepted(await say(ledger, scene, "One river."))
    assert (receipt.session, receipt.first_seq, receipt.seq) == (scene.session, before + 1, before + 3)
    assert await sound(ledger, scene.session) == receipt.seq
    rows = (await record(ledger, scene.session))[-3:]
    lines = [json.loads(row.stored) for row in rows]
    assert [line["kind"] for line in lines] == ["PositionPosted", "StancesStated", "InterestsStated"]
    assert rows[-1].leaf.hex() == receipt.leaf_hash
    assert {line["at"] for line in lines} == {receipt.at}
    assert len({row.command for row in rows} | {line["command"] for line in lines}) == 1
    assert {(line["actor"]["person"], line["seat"]) for line in lines} == {(delegate(SEATS[0]).person, SEATS[0])}
    assert [line["visibility"] for line in lines[1:]] == [
        {"to": "ALL", "seats": []},
        {"to": "SEATS", "seats": [SEATS[0]]},
    ]
    assert [line["nonce"] is None for line in lines] == [True, True, False]
    assert len(bytes.fromhex(lines[2]["nonce"])) == envelope.NONCE_BYTES


async def test_a_text_lies_beside_the_record_and_its_commitment_in_it(ledger: Ledger):
    scene = await schedule(ledger)
    receipt = accepted(await say(ledger, scene, "One river."))
    mine = sa.select(PROSE).where(PROSE.c.session == scene.session, PROSE.c.seq == receipt.first_seq)
    row = (await ledger.read(lambda connection: connection.execute(mine).all()))[0]
    stored = (await record(ledger, scene.session))[receipt.first_seq - 1].stored
    assert (row.pointer, row.language, row.text) == ("/text", EN, "One river.")
    assert b"One river." not in stored
    assert json.loads(stored)["payload"]["text"] == {
        "c": commitment(row.salt, field_of(row.pointer), row.language, row.text),
        "language": EN,
    }


async def test_many_texts_are_looked_up_by_one_statement_with_those_that_wait(ledger: Ledger):
    scene = await schedule(ledger)
    one, other = [accepted(await say(ledger, scene, words)).first_seq for words in ("One river.", "Two rivers.")]
    waits: Any = {(scene.session, 99, "/text"): {"text": "Three rivers."}}
    places = [(one, "/text"), (other, "/text"), (other, "/nowhere"), (Seq(99), "/text")]
    statements: list[str] = []

    def look_up(connection: sa.Connection) -> dict[tuple[Seq, str], str]:
        event.listen(connection, "before_cursor_execute", lambda _c, _d, said, *_: statements.append(said))
        return several(connection, scene.session, waits)(places)

    found = await ledger.read(look_up)
    assert found == {places[0]: "One river.", places[1]: "Two rivers.", places[3]: "Three rivers."}
    assert len(statements) == 1


async def test_no_salt_is_used_twice(ledger: Ledger):
    scene = await schedule(ledger)
    await saying(ledger, scene, 10)
    salts = await ledger.read(lambda connection: connection.execute(sa.select(PROSE.c.salt)).scalars().all())
    assert len(set(salts)) == len(salts) > 20
    assert {len(salt) for salt in salts} == {32}


async def test_a_refusal_writes_nothing(ledger: Ledger):
    scene = await schedule(ledger)
    before = await sound(ledger, scene.session)
    answer = await ledger.submit(OpenSession(), by=CHAIR, key="again", session=scene.session)
    assert isinstance(answer, Refusal)
    assert answer.code is RefusalCode.SESSION_PHASE
    assert await sound(ledger, scene.session) == before


async def test_an_unknown_session_refuses(ledger: Ledger):
    for session in (None, "01900000-0000-7000-8000-000000000000"):
        answer = await ledger.submit(OpenSession(), by=CHAIR, key="open", session=session)  # type: ignore[arg-type]
        assert isinstance(answer, Refusal)
        assert answer.code is RefusalCode.UNKNOWN_REFERENCE


async def test_time_never_goes_back_in_a_session(ledger: Ledger, monkeypatch: pytest.MonkeyPatch):
    scene = await schedule(ledger)
    late, early = Instant("2999-01-01T00:00:00.000Z"), Instant("2001-01-01T00:00:00.000Z")
    for clock in (late, early):
        monkeypatch.setattr("ledger.ledger.now", lambda clock=clock: clock)
        assert accepted(await say(ledger, scene, f"at {clock}")).at == late


# ── look-ups of a rule ───────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_rule_sees_texts_of_the_same_transaction(place: Place, monkeypatch: pytest.MonkeyPatch):
    """A clause is proposed and adopted in one transaction: its words are adopted before they are in the database."""
    counted = Counted(place.database())
    ledger = place.ledger(database=counted)
    scene = await schedule(ledger)
    clock = iter(f"2999-01-{day:02}T00:00:00.000Z" for day in range(1, 29))
    monkeypatch.setattr("ledger.ledger.now", lambda: Instant(next(clock)))
    clause = ProposeProvision(item=scene.item, text="Water is shared fairly.", language=EN)
    to_adoption = (
        RecordRollCall(present=SEATS),
        CirculateText(item=scene.item),
        CleanText(item=scene.item),
        CallForConsensus(item=scene.item),
        CloseCall(item=scene.item),
    )
    counted.transactions = 0
    answers = await asyncio.gather(
        ledger.submit(clause, by=delegate(SEATS[0]), key="clause", session=scene.session),
        *(ledger.submit(c, by=CHAIR, key=type(c).__name__, session=scene.session) for c in to_adoption),
    )
    assert counted.transactions == 1
    assert [isinstance(answer, Receipt) for answer in answers] == [True] * 6
    adopted = [json.loads(row.stored) for row in await record(ledger, scene.session)][-1]
    assert adopted["kind"] == "TextAdopted"
    words = [clause["versions"][0]["text"] for clause in adopted["payload"]["clauses"]]
    assert words == [*(f"Clause {i}." for i in range(8)), "Water is shared fairly."]


async def test_an_act_cites_the_newest_report(ledger: Ledger, place: Place):
    scene = await schedule(ledger)
    blank = {column.name: 0 if isinstance(column.type, sa.Integer) else "" for column in REPORT.c}
    newest = (("convergence", 9, "b" * 64), ("convergence", 10, "a" * 64), ("other", 11, "c" * 64))
    rows = [
        {**blank, "session": scene.session, "item": scene.item, "algorithm": kind, "basis": basis, "public_hash": hash}
        for kind, basis, hash in newest
    ]
    await place.database().transact(lambda connection: connection.execute(sa.insert(REPORT), rows))
    for command in (CloseSession(), SealSession()):
        accepted(await ledger.submit(command, by=CHAIR, key=f"{command}", session=scene.session))
    sealed = json.loads((await record(ledger, scene.session))[-1].stored)
    assert sealed["payload"]["reports"] == [{"item": scene.item, "hash": "a" * 64}]
